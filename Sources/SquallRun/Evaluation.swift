import SquallDiagnostics
import SquallLanguage
import SquallMath
import SquallScene

/// `squall eval` and instants on the command line: expressions of the scene language.
public enum Evaluation {
    public struct Value: Sendable {
        /// In the author's units.
        public var text: String
        /// `{"value": <SI number>, "unit": "1/m"}`
        public var json: String
    }

    public static func evaluate(_ text: String) -> (value: Value?, diagnostics: [Diagnostic], sources: [SourceText]) {
        let evaluated = Evaluator.evaluate(text)
        return (evaluated.result.map { Value(text: $0.text, json: $0.json) }, evaluated.diagnostics, [evaluated.source])
    }

    /// A duration such as `2s`, `1.5 s` or `500 ms`, in seconds.
    /// - Throws: `Failure` when it is none.
    public static func seconds(_ text: String) throws -> Double {
        let evaluated = Evaluator.evaluate(text)
        if let result = evaluated.result, case .number(let value) = result.value, result.type == .number(.time) { return value }
        throw Failure("not-a-time", file: "--at", message: "'\(text)' is not a time", fix: "write a number with a unit, for instance --at 2s")
    }
}
