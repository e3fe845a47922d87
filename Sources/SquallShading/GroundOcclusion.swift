import CSquallKernels
import Foundation
import SquallFrames
import SquallMath
import SquallRaster

/// How much of the sky the boxes of vehicles, people and buildings hide from the ground: contact shadows under any sky.
///
/// Two maps around the eye, seen from above, fine and coarse. A box with footprint distance `d` (outside positive), height `h`,
/// clearance `c` below it and half-width `w` hides `(1 - d/sqrt(d^2+h^2))/2` of the cosine-weighted sky as an endless wall does, times
/// `w/sqrt(w^2+d^2)` for its finite width; under the box, at depth `e` from its edge, light comes through the gap only and
/// `(1 + e/sqrt(e^2+c^2))/2` is hidden. Both give a half at the edge. Boxes multiply what they leave. Crowns of trees hide as much of it as leaves
/// fill, six tenths, and stand high: light comes in below them.
final class GroundOcclusion: @unchecked Sendable {   // written in `init` only
    static let size = 512
    /// Metres per texel of the fine and the coarse map.
    static let cells: [Float] = [0.125, 0.5]
    /// How far above a box's bottom its shade still reaches at most, metres; and how far below it.
    private static let thickness: Float = 0.5, drop: Float = 1
    /// Of a crown: share of the light it stops, and height of its foot over that of the tree.
    private static let foliage: Float = 0.6, foot: Float = 0.3

    private let visible: UnsafeMutablePointer<Float>
    private let height: UnsafeMutablePointer<Float>
    /// One over the metres above the bottom that the shade reaches.
    private let fading: UnsafeMutablePointer<Float>
    let isEmpty: Bool

    /// - Parameters: boxes of solid things and of trees, world frame, yaw only is honoured.
    init(boxes: [OrientedBox], crowns: [OrientedBox] = [], eye: Vec3) {
        let count = Self.size * Self.size * Self.cells.count
        let reach = Double(Self.size) * Double(Self.cells[Self.cells.count - 1]) / 2
        let isNear = { (box: OrientedBox) in (box.pose.position - eye).xy.length < reach + max(box.size.x, box.size.y) && box.size.z > 0.2 }
        let near = boxes.filter(isNear).map { Footprint($0, eye: eye) } + crowns.filter(isNear).map { Footprint($0, eye: eye, crown: true) }
        isEmpty = near.isEmpty
        visible = .allocate(capacity: isEmpty ? 1 : count)
        height = .allocate(capacity: isEmpty ? 1 : count)
        fading = .allocate(capacity: isEmpty ? 1 : count)
        guard !isEmpty else { return }
        visible.initialize(repeating: 1, count: count)
        height.initialize(repeating: 0, count: count)
        fading.initialize(repeating: 1 / Self.thickness, count: count)
        for box in near {
            for level in Self.cells.indices { stamp(box, level) }
        }
    }

    deinit {
        visible.deallocate()
        height.deallocate()
        fading.deallocate()
    }

    private struct Footprint {
        var center: Vec2f, axis: Vec2f, half: Vec2f
        var bottom: Float, height: Float, clearance: Float, reach: Float
        /// How far above its bottom it still shades: what is low or slim shades itself no higher than that.
        var thickness: Float
        /// Share of the light behind it that it stops.
        var density: Float
        var isCrown: Bool

        init(_ box: OrientedBox, eye: Vec3, crown: Bool = false) {
            let relative = box.pose.position - eye
            center = Vec2f(Float(relative.x), Float(relative.y))
            let yaw = box.pose.rotation.yaw
            axis = Vec2f(Float(cos(yaw)), Float(sin(yaw)))
            half = Vec2f(Float(box.size.x / 2), Float(box.size.y / 2))
            height = Float(box.size.z)
            bottom = Float(relative.z - box.size.z / 2)
            clearance = crown ? GroundOcclusion.foot * height : min(0.3, 0.16 * height)
            (density, isCrown) = (crown ? GroundOcclusion.foliage : 1, crown)
            reach = min(8, 2.5 * height)
            thickness = max(0.05, min(GroundOcclusion.thickness, min(0.5 * height, 0.7 * min(half.x, half.y))))
        }

