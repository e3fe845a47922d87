import SquallDiagnostics
import SquallMath
import SquallScene

/// Blocks and their properties against the schema: names, types, ranges.
extension Checker {
    /// A block of a kind the schema knows within `outer`.
    func checkBlock(_ node: SyntaxNode, within outer: String, actor: String? = nil) -> SceneBlock? {
        let words = node.tokens.filter { $0.kind == .name }
        guard let kind = words.first, let body = node.node(.sequence) else { return nil }
        let known = Schema.blocks(within: outer)
        guard let schema = known.first(where: { $0.kind == kind.text }) else {
            let place = outer == "scene" ? "a scene" : outer
            let usable = known.filter { !$0.isFuture }.map(\.kind)
            var fix = NearNames.suggestion(for: kind.text, among: usable)
            if fix == nil, let home = Schema.block(kind.text)?.within.first { fix = "\(kind.text) belongs into \(home == "scene" ? "the file itself" : home)" }
            report(
                "unknown-block", kind.span, "there is no block '\(kind.text)' in \(place)",
                label: usable.isEmpty ? nil : "\(place) has \(usable.joined(separator: ", "))", fix: fix)
            return nil
        }
        if schema.isFuture {
            unsupported(kind.span, kind.text)
            return nil
        }
        if words.count > 1, !schema.isNamed {
            unsupported(words[1].span, "a \(kind.text) block with a name")
            return nil
        }
        if words.count < 2, schema.isNamed { report("missing-name", kind.span, "a \(kind.text) needs a name", fix: "write \(kind.text) front { ... }") }
        var block = SceneBlock(kind: kind.text, name: schema.isNamed && words.count > 1 ? words[1].text : "", origin: origin(node))
        block.properties = checkProperties(body, schema, actor: actor)
        for statement in body.nodes { checkMember(statement, of: schema, into: &block, actor: actor) }
        requireAll(schema, block.properties.map(\.name), kind.span)
        checkRules(block, kind.span)
        if block.kind == "camera" { warnIdle(block, body) }
        return block
    }

    /// What stands in a block besides properties.
    private func checkMember(_ statement: SyntaxNode, of schema: Schema.Block, into block: inout SceneBlock, actor: String?) {
        switch statement.kind {
        case .block:
            guard let inner = checkBlock(statement, within: schema.kind, actor: actor) else { return }
            if block.block(inner.kind) != nil, inner.name.isEmpty {
                report("duplicate-block", statement.span, "there is already a \(inner.kind) block", fix: "write everything into one")
            } else {
                block.blocks.append(inner)
            }
        case .property, .error: break
        case .require: unsupported(statement.span, "require inside \(schema.kind)")
        default: report("misplaced", statement.span, "this does not belong into \(schema.kind)")
        }
    }

    /// The properties among a block's statements, each checked against the schema.
    func checkProperties(_ body: SyntaxNode, _ schema: Schema.Block, actor: String?) -> [(name: String, value: Expression)] {
        var found: [(name: String, value: Expression)] = []
        for statement in body.nodes(.property) {
            guard let name = statement.tokens.first, let node = statement.expression else { continue }
            guard let property = schema.property(name.text) else {
                let usable = schema.properties.filter { !$0.isFuture }.map(\.name)
                if let block = Schema.blocks(within: schema.kind).first(where: { $0.kind == name.text && !$0.isFuture }), let first = block.properties.first(where: { !$0.isFuture }) {
                    report("unknown-property", name.span, "\(name.text) is a block in \(schema.kind), not a property", fix: "write \(name.text) { \(first.name) = ... }")
                    continue
                }
                report(
                    "unknown-property", name.span, "unknown property '\(name.text)' in \(schema.kind)",
                    label: usable.isEmpty ? nil : "\(schema.kind) has \(usable.joined(separator: ", "))", fix: NearNames.suggestion(for: name.text, among: usable))
                continue
            }
            if found.contains(where: { $0.name == name.text }) {
                report("duplicate-property", name.span, "'\(name.text)' is set twice in \(schema.kind)")
                continue
            }
            if property.isFuture {
                unsupported(statement.span, "\(name.text) in \(schema.kind)")
                continue
            }
            let value = inContext(actor: actor) { check(node, expecting: property.expected) }
            found.append((name.text, value))
            checkType(value, node, property, schema.kind)
        }
        return found
    }

    private func requireAll(_ schema: Schema.Block, _ present: [String], _ span: SourceSpan) {
        for property in schema.properties where property.isRequired && !present.contains(property.name) {
            report("missing-property", span, "\(schema.kind) needs \(property.name)", label: property.summary)
        }
    }

