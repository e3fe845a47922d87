import CSquallKernels
import SquallRaster

/// Microfacet reflection in the sense of glTF 2.0: GGX distribution, height-correlated Smith masking, Schlick's Fresnel.
enum Reflectance {
    /// Specular reflection of a distant source times the cosine: `D V F (n.l)`, per unit illuminance facing the source.
    ///
    /// `alpha` is the squared perceptual roughness. Walter et al. 2007; Heitz 2014 (height-correlated `V = G / (4 n.l n.v)`).
    @inline(__always) static func specular(
        normal n: Vector8, view v: Vector8, light l: Vector8, nl: Lanes, nv: Lanes, alpha: Lanes, f0: Color8
    ) -> Color8 {
        let h = (v + l).normalized
        let nh = clamp01(dot(n, h)), vh = clamp01(dot(v, h))
        let a2 = alpha * alpha
        let q = sqv_fma(nh * nh, a2 - 1, splat(1))
        let d = a2 * Float(1 / Double.pi) / sqv_max(q * q, splat(1e-12))
        let vis = 0.5 / sqv_max(nl * sqv_sqrt(sqv_fma(nv * nv, 1 - a2, a2)) + nv * sqv_sqrt(sqv_fma(nl * nl, 1 - a2, a2)), splat(1e-6))
        let scale = d * vis * nl
        let fresnel = fifthPower(1 - vh)
        return Color8(
            r: sqv_fma(1 - f0.r, fresnel, f0.r) * scale, g: sqv_fma(1 - f0.g, fresnel, f0.g) * scale, b: sqv_fma(1 - f0.b, fresnel, f0.b) * scale)
    }

    @inline(__always) static func fifthPower(_ x: Lanes) -> Lanes {
        let x2 = x * x
        return x2 * x2 * x
    }

    /// Schlick 1994 for a dielectric.
    @inline(__always) static func schlick(_ f0: Float, _ cosine: Lanes) -> Lanes { sqv_fma(splat(1 - f0), fifthPower(1 - cosine), splat(f0)) }

    /// Directional albedo of the GGX lobe under a uniform sky: scale and bias on F0 (Karis 2014's analytic fit).
    @inline(__always) static func environmentWeights(roughness r: Lanes, nv: Lanes) -> (scale: Lanes, bias: Lanes) {
        let x = 1 - r
        let y = sqv_fma(r, splat(-0.0275), splat(0.0425)), z = sqv_fma(r, splat(-0.572), splat(1.04)), w = sqv_fma(r, splat(0.022), splat(-0.04))
        let a = sqv_fma(sqv_min(x * x, sqv_exp2(nv * -9.28)), x, y)
        return (clamp01(sqv_fma(a, splat(-1.04), z)), clamp01(sqv_fma(a, splat(1.04), w)))
    }

    /// What the lobe reflects of a uniform sky, light that bounces between its facets included: `(F0 A + B)(1 + F0 again)` with
    /// `again = (1 - A - B) / (A + B)` (Fdez-Aguera 2019, simplified), so a perfect mirror loses nothing at any roughness.
    @inline(__always) static func albedo(f0: Color8, scale: Lanes, bias: Lanes, again: Lanes) -> Color8 {
        let channel = { (f: Lanes) -> Lanes in sqv_fma(f, scale, bias) * sqv_fma(f, again, splat(1)) }
        return Color8(r: channel(f0.r), g: channel(f0.g), b: channel(f0.b))
    }
}
