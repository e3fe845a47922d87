import Foundation
import SquallFrames
import SquallMath
import SquallRaster

/// Per-object labels of one camera picture: boxes, shares, transmittance, contrast, the detectability verdict.
public struct CameraObjects {
    /// Instance ids of the picture.
    public var instance: Image<UInt16>
    public var depth: Image<Float>
    /// Scene-linear luminance after the medium and before the sensor, cd/m2.
    public var luminance: [Float]
    public var camera: PinholeCamera
    public var pose: Pose
    public var limits: DetectabilityLimits
    /// What the air leaves of light from a world point to the eye.
    public var transmittance: (Vec3) -> Double

    public init(
        instance: Image<UInt16>, depth: Image<Float>, luminance: [Float], camera: PinholeCamera, pose: Pose, limits: DetectabilityLimits,
        transmittance: @escaping (Vec3) -> Double
    ) {
        (self.instance, self.depth, self.luminance, self.camera, self.pose) = (instance, depth, luminance, camera, pose)
        (self.limits, self.transmittance) = (limits, transmittance)
    }

    /// One entry per object that covers a pixel alone, in id order.
    /// - Parameter lone: coverage of each object drawn alone, parallel to `objects`.
    public func labels(objects: [ObjectState], lone: [LoneCoverage]) -> [CameraObject] {
        let tallies = tally(highest: objects.map { Int($0.id) }.max() ?? 0)
        return zip(objects, lone).compactMap { object, alone in
            let seen = tallies[Int(object.id)]
            guard alone.inside > 0 || seen.count > 0 else { return nil }
            // Both passes use the same rule, yet clipping may differ by a pixel at the border: the lone pass never has fewer.
            let inside = max(alone.inside, seen.count)
            let clear = seen.count > 0 ? meanTransmittance(object.id, seen) : transmittance(object.box.pose.position)
            let contrast = seen.count > 0 ? contrast(object.id, seen) : 0
            return CameraObject(
                id: object.id, visibleBox: seen.box, fullBox: alone.box ?? seen.box, projectedBox: ProjectedBox.box(of: object.box, pose: pose, camera: camera),
                visiblePixels: seen.count, lonePixels: inside, visibleShare: Double(seen.count) / Double(inside),
                truncation: alone.truncation, transmittance: clear, contrast: contrast,
                detectable: seen.count >= limits.cameraPixels && contrast >= limits.cameraContrast)
        }
    }

    private struct Tally {
        var count = 0
        var (left, top, right, bottom) = (Int.max, Int.max, Int.min, Int.min)
        var box: Box2D? { count > 0 ? Box2D(left: Double(left), top: Double(top), right: Double(right + 1), bottom: Double(bottom + 1)) : nil }
    }

    private func tally(highest: Int) -> [Tally] {
        var tallies = Array(repeating: Tally(), count: highest + 1)
        tallies.withUnsafeMutableBufferPointer { tallies in
            instance.pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<instance.height {
                    for x in 0..<instance.width {
                        let id = Int(pixels[y * instance.width + x])
                        guard id != 0, id <= highest else { continue }
                        tallies[id].count += 1
                        tallies[id].left = min(tallies[id].left, x)
                        tallies[id].right = max(tallies[id].right, x)
                        tallies[id].top = min(tallies[id].top, y)
                        tallies[id].bottom = max(tallies[id].bottom, y)
                    }
                }
            }
        }
        return tallies
    }

    /// Mean over at most 256 of the object's pixels, evenly spread in reading order.
    private func meanTransmittance(_ id: UInt16, _ seen: Tally) -> Double {
        let stride = max(1, (seen.count + 255) / 256)
        var (number, sum, used) = (0, 0.0, 0)
        for y in seen.top...seen.bottom {
            for x in seen.left...seen.right where instance[x, y] == id {
                defer { number += 1 }
                guard number % stride == 0 else { continue }
                let point = camera.unproject(Vec2(Double(x) + 0.5, Double(y) + 0.5), depth: Double(depth[x, y]))
                sum += transmittance(pose * point)
                used += 1
            }
        }
        return used > 0 ? sum / Double(used) : 0
    }

    /// |L_object - L_ring| / L_ring with a ring of the pixels within four of the object (chessboard distance) that are not its own.
    private func contrast(_ id: UInt16, _ seen: Tally) -> Double {
        let reach = 4
        let (x0, y0) = (max(0, seen.left - reach), max(0, seen.top - reach))
        let (x1, y1) = (min(instance.width - 1, seen.right + reach), min(instance.height - 1, seen.bottom + reach))
        let (w, h) = (x1 - x0 + 1, y1 - y0 + 1)
        // near[x]: rows; two separable passes of "was there an object pixel within reach".
        var across = [Bool](repeating: false, count: w * h)
        var (own, ring, ownCount, ringCount) = (0.0, 0.0, 0, 0)
        for y in 0..<h {
            var last = Int.min / 2
            for x in 0..<w {
                if instance[x0 + x, y0 + y] == id { last = x }
                if x - last <= reach { across[y * w + x] = true }
            }
            last = Int.max / 2
            for x in stride(from: w - 1, through: 0, by: -1) {
                if instance[x0 + x, y0 + y] == id { last = x }
                if last - x <= reach { across[y * w + x] = true }
            }
        }
        for x in 0..<w {
            var window = 0
            for y in 0..<min(reach, h) where across[y * w + x] { window += 1 }
            for y in 0..<h {
                if y + reach < h && across[(y + reach) * w + x] { window += 1 }
                if y - reach - 1 >= 0 && across[(y - reach - 1) * w + x] { window -= 1 }
                let value = Double(luminance[(y0 + y) * instance.width + x0 + x])
                if instance[x0 + x, y0 + y] == id {
                    own += value
                    ownCount += 1
                } else if window > 0 {
                    ring += value
                    ringCount += 1
                }
            }
        }
        guard ownCount > 0, ringCount > 0, ring > 0 else { return 0 }
        let surround = ring / Double(ringCount)
        return abs(own / Double(ownCount) - surround) / surround
    }
}

extension LoneCoverage {
    /// Tight box of the covered pixels inside the image.
    var box: Box2D? {
        guard let columns, let rows else { return nil }
        return Box2D(left: Double(columns.lowerBound), top: Double(rows.lowerBound), right: Double(columns.upperBound + 1), bottom: Double(rows.upperBound + 1))
    }
}
