import SquallAssets
import SquallMath

/// What houses are made of; the raw value is the slot.
enum HouseSlot: Int, CaseIterable {
    case wall, plinth, trim, frame, glass, room, curtain, warmRoom, warmCurtain, coolRoom, door, roof, metal, railing, awning, pane, warmPane, dark, accent, sign
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
        // Daylight fades within a metre of the window: rooms are darker than their paint.
        case .room: Material(name: "room", baseColor: Vec3f(0.060, 0.055, 0.050), roughness: 1, reflectance905: 0.3)
        case .curtain: Material(name: "curtain", baseColor: Vec3f(0.42, 0.41, 0.38), roughness: 1, reflectance905: 0.6, wetting: .soft)
        case .warmRoom: lit(Material(name: "lit room", baseColor: Vec3f(0.070, 0.062, 0.052), roughness: 1, reflectance905: 0.3), Vec3f(1.35, 0.92, 0.48) * 32)
        case .warmCurtain: lit(Material(name: "lit curtain", baseColor: Vec3f(0.42, 0.40, 0.36), roughness: 1, reflectance905: 0.6, wetting: .soft), Vec3f(1.35, 0.92, 0.46) * 46)
        case .coolRoom: lit(Material(name: "lit shop", baseColor: Vec3f(0.17, 0.16, 0.15), roughness: 1, reflectance905: 0.3), Vec3f(1.12, 0.98, 0.86) * 110, group: LampSet.shopGroup)
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
        case .pane: Surfaces.windowPane
        case .warmPane:
            lit(Material(name: "lit window far off", baseColor: Surfaces.windowPane.baseColor, roughness: 0.06, reflectance905: 0.06), Vec3f(1.35, 0.92, 0.47) * 28)
        case .dark: Surfaces.trim
        case .accent: porous("accent", accent)
        case .sign: lit(Material(name: "shop sign", baseColor: Vec3f(0.80, 0.79, 0.75), roughness: 0.5, reflectance905: 0.6), Vec3f(repeating: 160), by: .sign)
        }
    }

    private static func lit(_ material: Material, _ emission: Vec3f, by lamp: LampFunction = .window, group: Int = LampSet.roomGroup) -> Material {
        var result = material
        (result.emission, result.lamp, result.lampGroup) = (emission, lamp, UInt8(group))
        return result
    }
}
