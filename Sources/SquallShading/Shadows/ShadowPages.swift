import SquallGeometry
import SquallMath
import SquallRaster

/// One shadow map as pages that outlive the frame: a page is drawn when it comes into the map or when something in it has moved, and only then.
///
/// What a page holds depends on its place in the world and on the casters alone, never on the eye or on earlier frames.
final class ShadowPages {
    /// Texels along the map's side.
    let side: Int
    /// Metres away from the sun per texel; +infinity where nothing is. Pages lie by their numbers modulo the count.
    let depths: UnsafeMutablePointer<Float>
    /// Of every block of texels: how high level ground may be (as depth at the page's first texel) with nothing above it, and the farthest depth; over the
    /// block itself, and over it and its three neighbours right and below.
    let blocks: UnsafeMutablePointer<Bounds>, neighbourhoods: UnsafeMutablePointer<Bounds>
    /// Texels along a block's side; the filter reaches less far.
    static let block = 8

    struct Bounds: BitwiseCopyable {
        var level: Float, farthest: Float
    }
    private struct Place: Equatable {
        var column: Int, row: Int
    }

    private let count: Int
    private var sheet: ShadowCascades.Sheet?
    /// What each page of the map shows now.
    private var places: [Place?]

    init(count: Int) {
        self.count = count
        side = count * ShadowCascades.page
        depths = .allocate(capacity: side * side)
        let blockCount = side / Self.block * (side / Self.block)
        (blocks, neighbourhoods) = (.allocate(capacity: blockCount), .allocate(capacity: blockCount))
        depths.initialize(repeating: .infinity, count: side * side)
        blocks.initialize(repeating: Bounds(level: -.infinity, farthest: .infinity), count: blockCount)
        neighbourhoods.initialize(repeating: Bounds(level: -.infinity, farthest: .infinity), count: blockCount)
        places = Array(repeating: nil, count: count * count)
    }

    deinit {
        depths.deallocate()
        blocks.deallocate()
        neighbourhoods.deallocate()
    }

    /// Brings the map up to date.
    /// - Parameters:
    ///   - slope: depth that level ground gains per texel right and down, metres.
    ///   - changed: around what is not where it was, metres along the map's axes.
    ///   - casters: asked for only when something is to be drawn.
    func update(
        _ sheet: ShadowCascades.Sheet, slope: SIMD2<Float>, changed: [ShadowCasters.Sphere], casters: () -> [ShadowCasters.Shape], _ rasterizer: Rasterizer, _ pool: WorkerPool
    ) {
        if let old = self.sheet, old.shares(sheet) { forget(changed, sheet) } else { places = Array(repeating: nil, count: count * count) }
        self.sheet = sheet
        var stale: [Place] = []
        for row in sheet.row..<sheet.row + count {
            for column in sheet.column..<sheet.column + count {
                let place = Place(column: column, row: row)
                if places[index(place)] != place { stale.append(place) }
            }
        }
        guard !stale.isEmpty else { return }
        let shapes = casters()
        for place in stale {
            draw(place, sheet, shapes, rasterizer, pool)
            places[index(place)] = place
            bound(place, slope)
        }
        spread(stale, slope)
    }

    private func index(_ place: Place) -> Int { ShadowCascades.wrapped(place.row, count) * count + ShadowCascades.wrapped(place.column, count) }

    /// Drops the pages that something has left or entered.
    private func forget(_ changed: [ShadowCasters.Sphere], _ sheet: ShadowCascades.Sheet) {
        let side = Double(ShadowCascades.page) * sheet.texel
        for sphere in changed {
            let (x, y) = (dot(sheet.axes.x, sphere.center), dot(sheet.axes.y, sphere.center))
            let range = { (middle: Double, first: Int) -> Range<Int> in
                let low = ((middle - sphere.radius) / side).rounded(.down), high = ((middle + sphere.radius) / side).rounded(.down)
                let (start, end) = (max(low, Double(first)), min(high, Double(first + self.count - 1)))
                return start <= end ? Int(start)..<Int(end) + 1 : 0..<0
            }
            for row in range(y, sheet.row) {
                for column in range(x, sheet.column) { places[index(Place(column: column, row: row))] = nil }
            }
        }
    }

    private func draw(_ place: Place, _ sheet: ShadowCascades.Sheet, _ shapes: [ShadowCasters.Shape], _ rasterizer: Rasterizer, _ pool: WorkerPool) {
        let page = Double(ShadowCascades.page) * sheet.texel
        let (left, top) = (Double(place.column) * page, Double(place.row) * page)
        var near: [MeshInstance] = []
        for shape in shapes where shape.x + shape.radius > left && shape.x - shape.radius < left + page && shape.y + shape.radius > top && shape.y - shape.radius < top + page {
            near.append(shape.instance)
        }
        rasterizer.renderDepth(
            near, camera: sheet.camera(column: place.column, row: place.row), width: ShadowCascades.page, height: ShadowCascades.page, pool: pool, into: depths + corner(place),
            stride: side)
    }

    /// Offset of a page's first texel.
    private func corner(_ place: Place) -> Int {
        (ShadowCascades.wrapped(place.row, count) * side + ShadowCascades.wrapped(place.column, count)) * ShadowCascades.page
    }

    /// Bounds of the blocks of a page.
    private func bound(_ place: Place, _ slope: SIMD2<Float>) {
        let n = ShadowCascades.page / Self.block, across = side / Self.block
        let first = (ShadowCascades.wrapped(place.row, count) * across + ShadowCascades.wrapped(place.column, count)) * n
        let page = depths + corner(place)
        for row in 0..<n {
            for column in 0..<n {
                var (level, farthest) = (SIMD8<Float>(repeating: .infinity), SIMD8<Float>(repeating: 0))
                let shift = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) + Float(column * Self.block)
                for line in row * Self.block..<(row + 1) * Self.block {
                    let depth = UnsafeRawPointer(page + line * side + column * Self.block).loadUnaligned(as: SIMD8<Float>.self)
                    let raised = depth - shift * slope.x - Float(line) * slope.y
                    level.replace(with: raised, where: raised .< level)
                    farthest.replace(with: depth, where: depth .> farthest)
                }
                blocks[first + row * across + column] = Bounds(level: level.min(), farthest: farthest.max())
            }
        }
    }

    /// Bounds over neighbours, of every page whose own or whose neighbours' blocks are new.
    private func spread(_ stale: [Place], _ slope: SIMD2<Float>) {
        var wanted = Array(repeating: false, count: count * count)
        for place in stale {
            for (left, up) in [(0, 0), (1, 0), (0, 1), (1, 1)] { wanted[index(Place(column: place.column - left, row: place.row - up))] = true }
        }
        let n = ShadowCascades.page / Self.block, across = side / Self.block
        let step = slope * Float(ShadowCascades.page)
        for number in wanted.indices where wanted[number] {
            let (top, left) = (number / count * n, number % count * n)
            for row in top..<top + n {
                for column in left..<left + n {
                    let (below, right) = (row + 1 == across ? 0 : row + 1, column + 1 == across ? 0 : column + 1)
                    // Levels count from the first texel of their own page.
                    let (over, down) = (column + 1 == left + n ? step.x : 0, row + 1 == top + n ? step.y : 0)
                    let (a, b, c, d) = (blocks[row * across + column], blocks[row * across + right], blocks[below * across + column], blocks[below * across + right])
                    neighbourhoods[row * across + column] = Bounds(
                        level: min(a.level, b.level - over, c.level - down, d.level - over - down), farthest: max(a.farthest, b.farthest, c.farthest, d.farthest))
                }
            }
        }
    }
}
