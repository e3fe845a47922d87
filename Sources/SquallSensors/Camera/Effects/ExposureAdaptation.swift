import Foundation

/// How automatic exposure follows the light.
///
/// `exposure_delay = 0.5 s`. Each picture is exposed as the pictures before it asked: the exposure value moves from picture to picture by
/// `1 - exp(-dt / delay)` of what the last one lacked; the first is exposed as it asks itself. The state is that of the episode: whoever needs a
/// picture in its middle meters all before it.
public struct ExposureAdaptation: Sendable, Equatable {
    /// Seconds; 0 for at once.
    public let delay: Double
    /// Exposure value of the last picture, and what it asked for.
    private var last: (value: Double, wanted: Double)?

    public init(delay: Double) { self.delay = delay }

    /// The exposure value of the next picture.
    /// - Parameters:
    ///   - wanted: what metering finds in it.
    ///   - interval: seconds since the last.
    public mutating func next(wanted: Double, interval: Double) -> Double {
        let value = last.map { $0.value + (delay > 0 ? 1 - exp(-interval / delay) : 1) * ((delay > 0 ? $0.wanted : wanted) - $0.value) } ?? wanted
        last = (value, wanted)
        return value
    }

    public static func == (a: ExposureAdaptation, b: ExposureAdaptation) -> Bool {
        a.delay == b.delay && a.last?.value == b.last?.value && a.last?.wanted == b.last?.wanted
    }
}
