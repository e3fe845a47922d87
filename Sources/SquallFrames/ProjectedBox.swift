import SquallMath

/// The image extent of a 3D box: its edges clipped at a near plane, projected, and cut to the picture.
public enum ProjectedBox {
    /// nil when no part of the box is before the camera and inside the image.
    public static func box(of box: OrientedBox, pose: Pose, camera: PinholeCamera, near: Double = 0.05) -> Box2D? {
        let cameraFromWorld = pose.inverse
        let corners = box.corners.map { cameraFromWorld * $0 }
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        func include(_ p: Vec3) {
            let pixel = camera.project(p).pixel
            lower = pointwiseMin(lower, pixel)
            upper = pointwiseMax(upper, pixel)
        }
        for corner in corners where corner.z >= near { include(corner) }
        for (i, j) in edges where (corners[i].z >= near) != (corners[j].z >= near) {
            include(lerp(corners[i], corners[j], (near - corners[i].z) / (corners[j].z - corners[i].z)))
        }
        let left = max(0, lower.x), top = max(0, lower.y)
        let right = min(Double(camera.width), upper.x), bottom = min(Double(camera.height), upper.y)
        return left < right && top < bottom ? Box2D(left: left, top: top, right: right, bottom: bottom) : nil
    }

    /// Pairs of corners of `OrientedBox.corners` that differ in one axis.
    private static let edges: [(Int, Int)] = (0..<8).flatMap { i in [1, 2, 4].filter { i & $0 == 0 }.map { (i, i | $0) } }
}
