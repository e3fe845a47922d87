/// What is built, by archetype name.
extension ProceduralAssets {
    static let buildings: [String: any ProceduralAsset] = House.kinds.merging(others) { first, _ in first }

    private static let others: [String: any ProceduralAsset] = [
        "warehouse": Shed(isBarn: false),
        "barn": Shed(isBarn: true),
        "church": Church(),
        "bridge": Furnishing.bridge,
        "tunnel_portal": Furnishing.tunnelPortal,
        "gantry": Gantry(),
        "noise_barrier": Furnishing.noiseBarrier,
        "wall": Furnishing.wall,
        "fence": Furnishing.fence,
    ]
}
