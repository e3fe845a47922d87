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
    /// Light on the ground along y = 0 by metres east, over that without shadows; seen from above from a place `camera` metres east.
    static func profile(_ stage: ShadingStage, occlusion: Bool = false, camera: Double = 0) -> (Double) -> Float {
        var request = stage.request()
        request.camera.pose.position.x = camera
        request.ambientOcclusion = occlusion
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        var (frame, open) = (RasterFrame(width: stage.lens.width, height: stage.lens.height), RasterFrame(width: stage.lens.width, height: stage.lens.height))
        renderer.render(request, pool: pool, into: &frame)
        (request.shadowSize, request.ambientOcclusion) = (0, false)
        renderer.render(request, pool: pool, into: &open)
        let lens = stage.lens, height = stage.height
        let (seen, all) = (frame.color.green, open.color.green)
        return { x in
            let p = lens.project(Vec3(x - camera, 0, height)).pixel
            let index = Int(p.y) * lens.width + min(max(Int(p.x), 0), lens.width - 1)
            return seen[index] / all[index]
        }
    }

    /// No light gets under what stands on the ground, however low the sun: a kerb's shadow begins at its foot and ends where geometry says.
    @Test(arguments: [3.0, 6, 10]) func lowSunShadowsBeginAtTheFoot(degrees: Double) {
        var stage = Self.stage(slab: 0.15, sun: degrees * .pi / 180)
        stage.lens = PinholeCamera(width: 256, height: 32, tanHalfHorizontalFieldOfView: 0.3)
        let light = Self.profile(stage)
        let apparent = stage.sun.apparentElevation, length = 0.15 / tan(apparent)
        // In the middle of the shadow all of the sun's share is gone; near the foot most of it, as the filter is 13 cm long on the ground at three degrees.
        let lighting = stage.lighting, sky = lighting.ambient.illuminance(normal: Vec3(0, 0, 1)).y, sun = lighting.sunIlluminance.y * lighting.sunDirection.z
        let share = Float(sun / (sun + sky)), lost = { (x: Double) in (1 - light(x)) / (1 - light(-length * 0.6)) }
        #expect(abs((1 - light(-length * 0.6)) / share - 1) < 0.15, "\(light(-length * 0.6)), the sun's share is \(share)")
        #expect(lost(-0.06) > 0.6 && lost(-0.12) > 0.75, "\(lost(-0.06)), \(lost(-0.12))")
        #expect(abs(lost(-length + 0.4 * min(1, length)) - 1) < 0.02)
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
        // A texel of this map is 2.4 cm, 3.4 along the ground: three of them, the filter, would be 10 cm. The ramp's middle 80 % must be narrower, and lie
        // where the edge's shadow is.
        #expect(Double(steps.count) * 0.002 < 0.04, "\(steps.count)")
        #expect(!steps.isEmpty && abs(steps.reduce(0, +) / Double(steps.count) + 0.2) < 0.012)
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

    /// Edges stay where they are while the camera moves: pictures from above, moved by whole pixels, show the same ground. The slab itself, whose side
    /// comes into sight, is left out.
    @Test func shadowsDoNotSwim() {
        var stage = Self.stage(slab: 1, sun: 0.5)
        stage.lens = PinholeCamera(width: 128, height: 96, tanHalfHorizontalFieldOfView: 0.3)
        stage.ambientOcclusion = false
        let pixel = 10 / stage.lens.fx
        let first = stage.render().color.green
        for shift in [3, 11, 17] {
            var moved = stage
            moved.pose = Pose(position: Vec3(Double(shift) * pixel, 0, 10), rotation: Quaternion(columns: Vec3(1, 0, 0), Vec3(0, -1, 0), Vec3(0, 0, -1)))
            let second = moved.render().color.green
            var different = 0
            for y in 4..<92 {
                for x in 24..<100 where !(60...66).contains(x) && abs(first[y * 128 + x] / second[y * 128 + x - shift] - 1) > 0.02 { different += 1 }
            }
            #expect(different <= 8, "\(different) pixels at \(shift)")
        }
    }

    /// Near a wall the ground sees less of the sky; in the open, and in the sun's own light, nothing is lost.
    @Test func cornersAreDarkUnderAnOvercastSky() {
        var stage = Self.stage(slab: 2, sun: 0.9)
        stage.weather.cloudCover = 1
        (stage.height, stage.lens) = (6, PinholeCamera(width: 256, height: 128, tanHalfHorizontalFieldOfView: 0.6))
        // The wall must be in the picture's depths: from right above it is not.
        let (with, without) = (Self.profile(stage, occlusion: true, camera: -1.5), Self.profile(stage, camera: -1.5))
        #expect(with(-0.08) < 0.88 * without(-0.08), "\(with(-0.08)) of \(without(-0.08))")
        #expect(with(-0.08) <= with(-0.5) && abs(with(-1.8) - without(-1.8)) < 0.02)
        let cloudy = Self.profile(stage, occlusion: true, camera: 1.5)
        stage.weather.cloudCover = 0
        let sunny = Self.profile(stage, occlusion: true, camera: 1.5)
        #expect(sunny(0.08) > cloudy(0.08), "the sun's side keeps the sun")
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

    /// Pages of the maps that outlive a frame show what they would show if they were drawn anew: after casters moved, came, went, and the eye walked on.
    @Test func keptShadowsAreThoseDrawnAnew() {
        var stage = Self.stage(slab: 1.5, sun: 0.6)
        stage.pose = Pose(position: Vec3(-6, 0.5, 1.5), rotation: Quaternion(yaw: 0.05, pitch: 0.1)) * Pose.mountFromCamera
        let placed = { (x: Double, object: UInt16) in
            MeshInstance(mesh: 1, object: object, category: 12, materialBase: 1, transform: Affine(Pose(position: Vec3(x, 0, 0)))) }
        let ground = stage.instances[0]
        let frames: [(eye: Double, instances: [MeshInstance])] = [
            (-6, [ground, placed(0, 1)]), (-6, [ground, placed(0.7, 1)]), (-5.5, [ground, placed(0.7, 1), placed(4, 2)]), (-4, [ground, placed(4, 2)]),
            (-30, [ground, placed(4, 2)]), (-4, [ground, placed(4, 2), placed(1, 3)]),
        ]
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        let meshes = PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: [])
        let kept = FrameRenderer(meshes: meshes, materials: stage.materials, textures: [])
        var pictures: [[Float]] = []
        for (eye, instances) in frames {
            var request = stage.request()
            request.instances = instances
            request.camera.pose.position.x = eye
            var (one, other) = (RasterFrame(width: stage.lens.width, height: stage.lens.height), RasterFrame(width: stage.lens.width, height: stage.lens.height))
            kept.render(request, pool: pool, into: &one)
            FrameRenderer(meshes: meshes, materials: stage.materials, textures: []).render(request, pool: pool, into: &other)
            #expect(one.color.green == other.color.green)
            pictures.append(one.color.green)
        }
        #expect(pictures[0] != pictures[1] && pictures[1] != pictures[2])
    }
}
