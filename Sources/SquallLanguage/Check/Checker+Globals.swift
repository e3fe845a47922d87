import SquallDiagnostics
import SquallMath
import SquallScene

/// Params, lets, imports and what is set from outside.
extension Checker {
    /// The checked value of a param or let, worked out once; reports circles.
    @discardableResult
    func checkGlobal(_ name: String, isParam: Bool, from use: SyntaxNode? = nil) -> Expression? {
        switch globals[name] {
        case .done(let value): return value
        case .checking:
            if let use { report("circular-value", use.span, "'\(name)' depends on itself") }
            return nil
        case nil: break
        }
        guard case .global(let node, _)? = names[name], let expression = node.expression else { return nil }
        guard globalDepth < SceneLimit.dependencies.value else {
            if let use { report("too-deep", use.span, "more than \(SceneLimit.dependencies.value) values depend on one another in a row", fix: "compute some of them directly") }
            globals[name] = .done(unknown(node))
            return nil
        }
        globalDepth += 1
        defer { globalDepth -= 1 }
        globals[name] = .checking
        let outer = (overrideFile, overrideTree)
        (overrideFile, overrideTree) = (nil, nil)
        defer { (overrideFile, overrideTree) = outer }
        var value = inContext { check(expression) }
        var limits: Expression?
        if isParam, let text = overrides[name] {
            if case .draw(let draw) = value.kind { limits = draw.limits }
            value = overridden(name, text, value, within: limits)
        }
        globals[name] = .done(value)
        scene.globals.append(Scene.Global(name: prefix + name, isParam: isParam, value: value, limits: limits))
        checked[prefix + name] = value
        return value
    }

    /// A param set from outside; the new value must be of the old one's type, and within the range the scene confines the param to.
    private func overridden(_ name: String, _ text: String, _ original: Expression, within limits: Expression?) -> Expression {
        let source = "--set \(prefix)\(name)"
        let parsed = Parser.parseExpression(file: source, text: text)
        loader.sources.append(parsed.source)
        diagnostics += parsed.diagnostics
        guard parsed.diagnostics.isEmpty, let node = parsed.root.expression else { return original }
        let outer = (overrideFile, overrideTree)
        (overrideFile, overrideTree) = (source, parsed)
        defer { (overrideFile, overrideTree) = outer }
        var value = inContext { check(node) }
        if value.type == .unknown || original.type == .unknown { return original }
        if value.type != original.type {
            var fix: String?
            if value.type == .number(.none), case .number(let dimension) = original.type { fix = unitAdvice(value, unitWritten(original) ?? Units.example(of: dimension)) }
            report("wrong-type", node.span, "param \(prefix)\(name) is \(original.type.description), but this is \(value.type.description)", fix: fix)
            return original
        }
        guard let limits, case .number(let dimension) = value.type else { return value }
        if case .range(let low, let high) = limits.kind, let least = bounds(low), let most = bounds(high), let given = bounds(value),
            !Scene.Global.confined(given.lowerBound, least.lowerBound, most.upperBound) || !Scene.Global.confined(given.upperBound, least.lowerBound, most.upperBound) {
            let worst = given.upperBound > most.upperBound ? given.upperBound : given.lowerBound
            let range = "\(Units.format(least.lowerBound, dimension)) ... \(Units.format(most.upperBound, dimension))"
            let verb = if case .literal = value.kind { "is" } else { "reaches" }
            report(
                "out-of-range", node.span, "param \(prefix)\(name) lies within \(range), but this \(verb) \(Units.format(worst, dimension))",
                fix: "choose a value from that range, or change the range in the scene")
            return original
        }
        // A distribution without ends is cut off like the one it stands for.
        if case .draw(var draw) = value.kind, draw.limits == nil, bounds(value) == nil {
            draw.limits = limits
            value.kind = .draw(draw)
        }
        return value
    }

