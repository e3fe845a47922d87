import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import Testing

/// Plants, buildings, street furniture, signs and debris.
@Suite struct StandingThingsTests {
    private let library = AssetLibrary.builtIn()
    static let names = Archetype.all.filter { $0.motion == .fixture && $0.size.min() > 0 }.map(\.name)

    private func bounds(_ level: Asset.Level) -> BoundingBox {
        var result = BoundingBox.empty
        for piece in level.pieces { result.insert(piece.mesh.bounds) }
        return result
    }

    /// The labelled box holds every level of every variant and touches the finest on six sides.
    @Test(arguments: names) func theBoxTouchesOnSixSides(name: String) throws {
        for variant in 0..<library.variants(of: name) {
            let asset = try library.asset(named: name, variant: variant)
            let (lower, upper) = (Vec3f(asset.boxCenter - asset.boxSize / 2), Vec3f(asset.boxCenter + asset.boxSize / 2))
            for (index, level) in asset.levels.enumerated() {
                let box = bounds(level)
                let beyond = max((lower - box.lower).max(), (box.upper - upper).max())
                #expect(beyond < 0.011, "\(name) \(variant) level \(index) reaches \(beyond) m beyond its box: \(box.lower) \(box.upper)")
                guard index == 0 else { continue }
                let short = max((box.lower - lower).max(), (upper - box.upper).max())
                #expect(short < 0.011, "\(name) \(variant) stays \(short) m short of its box: \(box.lower) \(box.upper)")
            }
        }
    }

    /// Thousands of trees stand in view: the far level is a handful of triangles, and each level a fraction of the one before.
    @Test(arguments: ["tree", "oak", "beech", "birch", "poplar", "spruce", "pine", "bare_oak", "bare_birch"]) func treesGetCheapWithDistance(name: String) throws {
        let asset = try library.asset(named: name, variant: 2)
        let counts = asset.levels.map { $0.pieces.reduce(0) { $0 + $1.mesh.triangleCount } }
        #expect(counts.count == 5)
        #expect((4_000...30_000).contains(counts[0]) && counts[1] <= 8_000 && counts[2] <= 1_500 && counts[3] <= 60 && counts[4] <= 12, "\(counts)")
    }

    /// Leaves are holes as much as leaves; the far pictures show crown and sky.
    @Test(arguments: ["oak", "spruce", "bare_birch"]) func leavesAreCutOut(name: String) throws {
        let asset = try library.asset(named: name)
        for material in asset.materials where material.baseColorTexture >= 0 {
            guard case .mask(let threshold) = material.alpha else { continue }
            let pixels = asset.textures[Int(material.baseColorTexture)].image.pixels
            let kept = Float(pixels.filter { Float($0.a) / 255 >= threshold }.count) / Float(pixels.count)
            #expect((0.06...0.9).contains(kept), "\(name) \(material.name) keeps \(kept)")
        }
        #expect(asset.materials.contains { if case .mask = $0.alpha { true } else { false } })
    }

    /// What shape a thing has depends on its name and variant alone.
    @Test(arguments: ["birch", "shop_house", "rock", "sign_deer"]) func buildsAreReproducible(name: String) throws {
        let (a, b) = (try AssetLibrary.builtIn().asset(named: name, variant: 1), try AssetLibrary.builtIn().asset(named: name, variant: 1))
        #expect(zip(a.levels, b.levels).allSatisfy { x, y in zip(x.pieces, y.pieces).allSatisfy { $0.mesh.positions == $1.mesh.positions && $0.mesh.indices == $1.mesh.indices } })
        #expect(zip(a.textures, b.textures).allSatisfy { $0.image.pixels == $1.image.pixels })
        if library.variants(of: name) > 1 {
            #expect(try library.asset(named: name, variant: 0).levels[0].pieces[0].mesh.positions != a.levels[0].pieces[0].mesh.positions)
        }
    }

