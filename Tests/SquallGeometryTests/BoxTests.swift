import SquallGeometry
import SquallMath
import Testing

@Suite struct BoxTests {
    @Test("a box holds its points, exactly") func containing() {
        let points = [Vec3f(1, -2, 3), Vec3f(-4, 5, 0.5), Vec3f(0, 0, 9)]
        let box = BoundingBox(containing: points)
        #expect(box.lower == Vec3f(-4, -2, 0.5) && box.upper == Vec3f(1, 5, 9) && box.size == Vec3f(5, 7, 8.5) && box.center == Vec3f(-1.5, 1.5, 4.75))
        #expect(!box.isEmpty && BoundingBox.empty.isEmpty && BoundingBox(containing: []).isEmpty)
        #expect(!BoundingBox(containing: [Vec3f(1, 1, 1)]).isEmpty)
    }

    @Test("joining with an empty box changes nothing, joining two holds both") func joining() {
        let a = BoundingBox(lower: Vec3f(0, 0, 0), upper: Vec3f(1, 2, 3))
        var b = BoundingBox.empty
        b.insert(a)
        #expect(b == a)
        b.insert(BoundingBox.empty)
        #expect(b == a)
        b.insert(BoundingBox(lower: Vec3f(-1, 1, 1), upper: Vec3f(0.5, 5, 2)))
        #expect(b == BoundingBox(lower: Vec3f(-1, 0, 0), upper: Vec3f(1, 5, 3)))
    }

    @Test("corners are the eight, x fastest, then y") func corners() {
        let corners = BoundingBox(lower: Vec3f(0, 0, 0), upper: Vec3f(1, 2, 4)).corners
        #expect(corners.map { $0.x + $0.y + $0.z } == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(corners[1] == Vec3f(1, 0, 0) && corners[2] == Vec3f(0, 2, 0) && corners[4] == Vec3f(0, 0, 4))
    }

    @Test("a mesh knows its bounds, triangles and parts") func mesh() {
        let mesh = Mesh(
            positions: [Vec3f(0, 0, 0), Vec3f(1, 0, 0), Vec3f(0, 2, 0), Vec3f(0, 0, 3)], normals: Array(repeating: Vec3f(0, 0, 1), count: 4),
            indices: [0, 1, 2, 0, 2, 3])
        #expect(mesh.triangleCount == 2 && mesh.parts == [Mesh.Part(firstTriangle: 0, triangleCount: 2, slot: 0)])
        #expect(mesh.bounds == BoundingBox(lower: .zero, upper: Vec3f(1, 2, 3)))
        let second = mesh.corners(1)
        #expect(second.0 == Vec3f(0, 0, 0) && second.1 == Vec3f(0, 2, 0) && second.2 == Vec3f(0, 0, 3))
    }

    @Test("a new visibility buffer sees nothing") func visibility() {
        let buffer = VisibilityBuffer(width: 3, height: 2)
        #expect(
            buffer.instance == Array(repeating: VisibilityBuffer.nothing, count: 6) && buffer.depth.allSatisfy { $0 == .infinity }
                && buffer.glass == Array(repeating: false, count: 6))
    }
}
