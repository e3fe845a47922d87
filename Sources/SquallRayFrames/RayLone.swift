import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays

/// What each object covers alone through a lens that the rasterizer cannot draw: the same rays as the picture's, cast into the object by itself.
///
/// Outside the picture every fourth column of every fourth row is asked and counts for sixteen pixels, as far as the lens sees and `margin` allows.
public struct RayLone: Sendable {
    public let table: LensTable
    public let trees: MeshTrees
    public let pose: Pose
    public let rows: [RayScene.Row]
    public let margin: Int
    private static let step = 4

    public init(table: LensTable, trees: MeshTrees, pose: Pose, rows: [RayScene.Row] = [], margin: Int) {
        (self.table, self.trees, self.pose, self.rows, self.margin) = (table, trees, pose, rows, margin)
    }

    /// - Parameters:
    ///   - objects: for each object its run of `instances`.
    ///   - end: the instances when the last row is read; nil when all rows look at once.
    public func coverage(_ objects: [Range<Int>], of instances: [MeshInstance], end: [MeshInstance]? = nil, meshes: [Mesh], pool: WorkerPool) -> [LoneCoverage] {
        var result = Array(repeating: LoneCoverage(), count: objects.count)
        result.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let slots = buffer   // one slot per item
            pool.run(objects.count) { item, _ in
                let run = objects[item]
                guard !run.isEmpty, let window = window(Array(instances[run]) + (end.map { Array($0[run]) } ?? []), meshes) else { return }
                slots[item] = count(RayScene(trees, Array(instances[run]), end: end.map { Array($0[run]) }), window)
            }
        }
        return result
    }

    private func count(_ scene: RayScene, _ window: (columns: Range<Int>, rows: Range<Int>)) -> LoneCoverage {
        let caster = RayCaster(scene)
        var result = LoneCoverage()
        let (width, height) = (table.width, table.height)
        for y in window.rows {
            let isInside = y >= 0 && y < height
            guard isInside || y % Self.step == 0 else { continue }
            let row = rows.isEmpty ? RayScene.Row(pose: pose) : rows[min(max(y, 0), rows.count - 1)]
            let axes = row.pose.rotation.columns
            caster.move(to: row.pose.position, fraction: row.fraction)
            func covers(_ d: Vec3) -> Bool {
                caster.closest(Vec3f(axes.0 * d.x + axes.1 * d.y + axes.2 * d.z), minimum: RayView.nearest).isHit
            }
            for x in window.columns {
                if isInside, x >= 0, x < width {
                    let pixel = y * width + x
                    guard table.sees(pixel) else { continue }
                    let d = table.direction(pixel)
                    // The very rays of the picture: world axes in single precision.
                    let (right, down, ahead) = (SIMD3<Float>(axes.0), SIMD3<Float>(axes.1), SIMD3<Float>(axes.2))
                    guard caster.closest(right * d.x + down * d.y + ahead * d.z, minimum: RayView.nearest).isHit else { continue }
                    result.inside += 1
                    result.total += 1
                    result.columns = min(result.columns?.lowerBound ?? x, x)...max(result.columns?.upperBound ?? x, x)
                    result.rows = min(result.rows?.lowerBound ?? y, y)...max(result.rows?.upperBound ?? y, y)
                } else if x % Self.step == 0, y % Self.step == 0, let d = table.model.direction(Vec2(Double(x) + 0.5, Double(y) + 0.5)), covers(d) {
                    result.total += Self.step * Self.step
                }
            }
        }
        return result
    }

    /// Widens an extent by the picture of a sphere in camera axes.
    /// - Returns: false where the sphere comes near the eye or the rim of the lens, so that its picture may be anywhere.
    private func rim(_ center: Vec3, _ radius: Double, into lower: inout Vec2, _ upper: inout Vec2) -> Bool {
        let distance = center.length
        guard distance > radius * 1.05 else { return false }
        let axis = center / distance
        let side = cross(abs(axis.x) < 0.9 ? Vec3(1, 0, 0) : Vec3(0, 1, 0), axis).normalized, other = cross(axis, side)
        let points = 48
        // A polygon about the rim lies inside it by the cosine of half a side.
        let angle = asin(radius / distance) / cos(.pi / Double(points))
        guard angle < 1.5 else { return false }
        var missed = 0
        for k in 0..<points {
            let turn = 2 * .pi * Double(k) / Double(points)
            let d = axis * cos(angle) + (side * cos(turn) + other * sin(turn)) * sin(angle)
            guard let pixel = table.model.project(d) else { missed += 1; continue }
            lower = pointwiseMin(lower, pixel)
            upper = pointwiseMax(upper, pixel)
        }
        return missed == 0 || (missed == points && table.model.project(center) == nil)
    }

    /// Pixels that the object's bounding spheres may reach; nil for none. The rim of a sphere's cone bounds its picture.
    /// - Parameter instances: with a rolling shutter of both ends of the read-out.
    private func window(_ instances: [MeshInstance], _ meshes: [Mesh]) -> (columns: Range<Int>, rows: Range<Int>)? {
        let all = (columns: -margin..<(table.width + margin), rows: -margin..<(table.height + margin))
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        // A rolling shutter sees the object from other places; on the way between them paths bend by centimetres.
        let poses = ([rows.first?.pose, pose, rows.last?.pose] as [Pose?]).compactMap { $0 }, slack = rows.isEmpty ? 0 : 0.05
        for instance in instances where meshes.indices.contains(Int(instance.mesh)) {
            let box = instance.shape?.bounds ?? meshes[Int(instance.mesh)].bounds
            let radius = (Vec3(box.upper) - Vec3(box.lower)).length / 2 * instance.transform.stretch * 1.001 + 1e-3 + slack
            let middle = instance.transform * ((Vec3(box.lower) + Vec3(box.upper)) * 0.5)
            for pose in poses {
                if !rim(pose.inverse * middle, radius, into: &lower, &upper) { return all }
            }
        }
        guard lower.x <= upper.x else { return nil }
        func range(_ low: Double, _ high: Double, _ limits: Range<Int>) -> Range<Int>? {
            let first = max(limits.lowerBound, Int((low - 2).clamped(to: -1e6...1e6))), end = min(limits.upperBound, Int((high + 3).clamped(to: -1e6...1e6)))
            return first < end ? first..<end : nil
        }
        guard let columns = range(lower.x, upper.x, all.columns), let rows = range(lower.y, upper.y, all.rows) else { return nil }
        return (columns, rows)
    }
}
