/// A physical dimension: exponents of the SI base units plus angle and information. Products and quotients stay exact.
public struct Dimension: Sendable, Hashable {
    /// length, mass, time, temperature, luminous intensity, current, angle, information
    @usableFromInline var exponents: SIMD8<Int8>

    @usableFromInline init(exponents: SIMD8<Int8>) { self.exponents = exponents }
    public init(length: Int8 = 0, mass: Int8 = 0, time: Int8 = 0, temperature: Int8 = 0, luminousIntensity: Int8 = 0, current: Int8 = 0, angle: Int8 = 0, information: Int8 = 0) {
        exponents = SIMD8(length, mass, time, temperature, luminousIntensity, current, angle, information)
    }

    public static let none = Dimension()
    public static let length = Dimension(length: 1)
    public static let mass = Dimension(mass: 1)
    public static let time = Dimension(time: 1)
    public static let temperature = Dimension(temperature: 1)
    public static let angle = Dimension(angle: 1)
    public static let information = Dimension(information: 1)
    public static let speed = Dimension(length: 1, time: -1)
    public static let acceleration = Dimension(length: 1, time: -2)
    public static let frequency = Dimension(time: -1)
    public static let perLength = Dimension(length: -1)
    public static let area = Dimension(length: 2)
    public static let force = Dimension(length: 1, mass: 1, time: -2)
    public static let pressure = Dimension(length: -1, mass: 1, time: -2)
    public static let density = Dimension(length: -3, mass: 1)
    /// cd; lumen shares it (steradians are plain numbers here).
    public static let luminousIntensity = Dimension(luminousIntensity: 1)
    /// lx = lm/m2
    public static let illuminance = Dimension(length: -2, luminousIntensity: 1)
    /// cd/m2, which has the same exponents as lux
    public static let luminance = illuminance
    /// W/m2
    public static let irradiance = Dimension(mass: 1, time: -3)

    /// The largest exponent a base unit may have, either way: far beyond physics, and safe to negate.
    public static let exponentLimit = 100

    /// Of a product; nil when an exponent would pass `exponentLimit`.
    public func times(_ other: Dimension) -> Dimension? { combined { Int(exponents[$0]) + Int(other.exponents[$0]) } }
    /// Of a quotient; nil when an exponent would pass `exponentLimit`.
    public func per(_ other: Dimension) -> Dimension? { combined { Int(exponents[$0]) - Int(other.exponents[$0]) } }
    /// Of a whole power; nil when an exponent would pass `exponentLimit`.
    public func raised(to power: Int) -> Dimension? { combined { Int(exponents[$0]).multipliedReportingOverflow(by: power).overflow ? .max : Int(exponents[$0]) * power } }

    private func combined(_ exponent: (Int) -> Int) -> Dimension? {
        var result = Dimension.none
        for i in 0..<8 {
            let e = exponent(i)
            guard (-Self.exponentLimit...Self.exponentLimit).contains(e) else { return nil }
            result.exponents[i] = Int8(e)
        }
        return result
    }

    /// Half of every exponent, nil when one is odd.
    public var squareRoot: Dimension? { (0..<8).allSatisfy { exponents[$0] % 2 == 0 } ? Dimension(exponents: exponents / 2) : nil }

    /// Base units: `m/s^2`, `1/m`, `kg m^2`, empty for a plain number.
    public var baseUnits: String {
        let names = ["m", "kg", "s", "K", "cd", "A", "rad", "bit"]
        let part = { (i: Int, e: Int8) in e == 1 ? names[i] : "\(names[i])^\(e)" }
        let above = (0..<8).filter { exponents[$0] > 0 }.map { part($0, exponents[$0]) }
        let below = (0..<8).filter { exponents[$0] < 0 }.map { part($0, -exponents[$0]) }
        if above.isEmpty && below.isEmpty { return "" }
        return (above.isEmpty ? "1" : above.joined(separator: " ")) + below.map { "/" + $0 }.joined()
    }
}
