import SquallAssets
import SquallMath

/// The surfaces vehicles are made of, by slot: one list for all, so that parts of the kit fit every vehicle.
package enum VehicleSlot {
    static let paint = 0, livery = 1, accent = 2, glass = 3, darkGlass = 4, frit = 5, gap = 6, trim = 7, chrome = 8, underbody = 9
    static let tyre = 10, rim = 11, disc = 12, lining = 13, headliner = 14, seat = 15, dash = 16
    static let lens = 17, housing = 18, dipped = 19, main = 20, daytime = 21, tail = 22, brake = 23, indicatorLeft = 24, indicatorRight = 25
    static let reverse = 26, rearFog = 27, reflector = 28, plate = 29, box = 30, frame = 31, contour = 32, beacon = 33, mirror = 34
    static let sign = 35, saddle = 36, steel = 37, marker = 38, flat = 39

    /// What is on the left is on the right of the mirror image.
    static func mirrored(_ slot: Int32) -> Int32 {
        switch Int(slot) {
        case indicatorLeft: Int32(indicatorRight)
        case indicatorRight: Int32(indicatorLeft)
        default: slot
        }
    }
}

/// Colours and finish of one vehicle; the rest is common.
package struct VehicleFinish {
    var paint = Surfaces.carColors
    var livery = Vec3f(0.7, 0.7, 0.7), accent = Vec3f(0.02, 0.02, 0.022)
    var box: [Vec3f] = [Vec3f(0.72, 0.72, 0.70)]
    var seat = Vec3f(0.035, 0.035, 0.038), saddle = Vec3f(0.03, 0.022, 0.018)
    var rim = Vec3f(0.56, 0.57, 0.58)
    var beacon = Vec3f(0.02, 0.12, 0.75)
    /// 0 freshly washed ... 1 after a winter: dust dulls the lacquer and lies on the colour.
    var dirt = 0.2
    /// Whether flakes of metal lie under the lacquer.
    var metallic = false

    /// A colour of the paint under the dust that lies on it. A palette's colours replace the paint's, so they need it too.
    func dusted(_ color: Vec3f) -> Vec3f {
        let dust = Vec3f(0.16, 0.14, 0.115), share = Float(0.4 * dirt)
        return color * (1 - share) + dust * share
    }

    /// Materials in slot order.
    func materials() -> [Material] {
        let coat = { (name: String, color: Vec3f) -> Material in
            var m = Surfaces.paint(name, dusted(color), roughness: metallic ? 0.42 : 0.5)
            (m.clearCoat, m.clearCoatRoughness) = (Float(1 - 0.45 * dirt), Float(0.03 + 0.12 * dirt))
            m.metallic = metallic ? 0.35 : 0
            return m
        }
        let base: [Material] = [
            coat("car paint", paint.first ?? Vec3f(0.7, 0.7, 0.7)), coat("livery", livery), coat("accent", accent), Surfaces.glass, Surfaces.darkGlass, Self.frit, Self.gap,
            Surfaces.trim, Surfaces.chrome, Surfaces.underbody, Surfaces.rubber, Material(name: "rim", baseColor: rim, metallic: 0.85, roughness: 0.3, reflectance905: 0.5),
            Self.disc, Surfaces.cabin, Self.headliner, Material(name: "seat", baseColor: seat, roughness: 0.85, reflectance905: 0.4, wetting: .soft), Self.dash,
        ]
        let lamps: [Material] = [
            Self.lens, Self.housing, Self.lamp("dipped beam", Vec3f(0.8, 0.8, 0.78), Vec3f(1, 0.94, 0.84) * 250_000, .dippedBeam),
            Self.lamp("main beam", Vec3f(0.75, 0.75, 0.75), Vec3f(1, 0.95, 0.86) * 400_000, .mainBeam),
            Self.lamp("daytime lamp", Vec3f(0.8, 0.8, 0.8), Vec3f(1, 0.98, 0.95) * 30_000, .daytime),
            Self.lamp("tail lamp", Vec3f(0.30, 0.006, 0.008), LampColor.red * 700, .position, retro: 40),
            Self.lamp("brake lamp", Vec3f(0.34, 0.008, 0.01), LampColor.red * 9_000, .brake, retro: 10),
            Self.lamp("indicator left", Vec3f(0.55, 0.17, 0.01), LampColor.amber * 14_000, .indicatorLeft, retro: 6),
            Self.lamp("indicator right", Vec3f(0.55, 0.17, 0.01), LampColor.amber * 14_000, .indicatorRight, retro: 6),
            Self.lamp("reversing lamp", Vec3f(0.72, 0.72, 0.72), Vec3f(1, 1, 1) * 9_000, .reverse),
            Self.lamp("rear fog lamp", Vec3f(0.34, 0.008, 0.01), LampColor.red * 20_000, .rearFog, retro: 10),
            Material(name: "reflector", baseColor: Vec3f(0.36, 0.008, 0.01), roughness: 0.1, reflectance905: 0.35, retroreflection: 120).retroreflecting(100),
        ]
        var plate = Surfaces.plate
        plate.baseColorTexture = 0
        plate.baseColor = Vec3f(0.85, 0.85, 0.83)
        let rest: [Material] = [
            plate, Surfaces.paint("box", box.first ?? Vec3f(0.7, 0.7, 0.7), roughness: 0.45, lacquer: 0), Surfaces.galvanized, Surfaces.contour,
            Self.lamp("beacon", beacon, beacon * 30_000, .beacon, retro: 4), Self.mirror, Self.lamp("sign", Vec3f(0.02, 0.018, 0.01), Vec3f(1.5, 0.85, 0.1) * 700, nil),
            Material(name: "saddle", baseColor: saddle, roughness: 0.6, reflectance905: 0.3, wetting: .soft), Surfaces.steelWheel,
            Self.lamp("marker lamp", Vec3f(0.55, 0.2, 0.02), LampColor.amber * 300, .position, retro: 60),
            Material(name: "plain metal", baseColor: Vec3f(0.03, 0.03, 0.032), roughness: 0.5, reflectance905: 0.12),
        ]
        return base + lamps + rest
    }

    static func lamp(_ name: String, _ color: Vec3f, _ emission: Vec3f, _ function: LampFunction?, retro: Float = 1) -> Material {
        var m = Material(name: name, baseColor: color, roughness: 0.12, emission: emission, reflectance905: 0.4, retroreflection: retro)
        m.lamp = function
        (m.clearCoat, m.clearCoatRoughness) = (1, 0.03)
        return m
    }
    static let frit = Material(name: "black glass", baseColor: Vec3f(repeating: 0.008), roughness: 0.06, reflectance905: 0.05)
    static let gap = Material(name: "gap", baseColor: Vec3f(repeating: 0.004), roughness: 0.95, reflectance905: 0.05)
    static let disc = Material(name: "brake disc", baseColor: Vec3f(0.30, 0.29, 0.28), metallic: 0.8, roughness: 0.38, reflectance905: 0.4)
    static let headliner = Material(name: "headliner", baseColor: Vec3f(0.22, 0.22, 0.21), roughness: 0.95, reflectance905: 0.4, wetting: .soft)
    static let dash = Material(name: "dashboard", baseColor: Vec3f(repeating: 0.02), roughness: 0.75, reflectance905: 0.1)
    static let lens = Material(
        name: "lens", baseColor: Vec3f(0.03, 0.03, 0.03), roughness: 0.04, alpha: .glass(transmission: 0.88), reflectance905: 0.05, transmission905: 0.8)
    static let housing = Material(name: "lamp housing", baseColor: Vec3f(0.016, 0.016, 0.017), roughness: 0.4, reflectance905: 0.3, retroreflection: 6)
    static let mirror = Material(name: "mirror", baseColor: Vec3f(0.75, 0.77, 0.78), metallic: 1, roughness: 0.03, reflectance905: 0.4)
}
