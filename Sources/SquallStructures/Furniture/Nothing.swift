import SquallAssets
import SquallScene

/// `nothing`: no shape at all; a point that can carry a rig. It has an id, but no sensor ever sees it.
package struct Nothing: ProceduralAsset {
    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset { Asset(archetype, levels: [Asset.Level(pieces: [], distance: 0)], materials: []) }
}
