import Foundation

/// The social force of one walker on another (Helbing, Farkas, Vicsek 2000): an exponential wish for distance.
public struct SocialForce: Sendable {
    /// Newtons; metres; seconds to regain the wished velocity.
    public var strength = 2000.0, reach = 0.08, relaxation = 0.5
    public init() {}

    /// The push away from the other, newtons. - Parameters: `distance` between centres; `radii` the sum of both radii, metres.
    public func repulsion(distance: Double, radii: Double) -> Double { strength * exp((radii - distance) / reach) }

    /// The acceleration towards a wished velocity along one axis, m/s².
    public func driving(wish: Double, velocity: Double) -> Double { (wish - velocity) / relaxation }
}
