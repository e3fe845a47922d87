// SquallScene: scenes as distributions, rigs, the tables of the language, and the concrete scene that one draw gives.
// Must never know: text, files, triangles. Roads and assets are asked about through `ImportCatalogue`.
import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallWeather

/// One draw: plain numbers, nothing random left. SI units, radians.
public struct ConcreteScene: Sendable {
    public var title: String
    public var text: String
    public var seed: UInt64
    public var index: Int
    /// Draws that `require` rejected before this one.
    public var attempt: Int
    /// Import path of the road file as `ImportCatalogue` knows it; nil for a bare plane.
    public var road: String?
    /// What lies beside the roads; nothing without roads.
    public var surroundings = Surroundings.open
    public var place: GeoPlace
    public var start: CivilTime
    public var weather: WeatherTimeline
    /// In path order; traffic has become actors.
    public var actors: [ConcreteActor]
    public var record: Recording
    /// Path of the ego actor; nil when nothing carries a rig.
    public var ego: String?
    public var labels: LabelSelection
    /// Checked on the simulated episode, before anything is drawn.
    public var requirements: [TemporalRequirement]
    /// Every drawn value, for the record.
    public var draws: [EpisodeInfo.Draw]
    public var split: String
    /// What is odd about this draw and its author should know.
    public var warnings: [Diagnostic] = []

    public init(
        title: String, text: String = "", seed: UInt64 = 0, index: Int = 0, attempt: Int = 0, road: String? = nil, place: GeoPlace = GeoPlace(),
        start: CivilTime = CivilTime(), weather: WeatherTimeline = WeatherTimeline(), actors: [ConcreteActor] = [], record: Recording = Recording(),
        ego: String? = nil, labels: LabelSelection = .all, requirements: [TemporalRequirement] = [], draws: [EpisodeInfo.Draw] = [], split: String = "train"
    ) {
        (self.title, self.text, self.seed, self.index, self.attempt) = (title, text, seed, index, attempt)
        (self.road, self.place, self.start, self.weather, self.actors) = (road, place, start, weather, actors)
        (self.record, self.ego, self.labels, self.requirements) = (record, ego, labels, requirements)
        (self.draws, self.split) = (draws, split)
    }
}

/// Where on Earth: radians.
public struct GeoPlace: Sendable, Equatable, Codable {
    public var latitude: Double
    public var longitude: Double
    /// Berlin, so that a scene without a place has a European noon.
    public init(latitude: Double = 52.52 * .pi / 180, longitude: Double = 13.405 * .pi / 180) { (self.latitude, self.longitude) = (latitude, longitude) }
}

/// A civil date and time with its offset from UTC.
public struct CivilTime: Sendable, Equatable, Codable {
    public var year = 2026, month = 6, day = 21
    /// Seconds after local midnight.
    public var seconds = 43_200.0
    /// Local minus UTC, seconds.
    public var offset = 3_600.0
    public init() {}
    public init(year: Int, month: Int, day: Int, seconds: Double, offset: Double) {
        (self.year, self.month, self.day, self.seconds, self.offset) = (year, month, day, seconds, offset)
    }
}

extension ConcreteScene {
    /// What the ego carries: the sensors that are recorded.
    public var recordedRig: ConcreteRig? { actors.first { $0.path == ego }?.rig }
}

/// How long and how often frames are taken.
public struct Recording: Sendable, Equatable {
    /// Seconds.
    public var duration = 4.0
    /// Frames per second.
    public var rate = 5.0
    public init() {}
    public init(duration: Double, rate: Double) { (self.duration, self.rate) = (duration, rate) }
    /// A frame at 0 and one every cycle before `duration`.
    public var frameCount: Int { max(1, Int((duration * rate - 1e-9).rounded(.up))) }
}

/// Someone or something in the scene.
public struct ConcreteActor: Sendable {
    /// `ego`, `truck[2]`, `traffic[3]`.
    public var path: String
    /// Archetype name (`sedan`), or the import path of an asset file.
    public var asset: String
    public var assetIsFile: Bool
    public var category: Category
    public var placement: Placement
    /// Along the heading, m/s.
    public var speed: Double
    /// Linear sRGB-primaries base colour, nil for the asset's own choice keyed by path.
    public var color: SIMD3<Double>?
    /// Uniform scale or explicit size in metres; nil keeps the asset's.
    public var size: Vec3?
    public var fixed: Bool
    public var rig: ConcreteRig?
    public var behaviour: Behaviour
    /// What its author says about its lamps; empty leaves them to the rules.
    public var lights: [LightSwitch] = []
    /// What a person has in hand; nil leaves it to the weather and a draw of its own.
    public var holds: Belonging?

