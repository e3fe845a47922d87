import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays

/// What one worker keeps while it resolves ray hits: its caster, instances as seen from the present row, triangles read lately.
final class RayScratch {
    let caster: RayCaster
    private let instances: [MeshInstance]
    private let scene: RayScene
    private let meshes: PreparedMeshes
    private let camera: RasterCamera
    private let transforms = Block<ViewTransform>(), frames = Block<InstanceFrame>()
    private let instanceMeshes: Block<Int32>
    private let instanceVertices: Block<UnsafePointer<PreparedMeshes.Vertex>>
    private let deformed: DeformedMeshes
    private let stamps: Block<Int32>
    private let keys = Block<UInt64>(capacity: capacity), resolved = Block<ResolvedTriangle>(capacity: capacity)
    private var view: View
    private var stamp: Int32 = 1
    private var fraction = 0.0
    /// Where the present row's eye stands beside the stamp's, world axes.
    private(set) var offset = SIMD3<Float>.zero
    /// World axes of the present row's camera.
    private(set) var axes: (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>)
    /// Pixels of the present row whose colour needs more than one ray.
    var edges: [Int32] = []

    private static let capacity = 2048

    init(_ view: RayView, _ instances: [MeshInstance], _ meshes: PreparedMeshes) {
        caster = RayCaster(view.scene)
        (scene, self.instances, self.meshes) = (view.scene, instances, meshes)
        camera = RasterCamera(pose: view.pose, camera: view.table.model.camera)
        self.view = View(camera)
        transforms.reserve(instances.count)
        frames.reserve(instances.count)
        instanceMeshes = Block(instances.map(\.mesh))
        deformed = DeformedMeshes(meshes)
        instanceVertices = deformed.vertices(of: instances)
        stamps = Block([Int32](repeating: 0, count: instances.count))
        keys.base.initialize(repeating: .max, count: Self.capacity)
        let columns = view.pose.rotation.columns
        axes = (SIMD3<Float>(columns.0), SIMD3<Float>(columns.1), SIMD3<Float>(columns.2))
        caster.move(to: view.pose.position, fraction: 0)
    }

    /// Goes to where and when a row is seen from.
    func move(to row: RayScene.Row) {
        let same = row.pose == camera.pose && row.fraction == fraction && stamp == 1
        caster.move(to: row.pose.position, fraction: row.fraction)
        if same { return }
        stamp += 1
        fraction = row.fraction
        view = View(RasterCamera(pose: row.pose, camera: camera.camera))
        offset = SIMD3<Float>(row.pose.position - camera.pose.position)
        axes = (SIMD3<Float>(view.axes.x), SIMD3<Float>(view.axes.y), SIMD3<Float>(view.axes.z))
        keys.base.update(repeating: .max, count: Self.capacity)
    }

    /// A triangle that a ray of the present row met, as planes over directions: valid until the next call.
    func triangle(_ instance: Int32, _ triangle: Int32) -> UnsafePointer<ResolvedTriangle> {
        let key = UInt64(UInt32(bitPattern: instance)) << 32 | UInt64(UInt32(bitPattern: triangle))
        let slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 53)
        if keys.base[slot] == key { return UnsafePointer(resolved.base + slot) }
        let index = Int(instance)
        if stamps.base[index] != stamp {
            let placement = scene.placement(of: index, at: fraction) ?? instances[index].transform
            // Rays meet no instance that is squashed flat.
            if let transform = ViewTransform(placement, view) { transforms.base[index] = transform }
            frames.base[index] = InstanceFrame(placement)
            stamps.base[index] = stamp
        }
        let material = instances[index].materialBase + Int32(scene.slot(instance: UInt32(bitPattern: instance), triangle: UInt32(bitPattern: triangle)))
        var record = Record(
            x0: 0, y0: 0, x1: 0, y1: 0, x2: 0, y2: 0, key: 0, keyDx: 0, keyDy: 0, keyMin: 0, keyMax: .infinity, columns: 0, rows: 0, instance: instance,
            triangle: triangle, material: material)
        let resolver = TriangleResolver(
            meshes: meshes, instanceMeshes: UnsafePointer(instanceMeshes.base), instanceVertices: UnsafePointer(instanceVertices.base), transforms: UnsafePointer(transforms.base), frames: UnsafePointer(frames.base),
            motionOf: nil, inputs: IndirectShader.inputs, orthographic: false)
        resolver.resolve(&record, into: resolved.base + slot)
        keys.base[slot] = key
        return UnsafePointer(resolved.base + slot)
    }
}
