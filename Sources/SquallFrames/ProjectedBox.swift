import SquallMath

/// The image extent of a 3D box: its edges clipped at a near plane, projected, and cut to the picture.
public enum ProjectedBox {
    /// nil when no part of the box is before the camera and inside the image.
    public static func box(of box: OrientedBox, pose: Pose, camera: PinholeCamera, near: Double = 0.05) -> Box2D? {
        let cameraFromWorld = pose.inverse
        return self.box(of: box.corners.map { cameraFromWorld * $0 }, camera, near)
    }

    private static func box(of corners: [Vec3], _ camera: PinholeCamera, _ near: Double) -> Box2D? {
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

    /// The same through any lens: edges are followed in short steps, since lenses bend them. Parts that the lens does not see are left out.
    /// - Parameter place: of a world point in camera axes; with a rolling shutter every point has a row that sees it.
    public static func box(of box: OrientedBox, model: CameraModel, near: Double = 0.05, place: (Vec3) -> Vec3) -> Box2D? {
        let corners = box.corners
        if model.lens == .pinhole { return self.box(of: corners.map(place), model.camera, near) }
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        for (i, j) in edges {
            for step in 0...steps {
                let point = place(lerp(corners[i], corners[j], Double(step) / Double(steps)))
                guard point.length >= near, let pixel = model.project(point) else { continue }
                lower = pointwiseMin(lower, pixel)
                upper = pointwiseMax(upper, pixel)
            }
        }
        let left = max(0, lower.x), top = max(0, lower.y)
        let right = min(Double(model.camera.width), upper.x), bottom = min(Double(model.camera.height), upper.y)
        return left < right && top < bottom ? Box2D(left: left, top: top, right: right, bottom: bottom) : nil
    }

    /// Pieces of a bent edge: at 90 degrees a side, a piece turns by less than 3 and leaves its chord by under 0.1 % of its length.
    private static let steps = 32

    /// Pairs of corners of `OrientedBox.corners` that differ in one axis.
    private static let edges: [(Int, Int)] = (0..<8).flatMap { i in [1, 2, 4].filter { i & $0 == 0 }.map { (i, i | $0) } }
}
