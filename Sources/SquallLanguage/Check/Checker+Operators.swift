import SquallDiagnostics
import SquallMath
import SquallScene

/// Operators and the dimensions they allow.
extension Checker {
    func checkUnary(_ node: SyntaxNode) -> Expression {
        guard let sign = node.tokens.first, let inner = node.expression else { return unknown(node) }
        // -5 degC is a reading on a scale: the sign belongs to the 5.
        if sign.kind == .minus, inner.kind == .quantity, let unitNode = inner.node(.unit), let number = inner.token(.number),
            let unit = Units.parse(unitNode.tokens.map(\.text).joined()), unit.offset != 0 {
            return Expression(.literal(.number(unit.toSI(-(Double(number.text) ?? .nan)))), .number(unit.dimension), origin: origin(node), isReading: true)
        }
        let value = check(inner)
        guard value.type != .unknown else { return unknown(node) }
        if value.isReading, sign.kind == .minus {
            reportReading("has no negative", node)
            return unknown(node)
        }
        if sign.text == "not" {
            guard value.type == .truth else {
                report("wrong-type", inner.span, "not takes a condition, but this is \(value.type.description)")
                return unknown(node)
            }
            return Expression(.not(value), .truth, origin: origin(node), isRuntime: value.isRuntime)
        }
        switch value.type {
        case .number, .vector, .timed: break
        default:
            report("wrong-type", inner.span, "'\(sign.text)' takes a number, but this is \(value.type.description)")
            return unknown(node)
        }
        if sign.kind == .plus { return value }
        if case .literal(.number(let x)) = value.kind { return Expression(.literal(.number(-x)), value.type, origin: origin(node)) }
        return Expression(.negate(value), value.type, origin: origin(node), isRuntime: value.isRuntime)
    }

    func checkBinary(_ node: SyntaxNode, _ expected: Schema.Expected?) -> Expression {
        let parts = node.nodes.filter(\.isExpression)
        guard let sign = node.tokens.first, parts.count == 2 else { return unknown(node) }
        switch sign.text {
        case "within": return checkWithin(node, parts)
        case "of": return checkVicinity(node, parts)
        case "at": return checkMoment(node, parts)
        case "in": return checkMembership(node, parts)
        case "..":
            noteUses(in: node)
            return unknown(node)
        default: break
        }
        let (a, b) = (check(parts[0], expecting: expected), check(parts[1], expecting: expected))
        guard a.type != .unknown, b.type != .unknown else { return unknown(node) }
        if sign.text == "..." { return checkRange(node, a, b) }
        guard let operation = Self.operations[sign.text], let type = resultType(operation, a, b) else {
            if let operation = Self.operations[sign.text], Self.overflows(operation, a, b) {
                report("unit-overflow", node.span, "the exponents of the unit of this pass \(Dimension.exponentLimit)")
            } else {
                reportMismatch(sign, a, b, node)
            }
            return unknown(node)
        }
        guard let isReading = readingResult(operation, a, b, node) else { return unknown(node) }
        return Expression(.arithmetic(operation, a, b), type, origin: origin(node), isRuntime: a.isRuntime || b.isRuntime, isReading: isReading)
    }

    private static let operations: [String: RuntimeExpression.Binary] = [
        "+": .add, "-": .subtract, "*": .multiply, "/": .divide, "^": .power, "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual, "==": .equal,
        "!=": .notEqual, "and": .and, "or": .or,
    ]

    /// The type of the result, nil when the operands do not go together.
    private func resultType(_ operation: RuntimeExpression.Binary, _ a: Expression, _ b: Expression) -> ValueType? {
        switch operation {
        case .and, .or: return a.type == .truth && b.type == .truth ? .truth : nil
        case .equal, .notEqual: return a.type == b.type ? .truth : nil
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            if case .number = a.type { return a.type == b.type ? .truth : nil }
            return nil
        case .power:
            guard case .number(let base) = a.type, case .number(.none) = b.type else { return nil }
            if base == .none { return .number(.none) }
            guard case .literal(.number(let n)) = b.kind, n == n.rounded(), abs(n) <= 6 else { return nil }
            return base.raised(to: Int(n)).map(ValueType.number)
        default: return arithmeticType(operation, a.type, b.type)
        }
    }

