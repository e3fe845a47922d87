import SquallDiagnostics
import SquallMath
import SquallScene

/// Functions of `Schema.specialFunctions`: values over time, places, questions.
extension Checker {
    /// Functions whose arguments or results are not plain numbers, as the schema declares them.
    func checkSpecial(_ function: Schema.SpecialFunction, _ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        if function.isFuture {
            unsupported(node.span, "\(function.name)()")
            return unknown(node)
        }
        switch function.kind {
        case .pick: return checkPick(node, expected)
        case .curve: return checkCurve(node)
        default: break
        }
        guard let found = bind(node, to: function.parameters, of: function.name) else { return unknown(node) }
        if found.values.contains(where: { $0.type == .unknown }) { return unknown(node) }
        let given = function.parameters.map { found[$0.name] }
        switch function.place {
        case .weather: return checkTimed(function.kind, given.compactMap { $0 }, node)
        case .question, .later: return checkQuery(function.kind, given.compactMap { $0 }, node)
        case .anywhere, .placement: return checkPlaceFunction(function.kind, given, node)
        }
    }

    private func checkPlaceFunction(_ kind: Schema.SpecialFunction.Kind, _ given: [Expression?], _ node: SyntaxNode) -> Expression {
        let at = origin(node)
        guard let first = given[0] else { return unknown(node) }
        switch kind {
        case .geo:
            guard let longitude = given[1] else { return unknown(node) }
            if let bounds = bounds(first), bounds.lowerBound < -.pi / 2 - 1e-9 || bounds.upperBound > .pi / 2 + 1e-9 {
                report("out-of-range", first.origin?.span ?? node.span, "a latitude lies between -90 deg and 90 deg", fix: "geo takes latitude first")
            }
            return Expression(.geo(first, longitude), .geo, origin: at)
        case .at: return Expression(.pose(position: first, heading: given[1] ?? .number(0, .angle)), .place, origin: at)
        case .aheadOf, .behind:
            guard case .actor(let reference) = first.kind, let distance = given[1] else { return unknown(node) }
            let signed = kind == .behind ? Expression(.negate(distance), distance.type, origin: distance.origin) : distance
            return Expression(.along(reference, distance: signed, left: given[2] ?? .number(0, .length)), .place, origin: at)
        default:
            guard let time = given[1] else { return unknown(node) }
            return Expression(.sun(place: first, time: time, azimuth: kind == .sunAzimuth), .number(.angle), origin: at)
        }
    }

    // MARK: values over time

    private func checkTimed(_ kind: Schema.SpecialFunction.Kind, _ given: [Expression], _ node: SyntaxNode) -> Expression {
        let name = kind.rawValue
        guard case .number(let d) = given[0].type, kind == .noise || given[1].type == given[0].type else {
            report(
                "unit-mismatch", node.span,
                "\(name)() goes between numbers of one kind: here \(given.prefix(kind == .ramp ? 2 : 1).map(\.type.description).joined(separator: " and "))")
            return unknown(node)
        }
        if context.isRuntime {
            report("not-at-runtime", node.span, "\(name)() belongs into the weather, not into a behaviour")
            return unknown(node)
        }
        if kind == .ramp { return Expression(.ramp(from: given[0], to: given[1], over: given[2]), .timed(d), origin: origin(node)) }
        let ordinal = context.draws
        context.draws += 1
        return Expression(.noise(amplitude: given[0], period: given[1], ordinal: ordinal), .timed(d), origin: origin(node))
    }

    /// `curve([0 s: a, 4 s: b])`
    private func checkCurve(_ node: SyntaxNode) -> Expression {
        guard let list = arguments(node).first?.value, list.kind == .list else {
            report("missing-argument", node.span, "curve() takes a list of times and values", fix: "for instance curve([0 s: 0 mm/h, 4 s: 20 mm/h])")
            return unknown(node)
        }
        var knots: [(time: Expression, value: Expression)] = []
        for entry in list.nodes(.argument) {
            let parts = entry.nodes.filter(\.isExpression)
            guard parts.count == 2 else {
                report("mixed-list", entry.span, "every point of a curve is time: value")
                return unknown(node)
            }
            knots.append((check(parts[0]), check(parts[1])))
        }
        if knots.contains(where: { $0.time.type == .unknown || $0.value.type == .unknown }) { return unknown(node) }
        guard let type = knots.first?.value.type, case .number(let d) = type, knots.allSatisfy({ $0.value.type == type && $0.time.type == .number(.time) }) else {
            report("unit-mismatch", node.span, "the points of a curve are times and values of one kind")
            return unknown(node)
        }
        return Expression(.curve(knots), .timed(d), origin: origin(node))
    }

    // MARK: questions

    private func checkQuery(_ kind: Schema.SpecialFunction.Kind, _ given: [Expression], _ node: SyntaxNode) -> Expression {
        let at = origin(node)
        let runtime = context.isRuntime
        func number(_ kind: QueryKind, _ subjects: [Expression], _ d: Dimension) -> Expression { Expression(.query(kind, subjects), .number(d), origin: at, isRuntime: runtime) }
        switch kind {
        case .elapsed:
            if !runtime { report("needs-time", node.span, "elapsed() has a meaning in behaviours and in require always, eventually or never only") }
            return Expression(.elapsed, .number(.time), origin: at, isRuntime: true)
        case .distance: return number(.distance, given, .length)
        case .gapTo:
            guard let own = ownActor(kind, node) else { return unknown(node) }
            return number(.gap, [own, given[0]], .length)
        case .timeToCollision:
            if given.count == 2 { return number(.timeToCollision, given, .time) }
            guard let own = ownActor(kind, node) else { return unknown(node) }
            return number(.timeToCollision, [own, given[0]], .time)
        case .collided: return Expression(.query(.collided, given), .truth, origin: at, isRuntime: runtime)
        default:
            guard given[1].type == .sensor || given[1].type == .actor else {
                report(
                    "wrong-type", given[1].origin?.span ?? node.span, "from takes a sensor or an actor, but this is \(given[1].type.description)",
                    fix: "for instance from: ego.front")
                return unknown(node)
            }
            if !runtime { report("needs-time", node.span, "visible() can be asked during the episode only", fix: "write require always, eventually or never") }
            return Expression(.query(.visible, given), .truth, origin: at, isRuntime: true)
        }
    }

    private func ownActor(_ kind: Schema.SpecialFunction.Kind, _ node: SyntaxNode) -> Expression? {
        if context.actor != nil { return Expression(.actor(.own), .actor, origin: origin(node)) }
        report(
            "needs-actor", node.span, "\(kind.rawValue)() is asked by an actor, and no actor is around this",
            fix: kind == .gapTo ? "use distance(a, b), or write the requirement inside the actor" : "name both actors")
        return nil
    }
}
