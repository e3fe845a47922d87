/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let vehicles: [String: any ProceduralAsset] = [
        "sedan": Sedan(),
        "van": Van(),
        "semi": Semi(),
    ]
}
