import SquallAssets
import SquallMath

/// What houses are made of; the raw value is the slot.
enum HouseSlot: Int, CaseIterable {
    case wall, plinth, trim, frame, glass, room, canvas, door, roof, metal, railing, awning, pane, dark, accent, sign, shutter
}

enum HouseSurfaces {
    enum Wall { case plaster, brick, metal, wood, stone }

    /// One list for every kind of house, indexed by `HouseSlot`.
    static func materials(wall: Wall, color: Vec3f, accent: Vec3f, roof: Vec3f, tiles: Bool) -> [Material] {
        HouseSlot.allCases.map { material($0, wall, color, accent, roof, tiles) }
    }

    private static func porous(_ name: String, _ color: Vec3f, _ detail: SurfaceDetail = .none) -> Material {
        var result = Material(name: name, baseColor: color, roughness: 0.9, reflectance905: 0.12 + 0.7 * (color.x + color.y + color.z) / 3, wetting: .porous)
        result.detail = detail
        return result
    }

    private static func material(_ slot: HouseSlot, _ wall: Wall, _ color: Vec3f, _ accent: Vec3f, _ roof: Vec3f, _ tiles: Bool) -> Material {
        switch slot {
        case .wall:
            switch wall {
            case .plaster: porous("plaster", color, .plaster)
            case .brick: porous("brick", color, .brick)
            case .stone: porous("stone", color, .plaster)
            case .wood: porous("boards", color)
            case .metal: Material(name: "cladding", baseColor: color, metallic: 0.1, roughness: 0.45, reflectance905: Surfaces.paint905(color))
            }
        case .plinth: porous("plinth", Vec3f(0.20, 0.19, 0.18), .concrete)
        case .trim: porous("stone trim", Vec3f(0.46, 0.44, 0.40))
        case .frame: Material(name: "window frame", baseColor: Vec3f(0.62, 0.62, 0.60), roughness: 0.5)
        case .glass:
            // A double pane lets about 0.75 pass.
            Material(name: "window", baseColor: Vec3f(0.02, 0.022, 0.022), roughness: 0.03, alpha: .glass(transmission: 0.72), reflectance905: 0.04, transmission905: 0.7)
        case .room: window(Material(name: "room", baseColor: Vec3f(0.060, 0.055, 0.050), roughness: 1, reflectance905: 0.3))
        case .canvas: Material(name: "canvas", baseColor: Vec3f(0.42, 0.41, 0.38), roughness: 1, reflectance905: 0.6, wetting: .soft)
        case .door: Material(name: "door", baseColor: accent, roughness: 0.5)
        case .roof:
            tiles ? porous("roof tiles", roof, .roofTile) : Material(name: "roof", baseColor: roof, roughness: 0.8, reflectance905: 0.3, wetting: .porous)
        case .metal: Material(name: "zinc", baseColor: Vec3f(0.30, 0.31, 0.32), metallic: 0.7, roughness: 0.5, reflectance905: 0.4)
        case .railing: Material(name: "railing", baseColor: Vec3f(0.035, 0.038, 0.04), metallic: 0.3, roughness: 0.5, reflectance905: 0.12)
        case .awning:
            {
                var cloth = Material(name: "awning", baseColor: accent, roughness: 0.9, doubleSided: true, reflectance905: 0.6, wetting: .soft)
                cloth.translucency = 0.15
                return cloth
            }()
        case .pane:
            {
                // Both faces of a double pane.
                var pane = Surfaces.windowPane
                pane.f0 = 0.082
                return window(pane)
            }()
        case .dark: Surfaces.trim
        case .accent: porous("accent", accent)
        case .sign:
            Material(name: "shop sign", baseColor: Vec3f(0.80, 0.79, 0.75), roughness: 0.5, reflectance905: 0.6).shining(.sign, 160, Vec3f(repeating: 1))
        case .shutter: Material(name: "shutter", baseColor: accent * 0.8 + Vec3f(repeating: 0.03), roughness: 0.6)
        }
    }

    /// What a window shows is the detail's, by the code in its texture coordinates: the emission is 1 cd/m2 of it.
    private static func window(_ material: Material) -> Material {
        var result = material.shining(.window, 1, Vec3f(repeating: 1))
        result.detail = .window
        return result
    }
}
