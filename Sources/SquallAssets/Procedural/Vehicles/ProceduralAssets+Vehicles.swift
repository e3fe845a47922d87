/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let vehicles: [String: any ProceduralAsset] = [
        "sedan": Sedan(),
        "hatchback": Hatchback(),
        "estate": Estate(),
        "suv": SUV(),
        "van": Van(),
        "semi": Semi(),
    ]
}