    private func arithmeticType(_ operation: RuntimeExpression.Binary, _ a: ValueType, _ b: ValueType) -> ValueType? {
        let isSum = operation == .add || operation == .subtract
        func combined(_ x: Dimension, _ y: Dimension) -> Dimension? { operation == .multiply ? x.times(y) : x.per(y) }
        switch (a, b) {
        case (.number(let x), .number(let y)): return isSum ? (x == y ? a : nil) : combined(x, y).map(ValueType.number)
        case (.vector(let x), .vector(let y)): return isSum && x == y ? a : nil
        case (.vector(let x), .number(let y)): return isSum ? nil : combined(x, y).map(ValueType.vector)
        case (.number(let x), .vector(let y)): return operation == .multiply ? combined(x, y).map(ValueType.vector) : nil
        case (.timed(let x), .number(let y)): return isSum ? (x == y ? a : nil) : combined(x, y).map(ValueType.timed)
        case (.number(let x), .timed(let y)): return isSum ? (x == y ? b : nil) : operation == .multiply ? combined(x, y).map(ValueType.timed) : nil
        case (.timed(let x), .timed(let y)): return operation == .add && x == y ? a : nil
        default: return nil
        }
    }

    /// Whether the operands go together but for the size of the exponents.
    private static func overflows(_ operation: RuntimeExpression.Binary, _ a: Expression, _ b: Expression) -> Bool {
        func dimension(_ type: ValueType) -> Dimension? {
            switch type {
            case .number(let d), .vector(let d), .timed(let d): d
            default: nil
            }
        }
        guard let x = dimension(a.type), let y = dimension(b.type) else { return false }
        switch operation {
        case .multiply: return x.times(y) == nil
        case .divide: return x.per(y) == nil
        case .power:
            guard y == .none, case .literal(.number(let n)) = b.kind, n == n.rounded(), abs(n) <= 6 else { return false }
            return x.raised(to: Int(n)) == nil
        default: return false
        }
    }

    /// Whether the result is a reading on the scale of degrees Celsius; nil, after saying so, where readings have no such result.
    ///
    /// Readings differ by kelvins, and kelvins can be added to them. Twice a reading, or the sum of two, means nothing.
    private func readingResult(_ operation: RuntimeExpression.Binary, _ a: Expression, _ b: Expression, _ node: SyntaxNode) -> Bool? {
        guard a.isReading || b.isReading else { return false }
        switch operation {
        case .add where a.isReading && b.isReading: reportReading("cannot be added to another", node)
        case .add: return true
        case .subtract where !a.isReading: reportReading("cannot be taken from a difference", node)
        case .subtract: return !b.isReading
        case .multiply, .divide, .power: reportReading("cannot be scaled", node)
        default: return false
        }
        return nil
    }

    private func reportReading(_ what: String, _ node: SyntaxNode) {
        report("reading", node.span, "a temperature in degC is a reading on a scale: it \(what)", fix: "write differences of temperatures in K")
    }

    /// `30 km/h + 2 m`: names both.
    private func reportMismatch(_ sign: Token, _ a: Expression, _ b: Expression, _ node: SyntaxNode) {
        let (x, y) = (a.type.description, b.type.description)
        switch sign.text {
        case "+": report("unit-mismatch", node.span, "\(x) and \(y) cannot be added", label: "\(shortType(a)) + \(shortType(b))", fix: Self.plainFix(a, b))
        case "-": report("unit-mismatch", node.span, "\(x) and \(y) cannot be subtracted", label: "\(shortType(a)) - \(shortType(b))", fix: Self.plainFix(a, b))
        case "<", "<=", ">", ">=", "==", "!=":
            report("unit-mismatch", node.span, "\(x) and \(y) cannot be compared", label: "\(shortType(a)) \(sign.text) \(shortType(b))", fix: Self.plainFix(a, b))
        case "^": report("unit-mismatch", node.span, "\(x) can be raised to a fixed whole power only, up to 6")
        case "and", "or": report("wrong-type", node.span, "'\(sign.text)' takes two conditions, but these are \(x) and \(y)")
        default: report("wrong-type", node.span, "'\(sign.text)' has no meaning for \(x) and \(y)")
        }
    }

    private func shortType(_ e: Expression) -> String {
        if case .number(let d) = e.type { return Units.name(of: d) }
        return e.type.description
    }

