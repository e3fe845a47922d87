import SquallDiagnostics
import SquallDraw
import SquallMath
import SquallScene

/// Evaluates one expression outside any scene, as `squall eval` does.
public enum Evaluator {
    public struct Result: Sendable, Equatable {
        public var value: Value
        public var type: ValueType
        /// A difference of two temperatures: counted in kelvins, not read on a scale.
        public var isDifference = false

        /// For people: `0.00277 1/m`, `18:30`.
        public var text: String {
            if isDifference, case .number(let x) = value { return "\(Units.number(x)) K" }
            return value.described(as: type)
        }

        /// `{"value": 0.00277, "unit": "1/m"}`: SI numbers; truth values and other things as JSON or text.
        public var json: String {
            switch (value, type) {
            case (.number(let x), .number(let dimension)): return "{\"value\": \(Self.number(x)), \"unit\": \"\(dimension.baseUnits)\"}"
            case (.truth(let b), _): return "{\"value\": \(b), \"unit\": \"\"}"
            case (.vector(let v), .vector(let dimension)):
                return "{\"value\": [\([v.x, v.y, v.z].map(Self.number).joined(separator: ", "))], \"unit\": \"\(dimension.baseUnits)\"}"
            default:
                let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                return "{\"value\": \"\(escaped)\", \"unit\": \"\"}"
            }
        }

        /// JSON has no infinity and no NaN.
        private static func number(_ x: Double) -> String { x.isFinite ? "\(x)" : "null" }
    }

    /// - Parameter seed: for expressions that draw.
    /// - Returns: the value, or nil and why.
    public static func evaluate(_ text: String, seed: UInt64 = 0) -> (result: Result?, diagnostics: [Diagnostic], source: SourceText) {
        let file = "expression"
        let tree = Parser.parseExpression(file: file, text: text)
        guard tree.diagnostics.isEmpty, let node = tree.root.expression else { return (nil, tree.diagnostics, tree.source) }
        let checker = Checker(tree: tree, prefix: "", loader: Loader(root: "/nowhere", assets: nil, catalogue: nil), overrides: [:])
        let expression = checker.check(node)
        guard !checker.diagnostics.hasErrors else { return (nil, checker.diagnostics.inReadingOrder, tree.source) }
        do {
            let value = try checker.scene.evaluate(expression, seed: seed)
            if case .number(let x) = value, !x.isFinite {
                let problem = Diagnostic(
                    .error, "no-value", file: file, span: SourceSpan(start: 0, end: text.utf8.count), message: x.isNaN ? "this has no value" : "this is infinite",
                    fix: "look for a division by zero or the root or logarithm of a negative number")
                return (nil, [problem], tree.source)
            }
            var isDifference = false
            if case .arithmetic(.subtract, let a, let b) = expression.kind { isDifference = a.isReading && b.isReading }
            return (Result(value: value, type: expression.type, isDifference: isDifference), checker.diagnostics, tree.source)
        } catch let failure as Failure {
            return (nil, failure.diagnostics, tree.source)
        } catch {
            return (nil, [Diagnostic(.error, "no-value", file: file, message: "this has no value")], tree.source)
        }
    }
}
