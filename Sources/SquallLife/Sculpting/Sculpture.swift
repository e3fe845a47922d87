import SquallAssets
import SquallGeometry
import SquallMath

/// One closed piece of a sculpted body in one material: skin, a garment, a shoe.
struct SculptLayer: Sendable {
    var field: SculptField
    var box: BoundingBox
    /// Grid of the finest level, metres.
    var cell: Double
    var slot: Int
    /// Bones it may hang on.
    var bones: [Int]
    /// Metres over which a vertex goes from one bone to the next.
    var softness: Double
    /// The coarsest level that still has it; 2 for all that are simplified too.
    var coarsest = 2
    /// How much coarser its grid may become, at most.
    var largestCell = Double.infinity
    /// Planes that the finished surface is cut along, cleaner than its grid could: what lies ahead of each is kept.
    var cuts: [Cut] = []

    struct Cut: Sendable {
        var point: Vec3
        /// Unit, into what stays.
        var normal: Vec3
        /// Metres that the edge is folded inwards; 0 when a neighbour goes on from there.
        var hem: Double
    }

    init(_ blobs: [Blob], offset: Double = 0, lower: Vec3, upper: Vec3, cell: Double, slot: Int, bones: [Int], softness: Double) {
        (field, box) = (SculptField(blobs, offset: offset), BoundingBox(lower: Vec3f(lower), upper: Vec3f(upper)))
        (self.cell, self.slot, self.bones, self.softness) = (cell, slot, bones, softness)
    }
}

/// A body modelled as layers over a skeleton: meshed at every level of detail, hung on its bones, and fitted to its box.
struct Sculpture {
    var layers: [SculptLayer]
    /// In the pose it was modelled in.
    var skeleton: Skeleton
    /// From the pose it was modelled in to the one it has at rest.
    var rest: [Pose]
    /// How thick the flesh around each bone is, metres.
    var flesh: [Double]
    /// Bones that only hold what is on their own side of the middle.
    var sided: [Int]
    /// Below this height the sides do not share vertices, metres.
    var crotch: Double
    /// Where a point of the body, in the pose it was modelled in, looks up its colour; nil without a picture.
    var coordinates: (@Sendable (Vec3) -> Vec2f)?

    /// Something stiff on one bone.
    struct Held {
        var bone: Int
        /// Where its own origin lies, in the pose the body was modelled in.
        var at: Vec3
        /// Its triangles at a level.
        var mesh: @Sendable (Int) -> Mesh
    }
    var held: Held?

    /// How much coarser the grid of the second level is.
    private static let coarsening = 1.9
    /// What the levels after it aim at, and how far the last may be off, metres of a model about 1 m tall.
    private static let triangles = [1500, 400], limit = 0.05

    /// Levels of detail, finest first, each with the distance it serves from in metres: two grids of the body itself, then simplifications of
    /// the second without its small parts, each from where its error shows no more.
    /// - Parameters:
    ///   - near: where the second grid begins, metres.
    ///   - scale: of the finished body over this model.
    func levels(near: Double, scale: Double) -> [(mesh: Mesh, distance: Double)] {
        let second = body(coarsening: Self.coarsening, level: 1), near = (mesh: holding(second, level: 1), distance: near)
        var result = [(mesh: holding(body(coarsening: 1, level: 0), level: 0), distance: 0), near]
        var simplifier = MeshSimplifier(layers.contains { $0.coarsest < 2 } ? body(coarsening: Self.coarsening, level: 2) : second)
        var last = near.distance
        for count in Self.triangles {
            let before = simplifier.triangleCount
            simplifier.reduce(to: count, limit: Self.limit)
            guard simplifier.triangleCount < before * 8 / 10 else { break }
            last = max(1.3 * last, Asset.distance(forError: simplifier.error * scale))
            result.append((holding(simplifier.filled(), level: 2), last))
        }
        return result
    }

