import Foundation
import SquallAssets
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWorld
import Testing

/// Road files that ask for too much: what they ask for is listed, bounded or refused, and never traps or takes forever.
@Suite struct RoadsBoundsTests {
    private static let straight = "<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>"

    private func network(objects: String) throws -> RoadNetwork {
        try RoadNetwork(roadFile(Self.straight, length: 100, profile: "<objects>\(objects)</objects>"), file: "objects.xodr")
    }

    private func tree(_ attributes: String) -> String {
        "<object id='1' type='tree' s='0' t='5' height='5' radius='1'><repeat tStart='5' tEnd='5' heightStart='5' \(attributes)/></object>"
    }

    @Test(arguments: [
        ("s='0' length='-1000' distance='10'", 0), ("s='0' length='100' distance='-10'", 0), ("s='200' length='100' distance='10'", 0),
        ("s='-500' length='100' distance='10'", 0), ("s='0' length='100000000000' distance='0.1'", 1001), ("s='-1' length='31' distance='10'", 3),
        ("s='90' length='1000' distance='5'", 3), ("s='20' length='0' distance='10'", 1),
    ]) func repeatsStayOnTheirRoad(attributes: String, expected: Int) throws {
        let network = try network(objects: tree(attributes))
        #expect(network.placedObjects.count == expected)
        #expect(network.placedObjects.allSatisfy { (0...100).contains($0.pose.position.x) })
        let listed = network.ignored.contains { $0.code == "road-ignored" && $0.message.contains("<repeat>") && $0.place == "road 1, object 1" }
        #expect(listed == (expected == 0))
    }

    @Test func whatIsLeftOutIsListed() throws {
        let far = try network(objects: tree("s='0' length='10' distance='5'").replacing("tEnd='5'", with: "tEnd='1e11'"))
        #expect(far.placedObjects.isEmpty && far.ignored.contains { $0.message.contains("beyond 10 km") })
        // Three hundred kilometres of rail, four metres a piece.
        let long = Self.straight.replacing("'100'", with: "'300000'")
        let rail = "<objects><object id='r' type='barrier' subtype='guardRail' s='0' t='5'><repeat s='0' length='300000' distance='0'/></object></objects>"
        let rails = try RoadNetwork(roadFile(long, length: 300_000, profile: rail), file: "rail.xodr")
        #expect(rails.placedObjects.isEmpty)
        #expect(rails.ignored.contains { $0.message.contains("continuous object of more than \(SceneLimit.roadObjects.value)") && $0.place == "road 1, object r" })
    }

