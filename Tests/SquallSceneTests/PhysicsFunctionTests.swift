import Foundation
import SquallMath
import SquallScene
import SquallWeather
import Testing

private let mm = 1e-3, mmPerHour = 1 / 3.6e6, kmh = 1 / 3.6, degree = Double.pi / 180

@Suite struct PhysicsFunctionTests {
    /// Function, SI arguments, printed oracle, half a unit of its last digit.
    static let oracles: [(String, [Double], Double, Double)] = [
        ("rain_extinction", [25 * mmPerHour], 0.002771, 5e-7), ("rain_visibility", [100 * mmPerHour], 451, 0.5),
        ("rain_liquid_water", [10 * mmPerHour], 0.6153e-3, 5e-8), ("rain_slope", [50 * mmPerHour], 1803.0, 0.05),
        ("rain_drop_count", [10 * mmPerHour, 0.5 * mm], 894, 0.5), ("fog_extinction", [50], 0.05991, 5e-6),
        ("visibility_from_extinction", [0.05991465], 50, 1e-4), ("transmittance", [0.0599146454, 25], 0.223607, 5e-7),
        ("apparent_luminance", [0.2, 0.8, 0.2236068], 0.665836, 5e-7), ("phase_function", [0], 6.54304, 5e-6),
        ("height_fog_depth", [0.03, 10, 1.5, 20, 100], 1.116336, 5e-7), ("kunkel_extinction", [0.1e-3], 0.019075, 5e-7),
        ("kim_extinction", [2000], 1.4081e-3, 5e-8), ("fall_speed", [2 * mm], 6.548, 5e-4), ("axis_ratio", [5 * mm], 0.720, 5e-4),
        ("streak_length", [2 * mm, 5, 1200, 0.005], 7.86, 5e-3), ("streak_width", [2 * mm, 5, 1200], 0.48, 5e-3),
        ("streak_tilt", [25], 75.3 * degree, 0.05 * degree), ("wind_at_height", [1, 2], 0.72295, 5e-6),
        ("film_depth", [100 * mmPerHour], 2.032 * mm, 5e-7), ("rrl_depth", [25 * mmPerHour], 1.359 * mm, 5e-7),
        ("wet_albedo", [0.1], 0.0591, 5e-5), ("fresnel_water", [75 * degree], 0.21143, 5e-6), ("schlick_water", [60 * degree], 0.05072, 5e-6),
        ("hydroplaning_speed", [220e3], 94.09 * kmh, 0.005 * kmh), ("stopping_distance", [100 * kmh, 0.5], 78.65, 5e-3),
        ("tyre_curve_wet", [0.1], 0.81712, 5e-6), ("tyre_curve_measured_ice", [1], 0.08781, 5e-6), ("magic_formula", [0.05, 10, 1.9, 1, 0.97], 0.73562, 5e-6),
        ("exposure_value", [2, 1e-3], 11.966, 5e-4), ("exposure_luminance", [15], 4096, 1e-9), ("exposure_luminance", [0], 0.125, 1e-12),
        ("focal_plane_illuminance", [1000, 2], 176.71, 5e-3), ("emva_snr", [1000, 0.6, 2.5, 0.4, 0.01], 23.666, 5e-4),
        ("emva_snr", [10, 0.6, 2.5, 0.4], 1.6790, 5e-5), ("srgb", [0.18], 0.461356, 5e-7), ("blur_circle", [6e-3, 2, 0.5], 36e-6, 5e-7),
        ("load_transfer", [1500, 8, 0.55, 2.7], 2444.4, 0.05), ("static_stability", [1.55, 0.55], 1.409, 5e-4),
        ("brush_tyre", [0.03, 4000, 0.9, 60_000], 1517.04, 5e-3), ("brush_tyre", [0.2, 4000, 0.9, 60_000], 3600, 1e-9),
        ("idm_acceleration", [20, 0, 50, 33.333], 0.297836, 5e-7), ("idm_acceleration", [20, 5, 50, 33.333], -1.200137, 5e-7),
        ("idm_acceleration", [30, 0, 60, 33.333], -0.255917, 2e-6), ("idm_acceleration", [15, -3, 25, 33.333], 0.663148, 5e-7),
        ("idm_gap", [20], 36.4434, 5e-5), ("rss_distance", [30, 30], 111.375, 1e-9), ("rss_distance", [20, 10], 81.375, 1e-9),
        ("rss_distance", [10, 20], 7.625, 1e-9), ("lidar_range", [0.1, 0.01], 56.71, 5e-3), ("lamp_illuminance", [10_100, 25], 16.16, 5e-3),
        ("matt_luminance", [1e5, 0.1], 3183, 0.5), ("overcast_zenith", [10_000], 4092.6, 0.05), ("cie_overcast_sky", [15 * degree], 0.50588, 5e-6),
        ("preetham_luminance", [60 * degree, .pi, 45 * degree, 2.5], 5419.01, 1.0), ("cie_clear_sky", [60 * degree, 0, 45 * degree], 4.88053, 5e-6),
        ("kunkel_liquid_water", [0.019075], 0.1e-3, 1e-8), ("droplet_radius", [3, 1, 10e-6], 20e-6, 5e-8), ("droplet_liquid_water", [20e6, 3, 1, 10e-6], 0.372e-3, 5e-7),
        ("visual_range", [2.995732273553991], 3.912, 1e-12), ("rain_drop_density", [10 * mmPerHour, 0], 8e6, 1e-6), ("itu_rain_extinction", [25 * mmPerHour], 0.00214, 5e-6),
        ("rain_extinction_share", [25 * mmPerHour, 0], 1, 1e-12), ("garg_fall_speed", [2 * mm], 6.325, 5e-4), ("streak_dwell", [2 * mm], 0.632e-3, 5e-7), ("hahner_peak_range", [0.03], 4.6750, 5e-5),
        ("hahner_reported_range", [0.12], 1.5848, 1e-4), ("hahner_echo", [0.06], 3.81690e-9, 5e-15), ("hahner_equal_range", [0.03], 62.38, 5e-3),
        ("hahner_strength", [0.03], 4.6066e-4 / (1e-6 / Double.pi) * 4.20648e-9, 1e-10), ("fog_strength", [0.03], 0.03 / 18 * Double.pi * 299_792_458 / 2 * 4.20648e-9, 1e-8),
        ("lisa_beam_diameter", [100], 100 * tan(3e-3), 1e-12), ("lisa_drop_count", [10 * mmPerHour, 50], 821, 0.5), ("lisa_drop_count", [25 * mmPerHour, 100], 8143, 0.5),
        ("lisa_strength", [0.5, 10 * mmPerHour, 50], 1.7119e-4, 5e-9), ("lisa_signal", [0.5, 10 * mmPerHour, 50], 7.608, 5e-4),
        ("lisa_range_noise", [0.5, 25 * mmPerHour, 100], 0.0563, 5e-5),
        ("drop_reflectance", [], 0.01985, 5e-6), ("brush_sliding_angle", [4000, 0.9, 60_000], 0.17809, 5e-6),
        ("magic_formula_1989_side", [4 * degree, 4000], 3096.6, 0.05), ("magic_formula_1989_drive", [0.05, 4000], 3823.7, 0.05), ("pac2002_side", [0.05, 4000], -3260.48, 5e-3),
        ("kinematic_yaw_rate", [10, 0.1, 2.57891], 1.945290 / 5, 1e-6), ("understeer_gradient", [1500, 1.2, 1.5, 80_000, 90_000], 0.00300926, 5e-9),
        ("characteristic_speed", [1500, 1.2, 1.5, 80_000, 90_000], 29.954, 5e-4), ("steady_yaw_rate", [20, 0.03, 1500, 1.2, 1.5, 80_000, 90_000], 0.1537002, 5e-8),
        ("steady_side_slip", [30, 0.03, 1500, 1.2, 1.5, 80_000, 90_000], -0.0286595, 5e-8), ("yaw_settling", [20, 1500, 1.2, 1.5, 80_000, 90_000, 2500], 1 / 6.0103, 1.5e-6),
        ("yaw_swing", [20, 1500, 1.2, 1.5, 80_000, 90_000, 2500], 3.8037, 5e-5),
        ("mobil_incentive", [-1.4726, 0.4802, 0.4187, -2.0273, 0.1359, 0.0636], 1.4491, 1e-4),
        ("mobil_incentive", [-1.4726, 0.4802, 0.4187, -2.0273, 0.1359, 0.0636, 0.5], 0.6936, 1.5e-4),
        ("careful_driver_gap", [40 * kmh], 24.128, 1e-3), ("cut_in_time", [60 * kmh], 1.7389, 5e-5), ("social_force", [0.8], 164.17, 5e-3), ("idm_gap", [30], 85.2617, 5e-5),
    ]
    @Test(arguments: 0..<oracles.count) func oracle(_ index: Int) throws {
        let (name, arguments, expected, tolerance) = Self.oracles[index]
        let function = try #require(PhysicsFunction.named(name))
        let value = function.evaluate(arguments)
        #expect(abs(value - expected) <= tolerance, "\(name)\(arguments) = \(value), expected \(expected)")
    }

