import SquallFrames
import SquallGeometry
import SquallMath

/// The part of a body that others touch and keep a distance to, from the body's origin, metres.
///
/// It is the body's box, but trees and posts are as thick as their trunk: crowns and lamp arms reach over the road.
public struct SolidExtent: Sendable, Equatable {
    /// Forward, backward and to each side of the origin.
    public var front: Double, rear: Double, left: Double, right: Double
    /// Along z from the origin.
    public var bottom: Double, top: Double

    /// - Parameters: the class of the body; its labelled box in the body frame, metres, scale included.
    public init(of category: Category, boxCenter: Vec3, boxSize: Vec3) {
        var (c, h) = (boxCenter, boxSize / 2)
        switch category {
        case .vegetation: (c, h) = (Vec3(0, 0, c.z), Vec3(min(h.x, 0.25), min(h.y, 0.25), h.z))
        case .pole, .trafficSign, .trafficLight: (c, h) = (Vec3(0, 0, c.z), Vec3(min(h.x, 0.1), min(h.y, 0.1), h.z))
        default: break
        }
        (front, rear, left, right) = (c.x + h.x, h.x - c.x, c.y + h.y, h.y - c.y)
        (bottom, top) = (c.z - h.z, c.z + h.z)
    }

    /// Half of length, width and height.
    public var half: Vec3 { Vec3((front + rear) / 2, (left + right) / 2, (top - bottom) / 2) }

    /// Where a body at `pose` has it: upright, turned to where the body heads.
    public func placed(at pose: Pose) -> UprightBox {
        let heading = (pose.rotation * Vec3(1, 0, 0)).xy.normalized
        return UprightBox(
            middle: pose.position.xy + heading * ((front - rear) / 2) + heading.left * ((left - right) / 2), axis: heading, halfLength: half.x, halfWidth: half.y,
            bottom: pose.position.z + bottom, top: pose.position.z + top)
    }
}
