import SquallAssets
import SquallMath

/// A `Material` as the shader reads it: plain numbers, nothing optional.
struct ShadeMaterial {
    var baseColor: SIMD3<Float>
    var metallic: Float
    var roughness: Float
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

    /// Glossy dielectrics (paint, plastic) count as lacquered: below this roughness their highlight is that of a clear coat.
    static let lacquerLimit: Float = 0.35

    init(_ material: Material) {
        baseColor = material.baseColor
        metallic = material.metallic
        let lacquered = material.metallic < 0.3 && material.roughness < Self.lacquerLimit && material.metallicRoughnessTexture < 0
        roughness = min(1, max(0.03, lacquered ? material.roughness * 0.2 : material.roughness))
        emission = material.emission
        if case .glass(let share) = material.alpha { transmission = share } else { transmission = 0 }
        baseColorTexture = material.baseColorTexture
        normalTexture = material.normalTexture
        metallicRoughnessTexture = material.metallicRoughnessTexture
        emissionTexture = material.emissionTexture
        wetting = material.wetting
        (detail, detailColor) = (material.detail, material.detailColor)
    }
}
