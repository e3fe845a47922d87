import SquallDiagnostics
import SquallMath
import SquallScene

extension Checker {
    /// Functions whose arguments or results are not plain numbers.
    static let specialSignatures: [(name: String, parameters: [Parameter])] = [
        ("geo", [Parameter("latitude", .number(.angle)), Parameter("longitude", .number(.angle))]),
        ("ramp", [Parameter("from", nil), Parameter("to", nil), Parameter("over", .number(.time))]),
        ("curve", [Parameter("points", nil)]),
        ("noise", [Parameter("amplitude", nil), Parameter("period", .number(.time))]),
        ("at", [Parameter("position", .vector(.length)), Parameter("heading", .number(.angle), isOptional: true)]),
        ("ahead_of", [Parameter("actor", .actor), Parameter("distance", .number(.length)), Parameter("left", .number(.length), isOptional: true)]),
        ("behind", [Parameter("actor", .actor), Parameter("distance", .number(.length)), Parameter("left", .number(.length), isOptional: true)]),
        ("elapsed", []),
        ("gap_to", [Parameter("actor", .actor)]),
        ("distance", [Parameter("a", .actor), Parameter("b", .actor)]),
        ("time_to_collision", [Parameter("a", .actor), Parameter("b", .actor, isOptional: true)]),
        ("collided", [Parameter("a", .actor), Parameter("b", .actor)]),
        ("visible", [Parameter("actor", .actor), Parameter("from", nil)]),
        ("sun_elevation", [Parameter("place", .geo), Parameter("time", .moment)]),
        ("sun_azimuth", [Parameter("place", .geo), Parameter("time", .moment)]),
    ]

    /// Nil when no such function exists.
    func checkSpecial(_ name: String, _ node: SyntaxNode) -> Expression? {
        guard let signature = Self.specialSignatures.first(where: { $0.name == name }) else { return nil }
        if name == "curve" { return checkCurve(node) }
        guard let found = bind(node, to: signature.parameters, of: name) else { return unknown(node) }
        if found.values.contains(where: { $0.type == .unknown }) { return unknown(node) }
        let given = signature.parameters.map { found[$0.name] }
        switch name {
        case "ramp", "noise": return checkTimed(name, given.compactMap { $0 }, node)
        case "geo", "at", "ahead_of", "behind", "sun_elevation", "sun_azimuth": return checkPlaceFunction(name, given, node)
        default: return checkQuery(name, given.compactMap { $0 }, node)
        }
    }

    private func checkPlaceFunction(_ name: String, _ given: [Expression?], _ node: SyntaxNode) -> Expression {
        let at = origin(node)
        guard let first = given[0] else { return unknown(node) }
        switch name {
        case "geo":
            guard let longitude = given[1] else { return unknown(node) }
            if let bounds = bounds(first), bounds.lowerBound < -.pi / 2 - 1e-9 || bounds.upperBound > .pi / 2 + 1e-9 {
                report("out-of-range", first.origin?.span ?? node.span, "a latitude lies between -90 deg and 90 deg", fix: "geo takes latitude first")
            }
            return Expression(.geo(first, longitude), .geo, origin: at)
        case "at": return Expression(.pose(position: first, heading: given[1] ?? .number(0, .angle)), .place, origin: at)
        case "ahead_of", "behind":
            guard case .actor(let reference) = first.kind, let distance = given[1] else { return unknown(node) }
            let signed = name == "behind" ? Expression(.negate(distance), distance.type, origin: distance.origin) : distance
            return Expression(.along(reference, distance: signed, left: given[2] ?? .number(0, .length)), .place, origin: at)
        default:
            guard let time = given[1] else { return unknown(node) }
            return Expression(.sun(place: first, time: time, azimuth: name == "sun_azimuth"), .number(.angle), origin: at)
        }
    }

    // MARK: values over time

    private func checkTimed(_ name: String, _ given: [Expression], _ node: SyntaxNode) -> Expression {
        guard case .number(let d) = given[0].type, name == "noise" || given[1].type == given[0].type else {
            report("unit-mismatch", node.span, "\(name)() goes between numbers of one kind: here \(given.prefix(name == "ramp" ? 2 : 1).map(\.type.description).joined(separator: " and "))")
            return unknown(node)
        }
        if context.isRuntime {
            report("not-at-runtime", node.span, "\(name)() belongs into the weather, not into a behaviour")
            return unknown(node)
        }
        if name == "ramp" { return Expression(.ramp(from: given[0], to: given[1], over: given[2]), .timed(d), origin: origin(node)) }
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

    private func checkQuery(_ name: String, _ given: [Expression], _ node: SyntaxNode) -> Expression {
        let at = origin(node)
        let runtime = context.isRuntime
        func number(_ kind: QueryKind, _ subjects: [Expression], _ d: Dimension) -> Expression { Expression(.query(kind, subjects), .number(d), origin: at, isRuntime: runtime) }
        switch name {
        case "elapsed":
            if !runtime { report("needs-time", node.span, "elapsed() has a meaning in behaviours and in require always, eventually or never only") }
            return Expression(.elapsed, .number(.time), origin: at, isRuntime: true)
        case "distance": return number(.distance, given, .length)
        case "gap_to":
            guard let own = ownActor(name, node) else { return unknown(node) }
            return number(.gap, [own, given[0]], .length)
        case "time_to_collision":
            if given.count == 2 { return number(.timeToCollision, given, .time) }
            guard let own = ownActor(name, node) else { return unknown(node) }
            return number(.timeToCollision, [own, given[0]], .time)
        case "collided": return Expression(.query(.collided, given), .truth, origin: at, isRuntime: runtime)
        default:
            guard given[1].type == .sensor || given[1].type == .actor else {
                report("wrong-type", given[1].origin?.span ?? node.span, "from takes a sensor or an actor, but this is \(given[1].type.description)", fix: "for instance from: ego.front")
                return unknown(node)
            }
            if !runtime { report("needs-time", node.span, "visible() can be asked during the episode only", fix: "write require always, eventually or never") }
            return Expression(.query(.visible, given), .truth, origin: at, isRuntime: true)
        }
    }

    private func ownActor(_ name: String, _ node: SyntaxNode) -> Expression? {
        if context.actor != nil { return Expression(.actor(.own), .actor, origin: origin(node)) }
        report("needs-actor", node.span, "\(name)() is asked by an actor, and no actor is around this", fix: name == "gap_to" ? "use distance(a, b), or write the requirement inside the actor" : "name both actors")
        return nil
    }
}
