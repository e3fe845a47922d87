extension ProceduralAssets {
    static let vehicles: [String: any ProceduralAsset] = [
        "sedan": Sedan(),
        "van": Van(),
        "semi": Semi(),
    ]
}
