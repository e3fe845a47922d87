import SquallMath
import SquallWeather

/// How water drains around a place, on a square lattice that is fixed to the world: what sensors, who ask at many thousand points a
/// frame, read instead of the road network.
///
/// Nodes hold `Drainage.factor` of the network under them; between nodes it is bilinear. Towards the rim it becomes that of a plain
/// lane, which holds beyond. What a point reads does not depend on the map's middle while it is not near the rim.
public final class DrainageMap: @unchecked Sendable {   // written in `init` only
    /// Metres between nodes.
    public static let spacing = 1.0
    /// Nodes from the middle to the rim, and how many of them the rim takes to fade.
    public static let reach = 128, fade = 16
    public static let side = 2 * reach + 1
    /// The lattice moves by this many nodes at a time.
    private static let stride = 8

    /// Lattice coordinates of the first node.
    public let column: Int, row: Int
    /// Row by row, x fastest.
    public let factors: UnsafePointer<Float>
    private let storage: UnsafeMutablePointer<Float>

    /// - Parameters:
    ///   - point: what the map should surround.
    ///   - old: a map of the same network; what they share is copied.
    public init(around point: Vec2, roads: RoadNetwork, keeping old: DrainageMap? = nil, pool: WorkerPool? = nil) {
        let (column, row) = Self.corner(around: point)
        // Each item writes its own row.
        nonisolated(unsafe) let storage = UnsafeMutablePointer<Float>.allocate(capacity: Self.side * Self.side)
        (self.column, self.row, self.storage, factors) = (column, row, storage, UnsafePointer(storage))
        let fill: @Sendable (Int, Int) -> Void = { line, _ in
            for place in 0..<Self.side {
                let kept = old?.factor(column: column + place, row: row + line)
                let node = Vec2(Double(column + place), Double(row + line)) * Self.spacing
                (storage + line * Self.side + place).initialize(to: kept ?? Float(roads.drainage(at: node).factor))
            }
        }
        if let pool { pool.run(Self.side, fill) } else { for line in 0..<Self.side { fill(line, 0) } }
    }

    deinit { storage.deallocate() }

    private static func corner(around point: Vec2) -> (column: Int, row: Int) {
        let middle = { (x: Double) in Int((x / (spacing * Double(stride))).rounded().clamped(to: -1e8...1e8)) * stride }
        return (middle(point.x) - reach, middle(point.y) - reach)
    }

    /// True when a map around this point would have these nodes.
    public func surrounds(_ point: Vec2) -> Bool { Self.corner(around: point) == (column, row) }

    private func factor(column: Int, row: Int) -> Float? {
        let (x, y) = (column - self.column, row - self.row)
        return x >= 0 && x < Self.side && y >= 0 && y < Self.side ? factors[y * Self.side + x] : nil
    }

    /// Where no road says otherwise.
    public static let plain = Drainage.plain.factor

    /// The factor at a world point.
    public func factor(at point: Vec2) -> Double {
        let u = point.x / Self.spacing - Double(column), v = point.y / Self.spacing - Double(row)
        let middle = Double(Self.reach), far = max(abs(u - middle), abs(v - middle))
        guard far < middle else { return Self.plain }   // also where u or v is no number
        let (x, y) = (Int(u), Int(v))
        let index = y * Self.side + x
        let (s, t) = (u - Double(x), v - Double(y))
        let low = lerp(Double(factors[index]), Double(factors[index + 1]), s)
        let high = lerp(Double(factors[index + Self.side]), Double(factors[index + Self.side + 1]), s)
        let rim = ((far - Double(Self.reach - Self.fade)) / Double(Self.fade)).clamped(to: 0...1)
        return lerp(lerp(low, high, t), Self.plain, rim)
    }
}

/// The wet ground as sensors see it in one frame: the weather's water on the map of how roads drain.
public struct WetGround: Sendable {
    public let water: RoadWater
    /// Nil where the film is the same everywhere.
    public let map: DrainageMap?

    /// Where no map tells.
    private let even: SurfaceState

    public init(_ water: RoadWater, map: DrainageMap?) { (self.water, self.map, even) = (water, water.varies ? map : nil, water.state(.plain)) }

    /// The surface at a world point.
    public func state(at point: Vec2) -> SurfaceState { map.map { water.state(factor: $0.factor(at: point)) } ?? even }
}
