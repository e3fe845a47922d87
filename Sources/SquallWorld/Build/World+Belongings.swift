import SquallMath
import SquallScene

/// What people hold of whom the scene does not say it.
extension World {
    /// Rain from which umbrellas are up: light rain, m/s (0.3 mm/h).
    private static let umbrellaRain = 0.3e-3 / 3600
    /// Shares of grown people under an umbrella in the rain; of the rest, with a hand bag and with a shopping bag.
    private static let underUmbrella = 0.55, withHandBag = 0.18, withShoppingBag = 0.12
    /// Nobody does these with an umbrella up or a bag in hand.
    private static let freeHands: Set<String> = ["run", "fall", "sit", "wave"]

    /// The shape an actor has: its archetype, with what it holds. A choice left to the weather is keyed by the actor's path.
    static func shapeName(of actor: ConcreteActor, _ scene: ConcreteScene) -> String {
        guard !actor.assetIsFile, let archetype = Archetype.named(actor.asset), Belonging.suits(archetype) else { return actor.asset }
        return (actor.holds ?? usual(actor, scene)).shape(of: actor.asset)
    }

    private static func usual(_ actor: ConcreteActor, _ scene: ConcreteScene) -> Belonging {
        guard actor.asset != "child", freeHands.isDisjoint(with: actor.behaviour.actions) else { return .nothing }
        var random = CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "\(actor.path).holds")
        let (weather, bag) = (random.uniform(), random.uniform())
        let rain = (0...16).map { scene.weather.rainRate.value(at: scene.record.duration * Double($0) / 16) }.max() ?? 0
        if rain >= umbrellaRain, weather < underUmbrella { return .umbrella }
        return bag < withHandBag ? .handBag : bag < withHandBag + withShoppingBag ? .shoppingBag : .nothing
    }
}

extension Behaviour {
    /// Names of all actions in it.
    fileprivate var actions: Set<String> {
        switch self {
        case .step(let step): [step.action]
        case .sequence(let parts), .together(let parts): parts.reduce(into: []) { $0.formUnion($1.actions) }
        case .repeating(let part, _): part.actions
        }
    }
}
