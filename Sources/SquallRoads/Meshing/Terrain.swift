import Foundation
import SquallFrames
import SquallGeometry
import SquallMath

/// Open country beside the roads: heights on a rectangular grid, fine near the roads, coarse towards the horizon.
///
/// Near a road it follows the road's height; far away it blends into gentle hills. No triangle of it comes nearer than its roadside's `bed` to the plane of a
/// road: every corner of a cell that a road touches lies that much below the lowest road point in the cell, and a plane through such corners does too.
public struct Terrain: Sendable {
    /// Grid lines, rising, metres.
    let xs: [Double]
    let ys: [Double]
    /// Row by row from the lowest y.
    let heights: [Float]
    /// World z of the sea, where there is one.
    public let sea: Double?

    /// Plan view: lowest and highest corner, metres.
    public var extent: (lower: Vec2, upper: Vec2) { (Vec2(xs.first ?? 0, ys.first ?? 0), Vec2(xs.last ?? 0, ys.last ?? 0)) }

    /// World z under a point, metres; the nearest edge's beyond the grid.
    public func height(at point: Vec2) -> Double {
        guard let (i, fx) = Terrain.place(point.x, xs), let (j, fy) = Terrain.place(point.y, ys) else { return 0 }
        let (a, b) = (Double(heights[j * xs.count + i]), Double(heights[j * xs.count + i + 1]))
        let (c, d) = (Double(heights[(j + 1) * xs.count + i]), Double(heights[(j + 1) * xs.count + i + 1]))
        // The diagonal runs from the lower left to the upper right corner, as in the mesh.
        return fx >= fy ? a + fx * (b - a) + fy * (d - b) : a + fy * (c - a) + fx * (d - c)
    }

    /// Unit normal under a point.
    public func normal(at point: Vec2) -> Vec3 {
        let h = 0.5
        let dx = height(at: point + Vec2(h, 0)) - height(at: point - Vec2(h, 0))
        let dy = height(at: point + Vec2(0, h)) - height(at: point - Vec2(0, h))
        return Vec3(-dx, -dy, 2 * h).normalized
    }

    private static func place(_ value: Double, _ lines: [Double]) -> (Int, Double)? {
        guard lines.count > 1, value.isFinite else { return nil }
        var (low, high) = (0, lines.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= value { low = middle } else { high = middle }
        }
        return (low, ((value - lines[low]) / (lines[low + 1] - lines[low])).clamped(to: 0...1))
    }

    /// The mesh in blocks of 16 by 16 cells.
    func pieces(origin: Vec3) -> [RoadMeshes.Piece] {
        var result: [RoadMeshes.Piece] = []
        let block = 16
        for j0 in stride(from: 0, to: ys.count - 1, by: block) {
            for i0 in stride(from: 0, to: xs.count - 1, by: block) {
                var draft = MeshDraft()
                let (i1, j1) = (min(i0 + block, xs.count - 1), min(j0 + block, ys.count - 1))
                for j in j0...j1 {
                    for i in i0...i1 { _ = draft.vertex(node(i, j) - origin, slope(i, j), xs[i], ys[j]) }
                }
                let width = UInt32(i1 - i0 + 1)
                for j in 0..<UInt32(j1 - j0) {
                    for i in 0..<(width - 1) {
                        let a = j * width + i
                        draft.quad(a, a + 1, a + width, a + width + 1)
                    }
                }
                if let mesh = draft.mesh() { result.append(RoadMeshes.Piece(mesh: mesh, category: .terrain, material: .country)) }
            }
        }
        return result
    }

    private func node(_ i: Int, _ j: Int) -> Vec3 { Vec3(xs[i], ys[j], Double(heights[j * xs.count + i])) }

    private func slope(_ i: Int, _ j: Int) -> Vec3 {
        let (west, east) = (node(max(0, i - 1), j), node(min(xs.count - 1, i + 1), j))
        let (south, north) = (node(i, max(0, j - 1)), node(i, min(ys.count - 1, j + 1)))
        return cross(east - west, north - south).normalized
    }
}
