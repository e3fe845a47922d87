import Foundation
import SquallMath

/// The shape of open country: how high its hills are, how long, how near they come to the roads, and whether it ends in a sea.
///
/// Heights are value noise summed over octaves, keyed by place alone: the same country whatever else is in the scene.
public struct Relief: Sendable, Hashable {
    /// Height of the largest hills over their valleys, metres.
    var height: Double
    /// Length of the largest hills, metres.
    var length: Double
    /// Where hills begin and where they are full, metres from the nearest road.
    var begin: Double, full: Double
    /// Crests instead of domes.
    var isRidged = false
    var hasSea = false
    /// How far the country reaches beyond the roads, metres.
    public var horizon = 2500.0

    /// Ground above the sea, metres, and from the outermost road to the waterline.
    static let freeboard = 3.0, beach = 70.0

    public static let plain = Relief(height: 9, length: 900, begin: 120, full: 1200)
    public static let rolling = Relief(height: 46, length: 1100, begin: 60, full: 1400)
    public static let hilly = Relief(height: 110, length: 1300, begin: 30, full: 1100)
    public static let alpine = Relief(height: 620, length: 2600, begin: 50, full: 2200, isRidged: true, horizon: 5000)
    public static let mesas = Relief(height: 130, length: 1700, begin: 150, full: 1600, isRidged: true, horizon: 4000)
    public static let coastal = Relief(height: 60, length: 900, begin: 60, full: 900, hasSea: true)

    /// Metres above the level of the roads, at a distance from them.
    func rise(_ p: Vec2, _ distance: Double) -> Double {
        let share = Relief.smooth(distance, begin, full)
        let bumps = Relief.smooth(distance, 20, 70) * 0.5 * (Relief.noise(p / 24, key: 9) - 0.5)
        guard share > 0 else { return bumps }
        var (sum, size, weight) = (0.0, length, 1.0)
        for octave in 0..<5 {
            let n = Relief.noise(p / size + Vec2(17.3 * Double(octave), -9.1), key: UInt64(octave))
            sum += weight * (isRidged ? (1 - abs(2 * n - 1)) * 0.9 - 0.2 : n - 0.3)
            (size, weight) = (size * 0.47, weight * 0.46)
        }
        // A slope that grows from nothing: near roads the country stays below its far hills.
        return bumps + share * height * sum * (isRidged ? 0.55 + 0.45 * share : 1)
    }

    /// Land that goes under `beyond` metres past the shore.
    func shelve(_ rise: Double, beyond: Double, from base: Double) -> Double {
        let wet = Relief.smooth(beyond, -Relief.beach * 0.7, 60)
        return lerp(rise, -base - Relief.freeboard - 6, wet)
    }

    static func smooth(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let t = ((x - a) / (b - a)).clamped(to: 0...1)
        return t * t * (3 - 2 * t)
    }

    /// Value noise, 0...1, one feature a unit.
    public static func noise(_ p: Vec2, key: UInt64) -> Double {
        let cell = p.rounded(.down), f = p - cell
        let s = f * f * (3 - 2 * f)
        let at = { (i: Double, j: Double) -> Double in
            let (x, y) = (UInt64(bitPattern: Int64(cell.x + i)), UInt64(bitPattern: Int64(cell.y + j)))
            return Double(mix64(x &* 0x9E37_79B9_7F4A_7C15 ^ mix64(y &+ key &* 0xC2B2_AE3D_27D4_EB4F)) >> 11) * 0x1p-53
        }
        return lerp(lerp(at(0, 0), at(1, 0), s.x), lerp(at(0, 1), at(1, 1), s.x), s.y)
    }
}
