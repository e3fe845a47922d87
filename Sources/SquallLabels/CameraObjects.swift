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
    public var model: CameraModel
    public var pose: Pose
    public var limits: DetectabilityLimits
    /// A row of a rolling shutter: where the camera is when it is read, and seconds from the stamp.
    public struct Row: Sendable {
        public var pose: Pose
        public var seconds: Double
        public init(pose: Pose, seconds: Double) { (self.pose, self.seconds) = (pose, seconds) }
    }
    /// One for each row of the picture; empty where all look at once.
    public var rows: [Row]
    /// What the air leaves of light from a world point to the eye.
    public var transmittance: (Vec3) -> Double

    public init(
        instance: Image<UInt16>, depth: Image<Float>, luminance: [Float], model: CameraModel, pose: Pose, rows: [Row] = [],
        limits: DetectabilityLimits, transmittance: @escaping (Vec3) -> Double
    ) {
        (self.instance, self.depth, self.luminance, self.model, self.pose) = (instance, depth, luminance, model, pose)
        (self.rows, self.limits, self.transmittance) = (rows, limits, transmittance)
    }

    /// One entry per object that covers a pixel alone, in id order.
    /// - Parameter lone: coverage of each object drawn alone, parallel to `objects`.
    public func labels(objects: [ObjectState], lone: [LoneCoverage]) -> [CameraObject] {
        let tallies = tally(highest: objects.map { Int($0.id) }.max() ?? 0)
        return zip(objects, lone).compactMap { object, alone in
            let seen = tallies[Int(object.id)]
            guard alone.inside > 0 || seen.count > 0 else { return nil }
            // Both passes use the same rule, yet large triangles are cut at other places by a pixel or so: what is seen counts alone as well.
            let inside = max(alone.inside, seen.count)
            let clear = seen.count > 0 ? meanTransmittance(object.id, seen) : transmittance(object.box.pose.position)
            let contrast = seen.count > 0 ? contrast(object.id, seen) : 0
            var label = CameraObject(
                id: object.id, visibleBox: seen.box, fullBox: seen.box.map { $0.union(alone.box ?? $0) } ?? alone.box,
                projectedBox: ProjectedBox.box(of: object.box, model: model) { place($0, of: object) },
                visiblePixels: seen.count, lonePixels: inside, visibleShare: Double(seen.count) / Double(inside),
                truncation: alone.truncation, transmittance: clear, contrast: contrast,
                detectable: seen.count >= limits.cameraPixels && contrast >= limits.cameraContrast)
            label.keypoints = object.keypoints.map { keypoint($0, of: object) }
            return label
        }
    }

    /// Where a point of a body is in the picture. It is visible where its pixel shows the body and no more than its own flesh is before it;
    /// behind other things or the rest of the body it is hidden.
    private func keypoint(_ point: BodyPoint, of object: ObjectState) -> CameraKeypoint {
        let place = place(point.position, of: object)
        guard let pixel = model.project(place), pixel.x >= 0, pixel.y >= 0, pixel.x < Double(instance.width), pixel.y < Double(instance.height) else { return .unlabelled }
        let (x, y) = (Int(pixel.x), Int(pixel.y))
        let seen = instance[x, y] == object.id && Double(depth[x, y]) >= model.depth(place) - point.flesh
        return CameraKeypoint(x: pixel.x, y: pixel.y, visibility: seen ? .visible : .hidden)
    }

    /// A world point of an object in camera axes: with a rolling shutter as the row that meets it sees it, the object moved on or back to that row's time.
    private func place(_ point: Vec3, of object: ObjectState) -> Vec3 {
        guard !rows.isEmpty else { return pose.inverse * point }
        let velocity = object.velocity + cross(object.angularVelocity, point - object.box.pose.position)
        var (row, place) = (rows.count / 2, Vec3.zero)
        for _ in 0..<8 {
            place = rows[row].pose.inverse * (point + velocity * rows[row].seconds)
            guard let pixel = model.project(place) else { break }
            let next = Int(pixel.y.rounded(.down).clamped(to: 0...Double(rows.count - 1)))
            if next == row { break }
            row = next
        }
        return place
    }

    private struct Tally {
        var count = 0
        var (left, top, right, bottom) = (Int.max, Int.max, Int.min, Int.min)
        /// Depth of its nearest visible point, metres.
        var nearest = Float.infinity
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
                        tallies[id].nearest = min(tallies[id].nearest, depth.pixels[y * instance.width + x])
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
                guard let point = model.point(Vec2(Double(x) + 0.5, Double(y) + 0.5), depth: Double(depth[x, y])) else { continue }
                sum += transmittance(pose * point)
                used += 1
            }
        }
        return used > 0 ? sum / Double(used) : 0
    }

    /// The contrast of `DetectabilityLimits`. Other objects before the nearest visible point are no background; where nothing else is
    /// beside the object (it shows through a gap), they are.
    private func contrast(_ id: UInt16, _ seen: Tally) -> Double {
        edgeContrast(id, seen, beyond: seen.nearest) ?? edgeContrast(id, seen, beyond: -.infinity) ?? 0
    }

    /// - Parameter beyond: depth from which on other objects are background, metres.
    /// - Returns: nil when no pixel of the object has background within reach.
    private func edgeContrast(_ id: UInt16, _ seen: Tally, beyond: Float) -> Double? {
        let reach = 4
        let (x0, y0) = (max(0, seen.left - reach), max(0, seen.top - reach))
        let (w, h) = (min(instance.width - 1, seen.right + reach) - x0 + 1, min(instance.height - 1, seen.bottom + reach) - y0 + 1)
        // Sums over the window of each pixel: first along rows, then over the rows that a column's window holds.
        var across = [(sum: Float, count: UInt8)](repeating: (0, 0), count: w * h)
        for y in 0..<h {
            let row = (y0 + y) * instance.width + x0
            func background(_ x: Int) -> Bool {
                let other = instance.pixels[row + x]
                return other != id && (other == 0 || depth.pixels[row + x] >= beyond)
            }
            var (sum, count) = (0.0, 0)
            for x in 0..<min(reach, w) where background(x) { (sum, count) = (sum + Double(luminance[row + x]), count + 1) }
            for x in 0..<w {
                if x + reach < w, background(x + reach) { (sum, count) = (sum + Double(luminance[row + x + reach]), count + 1) }
                if x > reach, background(x - reach - 1) { (sum, count) = (sum - Double(luminance[row + x - reach - 1]), count - 1) }
                across[y * w + x] = (count > 0 ? Float(max(0, sum)) : 0, UInt8(count))
            }
        }
        var window = [(sum: Double, count: Int)](repeating: (0, 0), count: w)
        func slide(_ y: Int, _ sign: Int) {
            guard y >= 0, y < h else { return }
            for x in 0..<w { window[x] = (window[x].sum + Double(sign) * Double(across[y * w + x].sum), window[x].count + sign * Int(across[y * w + x].count)) }
        }
        for y in 0..<reach { slide(y, 1) }
        var (total, edge) = (0.0, 0)
        for y in 0..<h {
            slide(y + reach, 1)
            slide(y - reach - 1, -1)
            let row = (y0 + y) * instance.width + x0
            for x in 0..<w where window[x].count > 0 && instance.pixels[row + x] == id {
                let (own, beside) = (Double(luminance[row + x]), max(0, window[x].sum) / Double(window[x].count))
                total += beside > 0 ? abs(own - beside) / beside : own > 0 ? 1 : 0
                edge += 1
            }
        }
        return edge > 0 ? total / Double(edge) : nil
    }
}

extension LoneCoverage {
    /// Tight box of the covered pixels inside the image.
    var box: Box2D? {
        guard let columns, let rows else { return nil }
        return Box2D(left: Double(columns.lowerBound), top: Double(rows.lowerBound), right: Double(columns.upperBound + 1), bottom: Double(rows.upperBound + 1))
    }
}
