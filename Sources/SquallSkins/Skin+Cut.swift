import SquallAssets
import SquallMath

/// Cutting along stencils. Every split of an edge splits both faces that share it: cuts leave no gaps.
extension Skin {
    private static let snap = 2e-4

    /// Splits faces along the outline of a stencil. - Returns: the faces inside, by index.
    @discardableResult
    package mutating func cut(_ stencil: Stencil, only slots: ((Int32) -> Bool)? = nil) -> [Int] {
        var (active, near) = candidates(stencil, slots)
        guard !active.isEmpty else { return [] }
        var touched = Array(repeating: Int32(-1), count: positions.count)
        for (number, plane) in stencil.planes.enumerated() {
            var splits: [UInt64: Int32] = [:]
            var inside: [Int] = []
            var outside: [Int] = []
            for index in active { split(index, plane, &splits, &inside, &outside) }
            near += outside
            active = inside
            if !splits.isEmpty {
                while touched.count < positions.count { touched.append(-1) }
                // Marks are the same whatever the order of keys.
                for key in splits.keys {
                    touched[Int(key >> 32)] = Int32(number)
                    touched[Int(key & 0xffff_ffff)] = Int32(number)
                }
                mend(&near, splits, touched, Int32(number))
            }
            if active.isEmpty { return [] }
        }
        return active
    }

    /// Faces that reach into the stencil, and those close enough to share an edge with them.
    private mutating func candidates(_ s: Stencil, _ slots: ((Int32) -> Bool)?) -> (active: [Int], near: [Int]) {
        box()
        var active: [Int] = []
        let (low4, high4) = (SIMD4<Float>(s.lower), SIMD4<Float>(s.upper))
        var (low, high) = (SIMD4<Float>(repeating: .infinity), SIMD4<Float>(repeating: -.infinity))
        for index in boxes.indices {
            let box = boxes[index]
            if any(box.lower .> high4) || any(box.upper .< low4) { continue }
            let f = faces[index]
            guard f.slot >= 0, slots?(f.slot) ?? true else { continue }
            if s.minimum > -1, dot(normals[Int(f.a)] + normals[Int(f.b)] + normals[Int(f.c)], s.facing) < 3 * s.minimum { continue }
            guard reaches(f, s) else { continue }
            active.append(index)
            (low, high) = (pointwiseMin(low, box.lower), pointwiseMax(high, box.upper))
        }
        guard !active.isEmpty else { return ([], []) }
        var near: [Int] = []
        var k = 0
        for index in boxes.indices {
            if k < active.count, active[k] == index { k += 1; continue }
            let box = boxes[index]
            if any(box.lower .> high + 1e-5) || any(box.upper .< low - 1e-5) || faces[index].slot < 0 { continue }
            near.append(index)
        }
        return (active, near)
    }

    private mutating func box() {
        for index in boxes.count..<max(boxes.count, faces.count) {
            let f = faces[index]
            let (a, b, c) = (at(f.a), at(f.b), at(f.c))
            boxes.append((SIMD4<Float>(pointwiseMin(pointwiseMin(a, b), c)), SIMD4<Float>(pointwiseMax(pointwiseMax(a, b), c))))
        }
    }

    /// Whether a face has area inside: faces that only cross the outline's extension stay whole.
    private func reaches(_ f: Face, _ s: Stencil) -> Bool {
        let corners = [at(f.a), at(f.b), at(f.c)]
        if s.planes.contains(where: { p in corners.allSatisfy { dot(p.n, $0) < p.d + Self.snap } }) { return false }
        var polygon = corners
        for p in s.planes {
            var next: [Vec3] = []
            for (k, a) in polygon.enumerated() {
                let b = polygon[(k + 1) % polygon.count]
                let (da, db) = (dot(p.n, a) - p.d, dot(p.n, b) - p.d)
                if da >= 0 { next.append(a) }
                if da * db < 0 { next.append(a + (b - a) * (da / (da - db))) }
            }
            polygon = next
            if polygon.count < 3 { return false }
        }
        return true
    }

