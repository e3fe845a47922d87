import SquallAssets
import SquallMath

/// The face of a sign being drawn: x from -1 at the left edge to 1 at the right, y up, in half widths.
struct SignFace {
    private(set) var canvas: Canvas
    /// Height over width.
    let aspect: Double
    private var scale: Double { Double(canvas.width) / 2 }

    /// Colours of sheeting, linear: RAL 9016, 3020, 5017, 1023, 9017, 6024 as weathered sheeting has them.
    static let white = Vec3f(0.68, 0.68, 0.66), red = Vec3f(0.44, 0.012, 0.012), blue = Vec3f(0.008, 0.085, 0.27), yellow = Vec3f(0.66, 0.42, 0.008)
    static let black = Vec3f(repeating: 0.012), green = Vec3f(0.008, 0.17, 0.06), orange = Vec3f(0.62, 0.16, 0.01)

    init(aspect: Double, width: Int, ground: Vec3f) {
        self.aspect = aspect
        canvas = Canvas(width: width, height: max(8, Int((Double(width) * aspect).rounded())), background: ground, coverage: 1)
    }

    private func pixel(_ p: Vec2) -> Vec2 { Vec2((p.x + 1) * scale, (aspect - p.y) * scale) }

    mutating func fill(_ outline: [Vec2], _ color: Vec3f) { canvas.fill(outline.map(pixel), color) }
    /// Several outlines filled one over the other.
    mutating func fill(all outlines: [[Vec2]], _ color: Vec3f) { for outline in outlines { fill(outline, color) } }
    mutating func stroke(_ path: [Vec2], width: Double, _ color: Vec3f) { canvas.stroke(path.map(pixel), width: width * scale, color) }

    /// Text centred at a point, capitals `height` tall; narrowed to fit `limit`.
    mutating func text(_ text: String, at center: Vec2, height: Double, limit: Double = 1.8, _ color: Vec3f) {
        let width = Lettering.width(text) * height
        let squeeze = min(1, limit / width)
        let corner = center - Vec2(width * squeeze, height) / 2
        fill(all: Lettering.outlines(text).map { $0.map { corner + Vec2($0.x * height * squeeze, $0.y * height) } }, color)
    }

    /// Text that starts at its left edge.
    mutating func text(_ text: String, from corner: Vec2, height: Double, _ color: Vec3f) {
        fill(all: Lettering.outlines(text).map { $0.map { corner + $0 * height } }, color)
    }

    /// A line with a head at its end.
    mutating func arrow(_ path: [Vec2], width: Double, head: Double, _ color: Vec3f) {
        guard let tip = path.last, path.count > 1 else { return }
        let along = (tip - path[path.count - 2]).normalized
        let neck = tip - along * (head * 0.8)
        stroke(Array(path.dropLast()) + [neck + along * 0.02], width: width, color)
        fill([tip, neck + along.left * (head * 0.62), neck - along.left * (head * 0.62)], color)
    }
}
