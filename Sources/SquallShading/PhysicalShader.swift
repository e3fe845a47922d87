// SquallShading: how surfaces look: materials, light, shadows, sky, air, rain over a rasterized frame.
// Must never know: labels, files, sensors, how instances came to stand where they stand.
import CSquallKernels
import SquallAssets
import SquallMath
import SquallRaster
import SquallWeather

/// Surfaces under natural light, in cd/m2: glTF 2.0 metal-rough with GGX, lit by the sun through its shadow maps, by the sky (diffuse
/// from harmonics of order 2, mirrored from prefiltered tables) and by their own lamps, wet where the weather says so, seen
/// through the air.
///
/// Energy: what the specular lobe reflects is taken from the diffuse one, so a white surface under a uniform sky returns at most
/// what it gets. Immutable during a frame; its tables are kept alive by the frame renderer that made it.
final class PhysicalShader: FrameShader, @unchecked Sendable {
    let materials: UnsafePointer<ShadeMaterial>
    unowned(unsafe) let textures: TextureTable
    unowned(unsafe) let environment: EnvironmentTable
    unowned(unsafe) let shadows: ShadowMaps
    unowned(unsafe) let occlusion: GroundOcclusion
    let sun: SunLight
    let ambient: AmbientHarmonics
    let air: AirColumn
    let wet: WetSurface
    /// Where mirroring water is noted; nil on dry ground.
    unowned(unsafe) let mirror: WetMirror?
    /// Metres per pixel at one metre.
    let pixelAngle: Float

    init(
        materials: UnsafePointer<ShadeMaterial>, textures: TextureTable, environment: EnvironmentTable, shadows: ShadowMaps, occlusion: GroundOcclusion, sun: SunLight,
        ambient: AmbientHarmonics, air: AirColumn, wet: WetSurface, mirror: WetMirror?, pixelAngle: Float
    ) {
        (self.materials, self.textures, self.environment, self.shadows, self.occlusion) = (materials, textures, environment, shadows, occlusion)
        (self.sun, self.ambient, self.air, self.wet, self.mirror, self.pixelAngle) = (sun, ambient, air, wet, mirror, pixelAngle)
    }

    /// What the BRDF works on: one surface after textures, before light.
    struct Surface {
        var albedo: Color8
        var f0: Color8
        var roughness: Lanes
        var normal: Vector8
        var view: Vector8
        var nv: Lanes
        /// Water film over it: share covered, roughness and normal of the water.
        var film: Lanes
        var filmRoughness: Lanes
        var filmNormal: Vector8
    }

    override func shade(_ point: borrowing ShadePoint8) -> Color8 {
        let material = materials[Int(point.material)]
        let surface = surface(material, point)
        var light = lit(surface, point)
        if material.emission != .zero { light = light + emission(material, point) }
        return air.seenThrough(light, position: point.position, depth: point.depth)
    }

    @inline(__always) private func emission(_ material: ShadeMaterial, _ point: borrowing ShadePoint8) -> Color8 {
        let glow = Color8(material.emission)
        return material.emissionTexture >= 0 ? glow * textures.sample(material.emissionTexture, point) : glow
    }

    /// Textures, normal map and water applied.
    @inline(__always) private func surface(_ material: ShadeMaterial, _ point: borrowing ShadePoint8) -> Surface {
        var base = Color8(material.baseColor)
        if material.baseColorTexture >= 0 { base = base * textures.sample(material.baseColorTexture, point) }
        var (roughness, metallic) = (splat(material.roughness), splat(material.metallic))
        if material.metallicRoughnessTexture >= 0 {
            let sample = textures.sample(material.metallicRoughnessTexture, point)
            roughness = sqv_max(roughness * sample.g, splat(0.03))
            metallic = metallic * sample.b
        }
        let view = (-point.position).normalized
        var normal = point.normal
        if material.normalTexture >= 0 { normal = bumped(textures.sample(material.normalTexture, point), point) }
        var surface = Surface(
            albedo: base * (1 - metallic), f0: Color8.mix(Color8(repeating: 0.04), base, metallic), roughness: roughness, normal: normal, view: view,
            nv: sqv_max(dot(normal, view), splat(0.02)), film: splat(0), filmRoughness: splat(0.1), filmNormal: point.normal)
        if wet.wetness > 0 { soak(&surface, material.wetting, point) }
        return surface
    }

