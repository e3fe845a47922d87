import SquallDiagnostics
import SquallMath
import SquallScene

/// What an action wants for one step. What is nil is left to others: to actions running beside it, else to the default.
public struct Intent: Sendable, Equatable {
    /// Along the heading, m/s².
    public var acceleration: Double?
    /// Of the path, 1/m, left positive. Vehicles only.
    public var curvature: Double?
    public var brakes = VehicleControls.Brakes.antilock
    /// Walkers only: speed along the course, m/s.
    public var pace: Double?
    /// Walkers only: what limbs do besides.
    var gesture = Walker.Gesture()
    public init(acceleration: Double? = nil, curvature: Double? = nil, brakes: VehicleControls.Brakes = .antilock, pace: Double? = nil) {
        (self.acceleration, self.curvature, self.brakes, self.pace) = (acceleration, curvature, brakes, pace)
    }

    init(pace: Double? = nil, gesture: Walker.Gesture) {
        self.init(pace: pace)
        self.gesture = gesture
    }

    /// Side by side: the first to steer steers, the most careful foot wins.
    func beside(_ other: Intent) -> Intent {
        var result = self
        if let b = other.acceleration { result.acceleration = min(acceleration ?? b, b) }
        if let b = other.pace { result.pace = min(pace ?? b, b) }
        result.gesture = gesture.beside(other.gesture)
        result.curvature = curvature ?? other.curvature
        if other.brakes == .locked { result.brakes = .locked }
        return result
    }
}

/// One parameter of an action.
public struct ActionParameter: Sendable, Equatable {
    public enum Kind: String, Sendable { case number, text, actor, lane, points }
    public var name: String
    public var kind: Kind
    public var isRequired: Bool
    public init(_ name: String, _ kind: Kind, required: Bool = false) { (self.name, self.kind, isRequired) = (name, kind, required) }
}

/// One action of the library. A value per run of a step; it keeps its own memory and changes nothing but the driver's.
protocol Action: Sendable {
    static var name: String { get }
    static var parameters: [ActionParameter] { get }
    /// Made when the step starts.
    init(_ arguments: ActionArguments, _ driver: inout Driver, _ view: DriverView)
    /// What it wants now; nil ends it.
    mutating func intent(_ driver: inout Driver, _ view: DriverView) -> Intent?
}

/// The arguments of one call, its numbers evaluated at the step's start.
struct ActionArguments {
    let step: BehaviourStep
    let view: DriverView

    func number(_ name: String) -> Double? {
        guard case .number(let expression)? = step.argument(name) else { return nil }
        let value = expression.value(in: RuntimeQueries(scenery: view.scenery, model: view.model, stepStart: view.scenery.time))
        return value.isFinite ? value : nil
    }
    func actor(_ name: String) -> Int? {
        guard case .actor(let path)? = step.argument(name) else { return nil }
        return view.model.index(of: path)
    }
    func lane(_ name: String) -> LaneTarget? {
        guard case .lane(let target)? = step.argument(name) else { return nil }
        return target
    }
    func points(_ name: String) -> [Vec3]? {
        guard case .points(let points)? = step.argument(name) else { return nil }
        return points
    }
    func text(_ name: String) -> String? {
        guard case .text(let text)? = step.argument(name) else { return nil }
        return text
    }
}

/// What a driver looks at while deciding.
struct DriverView {
    let model: SimulationModel
    let scenery: Scenery
    /// Own object index.
    let me: Int
    var own: Silhouette { scenery.objects[me] }
}
