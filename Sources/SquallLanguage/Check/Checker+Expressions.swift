import SquallDiagnostics
import SquallMath
import SquallScene

/// Literals, lists, vectors, conditions and names.
extension Checker {
    /// The checked expression below a node. `expecting` lets bare words such as `poor` or `sedan` find their meaning.
    func check(_ node: SyntaxNode, expecting expected: Schema.Expected? = nil) -> Expression {
        switch node.kind {
        case .literal: return checkLiteral(node)
        case .quantity: return checkQuantity(node)
        case .withUnit: return checkWithUnit(node)
        case .name: return checkName(node, expected)
        case .member: return checkMember(node)
        case .call: return checkCall(node, expected)
        case .index: return checkIndex(node)
        case .list: return checkList(node, expected)
        case .tuple: return checkTuple(node, expected)
        case .unary: return checkUnary(node)
        case .binary: return checkBinary(node, expected)
        case .conditional: return checkConditional(node, expected)
        default: return unknown(node)
        }
    }

    // MARK: literals

    private func checkLiteral(_ node: SyntaxNode) -> Expression {
        guard let token = node.tokens.first else { return unknown(node) }
        let at = origin(node)
        switch token.kind {
        case .number: return Expression(.literal(.number(Double(token.text) ?? .nan)), .number(.none), origin: at)
        case .string: return Expression(.literal(.text(unescape(token.text))), .text, origin: at)
        case .time:
            let parts = token.text.split(separator: ":").compactMap { Double($0) }
            guard parts.count >= 2, parts[0] < 24, parts[1] < 60, parts.count < 3 || parts[2] < 60 else {
                report("bad-time", token.span, "there is no time of day \(token.text)")
                return unknown(node)
            }
            let seconds = parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
            return Expression(.literal(.timeOfDay(TimeOfDay(seconds: seconds, isUTC: node.tokens.count > 1))), .timeOfDay, origin: at)
        case .date:
            let parts = token.text.split(separator: "-").compactMap { Int($0) }
            let date = parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : CivilDate(year: 0, month: 0, day: 0)
            guard date.isValid else {
                report("bad-date", token.span, "the calendar has no \(token.text)")
                return unknown(node)
            }
            return Expression(.literal(.date(date)), .date, origin: at)
        case .color:
            let value = UInt32(token.text.dropFirst(), radix: 16) ?? 0
            let parts = [16, 8, 0].map { Double((value >> UInt32($0)) & 255) / 255 }
            return Expression(.literal(.color(Vec3(parts[0], parts[1], parts[2]))), .color, origin: at)
        default: return unknown(node)
        }
    }

    /// The unit a node names, or an error with the nearest unit.
    private func unit(_ node: SyntaxNode) -> Unit? {
        let name = node.tokens.map(\.text).joined()
        if let unit = Units.parse(name) { return unit }
        let known = ["km/h", "m/s", "mm/h", "m/s^2", "deg/s", "kg/m^3", "cm/s", "W/m^2", "cd/m^2"] + Units.simple.map(\.symbol)
        let meant = Units.meant(by: name).map { "did you mean '\($0)'?" }
        report("unknown-unit", node.span, "there is no unit '\(name)'", fix: meant ?? NearNames.suggestion(for: name, among: known))
        return nil
    }

    private func checkQuantity(_ node: SyntaxNode) -> Expression {
        guard let number = node.token(.number), let unitNode = node.node(.unit), let unit = unit(unitNode) else { return unknown(node) }
        return Expression(.literal(.number(unit.toSI(Double(number.text) ?? .nan))), .number(unit.dimension), origin: origin(node), isReading: unit.offset != 0)
    }

    /// `uniform(5, 20) km/h`: the unit belongs to the whole draw.
    private func checkWithUnit(_ node: SyntaxNode) -> Expression {
        guard let inner = node.expression, let unitNode = node.node(.unit) else { return unknown(node) }
        let value = check(inner)
        guard let unit = unit(unitNode), value.type != .unknown else { return unknown(node) }
        guard case .number(.none) = value.type else {
            report("double-unit", unitNode.span, "this is \(value.type.description) already", label: "a second unit", fix: "write the unit once, inside or behind")
            return unknown(node)
        }
        var result = Expression(.scaled(value, factor: unit.factor, offset: unit.offset), .number(unit.dimension), origin: origin(node), isRuntime: value.isRuntime, isReading: unit.offset != 0)
        if case .draw(var draw) = value.kind {
            (draw.factor, draw.offset) = (draw.factor * unit.factor, draw.offset * unit.factor + unit.offset)
            result.kind = .draw(draw)
        }
        return result
    }

