extension ProceduralAssets {
    static let animals: [String: any ProceduralAsset] = [:]
}
