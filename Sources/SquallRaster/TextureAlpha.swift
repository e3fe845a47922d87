import SquallFrames
import SquallGeometry
import SquallAssets

/// The cut of alpha-tested surfaces.
extension Texture {
    /// Alpha of the texel that holds the point, 0...1, in the full-sized texture whatever the distance: the rule of `OpacityMask`, which rays
    /// go by.
    func alpha(u: Float, v: Float) -> Float {
        guard image.width > 0, image.height > 0, u.isFinite, v.isFinite else { return 1 }
        let x = OpacityMask.texel(u, of: image.width, repeats: repeats), y = OpacityMask.texel(v, of: image.height, repeats: repeats)
        return Float(image[x, y].a) / 255
    }
}
