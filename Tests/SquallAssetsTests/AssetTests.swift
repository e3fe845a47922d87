import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallAssets
import Testing

@Suite struct AssetTests {
    private let library = AssetLibrary.builtIn()

    /// Every triangle of one level in the body frame at rest, joints hanging straight.
    private func triangles(_ asset: Asset, _ level: Int, protruding: Bool? = nil) -> [(Vec3, Vec3, Vec3)] {
        var roots: [Vec3] = []
        for joint in asset.joints { roots.append((joint.parent.map { roots[$0] } ?? .zero) + joint.pivot) }
        return asset.levels[level].pieces.filter { protruding == nil || $0.protrudes == protruding }.flatMap { piece -> [(Vec3, Vec3, Vec3)] in
            let shift = piece.joint.map { roots[$0] } ?? .zero
            return (0..<piece.mesh.triangleCount).map { t in
                let (a, b, c) = piece.mesh.corners(t)
                return (Vec3(a) + shift, Vec3(b) + shift, Vec3(c) + shift)
            }
        }
    }

    @Test func everyArchetypeHasAShape() throws {
        for archetype in Archetype.all {
            let asset = try library.asset(named: archetype.name)
            #expect(asset.category == archetype.category)
            #expect(asset.boxSize == archetype.size)
            #expect(abs(asset.boxCenter.x - asset.boxSize.x / 2 + archetype.originFromRear) < 1e-12)
            #expect(asset.levels.first?.distance == 0)
            #expect(zip(asset.levels, asset.levels.dropFirst()).allSatisfy { $0.distance < $1.distance })
        }
        #expect(throws: (any Error).self) { try library.asset(named: "unicorn") }
    }

