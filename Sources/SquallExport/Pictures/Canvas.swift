import SquallFrames

/// A picture being drawn for people: panels, boxes, dots and small text.
public struct Canvas: Sendable {
    public private(set) var image: Image<RGB8>
    public var width: Int { image.width }
    public var height: Int { image.height }

    public init(width: Int, height: Int, background: RGB8 = RGB8(18, 20, 24)) { image = Image(width: width, height: height, filledWith: background) }
    public init(_ image: Image<RGB8>) { self.image = image }

    public mutating func dot(_ x: Int, _ y: Int, _ color: RGB8) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        image[x, y] = color
    }

    public mutating func fill(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ color: RGB8) {
        for y in max(0, top)..<max(max(0, top), min(height, bottom)) { for x in max(0, left)..<max(max(0, left), min(width, right)) { image[x, y] = color } }
    }

    /// An outline inside the rectangle.
    public mutating func frame(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ color: RGB8, thickness: Int = 1) {
        fill(left, top, right, top + thickness, color)
        fill(left, bottom - thickness, right, bottom, color)
        fill(left, top, left + thickness, bottom, color)
        fill(right - thickness, top, right, bottom, color)
    }

    /// Small fixed-width text, 6 x 8 pixels a character at scale 1; characters outside ASCII become `?`.
    public mutating func text(_ string: String, x: Int, y: Int, color: RGB8 = RGB8(235, 235, 235), scale: Int = 1, shade: RGB8? = nil) {
        if let shade { fill(x - scale, y - scale, x + string.count * 6 * scale, y + 8 * scale, shade) }
        for (i, character) in string.enumerated() {
            let columns = BitmapFont.columns(of: character)
            for (c, bits) in columns.enumerated() {
                for row in 0..<7 where bits >> UInt8(row) & 1 == 1 {
                    fill(x + (i * 6 + c) * scale, y + row * scale, x + (i * 6 + c + 1) * scale, y + (row + 1) * scale, color)
                }
            }
        }
    }

    /// Draws a picture scaled into a rectangle: averaged when `smooth`, else the nearest pixel (labels must not mix).
    public mutating func place(_ picture: Image<RGB8>, left: Int, top: Int, width w: Int, height h: Int, smooth: Bool) {
        guard picture.width > 0, picture.height > 0 else { return }
        for y in 0..<h {
            for x in 0..<w where left + x < width && top + y < height {
                image[left + x, top + y] = smooth ? Self.average(picture, x, y, w, h) : picture[(2 * x + 1) * picture.width / (2 * w), (2 * y + 1) * picture.height / (2 * h)]
            }
        }
    }

    private static func average(_ picture: Image<RGB8>, _ x: Int, _ y: Int, _ w: Int, _ h: Int) -> RGB8 {
        let xs = (x * picture.width / w)..<max(x * picture.width / w + 1, (x + 1) * picture.width / w)
        let ys = (y * picture.height / h)..<max(y * picture.height / h + 1, (y + 1) * picture.height / h)
        var sum = SIMD3<Int>(0, 0, 0)
        for v in ys {
            for u in xs {
                let p = picture[u, v]
                sum &+= SIMD3(Int(p.r), Int(p.g), Int(p.b))
            }
        }
        let n = xs.count * ys.count
        return RGB8(UInt8((sum.x + n / 2) / n), UInt8((sum.y + n / 2) / n), UInt8((sum.z + n / 2) / n))
    }
}
