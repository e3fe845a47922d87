import SquallFrames
import SquallMath

extension Schema {
    /// The reference page of the language, generated: Markdown.
    public static func reference() -> String {
        var lines = ["# Squall scene reference", "", "Generated from the schema the checker reads.", "", "## Blocks", ""]
        for block in blocks where !block.isFuture {
            let home = block.within.isEmpty ? "" : " (in \(block.within.map { $0 == "scene" ? "the file" : $0 }.joined(separator: ", ")))"
            lines += ["### \(block.kind)\(home)", "", block.summary, ""]
            if block.properties.isEmpty { continue }
            lines += ["| property | what | default | usual range |", "|---|---|---|---|"]
            for property in block.properties where !property.isFuture { lines.append(row(property)) }
            lines.append("")
        }
        lines += ["## Archetypes", "", "| name | class | what | size |", "|---|---|---|---|"]
        for a in Archetype.all { lines.append("| `\(a.name)` | \(a.category.names.name) | \(a.summary) | \(Units.number(a.size.x)) x \(Units.number(a.size.y)) x \(Units.number(a.size.z)) m |") }
        lines += ["", "## Actions", "", "| action | what | arguments |", "|---|---|---|"]
        for action in actions where !action.isFuture {
            let arguments = action.parameters.map { "`\($0.name)`\($0.isRequired ? "" : "?"): \($0.summary)" }.joined(separator: "; ")
            lines.append("| `\(action.name)` | \(action.summary) | \(arguments) |")
        }
        lines += ["", "## Distributions", "", "| call | what |", "|---|---|"]
        for kind in DistributionKind.allCases { lines.append("| `\(kind.rawValue)(\(kind.parameters.map(\.name).joined(separator: ", ")))` | \(kind.summary) |") }
        lines += ["| `pick(a: 3, b: 1)` | one of several values of any kind, by weight |", "", "## Functions", "", "| call | what | result |", "|---|---|---|"]
        for function in NumericFunction.all {
            let arguments = function.parameters.map { $0.defaultValue == nil ? $0.name : "\($0.name)?" }.joined(separator: ", ")
            lines.append("| `\(function.name)(\(arguments)\(function.isVariadic ? ", ..." : ""))` | \(function.summary) | \(result(function)) |")
        }
        lines += ["", "## Units", "", Units.simple.map { "`\($0.symbol)`" }.joined(separator: " "), ""]
        lines += [
            "## Limits", "", "- draws rejected by `require`: \(DrawLimits.attempts)", "- actors: \(DrawLimits.actors)", "- evaluation steps per draw: \(DrawLimits.steps)",
            "- values depending on each other: \(DrawLimits.depth) levels", "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func row(_ property: Property) -> String {
        var usual = ""
        if let range = property.typical ?? property.allowed, case let dimension? = dimension(property.expected) {
            usual = "\(Units.format(range.lowerBound, dimension)) ... \(Units.format(range.upperBound, dimension))"
        }
        let standard = property.isRequired ? "required" : property.defaultText.isEmpty ? "" : "`\(property.defaultText)`"
        return "| `\(property.name)` | \(property.summary); \(property.expected.description) | \(standard) | \(usual) |"
    }

    private static func dimension(_ expected: Expected) -> Dimension? {
        switch expected {
        case .number(let d), .timed(let d): d
        default: nil
        }
    }

    private static func result(_ function: NumericFunction) -> String {
        switch function.result {
        case .exactly(let d): Units.name(of: d)
        case .same: "like the argument"
        case .root: "the root of its unit"
        }
    }
}
