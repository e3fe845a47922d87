import SquallGeometry
import SquallMath

/// Reads triangles one at a time, as planes over the directions from one eye, for pictures that are not filled by tiles. What was read lately is kept.
///
/// For one thread.
package final class TriangleReader {
    private let instances: [MeshInstance]
    private let meshes: PreparedMeshes
    private let camera: RasterCamera
    private let transforms = Block<ViewTransform>(), frames = Block<InstanceFrame>()
    private let instanceMeshes: Block<Int32>
    private let instanceVertices: Block<UnsafePointer<PreparedMeshes.Vertex>>
    private let deformed: DeformedMeshes
    /// At which move each instance was placed last.
    private let stamps: Block<Int32>
    private let keys = Block<UInt64>(capacity: capacity), resolved = Block<ResolvedTriangle>(capacity: capacity)
    private var view: View
    private var stamp: Int32 = 1

    private static let capacity = 2048

    package init(_ instances: [MeshInstance], _ meshes: PreparedMeshes, camera: RasterCamera) {
        (self.instances, self.meshes, self.camera) = (instances, meshes, camera)
        view = View(camera)
        transforms.reserve(instances.count)
        frames.reserve(instances.count)
        instanceMeshes = Block(instances.map(\.mesh))
        deformed = DeformedMeshes(meshes)
        instanceVertices = deformed.vertices(of: instances)
        stamps = Block([Int32](repeating: 0, count: instances.count))
        keys.base.initialize(repeating: .max, count: Self.capacity)
    }

    /// Looks from elsewhere, or at another instant: forgets what was read.
    package func move(to pose: Pose) {
        stamp += 1
        view = View(RasterCamera(pose: pose, camera: camera.camera))
        keys.base.update(repeating: .max, count: Self.capacity)
    }

    /// - Parameters:
    ///   - placed: where an instance is now, world from mesh; asked once after each move.
    ///   - slot: the triangle's slot of materials.
    /// - Returns: valid until the next call.
    package func triangle(_ instance: Int32, _ triangle: Int32, placed: (Int) -> Affine, slot: () -> Int) -> UnsafePointer<ResolvedTriangle> {
        let key = UInt64(UInt32(bitPattern: instance)) << 32 | UInt64(UInt32(bitPattern: triangle))
        let place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 53)
        if keys.base[place] == key { return UnsafePointer(resolved.base + place) }
        let index = Int(instance)
        if stamps.base[index] != stamp {
            let placement = placed(index)
            // Rays meet no instance that is squashed flat.
            if let transform = ViewTransform(placement, view) { transforms.base[index] = transform }
            frames.base[index] = InstanceFrame(placement)
            stamps.base[index] = stamp
        }
        var record = Record(
            x0: 0, y0: 0, x1: 0, y1: 0, x2: 0, y2: 0, key: 0, keyDx: 0, keyDy: 0, keyMin: 0, keyMax: .infinity, columns: 0, rows: 0, instance: instance,
            triangle: triangle, material: instances[index].materialBase + Int32(slot()))
        let resolver = TriangleResolver(
            meshes: meshes, instanceMeshes: UnsafePointer(instanceMeshes.base), instanceVertices: UnsafePointer(instanceVertices.base),
            transforms: UnsafePointer(transforms.base), frames: UnsafePointer(frames.base), motionOf: nil, inputs: IndirectShader.inputs, orthographic: false)
        resolver.resolve(&record, into: resolved.base + place)
        keys.base[place] = key
        return UnsafePointer(resolved.base + place)
    }
}
