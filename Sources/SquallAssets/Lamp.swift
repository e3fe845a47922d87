import SquallMath

/// What a lamp is for: decides when it is lit.
public enum LampFunction: UInt8, Sendable, Equatable, CaseIterable {
    // On vehicles.
    case dippedBeam, mainBeam, daytime, position, brake, reverse, rearFog, indicatorLeft, indicatorRight, beacon
    // On what stands still.
    case street, window, sign, signalRed, signalAmber, signalGreen
}

/// Which lamps of one body are lit: by function, and lit windows by group.
public struct LampSet: OptionSet, Sendable, Hashable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ function: LampFunction) { rawValue = 1 << UInt64(function.rawValue) }

    /// Windows light up in this many groups per building. The first stays dark, the second are shops; each of the others is a room that the scene lights
    /// or not. `WindowCode` says which window is of which.
    public static let windowGroups = 16, shopGroup = 1
    private static let firstWindow: UInt64 = 40
    /// The windows of one group, 0 ..< `windowGroups`; further ones start again at 0.
    public static func windows(group: Int) -> LampSet { LampSet(rawValue: 1 << (firstWindow + UInt64(group & (windowGroups - 1)))) }

    /// A bit for each lit group, that of group 0 first.
    public var litWindowGroups: UInt32 { UInt32(truncatingIfNeeded: rawValue >> Self.firstWindow) & ((1 << UInt32(Self.windowGroups)) - 1) }

    public static let dippedBeam = LampSet(.dippedBeam), mainBeam = LampSet(.mainBeam), daytime = LampSet(.daytime), position = LampSet(.position)
    public static let brake = LampSet(.brake), reverse = LampSet(.reverse), rearFog = LampSet(.rearFog)
    public static let indicatorLeft = LampSet(.indicatorLeft), indicatorRight = LampSet(.indicatorRight), beacon = LampSet(.beacon)
    public static let street = LampSet(.street), sign = LampSet(.sign)
    public static let indicators: LampSet = [.indicatorLeft, .indicatorRight]
    public static let allWindows = LampSet(rawValue: ((1 << UInt64(windowGroups)) - 1) << firstWindow)
}

/// A source of light on an asset: it lights its surroundings; what one sees of the lamp itself is a material with the same `function`.
public struct Lamp: Sendable, Equatable {
    /// How the luminous intensity falls off the axis.
    public enum Beam: UInt8, Sendable, Equatable {
        /// Passing and driving beam of UN R112 class B for right-hand traffic.
        case dipped, main
        /// I = I0 cos(angle) over the half space before the lamp.
        case lambertian
        /// Street lantern: batwing along the road (the body's y axis), cut off above the horizontal.
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
    /// Area of the bright lens, m2: a head lamp looks as bright as its intensity towards the eye over this. That of a projector's lens, 60 mm wide.
    public var area = 0.003

    /// What must be lit for it to shine; light that falls out of a window is a shop's.
    public var lampSet: LampSet { function == .window ? .windows(group: LampSet.shopGroup) : LampSet(function) }

    public init(_ function: LampFunction, _ beam: Beam, at position: Vec3, towards direction: Vec3, intensity: Double, color: Vec3f) {
        (self.function, self.beam, self.position, self.direction) = (function, beam, position, direction)
        (self.intensity, self.color) = (intensity, color)
    }
}

/// Colours of lamps: linear on the sRGB primaries, luminance 1. Blackbodies and the CIE 1931 observer; signal colours inside the
/// boundaries of UN R148 (red near 620 nm, amber near 590 nm, blue near 465 nm), clipped to the gamut.
public enum LampColor {
    /// Light-emitting diodes of head lamps, 5500 K.
    public static let cool = Vec3f(1.07, 0.985, 0.93)
    /// Halogen, 3200 K.
    public static let halogen = Vec3f(1.756, 0.841, 0.348)
    /// Street lighting, 4000 K and 3000 K.
    public static let neutral = Vec3f(1.44, 0.917, 0.527), warm = Vec3f(1.82, 0.83, 0.268)
    public static let red = Vec3f(4.55, 0.045, 0), amber = Vec3f(2.23, 0.735, 0), blue = Vec3f(0.135, 0.676, 6.76)
}

extension Asset {
    /// Every lamp it has, to light something or to be seen.
    public var lampSet: LampSet {
        var set = LampSet()
        for lamp in lamps { set.formUnion(lamp.lampSet) }
        for material in materials { set.formUnion(material.lampSet) }
        return set
    }
}

extension Material {
    /// The lamps that make it shine; empty for what always does.
    public var lampSet: LampSet {
        switch lamp {
        case nil: []
        case .window?: detail == .window ? .allWindows : .windows(group: Int(lampGroup))
        case let function?: LampSet(function)
        }
    }

    /// The same surface as the lens of a lamp.
    /// - Parameter luminance: cd/m2 while lit.
    public func shining(_ function: LampFunction, _ luminance: Float, _ color: Vec3f, group: Int = 0) -> Material {
        var result = self
        (result.lamp, result.lampGroup, result.emission) = (function, UInt8(group & 0xff), color * luminance)
        return result
    }

    /// The same surface with a coefficient of retroreflection, cd/lx/m2.
    public func retroreflecting(_ coefficient: Float) -> Material {
        var result = self
        result.retroreflectance = coefficient
        return result
    }
}
