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
    /// Any of these lamps makes the emission shine; 0 shines always.
    var lamps: UInt64
    /// The lens of a head lamp, whose brightness its beam decides.
    var isHeadlamp: Bool
    /// Coefficient of retroreflection over the base colour's luminance, cd/lx/m2: R_A of sheeting, R_L of beads; zero for none.
    var retroreflectance: Float
    var isBeaded: Bool

    static let beams = LampSet([.dippedBeam, .mainBeam]).rawValue

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
        isHeadlamp = material.lamp == .dippedBeam || material.lamp == .mainBeam
        // Behind the lens of the dipped beam shine position lamp and, where it has no lens of its own, the main beam.
        lamps = material.lamp == .dippedBeam ? LampSet([.dippedBeam, .mainBeam, .position]).rawValue : material.lampSet.rawValue
        if isHeadlamp { emission = emission / max(Self.luminance(emission), 1e-6) }
        isBeaded = material.retroreflector == .beads
        retroreflectance = Self.retroreflectance(material)
        (detail, detailColor) = (material.detail, material.detailColor)
    }

    /// Whether the surface shows recognisable mirror images, which deserve finer look-ups.
    var isGlossy: Bool { metallic > 0.1 || metallicRoughnessTexture >= 0 || roughness < 0.4 }

    /// What the material is given, else the gain over a matt surface; the share of beads is that at grazing 88.76 degrees.
    private static func retroreflectance(_ material: Material) -> Float {
        if let given = material.retroreflectance { return given / max(luminance(material.baseColor), 1e-3) }
        guard material.retroreflection > 2 else { return 0 }
        return material.retroreflection * Float.inverseOfPi * (material.retroreflector == .beads ? 0.0216 : 1)
    }

    private static func luminance(_ color: SIMD3<Float>) -> Float { 0.2126 * color.x + 0.7152 * color.y + 0.0722 * color.z }
}
