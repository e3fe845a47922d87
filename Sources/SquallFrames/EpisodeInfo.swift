import SquallMath

/// What stays true for a whole episode; exporters write it before any frame.
public struct EpisodeInfo: Sendable, Equatable, Codable {
    /// Object facts that do not change.
    public struct Object: Sendable, Equatable, Codable {
        public var id: UInt16
        /// Stable under edits elsewhere, for instance `cutter`, `traffic[3]`, `road.1.object.lamp_4`.
        public var path: String
        public var category: Category
        public var asset: String
        /// length, width, height in metres
        public var size: Vec3
        /// Stands still for the whole episode: its box is here, and in no frame.
        public var isStatic: Bool
        /// Has bones: its box follows the body when that sits, falls, waves or holds something up, and `size` is the body's at rest.
        public var hasLimbs: Bool
        /// Of a static object's box in the world: centre in metres, and w, x, y, z. nil for what may move.
        public var center: Vec3?, rotation: [Double]?

        public init(id: UInt16, path: String, category: Category, asset: String, size: Vec3, isStatic: Bool, hasLimbs: Bool, at pose: Pose? = nil) {
            (self.id, self.path, self.category, self.asset, self.size, self.isStatic, self.hasLimbs) = (id, path, category, asset, size, isStatic, hasLimbs)
            (center, rotation) = (pose?.position, pose.map { [$0.rotation.w, $0.rotation.x, $0.rotation.y, $0.rotation.z] })
        }
    }

    /// A lane's centre line, for maps.
    public struct Lane: Sendable, Equatable, Codable {
        public var road: String
        public var lane: Int
        public var type: String
        public var centerline: [Vec3]

        public init(road: String, lane: Int, type: String, centerline: [Vec3]) {
            (self.road, self.lane, self.type, self.centerline) = (road, lane, type, centerline)
        }
    }

    /// Sample index in the dataset.
    public var index: Int
    public var seed: UInt64
    /// Draws that `require` rejected before this one.
    public var attempt: Int
    public var title: String
    /// Free text about the episode.
    public var text: String
    public var latitude: Double
    public var longitude: Double
    /// Start of the episode, UTC, ISO 8601 with seconds.
    public var startUTC: String
    public var frameCount: Int
    public var rate: Double
    /// Instance id of the ego.
    public var ego: UInt16
    public var sensors: [SensorInfo]
    public var objects: [Object]
    public var lanes: [Lane]
    /// Drawn values by path, as text with units, in path order.
    public var draws: [Draw]
    public var split: String
    /// What the scene chose to have written.
    public var labels: LabelSelection

    public struct Draw: Sendable, Equatable, Codable {
        public var path: String
        public var value: String
        public init(path: String, value: String) { (self.path, self.value) = (path, value) }
    }

    public init(
        index: Int, seed: UInt64, attempt: Int, title: String, text: String, latitude: Double, longitude: Double, startUTC: String, frameCount: Int,
        rate: Double, ego: UInt16, sensors: [SensorInfo], objects: [Object], lanes: [Lane], draws: [Draw], split: String, labels: LabelSelection = .all
    ) {
        (self.index, self.seed, self.attempt, self.title, self.text) = (index, seed, attempt, title, text)
        (self.latitude, self.longitude, self.startUTC, self.frameCount) = (latitude, longitude, startUTC, frameCount)
        (self.rate, self.ego, self.sensors, self.objects, self.lanes) = (rate, ego, sensors, objects, lanes)
        (self.draws, self.split, self.labels) = (draws, split, labels)
    }

    /// A sensor captures on every frame whose number this divides: on every one, unless it is slower than the record.
    public func step(of sensor: SensorInfo) -> Int {
        guard sensor.rate > 0, sensor.rate < rate else { return 1 }
        return max(1, Int(min(1e12, (rate / sensor.rate).rounded())))
    }

    /// The name episodes go by in files: six digits.
    public var name: String {
        let digits = String(index)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// What stays true for a whole dataset.
public struct DatasetInfo: Sendable, Equatable, Codable {
    public var title: String
    public var seed: UInt64
    /// How many samples the run was asked for.
    public var samples: Int
    public var formats: [String]
    public var sceneFile: String
    public var sceneText: String
    /// The `detectable` limits labels were judged with.
    public var limits: DetectabilityLimits
    /// Free key-value facts about the build: version, ISA, libraries; sorted by key.
    public var build: [BuildFact]

    public struct BuildFact: Sendable, Equatable, Codable {
        public var key: String
        public var value: String
        public init(key: String, value: String) { (self.key, self.value) = (key, value) }
    }

    public init(
        title: String, seed: UInt64, samples: Int, formats: [String], sceneFile: String, sceneText: String, limits: DetectabilityLimits, build: [BuildFact]
    ) {
        (self.title, self.seed, self.samples, self.formats) = (title, seed, samples, formats)
        (self.sceneFile, self.sceneText, self.limits, self.build) = (sceneFile, sceneText, limits, build)
    }
}

/// When an object counts as detectable.
///
/// In a camera: enough visible pixels, and enough contrast along its edge. Every visible pixel with background within four pixels
/// (chessboard distance) is of the edge; its contrast is Weber's, |L - L_b| / L_b, L_b the mean luminance of that background, and the
/// mean over the edge counts, so that bright and dark parts do not cancel. Local contrast after Peli 1990, "Contrast in complex
/// images"; 5 % is the contrast that defines meteorological optical range (WMO-No. 8). What stands before the object is no background.
/// In a lidar: enough returns by id.
public struct DetectabilityLimits: Sendable, Equatable, Codable {
    /// Visible pixels at least.
    public var cameraPixels = 16
    /// Mean Weber contrast at least.
    public var cameraContrast = 0.05
    /// Returns that hit the object at least.
    public var lidarReturns = 5
    public init() {}
}
