import SquallMath

/// Light for calibration.
extension Lighting {
    /// The same luminance from every side, ground included, and no sun: the inside of an integrating sphere, against which surfaces
    /// and cameras are checked.
    /// - Parameter luminance: cd/m2.
    public init(evenLuminance luminance: Double) {
        let sun = SunPosition(elevation: -.pi / 4, azimuth: 0)
        (sunDirection, sunIlluminance, cloudCover) = (sun.direction, .zero, 1)
        (cloudLight, cloudBeamShare, moonPhase, stars) = (Vec3(1, 1, 1), 0, nil, nil)
        horizontalIlluminance = .pi * luminance
        func dome(over ground: Vec3) -> SkyModel {
            SkyModel(sun: sun, moon: nil, turbidity: 3, shares: .init(clear: 0, moonlit: 0, overcast: 0, uniform: .pi * luminance, glow: 0, ground: ground))
        }
        // The ground sends back what the sky sends down.
        sky = dome(over: dome(over: .zero).horizonLuminance)
        ambient = AmbientLight(sky: sky)
    }
}
