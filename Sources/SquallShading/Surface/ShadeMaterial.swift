import SquallAssets
import SquallMath

/// A `Material` as the shader reads it: plain numbers, nothing optional.
struct ShadeMaterial {
    var baseColor: SIMD3<Float>
    var metallic: Float
    var roughness: Float
    /// Reflectance of the dielectric part at normal incidence.
    var f0: Float
    var clearCoat: Float
    var clearCoatRoughness: Float
    var translucency: Float
    var fuzz: Float
    var emission: SIMD3<Float>
    /// Share of light a pane lets through at normal incidence; 0 for everything that is not glass.
    var transmission: Float
    var baseColorTexture: Int32
    var normalTexture: Int32
    var metallicRoughnessTexture: Int32
    var emissionTexture: Int32
    var wetting: Material.Wetting
    var detail: SurfaceDetail
    /// The other colour that detail mixes in.
    var detailColor: SIMD3<Float>

    /// Smoother than this no surface is.
    static let leastRoughness: Float = 0.03

    init(_ material: Material) {
        (baseColor, metallic, emission) = (material.baseColor, material.metallic, material.emission)
        roughness = min(1, max(Self.leastRoughness, material.roughness))
        f0 = min(1, max(0, material.f0))
        clearCoat = min(1, max(0, material.clearCoat))
        clearCoatRoughness = min(1, max(Self.leastRoughness, material.clearCoatRoughness))
        translucency = min(1, max(0, material.translucency))
        fuzz = min(1, max(0, material.fuzz))
        if case .glass(let share) = material.alpha { transmission = share } else { transmission = 0 }
        baseColorTexture = material.baseColorTexture
        normalTexture = material.normalTexture
        metallicRoughnessTexture = material.metallicRoughnessTexture
        emissionTexture = material.emissionTexture
        wetting = material.wetting
        (detail, detailColor) = (material.detail, material.detailColor)
    }

    /// Whether the surface shows recognisable mirror images, which deserve finer look-ups.
    var isGlossy: Bool { metallic > 0.1 || metallicRoughnessTexture >= 0 || roughness < 0.4 }
}
