import Foundation
import SquallMath

/// The kinematic single track: wheels roll where they point, no slip. Exact at walking pace.
///
/// Reference point: the rear axle. State (x, y, yaw), world frame, metres and radians.
public struct KinematicSingleTrack: Sendable {
    /// Front to rear axle, metres.
    public var wheelbase: Double
    public init(wheelbase: Double) { self.wheelbase = wheelbase }

    /// The rate of (x, y, yaw, 0) at speed `v` (m/s) and front wheel angle `steer` (radians, left positive).
    public func derivative(_ state: Vec4, v: Double, steer: Double) -> Vec4 {
        Vec4(v * cos(state.z), v * sin(state.z), v * tan(steer) / wheelbase, 0)
    }
}
