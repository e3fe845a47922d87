// SquallDraw: from a scene and a number to one concrete scene: evaluation, placement, requirements judged before the first step.
// Must never know: text, files, triangles, time steps. Every random number is keyed by its path.
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene

/// The scene language's, not Foundation's.
typealias Expression = SquallScene.Expression

/// From a scene to one concrete scene.
extension Scene {
    /// The concrete scene with this number: a pure function of (scene, seed, index) and the imported files.
    ///
    /// Draws that violate a non-temporal `require`, or whose placements do not exist or lie within one another, are drawn again with the next attempt number.
    /// - Parameter firstAttempt: where to begin, to redraw after a temporal requirement failed in simulation.
    /// - Throws: `Failure` when a value is impossible, or no attempt out of `SceneLimit.attempts.value` was accepted.
    public func draw(seed: UInt64, index: Int, catalogue: any ImportCatalogue, firstAttempt: Int = 0) throws -> ConcreteScene {
        var last = Rejection(reason: "", origin: nil)
        for attempt in firstAttempt..<(firstAttempt + SceneLimit.attempts.value) {
            let drawing = Drawing(scene: self, seed: seed, index: index, attempt: attempt, catalogue: catalogue)
            do {
                try drawing.judgeRequirements()
                return try drawing.concreteScene()
            } catch let rejection as Rejection {
                last = rejection
                // Nothing has been drawn yet: every other attempt would end here too.
                if !drawing.isRandom {
                    let fix = last.fix ?? "nothing in this is random: change its values"
                    throw drawing.failure("no-draw-accepted", last.origin, "no sample can be drawn because \(last.reason)", fix: fix)
                }
            }
        }
        throw Failure([
            Diagnostic(
                .error, "no-draw-accepted", file: last.origin?.file ?? file, span: last.origin?.span, place: "sample \(index), seed \(seed)",
                message: "none of \(SceneLimit.attempts.value) draws was accepted; the last because \(last.reason)", fix: last.fix ?? "widen the distributions or relax the requirement")
        ])
    }
}

extension Scene {
    /// One expression's value with this scene's params, outside any actor. Draws are keyed by `path`.
    public func evaluate(_ expression: SquallScene.Expression, seed: UInt64, index: Int = 0, path: String = "eval") throws -> Value {
        let drawing = Drawing(scene: self, seed: seed, index: index, attempt: 0, catalogue: NoImports())
        do {
            return try drawing.evaluate(expression, Drawing.Scope(path: path))
        } catch let rejection as Rejection {
            throw Failure("no-value", file: file, message: rejection.reason)
        }
    }

    /// How many samples the dataset has; nil when the scene does not say.
    /// - Throws: `Failure` for a random number, which would differ from sample to sample, and for one that is not whole or out of range.
    public func sampleCount() throws -> Int? {
        guard let expression = block("dataset")?["samples"] else { return nil }
        let drawing = Drawing(scene: self, seed: 0, index: 0, attempt: 0, catalogue: NoImports())
        let n: Double
        do {
            n = try drawing.number(expression, Drawing.Scope(path: "dataset.samples"))
        } catch let rejection as Rejection {
            throw drawing.failure("bad-samples", expression.origin, rejection.reason)
        }
        guard drawing.draws.isEmpty else {
            throw drawing.failure("bad-samples", expression.origin, "the number of samples cannot be random", fix: "write a fixed number, or a param that is not drawn")
        }
        guard n >= 1, n <= Double(SceneLimit.samples.value), n == n.rounded() else {
            throw drawing.failure("bad-samples", expression.origin, "a dataset has a whole number of samples between 1 and \(SceneLimit.samples.value), not \(Units.number(n))")
        }
        return Int(n)
    }
}

/// A catalogue without roads and assets.
public struct NoImports: ImportCatalogue {
    public init() {}
    public func road(_ path: String) throws -> any RoadCatalogue { throw Failure("no-road", file: path, message: "there are no roads here") }
    public func asset(_ path: String) throws -> AssetSummary { throw Failure("no-asset", file: path, message: "there are no assets here") }
}

/// Why an attempt is drawn again.
struct Rejection: Error {
    var reason: String
    var origin: Origin?
    /// What may help, when it is not a wider distribution.
    var fix: String?
}

