import CSquallKernels
import SquallAssets
import SquallDetail
import SquallRaster

/// From material and place to a surface: textures, normal map, lacquer, water.
extension PhysicalShader {
    @inline(__always) func surface(_ material: ShadeMaterial, _ point: borrowing ShadePoint8) -> Surface8 {
        var base = Color8(material.baseColor)
        if material.baseColorTexture >= 0 { base = base * textures.sample(material.baseColorTexture, point) }
        var (roughness, metallic) = (splat(material.roughness), splat(material.metallic))
        if material.metallicRoughnessTexture >= 0 {
            let sample = textures.sample(material.metallicRoughnessTexture, point)
            roughness = sqv_max(roughness * sample.g, splat(ShadeMaterial.leastRoughness))
            metallic = metallic * sample.b
        }
        let turning = sqv_min(point.normalChange * Self.pixelVariance, splat(Self.mostVariance))
        var (normal, spread) = (point.normal, turning)
        if material.normalTexture >= 0 {
            let texel = textures.sample(material.normalTexture, point)
            normal = bumped(texel, point)
            spread = spread + hiddenBumps(texel)
        }
        if material.detail != .none { ground.apply(material.detail, beside: material.detailColor, point, albedo: &base, roughness: &roughness, normal: &normal) }
        var surface = Surface8(
            albedo: base * (1 - metallic), f0: Color8.mix(Color8(repeating: material.f0), base, metallic), roughness: widened(roughness, spread), normal: normal,
            view: (-point.position).normalized,
            layer: ClearLayer8(
                share: splat(material.clearCoat), f0: 0.04, roughness: widened(splat(material.clearCoatRoughness), turning), normal: point.normal, isWater: false))
        (surface.translucency, surface.fuzz) = (material.translucency, material.fuzz)
        if wet.wetness > 0 { soak(&surface, material.wetting, point) }
        surface.settle(reflectance, bounces: bounces)
        return surface
    }

    /// Variance over a pixel, a square one wide: 1/12 of its side squared; and where widening ends (Tokuyoshi, Kaplanyan 2019). Squared alpha is
    /// twice the variance of slopes along one axis, and `normalChange` the sum over two.
    private static let pixelVariance: Float = 1.0 / 12, mostVariance: Float = 0.18

    /// Perceptual roughness of a lobe over normals that spread in the pixel: squared GGX alphas add up. A curved bumper far away is a
    /// broad highlight then, not a spark that comes and goes.
    @inline(__always) private func widened(_ roughness: Lanes, _ spread: Lanes) -> Lanes {
        let square = roughness * roughness
        return sqv_sqrt(sqv_sqrt(sqv_min(sqv_fma(square, square, spread), splat(1))))
    }

    /// Twice the variance of the normals that a texel of a smaller mip level stands for: what its mean lacks in length (Toksvig 2005).
    /// Below 0.006 it is the 8 bits of the texture.
    @inline(__always) private func hiddenBumps(_ texel: Color8) -> Lanes {
        let (x, y, z) = (sqv_fma(texel.r, splat(2), splat(-1)), sqv_fma(texel.g, splat(2), splat(-1)), sqv_fma(texel.b, splat(2), splat(-1)))
        let length = sqv_sqrt(sqv_fma(x, x, sqv_fma(y, y, z * z)))
        return sqv_min(sqv_max(0.994 - length, splat(0)) * 2, splat(0.5))
    }

    @inline(__always) private func bumped(_ texel: Color8, _ point: borrowing ShadePoint8) -> Vector8 {
        let (x, y) = (sqv_fma(texel.r, splat(2), splat(-1)), sqv_fma(texel.g, splat(2), splat(-1)))
        let z = sqv_sqrt(sqv_max(1 - sqv_fma(x, x, y * y), splat(0.01)))
        // glTF: green points up the picture, against growing v.
        let bitangent = cross(point.normal, point.tangent) * -point.bitangentSign
        return (point.tangent * x + bitangent * y + point.normal * z).normalized
    }

    @inline(__always) private func soak(_ surface: inout Surface8, _ wetting: Material.Wetting, _ point: borrowing ShadePoint8) {
        let wetness = splat(wet.wetness)
        switch wetting {
        case .smooth:
            surface.roughness = mix(surface.roughness, sqv_min(surface.roughness, splat(0.25)), wetness * 0.7)
        case .soft:
            surface.albedo = Color8.mix(surface.albedo, soaked(surface.albedo), wetness * 0.5)
            surface.roughness = mix(surface.roughness, surface.roughness * 0.75, wetness)
        case .porous:
            surface.albedo = Color8.mix(surface.albedo, soaked(surface.albedo), wetness)
            flood(&surface, point)
        }
    }

    @inline(__always) private func soaked(_ a: Color8) -> Color8 { Color8(r: WetSurface.soaked(a.r), g: WetSurface.soaked(a.g), b: WetSurface.soaked(a.b)) }

    /// The film and its pools on level ground.
    @inline(__always) private func flood(_ surface: inout Surface8, _ point: borrowing ShadePoint8) {
        let level = smoothstep(0.8, 0.97, point.normal.z)
        let (cover, pool) = wet.water(at: point.position)
        surface.ownGloss = 1 - cover * level * 0.9
        var water = ClearLayer8(share: cover * level, f0: WetSurface.waterF0, roughness: splat(0), normal: point.normal, isWater: true)
        var slope = splat(0)
        if wet.rainRate > 0 {
            let footprint = point.depth * pixelAngle / sqv_max(surface.nv, splat(0.05))
            let (x, y, strength) = wet.ripples(at: point.position, footprint: footprint)
            let share = pool * 0.7 + 0.3
            water.normal = Vector8(x: point.normal.x - x * share, y: point.normal.y - y * share, z: point.normal.z).normalized
            slope = (1 - strength) * min(0.12, wet.rainRate * 0.004)
        }
        water.roughness = sqv_min(mix(splat(0.3), splat(0.05), pool) + slope, splat(0.5))
        surface.layer = water
    }
}
