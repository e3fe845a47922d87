import SquallFrames
import SquallMath

/// Where a pinhole camera stands for the rasterizer.
public struct RasterCamera: Sendable, Equatable {
    /// World from camera, OpenCV axes.
    public var pose: Pose
    public var camera: PinholeCamera
    /// Surfaces nearer than this along the optical axis are cut away, metres.
    public var near: Double

    public init(pose: Pose, camera: PinholeCamera, near: Double = 0.05) { (self.pose, self.camera, self.near) = (pose, camera, near) }
}

/// A parallel projection, for shadow maps. Axes as a camera's: x right, y down, z away from the light.
public struct OrthographicCamera: Sendable, Equatable {
    /// World from camera.
    public var pose: Pose
    /// Half the width and height of what is seen, metres.
    public var halfWidth: Double, halfHeight: Double
    /// Range of z that is kept, metres.
    public var near: Double, far: Double

    public init(pose: Pose, halfWidth: Double, halfHeight: Double, near: Double, far: Double) {
        (self.pose, self.halfWidth, self.halfHeight, self.near, self.far) = (pose, halfWidth, halfHeight, near, far)
    }
}

/// A half space in camera axes: inside where dot(normal, p) + offset >= 0; the normal is a unit vector.
struct Plane {
    var normal: Vec3
    var offset: Double

    init(_ n: Vec3, _ offset: Double) {
        let length = n.length
        (normal, self.offset) = (n / length, offset / length)
    }
}

/// A projection in the form the geometry stage uses.
///
/// Perspective: x = fx X/Z + cx, key = 1/Z. Orthographic: x = fx X + cx, key = 1 at the near and 0 at the far plane.
/// In both the key is affine in the image, larger is nearer, and 0 is "nothing".
struct View {
    var orthographic: Bool
    /// What is drawn: a rectangle of pixels, usually the image itself; its first pixel may lie outside the image.
    var width: Int, height: Int
    var originX = 0, originY = 0
    var fx: Double, fy: Double, cx: Double, cy: Double
    var near: Double, far: Double
    /// World from view.
    var axes: (x: Vec3, y: Vec3, z: Vec3)
    var eye: Vec3
    /// What bounds the image: near (and far) plane, left, right, top, bottom.
    var frustum: [Plane]
    /// Snapped coordinates of triangles inside these planes fit the integer edge functions.
    var guardBand: [Plane]

    /// Widest and highest image: snapped extents stay below 2^20 (4,096 pixels of 1/256).
    static let largestSide = 4096

    init(_ camera: RasterCamera) {
        self.init(camera, columns: 0..<camera.camera.width, rows: 0..<camera.camera.height)
    }

    /// A window of the camera's pixel grid, inside or outside its image.
    init(_ camera: RasterCamera, columns: Range<Int>, rows: Range<Int>) {
        let c = camera.camera
        precondition(!columns.isEmpty && !rows.isEmpty && columns.count <= View.largestSide && rows.count <= View.largestSide)
        orthographic = false
        (fx, fy, cx, cy) = (c.fx, c.fy, c.cx, c.cy)
        (width, height, originX, originY) = (columns.count, rows.count, columns.lowerBound, rows.lowerBound)
        (near, far) = (camera.near, .infinity)
        axes = camera.pose.rotation.columns
        eye = camera.pose.position
        let front = Plane(Vec3(0, 0, 1), -camera.near)
        let (gx, gy) = (Double(View.largestSide - columns.count) / 2, Double(View.largestSide - rows.count) / 2)
        let (left, right, top, bottom) = (Double(columns.lowerBound), Double(columns.upperBound), Double(rows.lowerBound), Double(rows.upperBound))
        func sides(_ mx: Double, _ my: Double) -> [Plane] {
            [
                Plane(Vec3(c.fx, 0, c.cx + mx - left), 0), Plane(Vec3(-c.fx, 0, right + mx - c.cx), 0),
                Plane(Vec3(0, c.fy, c.cy + my - top), 0), Plane(Vec3(0, -c.fy, bottom + my - c.cy), 0),
            ]
        }
        frustum = [front] + sides(0, 0)
        guardBand = [front] + sides(gx, gy)
    }

    init(_ camera: OrthographicCamera, width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width <= View.largestSide && height <= View.largestSide)
        orthographic = true
        (self.width, self.height) = (width, height)
        fx = Double(width) / 2 / camera.halfWidth
        fy = Double(height) / 2 / camera.halfHeight
        (cx, cy) = (Double(width) / 2, Double(height) / 2)
        (near, far) = (camera.near, camera.far)
        axes = camera.pose.rotation.columns
        eye = camera.pose.position
        func sides(_ mx: Double, _ my: Double) -> [Plane] {
            [
                Plane(Vec3(1, 0, 0), camera.halfWidth + mx), Plane(Vec3(-1, 0, 0), camera.halfWidth + mx),
                Plane(Vec3(0, 1, 0), camera.halfHeight + my), Plane(Vec3(0, -1, 0), camera.halfHeight + my),
            ]
        }
        frustum = [Plane(Vec3(0, 0, -1), camera.far)] + sides(0, 0)
        let (gx, gy) = (Double(View.largestSide - width) / 2 / fx, Double(View.largestSide - height) / 2 / fy)
        guardBand = sides(gx, gy)
    }

    /// The linear part of view-from-world applied to a world vector.
    func rotate(_ v: Vec3) -> Vec3 { Vec3(dot(axes.x, v), dot(axes.y, v), dot(axes.z, v)) }
}
