import SquallAssets
import SquallLife
import SquallStructures
import SquallVehicles

/// The shapes of the product, for tests of modules that do not know them.
extension AssetLibrary {
    /// Every shape Squall comes with.
    static func builtIn() -> AssetLibrary { AssetLibrary(VehicleShapes.all, LivingShapes.all, StructureShapes.all) }
}
