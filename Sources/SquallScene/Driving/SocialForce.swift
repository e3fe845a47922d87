import Foundation

/// The social force of one walker on another (Helbing, Farkas, Vicsek 2000): an exponential wish for distance.
public struct SocialForce: Sendable {
    /// Newtons; metres; seconds to regain the wished velocity.
    public var strength: Double, reach: Double, relaxation: Double
    public init(strength: Double = 2000, reach: Double = 0.08, relaxation: Double = 0.5) {
        (self.strength, self.reach, self.relaxation) = (strength, reach, relaxation)
    }

    /// The push away from the other, newtons. - Parameters: `distance` between centres; `radii` the sum of both radii, metres.
    public func repulsion(distance: Double, radii: Double) -> Double { strength * exp((radii - distance) / reach) }
}
