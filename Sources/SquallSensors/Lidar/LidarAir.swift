import SquallMath
import SquallWeather

/// The air as one lidar's wavelength meets it: everything that floats in it attenuates every echo, whatever the echo comes from.
package struct LidarAir: Sendable {
    /// Per metre: fog at its base, and what does not depend on height (rain and clean air).
    private let fogAtBase: Double, even: Double
    private let scaleHeight: Double, base: Double
    /// Fog at the sensor, 1/m.
    package let fog: Double
    /// What fog sends back; nil in air with less fog than MOR 6 km at the sensor.
    package let fogReturn: FogReturn?
    private static let thinnestFog = 5e-4

    /// - Parameters: `wavelength` in m, `height` of the sensor, world z.
    package init(_ medium: Medium, wavelength: Double, height: Double) {
        let factor = medium.fogSpectralFactor(wavelength: wavelength)
        fogAtBase = medium.fogExtinction * factor
        (scaleHeight, base) = (medium.fogScaleHeight, medium.fogBase)
        var clear = medium
        clear.fogExtinction = 0
        even = clear.extinctionLidar(wavelength: wavelength)
        fog = medium.fogExtinction(atHeight: height) * factor
        fogReturn = fog > Self.thinnestFog ? FogReturn(extinction: fog, besides: even) : nil
    }

    /// Of everything together around the sensor, 1/m.
    package var near: Double { fog + even }

    /// One way along a ray from `start` that climbs by `climb` over `distance`, metres.
    package func opticalDepth(from start: Vec3, climb: Double, distance: Double) -> Double {
        guard fogAtBase > 0 else { return even * distance }
        return even * distance
            + HeightFog.opticalDepth(extinction: fogAtBase, scaleHeight: scaleHeight, startHeight: start.z - base, climb: climb, distance: distance)
    }
}
