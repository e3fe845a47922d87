/// The shapes of this folder by archetype name.
extension ProceduralAssets {
    static let furniture: [String: any ProceduralAsset] = [
        "lamp_post": LampPost(),
        "guard_rail": GuardRail(),
        "sign": Sign(),
        "box": PlainBox(),
        "nothing": Nothing(),
    ]
}
