import Foundation
import SquallFrames
import SquallMath
import SquallRaster

/// Lens flare: light that two glass faces mirror back and forth and that lands again, out of focus, on a line through the picture's centre.
///
/// `flare = 3e-4`. Each ghost is a picture of the whole scene, turned about the centre and scaled by `magnification`, spread over a disc like the
/// aperture's and tinted by the coatings. `flare` is the share of a source's light that the brightest ghost has, before it is spread; the others
/// have less. A source off the axis by `p` has its ghosts at `magnification * p`.
public enum LensFlare {
    public struct Ghost: Sendable {
        /// Negative for ghosts on the other side of the centre.
        public var magnification: Double
        /// Of the disc, as a share of the picture's height.
        public var radius: Double
        /// Relative to the brightest; RGB.
        public var tint: SIMD3<Float>
    }

    /// A lens of a few groups: none of any maker.
    public static let ghosts = [
        Ghost(magnification: -0.42, radius: 0.035, tint: SIMD3(0.55, 0.9, 1)), Ghost(magnification: -0.8, radius: 0.06, tint: SIMD3(0.35, 0.55, 0.28)),
        Ghost(magnification: -1.35, radius: 0.11, tint: SIMD3(0.28, 0.18, 0.3)), Ghost(magnification: 0.45, radius: 0.02, tint: SIMD3(1, 0.75, 0.5)),
        Ghost(magnification: 0.72, radius: 0.045, tint: SIMD3(0.3, 0.32, 0.5)),
    ]

    /// Blocks of this side are one source, pixels.
    static let block = 8

    /// - Parameters:
    ///   - strength: share of light in the brightest ghost.
    ///   - center: of the picture, pixels.
    public static func apply(to image: inout RadianceImage, strength: Double, center: Vec2, pool: WorkerPool) {
        guard strength > 0 else { return }
        let sources = sources(image)
        for ghost in ghosts {
            for source in sources { splat(ghost, source, strength, center, &image) }
        }
    }

    private struct Source {
        var place: Vec2
        /// Sum over its pixels.
        var light: SIMD3<Float>
    }

    /// Blocks far brighter than the picture's mean: fainter ones make ghosts that nobody sees.
    private static func sources(_ image: RadianceImage) -> [Source] {
        var found: [Source] = []
        let mean = zip(image.red, zip(image.green, image.blue)).reduce(0.0) { $0 + Double($1.0 + $1.1.0 + $1.1.1) } / Double(3 * max(1, image.red.count))
        for y0 in stride(from: 0, to: image.height, by: block) {
            for x0 in stride(from: 0, to: image.width, by: block) {
                var (sum, place, weight) = (SIMD3<Float>.zero, Vec2.zero, 0.0)
                for y in y0..<min(image.height, y0 + block) {
                    for x in x0..<min(image.width, x0 + block) {
                        let pixel = y * image.width + x
                        let light = SIMD3(image.red[pixel], image.green[pixel], image.blue[pixel])
                        let level = Double(light.x + light.y + light.z) / 3
                        guard level > 30 * mean else { continue }
                        sum += light
                        place += Vec2(Double(x) + 0.5, Double(y) + 0.5) * level
                        weight += level
                    }
                }
                if weight > 0 { found.append(Source(place: place / weight, light: sum)) }
            }
        }
        return found
    }

    private static func splat(_ ghost: Ghost, _ source: Source, _ strength: Double, _ center: Vec2, _ image: inout RadianceImage) {
        let radius = max(1, ghost.radius * Double(image.height))
        let middle = center + (source.place - center) * ghost.magnification
        let light = source.light * ghost.tint * Float(strength / (.pi * radius * radius))
        let (y0, y1) = (max(0, Int((middle.y - radius - 1).rounded(.down))), min(image.height - 1, Int((middle.y + radius + 1).rounded(.up))))
        let (x0, x1) = (max(0, Int((middle.x - radius - 1).rounded(.down))), min(image.width - 1, Int((middle.x + radius + 1).rounded(.up))))
        guard y0 <= y1, x0 <= x1 else { return }
        for y in y0...y1 {
            for x in x0...x1 {
                let distance = (Vec2(Double(x) + 0.5, Double(y) + 0.5) - middle).length
                let share = Float(min(1, max(0, radius - distance + 0.5)))
                guard share > 0 else { continue }
                let pixel = y * image.width + x
                image.red[pixel] += light.x * share
                image.green[pixel] += light.y * share
                image.blue[pixel] += light.z * share
            }
        }
    }
}
