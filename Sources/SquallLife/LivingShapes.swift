import SquallAssets
import SquallScene

/// What lives: people and animals on skeletons, plants from branching rules. Must never know where things stand, why they move, light, sensors.
package enum LivingShapes {
    /// By archetype name.
    package static let all: ShapeTable = plain.merging(holding) { own, _ in own }

    private static let plain: ShapeTable = [
        "adult": Person(.adult), "child": Person(.child), "elder": Person(.elder),
        "cyclist": Person(.adult, helmet: .open), "motorcyclist": Person(.adult, helmet: .full),
        "deer": Animal(.deer), "boar": Animal(.boar), "dog": Animal(.dog), "cat": Animal(.cat), "cow": Animal(.cow), "horse": Animal(.horse),
        "tree": Tree(.lime),
        "oak": Tree(.oak),
        "beech": Tree(.beech),
        "birch": Tree(.birch),
        "poplar": Tree(.poplar),
        "spruce": Tree(.spruce),
        "pine": Tree(.pine),
        "palm": Palm(),
        "bare_tree": Tree(TreeHabit.lime.bare),
        "bare_oak": Tree(TreeHabit.oak.bare),
        "bare_beech": Tree(TreeHabit.beech.bare),
        "bare_birch": Tree(TreeHabit.birch.bare),
        "bare_poplar": Tree(TreeHabit.poplar.bare),
        "shrub": Shrub(.shrub),
        "bare_shrub": Shrub(.bareShrub),
        "hedge": Shrub(.hedge),
        "grass_tuft": GrassTuft(),
        "fallen_tree": FallenTree(),
    ]

    /// People with something in hand, named as `Belonging.shape` names them.
    private static let holding: ShapeTable = {
        var table: ShapeTable = [:]
        for (name, age) in [("adult", Person.Age.adult), ("child", .child), ("elder", .elder)] {
            for (belonging, thing) in [(Belonging.umbrella, HandHeld.umbrella), (.handBag, .handBag), (.shoppingBag, .shoppingBag)] {
                table[belonging.shape(of: name)] = Person(age, holding: thing, archetype: name)
            }
        }
        return table
    }()
}
