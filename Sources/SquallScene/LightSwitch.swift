/// What a scene may say about the lamps of an actor: `lights = dipped`, `lights = [auto, hazard]`.
public enum LightSwitch: String, Sendable, Equatable, CaseIterable {
    /// As the rules of the road and the daylight say.
    case auto
    /// Nothing is lit, not even brake lamps.
    case off
    /// As in the dark: dipped beam and position lamps, lanterns, windows, signs.
    case on
    /// Position lamps.
    case parking
    /// Dipped beam, or main and dipped beam, with position lamps.
    case dipped, main
    /// Rear fog lamps, with dipped beam.
    case fog
    /// Both indicators, or one, blinking.
    case hazard, left, right
    /// Rotating or flashing lamps of emergency and work vehicles.
    case beacon
    /// Lenses of traffic lights, which auto lights in turn.
    case red, amber, green

    /// The lamps it lights, which vehicles alone have; nil where other things have some too.
    public var vehicleLamps: String? {
        switch self {
        case .auto, .off, .on, .red, .amber, .green: nil
        case .parking: "position lamps"
        case .dipped: "dipped beam"
        case .main: "main beam"
        case .fog: "rear fog lamps"
        case .hazard, .left, .right: "indicators"
        case .beacon: "beacon"
        }
    }

    /// Whether traffic lights alone have it.
    public var isSignal: Bool { [.red, .amber, .green].contains(self) }
}
