import SquallGeometry
import SquallMath
import SquallScene

/// A shape computed from numbers. One file each; listed in the table of its module.
package protocol ProceduralAsset: Sendable {
    /// How many shapes there are; actors choose among them by their path.
    var variants: Int { get }
    /// The archetype whose box it fills where its own name is none: what is only part of other things.
    var standIn: String? { get }
    /// Box, category and dimensions come from the archetype, so that shape and label cannot drift apart: variants differ inside the box
    /// and touch it on six sides.
    func build(_ archetype: Archetype, _ variant: Variant) -> Asset
}

extension ProceduralAsset {
    package var variants: Int { 1 }
    package var standIn: String? { nil }
}

/// Shapes by archetype name. Each module of shapes has one; an `AssetLibrary` is made of them.
package typealias ShapeTable = [String: any ProceduralAsset]

extension Asset {
    /// The box of an archetype in the body frame: on the ground, `originFromRear` behind the origin.
    package init(
        _ archetype: Archetype, joints: [Joint] = [], levels: [Level], materials: [Material], paintSlot: Int? = nil, palettes: [Palette] = []
    ) {
        self.init(
            name: archetype.name, category: archetype.category, boxCenter: Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2),
            boxSize: archetype.size, joints: joints, levels: levels, materials: materials, paintSlot: paintSlot, palettes: palettes)
    }
}
