/// What is built, by archetype name.
extension ProceduralAssets {
    static let buildings: [String: any ProceduralAsset] = House.kinds
}
