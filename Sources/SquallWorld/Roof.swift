import SquallMath

/// A stretch of a tube over a road: what keeps sky and sun from it, and lights it instead.
public struct Roof: Sendable, Equatable {
    /// Ends of the middle line in plan, metres, world frame.
    public var from: Vec2, to: Vec2
    public var halfWidth: Double
    /// Height of the vault over the world's zero, and over the road, metres.
    public var ceiling: Double, height: Double
    /// Metres along the tube from `from` back to one mouth and from `to` on to the other.
    public var before: Double, after: Double
    /// Colour of the tube's own lamps, linear sRGB, luminance 1: 4,500 K.
    public static let color = Vec3f(1.12, 0.98, 0.78)

    public init(from: Vec2, to: Vec2, halfWidth: Double, ceiling: Double, height: Double, before: Double, after: Double) {
        (self.from, self.to, self.halfWidth, self.ceiling, self.height) = (from, to, halfWidth, ceiling, height)
        (self.before, self.after) = (before, after)
    }

    /// Whether a place lies in this stretch of the tube, under its vault.
    public func covers(_ place: Vec3) -> Bool {
        let (way, off) = (to - from, place.xy - from)
        let length = way.length
        guard length > 1e-6, place.z < ceiling, place.z > ceiling - height - 2 else { return false }
        let along = dot(off, way) / length
        return along >= 0 && along <= length && abs(cross(way, off)) / length < halfWidth
    }
}
