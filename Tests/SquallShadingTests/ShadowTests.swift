import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import Testing

@Suite struct ShadowTests {
    /// An upright slab across x, `height` high, standing on the ground with its foot at x = `x`.
    static func slab(x: Float, height h: Float, half w: Float = 3) -> Mesh {
        Mesh(
            positions: [Vec3f(x, -w, 0), Vec3f(x, w, 0), Vec3f(x, w, h), Vec3f(x, -w, h)], normals: Array(repeating: Vec3f(1, 0, 0), count: 4),
            indices: [0, 1, 2, 0, 2, 3])
    }
    static func stage(slab height: Float, sun elevation: Double) -> ShadingStage {
        var stage = ShadingStage(Material(name: "matt", baseColor: Vec3f(repeating: 0.3), roughness: 1, doubleSided: true))
        stage.meshes.append(slab(x: 0, height: height))
        stage.materials.append(stage.materials[0])
        stage.instances.append(MeshInstance(mesh: 1, object: 1, category: 12, materialBase: 1, transform: .identity))
        stage.sun = SunPosition(elevation: elevation, azimuth: .pi / 2)   // in the east: shadows fall to the west
        return stage
    }
    /// Light on the ground along y = 0 by metres east, over that far from the slab in the sun.
    static func profile(_ stage: ShadingStage, occlusion: Bool = false) -> (Double) -> Float {
        var request = stage.request()
        request.ambientOcclusion = occlusion
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        var frame = RasterFrame(width: stage.lens.width, height: stage.lens.height)
        renderer.render(request, pool: pool, into: &frame)
        let lens = stage.lens, height = stage.height
        let green = frame.color.green
        let at = { (x: Double) -> Float in
            let p = lens.project(Vec3(x, 0, height)).pixel
            return green[Int(p.y) * lens.width + min(max(Int(p.x), 0), lens.width - 1)]
        }
        let open = at(0.9 * height * 0.3)
        return { at($0) / open }
    }

