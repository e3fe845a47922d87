/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let animals: [String: any ProceduralAsset] = [
        "deer": Animal(.deer), "boar": Animal(.boar), "dog": Animal(.dog), "cat": Animal(.cat), "cow": Animal(.cow), "horse": Animal(.horse),
    ]
}
