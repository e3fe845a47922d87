import SquallDiagnostics
import SquallMath

/// A scene: a distribution over episodes. Checked expressions in the shape of the schema; `draw` gives concrete scenes.
public struct Scene: Sendable {
    public var title = ""
    /// The author's words about the scene.
    public var text = ""
    /// Params and lets, those of imported files under `import.name`.
    public var globals: [Global] = []
    public var blocks: [SceneBlock] = []
    public var actors: [ActorTemplate] = []
    public var requirements: [Requirement] = []
    /// Import path of the road network the world stands on.
    public var network: String?
    /// The scene file, as the user named it: for messages.
    public var file = ""

    public init() {}

    public struct Global: Sendable {
        public var name: String
        public var isParam: Bool
        public var value: Expression
        /// The range it is confined to when its value comes from outside the scene.
        public var limits: Expression?
        public init(name: String, isParam: Bool, value: Expression, limits: Expression? = nil) {
            (self.name, self.isParam, self.value, self.limits) = (name, isParam, value, limits)
        }

        /// Whether `x` lies between two ends, a rounding beyond them forgiven: 0.4 dm are 40 mm.
        public static func confined(_ x: Double, _ low: Double, _ high: Double) -> Bool {
            let slack = 1e-9 * max(abs(low), abs(high))
            return x >= low - slack && x <= high + slack
        }
    }

    public struct Requirement: Sendable {
        /// Nil: judged on the drawn values.
        public var mode: TemporalRequirement.Mode?
        public var condition: Expression
        /// Enforced with this probability.
        public var probability: Expression?
        public var text: String
        /// The copies of this actor it is judged for.
        public var actor: String?
        public init(mode: TemporalRequirement.Mode?, condition: Expression, probability: Expression? = nil, text: String, actor: String? = nil) {
            (self.mode, self.condition, self.probability, self.text, self.actor) = (mode, condition, probability, text, actor)
        }
    }

    public func block(_ kind: String) -> SceneBlock? { blocks.first { $0.kind == kind } }
}

/// A block of properties: `weather`, `rain`, `camera`.
public struct SceneBlock: Sendable {
    public var kind: String
    public var name: String
    public var properties: [(name: String, value: Expression)]
    public var blocks: [SceneBlock]
    public var origin: Origin?

    public init(kind: String, name: String = "", properties: [(name: String, value: Expression)] = [], blocks: [SceneBlock] = [], origin: Origin? = nil) {
        (self.kind, self.name, self.properties, self.blocks, self.origin) = (kind, name, properties, blocks, origin)
    }

    public subscript(_ name: String) -> Expression? { properties.first { $0.name == name }?.value }
    public func block(_ kind: String) -> SceneBlock? { blocks.first { $0.kind == kind } }
}

/// One actor, or several copies of it.
public struct ActorTemplate: Sendable {
    public var name: String
    /// An archetype or an imported asset.
    public var what: Expression
    /// Nil for a single actor; else copies are called `name[0]`, `name[1]`, ...
    public var count: Expression?
    public var properties: [(name: String, value: Expression)]
    /// Sensor blocks, nil when it carries no rig.
    public var rig: [SceneBlock]?
    public var behaviour: BehaviourTemplate?
    public var origin: Origin?

    public init(
        name: String, what: Expression, count: Expression? = nil, properties: [(name: String, value: Expression)] = [], rig: [SceneBlock]? = nil,
        behaviour: BehaviourTemplate? = nil, origin: Origin? = nil
    ) {
        (self.name, self.what, self.count, self.properties) = (name, what, count, properties)
        (self.rig, self.behaviour, self.origin) = (rig, behaviour, origin)
    }

    public subscript(_ name: String) -> Expression? { properties.first { $0.name == name }?.value }
}

/// A behaviour whose numbers are still to be drawn.
public indirect enum BehaviourTemplate: Sendable {
    case step(Step)
    case sequence([BehaviourTemplate])
    case together([BehaviourTemplate])
    case repeating(BehaviourTemplate, times: Expression?)

    public struct Step: Sendable {
        public var action: String
        /// Names the draws of this step: `brake`, the second time `brake[1]`.
        public var key: String
        public var arguments: [(name: String, value: Argument)]
        public var when: Expression?
        public var until: Expression?
        public var duration: Expression?
        public init(action: String, key: String, arguments: [(name: String, value: Argument)] = [], when: Expression? = nil, until: Expression? = nil, duration: Expression? = nil)
        {
            (self.action, self.key, self.arguments, self.when, self.until, self.duration) = (action, key, arguments, when, until, duration)
        }
    }

    public enum Argument: Sendable {
        case number(Expression)
        case text(String)
        case actor(ActorReference)
        case laneOf(ActorReference)
        case side(left: Bool)
        case lane(Expression)
        case points([Expression])
    }
}
