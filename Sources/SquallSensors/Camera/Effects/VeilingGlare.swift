import Foundation
import SquallFrames
import SquallMath
import SquallRaster

/// Veiling glare and bloom: light that lens and sensor cover scatter.
///
/// `glare = 1 %`. A point of light keeps `1 - a` of itself and spreads the share `a` over the picture as `1 / (theta^2 + theta0^2)`, with
/// `theta0` of about a pixel: as much light in each octave of distance. So each octave gets an equal share: the picture is halved again and
/// again, each level smoothed and laid back with the same weight, down to a few pixels across. Light is neither made nor lost within the picture;
/// at its border the scattered part is mirrored back. Happens before the sensor clips, so that lamps and the sun bloom.
public enum VeilingGlare {
    /// - Parameter share: of light that is scattered, 0...1.
    public static func apply(to image: inout RadianceImage, share: Double, pool: WorkerPool) {
        guard share > 0, image.width >= 4, image.height >= 4 else { return }
        image.red = scattered(image.red, image.width, image.height, Float(share))
        image.green = scattered(image.green, image.width, image.height, Float(share))
        image.blue = scattered(image.blue, image.width, image.height, Float(share))
    }

    private struct Level {
        var width: Int, height: Int
        var values: [Float]
        subscript(x: Int, y: Int) -> Float { values[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)] }
    }

    private static func scattered(_ plane: [Float], _ width: Int, _ height: Int, _ share: Float) -> [Float] {
        var levels = [smoothed(Level(width: width, height: height, values: plane))]
        while let last = levels.last, min(last.width, last.height) >= 8 { levels.append(smoothed(halved(last))) }
        // From the coarsest up: each level carries what is coarser, equally weighed.
        var above = levels.removeLast()
        var count: Float = 1
        while let level = levels.popLast() {
            var next = level
            for y in 0..<level.height {
                for x in 0..<level.width {
                    // Bilinear between the centres of the coarser pixels.
                    let (sx, sy) = ((Float(x) + 0.5) * Float(above.width) / Float(level.width) - 0.5, (Float(y) + 0.5) * Float(above.height) / Float(level.height) - 0.5)
                    let (x0, y0) = (Int(sx.rounded(.down)), Int(sy.rounded(.down)))
                    let (fx, fy) = (sx - Float(x0), sy - Float(y0))
                    let top = above[x0, y0] * (1 - fx) + above[x0 + 1, y0] * fx, bottom = above[x0, y0 + 1] * (1 - fx) + above[x0 + 1, y0 + 1] * fx
                    next.values[y * level.width + x] = (level.values[y * level.width + x] + (top * (1 - fy) + bottom * fy) * count) / (count + 1)
                }
            }
            count += 1
            above = next
        }
        return zip(plane, above.values).map { $0 * (1 - share) + $1 * share }
    }

    /// Means of 2 x 2; an odd last row or column stands for itself twice.
    private static func halved(_ level: Level) -> Level {
        let (width, height) = ((level.width + 1) / 2, (level.height + 1) / 2)
        var values = [Float](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width {
                values[y * width + x] = (level[2 * x, 2 * y] + level[2 * x + 1, 2 * y] + level[2 * x, 2 * y + 1] + level[2 * x + 1, 2 * y + 1]) / 4
            }
        }
        return Level(width: width, height: height, values: values)
    }

    /// 1 4 6 4 1 along both axes.
    private static func smoothed(_ level: Level) -> Level {
        let (width, height) = (level.width, level.height)
        func pass(_ source: [Float], _ step: Int, _ length: Int, _ lines: Int, _ stride: Int) -> [Float] {
            var out = [Float](repeating: 0, count: source.count)
            source.withUnsafeBufferPointer { source in
                out.withUnsafeMutableBufferPointer { out in
                    for line in 0..<lines {
                        let base = line * stride
                        for k in 0..<length {
                            func at(_ i: Int) -> Float { source[base + (i < 0 ? -i - 1 : i >= length ? 2 * length - 1 - i : i) * step] }
                            if k >= 2, k + 2 < length {
                                let p = base + k * step
                                out[p] = (source[p - 2 * step] + source[p + 2 * step] + 4 * (source[p - step] + source[p + step]) + 6 * source[p]) * 0.0625
                            } else {
                                out[base + k * step] = (at(k - 2) + at(k + 2) + 4 * (at(k - 1) + at(k + 1)) + 6 * at(k)) * 0.0625
                            }
                        }
                    }
                }
            }
            return out
        }
        let across = pass(level.values, 1, width, height, width)
        return Level(width: width, height: height, values: pass(across, width, height, width, 1))
    }
}
