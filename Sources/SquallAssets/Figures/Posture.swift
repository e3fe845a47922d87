/// What a body with a skeleton is doing, in a few numbers that may be interpolated between two instants.
public struct Posture: Sendable, Equatable {
    /// Of the gait, turns: the left (hind) foot meets the ground at whole numbers.
    public var stride = 0.0
    /// Speed over the ground that the stride belongs to, m/s, of the body at its own size.
    public var pace = 0.0
    /// How far seated, fallen, and with an arm up to wave, 0...1 each.
    public var sitting = 0.0
    public var falling = 0.0
    public var waving = 0.0
    /// Of the waving arm, turns.
    public var wave = 0.0

    public init(stride: Double = 0, pace: Double = 0) { (self.stride, self.pace) = (stride, pace) }

    /// As `WorldState.Body.joints` carries it; what is missing is zero.
    public init(_ numbers: [Double]) {
        let at = { (k: Int) in k < numbers.count ? numbers[k] : 0 }
        (stride, pace, sitting, falling, waving, wave) = (at(0), at(1), at(2), at(3), at(4), at(5))
    }

    public var numbers: [Double] { [stride, pace, sitting, falling, waving, wave] }
    public static let count = 6
}
