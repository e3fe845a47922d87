import Foundation
import SquallFrames
import SquallMath
import SquallRaster

/// Motion blur from true motion.
///
/// `motion_blur = true`. While the shutter is open each point runs along its own path on the image: its flow over the exposure, camera motion,
/// lens and rolling rows included. Blur touches colour only; ids, depth and boxes hold at the middle of the exposure.
///
/// A pixel shows, for each moment of the exposure, what lies then before it: along the fastest path nearby, samples count where their own path
/// reaches this pixel and nothing nearer hides them, or where this pixel's own surface has moved away from before them; the rest of the time it
/// shows itself (after McGuire, Hennessy, Bukowski, Osman 2012, with times in place of their weights, so that a uniform motion gives an exact box).
/// Length: `f v t / Z` pixels; paths longer than `reach` are cut.
public enum MotionBlur {
    /// Farthest that light is carried to either side, pixels.
    public static let reach = 40
    private static let tile = 40

    /// - Parameters:
    ///   - motion: pixels over the whole exposure; not finite where undefined.
    ///   - depth: metres, smaller is nearer.
    public static func apply(to image: inout RadianceImage, motion: Image<SIMD2<Float>>, depth: [Float], pool: WorkerPool) {
        let (width, height) = (image.width, image.height)
        let strongest = tiles(motion)
        let source = image
        let across = (width + tile - 1) / tile, down = (height + tile - 1) / tile
        image.red.withUnsafeMutableBufferPointer { red in
            image.green.withUnsafeMutableBufferPointer { green in
                image.blue.withUnsafeMutableBufferPointer { blue in
                    nonisolated(unsafe) let (red, green, blue) = (red, green, blue)   // rows are disjoint
                    let gather = Gather(source: source, motion: motion, depth: depth)
                    pool.run(height) { y, _ in
                        for x in 0..<width {
                            let path = strongest[min(y / tile, down - 1) * across + min(x / tile, across - 1)]
                            guard path.x * path.x + path.y * path.y > 0.25 else { continue }
                            let pixel = y * width + x
                            let light = gather(x, y, path)
                            (red[pixel], green[pixel], blue[pixel]) = (light.x, light.y, light.z)
                        }
                    }
                }
            }
        }
    }

    /// The longest path in each tile and the eight around it.
    private static func tiles(_ motion: Image<SIMD2<Float>>) -> [SIMD2<Float>] {
        let across = (motion.width + tile - 1) / tile, down = (motion.height + tile - 1) / tile
        func longer(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> SIMD2<Float> { dot(b, b) > dot(a, a) ? b : a }
        var own = [SIMD2<Float>](repeating: .zero, count: across * down)
        motion.pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<motion.height {
                for x in 0..<motion.width {
                    let v = pixels[y * motion.width + x]
                    if v.x.isFinite, v.y.isFinite { own[y / tile * across + x / tile] = longer(own[y / tile * across + x / tile], v) }
                }
            }
        }
        return (0..<across * down).map { index in
            var best = SIMD2<Float>.zero
            for y in max(0, index / across - 1)...min(down - 1, index / across + 1) {
                for x in max(0, index % across - 1)...min(across - 1, index % across + 1) { best = longer(best, own[y * across + x]) }
            }
            let length = dot(best, best).squareRoot()
            return length > 2 * Float(reach) ? best * (2 * Float(reach) / length) : best
        }
    }

    private struct Gather {
        let source: RadianceImage
        let motion: Image<SIMD2<Float>>
        let depth: [Float]

        private func length(_ pixel: Int) -> Float {
            let v = motion.pixels[pixel]
            let square = v.x * v.x + v.y * v.y
            return square.isFinite ? square.squareRoot() : 0
        }

        func callAsFunction(_ x: Int, _ y: Int, _ path: SIMD2<Float>) -> SIMD3<Float> {
            let here = y * source.width + x
            let own = SIMD3(source.red[here], source.green[here], source.blue[here])
            let span = dot(path, path).squareRoot()
            let (ownDepth, ownLength) = (depth[here], length(here))
            let count = min(61, 2 * Int(span.rounded(.up)) + 1)
            var (sum, share) = (SIMD3<Float>.zero, Float(0))
            for number in 0..<count {
                let t = (Float(number) + 0.5) / Float(count) - 0.5
                let px = Int((Float(x) + 0.5 + path.x * t).rounded(.down)), py = Int((Float(y) + 0.5 + path.y * t).rounded(.down))
                guard px >= 0, py >= 0, px < source.width, py < source.height else { continue }
                let there = py * source.width + px
                let distance = abs(t) * span
                // Nearer by more than 2 %: it passes before; farther: it comes out behind; else whichever moves.
                let (near, far) = (min(ownDepth, depth[there]), max(ownDepth, depth[there]))
                let apart = far.isFinite ? min(1, max(0, (far - near) / (0.02 * near) - 0.5)) : (near.isFinite ? 1 : 0)
                let before: Float = 0.5 + (depth[there] < ownDepth ? 0.5 : -0.5) * apart
                let reaches = Self.within(distance, length(there) / 2), leaves = Self.within(distance, ownLength / 2)
                let weight = before * reaches + (1 - before) * leaves
                sum += SIMD3(source.red[there], source.green[there], source.blue[there]) * weight
                share += weight
            }
            return (sum + own * (Float(count) - share)) / Float(count)
        }

        /// 1 within a length, 0 beyond, half a pixel of slope on either side.
        private static func within(_ distance: Float, _ length: Float) -> Float { min(1, max(0, length - distance + 0.5)) }
    }
}
