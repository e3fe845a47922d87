/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let people: [String: any ProceduralAsset] = [
        "adult": Person(.adult), "child": Person(.child), "elder": Person(.elder),
    ]
}