    @Test func lampsShineWhereOneSeesThem() throws {
        for name in ["lamp_post", "lamp_post_tall", "lamp_post_double", "lamp_post_park"] {
            let asset = try library.asset(named: name)
            #expect(asset.lamps.count == (name == "lamp_post_double" ? 2 : 1))
            for lamp in asset.lamps {
                #expect(lamp.function == .street && lamp.direction.z == -1 && lamp.position.z > 0.85 * asset.boxSize.z)
                let inside = (lamp.position - asset.boxCenter) / asset.boxSize
                #expect(max(abs(inside.x), max(abs(inside.y), abs(inside.z))) <= 0.5)
            }
            #expect(asset.materials.contains { $0.lamp == .street && $0.emission.max() > 1000 })
        }
        let functions = try library.asset(named: "traffic_light").materials.compactMap(\.lamp)
        #expect(functions == [.signalRed, .signalAmber, .signalGreen])
        #expect(try library.asset(named: "apartment_block").materials.contains { $0.lamp == .window && $0.emission.max() > 0 })
    }

    /// Pixels of a face at shares of its width and height from the top-left corner.
    private func color(_ name: String, _ x: Double, _ y: Double) throws -> RGBA8 {
        let image = try library.asset(named: name).textures[0].image
        return image[Int(x * Double(image.width)), Int(y * Double(image.height))]
    }

    @Test func signsShowWhatTheySay() throws {
        let isRed = { (c: RGBA8) in c.r > 150 && c.g < 60 && c.b < 60 }
        let isWhite = { (c: RGBA8) in min(c.r, min(c.g, c.b)) > 190 }
        let isBlue = { (c: RGBA8) in c.b > 120 && c.r < 60 }
        #expect(try isWhite(color("sign_no_entry", 0.5, 0.5)) && isRed(color("sign_no_entry", 0.5, 0.2)))
        #expect(try isRed(color("sign_stop", 0.5, 0.1)) && isRed(color("sign_speed_30", 0.5, 0.05)))
        #expect(try isWhite(color("sign_yield", 0.5, 0.4)) && isRed(color("sign_yield", 0.5, 0.05)))
        #expect(try isBlue(color("sign_roundabout", 0.5, 0.5)) && isBlue(color("sign_parking", 0.1, 0.5)))
        // Numbers differ, and so do left and right.
        let ink = { (name: String) in try library.asset(named: name).textures[0].image.pixels }
        let limits = try stride(from: 10, through: 130, by: 10).map { try ink("sign_speed_\($0)") }
        for (k, one) in limits.enumerated() { #expect(!limits[(k + 1)...].contains(one)) }
        let (left, right) = (try library.asset(named: "sign_left").textures[0].image, try library.asset(named: "sign_right").textures[0].image)
        for (x, y) in [(20, 96), (60, 96), (150, 96)] {
            let (a, b) = (left[x, y], right[left.width - 1 - x, y])
            #expect(abs(Int(a.r) - Int(b.r)) < 12 && abs(Int(a.b) - Int(b.b)) < 12)
        }
        let face = try library.asset(named: "sign_stop").materials[0]
        #expect((100...1000).contains(face.retroreflection))
    }

    /// Coverage is area: a square and a disc cover what they cover, wherever they lie; a ring leaves its hole.
    @Test func outlinesCoverTheirArea() {
        let covered = { (canvas: Canvas) in canvas.pixels.reduce(0.0) { $0 + Double($1.w) } }
        for shift in [0.0, 0.3, 0.77] {
            var canvas = Canvas(width: 40, height: 40, background: .zero)
            canvas.fill(Contour.rectangle(Vec2(5 + shift, 7.25), Vec2(20.5, 30 - shift)), Vec3f(repeating: 1))
            #expect(abs(covered(canvas) - (15.5 - shift) * (22.75 - shift)) < 1e-2)
        }
        var disc = Canvas(width: 64, height: 64, background: .zero)
        disc.fill(Contour.circle(Vec2(31.3, 30.9), 20, corners: 200), Vec3f(repeating: 1))
        #expect(abs(covered(disc) / (.pi * 400) - 1) < 2e-3)
        var ring = Canvas(width: 64, height: 64, background: .zero)
        ring.fill([Contour.circle(Vec2(32, 32), 20, corners: 200), Contour.circle(Vec2(32, 32), 10, corners: 200).reversed()], Vec3f(repeating: 1))
        #expect(abs(covered(ring) / (.pi * 300) - 1) < 3e-3 && ring[32, 32].w == 0)
        // What lies beyond the picture's edge is cut there.
        var corner = Canvas(width: 10, height: 10, background: .zero)
        corner.fill(Contour.rectangle(Vec2(-50, -3), Vec2(4, 4)), Vec3f(repeating: 1))
        #expect(abs(covered(corner) - 16) < 1e-3)
    }
}
