extension ProceduralAssets {
    static let plants: [String: any ProceduralAsset] = [
        "tree": Tree(),
    ]
}
