import SquallAssets
import SquallGeometry
import SquallMath
import Testing

/// Far levels of bodies: few triangles, the same outline standing and in mid-stride.
@Suite struct FarLevelTests {
    private let library = AssetLibrary.builtIn()
    private static let bodies = ["adult", "child", "elder", "deer", "boar", "dog", "cat", "cow", "horse"]

    /// Which cells of a grid a body covers, seen along an axis from far away.
    private struct Silhouette {
        let columns: Int, rows: Int
        var covered: [Bool]

        /// - Parameter axis: 0 seen from the front, 1 from the side.
        init(_ positions: [Vec3f], _ indices: [UInt32], along axis: Int, in box: BoundingBox, cell: Float) {
            let across = 1 - axis, low = (box.lower[across], box.lower.z)
            columns = Int(box.size[across] / cell) + 3
            rows = Int(box.size.z / cell) + 3
            covered = Array(repeating: false, count: columns * rows)
            for t in stride(from: 0, to: indices.count, by: 3) {
                let p = (0..<3).map { k -> (x: Float, y: Float) in
                    let p = positions[Int(indices[t + k])]
                    return ((p[across] - low.0) / cell + 1, (p.z - low.1) / cell + 1)
                }
                let (left, right) = (max(0, Int(p.map(\.x).min() ?? 0)), min(columns - 1, Int(p.map(\.x).max() ?? 0) + 1))
                let (bottom, top) = (max(0, Int(p.map(\.y).min() ?? 0)), min(rows - 1, Int(p.map(\.y).max() ?? 0) + 1))
                guard left <= right, bottom <= top else { continue }
                for y in bottom...top {
                    for x in left...right {
                        let sides = (0..<3).map { k -> Float in
                            let (a, b) = (p[k], p[(k + 1) % 3])
                            return (b.x - a.x) * (Float(y) + 0.5 - a.y) - (b.y - a.y) * (Float(x) + 0.5 - a.x)
                        }
                        if sides.allSatisfy({ $0 >= 0 }) || sides.allSatisfy({ $0 <= 0 }) { covered[y * columns + x] = true }
                    }
                }
            }
        }

        /// Covered cells below a row.
        func area(below row: Int) -> Double { Double(covered.prefix(row * columns).filter { $0 }.count) }
        var area: Double { area(below: rows) }
        /// Sides between what is covered and what is not, cells; a slanting line counts up to 1.41 times its length, 4 / pi in the mean.
        var outline: Double {
            var count = 0
            for y in 1..<rows { for x in 1..<columns {
                let here = covered[y * columns + x]
                count += (here != covered[y * columns + x - 1] ? 1 : 0) + (here != covered[(y - 1) * columns + x] ? 1 : 0)
            } }
            return Double(count) * .pi / 4
        }
        func difference(_ other: Silhouette) -> Double { Double(zip(covered, other.covered).filter { $0 != $1 }.count) }
    }

    /// A body at one instant, as its levels show it.
    private func shapes(_ asset: Asset, _ posture: Posture) throws -> [(positions: [Vec3f], indices: [UInt32], bounds: BoundingBox)] {
        let bones = try #require(asset.figure).bones(posture)
        return try asset.levels.map { level in
            let mesh = try #require(level.pieces.first).mesh
            let shape = try #require(mesh.deformed(by: bones))
            return (shape.positions, mesh.indices, shape.bounds)
        }
    }

    @Test("far levels cost few triangles", arguments: bodies) func counts(name: String) throws {
        let counts = try library.asset(named: name).levels.compactMap { $0.pieces.first?.mesh.triangleCount }
        #expect(counts.count == 4, "\(name): \(counts)")
        #expect(zip(counts.dropFirst(2), [1600, 520]).allSatisfy { $0 <= $1 }, "\(name): \(counts)")
    }

    /// At the distance where a level takes over, at the lens it is meant for: the outline within half a pixel, areas within 7 %, of
    /// legs, which are three to six pixels wide there, within 18 %.
    @Test("no level changes the outline where it takes over", arguments: bodies) func outlines(name: String) throws {
        let asset = try library.asset(named: name)
        for (pose, posture) in [("standing", Posture()), ("walking", Posture(stride: 0.1, pace: 1.2)), ("stepping", Posture(stride: 0.35, pace: 1.2))] {
            let shapes = try shapes(asset, posture)
            let finest = try #require(shapes.first)
            var box = finest.bounds
            for shape in shapes { box.insert(shape.bounds) }
            let cell = box.size.max() / 400
            for axis in 0..<2 {
                let truth = Silhouette(finest.positions, finest.indices, along: axis, in: box, cell: cell)
                let legs = truth.rows * 3 / 10
                for (level, shape) in shapes.enumerated().dropFirst() {
                    let seen = Silhouette(shape.positions, shape.indices, along: axis, in: box, cell: cell)
                    let whole = seen.area / truth.area, low = seen.area(below: legs) / truth.area(below: legs)
                    let moved = seen.difference(truth) / truth.outline * Double(cell) * Asset.referenceFocal / asset.levels[level].distance
                    let what = "\(name) \(pose), axis \(axis), level \(level) from \(asset.levels[level].distance) m: area \(whole), of the legs \(low), outline off by \(moved) px"
                    #expect(abs(whole - 1) < 0.07 && abs(low - 1) < 0.18 && moved < 0.5, "\(what)")
                }
            }
        }
    }
}
