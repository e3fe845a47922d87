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
    /// Light on matt ground at the middle of a picture from above.
    static func light(cover: Double, _ change: (inout FrameRequest) -> Void) -> (seen: Double, sky: Double) {
        var stage = ShadingStage(Material(name: "matt", baseColor: Vec3f(repeating: 0.3), roughness: 1))
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
    static func tube(mouth d: Double) -> Roof { Roof(from: Vec2(-d, 0), to: Vec2(400, 0), halfWidth: 6, ceiling: 6.2, height: 6.2, before: 0, after: 5_000) }

    @Test(arguments: [2.0, 5, 12, 40, 150]) func mouthsLetInWhatTheyMust(d: Double) {
        let (open, sky) = Self.light(cover: 1) { _ in }
        let inside = Self.light(cover: 1) { $0.roofs = [Self.tube(mouth: d)] }.seen
        let share = 0.5 * (1 - d / (d * d + 6.2 * 6.2).squareRoot())
        let expected = open * (share + (1 - share) * Roof.illuminance * Double(Roof.color.y) / sky)
        #expect(abs(inside / expected - 1) < 0.1, "\(inside) for \(expected)")
    }

    /// Far inside neither sun nor sky matter.
    @Test func noonStaysOutside() {
        let (day, dull) = (Self.light(cover: 0) { $0.roofs = [Self.tube(mouth: 200)] }.seen, Self.light(cover: 1) { $0.roofs = [Self.tube(mouth: 200)] }.seen)
        #expect(abs(day / dull - 1) < 0.15 && day < 0.3 * Roof.illuminance)
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
