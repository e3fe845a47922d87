import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import Testing

/// The ground as triangles.
@Suite struct RoadsMeshTests {
    private func sample(_ name: String) throws -> RoadNetwork { try RoadNetwork(contentsOf: RoadFiles.sample(name)) }

    /// Every vertex of asphalt lies on the surface; paint floats millimetres above the facets.
    @Test(arguments: ["curves_elevation", "e6mini"]) func surfacesLieWhereTheRoadIs(_ name: String) throws {
        let network = try sample(name)
        let meshes = network.meshes()
        for piece in meshes.pieces where piece.category == .road || piece.category == .laneMarking {
            for triangle in stride(from: 0, to: piece.mesh.triangleCount, by: 3) {
                let (a, b, c) = piece.mesh.corners(triangle)
                #expect(cross(b - a, c - a).z > 0)
                let middle = Vec3((a + b + c) / 3) + meshes.origin
                let surface = try #require(network.surface(at: middle.xy))
                #expect(abs(middle.z - surface.height) < 0.03, "\(middle)")
            }
        }
    }

    /// Neighbouring chunks and lanes share their border vertices to the last bit: every inner edge is met by another triangle.
    @Test(arguments: ["straight_500m", "curves_elevation", "e6mini"]) func chunksLeaveNoCracks(_ name: String) throws {
        let network = try sample(name)
        struct Edge: Hashable { var a: Vec3f, b: Vec3f }
        var open: [Edge: Int] = [:]
        for piece in network.meshes().pieces where [.asphalt, .asphaltShoulder].contains(piece.material) {
            for triangle in 0..<piece.mesh.triangleCount {
                let (a, b, c) = piece.mesh.corners(triangle)
                for (p, q) in [(a, b), (b, c), (c, a)] {
                    if let count = open[Edge(a: q, b: p)], count > 0 { open[Edge(a: q, b: p)] = count - 1 } else { open[Edge(a: p, b: q), default: 0] += 1 }
                }
            }
        }
        // What is left is the outline: it must lie on the outer edges of the pavement or at the road's ends.
        for (edge, count) in open where count > 0 {
            let middle = Vec2(Double(edge.a.x + edge.b.x), Double(edge.a.y + edge.b.y)) / 2
            let position = try #require(network.locate(middle, within: 0.1))
            let length = try #require(network.length(ofRoad: position.road))
            let atEnd = position.s < 0.01 || position.s > length - 0.01
            let width = try #require(network.laneWidth(at: position))
            #expect(atEnd || abs(abs(position.left) - width / 2) < 0.03, "\(position)")
        }
    }

    /// Open country never reaches through a road.
    @Test(arguments: RoadFiles.samples) func terrainStaysBelowTheRoads(_ name: String) throws {
        let network = try sample(name)
        let terrain = network.meshes().terrain
        var lowest = Double.infinity
        for road in network.roadIDs {
            let length = try #require(network.length(ofRoad: road))
            for s in stride(from: 0.0, through: length, by: 1.3) {
                for lane in network.lanes(ofRoad: road, at: s) {
                    for left in [-0.5, 0, 0.5] {
                        let pose = try #require(network.pose(of: LanePosition(road: road, lane: lane.id, s: s, left: left * lane.width)))
                        lowest = min(lowest, pose.position.z - terrain.height(at: pose.position.xy))
                    }
                }
            }
        }
        #expect(lowest > 0.05)
        let far = network.ground(at: Vec2(0, -2000), terrain: terrain)
        #expect(far.height == terrain.height(at: Vec2(0, -2000)) && far.normal.z > 0.8)
    }

    /// Beside the road the ground falls gently: no step from the pavement's edge into the open country.
    @Test func groundFallsAwayFromTheEdge() throws {
        let network = try sample("straight_500m")
        let terrain = network.meshes().terrain
        var before = network.ground(at: Vec2(250, 10), terrain: terrain).height
        #expect(before == 0)
        for y in stride(from: 10.0, to: 40, by: 0.25) {
            let height = network.ground(at: Vec2(250, y), terrain: terrain).height
            #expect(abs(height - before) < 0.12)
            before = height
        }
    }

