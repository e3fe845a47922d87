import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `box`: a plain one-metre box standing on the ground, scaled by the actor's size. Cardboard brown unless coloured.
package struct PlainBox: ProceduralAsset {
    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        var mesh = MeshBuilder()
        let half = archetype.size / 2
        mesh.box(Vec3(-half.x, -half.y, 0), Vec3(half.x, half.y, archetype.size.z), slot: 0)
        let material = Material(name: "cardboard", baseColor: Vec3f(0.33, 0.22, 0.12), roughness: 0.85, reflectance905: 0.5, wetting: .soft)
        return Asset(archetype, levels: [Asset.Level(pieces: [Asset.Piece(mesh: mesh.mesh())], distance: 0)], materials: [material], paintSlot: 0)
    }
}