/// One attempt at one sample: evaluates expressions lazily and remembers what it has drawn.
///
/// Used by one thread for the time of a draw. Every random number is keyed by (seed, index, attempt, path).
final class Drawing {
    let scene: Scene
    let seed: UInt64
    let index: Int
    let attempt: Int
    let catalogue: any ImportCatalogue
    var globals: [String: Value] = [:]
    var properties: [String: Value] = [:]
    var counts: [String: Int] = [:]
    var assets: [String: Value] = [:]
    /// What is being worked out right now, outermost first: finds circles.
    var pending: [String] = []
    /// Drawn values by path.
    var draws: [String: String] = [:]
    var steps = 0
    /// A random number has been drawn in this attempt.
    private(set) var isRandom = false
    /// Metres of the paths read so far.
    var pathLength = 0.0
    /// What is odd about this draw.
    var warnings: [Diagnostic] = []
    /// Place of each param and let in the scene.
    let globalIndex: [String: Int]

    init(scene: Scene, seed: UInt64, index: Int, attempt: Int, catalogue: any ImportCatalogue) {
        (self.scene, self.seed, self.index, self.attempt, self.catalogue) = (scene, seed, index, attempt, catalogue)
        globalIndex = Dictionary(scene.globals.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whose property is being evaluated, and the path its draws are keyed by.
    struct Scope {
        var path: String
        var actor: Instance?
    }

    /// One actor: a template and which copy of it.
    struct Instance {
        var template: ActorTemplate
        var copy: Int
        var path: String
    }

    func random(_ path: String, tick: UInt32 = 0) -> CounterRandom {
        isRandom = true
        return CounterRandom(seed: seed, sample: UInt32(truncatingIfNeeded: index), attempt: UInt32(truncatingIfNeeded: attempt), path: path, tick: tick)
    }

    func failure(_ code: String, _ origin: Origin?, _ message: String, fix: String? = nil) -> Failure {
        Failure([Diagnostic(.error, code, file: origin?.file ?? scene.file, span: origin?.span, place: "sample \(index), seed \(seed)", message: message, fix: fix)])
    }

    /// Remembers `body`'s result under a name and refuses circles.
    func once(_ name: String, _ origin: Origin?, in memory: ReferenceWritableKeyPath<Drawing, [String: Value]>, _ body: () throws -> Value) throws -> Value {
        if let known = self[keyPath: memory][name] { return known }
        if let start = pending.firstIndex(of: name) {
            throw failure("circular-value", origin, "\(name) depends on itself: \((pending[start...] + [name]).joined(separator: " needs "))")
        }
        guard pending.count < SceneLimit.dependencies.value else {
            throw failure("too-deep", origin, "values depend on each other more than \(SceneLimit.dependencies.value) levels deep")
        }
        pending.append(name)
        defer { pending.removeLast() }
        let value = try body()
        self[keyPath: memory][name] = value
        return value
    }

    // MARK: actors

    func instances() throws -> [Instance] {
        var all: [Instance] = []
        for template in scene.actors {
            let count = try count(of: template)
            guard all.count + (count ?? 1) <= SceneLimit.actors.value else {
                throw failure("too-many-actors", template.origin, "a scene may have at most \(SceneLimit.actors.value) actors")
            }
            if let count {
                all += (0..<count).map { Instance(template: template, copy: $0, path: "\(template.name)[\($0)]") }
            } else {
                all.append(Instance(template: template, copy: 0, path: template.name))
            }
        }
        return all
    }

    /// Nil for a single actor.
    func count(of template: ActorTemplate) throws -> Int? {
        guard let expression = template.count else { return nil }
        if let known = counts[template.name] { return known }
        let number = try number(expression, Scope(path: "\(template.name).count"))
        guard number >= 0, number <= Double(SceneLimit.actors.value), number == number.rounded() else {
            throw failure(
                "bad-count", expression.origin, "\(Units.number(number)) copies of \(template.name) are impossible; it must be a whole number up to \(SceneLimit.actors.value)")
        }
        counts[template.name] = Int(number)
        return Int(number)
    }

    /// The actor at a path; nil for the `previous` of a first copy.
    func instance(_ reference: ActorReference, _ scope: Scope, _ origin: Origin?) throws -> Instance? {
        switch reference {
        case .own: return scope.actor
        case .previous:
            guard let own = scope.actor, own.copy > 0 else { return nil }
            return Instance(template: own.template, copy: own.copy - 1, path: "\(own.template.name)[\(own.copy - 1)]")
        case .named(let name):
            guard let template = scene.actors.first(where: { $0.name == name }) else { throw failure("unknown-actor", origin, "there is no actor '\(name)'") }
            return Instance(template: template, copy: 0, path: template.count == nil ? name : "\(name)[0]")
        case .copy(let name, let which):
            guard let template = scene.actors.first(where: { $0.name == name }) else { throw failure("unknown-actor", origin, "there is no actor '\(name)'") }
            let k = try number(which, scope)
            guard let count = try count(of: template), k >= 0, k < Double(count), k == k.rounded() else {
                throw failure("no-such-copy", origin, "\(name)[\(Units.number(k))] does not exist: copies are numbered from 0", fix: nil)
            }
            return Instance(template: template, copy: Int(k), path: "\(name)[\(Int(k))]")
        }
    }

    func property(_ name: String, of actor: Instance) throws -> Value? {
        guard let expression = actor.template[name] else { return nil }
        let path = "\(actor.path).\(name)"
        return try once(path, expression.origin, in: \.properties) {
            let value = try usable(evaluate(expression, Scope(path: path, actor: actor)), expression.origin)
            if case .number(let x) = value, let allowed = Schema.block("actor")?.property(name)?.allowed, !allowed.contains(x) {
                throw failure("out-of-range", expression.origin, "\(path) was drawn as \(Units.number(x)) (SI), which is impossible", fix: "confine it with within a ... b")
            }
            return value
        }
    }

    // MARK: requirements

    func judgeRequirements() throws {
        for (requirement, key) in keyedRequirements() where requirement.mode == nil {
            for scope in try scopes(of: requirement, key) where try applies(requirement, scope) {
                guard case .truth(let holds) = try evaluate(requirement.condition, scope) else { continue }
                if !holds { throw Rejection(reason: "it violates 'require \(requirement.text)'", origin: requirement.condition.origin) }
            }
        }
    }

    /// Requirements with the path their probability is drawn under: their words, so that a line elsewhere in the file changes nothing.
    /// Equal ones are counted.
    private func keyedRequirements() -> [(requirement: Scene.Requirement, key: String)] {
        var seen: [String: Int] = [:]
        return scene.requirements.map { requirement in
            let words = (requirement.mode.map { "\($0.rawValue) " } ?? "") + requirement.text.filter { !$0.isWhitespace }
            let again = seen["\(requirement.actor ?? "") \(words)", default: 0]
            seen["\(requirement.actor ?? "") \(words)"] = again + 1
            return (requirement, again == 0 ? "require[\(words)]" : "require[\(words)][\(again)]")
        }
    }

    func scopes(of requirement: Scene.Requirement, _ path: String) throws -> [Scope] {
        guard let name = requirement.actor else { return [Scope(path: path)] }
        return try instances().filter { $0.template.name == name }.map { Scope(path: "\($0.path).\(path)", actor: $0) }
    }

    /// Whether a requirement `with` a probability is enforced in this attempt's sample. The same for every attempt.
    private func applies(_ requirement: Scene.Requirement, _ scope: Scope) throws -> Bool {
        guard let probability = requirement.probability else { return true }
        var random = CounterRandom(seed: seed, sample: UInt32(truncatingIfNeeded: index), attempt: 0, path: scope.path)
        return random.uniform() < (try number(probability, scope))
    }

    func temporalRequirements() throws -> [TemporalRequirement] {
        var all: [TemporalRequirement] = []
        for (requirement, key) in keyedRequirements() {
            guard let mode = requirement.mode else { continue }
            for scope in try scopes(of: requirement, key) where try applies(requirement, scope) {
                all.append(TemporalRequirement(mode: mode, condition: try runtime(requirement.condition, scope), text: requirement.text))
            }
        }
        return all
    }
}
