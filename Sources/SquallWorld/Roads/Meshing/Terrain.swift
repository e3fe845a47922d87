import SquallMath

/// Open country beside the roads.
public struct Terrain: Sendable {
    /// World z under a point, metres.
    public func height(at point: Vec2) -> Double { 0 }
}
