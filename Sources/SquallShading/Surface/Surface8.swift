import CSquallKernels
import SquallRaster

/// Eight surface points after textures and water, before light: what the reflectance model works on.
///
/// Every source of light asks the same two questions: `lit(by:_:)` for a small or distant source, `lit(bySky:mirrored:film:)` for light
/// from all sides. Both are linear in the light, so sources add up. Directions are unit vectors in the world's axes.
struct Surface8 {
    /// Diffuse reflectance and mirror reflectance at normal incidence, linear.
    var albedo: Color8
    var f0: Color8
    /// Perceptual roughness, the square root of GGX's alpha.
    var roughness: Lanes
    var normal: Vector8
    /// Towards the eye, and its cosine to the normal, at least 0.02.
    var view: Vector8
    var nv: Lanes
    /// Water over it: share covered, roughness and normal of the water.
    var film = splat(0)
    var filmRoughness = splat(0.1)
    var filmNormal: Vector8

    // Set by `settle`.

    /// Reflected share of an even sky by the surface itself: mirrored, and diffuse.
    private(set) var specular = Color8(repeating: 0)
    private(set) var diffuse = Color8(repeating: 0)
    /// Share of the light that water mirrors towards the eye, and its cosine to the view.
    private(set) var filmShare = splat(0)
    private(set) var filmNV = splat(1)
    /// Whether any of the eight points is under water.
    private(set) var isWet = false

    init(albedo: Color8, f0: Color8, roughness: Lanes, normal: Vector8, view: Vector8, filmNormal: Vector8) {
        (self.albedo, self.f0, self.roughness) = (albedo, f0, roughness)
        (self.normal, self.view, self.filmNormal) = (normal, view, filmNormal)
        nv = sqv_max(dot(normal, view), splat(0.02))
    }

    /// Works out what every light needs; to be called once, when the rest is known.
    ///
    /// Energy: what the specular lobe reflects is taken from the diffuse one, so a white surface under a uniform sky returns what it gets.
    @inline(__always) mutating func settle() {
        let (scale, bias) = Reflectance.environmentWeights(roughness: roughness, nv: nv)
        let again = (1 - scale - bias) / sqv_max(scale + bias, splat(0.05))
        specular = Reflectance.albedo(f0: f0, scale: scale, bias: bias, again: again)
        diffuse = albedo * (Color8(repeating: 1) - specular)
        isWet = sqv_bits(sqv_less(splat(0), film)) != 0
        if isWet {
            filmNV = sqv_max(dot(filmNormal, view), splat(0.02))
            let weights = Reflectance.environmentWeights(roughness: filmRoughness, nv: filmNV)
            filmShare = sqv_fma(splat(WetSurface.waterF0), weights.scale, weights.bias) * film
        }
    }

    /// Under water the ground's own gloss is index-matched away.
    @inline(__always) private var bare: Lanes { 1 - film * 0.9 }

    /// Luminance towards the eye, cd/m2, from one small or distant source.
    /// - Parameters:
    ///   - direction: towards the light.
    ///   - illuminance: lux on a plane that faces the light, as much as shadows leave of it.
    @inline(__always) func lit(by direction: Vector8, _ illuminance: Color8) -> Color8 {
        let nl = clamp01(dot(normal, direction))
        let alpha = sqv_max(roughness * roughness, splat(0.004))
        let gloss = Reflectance.specular(normal: normal, view: view, light: direction, nl: nl, nv: nv, alpha: alpha, f0: f0)
        let body = diffuse * (nl * Float.inverseOfPi) + gloss * bare
        if !isWet { return illuminance * body }
        let film = Reflectance.specular(
            normal: filmNormal, view: view, light: direction, nl: clamp01(dot(filmNormal, direction)), nv: filmNV, alpha: filmRoughness * filmRoughness,
            f0: Color8(repeating: WetSurface.waterF0)) * self.film
        return illuminance * (body * (1 - filmShare) + film)
    }

    /// Luminance towards the eye, cd/m2, from all around.
    /// - Parameters:
    ///   - illuminance: lux on the surface, turned as its normal.
    ///   - mirrored: mean luminance that the surface's lobe mirrors towards the eye.
    ///   - film: mean luminance that the water mirrors; not looked at on dry ground.
    @inline(__always) func lit(bySky illuminance: Color8, mirrored: Color8, film: Color8) -> Color8 {
        let body = diffuse * illuminance * Float.inverseOfPi + mirrored * specular * bare
        return isWet ? body * (1 - filmShare) + film * filmShare : body
    }
}

extension Color8 {
    @inline(__always) static func * (a: Color8, s: Float) -> Color8 { Color8(r: a.r * s, g: a.g * s, b: a.b * s) }
}

extension Float {
    static let inverseOfPi: Float = 0.318_309_886
}
