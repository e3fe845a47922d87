import SquallAssets
import SquallGeometry
import SquallMath

/// The surface of a field as triangles: one vertex per grid cell that it crosses (Gibson 1998), drawn onto the surface, with the field's own
/// normals.
struct SurfaceNet {
    var positions: [Vec3f] = []
    var normals: [Vec3f] = []
    var indices: [UInt32] = []

    private let origin: Vec3f
    private let cell: Float
    private let count: SIMD3<Int>
    private var values: [Float] = []
    /// The field near each block of the grid that the surface may cross.
    private var blocks: [SculptField?] = []
    private static let side = 4
    private var blockCount: SIMD3<Int> { SIMD3((count.x + Self.side - 1) / Self.side, (count.y + Self.side - 1) / Self.side, (count.z + Self.side - 1) / Self.side) }

    /// - Parameters:
    ///   - box: holds the surface.
    ///   - cell: edge of a grid cell, metres.
    init(_ field: SculptField, in box: BoundingBox, cell: Float) {
        self.cell = cell
        origin = box.lower - Vec3f(repeating: 1.5 * cell)
        let size = (box.upper - box.lower + Vec3f(repeating: 3 * cell)) / cell
        count = SIMD3(Int(size.x) + 2, Int(size.y) + 2, Int(size.z) + 2)
        sample(field)
        let vertices = place(field)
        connect(vertices)
    }

    private func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (z * count.y + y) * count.x + x }
    private func corner(_ x: Int, _ y: Int, _ z: Int) -> Vec3f { origin + Vec3f(Float(x), Float(y), Float(z)) * cell }

    /// Blocks of the grid that the surface cannot reach are filled from their middle.
    private mutating func sample(_ field: SculptField) {
        values = Array(repeating: 1, count: count.x * count.y * count.z)
        let side = Self.side
        let radius = cell * Float(side - 1) * 0.87, reach = radius * 1.5 + 0.004
        for z in stride(from: 0, to: count.z, by: side) {
            for y in stride(from: 0, to: count.y, by: side) {
                for x in stride(from: 0, to: count.x, by: side) {
                    let half = Float(side - 1) / 2
                    let center = corner(x, y, z) + Vec3f(repeating: half * cell)
                    let middle = field.distance(center)
                    let near = abs(middle) > reach ? nil : field.near(center, radius: radius + 1.5 * cell)
                    blocks.append(near)
                    for k in z..<min(z + side, count.z) {
                        for j in y..<min(y + side, count.y) {
                            for i in x..<min(x + side, count.x) { values[index(i, j, k)] = near.map { $0.distance(corner(i, j, k)) } ?? middle }
                        }
                    }
                }
            }
        }
    }

    private mutating func place(_ whole: SculptField) -> [Int32] {
        var vertices = [Int32](repeating: -1, count: values.count)
        for z in 0..<count.z - 1 {
            for y in 0..<count.y - 1 {
                for x in 0..<count.x - 1 {
                    guard var p = crossing(x, y, z) else { continue }
                    let field = blocks[((z / Self.side) * blockCount.y + y / Self.side) * blockCount.x + x / Self.side] ?? whole
                    let move = slope(x, y, z) * field.distance(p)
                    p -= pointwiseMax(pointwiseMin(move, Vec3f(repeating: 0.5 * cell)), Vec3f(repeating: -0.5 * cell))
                    let normal = field.normal(p, step: 0.2 * cell, uncut: field.goesOn)
                    vertices[index(x, y, z)] = Int32(positions.count)
                    positions.append(p)
                    normals.append(normal == .zero ? Vec3f(0, 0, 1) : normal)
                }
            }
        }
        return vertices
    }

    /// Unit, outwards: how the values change across a cell.
    private func slope(_ x: Int, _ y: Int, _ z: Int) -> Vec3f {
        var sum = Vec3f.zero
        for k in 0..<8 {
            let (i, j, l) = (k & 1, (k >> 1) & 1, (k >> 2) & 1)
            sum += Vec3f(Float(2 * i - 1), Float(2 * j - 1), Float(2 * l - 1)) * values[index(x + i, y + j, z + l)]
        }
        return sum.normalized
    }

    /// Mean of where the surface cuts the edges of a cell; nil when it does not.
    private func crossing(_ x: Int, _ y: Int, _ z: Int) -> Vec3f? {
        var corners: (Float, Float, Float, Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0, 0, 0, 0)
        var inside = 0
        withUnsafeMutableBytes(of: &corners) { bytes in
            let v = bytes.assumingMemoryBound(to: Float.self)
            for k in 0..<8 {
                v[k] = values[index(x + k & 1, y + (k >> 1) & 1, z + (k >> 2) & 1)]
                if v[k] < 0 { inside += 1 }
            }
        }
        guard inside > 0, inside < 8 else { return nil }
        var (sum, edges) = (Vec3f.zero, Float(0))
        withUnsafeBytes(of: corners) { bytes in
            let v = bytes.assumingMemoryBound(to: Float.self)
            for axis in 0..<3 {
                for k in 0..<8 where k & (1 << axis) == 0 {
                    let other = k | (1 << axis)
                    guard (v[k] < 0) != (v[other] < 0) else { continue }
                    var p = Vec3f(Float(k & 1), Float((k >> 1) & 1), Float((k >> 2) & 1))
                    p[axis] = v[k] / (v[k] - v[other])
                    sum += p
                    edges += 1
                }
            }
        }
        return corner(x, y, z) + sum / edges * cell
    }

    /// One quad around every grid edge that the surface cuts.
    private mutating func connect(_ vertices: [Int32]) {
        for z in 1..<count.z - 1 {
            for y in 1..<count.y - 1 {
                for x in 1..<count.x - 1 {
                    let here = values[index(x, y, z)] < 0
                    for axis in 0..<3 {
                        let step = SIMD3(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0)
                        guard here != (values[index(x + step.x, y + step.y, z + step.z)] < 0) else { continue }
                        let (u, v) = (SIMD3(axis == 2 ? 1 : 0, axis == 0 ? 1 : 0, axis == 1 ? 1 : 0), SIMD3(axis == 1 ? 1 : 0, axis == 2 ? 1 : 0, axis == 0 ? 1 : 0))
                        func at(_ a: Int, _ b: Int) -> Int32 { vertices[index(x - a * u.x - b * v.x, y - a * u.y - b * v.y, z - a * u.z - b * v.z)] }
                        let ring = [at(1, 1), at(0, 1), at(0, 0), at(1, 0)]
                        if ring.allSatisfy({ $0 >= 0 }) { quad(here ? ring : ring.reversed()) }
                    }
                }
            }
        }
    }

    private mutating func quad(_ ring: [Int32]) {
        let p = ring.map { positions[Int($0)] }
        let short = (p[0] - p[2]).lengthSquared <= (p[1] - p[3]).lengthSquared
        for t in short ? [(0, 1, 2), (0, 2, 3)] : [(0, 1, 3), (1, 2, 3)] {
            let (a, b, c) = (p[t.0], p[t.1], p[t.2])
            // Slivers would only cost; what they leave open is thinner than a hair.
            guard cross(b - a, c - a).length > 4e-8 else { continue }
            indices += [UInt32(ring[t.0]), UInt32(ring[t.1]), UInt32(ring[t.2])]
        }
    }
}
