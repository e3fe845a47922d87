import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays
import SquallSensors
import SquallWorld
import Testing

/// What a texture cuts out, it cuts out for cameras and rays alike.
@Suite struct MaskAgreementTests {
    /// 24 x 20 texels of leaf or air, and a wall of leaves before the eye.
    private let texture = Texture(
        name: "leaves", image: Image(width: 24, height: 20, pixels: (0..<480).map { RGBA8(255, 255, 255, mix64(UInt64($0 / 2)) % 3 == 0 ? 255 : 40) }), srgb: true)
    private let materials = [
        Material(name: "wall", baseColor: Vec3f(repeating: 0.5)),
        Material(name: "leaf", baseColor: Vec3f(repeating: 0.5), alpha: .mask(0.5), doubleSided: true, baseColorTexture: 0),
    ]

    private static func quad(textured: Bool) -> Mesh {
        let positions = [Vec3f(-1, -1, 0), Vec3f(1, -1, 0), Vec3f(1, 1, 0), Vec3f(-1, 1, 0)]
        let coordinates = [Vec2f(-0.3, -0.2), Vec2f(1.6, -0.2), Vec2f(1.6, 1.3), Vec2f(-0.3, 1.3)]
        return Mesh(
            positions: positions, normals: Array(repeating: Vec3f(0, 0, -1), count: 4), textureCoordinates: textured ? coordinates : [], indices: [0, 2, 1, 0, 3, 2])
    }

    private func instances() -> [MeshInstance] {
        var random = CounterRandom(seed: 4, path: "leaves")
        var result = [MeshInstance(mesh: 1, object: 1, category: 0, materialBase: 0, transform: Affine(x: Vec3(60, 0, 0), y: Vec3(0, 60, 0), z: Vec3(0, 0, 1), translation: Vec3(0, 0, 30)))]
        for k in 0..<60 {
            let place = Vec3(random.uniform() * 16 - 8, random.uniform() * 10 - 5, 8 + random.uniform() * 16)
            let turn = Quaternion(yaw: random.uniform() * 6, pitch: random.uniform() - 0.5, roll: random.uniform() - 0.5)
            result.append(MeshInstance(mesh: 0, object: UInt16(k + 2), category: 0, materialBase: 1, transform: Affine(Pose(position: place, rotation: turn))))
        }
        return result
    }

    @Test func camerasAndRaysSeeTheSameHoles() {
        let (meshes, instances) = ([Self.quad(textured: true), Self.quad(textured: false)], instances())
        let camera = PinholeCamera(width: 480, height: 300, fx: 400, fy: 400, cx: 240, cy: 150)
        let pool = WorkerPool(workers: 2)
        defer { pool.close() }
        var frame = RasterFrame(width: camera.width, height: camera.height)
        Rasterizer(PreparedMeshes(meshes: meshes, materials: materials, textures: [texture])).render(
            instances, camera: RasterCamera(pose: .identity, camera: camera), samples: 1, shader: ReferenceShader(materials: materials, light: Vec3(0, 0, -1), sky: .zero),
            pool: pool, into: &frame)
        func differing(_ textures: [Texture]) -> Int {
            let surfaces = RaySurface.surfaces(materials, textures, culling: true)
            let trees = MeshTrees(meshes) { mesh, _ in surfaces[mesh == 0 ? 1 : 0] }
            let rays = RayScene(trees, instances).visibility(
                width: camera.width, height: camera.height, focal: Vec2(camera.fx, camera.fy), center: Vec2(camera.cx, camera.cy), pose: .identity, minimum: 0.05, pool: pool)
            return frame.visibility.instance.indices.count { frame.visibility.instance[$0] != rays.instance[$0] }
        }
        let pixels = camera.width * camera.height
        let different = differing([texture])
        #expect(different * 1000 < pixels, "\(different) of \(pixels) ids differ")
        // Without the holes the two see different worlds.
        #expect(differing([]) * 10 > pixels)
    }
}
