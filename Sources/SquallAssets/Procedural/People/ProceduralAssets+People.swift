extension ProceduralAssets {
    static let people: [String: any ProceduralAsset] = [
        "adult": Adult(),
    ]
}
