import Foundation

/// A unit quaternion, w first (Hamilton). `q * v` rotates a vector from the local into the parent frame.
public struct Quaternion: Sendable, Equatable, Codable {
    public var w: Double, x: Double, y: Double, z: Double

    public init(w: Double, x: Double, y: Double, z: Double) { (self.w, self.x, self.y, self.z) = (w, x, y, z) }

    public static let identity = Quaternion(w: 1, x: 0, y: 0, z: 0)

    public init(axis: Vec3, angle: Double) {
        let a = axis.normalized * sin(angle / 2)
        self.init(w: cos(angle / 2), x: a.x, y: a.y, z: a.z)
    }

    /// ISO 8855: yaw about z, then pitch about the new y, then roll about the new x, radians.
    public init(yaw: Double, pitch: Double = 0, roll: Double = 0) {
        self = Quaternion(axis: Vec3(0, 0, 1), angle: yaw) * Quaternion(axis: Vec3(0, 1, 0), angle: pitch) * Quaternion(axis: Vec3(1, 0, 0), angle: roll)
    }

    /// From an orthonormal matrix given by its columns.
    public init(columns c0: Vec3, _ c1: Vec3, _ c2: Vec3) {
        let trace = c0.x + c1.y + c2.z
        if trace > 0 {
            let s = (trace + 1).squareRoot() * 2
            self.init(w: s / 4, x: (c1.z - c2.y) / s, y: (c2.x - c0.z) / s, z: (c0.y - c1.x) / s)
        } else if c0.x > c1.y && c0.x > c2.z {
            let s = (1 + c0.x - c1.y - c2.z).squareRoot() * 2
            self.init(w: (c1.z - c2.y) / s, x: s / 4, y: (c1.x + c0.y) / s, z: (c2.x + c0.z) / s)
        } else if c1.y > c2.z {
            let s = (1 + c1.y - c0.x - c2.z).squareRoot() * 2
            self.init(w: (c2.x - c0.z) / s, x: (c1.x + c0.y) / s, y: s / 4, z: (c2.y + c1.z) / s)
        } else {
            let s = (1 + c2.z - c0.x - c1.y).squareRoot() * 2
            self.init(w: (c0.y - c1.x) / s, x: (c2.x + c0.z) / s, y: (c2.y + c1.z) / s, z: s / 4)
        }
    }

    public var conjugate: Quaternion { Quaternion(w: w, x: -x, y: -y, z: -z) }

    public var normalized: Quaternion {
        let n = (w * w + x * x + y * y + z * z).squareRoot()
        return n > 0 ? Quaternion(w: w / n, x: x / n, y: y / n, z: z / n) : .identity
    }

    public static func * (a: Quaternion, b: Quaternion) -> Quaternion {
        Quaternion(
            w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
            y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w)
    }

    public static func * (q: Quaternion, v: Vec3) -> Vec3 {
        let u = Vec3(q.x, q.y, q.z)
        let t = 2 * cross(u, v)
        return v + q.w * t + cross(u, t)
    }

    /// The columns of the rotation matrix: images of x, y and z.
    public var columns: (Vec3, Vec3, Vec3) { (self * Vec3(1, 0, 0), self * Vec3(0, 1, 0), self * Vec3(0, 0, 1)) }

    /// ISO 8855 angles in radians.
    public var yaw: Double { atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) }
    public var pitch: Double { asin((2 * (w * y - z * x)).clamped(to: -1...1)) }
    public var roll: Double { atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y)) }

    /// Axis times angle, radians, of the shortest turn this stands for: zero for none.
    public var rotationVector: Vec3 {
        let (q, sign) = (Vec3(x, y, z), w < 0 ? -1.0 : 1.0)
        let sine = q.length
        return sine > 1e-12 ? q * (sign * 2 * atan2(sine, abs(w)) / sine) : q * (2 * sign)
    }

    /// Spherical interpolation along the shorter arc.
    public static func slerp(_ a: Quaternion, _ b: Quaternion, _ t: Double) -> Quaternion {
        var d = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z
        let sign: Double = d < 0 ? -1 : 1
        d = abs(d)
        var (ka, kb) = (1 - t, t * sign)
        if d < 0.9995 {
            let theta = acos(d)
            (ka, kb) = (sin((1 - t) * theta) / sin(theta), sin(t * theta) / sin(theta) * sign)
        }
        return Quaternion(w: ka * a.w + kb * b.w, x: ka * a.x + kb * b.x, y: ka * a.y + kb * b.y, z: ka * a.z + kb * b.z).normalized
    }
}

