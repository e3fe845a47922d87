import Foundation
import SquallMath
import SquallWeather

/// Models of fog, haze and rain as functions of the language.
extension PhysicsFunction {
    private static let droplets: [Parameter] = [.init("shape", .none), .init("gamma", .none), .init("mode_radius", .length)]

    /// Fog, haze and visibility.
    static let air: [PhysicsFunction] = [
        PhysicsFunction(
            "fog_extinction", [.init("visibility", .length)], .perLength, "Extinction of fog with this meteorological optical range (5 %).", source: "Koschmieder 1924; WMO-No. 8"
        ) {
            Visibility.extinction(mor: $0[0])
        },
        PhysicsFunction(
            "visibility_from_extinction", [.init("extinction", .perLength)], .length, "Meteorological optical range (5 %) at this extinction.",
            source: "Koschmieder 1924; WMO-No. 8"
        ) {
            Visibility.mor(extinction: $0[0])
        },
        PhysicsFunction("transmittance", [.init("extinction", .perLength), .init("distance", .length)], .none, "Share of light left after a distance.", source: "Beer, Lambert") {
            Visibility.transmittance(extinction: $0[0], distance: $0[1])
        },
        PhysicsFunction(
            "apparent_luminance", [.init("object", .luminance), .init("airlight", .luminance), .init("transmittance", .none)], .luminance,
            "Luminance of an object seen through the air.", source: "Koschmieder 1924"
        ) { Visibility.apparentLuminance(object: $0[0], airlight: $0[1], transmittance: $0[2]) },
        PhysicsFunction(
            "phase_function", [.init("angle", .angle), .init("asymmetry", .none, default: 0.85)], .none, "Scattered share per steradian.", source: "Henyey, Greenstein 1941"
        ) {
            Visibility.henyeyGreenstein(angle: $0[0], g: $0[1])
        },
        PhysicsFunction(
            "height_fog_depth",
            [.init("extinction", .perLength), .init("scale_height", .length), .init("start", .length), .init("climb", .length), .init("distance", .length)], .none,
            "Optical depth of a path through fog that thins with height.", source: "closed form of b0 exp(-z/H)"
        ) { HeightFog.opticalDepth(extinction: $0[0], scaleHeight: $0[1], startHeight: $0[2], climb: $0[3], distance: $0[4]) },
        PhysicsFunction("kunkel_extinction", [.init("liquid_water", .density)], .perLength, "Extinction of fog from its liquid water.", source: "Kunkel 1984") {
            Fog.kunkelExtinction(liquidWater: $0[0] * 1e3)
        },
        PhysicsFunction("kunkel_liquid_water", [.init("extinction", .perLength)], .density, "Liquid water of fog from its extinction.", source: "Kunkel 1984") {
            Fog.kunkelLiquidWater(extinction: $0[0]) * 1e-3
        },
        PhysicsFunction("droplet_radius", droplets, .length, "Effective radius of droplets with a modified gamma distribution.", source: "Deirmendjian 1969") {
            Fog.effectiveRadius(shape: $0[0], gamma: $0[1], modeRadius: $0[2])
        },
        PhysicsFunction(
            "droplet_liquid_water", [.init("number", Dimension(length: -3))] + droplets, .density, "Liquid water of so many droplets per volume.", source: "Deirmendjian 1969"
        ) { Fog.liquidWater(number: $0[0], shape: $0[1], gamma: $0[2], modeRadius: $0[3]) * 1e-3 },
        PhysicsFunction(
            "visual_range", [.init("visibility", .length)], .length, "The 2 % visual range that belongs to a meteorological optical range (5 %).", source: "Koschmieder 1924"
        ) {
            Visibility.visualRange(mor: $0[0])
        },
        PhysicsFunction(
            "large_drop_extinction", [.init("liquid_water", .density), .init("radius", .length)], .perLength, "Extinction of drops far larger than the wavelength.",
            source: "Q_ext = 2"
        ) {
            Fog.largeDropExtinction(liquidWater: $0[0] * 1e3, effectiveRadius: $0[1])
        },
        PhysicsFunction(
            "kim_extinction", [.init("visual_range", .length), .init("wavelength", .length, default: 905e-9)], .perLength,
            "Extinction of haze or fog of a 2 % visual range at a wavelength.", source: "Kim, McArthur, Korevaar 2001"
        ) {
            Fog.kimExtinction(visualRange: $0[0], wavelength: $0[1])
        },
        PhysicsFunction("air_extinction", [.init("turbidity", .none)], .perLength, "Extinction of fog-free air of a turbidity.", source: "after McCartney 1976") {
            Medium.airExtinction(turbidity: $0[0])
        },
        PhysicsFunction(
            "wind_at_height", [.init("speed_at_10m", .speed), .init("height", .length), .init("roughness", .length, default: 0.03)], .speed,
            "Mean wind at a height above the roughness length.", source: "logarithmic law"
        ) { Wind.speed(tenMetre: $0[0], height: $0[1], roughness: $0[2]) },
    ]