    @Test(arguments: Archetype.all.map(\.name).filter { $0 != "nothing" })
    func shapesAreSoundAndFillTheirBox(name: String) throws {
        let asset = try library.asset(named: name)
        for level in asset.levels.indices {
            for piece in asset.levels[level].pieces {
                #expect(piece.mesh.normals.allSatisfy { abs($0.length - 1) < 1e-3 })
                #expect(piece.mesh.parts.allSatisfy { asset.materials.indices.contains($0.slot) })
                #expect(piece.mesh.parts.reduce(0) { $0 + $1.triangleCount } == piece.mesh.triangleCount)
                #expect(piece.joint.map { asset.joints.indices.contains($0) } ?? true)
            }
            let all = triangles(asset, level)
            var (volume, lower, upper) = (0.0, Vec3(repeating: .infinity), Vec3(repeating: -.infinity))
            for (a, b, c) in all {
                #expect(cross(b - a, c - a).length > 1e-9, "\(name) has a triangle without area")
                volume += dot(a, cross(b, c)) / 6
                for p in [a, b, c] { (lower, upper) = (pointwiseMin(lower, p), pointwiseMax(upper, p)) }
            }
            // Crossed pictures have two faces each and enclose nothing.
            let isFlat = all.count <= 12 && asset.category == .vegetation
            #expect(isFlat ? abs(volume) < 1e-6 : volume > 0, "\(name) is inside out")
            // Mirrors stand out sideways; lamps and bumpers a few centimetres; trees lose leaves with distance.
            let mirrors = Archetype.named(name)?.motion == .vehicle ? 0.27 : 0
            let slack = Vec3(0.09, 0.02 + mirrors, 0.02)
            let (boxLower, boxUpper) = (asset.boxCenter - asset.boxSize / 2, asset.boxCenter + asset.boxSize / 2)
            let inside = (0..<3).allSatisfy { axis in lower[axis] > boxLower[axis] - slack[axis] && upper[axis] < boxUpper[axis] + slack[axis] }
            #expect(inside, "\(name) level \(level): \(lower) \(upper)")
            let fill = (upper - lower) / asset.boxSize
            #expect(fill.min() > (["sign", "lamp_post"].contains(name) ? 0.55 : 0.84), "\(name) level \(level) fills \(fill) of its box")
            #expect(abs(lower.z) < 0.05)
        }
        let counts = asset.levels.map { $0.pieces.reduce(0) { $0 + $1.mesh.triangleCount } }
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 > $1 })
        let many = [.vegetation, .building].contains(asset.category) || name == "fallen_tree" ? 30_000 : asset.figure == nil ? 13_000 : 34_000   // faces and hands
        #expect(counts[0] <= (Archetype.named(name)?.motion == .vehicle ? 60_000 : many))
        #expect(counts.count == 1 || counts[counts.count - 1] <= (asset.figure == nil ? 1500 : 2500))
    }

    /// What is labelled is what is there: at every level, for every shape, the box encloses all but the mirrors and touches it on six sides.
    @Test(arguments: Archetype.all.filter { $0.motion == .vehicle }.map(\.name))
    func vehiclesTouchTheirBoxOnSixSides(name: String) throws {
        for variant in 0..<library.variants(of: name) {
            let asset = try library.asset(named: name, variant: variant)
            let (boxLower, boxUpper) = (asset.boxCenter - asset.boxSize / 2, asset.boxCenter + asset.boxSize / 2)
            for level in asset.levels.indices {
                let points = triangles(asset, level, protruding: false).flatMap { [$0.0, $0.1, $0.2] }
                let lower = points.reduce(Vec3(repeating: .infinity)) { pointwiseMin($0, $1) }
                let upper = points.reduce(Vec3(repeating: -.infinity)) { pointwiseMax($0, $1) }
                #expect((lower - boxLower).length < 0.012 && (upper - boxUpper).length < 0.012, "\(name) \(variant) level \(level): \(lower) \(upper)")
                for (a, b, c) in triangles(asset, level, protruding: true) {
                    for p in [a, b, c] {
                        #expect(p.x > boxLower.x && p.x < boxUpper.x && p.z > 0 && p.z < boxUpper.z && abs(p.y) < boxUpper.y + 0.35, "\(name)'s mirror at \(p)")
                    }
                }
            }
        }
    }

    /// A box is what a car must not be: seen from the side, a saloon leaves the corners above bonnet and boot empty.
    @Test func sedanHasTheOutlineOfASaloon() throws {
        let all = try triangles(library.asset(named: "sedan"), 0)
        let points: [Vec3] = all.flatMap { [$0.0, $0.1, $0.2] }
        let top = { (x: Double) -> Double in points.filter { abs($0.x - x) < 0.12 && abs($0.y) < 0.5 }.map(\.z).max() ?? 0 }
        #expect((0.75...0.95).contains(top(3.3)), "bonnet \(top(3.3))")
        #expect((1.40...1.46).contains(top(0.8)), "roof \(top(0.8))")
        #expect((1.0...1.15).contains(top(-0.85)), "boot \(top(-0.85))")
        // Ground clearance between the axles, wheels on the ground.
        let under: Double = points.filter { $0.x > 0.6 && $0.x < 2.2 }.map(\.z).min() ?? 0
        #expect((0.12...0.25).contains(under))
    }

    @Test func wheelsStandWhereTheArchetypeSays() throws {
        for name in ["sedan", "hatchback", "estate", "suv", "van", "pickup", "box_truck", "semi", "coach", "city_bus", "police", "ambulance", "fire_engine"] {
            let (asset, archetype) = (try library.asset(named: name), try #require(Archetype.named(name)))
            let wheels = asset.joints.compactMap { joint -> (Vec3, Double, Bool)? in
                if case .wheel(let radius, let steered) = joint.kind { (joint.pivot, radius, steered) } else { nil }
            }
            #expect(wheels.allSatisfy { $0.0.z == $0.1 })
            #expect(wheels.filter(\.2).map(\.0.x) == [archetype.wheelbase, archetype.wheelbase])
            #expect(wheels.filter(\.2).map { abs($0.0.y) } == [archetype.track / 2, archetype.track / 2])
            #expect(wheels.contains { $0.0.x == 0 })
        }
    }

    @Test func retroreflectorsAndLeavesAnswerLidar() throws {
        let plate = try #require(library.asset(named: "sedan").materials.first { $0.name == "number plate" })
        #expect(plate.retroreflection >= 100)
        let sign = try library.asset(named: "sign").materials[0]
        #expect((100...1000).contains(sign.retroreflection))
        // Leaves are dark green to the eye and bright at 905 nm; tyres are dark to both.
        let leaf = try #require(library.asset(named: "tree").materials.first { $0.name == "leaves" })
        #expect(leaf.reflectance905 > 2.5 * leaf.baseColor.y)
        let tyre = try #require(library.asset(named: "sedan").materials.first { $0.name == "rubber" })
        #expect(tyre.reflectance905 < 0.08)
    }
}
