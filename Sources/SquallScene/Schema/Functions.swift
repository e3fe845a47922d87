import Foundation
import SquallMath

/// A function on numbers that any expression may call.
public struct NumericFunction: Sendable {
    /// How the dimensions of arguments and result hang together.
    public enum Rule: Sendable, Equatable {
        case exactly(SquallMath.Dimension)
        /// All `same` arguments agree, and the result with them.
        case same
        case root
    }
    public struct Parameter: Sendable {
        public var name: String
        public var rule: Rule
        /// Stands in for a missing argument.
        public var defaultValue: Double?
        public init(_ name: String, _ rule: Rule, default value: Double? = nil) { (self.name, self.rule, defaultValue) = (name, rule, value) }
    }

    public var name: String
    public var parameters: [Parameter]
    /// The last parameter may be repeated.
    public var isVariadic: Bool
    public var result: Rule
    public var summary: String
    /// The paper or standard of a physical model.
    public var source: String
    /// May be asked of values that change while the episode runs.
    public var worksAtRuntime: Bool
    public var evaluate: @Sendable ([Double]) -> Double

    public init(
        _ name: String, _ parameters: [Parameter], variadic: Bool = false, _ result: Rule, _ summary: String, source: String = "", atRuntime: Bool = false,
        _ evaluate: @escaping @Sendable ([Double]) -> Double
    ) {
        (self.name, self.parameters, isVariadic, self.result, self.summary) = (name, parameters, variadic, result, summary)
        (self.source, worksAtRuntime, self.evaluate) = (source, atRuntime, evaluate)
    }

    public static func named(_ name: String) -> NumericFunction? { table[name] }
    private static let table = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The mathematical functions and the physical models.
    public static let all: [NumericFunction] = mathematical + physical

    private static let mathematical: [NumericFunction] = {
        let x = [Parameter("x", .same)]
        let plain = [Parameter("x", .exactly(.none))]
        let angle = [Parameter("angle", .exactly(.angle))]
        return [
            NumericFunction("min", x, variadic: true, .same, "the smallest", atRuntime: true) { $0.min() ?? .nan },
            NumericFunction("max", x, variadic: true, .same, "the largest", atRuntime: true) { $0.max() ?? .nan },
            NumericFunction("abs", x, .same, "without its sign", atRuntime: true) { abs($0[0]) },
            NumericFunction("sqrt", [Parameter("x", .root)], .root, "the square root, of the unit too", atRuntime: true) { $0[0].squareRoot() },
            NumericFunction("clamp", [Parameter("x", .same), Parameter("low", .same), Parameter("high", .same)], .same, "x, but not below low nor above high", atRuntime: true) {
                max($0[1], min($0[2], $0[0]))
            },
            NumericFunction("floor", plain, .exactly(.none), "rounded down") { $0[0].rounded(.down) },
            NumericFunction("ceil", plain, .exactly(.none), "rounded up") { $0[0].rounded(.up) },
            NumericFunction("round", plain, .exactly(.none), "rounded to the nearest whole number") { $0[0].rounded() },
            NumericFunction("exp", plain, .exactly(.none), "e to the power of x") { exp($0[0]) },
            NumericFunction("ln", plain, .exactly(.none), "the natural logarithm") { log($0[0]) },
            NumericFunction("log10", plain, .exactly(.none), "the decimal logarithm") { log10($0[0]) },
            NumericFunction("sin", angle, .exactly(.none), "sine") { sin($0[0]) },
            NumericFunction("cos", angle, .exactly(.none), "cosine") { cos($0[0]) },
            NumericFunction("tan", angle, .exactly(.none), "tangent") { tan($0[0]) },
            NumericFunction("asin", plain, .exactly(.angle), "inverse sine") { asin($0[0]) },
            NumericFunction("acos", plain, .exactly(.angle), "inverse cosine") { acos($0[0]) },
            NumericFunction("atan2", [Parameter("y", .same), Parameter("x", .same)], .exactly(.angle), "the angle of (x, y) from the x axis") { atan2($0[0], $0[1]) },
        ]
    }()

    private static let physical: [NumericFunction] = PhysicsFunction.all.map { model in
        NumericFunction(
            model.name, model.parameters.map { Parameter($0.label, .exactly($0.dimension), default: $0.defaultValue) }, .exactly(model.result), model.summary,
            source: model.source, model.evaluate)
    }
}
