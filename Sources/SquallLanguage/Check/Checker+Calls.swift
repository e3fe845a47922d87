import SquallDiagnostics
import SquallMath
import SquallScene

/// Calls: arguments bound to parameters, draws and functions of numbers.
extension Checker {
    /// The values and labels of a call in order.
    func arguments(_ call: SyntaxNode) -> [(label: Token?, value: SyntaxNode)] {
        (call.node(.tuple)?.nodes(.argument) ?? []).compactMap { argument in
            let parts = argument.nodes
            if argument.token(.colon) != nil, parts.count == 2 { return (parts[0].kind == .name ? parts[0].tokens.first : nil, parts[1]) }
            return parts.first.map { (nil, $0) }
        }
    }

    /// Arguments by parameter name, each checked; nil after an error about labels or their number.
    func bind(_ call: SyntaxNode, to parameters: [Schema.Parameter], of function: String) -> [String: Expression]? {
        guard let nodes = bindNodes(call, to: parameters, of: function) else { return nil }
        var found: [String: Expression] = [:]
        for parameter in parameters {
            guard let node = nodes[parameter.name] else { continue }
            let value = check(node, expecting: parameter.expected)
            if let expected = parameter.expected, !expected.accepts(value.type) {
                var fix: String?
                if value.type == .number(.none), let dimension = expected.dimension { fix = unitAdvice(value, Units.example(of: dimension)) }
                report("wrong-type", node.span, "\(parameter.name) of \(function)() is \(expected.description), but this is \(value.type.description)", fix: fix)
                found[parameter.name] = unknown(node)
            } else {
                found[parameter.name] = value
            }
        }
        return found
    }

    func bindNodes(_ call: SyntaxNode, to parameters: [Schema.Parameter], of function: String) -> [String: SyntaxNode]? {
        var found: [String: SyntaxNode] = [:]
        var next = 0
        for (label, value) in arguments(call) {
            var name: String
            if let label {
                name = label.text
                guard parameters.contains(where: { $0.name == name }) else {
                    let known = parameters.map(\.name)
                    report(
                        "unknown-argument", label.span, "\(function)() has no argument '\(name)'", label: known.isEmpty ? nil : "it takes \(known.joined(separator: ", "))",
                        fix: NearNames.suggestion(for: name, among: known))
                    return nil
                }
            } else {
                while next < parameters.count, found[parameters[next].name] != nil { next += 1 }
                guard next < parameters.count else {
                    report(
                        "too-many-arguments", value.span,
                        "\(function)() takes \(parameters.isEmpty ? "no arguments" : "at most \(parameters.count): \(parameters.map(\.name).joined(separator: ", "))")")
                    return nil
                }
                name = parameters[next].name
                next += 1
            }
            if found[name] != nil {
                report("duplicate-argument", value.span, "'\(name)' is given twice")
                return nil
            }
            found[name] = value
        }
        let missing = parameters.filter { !$0.isOptional && found[$0.name] == nil }
        if !missing.isEmpty {
            report(
                "missing-argument", call.span, "\(function)() needs \(missing.map(\.name).joined(separator: " and "))",
                fix: "write \(function)(\(parameters.filter { !$0.isOptional }.map(\.name).joined(separator: ", ")))")
            return nil
        }
        return found
    }

    /// `f(...)` and `a.f(...)`
    func checkCall(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        guard let callee = node.expression else { return unknown(node) }
        if callee.kind == .member { return checkMethod(callee, node) }
        guard let name = callee.tokens.first?.text else { return unknown(node) }
        if let kind = DistributionKind(rawValue: name) { return checkDraw(kind, node) }
        if let function = NumericFunction.named(name) { return checkNumeric(function, node) }
        if let special = Schema.specialFunction(name) { return checkSpecial(special, node, expected) }
        if case .future? = names[name] { return unknown(node) }
        if Schema.action(name) != nil {
            report("misplaced", callee.span, "\(name) is an action", fix: "actions stand behind do, inside an actor")
            return unknown(node)
        }
        report("unknown-function", callee.span, "there is no function '\(name)'", fix: NearNames.suggestion(for: name, among: Self.functionNames))
        return unknown(node)
    }

