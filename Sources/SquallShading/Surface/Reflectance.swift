import CSquallKernels
import SquallRaster

/// Microfacet reflection in the sense of glTF 2.0: GGX distribution, height-correlated Smith masking, Schlick's Fresnel.
enum Reflectance {
    /// `D V (n.l)` of one light, per unit illuminance facing it: the lobe without its Fresnel factor.
    ///
    /// `alpha` is the squared perceptual roughness. Walter et al. 2007; Heitz 2014 (height-correlated `V = G / (4 n.l n.v)`).
    @inline(__always) static func lobe(nh: Lanes, nl: Lanes, nv: Lanes, alpha: Lanes) -> Lanes {
        let a2 = alpha * alpha
        let q = sqv_fma(nh * nh, a2 - 1, splat(1))
        let d = a2 * Float(1 / Double.pi) / sqv_max(q * q, splat(1e-12))
        return d * visibility(nl: nl, nv: nv, square: a2) * nl
    }

    /// As `lobe` for water: its slopes are Gaussian (Cox, Munk 1954; the distribution of Beckmann), with the variance `alpha^2` of the slope.
    ///
    /// GGX has tails for the scratches of solid surfaces; behind a lamp at grazing incidence they would make a broad veil of what is a narrow streak.
    @inline(__always) static func rippled(nh: Lanes, nl: Lanes, nv: Lanes, alpha: Lanes) -> Lanes {
        let a2 = alpha * alpha, c2 = sqv_max(nh * nh, splat(1e-4))
        let d = sqv_exp((c2 - 1) / (c2 * a2)) * Float(1 / Double.pi) / (a2 * c2 * c2)
        return d * visibility(nl: nl, nv: nv, square: a2) * nl
    }

    /// `G / (4 n.l n.v)`.
    @inline(__always) private static func visibility(nl: Lanes, nv: Lanes, square a2: Lanes) -> Lanes {
        0.5 / sqv_max(nl * sqv_sqrt(sqv_fma(nv * nv, 1 - a2, a2)) + nv * sqv_sqrt(sqv_fma(nl * nl, 1 - a2, a2)), splat(1e-6))
    }

    /// Specular reflection of a distant source times the cosine: `D V F (n.l)`, per unit illuminance facing the source.
    @inline(__always) static func specular(
        normal n: Vector8, view v: Vector8, light l: Vector8, nl: Lanes, nv: Lanes, alpha: Lanes, f0: Color8
    ) -> Color8 {
        let h = (v + l).normalized
        return schlick(f0, clamp01(dot(v, h))) * lobe(nh: clamp01(dot(n, h)), nl: nl, nv: nv, alpha: alpha)
    }

    @inline(__always) static func fifthPower(_ x: Lanes) -> Lanes {
        let x2 = x * x
        return x2 * x2 * x
    }

    /// Schlick 1994.
    @inline(__always) static func schlick(_ f0: Float, _ cosine: Lanes) -> Lanes { sqv_fma(splat(1 - f0), fifthPower(1 - cosine), splat(f0)) }
    @inline(__always) static func schlick(_ f0: Color8, _ cosine: Lanes) -> Color8 {
        let p = fifthPower(1 - cosine)
        return Color8(r: sqv_fma(1 - f0.r, p, f0.r), g: sqv_fma(1 - f0.g, p, f0.g), b: sqv_fma(1 - f0.b, p, f0.b))
    }

    /// What of one light gets below the gloss to the diffuse body, against what gets there of an even sky: `(1 - E(l)) / (1 - mean E)`
    /// of the lobe of a dielectric, so that the body is reciprocal and exact under an even sky (Ashikhmin, Shirley 2000, with the
    /// directional albedo of the rough lobe). Within 1 % as `1 + b / 21 - b (1 - n.l)^5`, whose cosine mean is one; `b` is a fit.
    @inline(__always) static func entering(nl: Lanes, falloff b: Lanes) -> Lanes { sqv_fma(b, 1 / 21 - fifthPower(1 - nl), splat(1)) }

    /// The `b` of `entering` for a perceptual roughness.
    @inline(__always) static func falloff(roughness r: Lanes) -> Lanes {
        let high = sqv_fma(r, sqv_fma(r, splat(12.3679), splat(-38.8865)), splat(44.6555))
        return sqv_fma(r, sqv_fma(r, sqv_fma(r, high, splat(-21.0027)), splat(1.9413)), splat(1.002))
    }

    /// Where a rough lobe looks in the mean: the rougher, the more its masking turns it from the mirror direction to the normal
    /// (Lagarde, de Rousiers 2014). With `1 - r^2` of the mirror direction the prefiltered mean is within 2 to 7 % of the integral over
    /// clear and overcast skies at roughness 0.25 to 1; straight along the mirror direction it is 20 % too dark. Unit length.
    @inline(__always) static func dominant(_ mirrored: Vector8, normal: Vector8, roughness: Lanes) -> Vector8 {
        (normal + (mirrored + (-normal)) * (1 - roughness * roughness)).normalized
    }

    /// Fuzz: fibres that stand off the surface (Estevez, Kulla 2017, with alpha 1/2 and Neubelt's visibility), times the cosine.
    @inline(__always) static func fuzz(nh: Lanes, nl: Lanes, nv: Lanes) -> Lanes {
        (1 - nh * nh) * nl * Float(0.5 / Double.pi) / sqv_max(nl + nv - nl * nv, splat(1e-4))
    }

    /// Share of an even sky that `fuzz` sends to the eye; a fit to its integral, within 0.013.
    @inline(__always) static func fuzzAlbedo(nv: Lanes) -> Lanes {
        let x = 1 - nv
        return sqv_fma(fifthPower(x), splat(0.265), sqv_fma(x, splat(0.3627), splat(0.0767)))
    }
}