    @Test func theSameIdTwentyThousandTimesIsQuick() throws {
        let row = String(repeating: "<object id='1' type='tree' s='50' t='9' height='5' radius='1'/>", count: 20_000) + "<object id='1#3' type='tree' s='5' t='9' height='5' radius='1'/>"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-same-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try roadFile(Self.straight, length: 100, profile: "<objects>\(row)</objects>").write(to: folder.appendingPathComponent("same.xodr"))
        let start = ContinuousClock.now
        let world = try World.build(scene: ConcreteScene(title: "same", road: "same.xodr"), catalogue: FileCatalogue(directory: folder.path, library: .builtIn()))
        let state = try world.initialState()
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(Set(world.objects.map(\.path)).count == 20_001 && state.bodies.count == 20_001)
        #expect(world.objects.contains { $0.path == "road.1.object.1#20000" } && !world.objects.contains { $0.path == "road.1.object.1#20001" })
        // Each stands where the file puts it, the one with the odd name too.
        for (object, body) in zip(world.objects, state.bodies) { #expect((body.pose.position.x == 5) == (object.path == "road.1.object.1#3#2")) }
    }

    /// Fifty arcs of 100 km that wind around one circle, in seven kilobytes.
    @Test func roadsWoundUpAreRefused() throws {
        let arcs = (0..<50).map { "<geometry s='\($0 * 100_000)' x='0' y='0' hdg='0' length='100000'><arc curvature='0.01'/></geometry>" }.joined()
        let start = ContinuousClock.now
        let failure = #expect(throws: Failure.self) { try RoadNetwork(roadFile(arcs, length: 5_000_000), file: "wound.xodr") }
        #expect(failure?.diagnostics.first?.code == "road-crowded")
        #expect(failure?.diagnostics.first?.message.contains("\(SceneLimit.roadOverlaps.value)") == true)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func lanesAndReachAreBounded() throws {
        func code(_ data: Data) -> String? {
            do { return try RoadNetwork(data, file: "b.xodr").ignored.first?.code } catch { return (error as? Failure)?.diagnostics.first?.code }
        }
        let lane = { (id: Int, width: String) in "<lane id='\(id)' type='driving'><width sOffset='0' a='\(width)' b='0' c='0' d='0'/></lane>" }
        let section = { (lanes: String) in "<laneSection s='0'><center><lane id='0' type='none'/></center><right>\(lanes)</right></laneSection>" }
        let many = (1...300).map { lane(-$0, "3") }.joined()
        #expect(code(roadFile(Self.straight, length: 100, lanes: section(many))) == "road-lane-count")
        #expect(code(roadFile(Self.straight, length: 100, lanes: section(lane(-1, "1e7")))) == "road-too-large")
        let steep = "<elevationProfile><elevation s='0' a='0' b='1e9' c='0' d='0'/></elevationProfile>"
        #expect(code(roadFile(Self.straight, length: 100, profile: steep)) == "road-too-large")
        let long = Self.straight.replacing("'100'", with: "'900000'")
        let wide = (1...40).map { lane(-$0, "3") }.joined()
        #expect(code(roadFile(long, length: 900_000, lanes: section(wide))) == "road-too-long")
        #expect(code(roadFile(long, length: 900_000)) == nil)
    }

    /// A land of ten roads of 400 km: only what the car can see is meshed, the same for every worker and however often it is asked.
    @Test func largeMapsAreMeshedAroundTheScene() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-land-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let roads = (0..<10).map { k in
            String(decoding: roadFile("<geometry s='0' x='-200000' y='\(k * 1000)' hdg='0' length='400000'><line/></geometry>", length: 400_000), as: UTF8.self)
                .replacing("road id=\"1\"", with: "road id=\"\(k)\"").split(separator: "<header revMajor=\"1\" revMinor=\"6\"/>")[1].replacing("</OpenDRIVE>", with: "")
        }
        try Data("<?xml version=\"1.0\"?><OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/>\(roads.joined())</OpenDRIVE>".utf8).write(to: folder.appendingPathComponent("land.xodr"))
        let catalogue = FileCatalogue(directory: folder.path, library: .builtIn())
        func ground(_ s: Double) throws -> [Vec2] {
            let actor = ConcreteActor(path: "ego", asset: "sedan", category: .car, placement: .lane(LanePosition(road: "4", lane: -1, s: s)), speed: 20)
            let scene = ConcreteScene(title: "land", road: "land.xodr", actors: [actor], record: Recording(duration: 10, rate: 5))
            let world = try World.build(scene: scene, catalogue: catalogue)
            return world.ground.filter { world.materials[Int($0.materialBase)].name == "asphalt" }
                .map { ($0.transform * Vec3(world.meshes[Int($0.mesh)].bounds.center)).xy }
        }
        let start = ContinuousClock.now
        for (s, x) in [(200_000.0, 0.0), (300_000, 100_000), (200_000, 0)] {
            let pieces = try ground(s)
            let distances = pieces.map { ($0 - Vec2(x, 4000)).length }
            // All that is within 3 km of where the car may get to, and little beyond.
            #expect(distances.allSatisfy { $0 < 5500 })
            #expect(pieces.contains { $0.x < x - 3650 } && pieces.contains { $0.x > x + 3650 } && pieces.contains { $0.y < 500 } && pieces.contains { $0.y > 7500 })
        }
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(try ground(200_000) == ground(200_000))
    }
}