    public init(
        path: String, asset: String, assetIsFile: Bool = false, category: Category, placement: Placement, speed: Double = 0, color: SIMD3<Double>? = nil,
        size: Vec3? = nil, fixed: Bool = false, rig: ConcreteRig? = nil, behaviour: Behaviour = .sequence([])
    ) {
        (self.path, self.asset, self.assetIsFile, self.category) = (path, asset, assetIsFile, category)
        (self.placement, self.speed, self.color, self.size, self.fixed) = (placement, speed, color, size, fixed)
        (self.rig, self.behaviour) = (rig, behaviour)
    }

    /// Stands at the start, carries no rig and is asked to do nothing: nobody is in it or on it.
    public var isParked: Bool { fixed || (speed == 0 && behaviour == .sequence([]) && rig == nil) }
}

/// Where an actor starts.
public enum Placement: Sendable, Equatable {
    case lane(LanePosition)
    /// World frame; z is kept.
    case pose(Pose)
    /// World x, y and heading (counter-clockwise from east); z follows the ground.
    case ground(Vec2, heading: Double)
}

/// A point on a road. The origin of the placed thing goes there, heading along the lane's direction of travel.
public struct LanePosition: Sendable, Equatable, Codable {
    public var road: String
    /// OpenDRIVE lane id: negative right of the reference line, positive left, 0 the reference line itself.
    public var lane: Int
    /// Along the road's reference line, metres.
    public var s: Double
    /// To the left of the lane's centre in the direction of travel, metres.
    public var left: Double
    public init(road: String, lane: Int, s: Double, left: Double = 0) { (self.road, self.lane, self.s, self.left) = (road, lane, s, left) }
}

/// Sensors as drawn, in the carrier's frame.
public struct ConcreteRig: Sendable, Equatable {
    public struct Sensor: Sendable, Equatable {
        public var name: String
        public var kind: SensorInfo.Kind
        /// Carrier from mount: x forward, y left, z up (not yet camera axes).
        public var mount: Pose
        public var rate: Double
        /// Camera only.
        public var exposure: Exposure
        public var lens: Lens
        public var effects: CameraEffects
        public init(
            name: String, kind: SensorInfo.Kind, mount: Pose, rate: Double, exposure: Exposure = Exposure(), lens: Lens = .pinhole,
            effects: CameraEffects = CameraEffects()
        ) {
            (self.name, self.kind, self.mount, self.rate, self.exposure) = (name, kind, mount, rate, exposure)
            (self.lens, self.effects) = (lens, effects)
        }
    }
    public var sensors: [Sensor]
    public init(sensors: [Sensor]) { self.sensors = sensors }
}

/// How a camera turns luminance into numbers (physics.md section 6).
public struct Exposure: Sendable, Equatable, Codable {
    /// EV at ISO 100; nil meters the frame (automatic exposure from its log-mean luminance and its highlights).
    public var ev: Double?
    public var fNumber = 2.0
    public var pixelPitch = 3e-6
    public var quantumEfficiency = 0.6
    /// Electrons.
    public var fullWell = 10_000.0
    public var darkNoise = 2.5
    /// Photo-response non-uniformity, fraction.
    public var nonUniformity = 0.01
    /// Dark electrons per second.
    public var darkCurrent = 5.0
    public var bits = 12
    /// Counts of a black picture.
    public var blackLevel = 64.0
    /// How long the shutter is open, seconds; nil for as long as the exposure asks, at most 10 ms, and 33 ms from a gain of 4 on.
    public var shutter: Double?
    /// Amplification after ISO 12232, 100 for none and the least there is; nil for as much as the exposure asks.
    public var iso: Double?
    /// Seconds from one picture to the next: the shutter is never open for longer.
    public var interval = 0.1
    public init() {}

    /// The exposure value at ISO 100 that is set by hand: as such, or by shutter, aperture and ISO together; nil when the camera meters.
    public var manualValue: Double? {
        if let ev { return ev }
        guard let shutter, let iso else { return nil }
        return log2(fNumber * fNumber / shutter * 100 / iso)
    }

    /// How long the author wants the shutter open, seconds: as said, or as the exposure value asks at a set ISO; nil where the camera chooses.
    public var manualTime: Double? {
        if let shutter { return shutter }
        guard let ev, let iso else { return nil }
        return fNumber * fNumber / exp2(ev) * 100 / iso
    }
}
