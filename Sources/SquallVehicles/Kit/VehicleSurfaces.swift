import SquallAssets
import SquallMath

/// The surfaces and colours of vehicles.
extension Surfaces {
    /// Stray light of a head lamp's lens; what its beam sends to the eye comes on top. Intensities of UN R7 and R87 over the lens:
    /// rear position lamp 4...17 cd, 50...100 cm2 each.
    static let headLamp = Material(name: "head lamp", baseColor: Vec3f(0.72, 0.74, 0.76), metallic: 0.3, roughness: 0.08, reflectance905: 0.5, retroreflection: 8)
        .shining(.dippedBeam, 3_000, LampColor.cool).retroreflecting(1)
    static let tailLamp = Material(name: "tail lamp", baseColor: Vec3f(0.34, 0.008, 0.01), roughness: 0.04, reflectance905: 0.35, retroreflection: 40)
        .shining(.position, 1_200, LampColor.red).retroreflecting(2)
    static let cabin = Material(name: "cabin", baseColor: Vec3f(0.03, 0.03, 0.032), roughness: 0.9, reflectance905: 0.15, wetting: .soft)
    /// Seen through the panes from above too: single, it let the sun that falls behind the seats through to the road.
    static let underbody = Material(name: "underbody", baseColor: Vec3f(repeating: 0.012), roughness: 0.95, doubleSided: true, reflectance905: 0.06)
    /// For far levels, where nothing behind the pane is modelled.
    static let darkGlass = Material(name: "dark glass", baseColor: Vec3f(0.015, 0.018, 0.02), roughness: 0.03, reflectance905: 0.04)

    /// What is sold in Europe: mostly white, black and greys, some blue and red.
    static let carColors: [Vec3f] = [
        Vec3f(0.72, 0.72, 0.70), Vec3f(0.72, 0.72, 0.70), Vec3f(0.72, 0.72, 0.70),
        Vec3f(0.011, 0.011, 0.012), Vec3f(0.011, 0.011, 0.012), Vec3f(0.016, 0.018, 0.022),
        Vec3f(0.075, 0.08, 0.085), Vec3f(0.075, 0.08, 0.085), Vec3f(0.12, 0.125, 0.13), Vec3f(0.32, 0.33, 0.335), Vec3f(0.42, 0.425, 0.43),
        Vec3f(0.012, 0.035, 0.14), Vec3f(0.02, 0.09, 0.24), Vec3f(0.01, 0.02, 0.055), Vec3f(0.30, 0.012, 0.014), Vec3f(0.16, 0.008, 0.012),
        Vec3f(0.035, 0.065, 0.04), Vec3f(0.24, 0.20, 0.14),
    ]
    static let steelWheel = Material(name: "steel wheel", baseColor: Vec3f(0.36, 0.365, 0.37), metallic: 0.5, roughness: 0.5, reflectance905: 0.4)
    /// White contour tape of lorries (ECE 104).
    static let contour = Material(name: "contour marking", baseColor: Vec3f(0.62, 0.62, 0.60), roughness: 0.5, reflectance905: 0.7, retroreflection: 250).retroreflecting(300)

    static let vanColors: [Vec3f] = [
        Vec3f(0.74, 0.74, 0.72), Vec3f(0.74, 0.74, 0.72), Vec3f(0.74, 0.74, 0.72), Vec3f(0.74, 0.74, 0.72), Vec3f(0.36, 0.365, 0.37), Vec3f(0.09, 0.095, 0.1),
        Vec3f(0.012, 0.045, 0.17), Vec3f(0.55, 0.30, 0.01), Vec3f(0.32, 0.012, 0.012), Vec3f(0.012, 0.012, 0.013),
    ]
    static let cabColors: [Vec3f] = [
        Vec3f(0.70, 0.70, 0.68), Vec3f(0.70, 0.70, 0.68), Vec3f(0.33, 0.01, 0.012), Vec3f(0.012, 0.05, 0.20), Vec3f(0.02, 0.02, 0.022), Vec3f(0.50, 0.26, 0.01),
        Vec3f(0.03, 0.12, 0.06),
    ]
    static let trailerColors: [Vec3f] = [
        Vec3f(0.72, 0.72, 0.70), Vec3f(0.72, 0.72, 0.70), Vec3f(0.60, 0.61, 0.60), Vec3f(0.04, 0.10, 0.30), Vec3f(0.42, 0.02, 0.02), Vec3f(0.06, 0.20, 0.10),
        Vec3f(0.55, 0.40, 0.05),
    ]
}