    /// What an author may have meant.
    static let functionNames: [String] =
        DistributionKind.allCases.map(\.rawValue) + NumericFunction.all.map(\.name) + Schema.specialFunctions.filter { !$0.isFuture }.map(\.name)

    // MARK: draws

    private func checkDraw(_ kind: DistributionKind, _ node: SyntaxNode) -> Expression {
        let ordinal = context.draws
        context.draws += 1
        if context.isRuntime, context.actor == nil { report("not-at-runtime", node.span, "a requirement judges values; it draws none") }
        guard let found = bind(node, to: kind.parameters.map { Schema.Parameter($0.name, nil) }, of: kind.rawValue) else { return unknown(node) }
        let values = kind.parameters.compactMap { found[$0.name] }
        guard values.count == kind.parameters.count, !values.contains(where: { $0.type == .unknown }) else { return unknown(node) }
        var dimension = Dimension.none
        for (parameter, value) in zip(kind.parameters, values) {
            guard case .number(let d) = value.type, !value.isRuntime else {
                report("wrong-type", value.origin?.span ?? node.span, "\(parameter.name) of \(kind.rawValue)() is a number, but this is \(value.type.description)")
                return unknown(node)
            }
            if parameter.sharesDimension { dimension = d }
            if !parameter.sharesDimension, d != .none {
                report("wrong-type", value.origin?.span ?? node.span, "\(parameter.name) of \(kind.rawValue)() is a plain number, but this is \(value.type.description)")
                return unknown(node)
            }
        }
        for (parameter, value) in zip(kind.parameters, values) where parameter.sharesDimension && value.type != .number(dimension) {
            report("unit-mismatch", node.span, "the parameters of \(kind.rawValue)() must agree: here \(values.map(\.type.description).joined(separator: " and "))")
            return unknown(node)
        }
        if dimension == .temperature, let spread = zip(kind.parameters, values).first(where: { ["deviation", "scale"].contains($0.0.name) })?.1,
            let span = spread.origin?.span, (overrideTree ?? tree).text(span).hasSuffix("degC") {
            report("wrong-type", span, "\(kind == .normal ? "a deviation" : "a scale") is a difference of temperatures, degC a reading on a scale", fix: "write it in K")
            return unknown(node)
        }
        judge(kind, values, node)
        let isReading = zip(kind.parameters, values).contains { $0.sharesDimension && $1.isReading }
        return Expression(.draw(.init(kind, values, ordinal: ordinal)), .number(dimension), origin: origin(node), isReading: isReading)
    }

    /// Fixed parameters are tried at once.
    private func judge(_ kind: DistributionKind, _ values: [Expression], _ node: SyntaxNode) {
        let fixed = values.compactMap { value -> Double? in if case .literal(.number(let x)) = value.kind { x } else { nil } }
        guard fixed.count == values.count, case .failure(let error) = kind.make(fixed) else { return }
        report("bad-distribution", node.span, "this \(kind.rawValue) draw is impossible: \(error.reason)")
    }

