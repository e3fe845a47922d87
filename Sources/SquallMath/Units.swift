/// A unit of measure: `si = value * factor + offset`.
public struct Unit: Sendable, Equatable {
    public var symbol: String
    public var factor: Double
    /// Non-zero only for degC: a reading on a scale, not a difference.
    public var offset: Double
    public var dimension: Dimension

    public init(_ symbol: String, _ factor: Double, _ dimension: Dimension, offset: Double = 0) {
        (self.symbol, self.factor, self.dimension, self.offset) = (symbol, factor, dimension, offset)
    }

    @inlinable public func toSI(_ value: Double) -> Double { value * factor + offset }
    @inlinable public func fromSI(_ value: Double) -> Double { (value - offset) / factor }
}

/// The table of simple units and the grammar of compound ones.
public enum Units {
    /// Every simple unit an author may write, by group.
    public static let simple: [Unit] = [
        Unit("m", 1, .length), Unit("km", 1e3, .length), Unit("dm", 0.1, .length), Unit("cm", 1e-2, .length), Unit("mm", 1e-3, .length), Unit("um", 1e-6, .length),
        Unit("nm", 1e-9, .length), Unit("mi", 1609.344, .length), Unit("ft", 0.3048, .length),
        Unit("s", 1, .time), Unit("ms", 1e-3, .time), Unit("us", 1e-6, .time), Unit("ns", 1e-9, .time), Unit("min", 60, .time), Unit("h", 3600, .time), Unit("d", 86400, .time),
        Unit("kg", 1, .mass), Unit("g", 1e-3, .mass), Unit("mg", 1e-6, .mass), Unit("t", 1e3, .mass),
        Unit("rad", 1, .angle), Unit("deg", .pi / 180, .angle), Unit("mrad", 1e-3, .angle), Unit("sr", 1, .none),
        Unit("K", 1, .temperature), Unit("degC", 1, .temperature, offset: 273.15),
        Unit("Hz", 1, .frequency), Unit("kHz", 1e3, .frequency), Unit("MHz", 1e6, .frequency), Unit("GHz", 1e9, .frequency), Unit("rpm", 1.0 / 60, .frequency),
        Unit("N", 1, .force), Unit("kN", 1e3, .force),
        Unit("Pa", 1, .pressure), Unit("hPa", 100, .pressure), Unit("kPa", 1e3, .pressure), Unit("bar", 1e5, .pressure),
        Unit("J", 1, .energy), Unit("kJ", 1e3, .energy), Unit("W", 1, .power), Unit("kW", 1e3, .power), Unit("mW", 1e-3, .power),
        Unit("lx", 1, .illuminance), Unit("klx", 1e3, .illuminance), Unit("cd", 1, .luminousIntensity), Unit("kcd", 1e3, .luminousIntensity),
        Unit("lm", 1, .luminousIntensity),
        Unit("A", 1, Dimension(current: 1)), Unit("bit", 1, .information), Unit("B", 8, .information), Unit("kB", 8e3, .information), Unit("MB", 8e6, .information),
        Unit("GB", 8e9, .information),
        Unit("%", 0.01, .none), Unit("px", 1, .none),
    ]

    private static let table = Dictionary(simple.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })

    /// The simple unit of that name: `km`, `deg`, `%`.
    public static func named(_ symbol: String) -> Unit? { table[symbol] }

    /// A simple or compound unit: `m/s^2`, `mm/h`, `kg/m^3`, `/m`, `1/m`, `kg*m^2`. Nil for anything else.
    ///
    /// Each slash divides by the one factor after it. A unit with an offset (degC) stands alone.
    public static func parse(_ text: String) -> Unit? {
        if let unit = table[text] { return unit }
        var rest = Substring(text)
        var divide = false
        if rest.hasPrefix("1/") { rest.removeFirst() }
        if rest.hasPrefix("/") {
            divide = true
            rest.removeFirst()
        }
        var result = Unit(text, 1, .none)
        while true {
            let name = rest.prefix { $0.isLetter || $0 == "%" }
            guard let unit = table[String(name)], unit.offset == 0 else { return nil }
            rest = rest.dropFirst(name.count)
            var power = 1
            if rest.first == "^" {
                let digits = rest.dropFirst().prefix { $0.isNumber || $0 == "-" }
                guard let exponent = Int(digits), exponent != 0, abs(exponent) <= 6 else { return nil }
                power = exponent
                rest = rest.dropFirst(1 + digits.count)
            }
            for _ in 0..<abs(power) {
                let isFactor = (power > 0) != divide
                guard let dimension = isFactor ? result.dimension.times(unit.dimension) : result.dimension.per(unit.dimension) else { return nil }
                result.factor = isFactor ? result.factor * unit.factor : result.factor / unit.factor
                result.dimension = dimension
            }
            guard let separator = rest.first else { return result }
            guard separator == "/" || separator == "*" else { return nil }
            divide = separator == "/"
            rest.removeFirst()
        }
    }
}

extension Dimension {
    public static let energy = Dimension(length: 2, mass: 1, time: -2)
    public static let power = Dimension(length: 2, mass: 1, time: -3)
    public static let angularSpeed = Dimension(time: -1, angle: 1)
    public static let volume = Dimension(length: 3)
    /// N/rad, of tyres and axles.
    public static let corneringStiffness = Dimension(length: 1, mass: 1, time: -2, angle: -1)
    public static let momentOfInertia = Dimension(length: 2, mass: 1)
}
