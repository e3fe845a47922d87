import SquallDiagnostics
import SquallMath
import SquallScene

/// Turns one file's tree into a checked `Scene` or library, going on after every error.
///
/// Names may be used before they are declared. An expression with an error gets the type `unknown`, which agrees with everything,
/// so one slip is reported once.
final class Checker {
    let tree: SyntaxTree
    let file: String
    /// Put before global names: empty for the scene itself, `rigs.` for a file imported as rigs.
    let prefix: String
    let loader: Loader
    let overrides: [String: String]
    var diagnostics: [Diagnostic] = []

    var scene = Scene()
    var names: [String: Declared] = [:]
    /// Names in the order they were declared.
    var declarationOrder: [String] = []
    var used: Set<String> = []
    var globals: [String: GlobalState] = [:]
    /// The value of every param and let so far, those of imported files too, by qualified name.
    var checked: [String: Expression] = [:]
    /// Between which values each of them stays, where that has been asked.
    var globalBounds: [String: ClosedRange<Double>?] = [:]
    /// How many values that depend on each other are being checked just now.
    var globalDepth = 0
    var rigs: [String: [SceneBlock]] = [:]
    var context = Context()
    /// What the actor at hand may be; nil when that is not known.
    var cast: [CastMember]?
    /// How often each action has been used in the behaviour at hand.
    var stepCounts: [String: Int] = [:]

    /// What a name stands for.
    enum Declared {
        case global(node: SyntaxNode, isParam: Bool)
        case actor(ActorInfo)
        case network(String)
        case asset(String)
        case library(Library)
        case rig(SyntaxNode)
        case future(String)
        /// An import that went wrong: said once, where it stands.
        case failed
    }

    struct ActorInfo {
        var name: String
        var node: SyntaxNode
        var isCopied: Bool
        /// Names of the sensors it carries, filled before properties are checked.
        var sensors: [String] = []
    }

    enum CastMember {
        case archetype(Archetype)
        /// An imported shape: its class decides how it moves.
        case imported
    }

    enum GlobalState {
        case checking
        case done(Expression)
    }

    /// What a file imported with `import "x.squall" as name` offers.
    struct Library {
        var name: String
        var globals: [Scene.Global]
        var rigs: [String: [SceneBlock]]
        /// The file has errors: what it lacks may be what they have hidden.
        var isBroken: Bool
    }

    /// Where an expression stands.
    struct Context {
        /// The actor whose property or behaviour it is.
        var actor: String?
        /// Behaviours and temporal requirements see values at time t.
        var isRuntime = false
        /// Draws so far in this property: tells them apart.
        var draws = 0
    }

    init(tree: SyntaxTree, prefix: String, loader: Loader, overrides: [String: String]) {
        (self.tree, file, self.prefix, self.loader, self.overrides) = (tree, tree.source.file, prefix, loader, overrides)
        diagnostics = tree.diagnostics
        scene.file = tree.source.file
    }

    // MARK: reporting

    func report(_ code: String, _ span: SourceSpan, _ message: String, label: String? = nil, fix: String? = nil) {
        report(.error, code, span, message, label: label, fix: fix)
    }

    func report(_ severity: Severity, _ code: String, _ span: SourceSpan, _ message: String, label: String? = nil, fix: String? = nil) {
        diagnostics.append(Diagnostic(severity, code, file: exprFile, span: span, message: message, label: label, fix: fix))
    }

    /// The file expressions are read from: another one while an override is checked.
    var exprFile: String { overrideFile ?? file }
    var overrideFile: String?
    var overrideTree: SyntaxTree?

    func origin(_ node: SyntaxNode) -> Origin { Origin(file: exprFile, span: node.span) }
    func text(_ node: SyntaxNode) -> String { (overrideTree ?? tree).text(node.span) }
    func unknown(_ node: SyntaxNode) -> Expression { Expression(.literal(.number(0)), .unknown, origin: origin(node)) }

    func unsupported(_ span: SourceSpan, _ what: String) {
        report("not-supported", span, "not supported yet in this version: \(what)")
    }

    /// Runs `body` with another context, its draws counted from zero.
    func inContext<T>(actor: String? = nil, isRuntime: Bool = false, _ body: () -> T) -> T {
        let outer = context
        context = Context(actor: actor, isRuntime: isRuntime)
        defer { context = outer }
        return body()
    }

    // MARK: the file

    func checkScene() {
        let statements = tree.root.nodes
        declare(statements)
        for statement in statements { checkRig(statement) }
        for name in declarationOrder { fillSensors(name) }
        for name in declarationOrder { if case .global(_, let isParam)? = names[name] { checkGlobal(name, isParam: isParam) } }
        for statement in statements { checkStatement(statement) }
        checkOverrides()
        chooseNetwork()
        warnOfEmptySurroundings()
        warnUnused()
    }

