import SquallDiagnostics
import SquallMath
import SquallScene

/// What stands behind a dot: of actors, imported files and road networks.
extension Checker {
    /// `a.b` without a call behind it.
    func checkMember(_ node: SyntaxNode) -> Expression {
        guard let baseNode = node.expression, let member = node.tokens.last, member.kind == .name else { return unknown(node) }
        if baseNode.kind == .name, let name = baseNode.tokens.first?.text, case .library(let library)? = names[name] { return libraryMember(library, member, node) }
        let base = check(baseNode)
        switch base.type {
        case .unknown: return unknown(node)
        case .actor:
            guard case .actor(let reference) = base.kind else { return unknown(node) }
            return actorMember(reference, member, node, baseNode)
        default:
            let members = Schema.members(of: base.type)
            let found = members.first { $0.name == member.text }
            if let found, !found.isCall { return Expression(.roadMethod(found.method, base, []), found.result, origin: origin(node)) }
            let known = members.map(\.name)
            if found != nil {
                report("expected-call", member.span, "'\(member.text)' needs arguments", fix: "write .\(member.text)(...)")
            } else {
                report(
                    "unknown-member", member.span, "\(base.type.description) has no '\(member.text)'", label: known.isEmpty ? nil : "it has \(known.joined(separator: ", "))",
                    fix: NearNames.suggestion(for: member.text, among: known))
            }
            return unknown(node)
        }
    }

    private func libraryMember(_ library: Library, _ member: Token, _ node: SyntaxNode) -> Expression {
        let name = "\(prefix)\(library.name).\(member.text)"
        if let value = checked[name] { return Expression(.global(name), value.type, origin: origin(node), isReading: value.isReading) }
        if library.rigs[member.text] != nil {
            report("wrong-type", node.span, "\(library.name).\(member.text) is a rig", fix: "write carries \(library.name).\(member.text)")
            return unknown(node)
        }
        if library.isBroken { return unknown(node) }
        let start = "\(prefix)\(library.name)."
        let known = library.globals.filter { $0.name.hasPrefix(start) }.map { String($0.name.dropFirst(start.count)) } + library.rigs.keys.sorted()
        report("unknown-member", member.span, "\(library.name) has no '\(member.text)'", fix: NearNames.suggestion(for: member.text, among: known))
        return unknown(node)
    }

    private func actorMember(_ reference: ActorReference, _ member: Token, _ node: SyntaxNode, _ base: SyntaxNode) -> Expression {
        if ActorAttribute(rawValue: member.text) != nil || (context.isRuntime && member.text == "acceleration") { return attribute(member.text, of: reference, node) }
        let sensors = sensors(of: reference)
        if sensors.contains(member.text) { return Expression(.sensor(reference, member.text), .sensor, origin: origin(node)) }
        let known = ActorAttribute.allCases.map(\.rawValue) + sensors
        report(
            "unknown-member", member.span, "\(text(base)) has no '\(member.text)'", label: "an actor has \(known.joined(separator: ", "))",
            fix: NearNames.suggestion(for: member.text, among: known))
        return unknown(node)
    }

    private func sensors(of reference: ActorReference) -> [String] {
        let name: String?
        switch reference {
        case .own, .previous: name = context.actor
        case .named(let n), .copy(let n, _): name = n
        }
        if let name, case .actor(let info)? = names[name] { return info.sensors }
        return []
    }

    /// A property of an actor: as drawn, or at time t where time runs.
    func attribute(_ name: String, of reference: ActorReference, _ node: SyntaxNode) -> Expression {
        let subject = Expression(.actor(reference), .actor, origin: origin(node))
        if context.isRuntime {
            let queries: [String: (QueryKind, Dimension)] = ["speed": (.speed, .speed), "acceleration": (.acceleration, .acceleration), "s": (.s, .length)]
            if let (kind, dimension) = queries[name] { return Expression(.query(kind, [subject]), .number(dimension), origin: origin(node), isRuntime: true) }
            if name == "lane" { return Expression(.query(.lane, [subject]), .number(.none), origin: origin(node), isRuntime: true) }
        }
        guard let attribute = ActorAttribute(rawValue: name) else { return unknown(node) }
        if context.isRuntime, ![.length, .width, .height].contains(attribute) {
            report("not-at-runtime", node.span, "\(name) cannot be asked while the episode runs", fix: "speed, acceleration, s and lane can")
            return unknown(node)
        }
        return Expression(.attribute(reference, attribute), attribute.type, origin: origin(node))
    }

    /// `truck[2]`
    func checkIndex(_ node: SyntaxNode) -> Expression {
        guard let base = node.expression, let which = node.node(.list)?.nodes(.argument).first?.expression else { return unknown(node) }
        guard base.kind == .name, let name = base.tokens.first?.text, case .actor(let info)? = names[name], info.isCopied else {
            report("wrong-type", base.span, "only actors with copies can be numbered, such as truck[2]")
            return unknown(node)
        }
        let number = check(which)
        guard number.type == .number(.none), !number.isRuntime else {
            if number.type != .unknown { report("wrong-type", which.span, "a copy is chosen by a plain number, but this is \(number.type.description)") }
            return unknown(node)
        }
        return Expression(.actor(.copy(name, number)), .actor, origin: origin(node))
    }

    // MARK: methods

    /// `base.name(arguments)`
    func checkMethod(_ callee: SyntaxNode, _ node: SyntaxNode) -> Expression {
        guard let baseNode = callee.expression, let member = callee.tokens.last, member.kind == .name else { return unknown(node) }
        let base = check(baseNode)
        guard base.type != .unknown else {
            noteUses(in: node)
            return unknown(node)
        }
        let methods = Schema.members(of: base.type).filter(\.isCall)
        guard let method = methods.first(where: { $0.name == member.text }) else {
            report(
                "unknown-member", member.span, "\(base.type.description) has no '\(member.text)'",
                label: methods.isEmpty ? nil : "it has \(methods.map { "\($0.name)(...)" }.joined(separator: ", "))",
                fix: NearNames.suggestion(for: member.text, among: methods.map(\.name)))
            return unknown(node)
        }
        guard let found = bind(node, to: method.parameters, of: method.name) else { return unknown(node) }
        var arguments: [Expression] = []
        for parameter in method.parameters {
            guard let argument = found[parameter.name] else {
                arguments.append(.number(0, .length))
                continue
            }
            arguments.append(argument)
        }
        if arguments.contains(where: { $0.type == .unknown }) { return unknown(node) }
        if arguments.contains(where: \.isRuntime) {
            report("not-at-runtime", node.span, "a place is fixed before the episode starts")
            return unknown(node)
        }
        if method.method == .lane, case .literal(.network(let path)) = base.kind { warnOfSeveralRoads(path, arguments[0], node, baseNode) }
        return Expression(.roadMethod(method.method, base, arguments), method.result, origin: origin(node))
    }

    /// `motorway.lane(-1)` is on the first road with such a lane; where several have one the author may have meant another.
    private func warnOfSeveralRoads(_ path: String, _ lane: Expression, _ node: SyntaxNode, _ network: SyntaxNode) {
        guard case .literal(.number(let number)) = lane.kind, let id = Int(exactly: number), let catalogue = try? loader.catalogue?.road(path) else { return }
        let roads = catalogue.roads(withDrivingLane: id)
        guard roads.count > 1, let first = roads.first else { return }
        report(
            .warning, "several-roads", node.span, "\(roads.count) roads have a driving lane \(id); this is the one of road \(first)",
            fix: "name the road: \(text(network)).road(\"\(first)\").lane(\(id))")
    }
}
