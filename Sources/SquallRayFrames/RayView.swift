import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays

/// What a picture by rays is taken of, and through which lens.
public struct RayView: Sendable {
    /// In the order of the instances that are rendered, at their places at `fraction` 0 of a row.
    public var scene: RayScene
    public var table: LensTable
    /// Where the camera stands at the stamp: what shaders count positions from.
    public var pose: Pose
    /// Place and instant of each row of a rolling shutter; empty for `pose` at once.
    public var rows: [RayScene.Row]

    public init(scene: RayScene, table: LensTable, pose: Pose, rows: [RayScene.Row] = []) {
        (self.scene, self.table, self.pose, self.rows) = (scene, table, pose, rows)
    }

    func row(_ number: Int) -> RayScene.Row { rows.indices.contains(number) ? rows[number] : RayScene.Row(pose: pose) }

    /// Nothing nearer than this is seen, metres along the ray.
    static let nearest: Float = 0.05
}

/// The other end of a flow field, with what can hide a point there.
public struct RayInstant: Sendable {
    public var instances: [MeshInstance]
    public var scene: RayScene
    public var pose: Pose
    /// As in `RayView`, at that instant.
    public var rows: [RayScene.Row]

    public init(instances: [MeshInstance], scene: RayScene, pose: Pose, rows: [RayScene.Row] = []) {
        (self.instances, self.scene, self.pose, self.rows) = (instances, scene, pose, rows)
    }
}
