import SquallAssets
import SquallMath

/// How one species grows and what covers it: the numbers that make an oak an oak.
struct TreeHabit: Sendable {
    enum Growth: Sendable {
        /// Boughs grow towards free room in the crown (space colonisation); the leader reaches `leader` of the height.
        case crown(leader: Double)
        /// One straight leader with whorls of boughs.
        case whorls(perMetre: Double, boughs: Int)
    }
    enum Foliage: Sendable, Equatable { case oak, beech, lime, birch, poplar, spruce, pine, twigs }

    var growth: Growth
    /// Share of the height where the crown begins.
    var crownBase: Double
    /// Width of the crown, as a share of the box's, over its height from 0 to 1.
    var profile: [(Double, Double)]
    /// Points of free room that boughs grow to, and the clumps most of them lie in.
    var attractors = 420
    var clumps = 22
    /// Radius of the trunk above the flare, metres.
    var trunk: Double
    /// How strongly shoots turn upwards (or, negative, hang).
    var rise = 0.1
    /// Exponent of the pipe model: r^n of a bough is the sum of its shoots' (Leonardo's rule has 2).
    var pipe = 2.3
    /// Sprays of the finest level, and their length in metres.
    var sprays: Int
    var sprayLength: Double
    /// How far sprays hang down, 0 for none.
    var droop = 0.15
    var bark: Vec3f
    /// Albedo of leaves: shaded, common, sunlit.
    var foliage: Foliage
    var greens: [Vec3f]

    static let oak = TreeHabit(
        growth: .crown(leader: 0.42), crownBase: 0.20, profile: [(0, 0.42), (0.22, 0.86), (0.5, 1), (0.75, 0.86), (0.92, 0.5), (1, 0.15)], attractors: 820, clumps: 44, trunk: 0.36,
        rise: 0.06, pipe: 2.2, sprays: 6600, sprayLength: 0.68, droop: 0.08, bark: Vec3f(0.105, 0.085, 0.065), foliage: .oak,
        greens: [Vec3f(0.070, 0.115, 0.026), Vec3f(0.078, 0.118, 0.022), Vec3f(0.062, 0.108, 0.030)])
    static let beech = TreeHabit(
        growth: .crown(leader: 0.62), crownBase: 0.17, profile: [(0, 0.5), (0.2, 0.95), (0.42, 1), (0.7, 0.78), (0.9, 0.42), (1, 0.1)], attractors: 820, clumps: 46, trunk: 0.30,
        rise: 0.16, pipe: 2.3, sprays: 6600, sprayLength: 0.64, droop: 0.12, bark: Vec3f(0.20, 0.195, 0.18), foliage: .beech,
        greens: [Vec3f(0.078, 0.135, 0.026), Vec3f(0.068, 0.120, 0.026), Vec3f(0.088, 0.140, 0.024)])
    static let lime = TreeHabit(
        growth: .crown(leader: 0.55), crownBase: 0.27, profile: [(0, 0.6), (0.2, 0.97), (0.45, 1), (0.72, 0.8), (0.9, 0.45), (1, 0.12)], attractors: 540, clumps: 30, trunk: 0.15,
        rise: 0.14, sprays: 4600, sprayLength: 0.46, droop: 0.12, bark: Vec3f(0.115, 0.095, 0.075), foliage: .lime,
        greens: [Vec3f(0.080, 0.130, 0.030), Vec3f(0.070, 0.118, 0.026), Vec3f(0.092, 0.142, 0.034)])
    static let birch = TreeHabit(
        growth: .crown(leader: 0.92), crownBase: 0.22, profile: [(0, 0.45), (0.22, 0.95), (0.45, 0.96), (0.7, 0.68), (0.9, 0.34), (1, 0.08)], attractors: 640, clumps: 40, trunk: 0.12,
        rise: 0.22, pipe: 2.6, sprays: 5000, sprayLength: 0.50, droop: 0.75, bark: Vec3f(0.60, 0.58, 0.54), foliage: .birch,
        greens: [Vec3f(0.105, 0.160, 0.038), Vec3f(0.095, 0.145, 0.036), Vec3f(0.118, 0.165, 0.034)])
    static let poplar = TreeHabit(
        growth: .crown(leader: 0.93), crownBase: 0.05, profile: [(0, 0.42), (0.15, 0.85), (0.4, 1), (0.7, 0.85), (0.9, 0.5), (1, 0.12)], attractors: 1100, clumps: 240, trunk: 0.24,
        rise: 0.75, pipe: 2.5, sprays: 6400, sprayLength: 0.68, droop: -0.35, bark: Vec3f(0.13, 0.12, 0.10), foliage: .poplar,
        greens: [Vec3f(0.085, 0.140, 0.034), Vec3f(0.075, 0.128, 0.030), Vec3f(0.095, 0.145, 0.030)])
    static let spruce = TreeHabit(
        growth: .whorls(perMetre: 2.1, boughs: 6), crownBase: 0.05, profile: [(0, 0.92), (0.06, 1), (0.35, 0.72), (0.7, 0.36), (0.92, 0.12), (1, 0.02)], trunk: 0.20, rise: -0.1,
        sprays: 3600, sprayLength: 0.85, droop: 0.35, bark: Vec3f(0.115, 0.080, 0.060), foliage: .spruce,
        greens: [Vec3f(0.034, 0.062, 0.026), Vec3f(0.030, 0.058, 0.030), Vec3f(0.040, 0.066, 0.024)])
    static let pine = TreeHabit(
        growth: .crown(leader: 0.86), crownBase: 0.48, profile: [(0, 0.45), (0.18, 0.8), (0.5, 1), (0.8, 0.85), (1, 0.32)], attractors: 260, clumps: 17, trunk: 0.20, rise: 0.12,
        pipe: 2.2, sprays: 3400, sprayLength: 0.52, droop: -0.15, bark: Vec3f(0.21, 0.115, 0.065), foliage: .pine,
        greens: [Vec3f(0.046, 0.074, 0.034), Vec3f(0.050, 0.080, 0.034), Vec3f(0.042, 0.068, 0.036)])

    /// The same tree in winter.
    var bare: TreeHabit {
        var habit = self
        habit.foliage = .twigs
        habit.sprays = sprays * 3 / 10
        habit.sprayLength = sprayLength * 1.5
        // White bark is old bark: a birch's twigs are dark.
        let twig = isBirchBark ? Vec3f(0.080, 0.052, 0.046) : bark * 0.5 + Vec3f(0.030, 0.022, 0.018)
        habit.greens = [twig, twig * 0.85, twig * 1.1]
        return habit
    }
}
