import SquallMath

/// A named point of a body at one instant. Which name it has its place in the list says: `PersonKeypoints.names` for people, `AnimalKeypoints.names` for animals.
public struct BodyPoint: Sendable, Equatable {
    /// World frame, metres.
    public var position: Vec3
    /// How deep under the skin it lies, metres: it counts as seen when no more than this is before it.
    public var flesh: Double
    public init(position: Vec3, flesh: Double) { (self.position, self.flesh) = (position, flesh) }
}

/// A named point of a body in one camera.
public struct CameraKeypoint: Sendable, Equatable {
    /// As COCO counts.
    public enum Visibility: Int, Sendable { case unlabelled = 0, hidden = 1, visible = 2 }
    /// Pixels, corner origin; zero when unlabelled: outside the picture.
    public var x: Double, y: Double
    public var visibility: Visibility
    public init(x: Double, y: Double, visibility: Visibility) { (self.x, self.y, self.visibility) = (x, y, visibility) }
    public static let unlabelled = CameraKeypoint(x: 0, y: 0, visibility: .unlabelled)
}

/// The 17 points of COCO people, in COCO's order.
public enum PersonKeypoints {
    public static let names = [
        "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
        "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    ]
    /// Pairs of points that are joined, counted from 1.
    public static let skeleton = [
        [16, 14], [14, 12], [17, 15], [15, 13], [12, 13], [6, 12], [7, 13], [6, 7], [6, 8], [7, 9], [8, 10], [9, 11], [2, 3], [1, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5, 7],
    ]
}

/// The 17 points of four-footed animals in AP-10K (Yu et al. 2021), in its order.
public enum AnimalKeypoints {
    public static let names = [
        "left_eye", "right_eye", "nose", "neck", "root_of_tail", "left_shoulder", "left_elbow", "left_front_paw", "right_shoulder", "right_elbow", "right_front_paw",
        "left_hip", "left_knee", "left_back_paw", "right_hip", "right_knee", "right_back_paw",
    ]
    /// Pairs of points that are joined, counted from 1.
    public static let skeleton = [
        [1, 2], [1, 3], [2, 3], [3, 4], [4, 5], [4, 6], [6, 7], [7, 8], [4, 9], [9, 10], [10, 11], [5, 12], [12, 13], [13, 14], [5, 15], [15, 16], [16, 17],
    ]
}
