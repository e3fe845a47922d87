import SquallFrames
import SquallGeometry
import SquallMath

/// Which flow vectors end at a point the other frame does not show: outside its picture, or behind something there.
///
/// Flow itself is exact and exists for hidden points too; it comes with the visibility pass. A point counts as seen when one of the
/// four pixel centres around its end sees the same object (all ground is one) no nearer than the point (1 % and 2 cm of slack for slopes).
public enum FlowOcclusion {
    /// One instant of the camera and the scene. Instances of all views of one frame are in the same order.
    public struct View {
        public var pose: Pose
        public var instances: [MeshInstance]
        public var visibility: VisibilityBuffer
        public init(pose: Pose, instances: [MeshInstance], visibility: VisibilityBuffer) {
            (self.pose, self.instances, self.visibility) = (pose, instances, visibility)
        }
    }

    /// - Parameter flow: from `here` to `there`, pixels; not finite where undefined.
    /// - Returns: 1 where hidden or undefined, else 0.
    public static func mask(flow: Image<SIMD2<Float>>, from here: View, to there: View, camera: PinholeCamera) -> Image<UInt8> {
        let (width, height) = (here.visibility.width, here.visibility.height)
        let depths = depthRows(from: here, to: there)
        let (fx, fy, cx, cy) = (Float(camera.fx), Float(camera.fy), Float(camera.cx), Float(camera.cy))
        var mask = Image<UInt8>(width: width, height: height, filledWith: 1)
        mask.pixels.withUnsafeMutableBufferPointer { out in
            for y in 0..<height {
                let down = (Float(y) + 0.5 - cy) / fy
                for x in 0..<width {
                    let i = y * width + x
                    let f = flow.pixels[i]
                    guard f.x.isFinite, f.y.isFinite else { continue }
                    let q = Vec2f(Float(x) + 0.5 + f.x, Float(y) + 0.5 + f.y)
                    let instance = here.visibility.instance[i]
                    var depth = Float.infinity
                    if instance != VisibilityBuffer.nothing {
                        let z = here.visibility.depth[i]
                        let row = depths[Int(instance)]
                        depth = z * (row.x * ((Float(x) + 0.5 - cx) / fx) + row.y * down + row.z) + row.w
                    }
                    let object = instance == VisibilityBuffer.nothing ? nil : here.instances[Int(instance)].object
                    if depth > 0, sees(there, object, depth, at: q) { out[i] = 0 }
                }
            }
        }
        return mask
    }

    /// Per instance: depth in the other camera as a linear function of the point in this camera's axes.
    private static func depthRows(from here: View, to there: View) -> [Vec4f] {
        let thereFromWorld = Affine(there.pose.inverse)
        let worldFromHere = Affine(here.pose)
        let still = thereFromWorld * worldFromHere
        return zip(here.instances, there.instances).map { a, b in
            let map = a.transform == b.transform ? still : thereFromWorld * b.transform * (a.transform.inverse ?? .identity) * worldFromHere
            return Vec4f(Float(map.x.z), Float(map.y.z), Float(map.z.z), Float(map.translation.z))
        }
    }

    /// - Parameter object: id of what the point belongs to, nil for sky.
    private static func sees(_ view: View, _ object: UInt16?, _ depth: Float, at q: Vec2f) -> Bool {
        let other = view.visibility
        guard q.x >= 0, q.y >= 0, q.x < Float(other.width), q.y < Float(other.height) else { return false }
        let (x0, y0) = (Int((q.x - 0.5).rounded(.down)), Int((q.y - 0.5).rounded(.down)))
        for y in max(0, y0)...min(other.height - 1, y0 + 1) {
            for x in max(0, x0)...min(other.width - 1, x0 + 1) {
                let i = y * other.width + x
                let found = other.instance[i]
                guard found != VisibilityBuffer.nothing else {
                    if object == nil { return true }
                    continue
                }
                if view.instances[Int(found)].object == object && other.depth[i] >= depth * 0.99 - 0.02 { return true }
            }
        }
        return false
    }
}
