/// An instant or a span in integer ticks of 1/705,600,000 s, which divides 240, 200, 60, 30, 12 and 10 Hz exactly.
///
/// Simulated time never touches a wall clock, and never accumulates rounding.
public struct Ticks: Sendable, Hashable, Comparable, Codable {
    public static let perSecond: Int64 = 705_600_000
    public var count: Int64

    @inlinable public init(_ count: Int64) { self.count = count }
    /// The nearest tick to a number of seconds; at most a hundred years either way, so that sums of such spans are spans, and zero for what is no number.
    @inlinable public init(seconds: Double) {
        let wanted = (seconds * Double(Ticks.perSecond)).rounded()
        count = Int64(wanted.isNaN ? 0 : min(max(wanted, -0x1p61), 0x1p61))
    }
    /// The span of one cycle at an integral rate in hertz.
    @inlinable public init(perCycleAt hertz: Int) { count = Ticks.perSecond / Int64(hertz) }

    public static let zero = Ticks(0)
    @inlinable public var seconds: Double { Double(count) / Double(Ticks.perSecond) }
    /// Nanoseconds, rounded down: for files only.
    @inlinable public var nanoseconds: Int64 {
        let (whole, part) = count.quotientAndRemainder(dividingBy: Ticks.perSecond)
        let scaled = (part * 1_000_000_000).quotientAndRemainder(dividingBy: Ticks.perSecond)
        return whole * 1_000_000_000 + scaled.quotient - (scaled.remainder < 0 ? 1 : 0)
    }

    @inlinable public static func < (a: Ticks, b: Ticks) -> Bool { a.count < b.count }
    @inlinable public static func + (a: Ticks, b: Ticks) -> Ticks { Ticks(a.count + b.count) }
    @inlinable public static func - (a: Ticks, b: Ticks) -> Ticks { Ticks(a.count - b.count) }
    @inlinable public static func * (a: Ticks, k: Int) -> Ticks { Ticks(a.count * Int64(k)) }

    public init(from decoder: any Decoder) throws { count = try decoder.singleValueContainer().decode(Int64.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}
