import Foundation
import SquallMath
import SquallWeather

/// Models of vehicles and traffic as functions of the language.
extension PhysicsFunction {
    private static func track(_ a: ArraySlice<Double>) -> LinearSingleTrack {
        let a = Array(a)
        return LinearSingleTrack(mass: a[0], yawInertia: a.count > 5 ? a[5] : 1, frontArm: a[1], rearArm: a[2], frontStiffness: a[3], rearStiffness: a[4])
    }
    private static let trackParameters: [Parameter] = [
        .init("mass", .mass), .init("front_arm", .length), .init("rear_arm", .length), .init("front_stiffness", .corneringStiffness), .init("rear_stiffness", .corneringStiffness),
    ]
    private static let inertia = Parameter("yaw_inertia", .momentOfInertia)
    private static let trackSource = "Riekert, Schunck 1940"

    /// How a vehicle stands and turns.
    static let vehicles: [PhysicsFunction] = [
        PhysicsFunction(
            "load_transfer", [.init("mass", .mass), .init("acceleration", .acceleration), .init("height", .length), .init("base", .length)], .force,
            "Load moved between axles, or between sides with the track as base: m a h / L.", source: "moment balance"
        ) { LoadTransfer.longitudinal(mass: $0[0], acceleration: $0[1], height: $0[2], wheelbase: $0[3]) },
        PhysicsFunction("static_stability", [.init("track", .length), .init("height", .length)], .none, "Static stability factor T / 2h.", source: "NHTSA") {
            LoadTransfer.staticStabilityFactor(track: $0[0], height: $0[1])
        },
        PhysicsFunction(
            "kinematic_yaw_rate", [.init("speed", .speed), .init("steer", .angle), .init("wheelbase", .length)], .angularSpeed,
            "Yaw rate of a car whose wheels do not slip: v tan(steer) / L.", source: "geometry"
        ) { KinematicSingleTrack.yawRate(speed: $0[0], steer: $0[1], wheelbase: $0[2]) },
        PhysicsFunction("understeer_gradient", trackParameters, Dimension(length: -1, time: 2, angle: 1), "Steering needed per lateral acceleration beyond the bend's own.", source: trackSource) {
            track($0[...]).understeer
        },
        PhysicsFunction("characteristic_speed", trackParameters, .speed, "Speed at which an understeering car answers the wheel most.", source: trackSource) {
            track($0[...]).characteristicSpeed
        },
        PhysicsFunction(
            "steady_yaw_rate", [.init("speed", .speed), .init("steer", .angle)] + trackParameters, .angularSpeed, "Yaw rate in steady cornering, slip angles small.",
            source: trackSource
        ) { track($0[2...]).steadyState(v: $0[0], steer: $0[1]).yawRate },
        PhysicsFunction(
            "steady_side_slip", [.init("speed", .speed), .init("steer", .angle)] + trackParameters, .angle, "Side-slip angle in steady cornering, slip angles small.",
            source: trackSource
        ) { track($0[2...]).steadyState(v: $0[0], steer: $0[1]).sideSlip },
        PhysicsFunction(
            "yaw_settling", [.init("speed", .speed)] + trackParameters + [inertia], .time, "Time in which a swing of the car falls to 1/e.", source: trackSource
        ) { -1 / track($0[1...]).poles(v: $0[0]).real },
        PhysicsFunction(
            "yaw_swing", [.init("speed", .speed)] + trackParameters + [inertia], .angularSpeed, "Angular frequency of the car's swing, 0 when it settles without one.",
            source: trackSource
        ) { track($0[1...]).poles(v: $0[0]).imaginary },
    ]

    /// Followers, lane changers, walkers, and the distances they should keep.
    static let traffic: [PhysicsFunction] = [
        PhysicsFunction(
            "idm_acceleration",
            [
                .init("speed", .speed), .init("closing", .speed), .init("gap", .length), .init("desired", .speed, default: 120 / 3.6), .init("headway", .time, default: 1.6),
                .init("acceleration", .acceleration, default: 0.73), .init("deceleration", .acceleration, default: 1.67), .init("standstill", .length, default: 2),
            ], .acceleration, "Acceleration of a follower; closing is its speed less the leader's.", source: "Treiber, Hennecke, Helbing 2000"
        ) {
            IntelligentDriver(desiredSpeed: $0[3], timeGap: $0[4], acceleration: $0[5], braking: $0[6], standstillGap: $0[7]).wish(speed: $0[0], closing: $0[1], gap: $0[2])
        },
        PhysicsFunction(
            "idm_gap", [.init("speed", .speed), .init("desired", .speed, default: 120 / 3.6), .init("headway", .time, default: 1.6), .init("standstill", .length, default: 2)],
            .length, "Gap kept at constant speed.", source: "Treiber, Hennecke, Helbing 2000"
        ) { IntelligentDriver(desiredSpeed: $0[1], timeGap: $0[2], standstillGap: $0[3]).equilibriumGap(speed: $0[0]) },
        PhysicsFunction(
            "mobil_incentive",
            ["own", "new_follower", "old_follower"].flatMap { [Parameter($0 + "_before", .acceleration), Parameter($0 + "_after", .acceleration)] }
                + [.init("politeness", .none, default: 0.2)],
            .acceleration, "What a lane change is worth, from accelerations without and with it; above 0.1 m/s^2 it is made.", source: "Kesting, Treiber, Helbing 2007"
        ) { a in
            let all = stride(from: 0, to: 6, by: 2).map { LaneChange.Accelerations(before: a[$0], after: a[$0 + 1]) }
            return LaneChange.incentive(own: all[0], newFollower: all[1], oldFollower: all[2], politeness: a[6])
        },
        PhysicsFunction(
            "rss_distance",
            [
                .init("rear", .speed), .init("front", .speed), .init("reaction", .time, default: 1), .init("acceleration", .acceleration, default: 3),
                .init("minimum_braking", .acceleration, default: 4), .init("maximum_braking", .acceleration, default: 8),
            ], .length, "Safe distance behind a leader.", source: "Shalev-Shwartz, Shammah, Shashua 2017"
        ) {
            SafeDistance.responsibilitySensitive(rear: $0[0], front: $0[1], response: $0[2], acceleration: $0[3], minimumBraking: $0[4], maximumBraking: $0[5])
        },
        PhysicsFunction(
            "careful_driver_gap", [.init("closing", .speed)], .length, "Smallest gap at which a careful driver still avoids a leader who cuts in so much slower.",
            source: "UN R157, Annex 4, Appendix 3"
        ) { SafeDistance.carefulDriver(closing: $0[0]) },
        PhysicsFunction(
            "cut_in_time", [.init("closing", .speed)], .time, "Time to collision at the lane's edge above which a cut-in must be avoided.", source: "UN R157, 5.2.5.2"
        ) { SafeDistance.cutInTimeToCollision(closing: $0[0]) },
        PhysicsFunction(
            "social_force", [.init("distance", .length), .init("radii", .length, default: 0.6), .init("strength", .force, default: 2000), .init("reach", .length, default: 0.08)],
            .force, "Push of one walker on another; radii is the sum of both.", source: "Helbing, Farkas, Vicsek 2000"
        ) { SocialForce(strength: $0[2], reach: $0[3]).repulsion(distance: $0[0], radii: $0[1]) },
    ]
}
