// SquallSkins: smooth skins of triangles from section curves that can be cut, recessed and recoloured without changing their shape.
// Must never know: which things are made of them, where they stand, light, sensors.
import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// A surface of triangles with shared vertices and smooth normals that can be cut, recessed and recoloured without changing its
/// shape: normals are found once on the uncut surface and interpolated at every cut.
package struct Skin: Sendable {
    package struct Face: Sendable, Equatable {
        package var a: Int32, b: Int32, c: Int32
        /// Negative: removed.
        package var slot: Int32
        package init(_ a: Int32, _ b: Int32, _ c: Int32, _ slot: Int32) { (self.a, self.b, self.c, self.slot) = (a, b, c, slot) }
    }

    package var positions: [Vec3] = []
    package var normals: [Vec3] = []
    package var texture: [Vec2f] = []
    package var faces: [Face] = []
    /// Boxes of the first faces, made when a cut asks; a face that shrinks keeps its old one.
    var boxes: [(lower: SIMD4<Float>, upper: SIMD4<Float>)] = []

    package init() {}

    package var triangleCount: Int { faces.reduce(0) { $0 + ($1.slot >= 0 ? 1 : 0) } }

    @inline(__always) package func at(_ i: Int32) -> Vec3 { positions[Int(i)] }

    package mutating func vertex(_ p: Vec3, _ n: Vec3, _ t: Vec2f = .zero) -> Int32 {
        positions.append(p)
        normals.append(n)
        texture.append(t)
        return Int32(positions.count - 1)
    }

    /// Adds a triangle of existing vertices unless it has no area: below 1e-8 m2 a normal is noise.
    package mutating func face(_ a: Int32, _ b: Int32, _ c: Int32, _ slot: Int) {
        guard cross(at(b) - at(a), at(c) - at(a)).lengthSquared > 4e-16 else { return }
        faces.append(Face(a, b, c, Int32(slot)))
    }

    /// A flat quadrilateral with vertices of its own.
    package mutating func quad(_ a: Vec3, _ b: Vec3, _ c: Vec3, _ d: Vec3, slot: Int, texture t: (Vec2f, Vec2f, Vec2f, Vec2f) = (.zero, .zero, .zero, .zero)) {
        let n = cross(c - a, d - b).normalized
        guard n != .zero else { return }
        let i = [vertex(a, n, t.0), vertex(b, n, t.1), vertex(c, n, t.2), vertex(d, n, t.3)]
        face(i[0], i[1], i[2], slot)
        face(i[0], i[2], i[3], slot)
    }

    /// Replaces the normals of vertices from `first` on by the area-weighted mean over their faces. Vertices on the plane y = 0 keep
    /// theirs in that plane, so that halves join smoothly.
    package mutating func smoothNormals(from first: Int = 0) {
        for i in first..<positions.count { normals[i] = .zero }
        for f in faces where f.slot >= 0 && Int(f.a) >= first {
            let n = cross(at(f.b) - at(f.a), at(f.c) - at(f.a))
            normals[Int(f.a)] += n
            normals[Int(f.b)] += n
            normals[Int(f.c)] += n
        }
        for i in first..<positions.count {
            if abs(positions[i].y) < 1e-9 { normals[i].y = 0 }
            let n = normals[i].normalized
            normals[i] = n == .zero ? Vec3(0, 0, 1) : n
        }
    }

    /// A smooth net of points; i direction x j direction points outside. Ends may be closed along j.
    package mutating func net(_ points: [[Vec3]], closed: Bool = false, flipped: Bool = false, slot: (_ i: Int, _ j: Int) -> Int?) {
        guard let columns = points.first?.count, points.count > 1, columns > 1 else { return }
        let base = Int32(positions.count)
        for row in points { for p in row { _ = vertex(p, .zero) } }
        for i in 0..<(points.count - 1) {
            for j in 0..<(closed ? columns : columns - 1) {
                guard let s = slot(i, j) else { continue }
                let k = (j + 1) % columns
                let index = { (i: Int, j: Int) in base + Int32(i * columns + j) }
                let (a, b, c, d) = (index(i, j), index(i + 1, j), index(i + 1, k), index(i, k))
                if flipped {
                    face(a, d, c, s)
                    face(a, c, b, s)
                } else {
                    face(a, b, c, s)
                    face(a, c, d, s)
                }
            }
        }
        smoothNormals(from: Int(base))
    }

    /// Adds another skin, moved; the winding turns when the map mirrors. `recolour` maps slots.
    package mutating func append(_ other: Skin, _ map: Affine = .identity, recolour: ((Int32) -> Int32)? = nil) {
        let base = Int32(positions.count)
        let mirrors = map.determinant < 0
        // Maps used are rotations, mirrors and mild scalings: the cofactor matrix turns normals rightly for all.
        let sign: Double = mirrors ? -1 : 1
        let (cx, cy, cz) = (cross(map.y, map.z) * sign, cross(map.z, map.x) * sign, cross(map.x, map.y) * sign)
        for i in other.positions.indices {
            positions.append(map * other.positions[i])
            let n = other.normals[i]
            normals.append((cx * n.x + cy * n.y + cz * n.z).normalized)
            texture.append(other.texture[i])
        }
        for f in other.faces where f.slot >= 0 {
            let s = recolour?(f.slot) ?? f.slot
            faces.append(mirrors ? Face(base + f.a, base + f.c, base + f.b, s) : Face(base + f.a, base + f.b, base + f.c, s))
        }
    }

    /// Adds shapes of a mesh builder, with their creases.
    package mutating func append(_ builder: MeshBuilder, _ map: Affine = .identity, crease: Double = 0.7) {
        guard builder.triangleCount > 0 else { return }
        let mesh = builder.mesh(crease: crease)
        var part = Skin()
        part.positions = mesh.positions.map { Vec3($0) }
        part.normals = mesh.normals.map { Vec3($0) }
        part.texture = Array(repeating: .zero, count: mesh.positions.count)
        for p in mesh.parts {
            for t in p.firstTriangle..<(p.firstTriangle + p.triangleCount) {
                part.faces.append(Face(Int32(mesh.indices[3 * t]), Int32(mesh.indices[3 * t + 1]), Int32(mesh.indices[3 * t + 2]), Int32(p.slot)))
            }
        }
        append(part, map)
    }

    /// Adds the mirror image in the plane y = 0; `recolour` swaps what is left and right.
    package mutating func mirrorAcrossY(recolour: ((Int32) -> Int32)? = nil) {
        let copy = self
        append(copy, Affine(x: Vec3(1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero), recolour: recolour)
    }

    package var bounds: (lower: Vec3, upper: Vec3) {
        var (lower, upper) = (Vec3(repeating: .infinity), Vec3(repeating: -.infinity))
        for f in faces where f.slot >= 0 {
            for i in [f.a, f.b, f.c] { (lower, upper) = (pointwiseMin(lower, at(i)), pointwiseMax(upper, at(i))) }
        }
        return (lower, upper)
    }

    /// Slivers that cuts leave are dropped: below 1e-8 m2 the mesh's own rounding decides where they face.
    private func hasArea(_ f: Face) -> Bool {
        let (a, b, c) = (Vec3f(at(f.a)), Vec3f(at(f.b)), Vec3f(at(f.c)))
        return cross(b - a, c - a).length > 1e-8
    }

    /// The mesh of all faces, ordered by slot.
    package func mesh() -> Mesh {
        let slots = Int(faces.reduce(0) { max($0, $1.slot) }) + 1
        var counts = Array(repeating: 0, count: slots)
        let kept = faces.filter { $0.slot >= 0 && hasArea($0) }
        for f in kept { counts[Int(f.slot)] += 1 }
        var (places, next) = (Array(repeating: 0, count: slots), 0)
        var parts: [Mesh.Part] = []
        for s in 0..<slots where counts[s] > 0 {
            parts.append(Mesh.Part(firstTriangle: next, triangleCount: counts[s], slot: s))
            places[s] = next
            next += counts[s]
        }
        var indices = Array(repeating: UInt32(0), count: 3 * next)
        var renamed = Array(repeating: Int32(-1), count: positions.count)
        var (p, n, t) = ([Vec3f](), [Vec3f](), [Vec2f]())
        p.reserveCapacity(positions.count)
        n.reserveCapacity(positions.count)
        func name(_ i: Int32) -> UInt32 {
            if renamed[Int(i)] < 0 {
                renamed[Int(i)] = Int32(p.count)
                p.append(Vec3f(positions[Int(i)]))
                n.append(Vec3f(normals[Int(i)]))
                t.append(texture[Int(i)])
            }
            return UInt32(renamed[Int(i)])
        }
        for f in kept {
            let k = 3 * places[Int(f.slot)]
            places[Int(f.slot)] += 1
            (indices[k], indices[k + 1], indices[k + 2]) = (name(f.a), name(f.b), name(f.c))
        }
        let textured = t.contains { $0 != .zero }
        return Mesh(positions: p, normals: n, textureCoordinates: textured ? t : [], indices: indices, parts: parts)
    }
}