/// A rigid placement: maps points of the local frame into the parent frame.
public struct Pose: Sendable, Equatable, Codable {
    public var position: Vec3
    public var rotation: Quaternion

    public init(position: Vec3 = .zero, rotation: Quaternion = .identity) { (self.position, self.rotation) = (position, rotation) }

    public static let identity = Pose()

    @inlinable public static func * (pose: Pose, point: Vec3) -> Vec3 { pose.position + pose.rotation * point }
    /// `a * b`: first `b`, then `a`.
    public static func * (a: Pose, b: Pose) -> Pose { Pose(position: a * b.position, rotation: (a.rotation * b.rotation).normalized) }

    public var inverse: Pose {
        let r = rotation.conjugate
        return Pose(position: r * (-position), rotation: r)
    }

    /// Straight-line and spherical interpolation, t in 0...1.
    public static func interpolate(_ a: Pose, _ b: Pose, _ t: Double) -> Pose {
        Pose(position: lerp(a.position, b.position, t), rotation: .slerp(a.rotation, b.rotation, t))
    }

    /// The rotation that takes OpenCV camera axes (x right, y down, z forward) into a mount whose x looks forward, y left, z up.
    public static let mountFromCamera = Pose(rotation: Quaternion(columns: Vec3(0, -1, 0), Vec3(0, 0, -1), Vec3(1, 0, 0)))
}

/// An affine map: linear part by columns plus translation. Instances use it, as assets may be scaled.
public struct Affine: Sendable, Equatable {
    public var x: Vec3, y: Vec3, z: Vec3, translation: Vec3

    @inlinable public init(x: Vec3, y: Vec3, z: Vec3, translation: Vec3) { (self.x, self.y, self.z, self.translation) = (x, y, z, translation) }

    public init(_ pose: Pose) {
        let c = pose.rotation.columns
        self.init(x: c.0, y: c.1, z: c.2, translation: pose.position)
    }

    public static let identity = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: .zero)

    @inlinable public static func * (m: Affine, p: Vec3) -> Vec3 { m.x * p.x + m.y * p.y + m.z * p.z + m.translation }
    /// Applies the linear part only.
    @inlinable public func linear(_ v: Vec3) -> Vec3 { x * v.x + y * v.y + z * v.z }

    @inlinable public static func * (a: Affine, b: Affine) -> Affine {
        Affine(x: a.linear(b.x), y: a.linear(b.y), z: a.linear(b.z), translation: a * b.translation)
    }

    @inlinable public var determinant: Double { dot(x, cross(y, z)) }

    /// How much it lengthens at most: the longest column where the columns stand square; where they do not, the Frobenius norm, which is no less.
    @inlinable public var stretch: Double {
        let longest = max(x.length, y.length, z.length)
        let isSheared = abs(dot(x, y)) + abs(dot(y, z)) + abs(dot(z, x)) > 1e-6 * longest * longest
        return isSheared ? (dot(x, x) + dot(y, y) + dot(z, z)).squareRoot() : longest
    }

    /// The inverse, or nil when the linear part is singular.
    @inlinable public var inverse: Affine? {
        let d = determinant
        guard d != 0, d.isFinite else { return nil }
        let (r0, r1, r2) = (cross(y, z) / d, cross(z, x) / d, cross(x, y) / d)
        let inverse = Affine(x: Vec3(r0.x, r1.x, r2.x), y: Vec3(r0.y, r1.y, r2.y), z: Vec3(r0.z, r1.z, r2.z), translation: .zero)
        return Affine(x: inverse.x, y: inverse.y, z: inverse.z, translation: -inverse.linear(translation))
    }
}
