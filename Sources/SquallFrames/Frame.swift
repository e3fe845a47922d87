import SquallMath

/// All that one capture instant gives.
public struct Frame: Sendable {
    public var index: Int
    /// From the episode's start.
    public var stamp: Ticks
    /// World from the ego's vehicle frame (ISO 8855, origin on the ground below the rear axle) at the stamp.
    public var ego: Pose
    public var objects: [ObjectState]
    public var cameras: [CameraFrame]
    public var lidars: [LidarFrame]
    public var weather: WeatherRecord
    /// Contacts that began since the previous frame.
    public var collisions: [Collision]

    public init(
        index: Int, stamp: Ticks, ego: Pose, objects: [ObjectState], cameras: [CameraFrame], lidars: [LidarFrame], weather: WeatherRecord,
        collisions: [Collision]
    ) {
        (self.index, self.stamp, self.ego, self.objects) = (index, stamp, ego, objects)
        (self.cameras, self.lidars, self.weather, self.collisions) = (cameras, lidars, weather, collisions)
    }
}

/// A box with heading: centre, size along its own x (length), y (width), z (height).
public struct OrientedBox: Sendable, Equatable, Codable {
    /// World (or parent) from box centre.
    public var pose: Pose
    public var size: Vec3

    public init(pose: Pose, size: Vec3) { (self.pose, self.size) = (pose, size) }

    /// Corners in the parent frame, x fastest, then y, then z.
    public var corners: [Vec3] {
        (0..<8).map { pose * (Vec3($0 & 1 == 0 ? -0.5 : 0.5, $0 & 2 == 0 ? -0.5 : 0.5, $0 & 4 == 0 ? -0.5 : 0.5) * size) }
    }

    public func contains(_ point: Vec3) -> Bool {
        let p = pose.inverse * point
        return abs(p.x) <= size.x / 2 && abs(p.y) <= size.y / 2 && abs(p.z) <= size.z / 2
    }
}

/// One object at the frame's stamp.
public struct ObjectState: Sendable, Equatable {
    /// Instance id, constant for the episode.
    public var id: UInt16
    public var category: Category
    /// World frame.
    public var box: OrientedBox
    /// World frame, m/s and rad/s.
    public var velocity: Vec3
    public var angularVelocity: Vec3
    public var acceleration: Vec3
    public var isStatic: Bool
    /// Of people: `PersonKeypoints.names`, of animals: `AnimalKeypoints.names`, in order; empty for the rest.
    public var keypoints: [BodyPoint] = []

    public init(id: UInt16, category: Category, box: OrientedBox, velocity: Vec3, angularVelocity: Vec3, acceleration: Vec3, isStatic: Bool) {
        (self.id, self.category, self.box, self.velocity) = (id, category, box, velocity)
        (self.angularVelocity, self.acceleration, self.isStatic) = (angularVelocity, acceleration, isStatic)
    }
}

public struct Collision: Sendable, Equatable {
    public var stamp: Ticks
    public var first: UInt16
    public var second: UInt16
    /// Closing speed along the contact normal, m/s.
    public var closingSpeed: Double
    public var point: Vec3

    public init(stamp: Ticks, first: UInt16, second: UInt16, closingSpeed: Double, point: Vec3) {
        (self.stamp, self.first, self.second, self.closingSpeed, self.point) = (stamp, first, second, closingSpeed, point)
    }
}

/// A pixel rectangle: left, top inclusive; right, bottom exclusive; continuous coordinates, corner origin.
public struct Box2D: Sendable, Equatable, Codable {
    public var left: Double, top: Double, right: Double, bottom: Double
    public init(left: Double, top: Double, right: Double, bottom: Double) { (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom) }
    public var width: Double { right - left }
    public var height: Double { bottom - top }
    /// The smallest that holds both.
    public func union(_ other: Box2D) -> Box2D {
        Box2D(left: min(left, other.left), top: min(top, other.top), right: max(right, other.right), bottom: max(bottom, other.bottom))
    }
}

