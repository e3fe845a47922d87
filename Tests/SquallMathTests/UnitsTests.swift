import SquallMath
import Testing

@Suite struct UnitsTests {
    @Test(arguments: [
        ("km/h", 1 / 3.6, Dimension.speed), ("mm/h", 1e-3 / 3600, .speed), ("m/s^2", 1, .acceleration), ("/m", 1, .perLength), ("1/m", 1, .perLength),
        ("%", 0.01, Dimension.none), ("deg", Double.pi / 180, .angle), ("hPa", 100, .pressure), ("klx", 1000, .illuminance), ("kg/m^3", 1, .density), ("nm", 1e-9, .length),
        ("km/km", 1, Dimension.none), ("cm^2", 1e-4, .area), ("kg*m/s^2", 1, .force), ("deg/s", Double.pi / 180, .angularSpeed), ("g/m^3", 1e-3, .density),
        ("cd/m^2", 1, .luminance),
        ("m^-1", 1, .perLength), ("min", 60, .time), ("mi/h", 0.44704, .speed),
    ])
    func parses(_ text: String, _ factor: Double, _ dimension: Dimension) throws {
        let unit = try #require(Units.parse(text))
        #expect(abs(unit.factor - factor) <= 1e-15 * factor * 4)
        #expect(unit.dimension == dimension)
    }

    @Test(arguments: ["", "/", "m/", "m//s", "foo", "m^", "m^0", "m^99", "km h", "m/s/", "degC/m", "1", "^2", "m/foo", "2/m"])
    func refuses(_ text: String) { #expect(Units.parse(text) == nil) }

    @Test func celsiusIsAScale() throws {
        let celsius = try #require(Units.parse("degC"))
        #expect(abs(celsius.toSI(-5) - 268.15) < 1e-12)
        #expect(abs(celsius.fromSI(273.15)) < 1e-12)
    }

    @Test(arguments: [
        (100 / 3.6, Dimension.speed, "100 km/h"), (25e-3 / 3600, .speed, "25 mm/h"), (18.0, .length, "18 m"), (4000.0, .length, "4 km"), (0.0012, .length, "1.2 mm"),
        (905e-9, .length, "905 nm"), (90.0, .time, "90 s"), (0.25, .time, "250 ms"), (Double.pi / 6, .angle, "30 deg"), (268.15, .temperature, "-5 degC"),
        (0.002771, .perLength, "0.002771 1/m"),
        (0.5, Dimension.none, "0.5"), (0.0, .speed, "0 km/h"), (0.0, .length, "0 m"), (4.0, .acceleration, "4 m/s^2"), (10.0, .frequency, "10 Hz"), (85_000.0, .pressure, "85 kPa"),
        (-3.0, .length, "-3 m"),
    ])
    func showsWhatAPersonWouldWrite(_ si: Double, _ dimension: Dimension, _ text: String) { #expect(Units.format(si, dimension) == text) }

    @Test func aPropertyKeepsItsOwnUnit() {
        #expect(Units.format(1, .speed, in: "mm/h") == "3.6e+06 mm/h")
        #expect(Units.format(0, .speed, in: "mm/h") == "0 mm/h")
        #expect(Units.format(0.2, .none, in: "%") == "20 %")
        #expect(Units.format(268.15, .temperature, in: "degC") == "-5 degC")
        // One of another dimension, or none at all, says nothing.
        #expect(Units.format(20, .speed, in: "m") == "72 km/h" && Units.format(20, .speed, in: "parsec") == "72 km/h")
    }

    @Test func everySimpleUnitIsItsOwnRoundTrip() {
        for unit in Units.simple {
            #expect(Units.parse(unit.symbol) == unit)
            #expect(abs(unit.fromSI(unit.toSI(7)) - 7) < 1e-12)
        }
    }
}