        /// Share of the sky that stays visible at a point of the plane.
        @inline(__always) func visible(_ p: Vec2f) -> Float {
            let d = p - center
            let local = isCrown ? round(d) : Vec2f(abs(dot(d, axis)), abs(cross(axis, d))) - half
            if local.x > 0 || local.y > 0 {
                let distance = Vec2f(max(local.x, 0), max(local.y, 0)).length
                if distance >= reach { return 1 }
                let wall = 0.5 * (1 - distance / (distance * distance + height * height).squareRoot())
                let width = local.x > local.y ? half.y : half.x
                let fade = 1 - distance / reach
                return 1 - density * wall * width / (width * width + distance * distance).squareRoot() * fade
            }
            let inside = -max(local.x, local.y)
            return 1 - density * 0.5 * (1 + inside / (inside * inside + clearance * clearance).squareRoot())
        }

        /// Crowns are as wide everywhere.
        @inline(__always) private func round(_ d: Vec2f) -> Vec2f {
            let outside = d.length - min(half.x, half.y)
            return Vec2f(outside, outside > 0 ? -1 : outside)
        }
    }

    private func stamp(_ box: Footprint, _ level: Int) {
        let (cell, half) = (Self.cells[level], Float(Self.size) / 2)
        let extent = box.half.length + box.reach
        let range = { (c: Float) -> ClosedRange<Int>? in
            // Clamped before it is whole: a box may be of any size.
            let last = Float(Self.size - 1)
            let low = Int(max(0, min(last + 1, ((c - extent) / cell + half).rounded(.down)))), high = Int(max(-1, min(last, ((c + extent) / cell + half).rounded(.up))))
            return low <= high ? low...high : nil
        }
        guard let columns = range(box.center.x), let rows = range(box.center.y) else { return }
        let base = level * Self.size * Self.size
        for row in rows {
            for column in columns {
                let p = Vec2f((Float(column) + 0.5 - half) * cell, (Float(row) + 0.5 - half) * cell)
                let share = box.visible(p)
                guard share < 0.999 else { continue }
                let index = base + row * Self.size + column
                if share < visible[index] || visible[index] == 1 { (height[index], fading[index]) = (box.bottom, 1 / box.thickness) }
                visible[index] *= share
            }
        }
    }

    /// Share of the sky's light that reaches points (relative to the eye), 1 where nothing stands near.
    @inline(__always) func visibility(_ position: Vector8) -> Lanes {
        if isEmpty { return splat(1) }
        let half = Float(Self.size) / 2
        let fineReach = (half - 2) * Self.cells[0], coarseReach = (half - 2) * Self.cells[1]
        let reach = sqv_max(sqv_abs(position.x), sqv_abs(position.y))
        let fine = sqv_less(reach, splat(fineReach))
        let scale = sqv_select(fine, splat(1 / Self.cells[0]), splat(1 / Self.cells[1]))
        let limit = half - 2
        let u = sqv_min(sqv_max(position.x * scale, splat(-limit)), splat(limit)) + (half - 0.5)
        let v = sqv_min(sqv_max(position.y * scale, splat(-limit)), splat(limit)) + (half - 0.5)
        let (fu, fv) = (sqv_floor(u), sqv_floor(v))
        let index = sqv_int(fv) &* Int32(Self.size) &+ sqv_int(fu) &+ (~fine & Int32(Self.size * Self.size))
        let below = sqv_gather(height, index)
        let low = mix(sqv_gather(visible, index), sqv_gather(visible, index &+ 1), u - fu)
        let high = mix(sqv_gather(visible, index &+ Int32(Self.size)), sqv_gather(visible, index &+ Int32(Self.size + 1)), u - fu)
        // Full on the ground, gone half a metre above the box's bottom, on a valley's floor below it and beyond the map.
        let rise = sqv_max(clamp01((position.z - below) * sqv_gather(fading, index)), clamp01(below - position.z - Self.drop))
        let beyond = smoothstep(0.9 * coarseReach, coarseReach, reach)
        return mix(mix(low, high, v - fv), splat(1), sqv_max(rise, beyond))
    }
}
