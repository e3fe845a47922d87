import Foundation

/// Quantities and dimensions in words that people use.
extension Units {
    /// The word for a dimension that an author would use: `speed`, `length`, `plain number`; base units when there is none.
    public static func name(of dimension: Dimension) -> String {
        names.first { $0.0 == dimension }?.1 ?? dimension.baseUnits
    }

    /// The unit most authors would write such a quantity in: `m`, `s`, `km/h`.
    public static func example(of dimension: Dimension) -> String {
        common.first { $0.dimension == dimension }?.symbol ?? dimension.baseUnits
    }

    /// One unit a dimension: the most common.
    private static let common: [Unit] = [
        "m", "s", "kg", "deg", "degC", "km/h", "m/s^2", "Hz", "/m", "N", "hPa", "kJ", "kW", "lx", "cd", "kg/m^3", "deg/s", "m^2", "m^3", "W/m^2", "N/rad", "kg*m^2", "kB", "A",
    ].compactMap { Units.parse($0) }

    /// The unit that is meant by what people write for it elsewhere: `sec`, `kmh`, `mph`; nil when that is not known.
    public static func meant(by word: String) -> String? { foreign[word.lowercased()] }

    private static let foreign = [
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "minute": "min", "minutes": "min", "mins": "min", "hour": "h", "hours": "h", "hr": "h", "day": "d", "days": "d",
        "meter": "m", "meters": "m", "metre": "m", "metres": "m", "kilometer": "km", "kilometers": "km", "feet": "ft", "mile": "mi", "miles": "mi", "kmh": "km/h", "kph": "km/h",
        "mph": "mi/h", "mps": "m/s", "degree": "deg", "degrees": "deg", "celsius": "degC", "kelvin": "K", "fps": "Hz", "percent": "%", "pct": "%", "pixel": "px",
        "pixels": "px", "lux": "lx",
    ]

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
    /// - Parameter own: the unit of the property it belongs to, taken before any other when it fits: rain rates are in `mm/h`, however hard it rains.
    /// - Parameter digits: significant digits.
    public static func format(_ si: Double, _ dimension: Dimension, in own: String? = nil, digits: Int = 6) -> String {
        if let unit = own.flatMap({ Units.parse($0) }), unit.dimension == dimension, si.isFinite { return text(si, unit, digits) }
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
        return text(si, chosen, digits)
    }

    private static func text(_ si: Double, _ unit: Unit, _ digits: Int) -> String { number(unit.fromSI(si), digits: digits) + " " + unit.symbol }

    /// The shortest usual notation with so many significant digits, without trailing zeros.
    public static func number(_ value: Double, digits: Int = 6) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-infinity" : "infinity" }
        let text = String(format: "%.\(digits)g", value)
        return text == "-0" ? "0" : text
    }
}
