import Foundation
import SquallAssets
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays
import SquallSensors
import SquallWorld

/// A glTF file stood upright (glTF's y up becomes z up), every node an instance with an id from 1 in file order.
public struct MeshScene: Sendable {
    public let meshes: [Mesh]
    public let materials: [Material]
    public let textures: [Texture]
    public let instances: [MeshInstance]

    /// - Throws: `Failure` that names the file and the place in it.
    public init(contentsOf path: String) throws {
        let file = try GLTF.load(path: path)
        (meshes, materials, textures) = (file.meshes, file.materials, file.textures)
        guard file.nodes.count <= World.objectLimit else {
            throw Failure(
                "too-many-objects", file: path, message: "the file places \(file.nodes.count) meshes; ids end at \(World.objectLimit)",
                fix: "join meshes that need no id of their own")
        }
        instances = file.nodes.enumerated().map { index, node in
            MeshInstance(
                mesh: Int32(node.mesh), object: UInt16(index + 1), category: Category.object.rawValue, materialBase: node.materialBase,
                transform: Affine(Self.upright) * node.transform)
        }
    }

    /// World from glTF: x stays, y up becomes z up, z towards the viewer becomes -y.
    static let upright = Pose(rotation: Quaternion(columns: Vec3(1, 0, 0), Vec3(0, 0, 1), Vec3(0, -1, 0)))

    /// How a rasterized picture differs from one ray per pixel centre.
    public struct Disagreement: Sendable {
        /// Pixels whose instance differs, of all pixels.
        public var ids = 0
        /// Pixels with the same triangle whose depth differs by more than 0.2 %.
        public var depths = 0
        public init() {}

        /// Pixel by pixel; both buffers have the same size.
        package init(_ seen: VisibilityBuffer, _ truth: VisibilityBuffer) {
            for i in seen.instance.indices {
                if seen.instance[i] != truth.instance[i] {
                    ids += 1
                } else if seen.instance[i] != VisibilityBuffer.nothing, seen.triangle[i] == truth.triangle[i], abs(seen.depth[i] - truth.depth[i]) > 0.002 * truth.depth[i] {
                    depths += 1
                }
            }
        }
    }

    /// The ray caster's verdict on a visibility buffer, culling back faces and cutting at the near plane as the rasterizer does.
    public func judge(_ seen: VisibilityBuffer, pose: Pose, camera: PinholeCamera, near: Double = 0.05, trees: MeshTrees, pool: WorkerPool) -> Disagreement {
        let truth = RayScene(trees, instances).visibility(
            width: camera.width, height: camera.height, focal: Vec2(camera.fx, camera.fy), center: Vec2(camera.cx, camera.cy), pose: pose, minimum: Float(near), pool: pool)
        return Disagreement(seen, truth)
    }

    /// Trees over the meshes, one-sided materials culled and alpha-masked ones cut.
    public func trees(pool: WorkerPool) -> MeshTrees {
        var bases = [Int32](repeating: 0, count: meshes.count)
        for instance in instances { bases[Int(instance.mesh)] = instance.materialBase }
        let materialBases = bases
        let surfaces = RaySurface.surfaces(materials, textures, culling: true)
        return MeshTrees(meshes, pool: pool) { mesh, slot in
            let index = Int(materialBases[mesh]) + slot
            return surfaces.indices.contains(index) ? surfaces[index] : RaySurface()
        }
    }
}
