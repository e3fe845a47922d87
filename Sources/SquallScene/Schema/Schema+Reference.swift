import SquallFrames
import SquallMath

/// The reference page, written from the tables.
extension Schema {
    /// The tables of the language's page, generated: Markdown. What stands before them explains the syntax.
    public static func reference() -> String {
        var lines = [
            "# Reference", "",
            "Generated from the declaration the checker reads. A value outside its *possible* range is an error, one outside its *usual* range a warning.", "", "## Blocks", "",
        ]
        for block in blocks where !block.isFuture {
            let home = block.within.isEmpty ? "" : " (in \(block.within.map { $0 == "scene" ? "the file" : $0 }.joined(separator: ", ")))"
            lines += ["### \(block.kind)\(home)", "", block.summary, ""]
            if block.properties.isEmpty { continue }
            lines += ["| property | what | default | usual | possible |", "|---|---|---|---|---|"]
            for property in block.properties where !property.isFuture { lines.append(row(property)) }
            lines.append("")
        }
        lines += ["## Archetypes", "", "| name | class | what | size |", "|---|---|---|---|"]
        for a in Archetype.all {
            lines.append("| `\(a.name)` | \(a.category.names.name) | \(a.summary) | \(Units.number(a.size.x)) x \(Units.number(a.size.y)) x \(Units.number(a.size.z)) m |")
        }
        lines += ["", "## Actions", "", "| action | what | who | arguments |", "|---|---|---|---|"]
        for action in actions where !action.isFuture {
            let arguments = action.parameters.map { "`\($0.name)`\($0.isRequired ? "" : "?"): \($0.summary)\(possible($0))" }.joined(separator: "; ")
            let who = action.motions.map { "\($0.rawValue)s" }.joined(separator: ", ") + action.body.remark
            lines.append("| `\(action.name)` | \(action.summary) | \(who) | \(arguments) |")
        }
        lines += ["", "## Distributions", "", "| call | what |", "|---|---|"]
        for kind in DistributionKind.allCases { lines.append("| `\(kind.rawValue)(\(kind.parameters.map(\.name).joined(separator: ", ")))` | \(kind.summary) |") }
        return (lines + functionPages() + limitPage() + futurePage()).joined(separator: "\n")
    }

    /// What the tables know and this version refuses.
    private static func futurePage() -> [String] {
        func row(_ what: String, _ names: [String]) -> [String] { names.isEmpty ? [] : ["| \(what) | \(names.map { "`\($0)`" }.joined(separator: " ")) |"] }
        let properties = blocks.flatMap { block in block.properties.filter { $0.isFuture && !block.isFuture }.map { "\(block.kind).\($0.name)" } }
        let rows =
            row("blocks", blocks.filter(\.isFuture).map(\.kind)) + row("properties", properties) + row("actions", actions.filter(\.isFuture).map(\.name))
            + row("calls", specialFunctions.filter(\.isFuture).map(\.name))
        return ["## Not yet", "", "Understood, and refused as not supported yet in this version.", "", "| what | names |", "|---|---|"] + rows + [""]
    }

    /// Every call an expression may hold, and what stands behind a dot.
    private static func functionPages() -> [String] {
        var lines = ["", "## Choosing, time, places and questions", "", "| call | what | arguments | gives | where | example |", "|---|---|---|---|---|---|"]
        for function in specialFunctions where !function.isFuture {
            let signature = "\(function.name)(\(function.parameters.map(\.name).joined(separator: ", ")))"
            lines.append("| `\(signature)` | \(function.summary) | \(arguments(function.parameters)) | \(function.result) | \(function.place.rawValue) | `\(function.example)` |")
        }
        lines += ["", "## Behind a dot", "", "| of | member | what | arguments | gives | example |", "|---|---|---|---|---|---|"]
        for member in members {
            let signature = member.isCall ? "\(member.name)(\(member.parameters.map(\.name).joined(separator: ", ")))" : member.name
            lines.append(
                "| \(member.receiver.description) | `.\(signature)` | \(member.summary) | \(arguments(member.parameters)) | \(member.result.description) | `\(member.example)` |")
        }
        for attribute in ActorAttribute.allCases {
            lines.append("| an actor | `.\(attribute.rawValue)` | \(attribute.summary) |  | \(attribute.type.description) | `ego.\(attribute.rawValue)` |")
        }
        lines += ["", "## Numbers and physical models", "", "| call | what | arguments | gives | source |", "|---|---|---|---|---|"]
        for function in NumericFunction.all {
            let names = function.parameters.map(\.name).joined(separator: ", ")
            let takes = function.parameters.map { "`\($0.name)`: \(rule($0.rule))\(standard($0))" }.joined(separator: "; ")
            lines.append("| `\(function.name)(\(names)\(function.isVariadic ? ", ..." : ""))` | \(function.summary) | \(takes) | \(rule(function.result)) | \(function.source) |")
        }
        return lines
    }

    private static func limitPage() -> [String] {
        ["", "## Units", "", Units.simple.map { "`\($0.symbol)`" }.joined(separator: " "), "", "## Limits", "", "Passing one is an error.", "", "| at most | of |", "|---|---|"]
            + SceneLimit.allCases.map { "| \($0.value) | \($0.summary) |" } + [""]
    }

    private static func arguments(_ parameters: [Parameter]) -> String {
        parameters.map { "`\($0.name)`\($0.isOptional ? "?" : ""): \($0.takes)" }.joined(separator: "; ")
    }

    private static func standard(_ parameter: NumericFunction.Parameter) -> String {
        guard let value = parameter.defaultValue, case .exactly(let dimension) = parameter.rule else { return "" }
        return " (\(Units.format(value, dimension)))"
    }

    private static func row(_ property: Property) -> String {
        func words(_ range: ClosedRange<Double>?) -> String { dimension(property.expected).flatMap { d in range.map { interval($0, d, in: property.unit) } } ?? "" }
        let standard = property.isRequired ? "required" : property.defaultText.isEmpty ? "" : "`\(property.defaultText)`"
        return "| `\(property.name)` | \(property.summary); \(property.expected.description) | \(standard) | \(words(property.typical)) | \(words(property.allowed)) |"
    }

    /// ` (0.01 m/s^2 ... 100 m/s^2)` of an action's parameter, empty without bounds.
    private static func possible(_ parameter: Action.Parameter) -> String {
        guard let range = parameter.allowed, case .number(let dimension) = parameter.kind else { return "" }
        return " (\(interval(range, dimension)))"
    }

    private static func interval(_ range: ClosedRange<Double>, _ dimension: Dimension, in given: String? = nil) -> String {
        let high = Units.format(range.upperBound, dimension, in: given)
        // Nothing is as much in any unit, but for readings on a scale: the other end's reads best.
        let unit = high.split(separator: " ").dropFirst().joined(separator: " ")
        let isScale = Units.named(unit)?.offset ?? 0 != 0
        let low = range.lowerBound == 0 && !unit.isEmpty && !isScale ? "0 \(unit)" : Units.format(range.lowerBound, dimension, in: given)
        return "\(low) ... \(high)"
    }

    private static func dimension(_ expected: Expected) -> Dimension? {
        switch expected {
        case .number(let d), .timed(let d): d
        default: nil
        }
    }

    private static func rule(_ rule: NumericFunction.Rule) -> String {
        switch rule {
        case .exactly(let d): Units.name(of: d)
        case .same: "any, all alike"
        case .root: "any; the root of its unit comes out"
        }
    }
}