    /// One mesh with its skin, in the pose at rest.
    /// - Parameter level: layers that end before it are left out.
    private func body(coarsening: Double, level: Int) -> Mesh {
        var (positions, normals, indices, parts) = ([Vec3f](), [Vec3f](), [UInt32](), [Mesh.Part]())
        var skin = MeshSkin(bones: [], weights: [])
        for layer in layers.sorted(by: { $0.slot < $1.slot }) where layer.coarsest >= level {
            var net = SurfaceNet(layer.field, in: layer.box, cell: Float(min(layer.cell * coarsening, max(layer.cell, layer.largestCell))))
            for cut in layer.cuts { net.cut(Vec3f(cut.point), Vec3f(cut.normal), hem: Float(cut.hem)) }
            let base = UInt32(positions.count)
            for p in net.positions {
                let (bones, weights) = hang(Vec3(p), layer)
                skin.bones.append(bones)
                skin.weights.append(weights)
            }
            if parts.last?.slot == layer.slot {
                parts[parts.count - 1].triangleCount += net.indices.count / 3
            } else if !net.indices.isEmpty {
                parts.append(Mesh.Part(firstTriangle: indices.count / 3, triangleCount: net.indices.count / 3, slot: layer.slot))
            }
            positions += net.positions
            normals += net.normals
            indices += net.indices.map { $0 + base }
        }
        let lookUp = coordinates.map { coordinates in positions.map { coordinates(Vec3($0)) } } ?? []
        var mesh = Mesh(positions: positions, normals: normals, textureCoordinates: lookUp, indices: indices, parts: parts)
        mesh.skin = skin
        if let shape = mesh.deformed(by: rest) {
            (mesh.positions, mesh.normals, mesh.bounds) = (shape.positions, shape.normals, shape.bounds)
        }
        return mesh
    }

    /// With what it holds.
    private func holding(_ body: Mesh, level: Int) -> Mesh {
        guard let held else { return body }
        var result = body
        let thing = held.mesh(level), base = UInt32(body.positions.count), at = Affine(rest[held.bone])
        result.parts += thing.parts.map { Mesh.Part(firstTriangle: $0.firstTriangle + body.indices.count / 3, triangleCount: $0.triangleCount, slot: $0.slot) }
        result.positions += thing.positions.map { Vec3f(at * (Vec3($0) + held.at)) }
        result.normals += thing.normals.map { Vec3f(at.linear(Vec3($0))) }
        result.indices += thing.indices.map { $0 + base }
        result.skin?.bones += Array(repeating: SIMD4(UInt8(held.bone), 0, 0, 0), count: thing.positions.count)
        result.skin?.weights += Array(repeating: SIMD4(1, 0, 0, 0), count: thing.positions.count)
        result.bounds = BoundingBox(containing: result.positions)
        return result
    }

    /// The skeleton in the pose at rest.
    var restSkeleton: Skeleton {
        Skeleton(skeleton.bones.enumerated().map { Skeleton.Bone($1.name, parent: $1.parent, joint: rest[$0] * $1.joint, tip: rest[$0] * $1.tip) })
    }

    /// The bones a point hangs on: the nearest, and those hardly farther.
    private func hang(_ p: Vec3, _ layer: SculptLayer) -> (SIMD4<UInt8>, SIMD4<Float>) {
        // The four nearest, in order; the lower bone first where they are alike.
        var found = (bones: SIMD4<Int>(repeating: -1), distances: SIMD4<Double>(repeating: .infinity))
        for bone in layer.bones {
            let (a, b) = (skeleton.bones[bone].joint, skeleton.bones[bone].tip)
            let axis = b - a
            let t = (dot(p - a, axis) / max(1e-9, axis.lengthSquared)).clamped(to: 0...1)
            var distance = (p - a - axis * t).length - (flesh.indices.contains(bone) ? flesh[bone] : 0)
            if sided.contains(bone), a.y * p.y < 0 { distance += 4 * max(0, crotch - p.z) + 0.5 * abs(p.y) }
            guard distance < found.distances[3] else { continue }
            var k = 3
            while k > 0, distance < found.distances[k - 1] {
                (found.bones[k], found.distances[k]) = (found.bones[k - 1], found.distances[k - 1])
                k -= 1
            }
            (found.bones[k], found.distances[k]) = (bone, distance)
        }
        var (bones, weights) = (SIMD4<UInt8>.zero, SIMD4<Float>.zero)
        for k in 0..<4 where found.bones[k] >= 0 {
            let share = max(0, 1 - (found.distances[k] - found.distances[0]) / layer.softness)
            bones[k] = UInt8(found.bones[k])
            weights[k] = Float(share * share * (3 - 2 * share))
        }
        return (bones, weights / weights.sum())
    }
}

extension Mesh {
    /// Scaled along the axes, then moved; normals follow.
    func scaled(by scale: Vec3, then shift: Vec3) -> Mesh {
        var result = self
        result.positions = positions.map { $0 * Vec3f(scale) + Vec3f(shift) }
        result.normals = normals.map { ($0 / Vec3f(scale)).normalized }
        result.bounds = BoundingBox(containing: result.positions)
        return result
    }
}