    private func declare(_ statements: [SyntaxNode]) {
        for statement in statements {
            guard let name = declaredName(statement) else { continue }
            guard let declared = declaration(statement, name.text) else { continue }
            if names[name.text] != nil {
                report("duplicate-name", name.span, "'\(name.text)' is declared twice", label: "a second time here", fix: "give one of them another name")
                continue
            }
            names[name.text] = declared
            declarationOrder.append(name.text)
        }
    }

    /// The token that names what a statement declares.
    private func declaredName(_ statement: SyntaxNode) -> Token? {
        let words = statement.tokens.filter { $0.kind == .name }
        switch statement.kind {
        case .param, .letting, .def, .actor, .rig, .category: return words.count > 1 && words[1].text != "is" ? words[1] : nil
        case .importing: return words.count > 2 ? words[2] : nil
        default: return nil
        }
    }

    private func declaration(_ statement: SyntaxNode, _ name: String) -> Declared? {
        switch statement.kind {
        case .param, .letting:
            let counted = loader.countGlobal()
            if counted == .justPassed { report("too-many-values", statement.span, "a scene may have at most \(SceneLimit.globals.value) params and lets") }
            return counted == .within ? .global(node: statement, isParam: statement.kind == .param) : nil
        case .actor: return .actor(ActorInfo(name: name, node: statement, isCopied: statement.token(.star) != nil))
        case .rig: return .rig(statement)
        case .def, .category: return .future(statement.kind.rawValue)
        case .importing: return checkImport(statement, name) ?? .failed
        default: return nil
        }
    }

    private func checkStatement(_ statement: SyntaxNode) {
        switch statement.kind {
        case .scene:
            scene.title = statement.token(.string).map { unescape($0.text) } ?? ""
            if let word = statement.tokens.first { scene.text = tree.documentation(before: word) }
        case .block: checkTopBlock(statement)
        case .actor: if let actor = checkActor(statement) { scene.actors.append(actor) }
        case .require: if let requirement = checkRequirement(statement, actor: nil) { scene.requirements.append(requirement) }
        case .def: unsupported(statement.span, "def")
        case .category: unsupported(statement.span, "category declarations")
        case .vary: unsupported(statement.span, "vary")
        case .property:
            report("misplaced", statement.span, "a property stands inside a block", fix: "to name a value, write let \(statement.tokens.first?.text ?? "name") = ...")
        case .carries, .doing, .variant:
            report("misplaced", statement.span, "'\(statement.tokens.first?.text ?? "")' stands inside \(statement.kind == .variant ? "vary" : "an actor")")
        default: break
        }
    }

    private func checkTopBlock(_ statement: SyntaxNode) {
        guard prefix.isEmpty else {
            report(.warning, "ignored-in-import", statement.span, "only params, lets and rigs of an imported scene file are used")
            return
        }
        guard let block = checkBlock(statement, within: "scene") else { return }
        if scene.block(block.kind) != nil {
            report("duplicate-block", statement.span, "there is already a \(block.kind) block", fix: "write everything into one")
            return
        }
        scene.blocks.append(block)
    }

    /// The network the world stands on: `world { road = ... }`, else the only one imported.
    private func chooseNetwork() {
        if case .literal(.network(let path))? = scene.block("world")?["road"]?.kind {
            scene.network = path
            return
        }
        let networks = declarationOrder.compactMap { name -> String? in
            if case .network(let path)? = names[name] { path } else { nil }
        }
        if networks.count == 1 { scene.network = networks[0] }
    }

    /// Surroundings are laid out along roads: without one there are none.
    private func warnOfEmptySurroundings() {
        guard prefix.isEmpty, scene.network == nil, let value = scene.block("world")?["surroundings"], case .literal(.symbol(let word)) = value.kind,
            let kind = Surroundings(rawValue: word), kind.needsRoads, let span = value.origin?.span
        else { return }
        report(.warning, "no-effect", span, "surroundings = \(word) has no effect without a road: surroundings stand along roads", fix: "import a road network and set road")
    }

    /// What stands in an expression that cannot be checked is used all the same.
    func noteUses(in node: SyntaxNode) {
        if node.kind == .name, let name = node.tokens.first?.text { used.insert(name) }
        for child in node.nodes { noteUses(in: child) }
    }

    private func warnUnused() {
        guard prefix.isEmpty else { return }
        for name in declarationOrder where !used.contains(name) && !name.hasPrefix("_") {
            guard case .global(let node, _)? = names[name], let token = declaredName(node) else { continue }
            report(.warning, "unused-name", token.span, "'\(name)' is never used")
        }
    }

    /// The values of the exported names.
    func library(_ name: String) -> Library { Library(name: name, globals: scene.globals, rigs: rigs, isBroken: diagnostics.hasErrors) }

    /// A string token without quotes and escapes.
    func unescape(_ literal: String) -> String {
        var out = ""
        var escaped = false
        for character in literal.dropFirst() {
            if escaped {
                out.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
                escaped = false
            } else if character == "\\" {
                escaped = true
            } else if character == "\"" {
                break
            } else {
                out.append(character)
            }
        }
        return out
    }
}
