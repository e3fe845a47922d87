import Foundation
import SquallMath
import SquallWeather

/// Models of sun, sky, lamps, lidar and camera as functions of the language.
extension PhysicsFunction {
    private static let skyPlace: [Parameter] = [.init("zenith", .angle), .init("azimuth", .angle), .init("sun_zenith", .angle)]

    private static func preetham(_ a: [Double]) -> (luminance: Double, x: Double, y: Double) {
        PreethamSky(sunZenith: a[2], turbidity: a[3]).value(
            cosZenith: cos(a[0]), gamma: CIESky.angle(zenith: a[0], otherZenith: a[2], azimuthDifference: a[1]))
    }

    /// Sun, sky and lamps.
    static let light: [PhysicsFunction] = [
        PhysicsFunction("air_mass", [.init("elevation", .angle)], .none, "Relative optical air mass towards an apparent elevation.", source: "Kasten, Young 1989") {
            ClearSky.airMass(elevation: $0[0])
        },
        PhysicsFunction(
            "twilight_illuminance", [.init("elevation", .angle)], .illuminance, "Horizontal illuminance of the twilight sky at a true sun elevation.",
            source: "table of twilight limits"
        ) {
            Twilight.illuminance(elevation: $0[0])
        },
        PhysicsFunction(
            "preetham_luminance", skyPlace + [.init("turbidity", .none, default: 3)], .luminance, "Clear sky luminance; azimuth from the sun's.",
            source: "Preetham, Shirley, Smits 1999"
        ) {
            preetham($0).luminance * 1000
        },
        PhysicsFunction(
            "preetham_x", skyPlace + [.init("turbidity", .none, default: 3)], .none, "CIE x of the clear sky; azimuth from the sun's.", source: "Preetham, Shirley, Smits 1999"
        ) { preetham($0).x },
        PhysicsFunction(
            "preetham_y", skyPlace + [.init("turbidity", .none, default: 3)], .none, "CIE y of the clear sky; azimuth from the sun's.", source: "Preetham, Shirley, Smits 1999"
        ) { preetham($0).y },
        PhysicsFunction("cie_clear_sky", skyPlace, .none, "Luminance of the CIE clear sky (type 12) over that of the zenith.", source: "ISO 15469:2004") {
            CIESky.clear(zenith: $0[0], gamma: CIESky.angle(zenith: $0[0], otherZenith: $0[2], azimuthDifference: $0[1]), sunZenith: $0[2])
        },
        PhysicsFunction("cie_overcast_sky", [.init("elevation", .angle)], .none, "Luminance of the overcast sky over that of the zenith.", source: "Moon, Spencer 1942") {
            CIESky.overcast(sinElevation: sin($0[0]))
        },
        PhysicsFunction(
            "overcast_zenith", [.init("illuminance", .illuminance)], .luminance, "Zenith luminance of an overcast sky of a horizontal illuminance.", source: "Moon, Spencer 1942"
        ) {
            CIESky.overcastZenith(illuminance: $0[0])
        },
        PhysicsFunction(
            "cloud_transmission", [.init("cover", .none), .init("rain", .speed, default: 0)], .none, "Share of clear-sky light under clouds.",
            source: "Kasten, Czeplak 1980; rain factor ours"
        ) {
            Lighting.cloudTransmission(cover: $0[0], rainRate: millimetresPerHour($0[1]))
        },
        PhysicsFunction(
            "matt_luminance", [.init("illuminance", .illuminance), .init("albedo", .none)], .luminance, "Luminance of a matt surface: E rho / pi.", source: "Lambert 1760"
        ) { $0[0] * $0[1] / .pi },
        PhysicsFunction(
            "lamp_illuminance", [.init("intensity", .luminousIntensity), .init("distance", .length)], .illuminance, "Illuminance from a lamp: I / d^2.",
            source: "inverse square law"
        ) {
            $0[0] / ($0[1] * $0[1])
        },
    ]

    /// Lidar.
    static let lidar: [PhysicsFunction] = [
        PhysicsFunction(
            "lidar_range",
            [.init("reflectance", .none), .init("extinction", .perLength), .init("reference_range", .length, default: 100), .init("reference_reflectance", .none, default: 0.1)],
            .length, "Farthest range of a target through a medium.", source: "lidar equation, beam-filling Lambertian target"
        ) { LidarRange.maximum(reflectance: $0[0], extinction: $0[1], referenceReflectance: $0[3], referenceRange: $0[2]) },
        PhysicsFunction("fog_backscatter", [.init("visibility", .length)], .perLength, "Backscatter per steradian of fog: 0.046 / MOR.", source: "Hahner et al. 2021") {
            LidarBackscatter.published.coefficient(extinction: Visibility.extinction(mor: $0[0]))
        },
        PhysicsFunction(
            "mie_backscatter", [.init("extinction", .perLength), .init("lidar_ratio", .none, default: 18)], .perLength,
            "Backscatter per steradian: extinction over the lidar ratio.", source: "Mie theory, water drops"
        ) {
            LidarBackscatter.lidarRatio($0[1]).coefficient(extinction: $0[0])
        },
        PhysicsFunction(
            "lidar_footprint", [.init("range", .length), .init("divergence", .angle), .init("aperture", .length, default: 0)], .length, "Diameter of the beam.", source: "geometry"
        ) {
            $0[2] + 2 * $0[0] * tan($0[1] / 2)
        },
    ]

    /// Exposure and noise of a camera.
    static let camera: [PhysicsFunction] = [
        PhysicsFunction("exposure_value", [.init("f_number", .none), .init("exposure", .time)], .none, "EV: log2(N^2 / t).", source: "ISO 2720") { log2($0[0] * $0[0] / $0[1]) },
        PhysicsFunction(
            "exposure_luminance", [.init("ev", .none), .init("iso", .none, default: 100)], .luminance, "Mean luminance that an exposure value suits, K = 12.5.", source: "ISO 2720"
        ) {
            12.5 * exp2($0[0]) / $0[1]
        },
        PhysicsFunction(
            "focal_plane_illuminance", [.init("luminance", .luminance), .init("f_number", .none), .init("transmission", .none, default: 0.9), .init("angle", .angle, default: 0)],
            .illuminance, "Illuminance on the sensor, cos^4 falloff.", source: "camera equation"
        ) { .pi / 4 * $0[2] * $0[0] / ($0[1] * $0[1]) * pow(cos($0[3]), 4) },
        PhysicsFunction(
            "emva_snr",
            [
                .init("photons", .none), .init("quantum_efficiency", .none), .init("read_noise", .none), .init("gain", .none), .init("prnu", .none, default: 0),
                .init("dark", .none, default: 0),
            ],
            .none, "Signal to noise of a pixel; noise and dark in electrons, gain in DN per electron.", source: "EMVA 1288 R4"
        ) { a in
            let electrons = a[1] * a[0]
            let variance = electrons + a[5] + a[2] * a[2] + 1 / (12 * a[3] * a[3]) + a[4] * electrons * (a[4] * electrons)
            return electrons / variance.squareRoot()
        },
        PhysicsFunction("srgb", [.init("linear", .none)], .none, "sRGB transfer of a linear value.", source: "IEC 61966-2-1") {
            TransferCurve.encode($0[0])
        },
        PhysicsFunction(
            "blur_circle", [.init("focal_length", .length), .init("f_number", .none), .init("distance", .length), .init("focus", .length, default: .infinity)], .length,
            "Blur circle on the sensor.", source: "thin lens"
        ) {
            RainStreak.blurCircle(focalLength: $0[0], stop: $0[1], distance: $0[2], focus: $0[3])
        },
    ]
}
