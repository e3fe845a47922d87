import SquallMath
import SquallScene

/// Something that went otherwise than the scene asks, without making the episode impossible.
public struct EpisodeRemark: Sendable, Equatable {
    public var time: Ticks
    /// Path of the actor.
    public var actor: String
    /// What happened, without a full stop.
    public var message: String

    /// A line for people: `cutter, 1.00 s: change_lane(to: left) is left out: ...`
    public var text: String {
        let hundredths = Int((time.seconds * 100).rounded())
        let rest = String(hundredths % 100)
        return "\(actor), \(hundredths / 100).\(rest.count < 2 ? "0" + rest : rest) s: \(message)"
    }
}

extension EpisodeRemark {
    /// A lane change that had nowhere to go.
    init(_ dropped: Driver.DroppedChange, actor: String) {
        let (target, reason) =
            switch dropped.target {
            case .left: ("left", "there is no lane to drive on to the left")
            case .right: ("right", "there is no lane to drive on to the right")
            case .laneOf(let other): ("\(other).lane", "the lane of \(other) is not beside its own")
            case .fixed(let road, let lane): ("lane \(lane) of road \(road)", "that lane is not beside its own")
            }
        let why = dropped.followsPath ? "it follows a path, not a lane" : reason
        self.init(time: Ticks(seconds: dropped.time), actor: actor, message: "change_lane(to: \(target)) is left out: \(why)")
    }
}
