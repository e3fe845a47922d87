import Foundation
import SquallAssets
import SquallFrames
import SquallMath

/// Tileable ground pictures made of lattice noise: the same bytes on every run, no file to ship. Made once, when first asked for.
///
/// Each holds relative brightness (mean near `mean`, at most 1), so that a material's base colour keeps the albedo:
/// `baseColor = albedo / mean`.
package enum GroundTextures {
    /// Linear mean of every picture.
    static let mean: Float = 0.8
    /// Metres one tile covers.
    package static let tile = 4.0

    /// Tar with pale and dark stones: strong at the scale of a centimetre, faint stains at half a metre.
    static let asphalt = picture("asphalt", size: 512) { x, y in
        let stone = noise(x, y, cells: 256, key: 1), grit = noise(x, y, cells: 512, key: 2)
        let stain = noise(x, y, cells: 8, key: 3) * 0.6 + noise(x, y, cells: 24, key: 4) * 0.4
        let v = 0.80 + 0.34 * (stone - 0.5) + 0.26 * (grit - 0.5) + 0.16 * (stain - 0.5)
        let pale = stone > 0.80 ? 0.12 : 0
        return Vec3f(repeating: v + Float(pale))
    }

    /// Blades and tufts: green with straw and dark gaps.
    static let grass = picture("grass", size: 512) { x, y in
        let blade = noise(x, y * 0.5, cells: 256, key: 11), tuft = noise(x, y, cells: 48, key: 12), field = noise(x, y, cells: 6, key: 13)
        let v = 0.80 + 0.50 * (blade - 0.5) + 0.35 * (tuft - 0.5) + 0.14 * (field - 0.5)
        let straw = max(0, noise(x, y, cells: 20, key: 14) - 0.55) * 0.8
        return Vec3f(v + straw * 0.5, v + straw * 0.1, v - straw * 0.1)
    }

    /// Fine grain and large pale clouds.
    static let concrete = picture("concrete", size: 256) { x, y in
        let v = 0.80 + 0.12 * (noise(x, y, cells: 256, key: 21) - 0.5) + 0.14 * (noise(x, y, cells: 10, key: 22) - 0.5) + 0.10 * (noise(x, y, cells: 40, key: 23) - 0.5)
        return Vec3f(repeating: v)
    }

    /// Pebbles with shadowed gaps.
    static let gravel = picture("gravel", size: 256) { x, y in
        let pebble = noise(x, y, cells: 96, key: 31), gap = noise(x, y, cells: 128, key: 32)
        let v = 0.80 + 0.5 * (pebble - 0.5) - (gap < 0.25 ? 0.25 : 0)
        let warm = 0.06 * (noise(x, y, cells: 64, key: 33) - 0.5)
        return Vec3f(v + warm, v, v - warm)
    }

    private static func picture(_ name: String, size: Int, _ value: (_ x: Float, _ y: Float) -> Vec3f) -> Texture {
        let encoded = (0...1023).map { TransferCurve.byte(Double($0) / 1023) }
        var image = Image<RGBA8>(width: size, height: size, filledWith: RGBA8(255, 255, 255, 255))
        for y in 0..<size {
            for x in 0..<size {
                let v = value((Float(x) + 0.5) / Float(size), (Float(y) + 0.5) / Float(size)).clamped(lowerBound: .zero, upperBound: .one) * 1023
                image[x, y] = RGBA8(encoded[Int(v.x)], encoded[Int(v.y)], encoded[Int(v.z)], 255)
            }
        }
        return Texture(name: name, image: image, srgb: true)
    }

    /// Value noise in 0...1 that repeats after one unit, `cells` lattice points wide.
    private static func noise(_ x: Float, _ y: Float, cells: Int, key: UInt64) -> Float {
        let (px, py) = (x * Float(cells), y * Float(cells))
        let (ix, iy) = (px.rounded(.down), py.rounded(.down))
        let (fx, fy) = (px - ix, py - iy)
        let (sx, sy) = (fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy))
        let at = { (i: Int, j: Int) -> Float in
            let (u, v) = (UInt64(truncatingIfNeeded: (i % cells + cells) % cells), UInt64(truncatingIfNeeded: (j % cells + cells) % cells))
            return Float(mix64(u << 40 ^ v << 16 ^ key) >> 40) * 0x1p-24
        }
        let (i, j) = (Int(ix), Int(iy))
        let low = at(i, j) + (at(i + 1, j) - at(i, j)) * sx
        let high = at(i, j + 1) + (at(i + 1, j + 1) - at(i, j + 1)) * sx
        return low + (high - low) * sy
    }
}
