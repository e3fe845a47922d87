import SquallMath

/// Light for calibration.
extension Lighting {
    /// The same luminance from every side, ground included, and no sun: the inside of an integrating sphere, against which surfaces
    /// and cameras are checked.
    /// - Parameter luminance: cd/m2.
    public init(evenLuminance luminance: Double) {
        let sun = SunPosition(elevation: -.pi / 4, azimuth: 0)
        (sunDirection, sunIlluminance, cloudCover) = (sun.direction, .zero, 0)
        (cloudLight, cloudBeamShare, moonPhase, stars) = (Vec3(repeating: 1), 0, nil, nil)
        horizontalIlluminance = .pi * luminance
        let open = SkyModel(sun: sun, turbidity: 3, shares: .init(clear: 0, overcast: 0, uniform: .pi * luminance, ground: .zero))
        sky = SkyModel(sun: sun, turbidity: 3, shares: .init(clear: 0, overcast: 0, uniform: .pi * luminance, ground: open.horizonLuminance))
        ambient = AmbientLight(sky: sky)
    }
}
