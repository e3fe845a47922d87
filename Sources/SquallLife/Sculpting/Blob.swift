import Foundation
import SquallAssets
import SquallMath

/// A soft piece of a sculpted body: how far a point is from it, metres, negative inside.
struct Blob: Sendable {
    enum Form: Sendable {
        /// Two spheres and what a tight cloth around them holds.
        case cone(Vec3f, Vec3f, Float, Float)
        /// Centre, radii along its own axes, and these axes.
        case ellipsoid(Vec3f, Vec3f, (Vec3f, Vec3f, Vec3f))
        /// Ovals stacked along z, rising.
        case stack([Section])
        /// The same along x, towards the head: where `Section` says z read x, and the other way round.
        case barrel([Section])
        /// Everything on the far side of a plane: a point of it and its unit normal.
        case behind(Vec3f, Vec3f)
    }
    enum Use: Sendable { case add, cut, keep }

    /// One oval across a stack: its height; and middle, half axes, and how square it is, 0...1, together.
    struct Section: Sendable {
        var z: Float
        var shape: SIMD4<Float>
        init(_ z: Double, _ x: Double, _ rx: Double, _ ry: Double, square: Double = 0) {
            (self.z, shape) = (Float(z), SIMD4(Float(x), Float(rx), Float(ry), Float(square)))
        }
    }

    var form: Form
    var use = Use.add
    /// Metres over which it flows into what is there already.
    var blend: Float

    static func cone(_ a: Vec3, _ b: Vec3, _ ra: Double, _ rb: Double, blend: Double = 0.02, use: Use = .add) -> Blob {
        Blob(form: .cone(Vec3f(a), Vec3f(b), Float(ra), Float(rb)), use: use, blend: Float(blend))
    }
    /// - Parameter pitch: nose down, radians.
    static func ellipsoid(_ center: Vec3, _ radii: Vec3, pitch: Double = 0, yaw: Double = 0, roll: Double = 0, blend: Double = 0.02, use: Use = .add) -> Blob {
        let c = Quaternion(yaw: yaw, pitch: pitch, roll: roll).columns
        return Blob(form: .ellipsoid(Vec3f(center), Vec3f(radii), (Vec3f(c.0), Vec3f(c.1), Vec3f(c.2))), use: use, blend: Float(blend))
    }
    static func stack(_ sections: [Section], blend: Double = 0.02) -> Blob { Blob(form: .stack(sections), blend: Float(blend)) }
    static func barrel(_ sections: [Section], blend: Double = 0.02) -> Blob { Blob(form: .barrel(sections), blend: Float(blend)) }
    /// Keeps what is on the far side of a plane as seen along its normal.
    static func keep(_ point: Vec3, _ normal: Vec3, blend: Double = 0.006) -> Blob {
        Blob(form: .behind(Vec3f(point), Vec3f(-normal.normalized)), use: .keep, blend: Float(blend))
    }

    @inline(__always)
    func distance(_ p: Vec3f) -> Float {
        switch form {
        case .cone(let a, let b, let ra, let rb): Self.cone(p, a, b, ra, rb)
        case .ellipsoid(let center, let radii, let axes): Self.ellipsoid(p - center, radii, axes)
        case .stack(let sections): Self.stack(p, sections)
        case .barrel(let sections): Self.stack(Vec3f(p.z, p.y, p.x), sections)
        case .behind(let point, let normal): dot(p - point, normal)
        }
    }

    private static func cone(_ p: Vec3f, _ a: Vec3f, _ b: Vec3f, _ ra: Float, _ rb: Float) -> Float {
        let axis = b - a
        let l2 = dot(axis, axis), rr = ra - rb
        let a2 = l2 - rr * rr
        guard a2 > 1e-9 else { return ra > rb ? (p - a).length - ra : (p - b).length - rb }
        let pa = p - a
        let y = dot(pa, axis), z = y - l2
        let across = pa * l2 - axis * y
        let x2 = dot(across, across), y2 = y * y * l2, z2 = z * z * l2
        let k = (rr > 0 ? 1 : rr < 0 ? -1 : 0) * rr * rr * x2
        if (z > 0 ? 1 : -1) * a2 * z2 > k { return (x2 + z2).squareRoot() / l2 - rb }
        if (y > 0 ? 1 : -1) * a2 * y2 < k { return (x2 + y2).squareRoot() / l2 - ra }
        return ((x2 * a2 / l2).squareRoot() + y * rr) / l2 - ra
    }

    private static func ellipsoid(_ q: Vec3f, _ radii: Vec3f, _ axes: (Vec3f, Vec3f, Vec3f)) -> Float {
        let p = Vec3f(dot(q, axes.0), dot(q, axes.1), dot(q, axes.2))
        let outer = (p / radii).length
        let inner = (p / (radii * radii)).length
        return inner > 1e-6 ? outer * (outer - 1) / inner : -radii.min()
    }

