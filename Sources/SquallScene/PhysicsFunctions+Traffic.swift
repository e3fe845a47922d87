import Foundation
import SquallMath
import SquallWeather

/// Laws of following and safe distance, in closed form.
public enum TrafficLaws {
    /// Acceleration (m/s2) of the Intelligent Driver Model. Treiber, Hennecke, Helbing 2000.
    /// - Parameters: own `speed`, `closing` speed (own minus leader's), bumper `gap`; desired speed, time headway, acceleration,
    ///   comfortable deceleration and standstill gap of the driver.
    public static func idmAcceleration(
        speed: Double, closing: Double, gap: Double, desired: Double, headway: Double = 1.6, acceleration a: Double = 0.73, deceleration b: Double = 1.67,
        standstill: Double = 2
    ) -> Double {
        let wanted = standstill + max(0, speed * headway + speed * closing / (2 * (a * b).squareRoot()))
        let free = speed / desired, interaction = wanted / max(gap, 1e-3)
        return a * (1 - free * free * free * free - interaction * interaction)
    }

    /// Gap (m) that the Intelligent Driver Model keeps at constant `speed`.
    public static func idmGap(speed: Double, desired: Double, headway: Double = 1.6, standstill: Double = 2) -> Double {
        let free = speed / desired
        let left = 1 - free * free * free * free
        return left > 0 ? (standstill + speed * headway) / left.squareRoot() : .infinity
    }

    /// Safe distance (m) behind a leader by Responsibility-Sensitive Safety, never below 0. Shalev-Shwartz, Shammah, Shashua 2017.
    public static func rssDistance(
        rear: Double, front: Double, reaction: Double = 1, acceleration: Double = 3, minimumBraking: Double = 4, maximumBraking: Double = 8
    ) -> Double {
        let reached = rear + reaction * acceleration
        return max(0, rear * reaction + acceleration * reaction * reaction / 2 + reached * reached / (2 * minimumBraking) - front * front / (2 * maximumBraking))
    }
}

extension PhysicsFunction {
    /// Vehicles and traffic.
    static let traffic: [PhysicsFunction] = [
        PhysicsFunction(
            "load_transfer", [.init("mass", .mass), .init("acceleration", .acceleration), .init("height", .length), .init("base", .length)], .force,
            "Load moved between axles, or between sides with the track as base: m a h / L.", source: "moment balance"
        ) { $0[0] * $0[1] * $0[2] / $0[3] },
        PhysicsFunction("static_stability", [.init("track", .length), .init("height", .length)], .none, "Static stability factor T / 2h.", source: "NHTSA") { $0[0] / (2 * $0[1]) },
        PhysicsFunction(
            "brush_tyre", [.init("slip_angle", .angle), .init("load", .force), .init("friction", .none), .init("stiffness", .force)], .force,
            "Side force of a brush tyre; stiffness per radian.", source: "Pacejka 2012"
        ) { a in
            let limit = a[2] * a[1]
            let z = a[3] * abs(tan(a[0])) / (3 * limit)
            return (a[0] < 0 ? -1 : 1) * (z < 1 ? limit * (3 * z - 3 * z * z + z * z * z) : limit)
        },
        PhysicsFunction(
            "idm_acceleration",
            [
                .init("speed", .speed), .init("closing", .speed), .init("gap", .length), .init("desired", .speed, default: 120 / 3.6), .init("headway", .time, default: 1.6),
                .init("acceleration", .acceleration, default: 0.73), .init("deceleration", .acceleration, default: 1.67), .init("standstill", .length, default: 2),
            ], .acceleration, "Acceleration of a follower.", source: "Treiber, Hennecke, Helbing 2000"
        ) {
            TrafficLaws.idmAcceleration(speed: $0[0], closing: $0[1], gap: $0[2], desired: $0[3], headway: $0[4], acceleration: $0[5], deceleration: $0[6], standstill: $0[7])
        },
        PhysicsFunction(
            "idm_gap", [.init("speed", .speed), .init("desired", .speed, default: 120 / 3.6), .init("headway", .time, default: 1.6), .init("standstill", .length, default: 2)],
            .length, "Gap kept at constant speed.", source: "Treiber, Hennecke, Helbing 2000"
        ) { TrafficLaws.idmGap(speed: $0[0], desired: $0[1], headway: $0[2], standstill: $0[3]) },
        PhysicsFunction(
            "rss_distance",
            [
                .init("rear", .speed), .init("front", .speed), .init("reaction", .time, default: 1), .init("acceleration", .acceleration, default: 3),
                .init("minimum_braking", .acceleration, default: 4), .init("maximum_braking", .acceleration, default: 8),
            ], .length, "Safe distance behind a leader.", source: "Shalev-Shwartz, Shammah, Shashua 2017"
        ) {
            TrafficLaws.rssDistance(rear: $0[0], front: $0[1], reaction: $0[2], acceleration: $0[3], minimumBraking: $0[4], maximumBraking: $0[5])
        },
    ]
}
