import SquallFrames
import SquallMath

/// One line of `frames.jsonl`. The sensors that captured on this frame are listed; every `objects` is left out when boxes are switched off.
/// Static objects are described once, in `episode.json`: `objects` of the frame holds what may move, those of a sensor all it sees.
/// Metres, radians, m/s; quaternions w, x, y, z; boxes in pixels as left, top, right, bottom.
public struct FrameRecord: Codable, Sendable {
    public struct Body: Codable, Sendable {
        public var id: UInt16
        public var category: String
        /// Box centre in the world frame.
        public var center: [Double]
        public var rotation: [Double]
        /// length, width, height
        public var size: [Double]
        public var velocity: [Double]
        public var angularVelocity: [Double]
        public var acceleration: [Double]
        /// x, y, z in the world: of people each of `PersonKeypoints.names`, of animals each of `AnimalKeypoints.names`.
        public var keypoints: [[Double]]?
    }
    public struct Seen: Codable, Sendable {
        public var id: UInt16
        public var visibleBox: [Double]?
        public var fullBox: [Double]?
        public var projectedBox: [Double]?
        public var visiblePixels: Int
        public var lonePixels: Int
        public var visibleShare: Double
        public var truncation: Double
        public var transmittance: Double
        public var contrast: Double
        public var detectable: Bool
        /// x, y in pixels and COCO's visibility: of people each of `PersonKeypoints.names`, of animals each of `AnimalKeypoints.names`.
        public var keypoints: [[Double]]?
    }
    public struct Camera: Codable, Sendable {
        public var sensor: String
        public var timeNs: Int64
        public var position: [Double]
        public var rotation: [Double]
        public var image: String
        /// `srgb8`, `jpeg`, `linear12` or `bayer`.
        public var encoding: String?
        public var shutter: ShutterRecord?
        public var objects: [Seen]?
    }
    public struct Points: Codable, Sendable {
        public struct Counted: Codable, Sendable {
            public var id: UInt16
            public var numPoints: Int
            public var numHits: Int
            public var detectable: Bool
        }
        public var sensor: String
        public var timeNs: Int64
        public var startNs: Int64
        public var endNs: Int64
        public var position: [Double]
        public var rotation: [Double]
        public var count: Int
        public var objects: [Counted]?
    }
    public struct Contact: Codable, Sendable {
        public var timeNs: Int64
        public var ids: [UInt16]
        public var closingSpeed: Double
        public var point: [Double]
    }
    public var index: Int
    public var timeNs: Int64
    public var egoPosition: [Double]
    public var egoRotation: [Double]
    public var weather: WeatherRecord
    public var objects: [Body]?
    public var cameras: [Camera]
    public var lidars: [Points]
    public var collisions: [Contact]
}

extension FrameRecord {
    init(_ frame: Frame, images: [String], boxes: Bool) {
        index = frame.index
        timeNs = frame.stamp.nanoseconds
        (egoPosition, egoRotation) = (list(frame.ego.position), list(frame.ego.rotation))
        weather = frame.weather
        objects = !boxes ? nil : frame.objects.filter { !$0.isStatic }.map { o in
            Body(
                id: o.id, category: o.category.names.name, center: list(o.box.pose.position), rotation: list(o.box.pose.rotation), size: list(o.box.size),
                velocity: list(o.velocity), angularVelocity: list(o.angularVelocity), acceleration: list(o.acceleration),
                keypoints: o.keypoints.isEmpty ? nil : o.keypoints.map { list($0.position) })
        }
        cameras = zip(frame.cameras, images).map { camera, path in
            Camera(
                sensor: camera.sensor, timeNs: camera.stamp.nanoseconds, position: list(camera.pose.position), rotation: list(camera.pose.rotation),
                image: path, encoding: camera.picture.name, shutter: camera.shutter, objects: boxes ? camera.objects.map(Seen.init) : nil)
        }
        lidars = frame.lidars.map { l in
            Points(
                sensor: l.sensor, timeNs: l.stamp.nanoseconds, startNs: l.start.nanoseconds, endNs: l.end.nanoseconds, position: list(l.pose.position),
                rotation: list(l.pose.rotation), count: l.points.count,
                objects: !boxes ? nil : l.objects.map { Points.Counted(id: $0.id, numPoints: $0.pointsInBox, numHits: $0.hits, detectable: $0.detectable) })
        }
        collisions = frame.collisions.map { c in
            Contact(timeNs: c.stamp.nanoseconds, ids: [c.first, c.second], closingSpeed: rounded(c.closingSpeed), point: list(c.point))
        }
    }
}

extension FrameRecord.Body {
    /// A static object as it is in every frame of its episode; nil for what may move, or has no place.
    init?(standing object: EpisodeInfo.Object) {
        guard object.isStatic, let center = object.center, let rotation = object.rotation else { return nil }
        (id, category) = (object.id, object.category.names.name)
        (self.center, self.rotation, size) = (list(center), rotation, list(object.size))
        (velocity, angularVelocity, acceleration) = ([0, 0, 0], [0, 0, 0], [0, 0, 0])
    }
}

extension FrameRecord.Seen {
    init(_ o: CameraObject) {
        id = o.id
        (visibleBox, fullBox, projectedBox) = (o.visibleBox.map(list), o.fullBox.map(list), o.projectedBox.map(list))
        (visiblePixels, lonePixels, visibleShare, truncation) = (o.visiblePixels, o.lonePixels, rounded(o.visibleShare), rounded(o.truncation))
        (transmittance, contrast, detectable) = (rounded(o.transmittance), rounded(o.contrast), o.detectable)
        keypoints = o.keypoints.isEmpty ? nil : o.keypoints.map(\.numbers)
    }
}

extension CameraKeypoint {
    /// x, y in hundredths of a pixel, cut and not rounded so that the point stays in its pixel, and the visibility as COCO counts.
    var numbers: [Double] { [(x * 100).rounded(.down) / 100, (y * 100).rounded(.down) / 100, Double(visibility.rawValue)] }
}

/// Records keep a micrometre: readable, and the same for readers in float64. Adding zero turns -0 into 0.
private func rounded(_ x: Double) -> Double { x.isFinite ? (x * 1e6).rounded() / 1e6 + 0 : 0 }
private func list(_ v: Vec3) -> [Double] { [rounded(v.x), rounded(v.y), rounded(v.z)] }
private func list(_ q: Quaternion) -> [Double] { [q.w, q.x, q.y, q.z].map { ($0 * 1e9).rounded() / 1e9 + 0 } }
private func list(_ b: Box2D) -> [Double] { [b.left, b.top, b.right, b.bottom].map { ($0 * 100).rounded() / 100 + 0 } }