    /// A plain number beside a quantity most likely lacks its unit.
    private static func plainFix(_ a: Expression, _ b: Expression) -> String? {
        switch (a.type, b.type) {
        case (.number(.none), .number(let d)), (.number(let d), .number(.none)): d == .none ? nil : "does the plain number lack a unit such as \(Units.example(of: d))?"
        default: nil
        }
    }

    private func checkRange(_ node: SyntaxNode, _ a: Expression, _ b: Expression) -> Expression {
        guard case .number(let d) = a.type, b.type == .number(d) else {
            report("unit-mismatch", node.span, "the ends of a range must agree: here \(a.type.description) and \(b.type.description)", fix: Self.plainFix(a, b))
            return unknown(node)
        }
        if case (.literal(.number(let low)), .literal(.number(let high))) = (a.kind, b.kind), low > high {
            report("empty-range", node.span, "this range is empty: its first end is above its second")
        }
        return Expression(.range(a, b), .range(d), origin: origin(node), isRuntime: a.isRuntime || b.isRuntime)
    }

    /// `normal(18 m, 4 m) within 8 m ... 40 m`
    private func checkWithin(_ node: SyntaxNode, _ parts: [SyntaxNode]) -> Expression {
        let (value, range) = (check(parts[0]), check(parts[1]))
        guard value.type != .unknown, range.type != .unknown else { return unknown(node) }
        guard case .draw(var draw) = value.kind, case .number(let d) = value.type else {
            report("wrong-type", parts[0].span, "within truncates a distribution, but this is \(value.type.description)", fix: "for fixed numbers use clamp(x, low, high)")
            return unknown(node)
        }
        guard range.type == .range(d) else {
            report(
                "unit-mismatch", parts[1].span, "a draw of \(Units.name(of: d)) needs a range of \(Units.name(of: d)), but this is \(range.type.description)",
                fix: "write \(Units.name(of: d) == "plain number" ? "0 ... 1" : "a \(Units.example(of: d)) ... b \(Units.example(of: d))")")
            return unknown(node)
        }
        if range.isRuntime {
            report("not-at-runtime", parts[1].span, "a draw is made before the episode starts")
            return unknown(node)
        }
        draw.limits = range
        return Expression(.draw(draw), value.type, origin: origin(node), isReading: value.isReading)
    }

    /// `250 m of ego`
    private func checkVicinity(_ node: SyntaxNode, _ parts: [SyntaxNode]) -> Expression {
        let (distance, actor) = (check(parts[0]), check(parts[1]))
        guard distance.type != .unknown, actor.type != .unknown else { return unknown(node) }
        guard distance.type == .number(.length), case .actor(let reference) = actor.kind else {
            report("wrong-type", node.span, "'of' takes a length and an actor, such as 250 m of ego", label: "this is \(distance.type.description) of \(actor.type.description)")
            return unknown(node)
        }
        return Expression(.vicinity(distance, reference), .vicinity, origin: origin(node))
    }

    /// `2026-07-14 at 18:30`
    private func checkMoment(_ node: SyntaxNode, _ parts: [SyntaxNode]) -> Expression {
        let (date, time) = (check(parts[0]), check(parts[1]))
        guard date.type != .unknown, time.type != .unknown else { return unknown(node) }
        guard date.type == .date, time.type == .timeOfDay else {
            report(
                "wrong-type", node.span, "'at' joins a date and a time of day, but these are \(date.type.description) and \(time.type.description)",
                fix: "for instance 2026-07-14 at 18:30")
            return unknown(node)
        }
        return Expression(.moment(date: date, time: time), .moment, origin: origin(node))
    }

    private func checkMembership(_ node: SyntaxNode, _ parts: [SyntaxNode]) -> Expression {
        if node.tokens.count > 1 {
            unsupported(node.span, "binning with in ... bins")
            return unknown(node)
        }
        let (element, range) = (check(parts[0]), check(parts[1]))
        guard element.type != .unknown, range.type != .unknown else { return unknown(node) }
        guard case .number(let d) = element.type, range.type == .range(d) else {
            report("wrong-type", node.span, "'in' asks whether a number lies in a range of its kind, but these are \(element.type.description) and \(range.type.description)")
            return unknown(node)
        }
        return Expression(.membership(element, range), .truth, origin: origin(node), isRuntime: element.isRuntime || range.isRuntime)
    }
}