    /// Ditches and swales are one ground: what is drawn and hit by rays lies where wheels and soles stand, open country below it.
    @Test(arguments: [("curves_elevation", Roadside.ditch, 3.0, 0.8, 1.0), ("e6mini", Roadside.swale, 4.7, 0.55, 1.5)])
    func ditchesAreOneGround(_ given: (name: String, roadside: Roadside, distance: Double, depth: Double, gravel: Double)) throws {
        let (level, network) = (try sample(given.name), try sample(given.name).beside(given.roadside))
        let meshes = network.meshes()
        var (checked, stones) = (0, 0.0)
        for piece in meshes.pieces where piece.material == .grass || piece.material == .gravel {
            for triangle in stride(from: 0, to: piece.mesh.triangleCount, by: 3) {
                let (a, b, c) = piece.mesh.corners(triangle)
                let middle = Vec3((a + b + c) / 3) + meshes.origin
                guard let surface = network.surface(at: middle.xy) else { continue }
                #expect(abs(middle.z - surface.height) < 0.03, "\(middle)")
                #expect(middle.z > meshes.terrain.height(at: middle.xy) + 0.02)
                if piece.material == .gravel { stones += Double(cross(b - a, c - a).length) / 2 }
                checked += 1
            }
        }
        #expect(checked > 100 && stones > 0)
        // Its deepest line, below the edge of the pavement.
        for road in 0..<network.roadCount {
            for s in stride(from: 20.0, to: network.length(ofRoad: road) - 20, by: 37) {
                let edge = network.edge(ofRoad: road, at: s, left: false)
                let place = edge.point.xy + edge.outward * given.distance
                #expect(abs(level.ground(at: place, terrain: meshes.terrain).height - network.ground(at: place, terrain: meshes.terrain).height - given.depth) < 0.02)
                #expect(network.ground(at: edge.point.xy - edge.outward * 0.5, terrain: meshes.terrain).height == level.ground(at: edge.point.xy - edge.outward * 0.5, terrain: meshes.terrain).height)
                #expect(abs(network.ground(at: edge.point.xy + edge.outward * given.gravel * 0.5, terrain: meshes.terrain).height - edge.point.z) < 0.08)
            }
        }
    }

    @Test func dashesHaveTheirLengths() throws {
        let network = try sample("straight_500m")
        // The centre line: 4 m of paint, 8 m of gap, 0.12 m wide, on 500 m; both edges solid.
        var area = 0.0
        var center = 0.0
        for piece in network.meshes().pieces where piece.material == .markingWhite {
            for triangle in 0..<piece.mesh.triangleCount {
                let (a, b, c) = piece.mesh.corners(triangle)
                let part = Double(cross(b - a, c - a).length) / 2
                area += part
                if abs(a.y) < 0.2 { center += part }
                #expect(abs(a.z - 0.004) < 1e-6)
            }
        }
        #expect(abs(center - 0.12 * 4 * 42) < 1e-2)
        #expect(abs(area - center - 0.12 * 500 * 2) < 1e-2)
    }

    @Test func pavementsHaveKerbs() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("signals_objects"))
        let pieces = network.meshes().pieces
        let walks = pieces.filter { $0.material == .sidewalk }
        #expect(!walks.isEmpty)
        for piece in walks { #expect(abs(piece.mesh.bounds.lower.z - 10.12) < 1e-4 && abs(piece.mesh.bounds.upper.z - 10.12) < 1e-4) }
        let kerbs = pieces.filter { $0.material == .kerb }
        #expect(!kerbs.isEmpty)
        for piece in kerbs {
            #expect(abs(piece.mesh.bounds.lower.z - 10) < 1e-4 && abs(piece.mesh.bounds.upper.z - 10.12) < 1e-4)
            for triangle in 0..<piece.mesh.triangleCount {
                let (a, b, c) = piece.mesh.corners(triangle)
                let normal = cross(b - a, c - a)
                // Kerbs look at the carriageway.
                #expect(normal.y * a.y < 0 && abs(normal.z) < 1e-6)
            }
        }
    }

    /// Connecting roads share ground without lying in each other, and no paint runs across the crossing's middle.
    @Test func junctionsAreCleared() throws {
        let network = try sample("simple_4way_intersection")
        let pieces = network.meshes().pieces
        var depths: [Double] = []
        let middle = Vec2(112.51, 0.03)
        for piece in pieces where piece.category != .terrain {
            for triangle in 0..<piece.mesh.triangleCount {
                let (a, b, c) = piece.mesh.corners(triangle)
                let center = Vec3((a + b + c) / 3)
                if piece.category == .laneMarking { #expect((center.xy - middle).length > 4) }
                let p = Vec2f(middle)
                let inside = cross(b.xy - a.xy, p - a.xy) >= 0 && cross(c.xy - b.xy, p - b.xy) >= 0 && cross(a.xy - c.xy, p - c.xy) >= 0
                if inside { depths.append(Double(a.z)) }
            }
        }
        #expect(!depths.isEmpty)
        for (a, b) in zip(depths.sorted(), depths.sorted().dropFirst()) { #expect(b - a > 5e-4) }
    }

    @Test func distantPartsCanBeLeftOut() throws {
        let network = try sample("e6mini")
        var options = RoadMeshOptions()
        (options.center, options.range) = (Vec2(0, 0), 200)
        let near = network.meshes(options)
        #expect(near.pieces.filter { $0.material == .asphalt }.count < network.meshes().pieces.filter { $0.material == .asphalt }.count / 4)
    }

    @Test func centrelinesRunWithTraffic() throws {
        let lanes = try sample("straight_500m").laneCenterlines
        #expect(lanes.map(\.lane) == [3, 2, 1, -1, -2, -3])
        #expect(lanes[2].type == "driving" && lanes[2].centerline.first?.x == 500 && lanes[3].centerline.first?.x == 0)
        #expect(lanes[3].centerline.allSatisfy { abs($0.y + 1.535) < 1e-9 })
    }
}
