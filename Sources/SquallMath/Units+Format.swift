import Foundation

/// Quantities and dimensions in words that people use.
extension Units {
    /// The word for a dimension that an author would use: `speed`, `length`, `plain number`; base units when there is none.
    public static func name(of dimension: Dimension) -> String {
        names.first { $0.0 == dimension }?.1 ?? dimension.baseUnits
    }

    /// An example of how to write such a quantity: `m`, `km/h`.
    public static func example(of dimension: Dimension) -> String {
        display.first { $0.dimension == dimension }?.symbol ?? dimension.baseUnits
    }

    private static let names: [(Dimension, String)] = [
        (.none, "plain number"), (.length, "length"), (.time, "time"), (.mass, "mass"), (.angle, "angle"), (.temperature, "temperature"), (.speed, "speed"),
        (.acceleration, "acceleration"), (.frequency, "frequency"), (.perLength, "inverse length"), (.area, "area"), (.volume, "volume"), (.force, "force"),
        (.pressure, "pressure"), (.energy, "energy"), (.power, "power"), (.density, "density"), (.luminousIntensity, "luminous intensity"),
        (.illuminance, "illuminance or luminance"), (.irradiance, "irradiance"), (.information, "information"), (.angularSpeed, "angular speed"),
        (.momentOfInertia, "moment of inertia"), (.corneringStiffness, "cornering stiffness"),
    ]

    /// The units results are shown in, one or more a dimension: the first whose number is at least 1 wins, else the last.
    private static let display: [Unit] = {
        let symbols = [
            "km", "m", "mm", "um", "nm", "h", "s", "ms", "us", "ns", "kg", "g", "deg", "degC", "km/h", "mm/h", "m/s^2", "GHz", "MHz", "kHz", "Hz", "kN", "N", "kPa", "Pa",
            "kN/rad", "N/rad", "kg*m^2", "kW", "W", "kJ", "J", "klx", "lx", "cd", "kg/m^3", "g/m^3", "deg/s", "m^2", "m^3", "W/m^2",
        ]
        return symbols.compactMap { Units.parse($0) }
    }()

    /// A quantity in the unit a person would choose: `27.8 m/s` becomes `100 km/h`, `0.00277` per metre stays `0.00277 1/m`.
    ///
    /// - Parameter digits: significant digits.
    public static func format(_ si: Double, _ dimension: Dimension, digits: Int = 6) -> String {
        if dimension == .none { return number(si, digits: digits) }
        let fitting = display.filter { $0.dimension == dimension }
        let large = dimension == .length ? 2e3 : dimension == .time ? 7200 : 0.0
        let unit = fitting.first { unit in
            let value = abs(unit.fromSI(si))
            if unit.offset != 0 { return true }
            return value >= 1 && (unit.factor <= 1 || dimension != .length && dimension != .time || abs(si) >= large)
        }
        let chosen = si == 0 ? fitting.first { $0.factor == 1 } ?? fitting.first : unit ?? fitting.last
        guard let chosen, si.isFinite else { return number(si, digits: digits) + " " + dimension.baseUnits }
        return number(chosen.fromSI(si), digits: digits) + (chosen.symbol == "%" ? " %" : " " + chosen.symbol)
    }

    /// The shortest usual notation with so many significant digits, without trailing zeros.
    public static func number(_ value: Double, digits: Int = 6) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-infinity" : "infinity" }
        let text = String(format: "%.\(digits)g", value)
        return text == "-0" ? "0" : text
    }
}
