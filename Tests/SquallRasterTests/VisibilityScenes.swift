import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallWorld

/// Small scenes the visibility tests share.
enum TestScene {
    static let gray = Material(name: "gray", baseColor: Vec3f(repeating: 0.5))

    static func camera(_ width: Int, _ height: Int, focal: Double? = nil, pose: Pose = .identity) -> RasterCamera {
        RasterCamera(
            pose: pose,
            camera: PinholeCamera(
                width: width, height: height, fx: focal ?? Double(width), fy: focal ?? Double(width), cx: Double(width) / 2, cy: Double(height) / 2),
            near: 0.1)
    }

    /// A rectangle in the camera's z = depth plane that faces an eye at the origin; x right, y down.
    static func plate(x: ClosedRange<Float>, y: ClosedRange<Float>, depth: Float, slot: Int = 0) -> Mesh {
        let (a, b, c, d) = (
            Vec3f(x.lowerBound, y.lowerBound, depth), Vec3f(x.upperBound, y.lowerBound, depth), Vec3f(x.upperBound, y.upperBound, depth),
            Vec3f(x.lowerBound, y.upperBound, depth)
        )
        let normal = Vec3f(0, 0, -1)
        return Mesh(
            positions: [a, b, c, d], normals: [normal, normal, normal, normal],
            textureCoordinates: [Vec2f(0, 0), Vec2f(1, 0), Vec2f(1, 1), Vec2f(0, 1)], indices: [0, 2, 1, 0, 3, 2],
            parts: [Mesh.Part(firstTriangle: 0, triangleCount: 2, slot: slot)])
    }

    /// A closed bumpy ball: many small triangles of every direction.
    static func ball(_ rings: Int, radius: Double, seed: UInt64) -> Mesh {
        var positions: [Vec3f] = []
        let columns = 2 * rings
        for ring in 0...rings {
            for column in 0..<columns {
                let (polar, turn) = (Double(ring) / Double(rings) * .pi, Double(column) / Double(columns) * 2 * .pi)
                let bump = 1 + 0.2 * unit(seed, UInt64(ring * columns + (ring == 0 || ring == rings ? 0 : column)))
                positions.append(Vec3f(Vec3(sin(polar) * cos(turn), sin(polar) * sin(turn), cos(polar)) * radius * bump))
            }
        }
        var indices: [UInt32] = []
        for ring in 0..<rings {
            for column in 0..<columns {
                let next = (column + 1) % columns
                let (a, b) = (UInt32(ring * columns + column), UInt32(ring * columns + next))
                let (c, d) = (UInt32((ring + 1) * columns + column), UInt32((ring + 1) * columns + next))
                indices += [a, c, b, b, c, d]
            }
        }
        return Mesh(positions: positions, normals: positions.map { $0.normalized }, indices: indices)
    }

    static func instance(_ mesh: Int, _ object: Int, _ transform: Affine = .identity, base: Int = 0) -> MeshInstance {
        MeshInstance(mesh: Int32(mesh), object: UInt16(object), category: 0, materialBase: Int32(base), transform: transform)
    }

    /// 40 balls of three kinds around the optical axis, some behind the eye, some across its near plane, some mirrored.
    static func crowd() -> (meshes: [Mesh], instances: [MeshInstance]) {
        let meshes = [ball(6, radius: 1, seed: 1), ball(20, radius: 1.5, seed: 2), ball(3, radius: 0.6, seed: 3)]
        let instances = (0..<40).map { k -> MeshInstance in
            func draw(_ n: UInt64) -> Double { unit(77, UInt64(k) * 8 + n) }
            let pose = Pose(
                position: Vec3(draw(0) * 16 - 8, draw(1) * 10 - 5, draw(2) * 40 - 2),
                rotation: Quaternion(yaw: draw(3) * 6, pitch: draw(4) * 3, roll: draw(5) * 6))
            let mirror = Affine(x: Vec3(k % 5 == 0 ? -1 : 1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 0.5 + draw(6)), translation: .zero)
            return instance(k % 3, k + 1, Affine(pose) * mirror)
        }
        return (meshes, instances)
    }

    static func render(
        _ meshes: [Mesh], _ instances: [MeshInstance], _ camera: RasterCamera, materials: [Material] = [gray], textures: [Texture] = [], samples: Int = 1,
        extras: Rasterizer.Extras = .init(), workers: Int = 1
    ) -> RasterFrame {
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        var frame = RasterFrame(width: camera.camera.width, height: camera.camera.height)
        Rasterizer(PreparedMeshes(meshes: meshes, materials: materials, textures: textures)).render(
            instances, camera: camera, samples: samples, extras: extras,
            shader: ReferenceShader(materials: materials, light: Vec3(0, 0, -1), sky: .zero), pool: pool, into: &frame)
        return frame
    }

    /// Uniform in [0, 1) from two keys.
    static func unit(_ a: UInt64, _ b: UInt64) -> Double { Double(mix64(a &* 0x9e37_79b9_7f4a_7c15 ^ mix64(b)) >> 11) * 0x1p-53 }
}
