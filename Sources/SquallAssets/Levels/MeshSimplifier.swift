import SquallGeometry
import SquallMath

/// Coarser versions of a mesh by collapsing edges onto one of their ends, cheapest first by quadric error (Garland, Heckbert 1997).
///
/// Corners keep their attributes, so textures and normals stay those of the original. Open borders, texture seams, creases and
/// borders between materials move along themselves only; where three of them meet nothing moves. No collapse turns a triangle over.
/// Skins follow: a collapse from one bone's flesh to another's costs what the bend between them would move, so that knees stay where
/// legs bend. The result depends on the mesh alone.
package struct MeshSimplifier {
    /// Mesh so far, metres: how far it lies off the original's planes at the worst corner (root of the mean square), and of a skin what a bend would move besides.
    package private(set) var error = 0.0

    let mesh: Mesh
    /// Place of each vertex among the distinct positions.
    let site: [Int32]
    let places: [Vec3]
    private(set) var corners: [UInt32]
    private var slots: [Int32]
    private var quadrics: [Quadric]
    /// What each site was collapsed onto; itself while it stands.
    private(set) var heirs: [Int32]
    /// A vertex at each site, for its skin.
    private let vertices: [Int32]

    /// How far a bend moves flesh, as a share of the way between two points that hang on different bones: some 60 degrees, seen from the
    /// joint half-way, in the mean over directions.
    private static let bend = 0.25

    package var triangleCount: Int { slots.count }

    package init(_ mesh: Mesh) {
        self.mesh = mesh
        var known: [SIMD3<UInt32>: Int32] = [:]
        var (site, places, vertices) = ([Int32](), [Vec3](), [Int32]())
        site.reserveCapacity(mesh.positions.count)
        for (vertex, p) in mesh.positions.enumerated() {
            // Adding zero joins -0 with 0.
            let key = SIMD3((p.x + 0).bitPattern, (p.y + 0).bitPattern, (p.z + 0).bitPattern)
            if let index = known[key] { site.append(index) } else {
                known[key] = Int32(places.count)
                site.append(Int32(places.count))
                places.append(Vec3(p))
                vertices.append(Int32(vertex))
            }
        }
        (self.site, self.places, self.vertices) = (site, places, vertices)
        heirs = places.indices.map { Int32($0) }
        (corners, slots) = ([], [])
        quadrics = Array(repeating: Quadric(), count: places.count)
        for part in mesh.parts {
            for t in part.firstTriangle..<part.firstTriangle + part.triangleCount {
                let v = (mesh.indices[3 * t], mesh.indices[3 * t + 1], mesh.indices[3 * t + 2])
                let (a, b, c) = (site[Int(v.0)], site[Int(v.1)], site[Int(v.2)])
                guard a != b, b != c, c != a else { continue }
                corners += [v.0, v.1, v.2]
                slots.append(Int32(part.slot))
                addPlane(a, b, c)
            }
        }
        addRims()
    }

    private mutating func addPlane(_ a: Int32, _ b: Int32, _ c: Int32) {
        let (p, q, r) = (places[Int(a)], places[Int(b)], places[Int(c)])
        let normal = cross(q - p, r - p)
        let area = normal.length / 2
        guard area > 0 else { return }
        let plane = Quadric(normal: normal / (2 * area), through: p, weight: area)
        for s in [a, b, c] { quadrics[Int(s)] += plane }
    }

    /// Borders and seams resist leaving their own line: planes upright on the triangle along the edge.
    private mutating func addRims() {
        for edge in MeshEdges(corners: corners, slots: slots, site: site).edges where edge.kind != .smooth {
            let (p, q) = (places[Int(edge.a)], places[Int(edge.b)])
            let t = Int(edge.triangle) * 3
            let face = cross(point(t + 1) - point(t), point(t + 2) - point(t))
            let along = q - p
            let normal = cross(along, face)
            guard normal.length > 0 else { continue }
            let plane = Quadric(normal: normal.normalized, through: p, weight: along.lengthSquared)
            quadrics[Int(edge.a)] += plane
            quadrics[Int(edge.b)] += plane
        }
    }

    func point(_ corner: Int) -> Vec3 { places[Int(site[Int(corners[corner])])] }

    /// Collapses edges until no more than `target` triangles are left or the next collapse would move the surface more than `limit` metres.
    package mutating func reduce(to target: Int, limit: Double) {
        while triangleCount > target {
            let before = triangleCount
            pass(target: target, limit: limit)
            if triangleCount >= before - before / 200 { break }
        }
    }

    /// One round of collapses that do not touch each other.
    private mutating func pass(target: Int, limit: Double) {
        let edges = MeshEdges(corners: corners, slots: slots, site: site)
        let around = TrianglesBySite(corners: corners, site: site, siteCount: places.count)
        var steps: [CollapseStep] = []
        for edge in edges.edges where edge.kind != .tangled {
            let strain = strain(edge.a, edge.b)
            let forth = cost(edge.a, edge.b, edge.kind, edges) + strain, back = cost(edge.b, edge.a, edge.kind, edges) + strain
            let step = forth <= back ? CollapseStep(cost: forth, from: edge.a, to: edge.b) : CollapseStep(cost: back, from: edge.b, to: edge.a)
            if step.cost <= limit * limit { steps.append(step) }
        }
        steps.sort { ($0.cost, $0.from, $0.to) < ($1.cost, $1.from, $1.to) }
        var touched = [Bool](repeating: false, count: places.count)
        var gone = [Bool](repeating: false, count: slots.count)
        var left = triangleCount
        // The dear end of a round waits: after the cheap ones are done there are cheaper steps.
        for step in steps.prefix(max(16, steps.count / 3)) {
            if left <= target { break }
            guard !touched[Int(step.from)], !touched[Int(step.to)], let moves = moves(step, around) else { continue }
            for move in moves {
                switch move.corner {
                case nil: (gone[move.triangle], left) = (true, left - 1)
                case let corner?: corners[corner] = move.vertex
                }
            }
            for t in around[step.from] { for k in 3 * t..<3 * t + 3 { touched[Int(site[Int(corners[k])])] = true } }
            (touched[Int(step.from)], touched[Int(step.to)]) = (true, true)
            heirs[Int(step.from)] = step.to
            error = max(error, step.cost.squareRoot())
            let moved = quadrics[Int(step.from)]
            quadrics[Int(step.to)] += moved
        }
        sweep(gone)
    }

    /// Mean squared distance after moving one end onto the other; infinite where that end may not move along this edge.
    private func cost(_ from: Int32, _ to: Int32, _ kind: MeshEdges.Kind, _ edges: MeshEdges) -> Double {
        guard edges.moves(from, along: kind) else { return .infinity }
        var both = quadrics[Int(from)]
        both += quadrics[Int(to)]
        return both.meanSquare(at: places[Int(to)])
    }

    /// Mean squared distance by which bending bones would move a collapsed end against where its own flesh goes; none without a skin.
    private func strain(_ a: Int32, _ b: Int32) -> Double {
        guard let skin = mesh.skin else { return 0 }
        let (v, w) = (Int(vertices[Int(a)]), Int(vertices[Int(b)]))
        let (bones, others) = (skin.bones[v], skin.bones[w])
        // What both share hangs on the same bones.
        var shared: Float = 0
        for i in 0..<4 { for j in 0..<4 where bones[i] == others[j] { shared += min(skin.weights[v][i], skin.weights[w][j]) } }
        let apart = Self.bend * Double(max(0, 1 - shared))
        return apart * apart * (places[Int(a)] - places[Int(b)]).lengthSquared
    }

    private struct Move {
        var triangle: Int
        /// Corner to rewrite; nil when the triangle vanishes.
        var corner: Int?
        var vertex: UInt32 = 0
    }

    /// What a collapse does to the triangles around the moving end; nil when one would turn over, collapse to a line or change its look.
    private func moves(_ step: CollapseStep, _ around: TrianglesBySite) -> [Move]? {
        var heirs: [(old: UInt32, new: UInt32)] = []
        var shared = 0
        for t in around[step.from] {
            let own = (3 * t..<3 * t + 3).first { site[Int(corners[$0])] == step.from }, other = (3 * t..<3 * t + 3).first { site[Int(corners[$0])] == step.to }
            guard let own, let other else { continue }
            shared += 1
            let heir = (old: corners[own], new: corners[other])
            if let known = heirs.first(where: { $0.old == heir.old }) { if known.new != heir.new { return nil } } else { heirs.append(heir) }
        }
        guard shared == 1 || shared == 2, neighbours(step.from, around).intersection(neighbours(step.to, around)).count == shared else { return nil }
        var result: [Move] = []
        let goal = places[Int(step.to)]
        for t in around[step.from] {
            if (3 * t..<3 * t + 3).contains(where: { site[Int(corners[$0])] == step.to }) { result.append(Move(triangle: t)); continue }
            guard let own = (3 * t..<3 * t + 3).first(where: { site[Int(corners[$0])] == step.from }) else { return nil }
            guard let heir = heirs.first(where: { $0.old == corners[own] })?.new else { return nil }
            let k = own - 3 * t
            let (q, r) = (point(3 * t + (k + 1) % 3), point(3 * t + (k + 2) % 3))
            let before = cross(q - point(own), r - point(own)), after = cross(q - goal, r - goal)
            let (sizeBefore, sizeAfter) = (before.length, after.length)
            let longest = max((q - r).lengthSquared, max((q - goal).lengthSquared, (r - goal).lengthSquared))
            guard sizeAfter > 1e-3 * longest, dot(before, after) > 0.5 * sizeBefore * sizeAfter else { return nil }
            guard dot(mesh.normals[Int(corners[own])], mesh.normals[Int(heir)]) > 0.3 else { return nil }
            result.append(Move(triangle: t, corner: own, vertex: heir))
        }
        return result
    }

    private func neighbours(_ s: Int32, _ around: TrianglesBySite) -> Set<Int32> {
        var result: Set<Int32> = []
        for t in around[s] { for k in 3 * t..<3 * t + 3 { result.insert(site[Int(corners[k])]) } }
        result.remove(s)
        return result
    }

    private mutating func sweep(_ gone: [Bool]) {
        var kept = 0
        for t in slots.indices where !gone[t] {
            for k in 0..<3 { corners[3 * kept + k] = corners[3 * t + k] }
            slots[kept] = slots[t]
            kept += 1
        }
        corners.removeLast(corners.count - 3 * kept)
        slots.removeLast(slots.count - kept)
    }

    /// The mesh as it is now, vertices that no triangle uses left out.
    package func simplified() -> Mesh { simplified(moving: []) }

    /// - Parameter moves: of each site, metres; none when empty.
    func simplified(moving moves: [Vec3f]) -> Mesh {
        var number = [Int32](repeating: -1, count: mesh.positions.count)
        var used: [Int] = []
        let indices = corners.map { corner -> UInt32 in
            if number[Int(corner)] < 0 {
                number[Int(corner)] = Int32(used.count)
                used.append(Int(corner))
            }
            return UInt32(number[Int(corner)])
        }
        // Triangles kept the order of the parts, so equal slots still follow each other.
        var parts: [Mesh.Part] = []
        for (t, slot) in slots.enumerated() {
            if let last = parts.last, last.slot == Int(slot) { parts[parts.count - 1].triangleCount += 1 } else {
                parts.append(Mesh.Part(firstTriangle: t, triangleCount: 1, slot: Int(slot)))
            }
        }
        var result = Mesh(
            positions: used.map { moves.isEmpty ? mesh.positions[$0] : mesh.positions[$0] + moves[Int(site[$0])] }, normals: used.map { mesh.normals[$0] },
            textureCoordinates: mesh.textureCoordinates.isEmpty ? [] : used.map { mesh.textureCoordinates[$0] }, indices: indices, parts: parts)
        result.skin = mesh.skin.map { skin in MeshSkin(bones: used.map { skin.bones[$0] }, weights: used.map { skin.weights[$0] }) }
        return result
    }
}

/// One end of an edge onto the other.
struct CollapseStep {
    /// Mean squared distance, m2.
    var cost: Double
    var from: Int32
    var to: Int32
}
