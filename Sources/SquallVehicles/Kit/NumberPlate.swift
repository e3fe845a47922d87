import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallSkins

/// Synthetic number plates: letters stroked as vectors into a small picture. The text is drawn from the variant; The pattern is
/// made up.
package enum NumberPlate {
    /// Pen strokes of letters side by side, every one `advance` wide; a letter's grid is 4 wide and 6 high, y up, the first one's origin bottom left.
    static func segments(_ text: String, advance: Double, width: Double = 1) -> [(Vec2, Vec2)] {
        text.enumerated().flatMap { k, letter in
            (strokes[letter] ?? []).flatMap { path in
                zip(path, path.dropFirst()).map { a, b in (Vec2(Double(k) * advance + a.0 * width, a.1), Vec2(Double(k) * advance + b.0 * width, b.1)) }
            }
        }
    }

    private static let strokes: [Character: [[(Double, Double)]]] = [
        "0": [[(1, 0), (3, 0), (4, 1), (4, 5), (3, 6), (1, 6), (0, 5), (0, 1), (1, 0)]], "1": [[(0.5, 4.6), (2, 6), (2, 0)]],
        "2": [[(0, 5), (1, 6), (3, 6), (4, 5), (4, 4), (0, 0), (4, 0)]], "3": [[(0, 6), (4, 6), (2, 3.6), (3, 3.6), (4, 2.6), (4, 1), (3, 0), (1, 0), (0, 1)]],
        "4": [[(3, 0), (3, 6), (0, 2), (4, 2)]], "5": [[(4, 6), (0.4, 6), (0, 3.2), (1, 3.7), (3, 3.7), (4, 2.7), (4, 1), (3, 0), (1, 0), (0, 1)]],
        "6": [[(3.6, 6), (1.5, 4.5), (0, 2), (0, 1), (1, 0), (3, 0), (4, 1), (4, 2.5), (3, 3.5), (1, 3.5), (0, 2)]], "7": [[(0, 6), (4, 6), (1.5, 0)]],
        "8": [[(1, 3.2), (0, 4.2), (0, 5), (1, 6), (3, 6), (4, 5), (4, 4.2), (3, 3.2), (1, 3.2), (0, 2.2), (0, 1), (1, 0), (3, 0), (4, 1), (4, 2.2), (3, 3.2)]],
        "9": [[(0.4, 0), (2.5, 1.5), (4, 4), (4, 5), (3, 6), (1, 6), (0, 5), (0, 3.5), (1, 2.5), (3, 2.5), (4, 4)]],
        "A": [[(0, 0), (2, 6), (4, 0)], [(0.7, 2), (3.3, 2)]], "E": [[(4, 6), (0, 6), (0, 0), (4, 0)], [(0, 3.1), (3.2, 3.1)]],
        "H": [[(0, 0), (0, 6)], [(4, 0), (4, 6)], [(0, 3), (4, 3)]], "K": [[(0, 0), (0, 6)], [(4, 6), (0, 2.4)], [(1.4, 3.6), (4, 0)]],
        "L": [[(0, 6), (0, 0), (4, 0)]], "M": [[(0, 0), (0, 6), (2, 2.5), (4, 6), (4, 0)]], "N": [[(0, 0), (0, 6), (4, 0), (4, 6)]],
        "Q": [[(1, 0), (3, 0), (4, 1), (4, 5), (3, 6), (1, 6), (0, 5), (0, 1), (1, 0)], [(2.4, 1.6), (4.2, -0.3)]],
        "S": [[(4, 5), (3, 6), (1, 6), (0, 5), (0, 4.2), (1, 3.3), (3, 2.8), (4, 1.9), (4, 1), (3, 0), (1, 0), (0, 1)]],
        "T": [[(0, 6), (4, 6)], [(2, 6), (2, 0)]], "V": [[(0, 6), (2, 0), (4, 6)]], "X": [[(0, 0), (4, 6)], [(0, 6), (4, 0)]], "-": [[(0.8, 3), (3.2, 3)]],
    ]

    static func text(_ variant: Variant) -> String {
        let letters = ["A", "E", "H", "K", "L", "M", "N", "T", "V", "X"]
        let pick = { (name: String, n: Int) in Int(variant.uniform(name, 0...1) * 0.999 * Double(n)) }
        return "SQ-" + letters[pick("plate.a", 10)] + letters[pick("plate.b", 10)] + "\(100 + pick("plate.n", 900))"
    }

    /// 520 x 110 mm at 2.5 mm per pixel: white, black border and letters, a blue band on the left.
    static func texture(_ variant: Variant) -> Texture {
        let (w, h) = (208, 44)
        var image = Image<RGBA8>(width: w, height: h, filledWith: RGBA8(238, 238, 232, 255))
        let text = text(variant), onPlate = { (p: Vec2) in Vec2(28 + p.x, 36 - p.y * 4.6) }
        let segments = segments(text, advance: Double(w - 34) / Double(text.count), width: 3.4).map { (onPlate($0), onPlate($1)) }
        for y in 0..<h {
            for x in 0..<w {
                let p = Vec2(Double(x) + 0.5, Double(y) + 0.5)
                var ink = max(0, 1.6 - min(min(p.x, Double(w) - p.x), min(p.y, Double(h) - p.y)) + 0.5)
                for (a, b) in segments {
                    let t = (dot(p - a, b - a) / max(dot(b - a, b - a), 1e-9)).clamped(to: 0...1)
                    ink = max(ink, 2.9 - (p - (a + (b - a) * t)).length)
                }
                let share = ink.clamped(to: 0...1)
                let ground = p.x < 18 ? Vec3(12, 40, 140) : Vec3(238, 238, 232)
                let c = ground * (1 - share) + Vec3(14, 14, 16) * share
                image[x, y] = RGBA8(UInt8(c.x), UInt8(c.y), UInt8(c.z), 255)
            }
        }
        return Texture(name: "number plate", image: image, srgb: true, repeats: false)
    }

    /// A plate 0.52 x 0.11 m on a thin dark carrier, its middle at `centre`, facing along x (forward or back), leaning by `lean` in x per z.
    static func add(to skin: inout Skin, at centre: Vec3, forward: Bool, lean: Double = 0, size: Vec2 = Vec2(0.52, 0.11)) {
        let s = forward ? 1.0 : -1.0
        let at = { (u: Double, v: Double, lift: Double) in centre + Vec3(lean * v + s * lift, s * u, v) }
        let (a, b) = (size.x / 2, size.y / 2)
        let uv = { (u: Float, v: Float) in Vec2f(u, v) }
        skin.quad(at(-a, -b, 0.012), at(a, -b, 0.012), at(a, b, 0.012), at(-a, b, 0.012), slot: VehicleSlot.plate, texture: (uv(0, 1), uv(1, 1), uv(1, 0.001), uv(0, 0.001)))
        let (c, d) = (a + 0.008, b + 0.008)
        skin.quad(at(-c, -d, 0.008), at(c, -d, 0.008), at(c, d, 0.008), at(-c, d, 0.008), slot: VehicleSlot.trim)
        for (p, q) in [((-c, -d), (c, -d)), ((c, -d), (c, d)), ((c, d), (-c, d)), ((-c, d), (-c, -d))] {
            skin.quad(at(p.0, p.1, -0.03), at(q.0, q.1, -0.03), at(q.0, q.1, 0.008), at(p.0, p.1, 0.008), slot: VehicleSlot.trim)
        }
    }
}
