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

/// Every built-in shape by archetype name, theme by theme.
package enum ProceduralAssets {
    package static func named(_ name: String) -> (any ProceduralAsset)? {
        for theme in [vehicles, people, animals, plants, buildings, furniture] {
            if let shape = theme[name] { return shape }
        }
        return nil
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
