import SquallFrames
import SquallMath

/// A picture drawn from outlines when an asset is built: signs, leaves, posters. Pixels are linear colour and coverage; (0, 0) is the top-left
/// corner of the picture, y points down. Coverage is the exact area of the outline in each pixel, so that edges are smooth and the
/// same bytes come out on every run.
package struct Canvas: Sendable {
    package let width: Int
    package let height: Int
    /// Linear colour, sRGB primaries, and coverage 0...1.
    package private(set) var pixels: [SIMD4<Float>]

    /// - Parameter background: what uncovered pixels hold, so that smaller copies of the picture do not darken at its edges.
    package init(width: Int, height: Int, background: Vec3f, coverage: Float = 0) {
        (self.width, self.height) = (width, height)
        pixels = Array(repeating: SIMD4(background, coverage), count: width * height)
    }

    package subscript(x: Int, y: Int) -> SIMD4<Float> {
        get { pixels[y * width + x] }
        set { pixels[y * width + x] = newValue }
    }

    /// Fills closed contours, in pixels: inner contours that run the other way round are holes.
    package mutating func fill(_ contours: [[Vec2]], _ color: Vec3f) {
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        for point in contours.joined() { (lower, upper) = (pointwiseMin(lower, point), pointwiseMax(upper, point)) }
        guard lower.x < upper.x, lower.y < upper.y, upper.x > 0, upper.y > 0, lower.x < Double(width), lower.y < Double(height) else { return }
        let (x0, y0) = (Int(lower.x.rounded(.down)), Int(lower.y.rounded(.down)))
        var areas = OutlineAreas(width: Int(upper.x.rounded(.up)) - x0 + 2, height: Int(upper.y.rounded(.up)) - y0 + 1)
        let origin = Vec2(Double(x0), Double(y0))
        for contour in contours where contour.count > 2 {
            for (k, point) in contour.enumerated() { areas.edge(point - origin, contour[(k + 1) % contour.count] - origin) }
        }
        for y in max(0, y0)..<max(max(0, y0), min(height, y0 + areas.height)) {
            var sum: Float = 0
            for x in 0..<areas.width {
                sum += areas.values[(y - y0) * areas.width + x]
                let share = min(1, abs(sum))
                guard share > 1e-3, x0 + x >= 0, x0 + x < width else { continue }
                let old = pixels[y * width + x0 + x]
                let new = SIMD4(color, 1)
                pixels[y * width + x0 + x] = old + (new - old) * share
            }
        }
    }

    package mutating func fill(_ contour: [Vec2], _ color: Vec3f) { fill([contour], color) }

    /// Draws a line of constant width with flat ends, pixels.
    package mutating func stroke(_ path: [Vec2], width: Double, _ color: Vec3f) {
        if let outline = Contour.stroke(path, width: width) { fill(outline, color) }
    }

    /// Lays another picture over this one, its corner moved to `at` and turned by quarter turns only through `map`.
    package mutating func lay(_ other: Canvas, scale: Double, turn: Vec2, at: Vec2) {
        // Each pixel of this picture asks where it comes from: no holes, whatever the turn.
        let half = Vec2(Double(other.width), Double(other.height)) / 2
        let reach = half.length * scale
        let (x0, x1) = (max(0, Int(at.x - reach)), min(width - 1, Int(at.x + reach)))
        let (y0, y1) = (max(0, Int(at.y - reach)), min(height - 1, Int(at.y + reach)))
        guard x0 <= x1, y0 <= y1 else { return }
        for y in y0...y1 {
            for x in x0...x1 {
                let d = (Vec2(Double(x) + 0.5, Double(y) + 0.5) - at) / scale
                let p = Vec2(d.x * turn.x + d.y * turn.y, d.y * turn.x - d.x * turn.y) + half
                guard p.x >= 0, p.y >= 0, p.x < Double(other.width), p.y < Double(other.height) else { continue }
                let texel = other[Int(p.x), Int(p.y)]
                let old = pixels[y * width + x]
                pixels[y * width + x] = old + (SIMD4(texel.x, texel.y, texel.z, 1) - old) * texel.w
            }
        }
    }

    /// Mean colour of what is covered.
    package var coveredMean: Vec3f {
        var sum = SIMD4<Float>.zero
        for pixel in pixels { sum += SIMD4(pixel.x * pixel.w, pixel.y * pixel.w, pixel.z * pixel.w, pixel.w) }
        return sum.w > 0 ? Vec3f(sum.x, sum.y, sum.z) / sum.w : .zero
    }

    /// As a texture holds it: sRGB with coverage as alpha.
    package var image: Image<RGBA8> {
        let table = (0...4095).map { TransferCurve.byte(Double($0) / 4095) }
        let byte = { (v: Float) in table[Int(min(1, max(0, v)) * 4095 + 0.5)] }
        return Image(width: width, height: height, pixels: pixels.map { RGBA8(byte($0.x), byte($0.y), byte($0.z), UInt8(min(1, max(0, $0.w)) * 255 + 0.5)) })
    }
}

/// Signed areas that the edges of an outline cut from the pixels to their right: their running sum along a row is the winding number
/// times the covered share of each pixel (Carpenter's accumulation as scan converters of fonts use it).
private struct OutlineAreas {
    let width: Int
    let height: Int
    var values: [Float]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        values = Array(repeating: 0, count: width * height)
    }

    mutating func edge(_ from: Vec2, _ to: Vec2) {
        guard from.y != to.y else { return }
        let sign: Double = from.y < to.y ? 1 : -1
        let (a, b) = from.y < to.y ? (from, to) : (to, from)
        let slope = (b.x - a.x) / (b.y - a.y)
        var x = a.x
        for y in Int(a.y)..<min(height, Int(b.y.rounded(.up))) {
            let dy = min(Double(y + 1), b.y) - max(Double(y), a.y)
            let next = x + slope * dy
            row(y * width, min(x, next), max(x, next), sign * dy)
            x = next
        }
    }

    /// Spreads the height `d` of an edge that runs from x0 to x1 within one row.
    private mutating func row(_ start: Int, _ x0: Double, _ x1: Double, _ d: Double) {
        let first = Int(x0), last = min(width - 1, Int(x1))
        if first >= last {
            let right = (x0 + x1) / 2 - Double(first)
            add(start + first, d * (1 - right))
            return add(start + first + 1, d * right, limit: start + width)
        }
        // Area to the right of the edge, accumulated from pixel to pixel.
        let perX = d / (x1 - x0)
        var before = 0.0
        for i in first...last {
            let from = max(x0, Double(i)), to = min(x1, Double(i + 1))
            let part = perX * (to - from)
            let covered = part * (Double(i + 1) - (from + to) / 2)
            // Whole parts of earlier pixels count fully here; their own pixel already had a share.
            add(start + i, covered + before)
            before = part - covered
        }
        add(start + last + 1, before, limit: start + width)
    }

    private mutating func add(_ index: Int, _ value: Double, limit: Int = .max) {
        if index < min(limit, values.count) { values[index] += Float(value) }
    }
}
