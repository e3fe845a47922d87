import CSquallKernels
import SquallRaster

/// A clear layer over eight surface points: water on the ground, lacquer on car paint. It mirrors by its own roughness and normal and
/// lets through to what lies below what it does not mirror.
struct ClearLayer8 {
    /// Share of the surface under it; nothing below looks at a layer of share 0.
    var share: Lanes
    /// Reflectance at normal incidence.
    var f0: Float
    /// Perceptual roughness.
    var roughness: Lanes
    var normal: Vector8
    /// Water, which lies level and whose mirror images are drawn afterwards; else lacquer.
    var isWater: Bool

    // Set by `settle`.

    /// Cosine to the view, and share of an even sky that it mirrors towards the eye.
    private(set) var nv = splat(1)
    private(set) var mirrored = splat(0)

    init(share: Lanes, f0: Float, roughness: Lanes, normal: Vector8, isWater: Bool) {
        (self.share, self.f0, self.roughness, self.normal, self.isWater) = (share, f0, roughness, normal, isWater)
    }

    @inline(__always) mutating func settle(view: Vector8, _ table: ReflectanceTable) {
        nv = sqv_max(dot(normal, view), splat(0.02))
        let (a, b) = table.lobe(roughness: roughness, nv: nv)
        mirrored = sqv_fma(splat(f0), a, b) * share
    }

    /// Share of one light's illuminance that it mirrors, as luminance; `h` is the half vector.
    @inline(__always) func glint(_ direction: Vector8, _ h: Vector8, vh: Lanes) -> Lanes {
        let alpha = sqv_max(roughness * roughness, splat(0.002))
        let (nh, nl) = (clamp01(dot(normal, h)), clamp01(dot(normal, direction)))
        let lobe = isWater ? Reflectance.rippled(nh: nh, nl: nl, nv: nv, alpha: alpha) : Reflectance.lobe(nh: nh, nl: nl, nv: nv, alpha: alpha)
        return lobe * Reflectance.schlick(f0, vh) * share
    }
}
