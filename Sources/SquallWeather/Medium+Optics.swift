import Foundation
import SquallMath

/// The air that follows from a weather state, and what it takes from light and lidar.
extension WeatherState {
    /// The air of this weather state, fog lying on world height `fogBase` 0.
    public var medium: Medium { medium(fogBase: 0) }

    /// The air of this weather state with the fog's height profile starting at world height `fogBase`.
    public func medium(fogBase: Double) -> Medium {
        Medium(
            fogExtinction: fogVisibility.isFinite ? Visibility.extinction(mor: max(fogVisibility, 1)) : 0,
            fogScaleHeight: fogScaleHeight, fogBase: fogBase, rainExtinction: Rain.extinction(rate: rainRate), rainRate: max(0, rainRate),
            airExtinction: Medium.airExtinction(turbidity: turbidity))
    }
}

extension Medium {
    /// Extinction (1/m, 550 nm) of air at sea level and `turbidity` T: molecules 1.16e-5, haze by the vertical optical depth ratio
    /// T - 1 compressed from an 8 km to a 1.25 km scale height. T = 2, 3, 6, 10 give visual ranges of 45, 24, 10, 6 km, as the
    /// McCartney chart that Preetham 1999 reprints.
    public static func airExtinction(turbidity: Double) -> Double { 1.16e-5 * (1 + max(0, turbidity - 1) * 8 / 1.25) }

    /// Fog extinction (1/m, visible) at world height `z`.
    public func fogExtinction(atHeight z: Double) -> Double {
        fogScaleHeight.isFinite && fogScaleHeight > 0 ? fogExtinction * exp(-(z - fogBase) / fogScaleHeight) : fogExtinction
    }

    /// Extinction (1/m) for visible light at world height `z`.
    public func extinctionVisible(atHeight z: Double) -> Double { fogExtinction(atHeight: z) + rainExtinction + airExtinction }

    /// Optical depth for visible light between two world points.
    public func opticalDepth(from a: Vec3, to b: Vec3) -> Double {
        let distance = (b - a).length
        let fog = HeightFog.opticalDepth(
            extinction: fogExtinction, scaleHeight: fogScaleHeight, startHeight: a.z - fogBase, climb: b.z - a.z, distance: distance)
        return fog + (rainExtinction + airExtinction) * distance
    }

    /// Share of visible light that passes between two world points.
    public func transmittance(from a: Vec3, to b: Vec3) -> Double { exp(-opticalDepth(from: a, to: b)) }

    /// Meteorological optical range (m) at world height `z`, everything together.
    public func visibility(atHeight z: Double) -> Double { Visibility.mor(extinction: extinctionVisible(atHeight: z)) }

    /// Fog extinction at `wavelength` (m) over that at 550 nm: 1 in fog, below 1 in haze (Kim 2001).
    public func fogSpectralFactor(wavelength: Double) -> Double {
        guard fogExtinction > 0 else { return 1 }
        let range = Visibility.opticalDepthAtVisualRange / fogExtinction
        return pow(wavelength / 550e-9, -Fog.kimExponent(visualRange: range))
    }

    /// Extinction (1/m) at world height `z` for a lidar of `wavelength` (m). Drops are large, so rain takes what it takes from
    /// visible light; clean air follows the Angstrom law with exponent 1.3.
    public func extinctionLidar(wavelength: Double = 905e-9, atHeight z: Double = 0) -> Double {
        fogExtinction(atHeight: z) * fogSpectralFactor(wavelength: wavelength) + rainExtinction + airExtinctionLidar(wavelength)
    }

    private func airExtinctionLidar(_ wavelength: Double) -> Double { airExtinction * pow(wavelength / 550e-9, -1.3) }
}
