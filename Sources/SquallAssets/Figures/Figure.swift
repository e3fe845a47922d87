import SquallMath

/// What makes a shape a body: bones, the way it moves them, and points on it that have names.
public struct Figure: Sendable {
    public enum Gait: Sendable {
        case biped(BipedGait)
        case quadruped(QuadrupedGait)
        case riding(Riding)
    }

    /// A named point that labels follow.
    public struct Keypoint: Sendable, Equatable {
        public var name: String
        public var bone: Int
        /// In the body frame at rest, metres.
        public var point: Vec3
        /// How deep under the skin it lies at most, metres.
        public var flesh: Double
        public init(_ name: String, bone: Int, point: Vec3, flesh: Double) { (self.name, self.bone, self.point, self.flesh) = (name, bone, point, flesh) }
    }

    public var skeleton: Skeleton
    public var gait: Gait
    public var keypoints: [Keypoint]
    /// Points of the soles: what stands on the ground.
    public var soles: [(bone: Int, point: Vec3)]

    public init(skeleton: Skeleton, gait: Gait, keypoints: [Keypoint] = [], soles: [(bone: Int, point: Vec3)]) {
        (self.skeleton, self.gait, self.keypoints, self.soles) = (skeleton, gait, keypoints, soles)
    }

    /// Posed from rest in the body frame, for every bone.
    public func bones(_ posture: Posture) -> [Pose] {
        switch gait {
        case .biped(let gait): gait.bones(posture, skeleton)
        case .quadruped(let gait): gait.bones(posture, skeleton)
        case .riding(let riding): riding.bones(turned: [], steer: 0, skeleton)
        }
    }

    /// The same from what a body's state says. - Parameter joints: as in `WorldState.Body.joints`: turns of what is ridden, else a posture.
    package func bones(joints: [Double], steer: Double) -> [Pose] {
        if case .riding(let riding) = gait { riding.bones(turned: joints, steer: steer, skeleton) } else { bones(Posture(joints)) }
    }

    /// Holds something far out of the box of its shape at rest.
    package var holdsAloft: Bool { if case .biped(let gait) = gait { gait.grip == .raised } else { false } }

    /// The bone that what it holds hangs on; nil for empty hands.
    package var load: Int? { if case .biped(let gait) = gait, gait.grip != nil { skeleton.bones.firstIndex { $0.name == "load" } } else { nil } }

    /// Moves by its own feet: its joints are the numbers of a posture.
    package var walks: Bool { if case .riding = gait { false } else { true } }

    /// Metres travelled in one turn of the gait at a speed, m/s.
    public func strideLength(_ pace: Double) -> Double {
        switch gait {
        case .biped(let gait): gait.strideLength(pace)
        case .quadruped(let gait): gait.strideLength(pace)
        case .riding: 1
        }
    }
}