    /// `pick(a: 3, b: 1)` or `pick(a, b)`: the left of ':' is a value, the right its weight.
    func checkPick(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        let ordinal = context.draws
        context.draws += 1
        var entries: [(value: Expression, weight: Expression)] = []
        for argument in node.node(.tuple)?.nodes(.argument) ?? [] {
            let parts = argument.nodes.filter(\.isExpression)
            guard let first = parts.first else { continue }
            let value = check(first, expecting: expected)
            let weight = parts.count > 1 ? check(parts[1]) : .number(1)
            if weight.type != .number(.none), weight.type != .unknown { report("wrong-type", parts[1].span, "a weight is a plain number, but this is \(weight.type.description)") }
            if case .literal(.number(let w)) = weight.kind, w < 0 { report("out-of-range", parts[1].span, "a weight cannot be negative") }
            entries.append((value, weight))
        }
        guard let type = entries.first(where: { $0.value.type != .unknown })?.value.type else {
            if entries.isEmpty { report("missing-argument", node.span, "pick() needs something to pick from", fix: "write pick(a: 3, b: 1)") }
            return unknown(node)
        }
        for entry in entries where entry.value.type != type && entry.value.type != .unknown {
            report("unit-mismatch", entry.value.origin?.span ?? node.span, "pick() chooses among values of one kind: here \(type.description) and \(entry.value.type.description)")
            return unknown(node)
        }
        if entries.contains(where: { $0.value.type == .unknown }) { return unknown(node) }
        return Expression(.pick(ordinal: ordinal, entries), type, origin: origin(node), isReading: entries.contains(where: \.value.isReading))
    }

    // MARK: numeric functions

    private func checkNumeric(_ function: NumericFunction, _ node: SyntaxNode) -> Expression {
        var parameters = function.parameters
        if function.isVariadic, let last = parameters.popLast() {
            parameters = (0..<max(1, arguments(node).count)).map { .init("\(last.name)\($0 + 1)", last.rule) }
        }
        guard let found = bind(node, to: parameters.map { Schema.Parameter($0.name, nil, isOptional: $0.defaultValue != nil) }, of: function.name) else { return unknown(node) }
        let values = parameters.compactMap { found[$0.name] ?? Self.standard($0) }
        guard values.count == parameters.count, !values.contains(where: { $0.type == .unknown }) else { return unknown(node) }
        var same: Dimension?
        for (parameter, value) in zip(parameters, values) {
            guard case .number(let d) = value.type else {
                report("wrong-type", value.origin?.span ?? node.span, "\(parameter.name) of \(function.name)() is a number, but this is \(value.type.description)")
                return unknown(node)
            }
            switch parameter.rule {
            case .exactly(let wanted) where wanted != d:
                let fix = d == .none ? unitAdvice(value, Units.example(of: wanted)) : nil
                report(
                    "wrong-type", value.origin?.span ?? node.span,
                    "\(parameter.name) of \(function.name)() is \(ValueType.number(wanted).description), but this is \(value.type.description)", fix: fix)
                return unknown(node)
            case .same where same != nil && same != d:
                report("unit-mismatch", node.span, "the arguments of \(function.name)() must agree: here \(values.map(\.type.description).joined(separator: " and "))")
                return unknown(node)
            default: same = d
            }
        }
        guard let result = resultDimension(function, same ?? .none) else {
            report("unit-mismatch", node.span, "\(ValueType.number(same ?? .none).description) has no square root")
            return unknown(node)
        }
        let isRuntime = values.contains(where: \.isRuntime)
        if isRuntime, !function.worksAtRuntime {
            let able = NumericFunction.all.filter(\.worksAtRuntime).map(\.name).joined(separator: ", ")
            report("not-at-runtime", node.span, "\(function.name)() cannot be asked while the episode runs", fix: "\(able) can")
        }
        let isReading = if case .same = function.result { values.contains(where: \.isReading) } else { false }
        return Expression(.function(function.name, values), .number(result), origin: origin(node), isRuntime: isRuntime, isReading: isReading)
    }

    /// The literal for an argument that was left out.
    private static func standard(_ parameter: NumericFunction.Parameter) -> Expression? {
        guard let value = parameter.defaultValue, case .exactly(let dimension) = parameter.rule else { return nil }
        return .number(value, dimension)
    }

    private func resultDimension(_ function: NumericFunction, _ same: Dimension) -> Dimension? {
        switch function.result {
        case .exactly(let d): d
        case .same: same
        case .root: same.squareRoot
        }
    }
}
