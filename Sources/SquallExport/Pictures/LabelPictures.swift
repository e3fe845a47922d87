import Foundation
import SquallFrames
import SquallMath

/// Labels as colours, for people.
public enum LabelPictures {
    /// Near is bright yellow, far is dark violet, on a logarithmic scale from 1 to 250 m; none is black.
    public static func depth(_ image: Image<Float>) -> Image<RGB8> {
        paint(image) { z in
            guard z.isFinite else { return RGB8(0, 0, 0) }
            return ramp(1 - log(Double(max(1, min(250, z)))) / log(250))
        }
    }

    /// The colours of `Category`.
    public static func semantic(_ image: Image<UInt8>) -> Image<RGB8> {
        let palette = (0...255).map { Category(rawValue: UInt8($0))?.names.color ?? RGB8(255, 0, 255) }
        return paint(image) { palette[Int($0)] }
    }

    /// A distinct colour per id; 0 is dark grey. The ids in `dull` are half hidden in that grey: what stands still must not drown what moves.
    public static func instance(_ image: Image<UInt16>, dull: Set<UInt16> = []) -> Image<RGB8> {
        let ground = instanceColor(0)
        let mix = { (a: UInt8, b: UInt8) in UInt8((Int(a) + 2 * Int(b)) / 3) }
        let palette = (0...UInt16.max).map { id -> RGB8 in
            let color = instanceColor(id)
            return dull.contains(id) ? RGB8(mix(color.r, ground.r), mix(color.g, ground.g), mix(color.b, ground.b)) : color
        }
        return paint(image) { palette[Int($0)] }
    }

    public static func instanceColor(_ id: UInt16) -> RGB8 {
        guard id != 0 else { return RGB8(32, 34, 38) }
        // Golden-ratio steps round the hue circle keep neighbours apart.
        let hue = (Double(id) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
        return hsv(hue, 0.55 + 0.35 * Double(id % 3) / 2, 0.95 - 0.2 * Double(id % 2))
    }

    /// Direction as hue, length as saturation (full at 30 px); none is black, hidden points are darker.
    public static func flow(_ image: Image<SIMD2<Float>>, occluded: Image<UInt8>) -> Image<RGB8> {
        var out = Image(width: image.width, height: image.height, filledWith: RGB8(0, 0, 0))
        for (i, f) in image.pixels.enumerated() where f.x.isFinite { out.pixels[i] = flowColor(f, hidden: occluded.pixels[i] != 0) }
        return out
    }

    static func flowColor(_ f: SIMD2<Float>, hidden: Bool) -> RGB8 {
        let length = Double((f.x * f.x + f.y * f.y).squareRoot())
        let hue = (atan2(Double(f.y), Double(f.x)) / (2 * .pi) + 1).truncatingRemainder(dividingBy: 1)
        return hsv(hue, min(1, (length / 30).squareRoot()), hidden ? 0.45 : 1)
    }

    /// A cloud from above, sensor in the lower middle, x up; `range` metres ahead. Objects have the colours of their ids, fog is white,
    /// rain cyan; the ground is dim, bluish where low and sandy where high, brighter where it sent back more. Circles 20 m apart.
    public static func cloud(_ points: [LidarPoint], width: Int, height: Int, range: Double = 65) -> Image<RGB8> {
        var canvas = Canvas(width: width, height: height, background: RGB8(8, 9, 12))
        let scale = Double(height) * sensorDown / range
        let (cx, cy) = (Double(width) / 2, Double(height) * sensorDown)
        for radius in stride(from: 20.0, through: 120, by: 20) {
            for i in 0..<720 {
                let a = Double(i) * .pi / 360
                canvas.dot(Int(cx + cos(a) * radius * scale), Int(cy + sin(a) * radius * scale), RGB8(44, 49, 60))
            }
        }
        // Objects and what floats in the air lie over the ground.
        for onGround in [true, false] {
            for p in points where (p.instance == 0 && p.cause == ReturnCause.surface.rawValue) == onGround && abs(p.position.x) < 1e5 && abs(p.position.y) < 1e5 {
                let (x, y) = (cx - Double(p.position.y) * scale, cy - Double(p.position.x) * scale)
                let size = abs(p.position.x) + abs(p.position.y) > 12 ? 2 : 1
                canvas.fill(Int(x.rounded(.down)), Int(y.rounded(.down)), Int(x.rounded(.down)) + size, Int(y.rounded(.down)) + size, color(of: p))
            }
        }
        canvas.fill(Int(cx) - 2, Int(cy) - 2, Int(cx) + 3, Int(cy) + 3, RGB8(255, 255, 255))
        // Last and on their own ground, or the points cover them.
        for radius in stride(from: 20.0, through: 120, by: 20) {
            let (x, y) = (Int(cx + radius * scale * 0.7071) + 3, Int(cy - radius * scale * 0.7071) - 8)
            canvas.text("\(Int(radius)) m", x: x, y: y, color: RGB8(150, 158, 174), shade: RGB8(8, 9, 12))
        }
        return canvas.image
    }

    /// How far down the picture of a cloud its sensor stands, as a share of the height.
    private static let sensorDown = 0.75

    private static func color(of p: LidarPoint) -> RGB8 {
        switch ReturnCause(rawValue: p.cause) {
        case .fog: return RGB8(230, 230, 235)
        case .rain: return RGB8(60, 220, 255)
        case .spray, .ghost: return RGB8(255, 80, 255)
        default: break
        }
        if p.instance != 0 { return instanceColor(p.instance) }
        // A roof sensor stands about 1.8 m up: from a metre below its road to two above it.
        let high = ((Double(p.position.z) + 2.8) / 3).clamped(to: 0...1)
        let shade = 0.45 + 0.55 * Double(p.intensity).clamped(to: 0...1).squareRoot()
        return RGB8(UInt8((70 + 100 * high) * shade), UInt8((100 + 40 * high) * shade), UInt8((140 - 60 * high) * shade))
    }

    private static func paint<Value>(_ image: Image<Value>, _ color: (Value) -> RGB8) -> Image<RGB8> {
        Image(width: image.width, height: image.height, pixels: image.pixels.map(color))
    }

    private static func hsv(_ h: Double, _ s: Double, _ v: Double) -> RGB8 {
        let channel = { (n: Double) -> UInt8 in
            let k = (n + h * 6).truncatingRemainder(dividingBy: 6)
            return UInt8((v - v * s * max(0, min(k, 4 - k, 1))) * 255)
        }
        return RGB8(channel(5), channel(3), channel(1))
    }

    /// Dark violet over red to yellow: a perceptually rising ramp of five anchors.
    private static func ramp(_ t: Double) -> RGB8 {
        let anchors: [SIMD3<Double>] = [SIMD3(13, 8, 60), SIMD3(105, 20, 130), SIMD3(200, 60, 95), SIMD3(250, 150, 45), SIMD3(250, 245, 120)]
        let x = t.clamped(to: 0...1) * 4
        let i = min(3, Int(x))
        let c = anchors[i] + (anchors[i + 1] - anchors[i]) * (x - Double(i))
        return RGB8(UInt8(c.x), UInt8(c.y), UInt8(c.z))
    }
}
