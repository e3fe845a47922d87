extension ProceduralAssets {
    static let buildings: [String: any ProceduralAsset] = [
        "building": Building(),
    ]
}