    func checkType(_ value: Expression, _ node: SyntaxNode, _ property: Schema.Property, _ kind: String) {
        guard property.expected.accepts(value.type) else {
            var fix: String?
            if case .number(.none) = value.type, let dimension = property.expected.dimension { fix = unitAdvice(value, property.unit ?? Units.example(of: dimension)) }
            if case .range(let d) = value.type, property.expected.dimension == d { fix = "to draw a value from the range write uniform(a, b)" }
            report(
                "wrong-type", node.span, "\(property.name) of \(kind) is \(property.expected.description), but this is \(value.type.description)", label: property.summary, fix: fix
            )
            return
        }
        guard let bounds = bounds(value), let dimension = property.expected.dimension else { return }
        let shown = { (si: Double) in Units.format(si, dimension, in: property.unit) }
        if let allowed = property.allowed, bounds.upperBound > allowed.upperBound || bounds.lowerBound < allowed.lowerBound {
            let worst = bounds.upperBound > allowed.upperBound ? bounds.upperBound : bounds.lowerBound
            report(
                "out-of-range", node.span, "\(property.name) of \(shown(worst)) is impossible",
                label: "it lies between \(shown(allowed.lowerBound)) and \(shown(allowed.upperBound))")
        } else if let typical = property.typical, bounds.upperBound > typical.upperBound || bounds.lowerBound < typical.lowerBound {
            let worst = bounds.upperBound > typical.upperBound ? bounds.upperBound : bounds.lowerBound
            report(
                .warning, "odd-value", node.span,
                "\(kind == "actor" || kind == "traffic" ? "" : kind + " ")\(property.name) of \(shown(worst)) is physically odd",
                label: "usual values lie between \(shown(typical.lowerBound)) and \(shown(typical.upperBound))")
        }
    }

    /// What to write instead of a bare number.
    func unitAdvice(_ value: Expression, _ unit: String) -> String {
        guard case .literal(.number(let x)) = value.kind, x.isFinite else { return "write it with a unit, for instance \(unit)" }
        return "write it with a unit, for instance \(Units.number(x)) \(unit)"
    }

    /// What the schema's table cannot say.
    private func checkRules(_ block: SceneBlock, _ span: SourceSpan) {
        if block.kind == "camera", let fov = block["fov"], block["focal"] != nil {
            report("contradiction", fov.origin?.span ?? span, "a camera has either fov or focal, not both")
        }
        if block.kind == "traffic", let kinds = block["kinds"] { checkKinds(kinds) }
        if block.kind == "dataset", let sampler = block["sampler"], case .literal(.symbol(let word)) = sampler.kind, word != "random" {
            unsupported(sampler.origin?.span ?? span, "sampler = \(word)")
        }
    }

    /// Settings of a camera that change nothing beside its others.
    private func warnIdle(_ block: SceneBlock, _ body: SyntaxNode) {
        /// The word a property is fixed to, or its default; nil where it is drawn.
        func word(_ name: String) -> String? {
            guard let value = block[name] else { return Schema.block("camera")?.property(name)?.defaultText }
            return if case .literal(.symbol(let word)) = value.kind { word } else { nil }
        }
        for idle in Schema.idleProperties(given: block.properties.map(\.name), lens: word("lens"), output: word("output")) {
            guard let place = body.nodes(.property).first(where: { $0.tokens.first?.text == idle.name }) else { continue }
            report(.warning, "no-effect", place.span, "\(idle.name) has no effect \(idle.beside)", fix: idle.fix)
        }
    }

    /// Traffic drives: every kind it may pick is a vehicle.
    private func checkKinds(_ expression: Expression) {
        switch expression.kind {
        case .pick(_, let entries): for entry in entries { checkKinds(entry.value) }
        case .conditional(_, let a, let b): for branch in [a, b] { checkKinds(branch) }
        case .literal(.archetype(let name)) where Archetype.named(name)?.motion != .vehicle:
            if let span = expression.origin?.span {
                report("wrong-type", span, "a \(name) does not drive", fix: "vehicles are \(Archetype.all.filter { $0.motion == .vehicle }.map(\.name).joined(separator: ", "))")
            }
        case .literal(.asset): if let span = expression.origin?.span { unsupported(span, "imported assets as traffic") }
        default: break
        }
    }

    /// Between which values an expression stays, where that is plain to see.
    func bounds(_ expression: Expression) -> ClosedRange<Double>? {
        switch expression.kind {
        case .literal(.number(let x)) where x.isFinite: return x...x
        case .global(let name):
            // Kept: values that use one another twice each would double the work with every step.
            if let known = globalBounds[name] { return known }
            let found = checked[name].flatMap { bounds($0) }
            globalBounds[name] = .some(found)
            return found
        case .negate(let x): return bounds(x).map { -$0.upperBound ... -$0.lowerBound }
        case .scaled(let x, let factor, let offset):
            return bounds(x).map { min($0.lowerBound * factor, $0.upperBound * factor) + offset ... max($0.lowerBound * factor, $0.upperBound * factor) + offset }
        case .draw(let node):
            if case .range(let low, let high)? = node.limits?.kind { return union(bounds(low), bounds(high)) }
            guard node.distribution == .uniform, let all = union(bounds(node.parameters[0]), bounds(node.parameters[1])) else { return nil }
            return all.lowerBound * node.factor + node.offset ... all.upperBound * node.factor + node.offset
        case .pick(_, let entries): return entries.map { bounds($0.value) }.reduce(entries.first.flatMap { bounds($0.value) }) { union($0, $1) }
        case .ramp(let a, let b, _): return union(bounds(a), bounds(b))
        case .curve(let knots): return knots.map { bounds($0.value) }.reduce(knots.first.flatMap { bounds($0.value) }) { union($0, $1) }
        case .conditional(_, let a, let b): return union(bounds(a), bounds(b))
        default: return nil
        }
    }

    private func union(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> ClosedRange<Double>? {
        guard let a, let b else { return nil }
        return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
    }
}

extension Schema.Expected {
    /// Of a number, fixed or changing.
    var dimension: Dimension? {
        switch self {
        case .number(let d), .timed(let d): d
        default: nil
        }
    }
}
