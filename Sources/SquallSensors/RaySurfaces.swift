import SquallAssets
import SquallFrames
import SquallGeometry
import SquallRays
import SquallWorld

/// What materials are to rays.
extension RaySurface {
    /// One per material: glass is marked, and what a base-colour texture cuts out is cut by the rasterizer's own rule.
    /// - Parameter culling: one-sided materials are met from their front only, as the rasterizer draws them.
    public static func surfaces(_ materials: [Material], _ textures: [Texture], culling: Bool) -> [RaySurface] {
        materials.map { material in
            let sides: SurfaceTraits = culling && !material.doubleSided ? .singleSided : []
            switch material.alpha {
            case .opaque: return RaySurface(sides)
            case .glass: return RaySurface(sides.union(.glass))
            case .mask(let threshold): return RaySurface(sides, mask: mask(material.baseColorTexture, textures, threshold))
            }
        }
    }

    /// nil where there is no texture to cut by.
    private static func mask(_ texture: Int32, _ textures: [Texture], _ threshold: Float) -> OpacityMask? {
        guard textures.indices.contains(Int(texture)) else { return nil }
        let texture = textures[Int(texture)]
        guard texture.image.width > 0, texture.image.height > 0 else { return nil }
        return OpacityMask(
            width: texture.image.width, height: texture.image.height, alpha: texture.image.pixels.map(\.a), repeats: texture.repeats, threshold: threshold)
    }
}