    // MARK: compound values

    private func checkList(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        let entries = node.nodes(.argument).map { $0.nodes.filter(\.isExpression) }
        if entries.contains(where: { $0.count > 1 }) { return checkMap(node, entries) }
        let elements = entries.compactMap(\.first).map { check($0, expecting: expected?.element) }
        let type = elements.first { $0.type != .unknown }?.type ?? .unknown
        for element in elements where element.type != type && element.type != .unknown {
            report("mixed-list", element.origin?.span ?? node.span, "a list holds values of one kind: here \(type.description) and \(element.type.description)")
            return unknown(node)
        }
        return Expression(.list(elements), .list(type), origin: origin(node))
    }

    /// `[train: 0.8, val: 0.2]`: bare names on the left are words.
    private func checkMap(_ node: SyntaxNode, _ entries: [[SyntaxNode]]) -> Expression {
        var pairs: [(key: Expression, value: Expression)] = []
        for entry in entries {
            guard entry.count == 2 else {
                report("mixed-list", entry.first?.span ?? node.span, "either every entry has a ':' or none")
                continue
            }
            let isWord = entry[0].kind == .name && names[entry[0].tokens.first?.text ?? ""] == nil
            let key = isWord ? Expression(.literal(.symbol(text(entry[0]))), .symbol, origin: origin(entry[0])) : check(entry[0])
            pairs.append((key, check(entry[1])))
        }
        return Expression(.map(pairs), .map(pairs.first?.key.type ?? .unknown, pairs.first?.value.type ?? .unknown), origin: origin(node))
    }

    private func checkTuple(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        let parts = node.nodes(.argument).compactMap(\.expression)
        if parts.count == 1 { return check(parts[0], expecting: expected) }
        guard parts.count == 3 || parts.count == 2 else {
            report("bad-vector", node.span, "a vector has three parts, a resolution two; this has \(parts.count)")
            return unknown(node)
        }
        let values = parts.map { check($0) }
        guard !values.contains(where: { $0.type == .unknown }) else { return unknown(node) }
        guard case .number(let dimension) = values[0].type, values.allSatisfy({ $0.type == .number(dimension) }) else {
            report("unit-mismatch", node.span, "the parts of a vector must agree: here \(values.map(\.type.description).joined(separator: ", "))")
            return unknown(node)
        }
        let z = values.count > 2 ? values[2] : .number(0, dimension)
        return Expression(.vector(values[0], values[1], z), .vector(dimension), origin: origin(node))
    }

    private func checkConditional(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        let parts = node.nodes.filter(\.isExpression)
        guard parts.count == 3 else { return unknown(node) }
        let condition = check(parts[0])
        let (yes, no) = (check(parts[1], expecting: expected), check(parts[2], expecting: expected))
        if condition.type != .truth, condition.type != .unknown { report("wrong-type", parts[0].span, "if takes a condition, but this is \(condition.type.description)") }
        guard yes.type != .unknown, no.type != .unknown else { return unknown(node) }
        guard yes.type == no.type else {
            report("unit-mismatch", node.span, "both branches must agree: here \(yes.type.description) and \(no.type.description)")
            return unknown(node)
        }
        return Expression(
            .conditional(condition, yes, no), yes.type, origin: origin(node), isRuntime: [condition, yes, no].contains(where: \.isRuntime), isReading: yes.isReading || no.isReading)
    }

    // MARK: names

