import SquallMath

/// How each vertex of a mesh hangs on bones: at most four each, with weights that sum to one.
public struct MeshSkin: Sendable, Equatable {
    /// Indices into the skeleton, one quadruple per position.
    public var bones: [SIMD4<UInt8>]
    public var weights: [SIMD4<Float>]

    public init(bones: [SIMD4<UInt8>], weights: [SIMD4<Float>]) {
        precondition(bones.count == weights.count)
        (self.bones, self.weights) = (bones, weights)
    }
}

/// A skinned mesh at one instant: its own positions and normals over the mesh's unchanged topology. Made once per object and instant,
/// read by every pass, so that all of them see the same surface.
public final class DeformedShape: Sendable, Equatable {
    /// In the mesh's frame, metres; as many as the mesh has.
    public let positions: [Vec3f]
    public let normals: [Vec3f]
    public let bounds: BoundingBox
    /// Of the sphere about the middle of the bounds, metres.
    public let radius: Float

    public init(positions: [Vec3f], normals: [Vec3f]) {
        precondition(positions.count == normals.count)
        (self.positions, self.normals, bounds) = (positions, normals, BoundingBox(containing: positions))
        let center = positions.isEmpty ? .zero : bounds.center
        radius = positions.reduce(Float(0)) { max($0, ($1 - center).length) } * 1.0001
    }

    public static func == (a: DeformedShape, b: DeformedShape) -> Bool { a === b || (a.positions == b.positions && a.normals == b.normals) }

    /// Half-way shapes: every vertex on the straight line between its two places. - Parameter t: 0 here, 1 there.
    public func blended(with other: DeformedShape, _ t: Float) -> DeformedShape {
        guard self !== other, positions.count == other.positions.count else { return self }
        return DeformedShape(
            positions: zip(positions, other.positions).map { $0 + ($1 - $0) * t }, normals: zip(normals, other.normals).map { ($0 + ($1 - $0) * t).normalized })
    }
}

extension Mesh {
    /// The mesh as its bones stand, by blended dual quaternions (Kavan, Collins, Zara and O'Sullivan 2007): joints keep their volume
    /// where a linear blend would pinch. nil for a mesh without a skin.
    /// - Parameter bones: posed from rest, in the mesh's frame.
    public func deformed(by bones: [Pose]) -> DeformedShape? {
        guard let skin, skin.bones.count == positions.count, !bones.isEmpty else { return nil }
        let table = bones.map(DualQuaternion.init)
        var (places, directions) = (positions, normals)
        for index in places.indices {
            let (members, weights) = (skin.bones[index], skin.weights[index])
            let first = table[min(Int(members.x), table.count - 1)]
            var blend = first * weights.x
            for k in 1..<4 where weights[k] > 0 {
                let other = table[min(Int(members[k]), table.count - 1)]
                blend = blend + other * (dot4(first.real, other.real) < 0 ? -weights[k] : weights[k])
            }
            let turn = blend.normalized
            places[index] = turn.point(positions[index])
            directions[index] = turn.rotated(normals[index]).normalized
        }
        return DeformedShape(positions: places, normals: directions)
    }
}

/// A rigid motion as real and dual part; components x, y, z, w.
private struct DualQuaternion {
    var real: SIMD4<Float>
    var dual: SIMD4<Float>

    init(real: SIMD4<Float>, dual: SIMD4<Float>) { (self.real, self.dual) = (real, dual) }

    init(_ pose: Pose) {
        let (q, t) = (pose.rotation, pose.position)
        real = SIMD4<Float>(Float(q.x), Float(q.y), Float(q.z), Float(q.w))
        // Half of t q with t as a pure quaternion.
        let v = (t * q.w + cross(t, Vec3(q.x, q.y, q.z))) * 0.5
        dual = SIMD4<Float>(Float(v.x), Float(v.y), Float(v.z), Float(-0.5 * dot(t, Vec3(q.x, q.y, q.z))))
    }

    @inline(__always) static func + (a: DualQuaternion, b: DualQuaternion) -> DualQuaternion { DualQuaternion(real: a.real + b.real, dual: a.dual + b.dual) }
    @inline(__always) static func * (a: DualQuaternion, k: Float) -> DualQuaternion { DualQuaternion(real: a.real * k, dual: a.dual * k) }

    @inline(__always) var normalized: DualQuaternion {
        let length = dot4(real, real).squareRoot()
        return length > 0 ? self * (1 / length) : DualQuaternion(real: SIMD4(0, 0, 0, 1), dual: .zero)
    }
    @inline(__always) func rotated(_ v: Vec3f) -> Vec3f {
        let u = SIMD3(real.x, real.y, real.z)
        let t = 2 * cross(u, v)
        return v + real.w * t + cross(u, t)
    }
    @inline(__always) func point(_ p: Vec3f) -> Vec3f {
        let (u, d) = (SIMD3(real.x, real.y, real.z), SIMD3(dual.x, dual.y, dual.z))
        return rotated(p) + 2 * (d * real.w - u * dual.w + cross(u, d))
    }
}

@inline(__always) private func dot4(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> Float { a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w }

extension Affine {
    /// The map that takes one triangle to another, and what stands on its plane along: how the points of a surface that bends move.
    /// For a triangle without area, the move of its first corner.
    public init(from a: (Vec3, Vec3, Vec3), to b: (Vec3, Vec3, Vec3)) {
        let (e1, e2) = (a.1 - a.0, a.2 - a.0), (f1, f2) = (b.1 - b.0, b.2 - b.0)
        let here = Affine(x: e1, y: e2, z: cross(e1, e2).normalized, translation: a.0)
        let there = Affine(x: f1, y: f2, z: cross(f1, f2).normalized, translation: b.0)
        if let inverse = here.inverse, abs(here.determinant) > 1e-12, there.determinant != 0 {
            self = there * inverse
        } else {
            self.init(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: b.0 - a.0)
        }
    }
}
