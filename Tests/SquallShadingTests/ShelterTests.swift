import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import SquallWorld
import Testing

/// What keeps the sky from the ground: tubes over roads and crowns of trees.
@Suite struct ShelterTests {
    /// Light on matt ground at the middle of a picture from so many metres above.
    static func light(cover: Double, from height: Double = 10, _ change: (inout FrameRequest) -> Void) -> (seen: Double, sky: Double) {
        var stage = ShadingStage(Material(name: "matt", baseColor: Vec3f(repeating: 0.3), roughness: 1))
        stage.height = height
        stage.weather.cloudCover = cover
        stage.ambientOcclusion = false
        var request = stage.request()
        change(&request)
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        var frame = RasterFrame(width: 64, height: 48)
        renderer.render(request, pool: pool, into: &frame)
        return (Double(frame.color.green[24 * 64 + 32]), stage.lighting.ambient.illuminance(normal: Vec3(0, 0, 1)).y)
    }

    /// A tube along x, its mouth so many metres to the west, endless to the east.
    static func tube(mouth d: Double) -> Roof {
        let here = min(d, 200)
        return Roof(from: Vec2(-here, 0), to: Vec2(400, 0), halfWidth: 6, ceiling: 6.2, height: 6.2, before: d - here, after: 5_000)
    }

    /// Light of a tube's lamps on the middle of the road over the road's mean, lamp by lamp: Lambert's law, 6.08 m up, 2.4 m beside the middle.
    static func middle(spacing: Double, at s: Double) -> Double {
        let h = 6.08
        let light = { (u: Double, s: Double) -> Double in
            var sum = 0.0
            for k in -60...60 {
                let along = (s / spacing).rounded() * spacing + Double(k) * spacing + 3.4 - s
                for row in [-2.4, 2.4] { sum += h * h / pow(along * along + (u - row) * (u - row) + h * h, 2) }
            }
            return sum
        }
        var mean = 0.0
        for i in 0..<24 { for j in 0..<8 { mean += light(-6 + (Double(i) + 0.5) / 2, (Double(j) + 0.5) / 8 * spacing) / 192 } }
        return 0.18 + 0.82 * light(0, s) / mean
    }

    /// Seen from below the vault: from above it, the air over the hill would add the sky's light.
    static let belowVault = 5.0

    @Test(arguments: [2.0, 5, 12, 40, 150]) func mouthsLetInWhatTheyMust(d: Double) {
        let (open, sky) = Self.light(cover: 1, from: Self.belowVault) { _ in }
        var outside = 0.0
        let inside = Self.light(cover: 1, from: Self.belowVault) {
            $0.roofs = [Self.tube(mouth: d)]
            outside = $0.lighting.horizontalIlluminance
        }.seen
        let share = 0.5 * (1 - d / (d * d + 6.2 * 6.2).squareRoot())
        let lamps = TunnelLevels(outside: outside).lux(at: d) * Self.middle(spacing: d < 100 ? 8.0 / 3 : 8, at: d) * Double(Roof.color.y)
        let expected = open * (share + (1 - share) * lamps / sky)
        #expect(abs(inside / expected - 1) < 0.05, "\(inside) for \(expected)")
    }

    /// A portal's face looks away from the lamps behind it, a wall across the road further in does not.
    @Test(arguments: [(0.0, 0.02), (3.0, 1.0)]) func portalsAreDarkAtNight(place: (behind: Double, light: Double)) {
        var stage = ShadingStage(Material(name: "matt", baseColor: Vec3f(repeating: 0.3), roughness: 1))
        stage.sun = SunPosition(elevation: -0.5, azimuth: 1)
        stage.meshes[0] = Mesh(
            positions: [Vec3f(0, 4, 0), Vec3f(0, -4, 0), Vec3f(0, -4, 4), Vec3f(0, 4, 4)], normals: Array(repeating: Vec3f(-1, 0, 0), count: 4), indices: [0, 1, 2, 0, 2, 3])
        stage.pose = Pose(position: Vec3(-4, 0, 2)) * Pose.mountFromCamera
        var request = stage.request()
        request.roofs = [Roof(from: Vec2(-place.behind, 0), to: Vec2(400, 0), halfWidth: 6, ceiling: 6.2, height: 6.2, before: 0, after: 5_000)]
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        var frame = RasterFrame(width: 64, height: 48)
        renderer.render(request, pool: pool, into: &frame)
        let share = 0.5 * (1 - place.behind / (place.behind * place.behind + 6.2 * 6.2).squareRoot())
        let full = TunnelLevels(outside: 0).lux(at: place.behind) * (1 - share) * 0.18 * 0.3 / .pi * Double(Roof.color.y)
        let seen = Double(frame.color.green[24 * 64 + 32])
        #expect(abs(seen / full - place.light) < 0.15, "\(seen) of \(full)")
    }

    /// CIE 88's ranges, cd/m2: 100 to 300 behind a mouth at noon, 2 to 10 far inside, no less than 1 at night; never brighter further in.
    @Test func lampsFollowTheDay() {
        let (noon, night) = (TunnelLevels(outside: 100_000), TunnelLevels(outside: 0.1))
        let luminance = { (levels: TunnelLevels, d: Double) in levels.lux(at: d) * TunnelLevels.coefficient }
        #expect((100...300).contains(luminance(noon, 20)) && (2...10).contains(luminance(noon, 900)))
        #expect((1...3).contains(luminance(night, 0)) && luminance(night, 0) == luminance(night, 500))
        #expect(abs(luminance(noon, 100) / luminance(noon, 0) - 0.4) < 1e-3 && abs(luminance(noon, 100.01) / luminance(noon, 0) - 0.407) < 2e-3)
        let along = stride(from: 0.0, through: 900, by: 5).map { luminance(noon, $0) }
        #expect(zip(along, along.dropFirst()).allSatisfy { $0 * 1.02 >= $1 })
    }

    /// Far inside neither sun nor sky matter.
    @Test func noonStaysOutside() {
        let seen = [0.0, 1].map { cover in Self.light(cover: cover, from: Self.belowVault) { $0.roofs = [Self.tube(mouth: 900)] }.seen }
        let (day, dull) = (seen[0], seen[1])
        #expect(abs(day / dull - 1) < 0.02 && abs(day / (TunnelLevels.day / TunnelLevels.coefficient * 0.3 / .pi) - 1) < 0.3, "\(day), \(dull)")
        // Beside the tube the sky is open.
        let elsewhere = Roof(from: Vec2(-50, 20), to: Vec2(50, 20), halfWidth: 6, ceiling: 6, height: 6, before: 50, after: 50)
        let (open, beside) = (Self.light(cover: 1) { _ in }.seen, Self.light(cover: 1) { $0.roofs = [elsewhere] }.seen)
        #expect(open == beside)
    }

    /// Below a crown the ground has about half of the sky, below a lorry next to nothing.
    @Test func crownsLetLightThrough() {
        let open = Self.light(cover: 1) { _ in }.seen
        let box = OrientedBox(pose: Pose(position: Vec3(0, 0, 5)), size: Vec3(8, 8, 10))
        let crown = Self.light(cover: 1) { $0.crowns = [box] }.seen / open, solid = Self.light(cover: 1) { $0.boxes = [box] }.seen / open
        #expect((0.42...0.7).contains(crown) && solid < 0.3, "\(crown), \(solid)")
    }
}
