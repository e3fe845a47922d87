import SquallMath

/// Image size, focal lengths and principal point: a pinhole camera, or one before its lens bends (`CameraModel`).
/// OpenCV axes: x right, y down, z forward. Pixel centres at .5; (0, 0) is the corner of the first pixel.
public struct PinholeCamera: Sendable, Equatable, Codable {
    public var width: Int
    public var height: Int
    /// Focal lengths in pixels.
    public var fx: Double, fy: Double
    /// Principal point in pixels, Squall convention; OpenCV's is this minus .5.
    public var cx: Double, cy: Double

    public init(width: Int, height: Int, fx: Double, fy: Double, cx: Double, cy: Double) {
        (self.width, self.height, self.fx, self.fy, self.cx, self.cy) = (width, height, fx, fy, cx, cy)
    }

    /// - Parameter horizontalFieldOfView: radians.
    public init(width: Int, height: Int, tanHalfHorizontalFieldOfView t: Double) {
        let f = Double(width) / 2 / t
        self.init(width: width, height: height, fx: f, fy: f, cx: Double(width) / 2, cy: Double(height) / 2)
    }

    /// Pixel coordinates and depth of a point in camera axes. Meaningful for z > 0.
    @inlinable public func project(_ p: Vec3) -> (pixel: Vec2, depth: Double) { (Vec2(fx * p.x / p.z + cx, fy * p.y / p.z + cy), p.z) }
    /// The point in camera axes that a pixel position sees at a depth along z.
    @inlinable public func unproject(_ pixel: Vec2, depth: Double) -> Vec3 { Vec3((pixel.x - cx) / fx * depth, (pixel.y - cy) / fy * depth, depth) }
}

/// A spinning lidar's fixed facts, as its data sheet gives them.
public struct LidarModel: Sendable, Equatable, Codable {
    public var name: String
    /// Elevation of each ring, radians, ring 0 first.
    public var elevations: [Double]
    /// Firings per turn of each ring.
    public var azimuthSteps: Int
    /// Metres; ranges outside are never reported.
    public var minimumRange: Double, maximumRange: Double
    /// The range at which a Lambertian target of `referenceReflectance` is just detected in clear air, metres.
    public var referenceRange: Double, referenceReflectance: Double
    /// Metres, one standard deviation at strong signal.
    public var rangeNoise: Double
    /// Full beam divergence, radians, and exit aperture, metres.
    public var divergence: Double, aperture: Double
    public var wavelength: Double
    public var returns: Int

    private enum CodingKeys: String, CodingKey {
        case name = "model"
        case elevations, azimuthSteps, minimumRange, maximumRange, referenceRange, referenceReflectance, rangeNoise, divergence, aperture, wavelength, returns
    }

    public init(
        name: String, elevations: [Double], azimuthSteps: Int, minimumRange: Double, maximumRange: Double, referenceRange: Double,
        referenceReflectance: Double, rangeNoise: Double, divergence: Double, aperture: Double, wavelength: Double, returns: Int
    ) {
        (self.name, self.elevations, self.azimuthSteps) = (name, elevations, azimuthSteps)
        (self.minimumRange, self.maximumRange) = (minimumRange, maximumRange)
        (self.referenceRange, self.referenceReflectance, self.rangeNoise) = (referenceRange, referenceReflectance, rangeNoise)
        (self.divergence, self.aperture, self.wavelength, self.returns) = (divergence, aperture, wavelength, returns)
    }
}

/// One sensor of an episode's rig.
public struct SensorInfo: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case camera(PinholeCamera)
        case lidar(LidarModel)
    }
    public var name: String
    public var kind: Kind
    /// Carrier from sensor. Camera axes for cameras (mount already turned), x forward y left z up for lidars.
    public var mount: Pose
    /// Instance id of the carrier, 0 for a static post.
    public var carrier: UInt16
    /// Captures per second.
    public var rate: Double
    /// Of a camera.
    public var lens: Lens

    public init(name: String, kind: Kind, mount: Pose, carrier: UInt16, rate: Double, lens: Lens = .pinhole) {
        (self.name, self.kind, self.mount, self.carrier, self.rate, self.lens) = (name, kind, mount, carrier, rate, lens)
    }
}
