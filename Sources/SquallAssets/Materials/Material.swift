// SquallAssets: shapes and surfaces, procedural or read from glTF.
// Must never know: where things stand, the scene language, how pixels or returns are made.
import SquallFrames
import SquallMath

/// A metal-rough surface in the sense of glTF 2.0, plus what weather and lidar need.
public struct Material: Sendable, Equatable {
    public enum Alpha: Sendable, Equatable {
        case opaque
        /// Cut out below the threshold.
        case mask(Float)
        /// Seen through: writes ids and depth, colour passes with this transmission.
        case glass(transmission: Float)
    }
    /// How rain changes the surface.
    public enum Wetting: UInt8, Sendable, Equatable {
        /// Paint, glass, metal: a film without darkening.
        case smooth
        /// Asphalt, concrete, soil: pores darken, film forms puddles.
        case porous
        /// Leaves, cloth: darkens a little, no film.
        case soft
    }
    /// What sends light back to its source.
    public enum Retroreflector: UInt8, Sendable, Equatable {
        /// Prisms or lenses behind a flat face: signs, number plates, lamp reflectors, tape.
        case sheeting
        /// Glass beads half sunk in paint: road markings, made for grazing light.
        case beads
    }
    public var name: String
    /// Linear, sRGB primaries.
    public var baseColor: Vec3f
    public var metallic: Float
    public var roughness: Float
    /// cd/m2, linear.
    public var emission: Vec3f
    public var alpha: Alpha
    public var doubleSided: Bool
    /// Indices into the world's textures, -1 for none.
    public var baseColorTexture: Int32
    public var normalTexture: Int32
    public var metallicRoughnessTexture: Int32
    public var emissionTexture: Int32
    /// Diffuse reflectance at 905 nm.
    public var reflectance905: Float
    /// Share of a beam at 905 nm that one pane of glass lets through; nil as for light.
    public var transmission905: Float?
    /// Gain over a Lambertian surface towards the source, 1 for none: sheeting at normal incidence, 1e2...1e3 for signs and plates; beads
    /// at the grazing light of head lamps (EN 1436), 30 or so.
    public var retroreflection: Float
    public var retroreflector: Retroreflector
    public var wetting: Wetting
    /// Reflectance of the surface at normal incidence where it is not metallic: `((n - 1) / (n + 1))^2`, 0.04 for index 1.5.
    public var f0: Float = 0.04
    /// Clear lacquer over the base (car paint): share covered, 0...1, and its roughness.
    public var clearCoat: Float = 0
    public var clearCoatRoughness: Float = 0.03
    /// Share of the light that a thin sheet (leaf, paper, flag) lets out diffusely on its far side.
    public var translucency: Float = 0
    /// Pale fuzz of cloth, fur and moss seen at grazing angles, 0...1.
    public var fuzz: Float = 0
    /// What the shader works into the surface beyond its textures.
    public var detail: SurfaceDetail = .none
    /// The other colour that some detail mixes in: the pavement under worn road paint.
    public var detailColor: Vec3f = .zero
    /// The lamp of the carrier that makes `emission` shine; nil shines always.
    public var lamp: LampFunction?
    /// Which panes light up together, for windows; see `LampSet.windows`.
    public var lampGroup: UInt8 = 0
    /// Coefficient of retroreflection to the eye in light, cd/lx/m2: for sheeting R_A at 0.2 degrees observation and 5 degrees entrance
    /// (EN 12899-1: white RA1 70, RA2 250; red 14.5 and 45), for beads R_L at the 30 m geometry of EN 1436 (0.1...0.3). nil: what
    /// `retroreflection` says, `gain * reflectance / pi` (beads: its share at the grazing 88.76 degrees).
    public var retroreflectance: Float?

    public init(
        name: String, baseColor: Vec3f, metallic: Float = 0, roughness: Float = 0.8, emission: Vec3f = .zero, alpha: Alpha = .opaque,
        doubleSided: Bool = false, baseColorTexture: Int32 = -1, normalTexture: Int32 = -1, metallicRoughnessTexture: Int32 = -1,
        emissionTexture: Int32 = -1, reflectance905: Float? = nil, transmission905: Float? = nil, retroreflection: Float = 1,
        retroreflector: Retroreflector = .sheeting, wetting: Wetting = .smooth
    ) {
        (self.name, self.baseColor, self.metallic, self.roughness) = (name, baseColor, metallic, roughness)
        (self.emission, self.alpha, self.doubleSided) = (emission, alpha, doubleSided)
        self.transmission905 = transmission905
        (self.baseColorTexture, self.normalTexture) = (baseColorTexture, normalTexture)
        (self.metallicRoughnessTexture, self.emissionTexture) = (metallicRoughnessTexture, emissionTexture)
        self.reflectance905 = reflectance905 ?? (baseColor.x * 0.6 + baseColor.y * 0.3 + baseColor.z * 0.1)
        (self.retroreflection, self.retroreflector, self.wetting) = (retroreflection, retroreflector, wetting)
    }
}

/// A picture that materials refer to. `srgb` pictures are decoded to linear before filtering.
public struct Texture: Sendable {
    public var name: String
    public var image: Image<RGBA8>
    public var srgb: Bool
    public var repeats: Bool

    public init(name: String, image: Image<RGBA8>, srgb: Bool, repeats: Bool = true) {
        (self.name, self.image, self.srgb, self.repeats) = (name, image, srgb, repeats)
    }
}
