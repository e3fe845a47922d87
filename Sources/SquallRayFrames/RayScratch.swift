import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays

/// What one worker keeps while it resolves ray hits: its caster, instances as seen from the present row, triangles read lately.
final class RayScratch {
    let caster: RayCaster
    private let instances: [MeshInstance]
    private let scene: RayScene
    private let reader: TriangleReader
    private let pose: Pose
    private var row: RayScene.Row
    /// Where the present row's eye stands beside the stamp's, world axes.
    private(set) var offset = SIMD3<Float>.zero
    /// World axes of the present row's camera.
    private(set) var axes: (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>)
    /// Pixels of the present row whose colour needs more than one ray.
    var edges: [Int32] = []

    init(_ view: RayView, _ instances: [MeshInstance], _ meshes: PreparedMeshes) {
        caster = RayCaster(view.scene)
        (scene, self.instances, pose) = (view.scene, instances, view.pose)
        reader = TriangleReader(instances, meshes, camera: RasterCamera(pose: view.pose, camera: view.table.model.camera))
        row = RayScene.Row(pose: view.pose)
        axes = Self.axes(view.pose)
        caster.move(to: view.pose.position, fraction: 0)
    }

    private static func axes(_ pose: Pose) -> (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>) {
        let columns = pose.rotation.columns
        return (SIMD3<Float>(columns.0), SIMD3<Float>(columns.1), SIMD3<Float>(columns.2))
    }

    /// Goes to where and when a row is seen from.
    func move(to next: RayScene.Row) {
        caster.move(to: next.pose.position, fraction: next.fraction)
        if next.pose == row.pose, next.fraction == row.fraction { return }
        row = next
        reader.move(to: row.pose)
        offset = SIMD3<Float>(row.pose.position - pose.position)
        axes = Self.axes(row.pose)
    }

    /// A triangle that a ray of the present row met, as planes over directions: valid until the next call.
    func triangle(_ instance: Int32, _ triangle: Int32) -> UnsafePointer<ResolvedTriangle> {
        reader.triangle(
            instance, triangle, placed: { scene.placement(of: $0, at: row.fraction) ?? instances[$0].transform },
            slot: { scene.slot(instance: UInt32(bitPattern: instance), triangle: UInt32(bitPattern: triangle)) })
    }
}