    /// The unit an author wrote first in an expression: `uniform(5, 20) mm/h`, `normal(18 m, 4 m)`.
    private func unitWritten(_ value: Expression) -> String? {
        guard let origin = value.origin, origin.file == file else { return nil }
        func first(_ node: SyntaxNode) -> String? {
            guard node.span.start < origin.span.end, node.span.end > origin.span.start else { return nil }
            if node.kind == .unit { return node.tokens.map(\.text).joined() }
            for child in node.nodes { if let found = first(child) { return found } }
            return nil
        }
        guard let unit = first(tree.root), let known = Units.parse(unit), case .number(known.dimension) = value.type else { return nil }
        return unit
    }

    /// Every override must name a param.
    func checkOverrides() {
        let params = declarationOrder.filter { if case .global(_, true)? = names[$0] { true } else { false } }
        for key in overrides.keys.sorted() where !params.contains(key) {
            if let dot = key.firstIndex(of: ".") {
                switch names[String(key[..<dot])] {
                case .library?, .failed?: continue
                default: break
                }
            }
            let known = params.isEmpty ? "this scene has no params" : NearNames.suggestion(for: key, among: params) ?? "it has \(params.joined(separator: ", "))"
            diagnostics.append(Diagnostic(.error, "unknown-param", file: file, place: "--set \(prefix)\(key)", message: "there is no param '\(prefix)\(key)' to set", fix: known))
        }
    }

    /// `import "path" as name`
    func checkImport(_ statement: SyntaxNode, _ name: String) -> Declared? {
        guard let token = statement.token(.string) else { return nil }
        switch loader.countImport() {
        case .within: break
        case .justPassed:
            report("too-many-imports", token.span, "a scene may import at most \(SceneLimit.importCount.value) files, each time counted", fix: "import a file once and use its name")
            return nil
        case .beyond: return nil
        }
        let path = unescape(token.text)
        let resolved: String
        switch loader.resolve(path, from: file) {
        case .success(let found): resolved = found
        case .failure(let problem):
            report("bad-import", token.span, problem.message, label: problem.label, fix: problem.fix)
            return nil
        }
        switch path.split(separator: ".").last.map({ $0.lowercased() }) {
        case "squall": return importLibrary(resolved, name, token)
        case "xodr":
            loader.noteFile(resolved)
            attempt(token) {
                guard let road = try loader.catalogue?.road(resolved) else { return }
                diagnostics += road.ignored
            }
            return .network(resolved)
        case "glb", "gltf":
            loader.noteFile(resolved)
            attempt(token) { _ = try loader.catalogue?.asset(resolved) }
            return .asset(resolved)
        case "xosc", "csv", "png":
            unsupported(token.span, "importing \(path.split(separator: ".").last ?? "") files")
            return nil
        default:
            report("bad-import", token.span, "\(path) is of no kind that can be imported", fix: "scenes import .squall, .xodr, .glb and .gltf files")
            return nil
        }
    }

    /// Runs what may throw a `Failure` about an imported file; its diagnostics join ours.
    private func attempt(_ token: Token, _ body: () throws -> Void) {
        do {
            try body()
        } catch let failure as Failure {
            diagnostics += failure.diagnostics
        } catch {
            report("bad-import", token.span, "this file cannot be read: \(error)")
        }
    }

    private func importLibrary(_ path: String, _ name: String, _ token: Token) -> Declared? {
        if loader.importing.contains(path) {
            report("circular-import", token.span, "this file imports itself: \((loader.importing.suffix(4) + [path]).map(loader.shortName).joined(separator: " imports "))")
            return nil
        }
        guard loader.importing.count < SceneLimit.importDepth.value else {
            report("import-depth", token.span, "files import each other more than \(SceneLimit.importDepth.value) levels deep")
            return nil
        }
        guard let tree = loader.tree(path) else {
            report("bad-import", token.span, "\(loader.shortName(path)) cannot be read")
            return nil
        }
        loader.importing.append(path)
        defer { loader.importing.removeLast() }
        let start = name + "."
        let inner = Dictionary(uniqueKeysWithValues: overrides.filter { $0.key.hasPrefix(start) }.map { (String($0.key.dropFirst(start.count)), $0.value) })
        let checker = Checker(tree: tree, prefix: prefix + start, loader: loader, overrides: inner)
        checker.checkScene()
        diagnostics += checker.diagnostics
        scene.globals += checker.scene.globals
        checked.merge(checker.checked) { first, _ in first }
        return .library(checker.library(name))
    }
}
