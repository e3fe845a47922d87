import SquallAssets
import SquallLife
import SquallStructures
import SquallVehicles

extension AssetLibrary {
    /// Every shape Squall comes with.
    static func builtIn() -> AssetLibrary { AssetLibrary(VehicleShapes.all, LivingShapes.all, StructureShapes.all) }
}
