import Foundation

/// What water does to the light a surface sends back.
public enum WetReflectance {
    /// Refractive index of water, visible light.
    public static let waterIndex = 1.33

    /// Diffuse albedo of a rough surface soaked with water: a / (n^2 (1 - a) + a). Angstrom 1925; Lekner, Dorf 1988.
    public static func wetAlbedo(_ dry: Double, index n: Double = waterIndex) -> Double { dry / (n * n * (1 - dry) + dry) }

    /// Share of unpolarised light that a smooth water surface reflects at angle of incidence `angle` (rad): Fresnel's equations.
    public static func fresnel(angle: Double, index n: Double = waterIndex) -> Double {
        let c = abs(cos(angle))
        let s2 = (1 - c * c) / (n * n)
        guard s2 < 1 else { return 1 }
        let t = (1 - s2).squareRoot()
        let perpendicular = (c - n * t) / (c + n * t), parallel = (n * c - t) / (n * c + t)
        return (perpendicular * perpendicular + parallel * parallel) / 2
    }

    /// Reflectance of water at normal incidence as rendering tables print it (n = 1.33 gives 0.02006, n = 1.333 gives 0.0204).
    public static let waterF0 = 0.0201

    /// Schlick 1994: F0 + (1 - F0)(1 - cos)^5, a cheap stand-in for `fresnel`; angle of incidence in radians.
    public static func schlick(angle: Double, f0: Double = waterF0) -> Double { f0 + (1 - f0) * pow(1 - abs(cos(angle)), 5) }
}
