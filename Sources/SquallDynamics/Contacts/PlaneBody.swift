import SquallMath

/// A rigid body in the plane as contacts see it: pushed by impulses at a point.
public struct PlaneBody: Sendable, Equatable {
    /// Centre of gravity, m; velocity, m/s; yaw rate, rad/s.
    public var centre: Vec2, velocity: Vec2
    public var yawRate: Double
    /// 1/kg and 1/(kg m²); 0 for what cannot be moved.
    public var inverseMass: Double, inverseInertia: Double

    public init(centre: Vec2, velocity: Vec2, yawRate: Double = 0, inverseMass: Double, inverseInertia: Double = 0) {
        (self.centre, self.velocity, self.yawRate) = (centre, velocity, yawRate)
        (self.inverseMass, self.inverseInertia) = (inverseMass, inverseInertia)
    }

    func velocity(at p: Vec2) -> Vec2 { velocity + (p - centre).left * yawRate }

    mutating func push(_ impulse: Vec2, at p: Vec2) {
        velocity += impulse * inverseMass
        yawRate += cross(p - centre, impulse) * inverseInertia
    }

    /// J per unit of relative velocity along `n` at `p`.
    func mobility(along n: Vec2, at p: Vec2) -> Double {
        let arm = cross(p - centre, n)
        return inverseMass + arm * arm * inverseInertia
    }
}

/// Impact of two rigid bodies at one point with restitution and Coulomb friction: j = -(1 + e) v_n m_eff, |j_t| <= mu j.
///
/// - Parameter normal: unit, from the first to the second. Returns the normal impulse, N s; 0 when they already part.
@discardableResult
public func collide(_ a: inout PlaneBody, _ b: inout PlaneBody, at point: Vec2, normal: Vec2, restitution: Double, friction: Double) -> Double {
    let closing = dot(a.velocity(at: point) - b.velocity(at: point), normal)
    let mobility = a.mobility(along: normal, at: point) + b.mobility(along: normal, at: point)
    guard closing > 0, mobility > 0 else { return 0 }
    let j = (1 + restitution) * closing / mobility
    a.push(normal * -j, at: point)
    b.push(normal * j, at: point)
    let tangent = normal.left
    let slip = dot(a.velocity(at: point) - b.velocity(at: point), tangent)
    let tangential = a.mobility(along: tangent, at: point) + b.mobility(along: tangent, at: point)
    if tangential > 0 {
        let jt = (slip / tangential).clamped(to: -friction * j...friction * j)
        a.push(tangent * -jt, at: point)
        b.push(tangent * jt, at: point)
    }
    return j
}
