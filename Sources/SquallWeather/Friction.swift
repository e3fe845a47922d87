import SquallMath

/// The four surfaces a tyre knows.
public struct TyreSet: Sendable, Equatable {
    public var dry: TyreCurve, wet: TyreCurve, snow: TyreCurve, ice: TyreCurve

    public init(dry: TyreCurve, wet: TyreCurve, snow: TyreCurve, ice: TyreCurve) { (self.dry, self.wet, self.snow, self.ice) = (dry, wet, snow, ice) }

    /// The published normalised sets.
    public static let normalised = TyreSet(dry: .dry, wet: .wet, snow: .snow, ice: .ice)
    /// The sets Braghin et al. 2006 measured.
    public static let measured = TyreSet(dry: .measuredDry, wet: .measuredWet, snow: .measuredSnow, ice: .measuredIce)

    /// The curve on a patch of road at `speed` (m/s): dry to wet by wetness, then snow (complete at 20 mm), then ice by its share;
    /// the wet part loses grip to the film as `Hydroplaning.frictionFactor` says.
    /// - Parameters: inflation `pressure` Pa, groove depth `tread` mm.
    public func curve(on surface: SurfaceState, speed: Double, pressure: Double = 220_000, tread: Double = Hydroplaning.treadDepth) -> TyreCurve {
        let film = Hydroplaning.frictionFactor(speed: speed, film: surface.filmDepth, texture: surface.texture, pressure: pressure, tread: tread)
        var mixed = dry.mixed(with: wet, share: surface.wetness.clamped(to: 0...1))
        mixed.d *= film
        let snowCover = (surface.snowDepth / 0.02).clamped(to: 0...1)
        return mixed.mixed(with: snow, share: snowCover).mixed(with: ice, share: surface.ice.clamped(to: 0...1))
    }
}

/// Stopping and friction in closed form.
public enum Braking {
    /// Gravity used by everything that moves, m/s2.
    public static let gravity = 9.81

    /// Distance (m) to stop from `speed` (m/s) on constant friction `mu`: v^2 / (2 mu g).
    public static func stoppingDistance(speed: Double, friction mu: Double, gravity g: Double = gravity) -> Double {
        mu > 0 ? speed * speed / (2 * mu * g) : .infinity
    }
}
