import SquallFrames
import SquallMath

/// One candidate for a return.
package struct LidarEcho {
    /// True, then measured distance along the beam, m.
    package var range: Double
    /// Comparable between causes, 1/m2; see `LidarDetection`.
    package var strength: Double
    var intensity: Double
    var instance: UInt16 = 0
    var category: UInt8 = 0
    var cause: ReturnCause = .surface

    package init(range: Double, strength: Double, intensity: Double, instance: UInt16 = 0, category: UInt8 = 0, cause: ReturnCause = .surface) {
        (self.range, self.strength, self.intensity, self.instance, self.category, self.cause) = (range, strength, intensity, instance, category, cause)
    }
}

/// The eight strongest echoes of one beam, without an allocation.
package struct LidarEchoes {
    static let capacity = 8
    package private(set) var count = 0
    private var storage: (LidarEcho, LidarEcho, LidarEcho, LidarEcho, LidarEcho, LidarEcho, LidarEcho, LidarEcho)

    package init() {
        let none = LidarEcho(range: 0, strength: 0, intensity: 0)
        storage = (none, none, none, none, none, none, none, none)
    }

    package subscript(index: Int) -> LidarEcho {
        get { withUnsafeBytes(of: storage) { $0.assumingMemoryBound(to: LidarEcho.self)[index] } }
        set { withUnsafeMutableBytes(of: &storage) { $0.assumingMemoryBound(to: LidarEcho.self)[index] = newValue } }
    }

    /// Adds an echo; of one too many the weakest goes.
    package mutating func append(_ echo: LidarEcho) {
        guard count == Self.capacity else {
            self[count] = echo
            count += 1
            return
        }
        var weakest = 0
        for index in 1..<count where self[index].strength < self[weakest].strength { weakest = index }
        if echo.strength > self[weakest].strength { self[weakest] = echo }
    }

    /// Echoes closer than `gap` become one: the stronger, with the light of both.
    mutating func merge(gap: Double) {
        var first = 0
        while first < count {
            var second = first + 1
            while second < count {
                if abs(self[first].range - self[second].range) < gap {
                    let sum = self[first].strength + self[second].strength
                    if self[second].strength > self[first].strength { self[first] = self[second] }
                    self[first].strength = sum
                    remove(second)
                } else {
                    second += 1
                }
            }
            first += 1
        }
    }

    mutating func keep(first number: Int) { count = min(count, number) }

    mutating func remove(_ index: Int) {
        for place in index..<count - 1 { self[place] = self[place + 1] }
        count -= 1
    }

    /// What the sensor reports: the strongest, and as a second return the last; when the strongest is the last, the second strongest.
    func reported(_ returns: Int) -> LidarEchoes {
        guard count > 1 else { return self }
        var (strongest, last, second) = (0, 0, -1)
        for index in 1..<count {
            if self[index].strength > self[strongest].strength { strongest = index }
            if self[index].range > self[last].range { last = index }
        }
        for index in 0..<count where index != strongest && (second < 0 || self[index].strength > self[second].strength) { second = index }
        var result = LidarEchoes()
        result.append(self[strongest])
        let other = last != strongest ? last : second
        if returns > 1, other >= 0 { result.append(self[other]) }
        return result
    }
}
