import SquallAssets
import SquallLife
import SquallStructures
import SquallVehicles

/// What a scene may name without importing it.
extension AssetLibrary {
    /// A library that knows every shape Squall comes with.
    package static func builtIn() -> AssetLibrary { AssetLibrary(VehicleShapes.all, LivingShapes.all, StructureShapes.all) }
}
