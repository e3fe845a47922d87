import SquallFrames
import SquallGeometry
import SquallMath

/// The convex hull, in pixels, of everything placed meshes can cover: their corners, and where their edges cross the near plane.
struct ProjectedHull {
    /// Counter-clockwise in x right, y down turned over: inside is where every edge's `cross` is positive.
    private(set) var corners: [Vec2] = []
    private static let near = 0.05

    init(_ instances: [MeshInstance], _ meshes: [Mesh], pose: Pose, camera: PinholeCamera) {
        let cameraFromWorld = Affine(pose.inverse)
        var points: [Vec2] = []
        for instance in instances {
            let mesh = meshes[Int(instance.mesh)]
            let place = cameraFromWorld * instance.transform
            let moved = mesh.positions.map { place * Vec3($0) }
            for point in moved where point.z >= Self.near { points.append(camera.project(point).pixel) }
            guard moved.contains(where: { $0.z < Self.near }) else { continue }
            for triangle in 0..<mesh.triangleCount {
                let c = (0..<3).map { moved[Int(mesh.indices[3 * triangle + $0])] }
                for (a, b) in [(c[0], c[1]), (c[1], c[2]), (c[2], c[0])] where (a.z < Self.near) != (b.z < Self.near) {
                    points.append(camera.project(lerp(a, b, (Self.near - a.z) / (b.z - a.z))).pixel)
                }
            }
        }
        corners = Self.hull(points)
    }

    /// Andrew's monotone chain.
    private static func hull(_ points: [Vec2]) -> [Vec2] {
        let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        guard sorted.count > 2 else { return sorted }
        func chain(_ points: some Sequence<Vec2>) -> [Vec2] {
            var chain: [Vec2] = []
            for p in points {
                while chain.count > 1, cross(chain[chain.count - 1] - chain[chain.count - 2], p - chain[chain.count - 1]) <= 0 { chain.removeLast() }
                chain.append(p)
            }
            return Array(chain.dropLast())
        }
        return chain(sorted) + chain(sorted.reversed())
    }

    func contains(_ p: Vec2, growth: Double) -> Bool {
        guard corners.count > 2 else { return corners.contains { ($0 - p).length <= growth } }
        return corners.indices.allSatisfy { i in
            let (a, b) = (corners[i], corners[(i + 1) % corners.count])
            return cross((b - a).normalized, p - a) >= -growth
        }
    }

    /// Centres of the first and last pixel of each row of each id but 0. Rows end outside a hull or nowhere, as it is convex: the ends
    /// speak for the pixels between.
    static func rowEnds(_ mask: Image<UInt16>) -> [UInt16: [Vec2]] {
        var ends: [UInt16: [Vec2]] = [:]
        for y in 0..<mask.height {
            var row: [UInt16: (first: Int, last: Int)] = [:]
            for x in 0..<mask.width where mask[x, y] != 0 {
                if row[mask[x, y]] == nil { row[mask[x, y]] = (x, x) } else { row[mask[x, y]]?.last = x }
            }
            for (id, span) in row { ends[id, default: []] += [span.first, span.last].map { Vec2(Double($0) + 0.5, Double(y) + 0.5) } }
        }
        return ends
    }
}
