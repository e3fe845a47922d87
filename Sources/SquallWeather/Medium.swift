import SquallMath

/// Air with what floats in it: what every ray, of light or lidar, passes through.
///
/// Derived from one `WeatherState` by `WeatherState.medium`; the camera uses the visible coefficients, the lidar those at its
/// wavelength. Coefficients are per metre.
public struct Medium: Sendable, Equatable {
    /// Fog (and haze) extinction at the ground, visible light.
    public var fogExtinction: Double
    /// Scale height of the fog, metres; infinity for uniform.
    public var fogScaleHeight: Double
    /// Ground level the fog's height profile starts from, world z.
    public var fogBase: Double
    /// Rain extinction, visible light and 905 nm alike (drops are large).
    public var rainExtinction: Double
    public var rainRate: Double
    /// Molecular and aerosol extinction of clean air at this turbidity; fog comes on top.
    public var airExtinction: Double

    /// The same where nothing falls: in a tunnel.
    public var sheltered: Medium {
        var medium = self
        (medium.rainExtinction, medium.rainRate) = (0, 0)
        return medium
    }

    public init(fogExtinction: Double, fogScaleHeight: Double, fogBase: Double, rainExtinction: Double, rainRate: Double, airExtinction: Double) {
        (self.fogExtinction, self.fogScaleHeight, self.fogBase) = (fogExtinction, fogScaleHeight, fogBase)
        (self.rainExtinction, self.rainRate, self.airExtinction) = (rainExtinction, rainRate, airExtinction)
    }
}

/// The state of a patch of road surface.
public struct SurfaceState: Sendable, Equatable, Codable {
    /// Water film above the texture tops, mm; 0 may still be damp.
    public var filmDepth = 0.0
    /// 0 dry ... 1 saturated pores: what darkens the surface.
    public var wetness = 0.0
    /// Loose snow, metres.
    public var snowDepth = 0.0
    /// Share of the patch covered by ice, 0...1.
    public var ice = 0.0
    /// Mean texture depth, mm.
    public var texture = 0.5
    public init() {}
}
