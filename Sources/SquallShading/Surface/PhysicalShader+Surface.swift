import CSquallKernels
import SquallAssets
import SquallRaster

/// From material and place to a surface: textures, normal map, water.
extension PhysicalShader {
    @inline(__always) func surface(_ material: ShadeMaterial, _ point: borrowing ShadePoint8) -> Surface8 {
        var base = Color8(material.baseColor)
        if material.baseColorTexture >= 0 { base = base * textures.sample(material.baseColorTexture, point) }
        var (roughness, metallic) = (splat(material.roughness), splat(material.metallic))
        if material.metallicRoughnessTexture >= 0 {
            let sample = textures.sample(material.metallicRoughnessTexture, point)
            roughness = sqv_max(roughness * sample.g, splat(0.03))
            metallic = metallic * sample.b
        }
        var normal = point.normal
        if material.normalTexture >= 0 { normal = bumped(textures.sample(material.normalTexture, point), point) }
        if material.detail != .none { ground.apply(material, point, albedo: &base, roughness: &roughness, normal: &normal) }
        var surface = Surface8(
            albedo: base * (1 - metallic), f0: Color8.mix(Color8(repeating: 0.04), base, metallic), roughness: roughness, normal: normal,
            view: (-point.position).normalized, filmNormal: point.normal)
        if wet.wetness > 0 { soak(&surface, material.wetting, point) }
        surface.settle()
        return surface
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
        surface.film = cover * level
        var slope = splat(0)
        if wet.rainRate > 0 {
            let footprint = point.depth * pixelAngle / sqv_max(surface.nv, splat(0.05))
            let (x, y, strength) = wet.ripples(at: point.position, footprint: footprint)
            let share = pool * 0.7 + 0.3
            surface.filmNormal = Vector8(x: point.normal.x - x * share, y: point.normal.y - y * share, z: point.normal.z).normalized
            slope = (1 - strength) * min(0.12, wet.rainRate * 0.004)
        }
        surface.filmRoughness = sqv_min(mix(splat(0.3), splat(0.05), pool) + slope, splat(0.5))
    }
}
