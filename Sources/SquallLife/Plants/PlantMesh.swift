import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// Collects the mesh of a plant, slot by slot. Every corner comes with its own normal: nothing is welded or averaged afterwards, so that a
/// tree of 20,000 triangles takes milliseconds.
struct PlantMesh {
    struct Corner {
        var position: Vec3, normal: Vec3, texture: Vec2
    }
    private var corners: [[Corner]]
    private var indices: [[UInt32]]

    init(slots: Int) { (corners, indices) = (Array(repeating: [], count: slots), Array(repeating: [], count: slots)) }

    var triangleCount: Int { indices.reduce(0) { $0 + $1.count / 3 } }

    /// Counter-clockwise seen from the front.
    mutating func quad(_ a: Corner, _ b: Corner, _ c: Corner, _ d: Corner, slot: Int) {
        let first = UInt32(corners[slot].count)
        corners[slot] += [a, b, c, d]
        indices[slot] += [first, first + 1, first + 2, first, first + 2, first + 3]
    }

    mutating func triangle(_ a: Corner, _ b: Corner, _ c: Corner, slot: Int) {
        let first = UInt32(corners[slot].count)
        corners[slot] += [a, b, c]
        indices[slot] += [first, first + 1, first + 2]
    }

    /// A net of corners, front where (i direction) x (j direction) points.
    mutating func net(_ points: [[Corner]], closed: Bool = false, slot: Int) {
        guard let columns = points.first?.count, points.count > 1 else { return }
        let first = UInt32(corners[slot].count)
        for row in points { corners[slot] += row }
        for i in 0..<points.count - 1 {
            for j in 0..<(closed ? columns : columns - 1) {
                let k = (j + 1) % columns
                let (a, b) = (first + UInt32(i * columns + j), first + UInt32((i + 1) * columns + j))
                let (c, d) = (first + UInt32((i + 1) * columns + k), first + UInt32(i * columns + k))
                indices[slot] += [a, b, c, a, c, d]
            }
        }
    }

    /// A stem along a path, radius at each point, ending in a point. Texture runs `turns` times round and one unit a `unit` metres along.
    /// - Parameter lobes: how far buttresses stand out at each point, as a share of the radius.
    mutating func stem(_ path: [Vec3], radii: [Double], segments: Int, slot: Int, lobes: [Double] = [], unit: Double = 1) {
        guard path.count > 1, path.count == radii.count else { return }
        var rows: [[Corner]] = []
        var side = Vec3.zero, run = 0.0
        for (i, point) in path.enumerated() {
            let along = (path[min(i + 1, path.count - 1)] - path[max(i - 1, 0)]).normalized
            // Carried along the path, so that the tube does not twist.
            side = side == .zero ? cross(along, abs(along.x) < 0.8 ? Vec3(1, 0, 0) : Vec3(0, 1, 0)).normalized : (side - along * dot(side, along)).normalized
            if side == .zero { side = cross(along, Vec3(0.3, 0.8, 0.5)).normalized }
            let other = cross(along, side)
            if i > 0 { run += (point - path[i - 1]).length / unit }
            let lobe = i < lobes.count ? lobes[i] : 0
            rows.append((0...segments).map { k in
                let angle = 2 * .pi * Double(k) / Double(segments)
                let out = side * cos(angle) + other * sin(angle)
                let swell = 1 + lobe * (0.6 * cos(3 * angle + 0.4) + 0.4 * cos(5 * angle + 1.7))
                return Corner(position: point + out * (radii[i] * swell), normal: out, texture: Vec2(Double(k) / Double(segments), run))
            })
        }
        // Rows run along, columns round counter-clockwise: along x round points inward, so the net is turned.
        net(rows.map { $0.reversed() }, slot: slot)
    }

    /// The mesh stretched so that it touches the box on six sides, each half of it by itself: the origin, where the stem stands, stays.
    /// - Parameter size: of the box, which stands on the ground round the origin; nil leaves the shape as it is.
    func mesh(filling size: Vec3?) -> Mesh {
        var (lower, upper) = (Vec3(repeating: .infinity), Vec3(repeating: -.infinity))
        for corner in corners.joined() { (lower, upper) = (pointwiseMin(lower, corner.position), pointwiseMax(upper, corner.position)) }
        let half = size.map { $0 / 2 } ?? .zero
        let stretch = { (p: Vec3) -> Vec3 in
            guard let size else { return p }
            let x = p.x * half.x / max(1e-6, p.x < 0 ? -lower.x : upper.x), y = p.y * half.y / max(1e-6, p.y < 0 ? -lower.y : upper.y)
            return Vec3(x, y, (p.z - lower.z) * size.z / max(1e-6, upper.z - lower.z))
        }
        var (positions, normals, coordinates, all, parts) = ([Vec3f](), [Vec3f](), [Vec2f](), [UInt32](), [Mesh.Part]())
        positions.reserveCapacity(corners.reduce(0) { $0 + $1.count })
        for slot in corners.indices where !indices[slot].isEmpty {
            let base = UInt32(positions.count), first = all.count / 3
            for corner in corners[slot] {
                positions.append(Vec3f(stretch(corner.position)))
                normals.append(Vec3f(corner.normal))
                coordinates.append(Vec2f(corner.texture))
            }
            all += indices[slot].map { $0 + base }
            parts.append(Mesh.Part(firstTriangle: first, triangleCount: indices[slot].count / 3, slot: slot))
        }
        return Mesh(positions: positions, normals: normals, textureCoordinates: coordinates, indices: all, parts: parts)
    }
}
