import CSquallKernels
import SquallRaster

/// Eight surface points after textures and water, before light: what the reflectance model works on.
///
/// Every source of light asks the same two questions: `lit(by:_:)` for a small or distant source, `lit(bySky:)` for light
/// from all sides. Both are linear in the light, so sources add up. Directions are unit vectors in the world's axes.
///
/// From below: a diffuse body (part of it let through where the sheet is thin), fuzz on it, a GGX lobe, a clear layer. What each
/// mirrors of an even sky is taken from what lies below, and the GGX lobe gets back what bounces again between its facets, so that a
/// white surface under an even sky returns just what it gets, whatever it is made of.
struct Surface8 {
    /// Diffuse reflectance and mirror reflectance at normal incidence, linear.
    var albedo: Color8
    var f0: Color8
    /// Perceptual roughness, the square root of GGX's alpha.
    var roughness: Lanes
    var normal: Vector8
    /// Towards the eye, and its cosine to the normal, at least 0.02.
    let view: Vector8
    private(set) var nv: Lanes
    /// Share of the body's light that leaves on the other side, 0...1.
    var translucency: Float = 0
    /// Amount of fuzz, 0...1.
    var fuzz: Float = 0
    /// Share of the surface's own gloss that is left, 0...1: under water it is index-matched away.
    var ownGloss = splat(1)
    /// Water or lacquer; `hasLayer` says whether any of the eight points is under it.
    var layer: ClearLayer8
    private(set) var hasLayer = false

    // Set by `settle`.

    /// Reflected share of an even sky by the surface itself: mirrored, diffuse, fuzz.
    private(set) var specular = Color8(repeating: 0)
    private(set) var diffuse = Color8(repeating: 0)
    private(set) var fuzzColor = Color8(repeating: 0)
    /// Factor of the single bounce that stands for all bounces.
    private var gain = Color8(repeating: 1)
    private var falloff = splat(0)

    init(albedo: Color8, f0: Color8, roughness: Lanes, normal: Vector8, view: Vector8, layer: ClearLayer8) {
        (self.albedo, self.f0, self.roughness) = (albedo, f0, roughness)
        (self.normal, self.view, self.layer) = (normal, view, layer)
        nv = sqv_max(dot(normal, view), splat(0.02))
    }

    /// Works out what every light needs; to be called once, when the rest is known.
    /// - Parameter bounces: whether light that bounces between facets counts (Turquin 2019): `1 + F0 (1 - E) / E` times one bounce,
    ///   with `E` the share a perfect mirror of that roughness keeps in one.
    @inline(__always) mutating func settle(_ table: ReflectanceTable, bounces: Bool) {
        let (a, b) = table.lobe(roughness: roughness, nv: nv)
        specular = Color8(r: sqv_fma(f0.r, a, b), g: sqv_fma(f0.g, a, b), b: sqv_fma(f0.b, a, b))
        if bounces {
            let again = (1 - a - b) / (a + b)
            gain = Color8(r: sqv_fma(f0.r, again, splat(1)), g: sqv_fma(f0.g, again, splat(1)), b: sqv_fma(f0.b, again, splat(1)))
            specular = specular * gain
        }
        diffuse = albedo * (Color8(repeating: 1) - specular)
        falloff = Reflectance.falloff(roughness: roughness)
        if fuzz > 0 {
            // Light scattered among fibres has met them more than once: paler than the cloth.
            let pale = Color8(r: sqv_sqrt(albedo.r), g: sqv_sqrt(albedo.g), b: sqv_sqrt(albedo.b)) * fuzz
            diffuse = diffuse * (Color8(repeating: 1) - pale * Reflectance.fuzzAlbedo(nv: nv))
            fuzzColor = pale * (Color8(repeating: 1) - specular)
        }
        hasLayer = sqv_bits(sqv_less(splat(0), layer.share)) != 0
        if hasLayer { layer.settle(view: view, table) }
    }

    /// Luminance towards the eye, cd/m2, from one small or distant source.
    /// - Parameters:
    ///   - direction: towards the light, in front of the surface or, for thin sheets, behind it.
    ///   - illuminance: lux on a plane that faces the light, as much as shadows leave of it.
    @inline(__always) func lit(by direction: Vector8, _ illuminance: Color8) -> Color8 {
        let cosine = dot(normal, direction)
        let nl = clamp01(cosine)
        let h = (view + direction).normalized
        let nh = clamp01(dot(normal, h)), vh = clamp01(dot(view, h))
        let alpha = sqv_max(roughness * roughness, splat(0.002))
        let gloss = Reflectance.schlick(f0, vh) * gain * (Reflectance.lobe(nh: nh, nl: nl, nv: nv, alpha: alpha) * ownGloss)
        var share = nl * Reflectance.entering(nl: nl, falloff: falloff)
        if translucency > 0 {
            let behind = clamp01(-cosine)
            share = mix(share, behind * Reflectance.entering(nl: behind, falloff: falloff), splat(translucency))
        }
        var body = diffuse * (share * Float.inverseOfPi) + gloss
        if fuzz > 0 { body = body + fuzzColor * Reflectance.fuzz(nh: nh, nl: nl, nv: nv) }
        if hasLayer {
            let glint = layer.glint(direction, h, vh: vh)
            body = body * (1 - layer.mirrored) + Color8(r: glint, g: glint, b: glint)
        }
        return illuminance * body
    }

    /// Light from all around, as it meets the surface.
    struct Surroundings {
        /// Lux on the surface, and on its other side; the latter is looked at on thin sheets only.
        var illuminance: Color8
        var behind = Color8(repeating: 0)
        /// Mean luminance that the surface's lobe mirrors towards the eye, and the layer's; the latter is looked at under one only.
        var mirrored: Color8
        var layer = Color8(repeating: 0)
    }

    /// Luminance towards the eye, cd/m2, from all around.
    @inline(__always) func lit(bySky sky: Surroundings) -> Color8 {
        var illuminance = sky.illuminance
        if translucency > 0 { illuminance = Color8.mix(illuminance, sky.behind, splat(translucency)) }
        var body = diffuse * illuminance * Float.inverseOfPi + sky.mirrored * specular * ownGloss
        if fuzz > 0 { body = body + fuzzColor * sky.illuminance * (Reflectance.fuzzAlbedo(nv: nv) * Float.inverseOfPi) }
        return hasLayer ? body * (1 - layer.mirrored) + sky.layer * layer.mirrored : body
    }
}

extension Color8 {
    @inline(__always) static func * (a: Color8, s: Float) -> Color8 { Color8(r: a.r * s, g: a.g * s, b: a.b * s) }
}

extension Float {
    static let inverseOfPi: Float = 0.318_309_886
}
