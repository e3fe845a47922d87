import CSquallKernels
import Foundation
import SquallFrames
import SquallMath
import SquallRaster

/// Which lamps reach which part of the view: lists for every 64 x 64 tile and every slice of depth, so that a point asks only those that may
/// light it (Olsson, Billeter, Assarsson 2012).
struct LampClusters {
    /// Slices are half an octave of depth; the first ends at one metre.
    static let slices = 18
    let tilesAcross: Int, tilesDown: Int
    /// Where each cluster's list begins; one more than clusters.
    private(set) var starts: [Int32] = []
    private(set) var lists: [UInt16] = []

    static func slice(_ depth: Float) -> Int { depth <= 1 ? 0 : min(slices - 1, 1 + Int(2 * log2(depth))) }
    /// The same for eight depths.
    @inline(__always) static func slice(_ depth: Lanes) -> LaneInts {
        sqv_clamp_i(sqv_int(sqv_floor(sqv_log2(sqv_max(depth, splat(1e-3))) * 2)) &+ 1, 0, Int32(slices - 1))
    }
    private static func bounds(_ slice: Int) -> ClosedRange<Float> {
        let start = slice == 0 ? 0 : Float(exp2(Double(slice - 1) / 2))
        return start...(slice == slices - 1 ? 2_000 : Float(exp2(Double(slice) / 2)))
    }

    /// A sphere in the world's axes, relative to the eye.
    private struct Ball {
        var center: SIMD3<Float>
        var radius: Float
    }

    /// One tile for all: every lamp may light every point.
    init(everywhere lamps: [LampSource]) {
        (tilesAcross, tilesDown) = (1, 1)
        lists = (0..<Self.slices).flatMap { _ in lamps.indices.map { UInt16($0) } }
        starts = (0...Self.slices).map { Int32($0 * lamps.count) }
    }

    init(_ lamps: [LampSource], view: RasterCamera) {
        let lens = view.camera
        (tilesAcross, tilesDown) = ((lens.width + 63) / 64, (lens.height + 63) / 64)
        starts.reserveCapacity(tilesAcross * tilesDown * Self.slices + 1)
        starts.append(0)
        guard !lamps.isEmpty else {
            starts = Array(repeating: 0, count: tilesAcross * tilesDown * Self.slices + 1)
            return
        }
        let axes = view.pose.rotation.columns
        let (x, y, z) = (SIMD3<Float>(axes.0), SIMD3<Float>(axes.1), SIMD3<Float>(axes.2))
        for tile in 0..<tilesAcross * tilesDown {
            let (column, row) = (tile % tilesAcross * 64, tile / tilesAcross * 64)
            let left = Float((Double(column) - lens.cx) / lens.fx), right = Float((Double(min(column + 64, lens.width)) - lens.cx) / lens.fx)
            let top = Float((Double(row) - lens.cy) / lens.fy), bottom = Float((Double(min(row + 64, lens.height)) - lens.cy) / lens.fy)
            for slice in 0..<Self.slices {
                let range = Self.bounds(slice)
                let ball = Self.ball(left, right, top, bottom, range)
                let center = x * ball.center.x + y * ball.center.y + z * ball.center.z
                for (index, lamp) in lamps.enumerated() where Self.reaches(lamp, Ball(center: center, radius: ball.radius)) { lists.append(UInt16(index)) }
                starts.append(Int32(lists.count))
            }
        }
    }

    /// Around a piece of the view's pyramid, camera axes.
    private static func ball(_ left: Float, _ right: Float, _ top: Float, _ bottom: Float, _ range: ClosedRange<Float>) -> Ball {
        let (near, far) = (range.lowerBound, range.upperBound)
        let low = SIMD3(min(left * near, left * far), min(top * near, top * far), near), high = SIMD3(max(right * near, right * far), max(bottom * near, bottom * far), far)
        let half = (high - low) * 0.5
        return Ball(center: (low + high) * 0.5, radius: dot(half, half).squareRoot())
    }

    /// Whether any light of a lamp may come to a ball: spheres, then the lamp's cone (Bart Wronski's test of a sphere against a cone).
    private static func reaches(_ lamp: LampSource, _ ball: Ball) -> Bool {
        let to = ball.center - lamp.position
        let square = dot(to, to), reach = lamp.range + ball.radius
        guard square < reach * reach else { return false }
        let (cosine, sine) = lamp.cone
        guard cosine >= 0 else { return true }
        let along = dot(to, lamp.forward)
        let aside = max(0, square - along * along).squareRoot()
        return cosine * aside - sine * along < ball.radius && along > -ball.radius
    }
}
