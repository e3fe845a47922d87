import SquallDiagnostics
import SquallMath
import SquallScene

/// Actors and the rigs they carry.
extension Checker {
    private static let actorSchema = Schema.block("actor")

    /// `actor name is archetype [* count] { ... }`
    func checkActor(_ node: SyntaxNode) -> ActorTemplate? {
        let words = node.tokens.filter { $0.kind == .name }
        guard prefix.isEmpty else {
            report(.warning, "ignored-in-import", node.span, "only params, lets and rigs of an imported scene file are used")
            return nil
        }
        guard words.count >= 2, let body = node.node(.sequence), let schema = Self.actorSchema else { return nil }
        let name = words[1].text
        let parts = node.nodes.filter { $0.isExpression }
        guard let kind = parts.first else { return nil }
        let what = inContext(actor: name) { check(kind, expecting: .archetype) }
        if !Schema.Expected.archetype.accepts(what.type) {
            report("wrong-type", kind.span, "an actor is an archetype or an imported asset, but this is \(what.type.description)")
        }
        var actor = ActorTemplate(name: name, what: what, origin: Origin(file: file, span: words[1].span))
        if node.token(.star) != nil, parts.count > 1 {
            let count = inContext { check(parts[1]) }
            if count.type != .number(.none), count.type != .unknown {
                report("wrong-type", parts[1].span, "the number of copies is a plain number, but this is \(count.type.description)")
            }
            actor.count = count
        }
        actor.properties = checkProperties(body, schema, actor: name)
        for property in schema.properties where property.isRequired && !actor.properties.contains(where: { $0.name == property.name }) {
            let isSet = body.nodes(.property).contains { $0.tokens.first?.text == property.name }
            if !isSet { report("missing-property", words[1].span, "actor \(name) needs a \(property.name)", label: property.summary) }
        }
        if let holds = actor["holds"] { warnOfMissingHands(holds, Self.cast(actor.what) ?? []) }
        if let lights = actor["lights"] { warnOfMissingLamps(lights, Self.cast(actor.what) ?? []) }
        for member in body.nodes { checkMember(member, &actor) }
        return actor
    }

    private func checkMember(_ member: SyntaxNode, _ actor: inout ActorTemplate) {
        switch member.kind {
        case .property, .error: break
        case .carries:
            if actor.rig != nil { report("duplicate-property", member.span, "an actor carries one rig") }
            if let expression = member.expression, let rig = rigBlocks(expression) { actor.rig = rig }
        case .doing:
            if actor.behaviour != nil {
                report("duplicate-property", member.span, "an actor has one 'do'", fix: "join them in do { ... } or do together { ... }")
                return
            }
            guard let behaviour = member.nodes.first else { return }
            stepCounts = [:]
            cast = Self.cast(actor.what)
            actor.behaviour = checkBehaviour(behaviour, actor: actor.name)
            if case .literal(.truth(true))? = actor["fixed"]?.kind {
                report("contradiction", member.span, "\(actor.name) is fixed and never moves", fix: "leave out the 'do', or fixed = true")
            }
        case .require:
            if let requirement = checkRequirement(member, actor: actor.name) { scene.requirements.append(requirement) }
        case .block: unsupported(member.span, "blocks inside an actor")
        default: report("misplaced", member.span, "this does not belong into an actor")
        }
    }

    /// Lamps that are asked for where there are none.
    private func warnOfMissingLamps(_ lights: Expression, _ cast: [CastMember]) {
        let words = if case .list(let parts) = lights.kind { parts } else { [lights] }
        for expression in words {
            guard case .literal(.symbol(let word)) = expression.kind, let asked = LightSwitch(rawValue: word), let span = expression.origin?.span else { continue }
            if asked.isSignal {
                for case .archetype(let archetype) in cast where !archetype.isTrafficLight {
                    report(.warning, "no-effect", span, "\(archetype.article) \(archetype.name) has no \(word) signal", fix: "red, amber and green are words for traffic lights")
                    break
                }
            }
            guard let lamps = asked.vehicleLamps else { continue }
            for case .archetype(let archetype) in cast where archetype.motion != .vehicle {
                report(.warning, "no-effect", span, "\(archetype.article) \(archetype.name) has no \(lamps)", fix: "lamps of things are auto, on or off")
                break
            }
        }
    }

    private func warnOfMissingHands(_ holds: Expression, _ cast: [CastMember]) {
        guard let span = holds.origin?.span else { return }
        if case .literal(.symbol(let word)) = holds.kind, word == Belonging.auto || word == Belonging.nothing.rawValue { return }
        for member in cast {
            let handless: String
            switch member {
            case .archetype(let archetype) where !Belonging.suits(archetype): handless = "\(archetype.article) \(archetype.name)"
            case .imported: handless = "an imported model"
            default: continue
            }
            report(.warning, "no-effect", span, "\(handless) holds nothing", fix: "holds is for adult, child and elder")
            return
        }
    }

    /// What an expression may choose; nil when that is not plain to see.
    private static func cast(_ what: Expression) -> [CastMember]? {
        func all(_ parts: [Expression]) -> [CastMember]? {
            let found = parts.compactMap(cast)
            return found.count == parts.count ? found.flatMap { $0 } : nil
        }
        switch what.kind {
        case .literal(.archetype(let name)): return Archetype.named(name).map { [.archetype($0)] }
        case .literal(.asset): return [.imported]
        case .pick(_, let entries): return all(entries.map(\.value))
        case .conditional(_, let a, let b): return all([a, b])
        default: return nil
        }
    }

    // MARK: rigs

