import SquallMath

/// What a lamp is for: decides when it is lit.
public enum LampFunction: UInt8, Sendable, Equatable, CaseIterable {
    // On vehicles.
    case dippedBeam, mainBeam, daytime, position, brake, reverse, rearFog, indicatorLeft, indicatorRight, beacon
    // On what stands still.
    case street, window, sign, signalRed, signalAmber, signalGreen
}

/// A source of light on an asset: it lights its surroundings; what one sees of the lamp itself is a material with the same `function`.
public struct Lamp: Sendable, Equatable {
    /// How the luminous intensity falls off the axis.
    public enum Beam: UInt8, Sendable, Equatable {
        /// Passing and driving beam of UN R112 class B for right-hand traffic.
        case dipped, main
        /// I = I0 cos(angle) over the half space before the lamp.
        case lambertian
        /// Street lantern: batwing along the road, cut off above the horizontal.
        case lantern
        /// The same in all directions.
        case isotropic
    }
    public var function: LampFunction
    public var beam: Beam
    /// In the body frame, metres.
    public var position: Vec3
    /// Unit axis in the body frame.
    public var direction: Vec3
    /// Candela: on the axis for lambertian and isotropic, maximum for the others (0: that of the beam's own table).
    public var intensity: Double
    /// Linear, sRGB primaries, luminance 1.
    public var color: Vec3f

    public init(_ function: LampFunction, _ beam: Beam, at position: Vec3, towards direction: Vec3, intensity: Double, color: Vec3f) {
        (self.function, self.beam, self.position, self.direction) = (function, beam, position, direction)
        (self.intensity, self.color) = (intensity, color)
    }
}