    @inline(__always) private func bumped(_ texel: Color8, _ point: borrowing ShadePoint8) -> Vector8 {
        let (x, y) = (sqv_fma(texel.r, splat(2), splat(-1)), sqv_fma(texel.g, splat(2), splat(-1)))
        let z = sqv_sqrt(sqv_max(1 - sqv_fma(x, x, y * y), splat(0.01)))
        // glTF: green points up the picture, against growing v.
        let bitangent = cross(point.normal, point.tangent) * -point.bitangentSign
        return (point.tangent * x + bitangent * y + point.normal * z).normalized
    }

    @inline(__always) private func soak(_ surface: inout Surface, _ wetting: Material.Wetting, _ point: borrowing ShadePoint8) {
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
    @inline(__always) private func flood(_ surface: inout Surface, _ point: borrowing ShadePoint8) {
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

    /// Sun, sky and mirrored surroundings.
    @inline(__always) private func lit(_ s: Surface, _ point: borrowing ShadePoint8) -> Color8 {
        let open = occlusion.visibility(point.position)
        let (scale, bias) = Reflectance.environmentWeights(roughness: s.roughness, nv: s.nv)
        let again = (1 - scale - bias) / sqv_max(scale + bias, splat(0.05))
        let specular = Reflectance.albedo(f0: s.f0, scale: scale, bias: bias, again: again)
        let diffuse = s.albedo * (Color8(repeating: 1) - specular)
        var irradiance = ambient.illuminance(s.normal) * open
        var mirrored = environment.reflection(s.view.reflected(about: s.normal), roughness: s.roughness) * specular * sqv_fma(open, splat(0.8), splat(0.2))
        let bare = 1 - s.film * 0.9   // under water the ground's own gloss is index-matched away
        mirrored = mirrored * bare
        var film = Color8(repeating: 0)
        var filmShare = splat(0)
        if sqv_bits(sqv_less(splat(0), s.film)) != 0 {
            let nv = sqv_max(dot(s.filmNormal, s.view), splat(0.02))
            let weights = Reflectance.environmentWeights(roughness: s.filmRoughness, nv: nv)
            filmShare = sqv_fma(splat(WetSurface.waterF0), weights.scale, weights.bias) * s.film
            film = environment.blendedReflection(skyward(s.view.reflected(about: s.filmNormal)), roughness: s.filmRoughness) * (filmShare * sqv_fma(open, splat(0.9), splat(0.1)))
            if let mirror { mirror.note(point, share: reach(point, filmShare * sqv_fma(open, splat(0.9), splat(0.1)))) }
        }
        if sun.isUp {
            let nl = dot(s.normal, sun.direction)
            let facing = sqv_less(splat(0), nl) & sqv_less(splat(0), dot(point.geometricNormal, sun.direction)) & point.active
            if sqv_bits(facing) != 0 {
                let reach = sqv_select(facing, shadows.visibility(point.position, normal: point.geometricNormal, active: facing), splat(0))
                let sunlight = Color8(sun.illuminance) * (reach * terminator(point))
                irradiance = irradiance + sunlight * sqv_max(nl, splat(0))
                let alpha = sqv_max(s.roughness * s.roughness, splat(0.004))
                mirrored = mirrored + sunlight * Reflectance.specular(
                    normal: s.normal, view: s.view, light: sun.direction, nl: clamp01(nl), nv: s.nv, alpha: alpha, f0: s.f0) * bare
                if sqv_bits(sqv_less(splat(0), s.film)) != 0 {
                    let filmNL = clamp01(dot(s.filmNormal, sun.direction)), filmNV = sqv_max(dot(s.filmNormal, s.view), splat(0.02))
                    film = film + sunlight * Reflectance.specular(
                        normal: s.filmNormal, view: s.view, light: sun.direction, nl: filmNL, nv: filmNV, alpha: s.filmRoughness * s.filmRoughness,
                        f0: Color8(repeating: WetSurface.waterF0)) * s.film
                }
            }
        }
        return (diffuse * irradiance * Float.inverseOfPi + mirrored) * (1 - filmShare) + film
    }

    /// Share of the sun's light left where a smooth normal leans to the sun over a flat triangle that hardly does: falls to nothing
    /// where the triangle turns away, so that its edge does not show (Chiang, Li, Burley 2019).
    @inline(__always) private func terminator(_ point: borrowing ShadePoint8) -> Lanes {
        let flat = dot(point.geometricNormal, sun.direction), agreement = dot(point.geometricNormal, point.normal)
        let g = clamp01(flat / sqv_max(dot(point.normal, sun.direction) * agreement, splat(1e-4)))
        return g * sqv_fma(g, 1 - g, splat(1))
    }

    /// What the air leaves of light from a point.
    @inline(__always) private func reach(_ point: borrowing ShadePoint8, _ light: Lanes) -> Lanes {
        let distance = sqv_sqrt(dot(point.position, point.position))
        return light * sqv_exp(-air.opticalDepth(distance: distance, climb: point.position.z, depth: point.depth))
    }

    /// Rings tilt mirror directions below the horizon at grazing angles; water there reflects what lies on the horizon.
    @inline(__always) private func skyward(_ d: Vector8) -> Vector8 { Vector8(x: d.x, y: d.y, z: sqv_abs(d.z)) }

    /// A pane mirrors at both faces, `2 R / (1 + R)` of the light, and dims what passes the more the flatter it passes: a path of
    /// `1 / cos` of the refracted angle through glass of index 1.52 (Bouguer's law).
    override func glass(_ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8) {
        let material = materials[Int(point.material)]
        let view = (-point.position).normalized
        let nv = sqv_max(sqv_abs(dot(point.normal, view)), splat(0.02))
        let face = Reflectance.schlick(0.043, nv)
        let fresnel = face * 2 / (1 + face)
        let refracted = sqv_sqrt(1 - (1 - sqv_min(nv * nv, splat(1))) * (1 / (1.52 * 1.52)))
        let dimmed = sqv_exp2(sqv_log2(splat(max(material.transmission, 1e-4))) / refracted)
        let mirror = environment.reflection(view.reflected(about: point.normal), roughness: splat(material.roughness)) * fresnel
        let body = ambient.illuminance(point.normal) * Color8(material.baseColor) * (Float.inverseOfPi * (1 - material.transmission))
        var added = mirror + body
        if sun.isUp {
            let nl = clamp01(dot(point.normal, sun.direction))
            let reach = shadows.visibility(point.position, normal: point.geometricNormal, active: point.active)
            added = added + Color8(sun.illuminance) * reach * Reflectance.specular(
                normal: point.normal, view: view, light: sun.direction, nl: nl, nv: nv, alpha: splat(0.004), f0: Color8(repeating: 0.043))
        }
        let distance = sqv_sqrt(dot(point.position, point.position))
        let t = sqv_exp(-air.opticalDepth(distance: distance, climb: point.position.z, depth: point.depth))
        // What lies behind already carries its own airlight; the pane's own light alone is dimmed by the air before it.
        let through = (1 - fresnel) * dimmed
        let haze = air.airlight(point.position) * ((1 - t) * (1 - through))
        return (added * t + haze, Color8(r: through, g: through, b: through))
    }

    override func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8 {
        var light = environment.skyLuminance(direction)
        if sun.isUp { light = light + sun.disc(direction, pixelAngle: pixelAngle) }
        return Color8.mix(air.airlight(direction), light, air.skyTransmittance(direction.z))
    }
}

extension Color8 {
    @inline(__always) static func * (a: Color8, s: Float) -> Color8 { Color8(r: a.r * s, g: a.g * s, b: a.b * s) }
}

extension Float {
    static let inverseOfPi: Float = 0.318_309_886
}
