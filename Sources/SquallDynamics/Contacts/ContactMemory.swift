import SquallFrames
import SquallMath
import SquallWorld

/// Which pairs touch, and since when, so that a contact is reported once.
struct ContactMemory: Sendable {
    struct Pair: Sendable, Equatable {
        var first: Int, second: Int
        /// Last instant the pair overlapped, seconds.
        var last: Double
    }
    /// In order of first contact; few.
    private(set) var pairs: [Pair] = []
    /// A pair apart for longer than this begins a new contact, seconds.
    private static let parting = 0.25

    /// True when this overlap begins a contact.
    mutating func touch(_ first: Int, _ second: Int, at time: Double) -> Bool {
        if let i = pairs.firstIndex(where: { $0.first == first && $0.second == second }) {
            defer { pairs[i].last = time }
            return time - pairs[i].last > Self.parting
        }
        pairs.append(Pair(first: first, second: second, last: time))
        return true
    }
}