    @inline(__always) private static func key(_ i: Int32, _ j: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: min(i, j))) << 32 | UInt64(UInt32(bitPattern: max(i, j)))
    }

    /// The vertex where an edge crosses a plane, made once.
    private mutating func crossing(_ i: Int32, _ j: Int32, _ di: Double, _ dj: Double, _ splits: inout [UInt64: Int32]) -> Int32 {
        let key = Self.key(i, j)
        if let known = splits[key] { return known }
        // From the lower index, so that both faces compute the same point.
        let (p, q, dp, dq) = i < j ? (i, j, di, dj) : (j, i, dj, di)
        let t = dp / (dp - dq)
        let n = (normals[Int(p)] + (normals[Int(q)] - normals[Int(p)]) * t).normalized
        let v = vertex(at(p) + (at(q) - at(p)) * t, n, texture[Int(p)])
        splits[key] = v
        return v
    }

    private mutating func split(
        _ index: Int, _ plane: (n: Vec3, d: Double), _ splits: inout [UInt64: Int32], _ inside: inout [Int], _ outside: inout [Int]
    ) {
        let f = faces[index]
        let v = SIMD3(f.a, f.b, f.c)
        var d = SIMD3(dot(plane.n, at(f.a)), dot(plane.n, at(f.b)), dot(plane.n, at(f.c))) - plane.d
        for k in 0..<3 where abs(d[k]) < Self.snap { d[k] = 0 }
        if d[0] >= 0, d[1] >= 0, d[2] >= 0 {
            // A face within the plane belongs to the outside.
            if d[0] == 0, d[1] == 0, d[2] == 0 { outside.append(index) } else { inside.append(index) }
            return
        }
        if d[0] <= 0, d[1] <= 0, d[2] <= 0 { outside.append(index); return }
        var (inner, outer) = ([Int32](), [Int32]())
        for k in 0..<3 {
            let m = (k + 1) % 3
            if d[k] >= 0 { inner.append(v[k]) }
            if d[k] <= 0 { outer.append(v[k]) }
            if d[k] * d[m] < 0 {
                let c = crossing(v[k], v[m], d[k], d[m], &splits)
                inner.append(c)
                outer.append(c)
            }
        }
        faces[index].slot = -1
        for (polygon, isInner) in [(inner, true), (outer, false)] where polygon.count >= 3 {
            for k in 1..<(polygon.count - 1) {
                faces.append(Face(polygon[0], polygon[k], polygon[k + 1], f.slot))
                if isInner { inside.append(faces.count - 1) } else { outside.append(faces.count - 1) }
            }
        }
    }

    /// Splits the faces beside a cut where their edges were split.
    private mutating func mend(_ near: inout [Int], _ splits: [UInt64: Int32], _ touched: [Int32], _ number: Int32) {
        let isTouched = { (i: Int32) in Int(i) < touched.count && touched[Int(i)] == number }
        var k = 0
        while k < near.count {
            let index = near[k]
            k += 1
            let f = faces[index]
            guard f.slot >= 0 else { continue }
            let hits = (isTouched(f.a) ? 1 : 0) + (isTouched(f.b) ? 1 : 0) + (isTouched(f.c) ? 1 : 0)
            guard hits >= 2 else { continue }
            for (a, b, c) in [(f.a, f.b, f.c), (f.b, f.c, f.a), (f.c, f.a, f.b)] {
                guard let m = splits[Self.key(a, b)] else { continue }
                faces[index] = Face(a, m, c, f.slot)
                faces.append(Face(m, b, c, f.slot))
                near.append(index)
                near.append(faces.count - 1)
                break
            }
        }
    }

    /// Recolours what lies inside a stencil.
    @discardableResult
    package mutating func paint(_ stencil: Stencil, _ slot: Int, only slots: ((Int32) -> Bool)? = nil) -> [Int] {
        let inside = cut(stencil, only: slots)
        for i in inside { faces[i].slot = Int32(slot) }
        return inside
    }

    /// Pushes what lies inside a stencil to where `map` sends it, walls round the edge.
    /// - Parameters: `wall`, `floor` the slots; `cover` keeps the old surface under this slot (a lens, a pane).
    package mutating func recess(_ inside: [Int], wall: Int, floor: Int?, cover: Int? = nil, to map: (Vec3) -> Vec3) {
        var edges: Set<UInt64> = []
        let directed = { (i: Int32, j: Int32) in UInt64(UInt32(bitPattern: i)) << 32 | UInt64(UInt32(bitPattern: j)) }
        for index in inside {
            let f = faces[index]
            edges.insert(directed(f.a, f.b))
            edges.insert(directed(f.b, f.c))
            edges.insert(directed(f.c, f.a))
        }
        var moved: [Int32: Int32] = [:]
        for index in inside {
            let f = faces[index]
            let v = [f.a, f.b, f.c]
            for k in 0..<3 {
                let (i, j) = (v[k], v[(k + 1) % 3])
                if edges.contains(directed(j, i)) || (abs(at(i).y) < 1e-6 && abs(at(j).y) < 1e-6) { continue }
                quad(at(i), at(j), map(at(j)), map(at(i)), slot: wall)
            }
            if let floor {
                var w: [Int32] = []
                for i in v {
                    if let known = moved[i] { w.append(known); continue }
                    let new = vertex(map(at(i)), normals[Int(i)], texture[Int(i)])
                    moved[i] = new
                    w.append(new)
                }
                face(w[0], w[1], w[2], floor)
            }
            faces[index].slot = cover.map { Int32($0) } ?? -1
        }
    }
}

extension SIMD4<Float> {
    fileprivate init(_ v: Vec3) { self.init(Float(v.x), Float(v.y), Float(v.z), 0) }
}
