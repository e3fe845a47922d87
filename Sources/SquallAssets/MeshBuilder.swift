import SquallGeometry
import SquallMath

/// Collects triangles in double precision and turns them into a `Mesh` with normals that are smooth where the surface is
/// curved and split where it has an edge.
///
/// Everything is counter-clockwise seen from outside. Triangles with no area are dropped, so surfaces may collapse to
/// lines and points without further care.
package struct MeshBuilder {
    struct Corner {
        var position: Vec3
        var texture: Vec2
        /// Given by the shape instead of found from the faces: leaves shade like the crown they belong to.
        var normal: Vec3?
    }
    struct Triangle {
        var a: Corner, b: Corner, c: Corner
        var slot: Int
    }
    private(set) var triangles: [Triangle] = []

    package init() {}

    package var triangleCount: Int { triangles.count }

    package mutating func triangle(_ a: Vec3, _ b: Vec3, _ c: Vec3, slot: Int, texture: (Vec2, Vec2, Vec2) = (.zero, .zero, .zero)) {
        // Twice 1e-8 m2 is a tenth of a millimetre squared: below that a normal is noise.
        guard cross(b - a, c - a).length > 2e-8 else { return }
        triangles.append(
            Triangle(
                a: Corner(position: a, texture: texture.0), b: Corner(position: b, texture: texture.1), c: Corner(position: c, texture: texture.2), slot: slot))
    }

    /// A quadrilateral split along its shorter diagonal.
    package mutating func quad(_ a: Vec3, _ b: Vec3, _ c: Vec3, _ d: Vec3, slot: Int, texture: (Vec2, Vec2, Vec2, Vec2) = (.zero, .zero, .zero, .zero)) {
        let t = texture
        if (a - c).lengthSquared <= (b - d).lengthSquared * 1.0001 {
            triangle(a, b, c, slot: slot, texture: (t.0, t.1, t.2))
            triangle(a, c, d, slot: slot, texture: (t.0, t.2, t.3))
        } else {
            triangle(a, b, d, slot: slot, texture: (t.0, t.1, t.3))
            triangle(b, c, d, slot: slot, texture: (t.1, t.2, t.3))
        }
    }

    /// A convex polygon as a fan.
    package mutating func polygon(_ points: [Vec3], slot: Int) {
        guard points.count >= 3 else { return }
        for i in 1..<(points.count - 1) { triangle(points[0], points[i], points[i + 1], slot: slot) }
    }

    /// A triangle whose corners shade with one given normal, wound so that it faces that way.
    package mutating func leaf(_ a: Vec3, _ b: Vec3, _ c: Vec3, normal: Vec3, slot: Int) {
        let face = cross(b - a, c - a)
        guard face.length > 2e-8 else { return }
        let (second, third) = dot(face, normal) >= 0 ? (b, c) : (c, b)
        let corner = { (p: Vec3) in Corner(position: p, texture: .zero, normal: normal) }
        triangles.append(Triangle(a: corner(a), b: corner(second), c: corner(third), slot: slot))
    }

    /// Adds all of another builder's triangles but its leaves, moved, and with the winding turned when the map mirrors.
    package mutating func append(_ other: MeshBuilder, _ map: Affine = .identity, slot: Int? = nil) {
        let mirrors = map.determinant < 0
        for t in other.triangles where t.a.normal == nil {
            let (a, b, c) = (map * t.a.position, map * t.b.position, map * t.c.position)
            let s = slot ?? t.slot
            if mirrors {
                triangle(a, c, b, slot: s, texture: (t.a.texture, t.c.texture, t.b.texture))
            } else {
                triangle(a, b, c, slot: s, texture: (t.a.texture, t.b.texture, t.c.texture))
            }
        }
    }

    /// Adds the mirror image in the plane y = 0.
    package mutating func mirrorAcrossY() {
        let copy = self
        append(copy, Affine(x: Vec3(1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero))
    }

    /// - Parameter crease: faces that meet at more than this angle, radians, keep a sharp edge.
    package func mesh(crease: Double = 0.65, textured: Bool = false) -> Mesh {
        let sorted = triangles.enumerated().sorted { ($0.element.slot, $0.offset) < ($1.element.slot, $1.offset) }.map(\.element)
        var welder = Welder(crease: crease, triangles: sorted)
        return welder.mesh(textured: textured)
    }
}

/// Joins equal positions, averages the normals of faces that meet smoothly, and writes an indexed mesh.
private struct Welder {
    let triangles: [MeshBuilder.Triangle]
    let smooth: Double
    var faceNormals: [Vec3] = []
    var welded: [Int] = []
    var facesAt: [[Int32]] = []

    init(crease: Double, triangles: [MeshBuilder.Triangle]) {
        self.triangles = triangles
        // cos by its series up to the sixth power: creases are far below pi.
        let c2 = crease * crease
        smooth = 1 - c2 / 2 + c2 * c2 / 24 - c2 * c2 * c2 / 720
        var places: [SIMD3<Int64>: Int] = [:]
        places.reserveCapacity(triangles.count)
        welded.reserveCapacity(3 * triangles.count)
        for (index, t) in triangles.enumerated() {
            faceNormals.append(cross(t.b.position - t.a.position, t.c.position - t.a.position).normalized)
            for corner in [t.a, t.b, t.c] {
                let p = corner.position * 20_000   // 0.05 mm
                let key = SIMD3<Int64>(Int64(p.x.rounded()), Int64(p.y.rounded()), Int64(p.z.rounded()))
                let place = places[key] ?? facesAt.count
                if place == facesAt.count { places[key] = place; facesAt.append([]) }
                welded.append(place)
                facesAt[place].append(Int32(index))
            }
        }
    }

    private func cornerAngle(_ t: MeshBuilder.Triangle, _ k: Int) -> Double {
        let p = [t.a.position, t.b.position, t.c.position]
        let (u, v) = ((p[(k + 1) % 3] - p[k]).normalized, (p[(k + 2) % 3] - p[k]).normalized)
        // 1 - cos is enough as a weight: it grows with the angle and needs no arc function.
        return 1 - dot(u, v) + 1e-6
    }

    private func normal(face: Int, corner k: Int) -> Vec3 {
        let own = faceNormals[face]
        let place = welded[3 * face + k]
        var sum = Vec3.zero
        for other in facesAt[place] {
            let o = Int(other)
            guard dot(own, faceNormals[o]) >= smooth else { continue }
            for j in 0..<3 where welded[3 * o + j] == place { sum += faceNormals[o] * cornerAngle(triangles[o], j) }
        }
        let n = sum.normalized
        return n == .zero ? own : n
    }

    private struct Key: Hashable {
        var place: Int
        var normal: SIMD3<Int32>
        var texture: SIMD2<Int64>
    }

    mutating func mesh(textured: Bool) -> Mesh {
        var (positions, normals, coordinates, indices, parts) = ([Vec3f](), [Vec3f](), [Vec2f](), [UInt32](), [Mesh.Part]())
        var known: [Key: UInt32] = [:]
        for (face, t) in triangles.enumerated() {
            for (k, corner) in [t.a, t.b, t.c].enumerated() {
                let n = corner.normal ?? normal(face: face, corner: k)
                let uv = textured ? corner.texture : .zero
                let key = Key(
                    place: welded[3 * face + k], normal: SIMD3<Int32>(Int32((n.x * 2000).rounded()), Int32((n.y * 2000).rounded()), Int32((n.z * 2000).rounded())),
                    texture: SIMD2<Int64>(Int64((uv.x * 4096).rounded()), Int64((uv.y * 4096).rounded())))
                if let index = known[key] {
                    indices.append(index)
                } else {
                    let index = UInt32(positions.count)
                    known[key] = index
                    indices.append(index)
                    positions.append(Vec3f(corner.position))
                    normals.append(Vec3f(n))
                    if textured { coordinates.append(Vec2f(uv)) }
                }
            }
            if parts.last?.slot == t.slot { parts[parts.count - 1].triangleCount += 1 } else { parts.append(Mesh.Part(firstTriangle: face, triangleCount: 1, slot: t.slot)) }
        }
        return Mesh(positions: positions, normals: normals, textureCoordinates: coordinates, indices: indices, parts: parts)
    }
}