    private static func stack(_ p: Vec3f, _ sections: [Section]) -> Float {
        sections.withUnsafeBufferPointer { sections in
            guard sections.count > 1 else { return .infinity }
            let last = sections.count - 1
            let z = p.z.clamped(to: sections[0].z...sections[last].z)
            var k = 0
            while k < last - 1, sections[k + 1].z <= z { k += 1 }
            let (a, b, before, after) = (sections[k], sections[k + 1], sections[max(0, k - 1)], sections[min(last, k + 2)])
            let length = b.z - a.z
            let t = (z - a.z) / length
            // Cubic Hermite with the slopes of the neighbours.
            let s0 = k > 0 ? (b.shape - before.shape) * (length / (b.z - before.z)) : b.shape - a.shape
            let s1 = k + 2 <= last ? (after.shape - a.shape) * (length / (after.z - a.z)) : b.shape - a.shape
            let (t2, t3) = (t * t, t * t * t)
            let shape = a.shape * (2 * t3 - 3 * t2 + 1) + b.shape * (3 * t2 - 2 * t3) + s0 * (t3 - 2 * t2 + t) + s1 * (t3 - t2)
            let (x, y) = (p.x - shape.x, p.y)
            let (qx, qy) = (x * x / (shape.y * shape.y), y * y / (shape.z * shape.z))
            let round = (qx + qy).squareRoot()
            let boxy = shape.w == 0 ? round : (qx * qx + qy * qy).squareRoot().squareRoot()
            let m = round + (boxy - round) * shape.w
            let radial = m > 1e-4 ? (x * x + y * y).squareRoot() * (1 - 1 / m) : -min(shape.y, shape.z)
            return SculptField.larger(radial, max(sections[0].z - p.z, p.z - sections[last].z), 0.03)
        }
    }
}

/// Pieces taken together one after the other.
struct SculptField: Sendable {
    var blobs: [Blob]
    /// Metres by which the surface is moved outwards.
    var offset: Float = 0
    /// What `keep` cuts away goes on under another layer: normals do not turn towards the cut.
    var goesOn = false
    /// Waves around an upright axis, as combed hair has; none when nil.
    var strands: Strands?

    struct Strands: Sendable {
        /// A point of the axis.
        var center: Vec3f
        /// Half the depth of a wave, metres.
        var depth: Float
        /// Waves all around.
        var count: Float

        /// Metres outwards at a point; they fade towards the axis and wander with height.
        @inline(__always) func lift(_ p: Vec3f) -> Float {
            let q = p - center
            let across = (q.x * q.x + q.y * q.y).squareRoot()
            let wave = sin(count * atan2(q.y, q.x) + 1.6 * sin(34 * q.z) + 9 * q.z)
            return depth * min(1, across / 0.05) * wave
        }
    }

    init(_ blobs: [Blob], offset: Double = 0) { (self.blobs, self.offset) = (blobs, Float(offset)) }

    /// - Parameter uncut: without what `keep` cuts away.
    func distance(_ p: Vec3f, uncut: Bool = false) -> Float {
        blobs.withUnsafeBufferPointer { blobs in
            var d = Float.infinity
            for k in blobs.indices {
                let (distance, blend) = (blobs[k].distance(p), blobs[k].blend)
                switch blobs[k].use {
                case .add: d = Self.smaller(d, distance - offset, blend)
                case .cut: d = Self.larger(d, -distance, blend)
                case .keep: if !uncut { d = Self.larger(d, distance, blend) }
                }
            }
            if let strands { d -= strands.lift(p) }
            return d
        }
    }

    /// The pieces that can matter within `radius` of a point: those no farther than the surface and twice what they flow over.
    func near(_ p: Vec3f, radius: Float) -> SculptField {
        let reach = distance(p) + 2.2 * radius
        var field = self
        field.blobs = blobs.filter { blob in
            switch blob.use {
            case .add: blob.distance(p) - offset < reach + 2 * blob.blend
            case .cut, .keep: true
            }
        }
        return field
    }

    /// Unit, outwards.
    func normal(_ p: Vec3f, step h: Float, uncut: Bool = false) -> Vec3f {
        // Four corners of a tetrahedron.
        let (a, b, c, d) = (Vec3f(1, -1, -1), Vec3f(-1, -1, 1), Vec3f(-1, 1, -1), Vec3f(1, 1, 1))
        func at(_ corner: Vec3f) -> Vec3f { corner * distance(p + corner * h, uncut: uncut) }
        let sum = at(a) + at(b) + at(c) + at(d)
        return sum.normalized
    }

    /// The smaller, flowing into each other over `k`.
    @inline(__always) static func smaller(_ a: Float, _ b: Float, _ k: Float) -> Float {
        let h = max(k - abs(a - b), 0)
        return min(a, b) - (k > 0 ? h * h / (4 * k) : 0)
    }
    /// The larger, rounded where they are alike.
    @inline(__always) static func larger(_ a: Float, _ b: Float, _ k: Float) -> Float { -smaller(-a, -b, k) }
}