/// What one camera gives at one instant. Label images are empty (0 x 0) when their label is switched off.
public struct CameraFrame: Sendable {
    public var sensor: String
    public var stamp: Ticks
    /// World from camera (OpenCV axes) at the stamp.
    public var pose: Pose
    public var camera: PinholeCamera
    public var lens: Lens
    public var rgb: Image<RGB8>
    /// z in metres (range along the ray for lenses that see behind the image plane, see `CameraModel`), +infinity for none.
    public var depth: Image<Float>
    public var instance: Image<UInt16>
    /// Raw values of `Category`.
    public var semantic: Image<UInt8>
    /// Unit normals in camera axes, zero for none.
    public var normals: Image<SIMD3<Float>>
    /// Pixels from this frame to the next (forward) and the previous (backward); NaN where undefined.
    public var flowForward: Image<SIMD2<Float>>
    public var flowBackward: Image<SIMD2<Float>>
    /// 1 where the surface point is hidden or outside the other frame.
    public var occludedForward: Image<UInt8>
    public var occludedBackward: Image<UInt8>
    /// 0...255: how much of the pixel falling rain covers.
    public var rain: Image<UInt8>
    public var objects: [CameraObject]
    /// How `rgb` is written.
    public var picture = PictureFile.srgb8
    public var shutter: ShutterRecord?
    public var model: CameraModel { CameraModel(camera, lens: lens) }

    public init(
        sensor: String, stamp: Ticks, pose: Pose, camera: PinholeCamera, rgb: Image<RGB8>, depth: Image<Float>, instance: Image<UInt16>,
        semantic: Image<UInt8>, normals: Image<SIMD3<Float>>, flowForward: Image<SIMD2<Float>>, flowBackward: Image<SIMD2<Float>>,
        occludedForward: Image<UInt8>, occludedBackward: Image<UInt8>, rain: Image<UInt8>, objects: [CameraObject], lens: Lens = .pinhole
    ) {
        (self.sensor, self.stamp, self.pose, self.camera, self.rgb, self.lens) = (sensor, stamp, pose, camera, rgb, lens)
        (self.depth, self.instance, self.semantic, self.normals) = (depth, instance, semantic, normals)
        (self.flowForward, self.flowBackward) = (flowForward, flowBackward)
        (self.occludedForward, self.occludedBackward, self.rain, self.objects) = (occludedForward, occludedBackward, rain, objects)
    }
}

/// One object in one camera. Objects wholly outside the image are left out.
public struct CameraObject: Sendable, Equatable {
    public var id: UInt16
    /// Tight box of the visible pixels, nil when none.
    public var visibleBox: Box2D?
    /// Tight box of the object drawn alone, clipped to the image (amodal), nil when its lone pass covers no pixel.
    public var fullBox: Box2D?
    /// Convex extent of the projected 3D box, clipped to the image.
    public var projectedBox: Box2D?
    public var visiblePixels: Int
    /// Pixel centres the object covers alone inside the image.
    public var lonePixels: Int
    /// visiblePixels / lonePixels, 0 when lonePixels is 0.
    public var visibleShare: Double
    /// Share of the lone silhouette that lies outside the image, 0...1.
    public var truncation: Double
    /// What the air between leaves of the object's light, mean over its visible pixels (over its centre when hidden).
    public var transmittance: Double
    /// Weber contrast along the visible edge, scene-linear after the medium: mean of |L - L_b| / L_b, see `DetectabilityLimits`.
    public var contrast: Double
    public var detectable: Bool
    /// Of people: `PersonKeypoints.names`, of animals: `AnimalKeypoints.names`, in order; empty for the rest.
    public var keypoints: [CameraKeypoint] = []

    public init(
        id: UInt16, visibleBox: Box2D?, fullBox: Box2D?, projectedBox: Box2D?, visiblePixels: Int, lonePixels: Int, visibleShare: Double,
        truncation: Double, transmittance: Double, contrast: Double, detectable: Bool
    ) {
        (self.id, self.visibleBox, self.fullBox, self.projectedBox) = (id, visibleBox, fullBox, projectedBox)
        (self.visiblePixels, self.lonePixels, self.visibleShare, self.truncation) = (visiblePixels, lonePixels, visibleShare, truncation)
        (self.transmittance, self.contrast, self.detectable) = (transmittance, contrast, detectable)
    }
}