    /// `rig name [extends expr] { sensor blocks }`
    func checkRig(_ node: SyntaxNode) {
        guard node.kind == .rig else { return }
        let words = node.tokens.filter { $0.kind == .name }
        guard words.count >= 2, let body = node.node(.sequence), rigs[words[1].text] == nil else { return }
        var sensors: [SceneBlock] = []
        if let base = node.expression, let blocks = rigBlocks(base) { sensors = blocks }
        for statement in body.nodes {
            switch statement.kind {
            case .block:
                guard let sensor = checkBlock(statement, within: "rig") else { continue }
                if let same = sensors.firstIndex(where: { $0.name == sensor.name }) {
                    if node.expression == nil || sensors[same].origin?.file == file { report("duplicate-name", statement.span, "the rig has a sensor '\(sensor.name)' already") }
                    sensors[same] = sensor
                } else {
                    sensors.append(sensor)
                }
            case .error: break
            default: report("misplaced", statement.span, "a rig holds sensor blocks")
            }
        }
        if sensors.isEmpty { report(.warning, "empty-rig", words[1].span, "this rig has no sensors") }
        rigs[words[1].text] = sensors
    }

    /// The sensors of the rig an expression names: `mine`, `rigs.six_cameras`.
    func rigBlocks(_ node: SyntaxNode) -> [SceneBlock]? {
        if node.kind == .name, let name = node.tokens.first {
            if let rig = rigs[name.text] { return rig }
            switch names[name.text] {
            case .rig?, .failed?: return nil
            default: break
            }
            let known = knownRigs
            report("unknown-rig", node.span, "there is no rig '\(name.text)'", fix: NearNames.suggestion(for: name.text, among: known) ?? Self.rigAdvice(known))
            return nil
        }
        if node.kind == .member, let base = node.expression, base.kind == .name, let library = base.tokens.first, let member = node.tokens.last {
            guard case .library(let found)? = names[library.text] else {
                switch names[library.text] {
                case .failed?: break
                case .some: report("wrong-type", base.span, "'\(library.text)' is no imported scene file, so it has no rigs", fix: Self.rigAdvice(knownRigs))
                case nil:
                    let known = declarationOrder.filter { if case .library? = names[$0] { true } else { false } }
                    report("unknown-name", base.span, "there is no '\(library.text)'", fix: NearNames.suggestion(for: library.text, among: known) ?? Self.rigAdvice(knownRigs))
                }
                return nil
            }
            if let rig = found.rigs[member.text] { return rig }
            if found.isBroken { return nil }
            let known = found.rigs.keys.sorted()
            report(
                "unknown-rig", member.span, "\(library.text) has no rig '\(member.text)'",
                fix: NearNames.suggestion(for: member.text, among: known) ?? (known.isEmpty ? "that file declares no rigs" : "it has \(known.joined(separator: ", "))"))
            return nil
        }
        report("wrong-type", node.span, "a rig is named here, such as rigs.six_cameras", fix: Self.rigAdvice(knownRigs))
        return nil
    }

    /// Every rig that can be carried here, as an author would name it: own ones first, each group in the order of names.
    private var knownRigs: [String] {
        let imported = declarationOrder.flatMap { name -> [String] in
            guard case .library(let library)? = names[name] else { return [] }
            return library.rigs.keys.sorted().map { "\(name).\($0)" }
        }
        return rigs.keys.sorted() + imported
    }

    private static func rigAdvice(_ known: [String]) -> String {
        known.isEmpty
            ? "declare one with rig name { ... }, or import one: import \"rigs/front_and_lidar.squall\" as rigs, then carries rigs.kitti"
            : "the rigs here are \(known.joined(separator: ", "))"
    }

    /// Notes which sensors an actor carries, so that `ego.front` can be asked about anywhere.
    func fillSensors(_ name: String) {
        guard case .actor(var info)? = names[name], let body = info.node.node(.sequence) else { return }
        let before = diagnostics.count
        for carries in body.nodes(.carries) {
            if let expression = carries.expression { info.sensors += rigBlocks(expression)?.map(\.name) ?? [] }
        }
        diagnostics.removeLast(diagnostics.count - before)
        names[name] = .actor(info)
    }

    // MARK: requirements

    /// `require [always | eventually | never] expr [with probability]`
    func checkRequirement(_ node: SyntaxNode, actor: String?) -> Scene.Requirement? {
        let words = node.tokens.filter { $0.kind == .name }.dropFirst()
        let mode = words.first.flatMap { TemporalRequirement.Mode(rawValue: $0.text) }
        let parts = node.nodes.filter { $0.isExpression }
        guard let conditionNode = parts.first else { return nil }
        let condition = inContext(actor: actor, isRuntime: mode != nil) { check(conditionNode) }
        if condition.type != .truth, condition.type != .unknown {
            report("wrong-type", conditionNode.span, "require takes a condition, but this is \(condition.type.description)", fix: "compare it with something")
        }
        var probability: Expression?
        if parts.count > 1 {
            let p = inContext(actor: actor) { check(parts[1]) }
            if p.type != .number(.none), p.type != .unknown { report("wrong-type", parts[1].span, "a probability is a plain number, but this is \(p.type.description)") }
            if let bounds = bounds(p), bounds.lowerBound < 0 || bounds.upperBound > 1 { report("out-of-range", parts[1].span, "a probability lies between 0 and 1") }
            probability = p
        }
        if case .literal(.truth(false)) = condition.kind { report(.warning, "impossible-require", conditionNode.span, "this can never hold") }
        return Scene.Requirement(mode: mode, condition: condition, probability: probability, text: text(conditionNode), actor: actor)
    }
}
