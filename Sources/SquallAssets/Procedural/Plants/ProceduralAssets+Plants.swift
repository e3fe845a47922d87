/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let plants: [String: any ProceduralAsset] = [
        "tree": Tree(),
    ]
}
