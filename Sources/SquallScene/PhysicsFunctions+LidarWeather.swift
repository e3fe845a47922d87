import SquallMath
import SquallWeather

/// Published augmentations of lidar clouds as functions of the language.
extension PhysicsFunction {
    private static let hahner = "Hahner et al. 2021"
    private static let lisa = "LISA, Kilic et al. 2021"
    private static let target: [Parameter] = [.init("reflectance", .none), .init("rate", .speed), .init("range", .length)]

    private static func signal(_ a: [Double]) -> Double {
        LISA.signal(reflectance: a[0], range: a[2], extinction: Rain.extinction(rate: millimetresPerHour(a[1])), maximumRange: a[3])
    }

    /// What fog and rain do to a lidar, as published augmentations compute it.
    static let lidarWeather: [PhysicsFunction] = [
        PhysicsFunction(
            "hahner_peak_range", [.init("extinction", .perLength)], .length, "Apparent range of the strongest echo of fog, before the receiver's shift.", source: hahner
        ) {
            FogReturn(extinction: $0[0]).peakRange
        },
        PhysicsFunction(
            "hahner_reported_range", [.init("extinction", .perLength)], .length, "Range a lidar reports for even fog: the peak less half a pulse length.", source: hahner
        ) {
            FogReturn(extinction: $0[0]).reportedRange
        },
        PhysicsFunction(
            "hahner_echo", [.init("extinction", .perLength)], Dimension(length: -2, time: 1), "The echo integral I of fog at its peak.", source: hahner
        ) { FogReturn(extinction: $0[0]).peakIntegral },
        PhysicsFunction("hahner_equal_range", [.init("extinction", .perLength)], .length, "Range from which fog hides any surface in the published comparison.", source: hahner) {
            FogReturn(extinction: $0[0]).equalRange
        },
        PhysicsFunction(
            "hahner_strength", [.init("extinction", .perLength)], Dimension(length: -2), "Echo of fog as published, comparable with rho exp(-2 b R) / R^2 of a surface.",
            source: hahner
        ) { FogReturn(extinction: $0[0]).strength(backscatter: .published) },
        PhysicsFunction(
            "fog_strength", [.init("extinction", .perLength), .init("lidar_ratio", .none, default: 18)], Dimension(length: -2),
            "Echo of fog when its backscatter and the surface's follow one lidar equation.", source: "Hahner's pulse; Mie theory, water drops"
        ) { FogReturn(extinction: $0[0]).strength(backscatter: .lidarRatio($0[1]), reference: FogReturn.consistentReference) },
        PhysicsFunction("lisa_beam_diameter", [.init("range", .length)], .length, "Diameter of the beam: R tan(3 mrad).", source: lisa) { LISA.beamDiameter(range: $0[0]) },
        PhysicsFunction("lisa_drop_count", [.init("rate", .speed), .init("range", .length)], .none, "Mean number of drops in the beam up to a range.", source: lisa) {
            LISA.dropCount(range: $0[1], diameter: LISA.beamDiameter(range: $0[1]), rate: millimetresPerHour($0[0]))
        },
        PhysicsFunction("lisa_strength", target, Dimension(length: -2), "Echo of a surface through rain: rho exp(-2 b R) / R^2.", source: lisa) {
            LISA.surfaceStrength(reflectance: $0[0], range: $0[2], extinction: Rain.extinction(rate: millimetresPerHour($0[1])))
        },
        PhysicsFunction(
            "lisa_signal", target + [.init("maximum_range", .length, default: 200)], .none, "Signal to noise of that echo: its strength over 0.9 / Rmax^2.", source: lisa
        ) {
            signal($0)
        },
        PhysicsFunction(
            "lisa_range_noise", target + [.init("maximum_range", .length, default: 200)], .length, "Standard deviation of the range: 0.09 m / sqrt(2 signal).", source: lisa
        ) {
            LISA.rangeNoise(signal: signal($0))
        },
        PhysicsFunction(
            "drop_reflectance", [.init("index", .none, default: 1.328)], .none, "Power a smooth drop reflects head-on; ice has an index of 1.3031.", source: "Fresnel 1823"
        ) {
            LidarRange.dropReflectance(index: $0[0])
        },
    ]
}
