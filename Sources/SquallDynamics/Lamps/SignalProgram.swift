import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallScene
import SquallWorld

/// What a traffic light shows by itself: a fixed program of two phases that take turns, the same for all lights of one crossing.
///
/// Red and amber, green, amber, red, with the times of the German guideline for traffic signals (RiLSA 2015: amber 3 s at 50 km/h, red and amber 1 s, here
/// with 2 s between amber and the other phase's red and amber). Lights that look along one line belong to one phase, those across to the other; lights for
/// walkers go with the traffic beside them, and end early so that who has set off gets across. Drivers do not obey yet.
struct SignalProgram: Sendable {
    /// Seconds of one phase.
    private static let green = 24.0, amber = 3.0, clearing = 2.0, redAmber = 1.0
    private static let phase = green + amber + clearing + redAmber
    /// Seconds of green for walkers.
    private static let walking = 12.0
    /// Lights this near to the first of a crossing belong to it, metres.
    private static let reach = 60.0

    /// Where in its cycle it is at the episode's start, seconds.
    private let offset: Double
    private let isForWalkers: Bool

    /// Programs of all traffic lights, by object; nil for everything else.
    static func all(of world: World, _ state: WorldState) -> [SignalProgram?] {
        var crossings: [(place: Vec2, axis: Double, offset: Double)] = []
        return zip(world.objects, state.bodies).map { object, body in
            guard object.lampSet.contains(LampSet(.signalGreen)) else { return nil }
            let (place, heading) = (body.pose.position.xy, body.pose.rotation.yaw)
            let crossing: (place: Vec2, axis: Double, offset: Double)
            if let known = crossings.first(where: { ($0.place - place).length < reach }) {
                crossing = known
            } else {
                var random = CounterRandom(seed: world.scene.seed, sample: UInt32(truncatingIfNeeded: world.scene.index), path: "\(object.path).signals")
                crossing = (place, heading, random.uniform() * 2 * phase)
                crossings.append(crossing)
            }
            let isAlong = cos(2 * (heading - crossing.axis)) >= 0
            return SignalProgram(offset: crossing.offset + (isAlong ? 0 : phase), isForWalkers: object.archetype == "pedestrian_light")
        }
    }

    /// - Parameter time: seconds since the episode's start.
    func lit(at time: Double) -> LampSet {
        let cycle = 2 * Self.phase, t = (time + offset) - ((time + offset) / cycle).rounded(.down) * cycle
        guard !isForWalkers else { return t < Self.walking ? LampSet(.signalGreen) : LampSet(.signalRed) }
        if t < Self.green { return LampSet(.signalGreen) }
        if t < Self.green + Self.amber { return LampSet(.signalAmber) }
        return t < cycle - Self.redAmber ? LampSet(.signalRed) : [LampSet(.signalRed), LampSet(.signalAmber)]
    }
}
