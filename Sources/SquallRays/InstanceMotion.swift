import Foundation
import SquallGeometry
import SquallMath

/// How one instance moves while rays are fired: its placement at a fraction 0...1 of the interval.
///
/// The origin moves in a straight line. The linear part turns about one axis from start to end (the matrix form of slerp); when
/// the two are not a rotation apart (a shape that changes its scale) it is blended instead.
struct InstanceMotion {
    private let start: Affine
    private let end: Affine
    private let axis: Vec3
    private let angle: Double
    private let isRigid: Bool

    init(from start: Affine, to end: Affine) {
        (self.start, self.end) = (start, end)
        let linear = Affine(x: start.x, y: start.y, z: start.z, translation: .zero)
        let turn = linear.inverse.map { Affine(x: end.x, y: end.y, z: end.z, translation: .zero) * $0 }
        guard let turn, Self.isRotation(turn) else {
            (axis, angle, isRigid) = (Vec3(0, 0, 1), 0, false)
            return
        }
        var q = Quaternion(columns: turn.x, turn.y, turn.z).normalized
        if q.w < 0 { q = Quaternion(w: -q.w, x: -q.x, y: -q.y, z: -q.z) }
        let sine = Vec3(q.x, q.y, q.z)
        (axis, angle, isRigid) = (sine.length > 0 ? sine.normalized : Vec3(0, 0, 1), 2 * atan2(sine.length, q.w), true)
    }

    func placement(at fraction: Double) -> Affine {
        let translation = lerp(start.translation, end.translation, fraction)
        guard isRigid else {
            return Affine(x: lerp(start.x, end.x, fraction), y: lerp(start.y, end.y, fraction), z: lerp(start.z, end.z, fraction), translation: translation)
        }
        let (s, c) = (sin(angle * fraction), cos(angle * fraction))
        let rotate = { (v: Vec3) in v * c + cross(axis, v) * s + axis * (dot(axis, v) * (1 - c)) }   // Rodrigues
        return Affine(x: rotate(start.x), y: rotate(start.y), z: rotate(start.z), translation: translation)
    }

    /// World bounds over the whole interval of a shape with the given bounds.
    func sweptBounds(of box: BoundingBox) -> WorldBox {
        var result = WorldBox(box, start)
        result.insert(WorldBox(box, end))
        guard isRigid else { return result }
        // A point at radius r leaves its chord by at most r (1 - cos(angle / 2)).
        let radius = box.corners.map { start.linear(Vec3($0)).length }.max() ?? 0
        let sagitta = radius * (1 - cos(angle / 2))
        return WorldBox(lower: result.lower - Vec3(repeating: sagitta), upper: result.upper + Vec3(repeating: sagitta))
    }

    private static func isRotation(_ m: Affine) -> Bool {
        let off = max(abs(dot(m.x, m.y)), abs(dot(m.y, m.z)), abs(dot(m.z, m.x)))
        let scale = max(abs(m.x.lengthSquared - 1), abs(m.y.lengthSquared - 1), abs(m.z.lengthSquared - 1))
        return off < 1e-6 && scale < 1e-6 && m.determinant > 0
    }
}

/// An axis-aligned box in world coordinates, double precision: worlds may lie far from their origin.
struct WorldBox {
    var lower: Vec3
    var upper: Vec3

    init(lower: Vec3, upper: Vec3) { (self.lower, self.upper) = (lower, upper) }

    init(_ box: BoundingBox, _ placement: Affine) {
        let (center, half) = (Vec3(box.lower) * 0.5 + Vec3(box.upper) * 0.5, (Vec3(box.upper) - Vec3(box.lower)) * 0.5)
        let c = placement * center
        let r = Self.magnitude(placement.x) * half.x + Self.magnitude(placement.y) * half.y + Self.magnitude(placement.z) * half.z
        (lower, upper) = (c - r, c + r)
    }

    mutating func insert(_ box: WorldBox) { (lower, upper) = (pointwiseMin(lower, box.lower), pointwiseMax(upper, box.upper)) }
    private static func magnitude(_ v: Vec3) -> Vec3 { Vec3(abs(v.x), abs(v.y), abs(v.z)) }
}
