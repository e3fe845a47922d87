import SquallMath

/// Discs that are taken, in a grid.
struct Occupancy {
    private static let cell = 16.0
    private var discs: [SIMD2<Int32>: [(center: Vec2, radius: Double)]] = [:]
    private var largest = 0.0

    mutating func add(_ center: Vec2, radius: Double) {
        guard abs(center.x) < 1e7, abs(center.y) < 1e7 else { return }
        discs[Occupancy.key(center), default: []].append((center, radius))
        largest = max(largest, radius)
    }

    /// A rectangle, its length along `axis`: covered with discs that hardly reach beyond its narrow sides.
    mutating func add(_ center: Vec2, axis: Vec2, length: Double, width: Double) {
        let (along, across) = (Occupancy.pieces(length, width), Occupancy.pieces(width, length))
        let piece = Vec2(length / Double(along), width / Double(across))
        for i in 0..<along {
            for j in 0..<across {
                add(center + axis * (piece.x * (Double(i) + 0.5) - length / 2) + axis.left * (piece.y * (Double(j) + 0.5) - width / 2), radius: piece.length / 2)
            }
        }
    }

    /// Into how many pieces a side is cut: as long as the other side is wide, 4 to 20 m.
    private static func pieces(_ side: Double, _ other: Double) -> Int { max(1, min(500, Int((side / min(20, max(4, other))).rounded()))) }

    func isFree(_ point: Vec2, radius: Double) -> Bool {
        guard abs(point.x) < 1e7, abs(point.y) < 1e7 else { return false }
        let reach = Int32(((radius + largest) / Occupancy.cell).rounded(.up)), middle = Occupancy.key(point)
        for j in -reach...reach {
            for i in -reach...reach {
                for disc in discs[middle &+ SIMD2(i, j)] ?? [] where (disc.center - point).length < disc.radius + radius { return false }
            }
        }
        return true
    }

    private static func key(_ point: Vec2) -> SIMD2<Int32> { SIMD2(Int32((point.x / cell).rounded(.down)), Int32((point.y / cell).rounded(.down))) }
}
