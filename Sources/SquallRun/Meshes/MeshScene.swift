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
    /// Coarser versions of each mesh of the file, by the distance in metres from which they serve at the reference lens.
    private let coarser: [[(mesh: Int32, distance: Double)]]

    /// - Parameter levels: whether coarser levels of detail are built.
    /// - Throws: `Failure` that names the file and the place in it.
    public init(contentsOf path: String, levels: Bool = false) throws {
        let file = try GLTF.load(path: path)
        (materials, textures) = (file.materials, file.textures)
        var meshes = file.meshes
        coarser = levels ? file.meshes.map { mesh in
            mesh.builtLevels().map { level in
                meshes.append(level.mesh)
                return (Int32(meshes.count - 1), level.distance)
            }
        } : []
        self.meshes = meshes
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

    /// The instances as a camera at `eye` draws them: each at the level that its distance allows.
    /// - Parameter focal: pixels per radian.
    public func instances(from eye: Vec3, focal: Double) -> [MeshInstance] {
        if coarser.isEmpty { return instances }
        let nearer = Asset.referenceFocal / max(1, focal)
        return instances.map { instance in
            let bounds = meshes[Int(instance.mesh)].bounds
            let map = instance.transform
            let scale = map.stretch
            let distance = ((map * Vec3(bounds.center) - eye).length - scale * Double(bounds.size.length) / 2) * nearer / max(scale, 1e-9)
            var chosen = instance
            if let level = coarser[Int(instance.mesh)].last(where: { $0.distance <= distance }) { chosen.mesh = level.mesh }
            return chosen
        }
    }

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
        let truth = RayScene(trees, instances(from: pose.position, focal: camera.fx)).visibility(
            width: camera.width, height: camera.height, focal: Vec2(camera.fx, camera.fy), center: Vec2(camera.cx, camera.cy), pose: pose, minimum: Float(near), pool: pool)
        return Disagreement(seen, truth)
    }

    /// Trees over the meshes, one-sided materials culled and alpha-masked ones cut.
    public func trees(pool: WorkerPool) -> MeshTrees {
        var bases = [Int32](repeating: 0, count: meshes.count)
        for instance in instances {
            bases[Int(instance.mesh)] = instance.materialBase
            if !coarser.isEmpty { for level in coarser[Int(instance.mesh)] { bases[Int(level.mesh)] = instance.materialBase } }
        }
        let materialBases = bases
        let surfaces = RaySurface.surfaces(materials, textures, culling: true)
        return MeshTrees(meshes, pool: pool) { mesh, slot in
            let index = Int(materialBases[mesh]) + slot
            return surfaces.indices.contains(index) ? surfaces[index] : RaySurface()
        }
    }
}