    @Test func tableIsSound() {
        var seen: [String] = []
        // A neutral car has no characteristic speed.
        let infinite = ["characteristic_speed"]
        for function in PhysicsFunction.all {
            #expect(!seen.contains(function.name), "\(function.name) twice")
            seen.append(function.name)
            let optional = function.parameters.map { $0.defaultValue != nil }
            #expect(optional == optional.sorted { !$0 && $1 }, "\(function.name): defaults last")
            #expect(!function.summary.isEmpty && !function.source.isEmpty)
            #expect(function.evaluate([Double](repeating: 1, count: function.parameters.count + 1)).isNaN)
            #expect(function.evaluate([Double](repeating: 0.5, count: function.requiredCount)).isFinite || infinite.contains(function.name), "\(function.name)")
        }
        #expect(PhysicsFunction.named("rain_extinctoin") == nil)
    }

    @Test func civilTimeKnowsItsOffset() {
        let berlin = CivilTime(year: 2026, month: 6, day: 21, seconds: 12 * 3600, offset: 2 * 3600)
        let sun = SunCalculator.position(latitude: 52.52 * degree, longitude: 13.405 * degree, time: berlin)
        #expect(abs(sun.elevation / degree - 58.145) < 0.02)
        #expect(abs(sun.azimuth / degree - 149.363) < 0.05)
        let eve = CivilTime(year: 2026, month: 6, day: 20, seconds: 35 * 3600, offset: 3600)
        #expect(abs(eve.julianDate - berlin.julianDate) < 1e-9)
    }
}
