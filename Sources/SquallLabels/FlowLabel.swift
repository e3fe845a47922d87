import SquallFrames
import SquallGeometry
import SquallMath

/// Optical flow: where the surface point at each pixel centre of this frame is in another frame of the same camera.
///
/// A pixel's point moves rigidly with its instance, so one affine map per instance takes camera coordinates here to camera
/// coordinates there. Sky moves by rotation alone. Flow is exact, not matched: it exists where the point is hidden too, and
/// `occluded` says so.
public struct FlowLabel: Sendable {
    /// Pixels; NaN where the point is behind the other camera.
    public var flow: Image<SIMD2<Float>>
    /// 1 where the point is outside the other picture or behind something there.
    public var occluded: Image<UInt8>

    /// One instant of the camera and the scene. Instances of both views are in the same order.
    public struct View {
        public var pose: Pose
        public var instances: [MeshInstance]
        public var visibility: VisibilityBuffer
        public init(pose: Pose, instances: [MeshInstance], visibility: VisibilityBuffer) {
            (self.pose, self.instances, self.visibility) = (pose, instances, visibility)
        }
    }

    /// - Precondition: both views have the same instances in the same order and pictures of the same size.
    public init(from here: View, to there: View, camera: PinholeCamera) {
        precondition(here.instances.count == there.instances.count)
        let (width, height) = (here.visibility.width, here.visibility.height)
        let thereFromWorld = Affine(there.pose.inverse)
        let worldFromHere = Affine(here.pose)
        let maps = zip(here.instances, there.instances).map { a, b in
            CameraMap(a == b ? thereFromWorld * worldFromHere : thereFromWorld * b.transform * (a.transform.inverse ?? .identity) * worldFromHere)
        }
        let turn = CameraMap(thereFromWorld * worldFromHere).rotationOnly
        var flow = Image<SIMD2<Float>>(width: width, height: height, filledWith: SIMD2(repeating: .nan))
        var occluded = Image<UInt8>(width: width, height: height, filledWith: 1)
        let (fx, fy, cx, cy) = (Float(camera.fx), Float(camera.fy), Float(camera.cx), Float(camera.cy))
        here.visibility.instance.withUnsafeBufferPointer { seen in
            here.visibility.depth.withUnsafeBufferPointer { depths in
                flow.pixels.withUnsafeMutableBufferPointer { flowPixels in
                    occluded.pixels.withUnsafeMutableBufferPointer { occludedPixels in
                        maps.withUnsafeBufferPointer { maps in
                            for y in 0..<height {
                                let ray = (Float(y) + 0.5 - cy) / fy
                                for x in 0..<width {
                                    let i = y * width + x
                                    let direction = Vec3f((Float(x) + 0.5 - cx) / fx, ray, 1)
                                    let sky = seen[i] == VisibilityBuffer.nothing
                                    let p = sky ? turn.apply(direction) : maps[Int(seen[i])].apply(direction * depths[i])
                                    guard p.z > 1e-3 else { continue }
                                    let q = Vec2f(fx * p.x / p.z + cx, fy * p.y / p.z + cy)
                                    flowPixels[i] = q - Vec2f(Float(x) + 0.5, Float(y) + 0.5)
                                    let hidden = Self.isHidden(at: q, depth: sky ? .infinity : p.z, instance: seen[i], in: there.visibility)
                                    occludedPixels[i] = hidden ? 1 : 0
                                }
                            }
                        }
                    }
                }
            }
        }
        (self.flow, self.occluded) = (flow, occluded)
    }

    /// Visible when one of the four nearest pixel centres sees the same instance no nearer than the point (1 % and 2 cm of slack for slopes).
    private static func isHidden(at q: Vec2f, depth: Float, instance: UInt32, in other: VisibilityBuffer) -> Bool {
        guard q.x >= 0, q.y >= 0, q.x < Float(other.width), q.y < Float(other.height) else { return true }
        let (x0, y0) = (Int((q.x - 0.5).rounded(.down)), Int((q.y - 0.5).rounded(.down)))
        for y in max(0, y0)...min(other.height - 1, y0 + 1) {
            for x in max(0, x0)...min(other.width - 1, x0 + 1) {
                let i = y * other.width + x
                if other.instance[i] == instance && (depth == .infinity || other.depth[i] >= depth * 0.99 - 0.02) { return false }
            }
        }
        return true
    }
}

/// Camera coordinates at one instant to camera coordinates at another, in float: both are relative to the eye.
private struct CameraMap {
    var x: Vec3f, y: Vec3f, z: Vec3f, t: Vec3f

    init(_ m: Affine) { (x, y, z, t) = (Vec3f(m.x), Vec3f(m.y), Vec3f(m.z), Vec3f(m.translation)) }
    var rotationOnly: CameraMap {
        var copy = self
        copy.t = .zero
        return copy
    }
    @inline(__always) func apply(_ p: Vec3f) -> Vec3f { x * p.x + y * p.y + z * p.z + t }
}
