import SquallMath

/// The surfaces that procedural assets and the ground are made of. Colours are linear; `reflectance905` is diffuse
/// reflectance in the near infrared, where foliage and most dyes are far brighter than they look and tyres stay black.
package enum Surfaces {
    /// Pigment under clear lacquer. What little the binder mirrors at the pigment spreads wide.
    package static func paint(_ name: String, _ color: Vec3f, roughness: Float = 0.45, lacquer: Float = 1) -> Material {
        var paint = Material(name: name, baseColor: color, roughness: roughness, reflectance905: paint905(color))
        (paint.f0, paint.clearCoat, paint.clearCoatRoughness) = (lacquer > 0 ? 0.01 : 0.04, lacquer, 0.05)
        return paint
    }
    /// Diffuse reflectance of paint at 905 nm. Organic dyes are clear there, so the brightest channel decides what the white beneath
    /// gives; carbon black absorbs at every wavelength, and black cars are as dark to a lidar, about 5 %, as they look.
    package static func paint905(_ color: Vec3f) -> Float { min(0.9, 0.05 + 0.8 * max(color.x, max(color.y, color.z))) }
    /// Tinted panes of a cabin. ECE R43 asks for 0.70 of the light where the driver looks out and for nothing behind him, where tinted
    /// panes let 0.2 to 0.35 pass. Only the nearer pane of a cabin is kept, and what is seen through it, be it lit inside or beyond,
    /// has come through another one before: 0.36 stands for both, 0.6 each. A lidar's beam meets them one by one.
    package static let glass = Material(
        name: "glass", baseColor: Vec3f(0.03, 0.035, 0.035), roughness: 0.04, alpha: .glass(transmission: 0.36), reflectance905: 0.04, transmission905: 0.6)
    package static let trim = Material(name: "trim", baseColor: Vec3f(repeating: 0.018), roughness: 0.55, reflectance905: 0.08)
    package static let rubber = Material(name: "rubber", baseColor: Vec3f(repeating: 0.022), roughness: 0.9, reflectance905: 0.05)
    package static let chrome = Material(name: "chrome", baseColor: Vec3f(0.62, 0.62, 0.62), metallic: 1, roughness: 0.12, reflectance905: 0.5)
    package static let galvanized = Material(name: "galvanized steel", baseColor: Vec3f(0.48, 0.49, 0.50), metallic: 0.7, roughness: 0.45, reflectance905: 0.45)
    package static let plate = Material(name: "number plate", baseColor: Vec3f(0.68, 0.68, 0.64), roughness: 0.5, reflectance905: 0.7, retroreflection: 150).retroreflecting(45)
}

extension Surfaces {
    /// Diffuse reflectance at 905 nm of a surface given another colour. Dyed cloth is bright whatever its colour; plaster and stone
    /// are a little brighter than they look.
    package static func reflectance905(of color: Vec3f, on material: Material) -> Float {
        let grey = (color.x + color.y + color.z) / 3
        return switch material.wetting {
        case .soft: min(0.9, 0.3 + 0.6 * grey)
        case .porous: min(0.9, 0.12 + 0.7 * grey)
        case .smooth: paint905(color)
        }
    }
}

extension Surfaces {
    /// A window seen from outside by day: dark and mirroring.
    package static let windowPane = Material(name: "window pane", baseColor: Vec3f(0.03, 0.036, 0.042), roughness: 0.03, reflectance905: 0.06)
}
