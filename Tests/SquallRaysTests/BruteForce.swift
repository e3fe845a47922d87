import SquallGeometry
import SquallMath

/// The slow judge: Moeller-Trumbore in double precision over every triangle of every instance.
enum BruteForce {
    struct Found: Equatable {
        var instance: Int
        var triangle: Int
        var t: Double
    }

    static func closest(_ meshes: [Mesh], _ instances: [MeshInstance], origin: Vec3, direction: Vec3, maximum: Double = .infinity) -> Found? {
        var best: Found?
        for (index, instance) in instances.enumerated() {
            let mesh = meshes[Int(instance.mesh)]
            for triangle in 0..<mesh.triangleCount {
                let c = mesh.corners(triangle)
                let corners = (instance.transform * Vec3(c.0), instance.transform * Vec3(c.1), instance.transform * Vec3(c.2))
                if let t = distance(corners, origin, direction), t < best?.t ?? maximum { best = Found(instance: index, triangle: triangle, t: t) }
            }
        }
        return best
    }

    static func distance(_ c: (Vec3, Vec3, Vec3), _ origin: Vec3, _ direction: Vec3) -> Double? {
        let (e1, e2) = (c.1 - c.0, c.2 - c.0)
        let p = cross(direction, e2)
        let determinant = dot(e1, p)
        guard determinant != 0, determinant.isFinite else { return nil }
        let s = origin - c.0
        let u = dot(s, p) / determinant
        let q = cross(s, e1)
        let v = dot(direction, q) / determinant
        let t = dot(e2, q) / determinant
        return u >= 0 && v >= 0 && u + v <= 1 && t > 0 ? t : nil
    }
}

/// Shapes for tests.
enum Shapes {
    /// Unconnected triangles of the given size in a cube of half-width `extent`.
    static func soup(_ count: Int, seed: UInt64, extent: Float = 10, size: Float = 2) -> Mesh {
        var random = CounterRandom(seed: seed, path: "soup")
        let point = { (random: inout CounterRandom) in
            Vec3f(random.uniformFloat() * 2 - 1, random.uniformFloat() * 2 - 1, random.uniformFloat() * 2 - 1)
        }
        var positions: [Vec3f] = []
        for _ in 0..<count {
            let center = point(&random) * extent
            for _ in 0..<3 { positions.append(center + point(&random) * size) }
        }
        return Mesh(positions: positions, normals: positions, indices: (0..<UInt32(3 * count)).map { $0 })
    }

    /// A closed sphere of radius 1: the shared corners and edges are what a ray must not slip through.
    static func sphere(rings: Int = 24, sectors: Int = 48) -> Mesh {
        var positions = [Vec3f(0, 0, 1)]
        for ring in 1..<rings {
            for sector in 0..<sectors {
                let q = Quaternion(yaw: 2 * .pi * Double(sector) / Double(sectors)) * Quaternion(yaw: 0, pitch: .pi * Double(ring) / Double(rings))
                positions.append(Vec3f(q * Vec3(0, 0, 1)))
            }
        }
        positions.append(Vec3f(0, 0, -1))
        let at = { (ring: Int, sector: Int) in UInt32(1 + (ring - 1) * sectors + sector % sectors) }
        let last = UInt32(positions.count - 1)
        var indices: [UInt32] = []
        for s in 0..<sectors {
            indices += [0, at(1, s), at(1, s + 1)]
            for ring in 1..<rings - 1 {
                indices += [at(ring, s), at(ring + 1, s), at(ring + 1, s + 1), at(ring, s), at(ring + 1, s + 1), at(ring, s + 1)]
            }
            indices += [at(rings - 1, s), last, at(rings - 1, s + 1)]
        }
        return Mesh(positions: positions, normals: positions, indices: indices)
    }

    /// A square in the plane x = 0, two triangles, front towards +x.
    static func wall(half: Float) -> Mesh {
        let positions = [Vec3f(0, -half, -half), Vec3f(0, half, -half), Vec3f(0, half, half), Vec3f(0, -half, half)]
        return Mesh(positions: positions, normals: Array(repeating: Vec3f(1, 0, 0), count: 4), indices: [0, 1, 2, 0, 2, 3])
    }

    static func place(_ mesh: Int32, object: UInt16 = 1, at transform: Affine = .identity) -> MeshInstance {
        MeshInstance(mesh: mesh, object: object, category: 0, materialBase: 0, transform: transform)
    }
}

extension CounterRandom {
    /// Uniform in the cube of half-width 1.
    mutating func cube() -> Vec3 { Vec3(uniform() * 2 - 1, uniform() * 2 - 1, uniform() * 2 - 1) }
}
