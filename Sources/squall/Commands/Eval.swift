import ArgumentParser
import SquallRun

/// `squall eval`: any expression of the language, the physical models included.
struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluate expressions of the scene language.",
        discussion: """
              squall eval 'rain_extinction(25 mm/h)' 'stopping_distance(80 km/h, 0.3)'
              squall eval --json '30 km/h + 2 m/s'
            """)

    // What starts with a minus is an expression too.
    @Argument(parsing: .allUnrecognized, help: "Expressions.") var expressions: [String]
    @Flag(help: "One {\"value\": <SI number>, \"unit\": \"1/m\"} a line; for an error a diagnostic, as check --json has it.") var json = false

    func run() throws {
        var failed = false
        for text in expressions where text != "--" {
            if text.hasPrefix("--") { throw ValidationError("there is no option '\(text)' of eval; it has --json") }
            let result = Evaluation.evaluate(text)
            Report.show(result.diagnostics, sources: result.sources, json: json)
            if let value = result.value { print(json ? value.json : value.text) } else { failed = true }
        }
        if failed { throw ExitCode(1) }
    }
}
