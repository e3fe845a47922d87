/// The edges of a mesh between distinct positions, and what each is: who may be collapsed along it.
struct MeshEdges {
    enum Kind: UInt8 {
        /// Two triangles that agree about everything.
        case smooth
        /// Two triangles that differ in material, normal or texture coordinates along it.
        case seam
        /// One triangle only.
        case border
        /// More than two.
        case tangled
    }
    struct Edge {
        /// Sites, a < b.
        var a: Int32
        var b: Int32
        var kind: Kind
        /// One of its triangles.
        var triangle: Int32
    }

    /// By a, then b.
    private(set) var edges: [Edge] = []
    /// Seams, borders and tangles that end at each site.
    private var seams: [UInt8], borders: [UInt8], tangles: [Bool]

    private struct Side {
        var key: UInt64
        var triangle: Int32
        /// Vertices at the lower and the higher site.
        var low: UInt32
        var high: UInt32
    }

    init(corners: [UInt32], slots: [Int32], site: [Int32]) {
        let count = (site.max() ?? -1) + 1
        seams = Array(repeating: 0, count: Int(count))
        borders = Array(repeating: 0, count: Int(count))
        tangles = Array(repeating: false, count: Int(count))
        var sides: [Side] = []
        sides.reserveCapacity(corners.count)
        for corner in corners.indices {
            let t = corner / 3
            let (v, w) = (corners[corner], corners[3 * t + (corner - 3 * t + 1) % 3])
            let (a, b) = (site[Int(v)], site[Int(w)])
            sides.append(
                a < b
                    ? Side(key: UInt64(UInt32(a)) << 32 | UInt64(UInt32(b)), triangle: Int32(t), low: v, high: w)
                    : Side(key: UInt64(UInt32(b)) << 32 | UInt64(UInt32(a)), triangle: Int32(t), low: w, high: v))
        }
        sides.sort { ($0.key, $0.triangle) < ($1.key, $1.triangle) }
        var start = 0
        while start < sides.count {
            var end = start + 1
            while end < sides.count, sides[end].key == sides[start].key { end += 1 }
            add(sides[start..<end], slots)
            start = end
        }
    }

    private mutating func add(_ sides: ArraySlice<Side>, _ slots: [Int32]) {
        guard let first = sides.first, let last = sides.last else { return }
        let (a, b) = (Int32(first.key >> 32), Int32(first.key & 0xFFFF_FFFF))
        let kind: Kind
        switch sides.count {
        case 1: kind = .border
        case 2: kind = first.low == last.low && first.high == last.high && slots[Int(first.triangle)] == slots[Int(last.triangle)] ? .smooth : .seam
        default: kind = .tangled
        }
        for end in [Int(a), Int(b)] {
            switch kind {
            case .smooth: break
            case .seam: seams[end] = max(seams[end], seams[end] &+ 1)
            case .border: borders[end] = max(borders[end], borders[end] &+ 1)
            case .tangled: tangles[end] = true
            }
        }
        edges.append(Edge(a: a, b: b, kind: kind, triangle: first.triangle))
    }

    /// Whether a site may move along an edge: freely inside a smooth surface, along its line on a border or seam, not at all where lines meet.
    func moves(_ s: Int32, along kind: Kind) -> Bool {
        let (seams, borders) = (seams[Int(s)], borders[Int(s)])
        if tangles[Int(s)] { return false }
        switch (seams, borders) {
        case (0, 0): return true
        case (2, 0): return kind == .seam
        case (0, 2): return kind == .border
        default: return false
        }
    }
}

/// The triangles around each site, as one table.
struct TrianglesBySite {
    private var starts: [Int32]
    private var triangles: [Int32]

    init(corners: [UInt32], site: [Int32], siteCount: Int) {
        starts = Array(repeating: 0, count: siteCount + 1)
        for v in corners { starts[Int(site[Int(v)]) + 1] += 1 }
        for s in 0..<siteCount { starts[s + 1] += starts[s] }
        triangles = Array(repeating: 0, count: corners.count)
        var next = starts
        for (corner, v) in corners.enumerated() {
            let s = Int(site[Int(v)])
            triangles[Int(next[s])] = Int32(corner / 3)
            next[s] += 1
        }
    }

    subscript(s: Int32) -> LazyMapSequence<ArraySlice<Int32>, Int> { triangles[Int(starts[Int(s)])..<Int(starts[Int(s) + 1])].lazy.map { Int($0) } }
}
