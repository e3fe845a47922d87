/// What grows, by archetype name.
extension ProceduralAssets {
    static let plants: [String: any ProceduralAsset] = [
        "tree": Tree(.lime),
        "oak": Tree(.oak),
        "beech": Tree(.beech),
        "birch": Tree(.birch),
        "poplar": Tree(.poplar),
        "spruce": Tree(.spruce),
        "pine": Tree(.pine),
        "bare_tree": Tree(TreeHabit.lime.bare),
        "bare_oak": Tree(TreeHabit.oak.bare),
        "bare_beech": Tree(TreeHabit.beech.bare),
        "bare_birch": Tree(TreeHabit.birch.bare),
        "bare_poplar": Tree(TreeHabit.poplar.bare),
        "shrub": Shrub(.shrub),
        "bare_shrub": Shrub(.bareShrub),
        "hedge": Shrub(.hedge),
        "grass_tuft": GrassTuft(),
    ]
}
