import Foundation
import SquallFrames
import SquallMath
import SquallRaster
import SquallSky
import SquallWeather

/// The drops near enough to be seen one by one, drawn as motion-blurred streaks after Garg, Nayar 2004, 2006.
///
/// Drops larger than `limits.diameterPerDepth * z` fill the frustum with the Marshall-Palmer density, so their depths follow a
/// gamma distribution of order 3; each falls at its terminal speed with the wind, relative to the moving camera. On the image a
/// drop is `d = f D / z` wide and `L` long (both ends of its path during the exposure are projected); it hides the scene for the
/// share of the exposure that it covers a pixel and shows its surroundings instead, which it refracts over a field of 165 degrees
/// about the line of sight: brighter than the ground, nearly as bright as the sky. Blur of a lens focused at infinity and the pixel's own width spread a streak and thin it: the covered share
/// summed over the streak stays `pi/4 d^2`.
public struct RainStreaks: Sendable {
    public let limits: StreakLimits
    public var rate: Double
    /// Air velocity at the camera's height, world frame, m/s.
    public var wind: Vec3
    /// Camera velocity, world frame, m/s.
    public var velocity: Vec3
    /// Seconds.
    public var exposureTime: Double
    /// Entrance pupil diameter, metres: focal length over f-number. Sets the blur of near drops.
    public var aperture: Double
    /// Luminance of drops in daylight.
    public var luminance: DropLuminance
    /// What lamps add.
    package var glow: RainGlow?

    /// Nearest drop, metres: closer ones are wholly blurred away.
    static let nearest = 0.25
    /// Streaks that begin this far outside the image still reach in, pixels.
    static let margin = 48.0
    /// Spread of the drops' own horizontal motion, m/s.
    static let turbulence = 0.4

    public init(
        limits: StreakLimits, rate: Double, wind: Vec3 = .zero, velocity: Vec3 = .zero, exposureTime: Double, aperture: Double = 1.5e-3,
        luminance: DropLuminance
    ) {
        (self.limits, self.rate, self.wind, self.velocity) = (limits, rate, wind, velocity)
        (self.exposureTime, self.aperture, self.luminance) = (exposureTime, aperture, luminance)
    }

    /// One streak on the image.
    public struct Streak: Sendable, Equatable {
        /// Ends of the path, pixels.
        public var from: SIMD2<Float>, to: SIMD2<Float>
        /// Drawn width, pixels, at least 1.
        public var width: Float
        /// Share of the light behind that is replaced, 0...1.
        public var weight: Float
        /// As the picture states depths, metres.
        public var depth: Float
        /// Millimetres.
        public var diameter: Float
        /// Share of the drop that shows sky, 0...1.
        public var sky: Float
        /// Light of lamps that it scatters to the eye, cd/m2.
        public var glow = SIMD3<Float>.zero

        public init(from: SIMD2<Float>, to: SIMD2<Float>, width: Float, weight: Float, depth: Float, diameter: Float, sky: Float = 0.5) {
            (self.from, self.to, self.width, self.weight, self.depth, self.diameter, self.sky) = (from, to, width, weight, depth, diameter, sky)
        }
    }

    /// Expected number of drops in the widened frustum of a camera.
    public func expectedCount(_ camera: PinholeCamera) -> Double {
        let area = (Double(camera.width) + 2 * Self.margin) * (Double(camera.height) + 2 * Self.margin) / (camera.fx * camera.fy)
        let a = limits.shareRate
        return Rain.dropCount(rate: rate) * area * 2 / (a * a * a)
    }

    /// The drops of one frame, in drawing order. `random` is keyed by sensor and frame.
    ///
    /// Places are drawn evenly over the picture; where a lens's pixels see less of the world than on its axis, some are left out.
    public func streaks(_ model: CameraModel, pose: Pose, random: CounterRandom) -> [Streak] {
        var random = random
        let camera = model.camera
        let expected = expectedCount(camera)
        let count = max(0, Int((expected + expected.squareRoot() * random.normal()).rounded()))
        let toCamera = pose.rotation.conjugate
        var result: [Streak] = []
        result.reserveCapacity(count)
        for _ in 0..<count {
            let z = -log(random.openUniform() * random.openUniform() * random.openUniform()) / limits.shareRate
            let diameter = limits.diameterPerDepth * z - log(random.openUniform()) / Rain.slope(rate: rate)
            let x = random.uniform() * (Double(camera.width) + 2 * Self.margin) - Self.margin
            let y = random.uniform() * (Double(camera.height) + 2 * Self.margin) - Self.margin
            let gust = Vec3(random.uniform() - 0.5, random.uniform() - 0.5, 0) * (3.46 * Self.turbulence)
            if model.measuresRange, random.uniform() > model.illumination(Vec2(x, y)) { continue }
            guard z >= Self.nearest, z <= limits.farthest, let center = model.point(Vec2(x, y), depth: z) else { continue }
            let motion = toCamera * (wind + gust + Vec3(0, 0, -Rain.fallSpeed(diameter: diameter)) - velocity) * (exposureTime / 2)
            let (start, end) = (center - motion, center + motion)
            guard model.measuresRange || min(start.z, end.z) > 0.05, let from = model.project(start), let to = model.project(end) else { continue }
            var drop = streak(from, to, depth: z, diameter: diameter, focal: camera.fx)
            drop.sky = Float(DropLuminance.skyShare(sinElevation: (pose.rotation * center).z / center.length))
            if let glow { drop.glow = glow.luminance(at: pose * center, eye: pose.position) }
            result.append(drop)
        }
        return result
    }

