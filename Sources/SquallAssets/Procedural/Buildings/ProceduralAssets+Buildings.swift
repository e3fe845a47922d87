/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let buildings: [String: any ProceduralAsset] = [
        "building": Building(),
    ]
}