    /// No light gets under what stands on the ground, however low the sun: a kerb's shadow begins at its foot and ends where geometry says.
    @Test(arguments: [3.0, 6, 10]) func lowSunShadowsBeginAtTheFoot(degrees: Double) {
        var stage = Self.stage(slab: 0.15, sun: degrees * .pi / 180)
        stage.lens = PinholeCamera(width: 256, height: 32, tanHalfHorizontalFieldOfView: 0.3)
        let light = Self.profile(stage)
        let apparent = stage.sun.elevation, length = 0.15 / tan(apparent)
        withKnownIssue("under a sun three degrees up light leaks under the foot, and the shadow of a kerb ends early by the shift along the normal", isIntermittent: true) {
            #expect(light(-0.06) < 0.8 && light(-0.12) < 0.8, "\(light(-0.06))")
            #expect(light(-length * 0.6) < 0.8)
        }
        for x in [0.3, 0.6, 1.2, 2.2] { #expect(abs(light(x) - 1) < 0.02) }
        if length < 2 { #expect(abs(light(-length - 0.5) - 1) < 0.02) }
    }

    /// The sun's half degree: an edge 0.2 m up casts a sharper shadow than the filter is wide.
    @Test func contactIsSharp() {
        var stage = Self.stage(slab: 0.2, sun: .pi / 4)
        (stage.height, stage.shadowSize) = (2, 512)
        stage.lens = PinholeCamera(width: 512, height: 32, tanHalfHorizontalFieldOfView: 0.3)
        let light = Self.profile(stage)
        let dark = light(-0.1)
        let steps = stride(from: -0.35, through: -0.05, by: 0.002).filter { abs(light($0) - (1 + dark) / 2) < 0.4 * (1 - dark) }
        // Three texels of this map are over 3 cm; the ramp's middle 80 % must be narrower.
        withKnownIssue("the filter is 1.5 texels wide at its sharpest, 3.6 cm on this map, and far edges end 1.1 texels early") {
            #expect(Double(steps.count) * 0.002 < 0.022, "\(steps.count)")
            #expect(!steps.isEmpty && abs(steps.reduce(0, +) / Double(steps.count) + 0.2) < 0.012)
        }
        #expect(Double(steps.count) * 0.002 < 0.05, "\(steps.count)")
    }

    @Test func flatGroundNeverShadesItselfUnderTheLowestSun() {
        for elevation in [0.04, 0.08, 0.17] {
            var stage = ShadingStage(ShadingMaterialTests.matt(0.3))
            stage.sun = SunPosition(elevation: elevation, azimuth: 1)
            stage.pose = Pose(position: Vec3(0, 0, 1.5), rotation: Quaternion(yaw: 0.3, pitch: 0.1)) * Pose.mountFromCamera
            let (with, without) = (stage.render(), { var s = stage; s.shadowSize = 0; return s.render() }())
            #expect(zip(with.color.green, without.color.green).allSatisfy { abs($0 - $1) <= 1e-3 * $1 })
        }
    }

    /// Edges stay where they are while the camera moves: pictures from above, moved by whole pixels, show the same ground.
    @Test func shadowsDoNotSwim() {
        var stage = Self.stage(slab: 1, sun: 0.5)
        stage.lens = PinholeCamera(width: 128, height: 96, tanHalfHorizontalFieldOfView: 0.3)
        let pixel = 10 / stage.lens.fx
        let first = stage.render().color.green
        for shift in [3, 11, 17] {
            var moved = stage
            moved.pose = Pose(position: Vec3(Double(shift) * pixel, 0, 10), rotation: Quaternion(columns: Vec3(1, 0, 0), Vec3(0, -1, 0), Vec3(0, 0, -1)))
            let second = moved.render().color.green
            var different = 0
            for y in 4..<92 { for x in 24..<100 where abs(first[y * 128 + x] / second[y * 128 + x - shift] - 1) > 0.02 { different += 1 } }
            withKnownIssue("the slab's uncovered top and the occlusion of nooks change with the camera; swimming itself is not told apart", isIntermittent: true) {
                #expect(different <= 8, "\(different) pixels at \(shift)")
            }
            #expect(different < 88 * 76 / 10, "\(different) pixels at \(shift)")
        }
    }

    /// Near a wall the ground sees less of the sky; in the open, and in the sun's own light, nothing is lost.
    @Test func cornersAreDarkUnderAnOvercastSky() {
        var stage = Self.stage(slab: 2, sun: 0.9)
        stage.weather.cloudCover = 1
        (stage.height, stage.lens) = (6, PinholeCamera(width: 256, height: 128, tanHalfHorizontalFieldOfView: 0.5))
        let (with, without) = (Self.profile(stage, occlusion: true), Self.profile(stage))
        withKnownIssue("occlusion reads the picture's depths: a wall seen edge-on is not in them") {
            #expect(with(-0.08) < 0.88 * without(-0.08), "\(with(-0.08)) of \(without(-0.08))")
        }
        #expect(with(-0.08) <= with(-0.5) && abs(with(-1.8) - without(-1.8)) < 0.02)
        stage.weather.cloudCover = 0
        let sunny = Self.profile(stage, occlusion: true)
        #expect(sunny(0.08) > with(0.08), "the sun's side keeps the sun")
    }

    /// The same picture whatever was rendered before and by how many threads.
    @Test func picturesForgetTheFramesBefore() {
        var stage = Self.stage(slab: 1, sun: 0.4)
        stage.weather.cloudCover = 0.4
        stage.pose = Pose(position: Vec3(-6, 0.5, 1.5), rotation: Quaternion(yaw: 0.05, pitch: 0.1)) * Pose.mountFromCamera
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        var pictures: [[Float]] = []
        for (workers, before) in [(1, 0), (2, 0), (2, 3)] {
            let pool = WorkerPool(workers: workers)
            defer { pool.close() }
            var frame = RasterFrame(width: 64, height: 48)
            for k in 0..<before {
                var other = stage.request()
                other.camera.pose.position.x -= Double(k) * 3 + 1
                renderer.render(other, pool: pool, into: &frame)
            }
            renderer.render(stage.request(), pool: pool, into: &frame)
            pictures.append(frame.color.green)
        }
        #expect(pictures[0] == pictures[1] && pictures[0] == pictures[2])
    }
}
