import SquallMath

/// Where somebody sits on a two-wheeler and holds on to it; in the body frame at rest, metres.
public struct Seat: Sendable, Equatable {
    /// The shape of who sits there, by the name of its table.
    public var rider: String
    /// What the rider sits on, its top.
    public var saddle: Vec3
    /// Middle of the left grip; the right one mirrors it.
    public var grip: Vec3
    /// Under the ball of the left foot where it rests; the right one mirrors it. Pedals carry the feet elsewhere.
    public var rest: Vec3
    /// Joint that the grips turn with.
    public var fork: Int?
    /// Joints of the left and the right pedal; empty where feet rest.
    public var pedals: [Int] = []

    public init(rider: String, saddle: Vec3, grip: Vec3, rest: Vec3, fork: Int? = nil, pedals: [Int] = []) {
        (self.rider, self.saddle, self.grip, self.rest, self.fork, self.pedals) = (rider, saddle, grip, rest, fork, pedals)
    }
}