    private func streak(_ from: Vec2, _ to: Vec2, depth: Double, diameter: Double, focal: Double) -> Streak {
        let sharp = focal * diameter * 1e-3 / depth
        let blur = focal * aperture / depth
        let width = max(1, (sharp * sharp + blur * blur).squareRoot())
        let area = (to - from).length * width + .pi / 4 * width * width
        return Streak(
            from: SIMD2<Float>(from), to: SIMD2<Float>(to), width: Float(width), weight: Float(min(1, .pi / 4 * sharp * sharp / area)), depth: Float(depth),
            diameter: Float(diameter))
    }

    /// Draws streaks over a finished picture where they are nearer than what it shows.
    /// - Returns: how much of each pixel they cover, 0...255.
    public func draw(_ streaks: [Streak], into image: inout RadianceImage, depth: [Float], pool: WorkerPool) -> Image<UInt8> {
        let (width, height) = (image.width, image.height)
        var mask = [UInt8](repeating: 0, count: width * height)
        let bandHeight = 16
        image.red.withUnsafeMutableBufferPointer { red in
            image.green.withUnsafeMutableBufferPointer { green in
                image.blue.withUnsafeMutableBufferPointer { blue in
                    depth.withUnsafeBufferPointer { depth in
                        mask.withUnsafeMutableBufferPointer { mask in
                            let canvas = StreakCanvas(
                                width: width, red: red.baseAddress!, green: green.baseAddress!, blue: blue.baseAddress!, depth: depth.baseAddress!,
                                mask: mask.baseAddress!, luminance: luminance)
                            pool.run((height + bandHeight - 1) / bandHeight) { band, _ in
                                let rows = band * bandHeight..<min(height, (band + 1) * bandHeight)
                                canvas.draw(streaks, rows: rows)
                            }
                        }
                    }
                }
            }
        }
        return Image(width: width, height: height, pixels: mask)
    }
}

/// Blends streaks into the rows of one band.
private struct StreakCanvas: @unchecked Sendable {   // bands write disjoint rows
    let width: Int
    let red: UnsafeMutablePointer<Float>, green: UnsafeMutablePointer<Float>, blue: UnsafeMutablePointer<Float>
    let depth: UnsafePointer<Float>
    let mask: UnsafeMutablePointer<UInt8>
    let luminance: DropLuminance

    func draw(_ streaks: [RainStreaks.Streak], rows: Range<Int>) {
        let clear = UnsafeMutablePointer<Float>.allocate(capacity: rows.count * width)
        defer { clear.deallocate() }
        clear.initialize(repeating: 1, count: rows.count * width)
        streaks.withUnsafeBufferPointer { list in
            for streak in list { draw(streak, rows, clear) }
        }
        for index in 0..<rows.count * width { mask[rows.lowerBound * width + index] = UInt8(((1 - clear[index]) * 255).rounded()) }
    }

    @inline(__always) private func draw(_ s: RainStreaks.Streak, _ rows: Range<Int>, _ clear: UnsafeMutablePointer<Float>) {
        let reach = s.width / 2 + 0.5
        let (low, high) = (min(s.from.y, s.to.y) - reach, max(s.from.y, s.to.y) + reach)
        guard high > Float(rows.lowerBound), low < Float(rows.upperBound) else { return }
        let along = s.to - s.from, color = luminance.value(sky: s.sky) + s.glow
        let lengthSquared = max(along.x * along.x + along.y * along.y, 1e-12)
        let first = max(rows.lowerBound, Int(low.rounded(.down))), last = min(rows.upperBound - 1, Int(high.rounded(.down)))
        guard first <= last else { return }
        for y in first...last {
            let py = Float(y) + 0.5
            // The part of the path within reach of this row bounds the columns.
            var (t0, t1): (Float, Float) = (0, 1)
            if abs(along.y) > 1e-3 {
                let (a, b) = ((py - reach - s.from.y) / along.y, (py + reach - s.from.y) / along.y)
                (t0, t1) = (max(0, min(a, b)), min(1, max(a, b)))
                if t0 > t1 { continue }
            }
            let (x0, x1) = (s.from.x + along.x * t0, s.from.x + along.x * t1)
            let left = max(0, Int(max(min(x0, x1) - reach, -1).rounded(.down))), right = min(width - 1, Int(min(max(x0, x1) + reach, Float(width)).rounded(.down)))
            if left > right { continue }
            for x in left...right {
                let index = y * width + x
                if s.depth > depth[index] { continue }
                let d = SIMD2(Float(x) + 0.5, py) - s.from
                let t = min(1, max(0, (d.x * along.x + d.y * along.y) / lengthSquared))
                let off = d - along * t
                let distance = (off.x * off.x + off.y * off.y).squareRoot()
                let weight = s.weight * min(1, max(0, reach - distance))
                if weight <= 0 { continue }
                red[index] += (color.x - red[index]) * weight
                green[index] += (color.y - green[index]) * weight
                blue[index] += (color.z - blue[index]) * weight
                clear[index - rows.lowerBound * width] *= 1 - weight
            }
        }
    }
}
