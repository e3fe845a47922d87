import SquallFrames
import SquallWorld

/// The cut of alpha-tested surfaces.
extension Texture {
    /// Alpha of the nearest texel, 0...1; coordinates wrap or clamp as the texture says.
    func alpha(u: Float, v: Float) -> Float {
        guard image.width > 0, image.height > 0, u.isFinite, v.isFinite else { return 1 }
        func texel(_ t: Float, _ size: Int) -> Int {
            let unit = repeats ? t - t.rounded(.down) : min(max(t, 0), 1)
            return min(Int(unit * Float(size)), size - 1)
        }
        return Float(image[texel(u, image.width), texel(v, image.height)].a) / 255
    }
}