    private func checkName(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        guard let name = node.tokens.first?.text else { return unknown(node) }
        let at = origin(node)
        let word = Self.word(name, expected)
        if let declared = names[name] {
            // Neither an actor nor an import is the value of a word: `actor tree is tree`, `surroundings = motorway` beside `import ... as motorway`.
            switch (declared, word) {
            case (.actor, let word?), (.network, let word?), (.library, let word?): return Expression(.literal(word.0), word.1, origin: at)
            default: break
            }
            return use(declared, name, node)
        }
        if let word { return Expression(.literal(word.0), word.1, origin: at) }
        switch name {
        case "true", "false": return Expression(.literal(.truth(name == "true")), .truth, origin: at)
        case "pi": return Expression(.literal(.number(.pi)), .number(.none), origin: at)
        case "infinity": return Expression(.literal(.number(.infinity)), .number(.none), origin: at)
        default: break
        }
        if let actor = context.actor, let own = ownName(name, actor, node) { return own }
        var candidates = declarationOrder + (expected?.words ?? []) + ["true", "false", "pi"]
        if context.actor != nil { candidates += ActorAttribute.allCases.map(\.rawValue) + ["index", "previous", "self"] }
        if NumericFunction.named(name) != nil || DistributionKind(rawValue: name) != nil {
            report("expected-call", node.span, "\(name) is a function", fix: "write \(name)(...)")
        } else if let words = expected?.words {
            report(
                "unknown-word", node.span, "there is no '\(name)' here; expected \(expected?.description ?? "")",
                fix: NearNames.suggestion(for: name, among: words + declarationOrder) ?? (expected == .archetype ? Archetype.advice(for: name) : nil))
        } else {
            report("unknown-name", node.span, "there is no '\(name)'", fix: NearNames.suggestion(for: name, among: candidates))
        }
        return unknown(node)
    }

    /// What is implied inside an actor: `self`, `index`, `previous` and its own attributes.
    private func ownName(_ name: String, _ actor: String, _ node: SyntaxNode) -> Expression? {
        let at = origin(node)
        switch name {
        case "self": return Expression(.actor(.own), .actor, origin: at)
        case "index": return Expression(.copyIndex, .number(.none), origin: at)
        case "previous":
            if case .actor(let info)? = names[actor], !info.isCopied {
                report("no-copies", node.span, "'previous' has a meaning for copies only", fix: "write actor \(actor) is ... * n")
                return unknown(node)
            }
            return Expression(.actor(.previous), .actor, origin: at)
        default:
            guard ActorAttribute(rawValue: name) != nil || (context.isRuntime && name == "acceleration") else { return nil }
            return attribute(name, of: .own, node)
        }
    }

    private func use(_ declared: Declared, _ name: String, _ node: SyntaxNode) -> Expression {
        used.insert(name)
        let at = origin(node)
        switch declared {
        case .global(_, let isParam):
            guard let value = checkGlobal(name, isParam: isParam, from: node) else { return unknown(node) }
            // Structure known before any draw stays visible: networks, words, archetypes, fixed numbers of copies.
            if case .literal(.network) = value.kind { return value }
            return Expression(.global(prefix + name), value.type, origin: at, isReading: value.isReading)
        case .actor(let info):
            if info.isCopied, context.actor != name {
                report("which-copy", node.span, "there are several '\(name)'", fix: "write \(name)[0]")
                return unknown(node)
            }
            return Expression(.actor(info.isCopied ? .own : .named(name)), .actor, origin: at)
        case .network(let path): return Expression(.literal(.network(path)), .network, origin: at)
        case .asset(let path): return Expression(.literal(.asset(path)), .asset, origin: at)
        case .library, .rig:
            report("wrong-type", node.span, "'\(name)' is not a value", label: "it is \(ValueType.library.description) or a rig")
            return unknown(node)
        case .future, .failed: return unknown(node)
        }
    }

    /// A bare word that the expected type gives a meaning.
    private static func word(_ name: String, _ expected: Schema.Expected?) -> (Value, ValueType)? {
        switch expected {
        case .words(let words)?, .wordList(let words)?: return words.contains(name) ? (.symbol(name), .symbol) : nil
        case .archetype?: return Archetype.named(name).map { (.archetype($0.name), .archetype) }
        default: return Archetype.named(name).flatMap { expected == nil ? (.archetype($0.name), .archetype) : nil }
        }
    }
}

extension Schema.Expected {
    /// Of the elements of a list.
    var element: Schema.Expected? {
        if case .wordList(let words) = self { return .words(words) }
        return nil
    }

    /// Bare words that have a meaning here.
    var words: [String]? {
        switch self {
        case .words(let words), .wordList(let words): words
        case .archetype: Archetype.all.map(\.name)
        default: nil
        }
    }
}
