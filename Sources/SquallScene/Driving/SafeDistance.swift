import Foundation
import SquallWeather

/// Safe following distances: RSS, and the careful driver of UN R157.
public enum SafeDistance {
    /// The longitudinal distance of RSS (Shalev-Shwartz, Shammah, Shashua 2017), metres, clamped at 0.
    ///
    /// - Parameters: `rear`, `front` speeds, m/s; `response` seconds during which the rear car accelerates at `acceleration`, then
    ///   brakes at least with `minimumBraking`; the front car brakes with `maximumBraking`. All m/s², positive.
    public static func responsibilitySensitive(
        rear: Double, front: Double, response: Double = 1, acceleration: Double = 3, minimumBraking: Double = 4, maximumBraking: Double = 8
    ) -> Double {
        let after = rear + response * acceleration
        let own = rear * response + acceleration * response * response / 2 + after * after / (2 * minimumBraking)
        return max(0, own - front * front / (2 * maximumBraking))
    }

    /// The smallest gap at which UN R157's careful driver (Annex 4, Appendix 3) just avoids a cutting-in leader at constant speed, metres.
    ///
    /// Clock from the moment the leader leaves its wander band: risk perception, then delay, then braking with constant jerk up to
    /// the full deceleration. - Parameter closing: speed difference, m/s.
    public static func carefulDriver(
        closing: Double, perception: Double = 0.4, delay: Double = 0.75, jerk: Double = 12.65, deceleration: Double = 0.774 * Braking.gravity
    ) -> Double {
        let rise = deceleration / jerk
        let lostInRise = jerk * rise * rise / 2
        let braking: Double
        if closing <= lostInRise {
            let t = (2 * closing / jerk).squareRoot()
            braking = closing * t - jerk * t * t * t / 6
        } else {
            let rest = closing - lostInRise
            braking = closing * rise - jerk * rise * rise * rise / 6 + rest * rest / (2 * deceleration)
        }
        return closing * (perception + delay) + braking
    }

    /// Time to collision at lane intrusion above which UN R157 5.2.5.2 asks that a cut-in be avoided, seconds. - Parameter closing: m/s.
    public static func cutInTimeToCollision(closing: Double) -> Double { closing / 12 + 0.35 }
}
