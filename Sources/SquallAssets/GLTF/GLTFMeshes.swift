import SquallDiagnostics
import SquallGeometry
import SquallMath

/// Primitives of one glTF mesh joined into one `Mesh`; the part slot is the glTF material's number.
struct GLTFMeshes {
    var accessors: GLTFAccessors
    let materialCount: Int
    /// What the primitives have and Squall leaves out, in order of appearance.
    private(set) var ignored: [String] = []

    init(_ accessors: GLTFAccessors, materialCount: Int) { (self.accessors, self.materialCount) = (accessors, materialCount) }

    private struct Draft {
        var positions: [Vec3f] = []
        var normals: [Vec3f] = []
        var coordinates: [Vec2f] = []
        var textured = false
        var indices: [UInt32] = []
        var parts: [Mesh.Part] = []
        /// Where the vertices of an attribute set went: primitives of one mesh often share them.
        var shared: [SIMD3<Int>: Int] = [:]
    }

    mutating func note(_ what: String) {
        if !ignored.contains(what) { ignored.append(what) }
    }

    /// nil when nothing in the mesh is made of triangles.
    mutating func mesh(_ index: Int) throws -> Mesh? {
        guard let mesh = accessors.source.document.meshes?[checked: index] else { throw accessors.source.failure("gltf-index", "meshes[\(index)]", "there is no such mesh") }
        var draft = Draft()
        for (k, primitive) in mesh.primitives.enumerated() { try add(primitive, "meshes[\(index)].primitives[\(k)]", to: &draft) }
        guard !draft.indices.isEmpty else { return nil }
        return Mesh(
            positions: draft.positions, normals: draft.normals, textureCoordinates: draft.textured ? draft.coordinates : [], indices: draft.indices, parts: draft.parts)
    }

    private mutating func add(_ primitive: GLTFDocument.Primitive, _ place: String, to draft: inout Draft) throws {
        guard primitive.extensions?.draco == nil else {
            throw accessors.source.failure("gltf-draco", place, "the triangles are compressed with Draco, which Squall does not read", fix: "export without mesh compression")
        }
        let mode = primitive.mode ?? 4
        guard (0...6).contains(mode) else { throw accessors.source.failure("gltf-mode", place, "primitive mode \(mode) is unknown to glTF 2.0") }
        guard mode >= 4 else { return note("points and lines") }
        guard let position = primitive.attributes["POSITION"] else { return note("primitives without POSITION") }
        if primitive.attributes["COLOR_0"] != nil { note("vertex colours (COLOR_0)") }
        if primitive.attributes["JOINTS_0"] != nil { note("skinning (JOINTS_0)") }
        if primitive.targets?.isEmpty == false { note("morph targets") }
        let slot = primitive.material ?? materialCount
        guard slot >= 0, slot <= materialCount else { throw accessors.source.failure("gltf-index", place, "it names material \(slot); the file has \(materialCount)") }

        let key = SIMD3(position, primitive.attributes["NORMAL"] ?? -1, primitive.attributes["TEXCOORD_0"] ?? -1)
        if key.y >= 0, let first = draft.shared[key], let count = accessors.source.document.accessors?[checked: position]?.count {
            return append(try triangles(primitive, mode, vertices: count), first: first, slot: slot, to: &draft)
        }
        let positions = try accessors.vectors(position, components: 3...3)
        let corners = try triangles(primitive, mode, vertices: positions.count)
        let coordinates = try primitive.attributes["TEXCOORD_0"].map { try accessors.vectors($0, components: 2...2) }
        guard coordinates == nil || coordinates?.count == positions.count else {
            throw accessors.source.failure("gltf-accessor", place, "TEXCOORD_0 and POSITION have different counts")
        }
        let first = draft.positions.count
        if coordinates != nil { draft.textured = true }
        if let normal = primitive.attributes["NORMAL"] {
            let normals = try accessors.vectors(normal, components: 3...3)
            guard normals.count == positions.count else { throw accessors.source.failure("gltf-accessor", place, "NORMAL and POSITION have different counts") }
            draft.shared[key] = first
            for k in positions.indices {
                draft.positions.append(Vec3f(positions[k].x, positions[k].y, positions[k].z))
                let n = Vec3f(normals[k].x, normals[k].y, normals[k].z).normalized
                draft.normals.append(n == .zero ? Vec3f(0, 1, 0) : n)
                draft.coordinates.append(coordinates.map { Vec2f($0[k].x, $0[k].y) } ?? .zero)
            }
            return append(corners, first: first, slot: slot, to: &draft)
        }
        // Without normals glTF asks for flat shading: each triangle gets corners of its own.
        guard draft.positions.count + corners.count <= accessors.source.limits.vertices else {
            throw accessors.source.failure(
                "gltf-size", place, "it has no normals, so each of its \(corners.count / 3) triangles needs corners of its own: more than \(accessors.source.limits.vertices)",
                fix: "export with normals, or simplify the model")
        }
        for t in stride(from: 0, to: corners.count, by: 3) {
            let p = (0..<3).map { k -> Vec3f in
                let v = positions[Int(corners[t + k])]
                return Vec3f(v.x, v.y, v.z)
            }
            let n = cross(p[1] - p[0], p[2] - p[0]).normalized
            for k in 0..<3 {
                draft.positions.append(p[k])
                draft.normals.append(n == .zero ? Vec3f(0, 1, 0) : n)
                draft.coordinates.append(coordinates.map { Vec2f($0[Int(corners[t + k])].x, $0[Int(corners[t + k])].y) } ?? .zero)
            }
        }
        append((0..<UInt32(corners.count)).map { $0 }, first: first, slot: slot, to: &draft)
    }

    private func append(_ corners: [UInt32], first: Int, slot: Int, to draft: inout Draft) {
        guard !corners.isEmpty else { return }
        let start = draft.indices.count / 3
        draft.indices.reserveCapacity(draft.indices.count + corners.count)
        for corner in corners { draft.indices.append(corner + UInt32(first)) }
        draft.parts.append(Mesh.Part(firstTriangle: start, triangleCount: corners.count / 3, slot: slot))
    }

    /// Three indices a triangle, whatever the mode.
    private mutating func triangles(_ primitive: GLTFDocument.Primitive, _ mode: Int, vertices: Int) throws -> [UInt32] {
        let source = try primitive.indices.map { try accessors.indices($0, below: vertices) } ?? (0..<UInt32(vertices)).map { $0 }
        switch mode {
        case 4: return source.count % 3 == 0 ? source : Array(source.dropLast(source.count % 3))
        case 5:
            var result: [UInt32] = []
            for k in stride(from: 0, to: source.count - 2, by: 1) {
                result += k % 2 == 0 ? [source[k], source[k + 1], source[k + 2]] : [source[k + 1], source[k], source[k + 2]]
            }
            return result
        default:
            var result: [UInt32] = []
            for k in stride(from: 1, to: source.count - 1, by: 1) { result += [source[0], source[k], source[k + 1]] }
            return result
        }
    }
}
