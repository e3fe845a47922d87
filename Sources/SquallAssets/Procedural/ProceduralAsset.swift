import SquallGeometry
import SquallMath
import SquallScene

/// A shape computed from numbers. One file each; listed in `ProceduralAssets.named`.
package protocol ProceduralAsset: Sendable {
    /// How many shapes there are; actors choose among them by their path.
    var variants: Int { get }
    /// Box, category and dimensions come from the archetype, so that shape and label cannot drift apart: variants differ inside the box
    /// and touch it on six sides.
    func build(_ archetype: Archetype, _ variant: Variant) -> Asset
}

extension ProceduralAsset {
    package var variants: Int { 1 }
}

/// Every built-in shape by archetype name.
package enum ProceduralAssets {
    package static func named(_ name: String) -> (any ProceduralAsset)? {
        switch name {
        case "sedan": Sedan()
        case "box": PlainBox()
        case "nothing": Nothing()
        case "van": Van()
        case "semi": Semi()
        case "adult": Adult()
        case "tree": Tree()
        case "building": Building()
        case "lamp_post": LampPost()
        case "guard_rail": GuardRail()
        case "sign": Sign()
        default: nil
        }
    }
}

extension Asset {
    /// The box of an archetype in the body frame: on the ground, `originFromRear` behind the origin.
    init(
        _ archetype: Archetype, joints: [Joint] = [], levels: [Level], materials: [Material], paintSlot: Int? = nil, palettes: [Palette] = []
    ) {
        self.init(
            name: archetype.name, category: archetype.category, boxCenter: Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2),
            boxSize: archetype.size, joints: joints, levels: levels, materials: materials, paintSlot: paintSlot, palettes: palettes)
    }
}
