/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let animals: [String: any ProceduralAsset] = [:]
}
