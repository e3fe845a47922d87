import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster

/// Where the sun's shadow maps lie: nested slices of the view, each seen from the sun through a square that holds the slice's sphere.
///
/// The sphere's radius depends on the lens only. The squares are cut from pages of a grid that is fixed in the world while the sun stands
/// still, so edges do not crawl (Valient 2007) and a page that was drawn once serves until something in it moves.
struct ShadowCascades {
    /// End of each slice along the optical axis, metres; beyond the last nothing is shadowed.
    static let ends: [Double] = [11, 40, 150]
    /// Casters up to this far from the centre, towards and away from the sun, metres; and the steps that the centre takes along the light.
    static let depthRange = 400.0, depthStep = 64.0
    /// Shadows follow the sun in steps of this many radians: half a minute of its way, a hundredth of its own width.
    private static let sunStep = 0x1p-13

    /// Away from the sun, and the axes of the maps' columns and rows.
    struct Axes: Equatable {
        var x: Vec3, y: Vec3, away: Vec3

        init(sun: Vec3) {
            let held = Vec3(Self.held(sun.x), Self.held(sun.y), Self.held(sun.z)).normalized
            away = -held
            x = abs(held.z) > 0.999 ? Vec3(1, 0, 0) : cross(Vec3(0, 0, 1), away).normalized
            y = cross(away, x)
        }

        private static func held(_ component: Double) -> Double { (component / sunStep).rounded() * sunStep }
    }

    /// The pages of one map.
    struct Sheet: Equatable {
        var axes: Axes
        /// Metres per texel.
        var texel: Double
        /// First column and row of pages, counted from the world's origin, and how many there are each way.
        var column: Int, row: Int, count: Int
        /// Where depths begin, metres away from the sun.
        var near: Double

        /// What one page shows.
        func camera(column: Int, row: Int) -> OrthographicCamera {
            let side = Double(ShadowCascades.page) * texel
            let place = axes.x * ((Double(column) + 0.5) * side) + axes.y * ((Double(row) + 0.5) * side) + axes.away * near
            return OrthographicCamera(
                pose: Pose(position: place, rotation: Quaternion(columns: axes.x, axes.y, axes.away)), halfWidth: side / 2, halfHeight: side / 2, near: 0,
                far: 2 * ShadowCascades.depthRange + ShadowCascades.depthStep)
        }

        /// Whether pages drawn for another sheet show the same as this one's.
        func shares(_ other: Sheet) -> Bool { axes == other.axes && texel == other.texel && count == other.count && near == other.near }
    }

    /// Side of a page, texels.
    static let page = 256
    /// Pages along the side of maps in which a square of `size` texels may lie anywhere.
    static func pages(size: Int) -> Int { (size + page - 1) / page + 1 }

    private(set) var sheets: [Sheet] = []
    private(set) var cascades: [ShadowCascade] = []

    init(view: RasterCamera, sun: Vec3, size: Int) {
        let axes = Axes(sun: sun)
        let lens = view.camera
        // Tangent of the half diagonal: the farthest any ray leans off the axis.
        let lean = hypot(max(lens.cx, Double(lens.width) - lens.cx) / lens.fx, max(lens.cy, Double(lens.height) - lens.cy) / lens.fy)
        let ahead = view.pose.rotation * Vec3(0, 0, 1), eye = view.pose.position
        let count = Self.pages(size: size)
        var start = 0.0
        for end in Self.ends {
            // The sphere through both rims of the frustum slice, or about the far rim where the slice is wide.
            let middle = min(end, (start + end) / 2 * (1 + lean * lean))
            let radius = hypot(end - middle, end * lean) * 1.02
            let texel = 2 * radius / Double(size - 8), side = Double(Self.page) * texel
            let center = eye + ahead * middle
            let first = { (axis: Vec3) in Int(((dot(axis, center) - Double(size) / 2 * texel) / side).rounded(.down)) }
            let near = (dot(axes.away, center) / Self.depthStep).rounded() * Self.depthStep - Self.depthRange - Self.depthStep / 2
            let sheet = Sheet(axes: axes, texel: texel, column: first(axes.x), row: first(axes.y), count: count, near: near)
            let line = { (a: Vec3, offset: Double) in SIMD4<Float>(Float(a.x), Float(a.y), Float(a.z), Float(offset)) }
            let texels = { (axis: Vec3, page: Int) in line(axis / texel, dot(axis, eye) / texel - Double(page * Self.page)) }
            sheets.append(sheet)
            cascades.append(
                ShadowCascade(
                    column: texels(axes.x, sheet.column), row: texels(axes.y, sheet.row), depth: line(axes.away, dot(axes.away, eye) - near), texel: Float(texel),
                    levelSlope: SIMD2(Float(Self.slope(axes.x, axes.away) * texel), Float(Self.slope(axes.y, axes.away) * texel)),
                    phaseX: Int32(Self.wrapped(sheet.column, count) * Self.page), phaseY: Int32(Self.wrapped(sheet.row, count) * Self.page)))
            start = end
        }
    }

    /// Depth that level ground gains per metre along an axis of the map: along the ground, height stays. None where the sun is too low for it to matter.
    private static func slope(_ axis: Vec3, _ away: Vec3) -> Double { abs(away.z) < 0.1 ? 0 : -axis.z / away.z }

    /// A number of a page within its map, where pages lie by their number modulo the count: those that leave on one side make room for
    /// those that come in on the other.
    static func wrapped(_ number: Int, _ count: Int) -> Int { let rest = number % count; return rest < 0 ? rest + count : rest }
}