    /// Rain in the air and in the picture.
    static let rain: [PhysicsFunction] = [
        PhysicsFunction("rain_extinction", [.init("rate", .speed)], .perLength, "Extinction of rain for visible light and lidar.", source: "Marshall, Palmer 1948; Q_ext = 2") {
            Rain.extinction(rate: millimetresPerHour($0[0]))
        },
        PhysicsFunction("rain_visibility", [.init("rate", .speed)], .length, "Meteorological optical range in rain alone.", source: "Marshall, Palmer 1948") {
            Visibility.mor(extinction: Rain.extinction(rate: millimetresPerHour($0[0])))
        },
        PhysicsFunction("rain_liquid_water", [.init("rate", .speed)], .density, "Liquid water in the air.", source: "Marshall, Palmer 1948") {
            Rain.liquidWater(rate: millimetresPerHour($0[0])) * 1e-3
        },
        PhysicsFunction(
            "rain_drop_count", [.init("rate", .speed), .init("above", .length, default: 0)], Dimension(length: -3), "Drops per volume above a diameter.",
            source: "Marshall, Palmer 1948"
        ) {
            Rain.dropCount(rate: millimetresPerHour($0[0]), above: $0[1] * 1e3)
        },
        PhysicsFunction(
            "rain_drop_density", [.init("rate", .speed), .init("diameter", .length)], Dimension(length: -4), "Drops per volume and diameter.", source: "Marshall, Palmer 1948"
        ) { Rain.dropDensity(diameter: $0[1] * 1e3, rate: millimetresPerHour($0[0])) * 1e3 },
        PhysicsFunction("itu_rain_extinction", [.init("rate", .speed)], .perLength, "Attenuation of light in rain, a cross-check of rain_extinction.", source: "ITU-R P.1817") {
            Rain.ituExtinction(rate: millimetresPerHour($0[0]))
        },
        PhysicsFunction(
            "rain_extinction_share", [.init("rate", .speed), .init("above", .length)], .none, "Share of rain's extinction that drops above a diameter take.",
            source: "Marshall, Palmer 1948"
        ) { Rain.extinctionShare(rate: millimetresPerHour($0[0]), above: $0[1] * 1e3) },
        PhysicsFunction("rain_slope", [.init("rate", .speed)], .perLength, "Slope of the exponential drop size distribution.", source: "Marshall, Palmer 1948") {
            Rain.slope(rate: millimetresPerHour($0[0])) * 1e3
        },
        PhysicsFunction("fall_speed", [.init("diameter", .length)], .speed, "Terminal speed of a rain drop.", source: "Atlas, Srivastava, Sekhon 1973") {
            Rain.fallSpeed(diameter: $0[0] * 1e3)
        },
        PhysicsFunction("garg_fall_speed", [.init("diameter", .length)], .speed, "Terminal speed of a rain drop as rain removal papers take it.", source: "Garg, Nayar 2004") {
            RainStreak.gargNayarSpeed(radius: $0[0] / 2)
        },
        PhysicsFunction("streak_dwell", [.init("diameter", .length)], .time, "Longest time a falling drop stays in one pixel.", source: "Garg, Nayar 2004") {
            RainStreak.maximumDwell(radius: $0[0] / 2)
        },
        PhysicsFunction("axis_ratio", [.init("diameter", .length)], .none, "Height over width of a falling drop.", source: "Pruppacher, Beard 1970") {
            Rain.axisRatio(diameter: $0[0] * 1e3)
        },
        PhysicsFunction(
            "streak_length", [.init("diameter", .length), .init("distance", .length), .init("focal_length", .none), .init("exposure", .time)], .none,
            "Length of a drop's streak in pixels; the focal length is in pixels.", source: "Garg, Nayar 2004"
        ) { streak($0).length },
        PhysicsFunction(
            "streak_width", [.init("diameter", .length), .init("distance", .length), .init("focal_length", .none)], .none,
            "Width of a drop's streak in pixels; the focal length is in pixels.", source: "Garg, Nayar 2004"
        ) { streak($0 + [1]).width },
        PhysicsFunction(
            "streak_tilt", [.init("speed", .speed), .init("diameter", .length, default: 2e-3)], .angle, "Tilt of streaks off the vertical from a moving camera.",
            source: "Garg, Nayar 2004"
        ) {
            RainStreak.tilt(relative: $0[0], fall: Rain.fallSpeed(diameter: $0[1] * 1e3))
        },
        PhysicsFunction(
            "pane_flux", [.init("rate", .speed), .init("speed", .speed), .init("above", .length, default: 0.5e-3)], Dimension(length: -2, time: -1),
            "Drops that meet a vertical pane, per area and time.", source: "Marshall, Palmer 1948"
        ) { Rain.paneFlux(rate: millimetresPerHour($0[0]), speed: $0[1], above: $0[2] * 1e3) },
    ]

    private static func streak(_ a: [Double]) -> RainStreak {
        let d = a[0] * 1e3
        return RainStreak(diameter: d, speed: Rain.fallSpeed(diameter: d), distance: a[1], focalLength: a[2], exposure: a[3])
    }
}
