import Foundation

/// Fog and haze from what they are made of: liquid water, droplet radius, wavelength.
public enum Fog {
    /// Extinction (1/m) from liquid water content (g/m3). Kunkel 1984: 144.7 LWC^0.88 per km, visible light.
    public static func kunkelExtinction(liquidWater: Double) -> Double { liquidWater > 0 ? 0.1447 * pow(liquidWater, 0.88) : 0 }

    /// Liquid water content (g/m3) of fog with visible extinction `b` (1/m): Kunkel 1984 inverted.
    public static func kunkelLiquidWater(extinction b: Double) -> Double { b > 0 ? pow(b / 0.1447, 1 / 0.88) : 0 }

    /// Extinction (1/m) of drops much larger than the wavelength: 3 LWC / (2 rho_w r_eff), Q_ext = 2.
    /// - Parameters: liquid water in g/m3, effective radius in metres.
    public static func largeDropExtinction(liquidWater: Double, effectiveRadius: Double) -> Double {
        effectiveRadius > 0 ? 3 * liquidWater * 1e-3 / (2 * 1000 * effectiveRadius) : 0
    }

    /// Exponent of the wavelength dependence at 2 % visual range `visualRange` (m): 1.6 in clear air, 0 in fog. Kim, McArthur, Korevaar 2001.
    public static func kimExponent(visualRange: Double) -> Double {
        let v = visualRange / 1000
        if v > 50 { return 1.6 }
        if v > 6 { return 1.3 }
        if v > 1 { return 0.16 * v + 0.34 }
        return v > 0.5 ? v - 0.5 : 0
    }

    /// Extinction (1/m) of haze or fog with 2 % visual range `visualRange` (m) at `wavelength` (m). Kim, McArthur, Korevaar 2001.
    /// From a meteorological optical range convert with `Visibility.visualRange(mor:)` first.
    public static func kimExtinction(visualRange: Double, wavelength: Double) -> Double {
        guard visualRange > 0, visualRange.isFinite else { return 0 }
        return Visibility.opticalDepthAtVisualRange / visualRange * pow(wavelength / 550e-9, -kimExponent(visualRange: visualRange))
    }

    /// Effective radius (m) of the modified gamma distribution r^a exp(-k r^g), k = a / (g rc^g), of mode radius `rc` (m).
    /// Deirmendjian 1969. Third moment over second.
    public static func effectiveRadius(shape a: Double, gamma g: Double, modeRadius rc: Double) -> Double {
        let k = a / (g * pow(rc, g))
        return pow(k, -1 / g) * exp(lgamma((a + 4) / g) - lgamma((a + 3) / g))
    }

    /// Liquid water content (g/m3) of `number` drops per m3 in a modified gamma distribution. Deirmendjian 1969.
    public static func liquidWater(number: Double, shape a: Double, gamma g: Double, modeRadius rc: Double) -> Double {
        let k = a / (g * pow(rc, g))
        let thirdMoment = pow(k, -3 / g) * exp(lgamma((a + 4) / g) - lgamma((a + 1) / g))
        return 4 / 3 * .pi * 1e6 * number * thirdMoment
    }
}