/// What a lidar return hit.
public enum ReturnCause: UInt8, Sendable, Codable, CaseIterable {
    case surface = 0, fog = 1, rain = 2, spray = 3, ghost = 4
}

/// One lidar return; formats choose what they write.
public struct LidarPoint: Sendable, Equatable, BitwiseCopyable {
    /// In the sensor frame at the record's stamp, metres, ego motion undone.
    public var position: SIMD3<Float>
    /// 0...1, range-compensated reflectance as the sensor reports it.
    public var intensity: Float
    /// Nanoseconds from the record's stamp to the firing.
    public var timeOffset: Int32
    public var ring: UInt16
    public var instance: UInt16
    public var category: UInt8
    public var cause: UInt8
    /// 0 first (strongest), 1 second (last).
    public var returnIndex: UInt8

    public init(
        position: SIMD3<Float>, intensity: Float, timeOffset: Int32, ring: UInt16, instance: UInt16, category: UInt8, cause: UInt8, returnIndex: UInt8
    ) {
        (self.position, self.intensity, self.timeOffset, self.ring) = (position, intensity, timeOffset, ring)
        (self.instance, self.category, self.cause, self.returnIndex) = (instance, category, cause, returnIndex)
    }
}

/// One turn of one lidar.
public struct LidarFrame: Sendable {
    public var sensor: String
    /// The stamp, and when the turn began and ended.
    public var stamp: Ticks, start: Ticks, end: Ticks
    /// World from sensor at the stamp.
    public var pose: Pose
    public var points: [LidarPoint]
    /// Per object with points: counted by label.
    public var objects: [LidarObject]

    public init(sensor: String, stamp: Ticks, start: Ticks, end: Ticks, pose: Pose, points: [LidarPoint], objects: [LidarObject]) {
        (self.sensor, self.stamp, self.start, self.end) = (sensor, stamp, start, end)
        (self.pose, self.points, self.objects) = (pose, points, objects)
    }
}

public struct LidarObject: Sendable, Equatable {
    public var id: UInt16
    /// Points geometrically inside the 3D box at the stamp, as dataset readers count.
    public var pointsInBox: Int
    /// Returns that hit the object, by id.
    public var hits: Int
    public var detectable: Bool

    public init(id: UInt16, pointsInBox: Int, hits: Int, detectable: Bool) {
        (self.id, self.pointsInBox, self.hits, self.detectable) = (id, pointsInBox, hits, detectable)
    }
}

/// The weather a frame was taken in, for records and text.
public struct WeatherRecord: Sendable, Equatable, Codable {
    /// mm/h
    public var rainRate: Double
    /// Meteorological optical range in metres, fog and rain together; infinite in clear air is written as 0.
    public var visibility: Double
    /// Water film on the road under the origin of the rig's carrier (the middle of a vehicle's rear axle), mm: the film its tyres run on. Off
    /// the roads and without a carrier: that of a lane of 2 % cross slope, 7.3 m from its crown.
    public var filmDepth: Double
    /// Peak friction coefficient of a passenger tyre there at 50 km/h.
    public var friction: Double
    /// Radians; the elevation is the true one, without refraction, the azimuth clockwise from north.
    public var sunElevation: Double, sunAzimuth: Double
    /// Horizontal illuminance, lux.
    public var illuminance: Double
    /// m/s, and the direction it comes from in radians clockwise from north.
    public var windSpeed: Double, windFrom: Double
    /// Share of the sky, 0...1, what rain implies included.
    public var cloudCover: Double

    public init(
        rainRate: Double, visibility: Double, filmDepth: Double, friction: Double, sunElevation: Double, sunAzimuth: Double, illuminance: Double,
        windSpeed: Double, windFrom: Double, cloudCover: Double
    ) {
        (self.rainRate, self.visibility, self.filmDepth, self.friction) = (rainRate, visibility, filmDepth, friction)
        (self.sunElevation, self.sunAzimuth, self.illuminance) = (sunElevation, sunAzimuth, illuminance)
        (self.windSpeed, self.windFrom, self.cloudCover) = (windSpeed, windFrom, cloudCover)
    }
}
