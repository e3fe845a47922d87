import SquallDiagnostics
import SquallMath
import SquallScene

/// Behaviours: actions in order, together or again, with when, until and for.
extension Checker {
    /// What stands behind `do`; nil after an error.
    func checkBehaviour(_ node: SyntaxNode, actor: String) -> BehaviourTemplate? {
        let parts = { node.nodes.compactMap { $0.isExpression ? nil : self.checkBehaviour($0, actor: actor) } }
        switch node.kind {
        case .step: return checkStep(node, actor: actor)
        case .sequence: return .sequence(parts())
        case .together: return .together(parts())
        case .repeating:
            let times = node.expression.map { count in
                let value = inContext(actor: actor) { check(count) }
                if value.type != .number(.none), value.type != .unknown { report("wrong-type", count.span, "repeat takes a plain number, but this is \(value.type.description)") }
                return value
            }
            return .repeating(.sequence(parts()), times: times)
        case .oneOf:
            unsupported(node.span, "one_of")
            return nil
        default: return nil
        }
    }

    private func checkStep(_ node: SyntaxNode, actor: String) -> BehaviourTemplate? {
        guard let call = node.expression else { return nil }
        let callee = call.kind == .call ? call.expression : call
        guard let callee, callee.kind == .name, let name = callee.tokens.first else {
            report("expected-behaviour", call.span, "a behaviour is an action such as follow_lane()")
            return nil
        }
        guard let action = Schema.action(name.text) else {
            report(
                "unknown-action", name.span, "there is no action '\(name.text)'",
                fix: NearNames.suggestion(for: name.text, among: Schema.actions.filter { !$0.isFuture }.map(\.name))
                    ?? "there are \(Schema.actions.filter { !$0.isFuture }.map(\.name).joined(separator: ", "))")
            return nil
        }
        if action.isFuture {
            unsupported(name.span, "the action \(name.text)")
            return nil
        }
        if call.kind != .call {
            report("expected-call", name.span, "an action is called", fix: "write \(name.text)()")
            return nil
        }
        checkAbility(action, name.span)
        let count = stepCounts[name.text, default: 0]
        stepCounts[name.text] = count + 1
        var step = BehaviourTemplate.Step(action: name.text, key: count == 0 ? name.text : "\(name.text)[\(count)]")
        guard let found = bindNodes(call, to: action.parameters.map { Schema.Parameter($0.name, nil, isOptional: !$0.isRequired) }, of: name.text) else { return nil }
        if action.needsOne, found.isEmpty { report("missing-argument", call.span, "\(name.text)() needs \(action.parameters.map(\.name).joined(separator: " or "))") }
        for parameter in action.parameters {
            guard let value = found[parameter.name], let argument = checkArgument(value, parameter, action.name, actor: actor) else { continue }
            step.arguments.append((parameter.name, argument))
        }
        for modifier in node.nodes(.modifier) { checkModifier(modifier, &step, actor: actor) }
        return .step(step)
    }

    /// Whether all that the actor may be can do it.
    private func checkAbility(_ action: Schema.Action, _ span: SourceSpan) {
        for member in cast ?? [] {
            switch member {
            case .archetype(let who) where !who.can(action):
                let able = Schema.actions.filter(who.can).map(\.name).joined(separator: ", ")
                let isStill = who.motion == .fixture
                report(
                    "wrong-action", span, isStill ? "the archetype \(who.name) does not move" : "\(who.article) \(who.name) cannot \(action.name)()",
                    fix: able.isEmpty ? "leave out its 'do'" : "it can \(able)")
                return
            case .imported where action.body != .any:
                let able = Archetype.all.filter { $0.can(action) }.map(\.name).joined(separator: ", ")
                report("wrong-action", span, "an imported shape cannot \(action.name)()", label: "it has no joints", fix: "use one of \(able)")
                return
            default: continue
            }
        }
    }

    private func checkModifier(_ node: SyntaxNode, _ step: inout BehaviourTemplate.Step, actor: String) {
        guard let word = node.tokens.first, let expression = node.expression else { return }
        let value = inContext(actor: actor, isRuntime: word.text != "for") { check(expression) }
        guard value.type != .unknown else { return }
        let wanted: ValueType = word.text == "for" ? .number(.time) : .truth
        guard value.type == wanted else {
            report("wrong-type", expression.span, "\(word.text) takes \(wanted.description), but this is \(value.type.description)")
            return
        }
        let isTwice = word.text == "until" ? step.until != nil : word.text == "when" ? step.when != nil : step.duration != nil
        if isTwice { report("duplicate-property", word.span, "a step has one '\(word.text)'", fix: "join the conditions with or") }
        switch word.text {
        case "until": step.until = value
        case "when": step.when = value
        default: step.duration = value
        }
    }

    private func checkArgument(_ node: SyntaxNode, _ parameter: Schema.Action.Parameter, _ action: String, actor: String) -> BehaviourTemplate.Argument? {
        func wrong(_ wanted: String, _ type: ValueType) -> BehaviourTemplate.Argument? {
            guard type != .unknown else { return nil }
            var fix: String?
            if type == .number(.none), case .number(let dimension) = parameter.kind { fix = "write it with a unit, for instance \(Units.example(of: dimension))" }
            report("wrong-type", node.span, "\(parameter.name) of \(action)() is \(wanted), but this is \(type.description)", label: parameter.summary, fix: fix)
            return nil
        }
        switch parameter.kind {
        case .number(let dimension):
            let value = inContext(actor: actor, isRuntime: true) { check(node) }
            guard value.type == .number(dimension) else { return wrong(ValueType.number(dimension).description, value.type) }
            if let allowed = parameter.allowed, let bounds = bounds(value), bounds.lowerBound < allowed.lowerBound || bounds.upperBound > allowed.upperBound {
                let worst = bounds.upperBound > allowed.upperBound ? bounds.upperBound : bounds.lowerBound
                report(
                    "out-of-range", node.span, "\(parameter.name) of \(action)() of \(Units.format(worst, dimension)) is impossible",
                    label: "it lies between \(Units.format(allowed.lowerBound, dimension)) and \(Units.format(allowed.upperBound, dimension))")
            }
            return .number(value)
        case .actor:
            let value = inContext(actor: actor) { check(node) }
            guard case .actor(let reference) = value.kind else { return wrong("an actor", value.type) }
            return .actor(reference)
        case .lane:
            if node.kind == .name, let word = node.tokens.first, word.text == "left" || word.text == "right", names[word.text] == nil { return .side(left: word.text == "left") }
            if node.kind == .member, node.tokens.last?.text == "lane", let base = node.expression {
                let value = inContext(actor: actor) { check(base) }
                if case .actor(let reference) = value.kind { return .laneOf(reference) }
                return wrong("a lane", value.type)
            }
            let value = inContext(actor: actor) { check(node) }
            guard value.type == .lane else { return wrong("left, right, or a lane such as ego.lane", value.type) }
            return .lane(value)
        case .points:
            let value = inContext(actor: actor) { check(node) }
            guard case .list(let points) = value.kind, value.type == .list(.vector(.length)) || value.type == .list(.place) else { return wrong("a list of points", value.type) }
            return .points(points)
        }
    }
}
