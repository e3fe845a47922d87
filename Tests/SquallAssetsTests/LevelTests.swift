import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import Testing

/// Built levels of detail: fewer triangles, the same shape.
@Suite struct LevelTests {
    /// A sphere of one smooth surface: `2 n (n - 1)` triangles and more.
    private func sphere(_ n: Int, radius: Double = 1) -> Mesh {
        var (positions, indices) = ([Vec3f](), [UInt32]())
        for i in 0...n {
            for j in 0..<2 * n {
                let (a, b) = (Double.pi * Double(i) / Double(n), Double.pi * Double(j) / Double(n))
                // The poles are one place each, not a circle of rounding errors.
                positions.append(i == 0 || i == n ? Vec3f(0, 0, Float(i == 0 ? radius : -radius)) : Vec3f(Vec3(sin(a) * cos(b), sin(a) * sin(b), cos(a)) * radius))
            }
        }
        let at = { (i: Int, j: Int) in UInt32(i * 2 * n + j % (2 * n)) }
        for i in 0..<n { for j in 0..<2 * n { indices += [at(i, j), at(i + 1, j), at(i, j + 1), at(i, j + 1), at(i + 1, j), at(i + 1, j + 1)] } }
        return Mesh(positions: positions, normals: positions.map(\.normalized), indices: indices)
    }

    @Test func aSphereKeepsItsRadiusAndVolume() {
        let mesh = sphere(48)
        let levels = mesh.builtLevels()
        #expect(levels.count >= 2)
        var (triangles, distance) = (mesh.triangleCount, 0.0)
        for level in levels {
            #expect(level.mesh.triangleCount < triangles * 6 / 10 && level.distance > distance)
            (triangles, distance) = (level.mesh.triangleCount, level.distance)
            // Corners stay on the sphere; sides cut into it by what the distance allows, twice the pixel error counted.
            let allowed = level.distance / Asset.referenceFocal
            for t in 0..<level.mesh.triangleCount {
                let (a, b, c) = level.mesh.corners(t)
                #expect(abs(a.length - 1) < 1e-5)
                #expect(1 - Double(((a + b + c) / 3).length) < 1.5 * allowed + 1e-3, "a side lies \(1 - ((a + b + c) / 3).length) m deep at a level for \(level.distance) m")
            }
            let volume = (0..<level.mesh.triangleCount).reduce(0.0) { sum, t in
                let (a, b, c) = level.mesh.corners(t)
                return sum + Double(dot(a, cross(b, c))) / 6
            }
            #expect(abs(volume / (4 * .pi / 3) - 1) < 0.25)
        }
    }

    /// Every edge of a closed mesh still has two sides.
    @Test func aClosedMeshStaysClosed() {
        for level in sphere(32).builtLevels() {
            var sides: [SIMD2<Int32>: Int] = [:]
            var sites: [SIMD3<Float>: Int32] = [:]
            let site = level.mesh.positions.map { p -> Int32 in
                if sites[p + 0] == nil { sites[p + 0] = Int32(sites.count) }
                return sites[p + 0] ?? -1
            }
            for t in 0..<level.mesh.triangleCount {
                let v = (0..<3).map { site[Int(level.mesh.indices[3 * t + $0])] }
                for k in 0..<3 { sides[SIMD2(min(v[k], v[(k + 1) % 3]), max(v[k], v[(k + 1) % 3])), default: 0] += 1 }
            }
            #expect(sides.values.allSatisfy { $0 == 2 })
        }
    }

    /// A flat sheet in two materials keeps its outline and the line between them exactly.
    @Test func bordersAndMaterialLinesStay() {
        let n = 30
        var (positions, indices) = ([Vec3f](), [UInt32]())
        for i in 0...n { for j in 0...n { positions.append(Vec3f(Float(i), Float(j), 0)) } }
        let at = { (i: Int, j: Int) in UInt32(i * (n + 1) + j) }
        for i in 0..<n { for j in 0..<n { indices += [at(i, j), at(i + 1, j), at(i, j + 1), at(i, j + 1), at(i + 1, j), at(i + 1, j + 1)] } }
        let half = n * n
        let mesh = Mesh(
            positions: positions, normals: positions.map { _ in Vec3f(0, 0, 1) }, indices: indices,
            parts: [Mesh.Part(firstTriangle: 0, triangleCount: half, slot: 0), Mesh.Part(firstTriangle: half, triangleCount: half, slot: 1)])
        for level in mesh.builtLevels() {
            for (slot, range) in [(0, 0.0...15.0), (1, 15.0...30.0)] {
                var area = 0.0
                for part in level.mesh.parts where part.slot == slot {
                    for t in part.firstTriangle..<part.firstTriangle + part.triangleCount {
                        let (a, b, c) = level.mesh.corners(t)
                        area += Double(cross(b - a, c - a).z) / 2
                        #expect([a, b, c].allSatisfy { range.contains(Double($0.x)) })
                    }
                }
                #expect(abs(area - 450) < 1e-3)
            }
        }
        #expect(!mesh.builtLevels().isEmpty)
    }

    @Test func theSameMeshGivesTheSameLevels() {
        let (a, b) = (sphere(24).builtLevels(), sphere(24).builtLevels())
        #expect(a.count == b.count && zip(a, b).allSatisfy { $0.mesh.positions == $1.mesh.positions && $0.mesh.indices == $1.mesh.indices && $0.distance == $1.distance })
    }
}
