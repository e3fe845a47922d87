import SquallFrames
import SquallLabels
import SquallMath
import SquallRaster
import Testing

/// A 40 x 30 picture with one 10 x 6 object of luminance 3 on a ground of luminance 2.
private struct Fixture {
    var instance = Image<UInt16>(width: 40, height: 30, filledWith: 0)
    var depth = Image<Float>(width: 40, height: 30, filledWith: 20)
    var luminance = [Float](repeating: 2, count: 1200)
    let camera = PinholeCamera(width: 40, height: 30, fx: 40, fy: 40, cx: 20, cy: 15)
    let object = ObjectState(
        id: 1, category: .car, box: OrientedBox(pose: Pose(position: Vec3(0, 0, 20)), size: Vec3(5, 3, 2)), velocity: .zero, angularVelocity: .zero, acceleration: .zero,
        isStatic: false)

    init(left: Int = 12, top: Int = 10) {
        for y in top..<min(30, top + 6) { for x in left..<min(40, left + 10) { instance[x, y] = 1; luminance[y * 40 + x] = 3 } }
    }

    func labels(_ lone: LoneCoverage, limits: DetectabilityLimits = DetectabilityLimits()) -> [CameraObject] {
        CameraObjects(instance: instance, depth: depth, luminance: luminance, model: CameraModel(camera), pose: .identity, limits: limits) { 0.99 - $0.z / 100 }
            .labels(objects: [object], lone: [lone])
    }
}

private func lone(_ inside: Int, _ outside: Int, columns: ClosedRange<Int>? = nil, rows: ClosedRange<Int>? = nil) -> LoneCoverage {
    var coverage = LoneCoverage()
    (coverage.inside, coverage.total, coverage.columns, coverage.rows) = (inside, inside + outside, columns, rows)
    return coverage
}

@Suite struct CameraObjectsTests {
    @Test("transmittance asks at most 256 points of an object, however large") func fewPointsOfLargeObjects() {
        final class Count: @unchecked Sendable { var value = 0 }   // used by one thread
        let fixture = Fixture()
        for pixels in [1, 255, 256, 257, 511, 512, 1023] {
            var ids = Image<UInt16>(width: 40, height: 30, filledWith: 0)
            for i in 0..<pixels { ids.pixels[i] = 1 }
            let count = Count()
            _ = CameraObjects(instance: ids, depth: fixture.depth, luminance: fixture.luminance, model: CameraModel(fixture.camera), pose: .identity, limits: DetectabilityLimits()) { _ in
                count.value += 1
                return 1
            }.labels(objects: [fixture.object], lone: [lone(pixels, 0)])
            #expect(count.value <= 256 && count.value >= min(pixels, 128), "\(pixels) pixels: \(count.value) asked")
        }
    }

    @Test("boxes, counts, contrast and transmittance of a plain object") func plainObject() throws {
        let label = try #require(Fixture().labels(lone(80, 20, columns: 12...21, rows: 8...15)).first)
        #expect(label.visibleBox == Box2D(left: 12, top: 10, right: 22, bottom: 16))
        #expect(label.fullBox == Box2D(left: 12, top: 8, right: 22, bottom: 16))
        #expect(label.visiblePixels == 60)
        #expect(label.visibleShare == 0.75)
        #expect(label.truncation == 0.2)
        #expect(abs(label.contrast - 0.5) < 1e-12)
        #expect(abs(label.transmittance - 0.79) < 1e-9)
        #expect(label.detectable)
    }

    @Test("an object half dark, half bright on mid-grey is detectable; one that fog has made like its surroundings is not") func partsDoNotCancel() throws {
        var fixture = Fixture()
        for y in 10..<16 { for x in 12..<22 { fixture.luminance[y * 40 + x] = x < 17 ? 0 : 4 } }
        let seen = try #require(fixture.labels(lone(60, 0)).first)
        // |0 - 2| / 2 and |4 - 2| / 2.
        #expect(abs(seen.contrast - 1) < 1e-12 && seen.detectable)
        // Airlight that grows by half a per cent a row, as before a hazy horizon, and the object in it.
        for y in 0..<30 { for x in 0..<40 { fixture.luminance[y * 40 + x] = 2 + 0.01 * Float(y) } }
        let fogged = try #require(fixture.labels(lone(60, 0)).first)
        #expect(fogged.contrast < 0.02 && fogged.contrast > 0 && !fogged.detectable)
    }

    @Test("what stands before an object lends it no contrast; a gap between two others shows it by theirs") func occluders() throws {
        var fixture = Fixture()
        for y in 10..<16 { for x in 12..<22 { fixture.luminance[y * 40 + x] = 2 } }
        for y in 0..<30 { for x in 18..<40 { (fixture.instance[x, y], fixture.luminance[y * 40 + x], fixture.depth[x, y]) = (2, 9, 5) } }
        let beside = try #require(fixture.labels(lone(60, 0)).first)
        #expect(beside.visiblePixels == 36 && beside.contrast == 0 && !beside.detectable)
        // Behind it the same thing is background.
        for y in 0..<30 { for x in 18..<40 { fixture.depth[x, y] = 50 } }
        #expect(try #require(fixture.labels(lone(60, 0)).first).contrast > 0.2)
        for y in 0..<30 { for x in 0..<40 where fixture.instance[x, y] != 1 { (fixture.instance[x, y], fixture.luminance[y * 40 + x], fixture.depth[x, y]) = (2, 8, 5) } }
        #expect(abs(try #require(fixture.labels(lone(60, 0)).first).contrast - 0.75) < 1e-12)
    }

    @Test("nothing on a picture without light stands out, and light does") func darkness() throws {
        var fixture = Fixture()
        fixture.luminance = [Float](repeating: 0, count: 1200)
        #expect(try #require(fixture.labels(lone(60, 0)).first).contrast == 0)
        for y in 10..<16 { for x in 12..<22 { fixture.luminance[y * 40 + x] = 0.1 } }
        #expect(try #require(fixture.labels(lone(60, 0)).first).contrast == 1)
    }

    @Test("the ring is four pixels wide and never the object itself") func ringWidth() throws {
        var fixture = Fixture()
        // Brightening the fifth pixel out changes nothing; the fourth does.
        for x in 0..<40 { fixture.luminance[(10 - 5) * 40 + x] = 100 }
        let alone = lone(60, 0)
        #expect(abs(try #require(fixture.labels(alone).first).contrast - 0.5) < 1e-12)
        for x in 0..<40 { fixture.luminance[(10 - 4) * 40 + x] = 100 }
        // Of the six rows of ten the first sees it: nine of its 54 pixels in the middle, (9 * 100 + 27 * 2) / 36 = 26.5 and |3 - 26.5| / 26.5.
        #expect(try #require(fixture.labels(alone).first).contrast > 0.55)
    }

    @Test("fewer pixels or less contrast than the limits is not detectable", arguments: [(17, 0.05), (61, 0.05), (16, 0.51)]) func limits(pixels: Int, contrast: Double) throws {
        var limits = DetectabilityLimits()
        (limits.cameraPixels, limits.cameraContrast) = (pixels, contrast)
        let label = try #require(Fixture().labels(lone(60, 0), limits: limits).first)
        #expect(label.detectable == (pixels <= 60 && contrast <= 0.5))
    }

    @Test("an object at the border and one wholly hidden") func borderAndHidden() throws {
        let border = try #require(Fixture(left: 34, top: 26).labels(lone(24, 36)).first)
        #expect(border.visibleBox == Box2D(left: 34, top: 26, right: 40, bottom: 30))
        #expect(border.truncation == 0.6)
        var hidden = Fixture()
        hidden.instance = Image(width: 40, height: 30, filledWith: 0)
        let label = try #require(hidden.labels(lone(10, 0, columns: 0...4, rows: 0...1)).first)
        #expect(label.visibleShare == 0 && label.visibleBox == nil && !label.detectable)
        #expect(hidden.labels(lone(0, 10)).isEmpty)
    }
}

/// Labels of a rolling shutter: every point is where the row that shows it finds it.
@Suite struct RollingLabelTests {
    private let camera = PinholeCamera(width: 200, height: 100, fx: 100, fy: 100, cx: 100, cy: 50)
    private let lineTime = 1e-3

    private func labels(velocity: Vec3, camera moving: Vec3, points: [Vec3]) throws -> CameraObject {
        var object = ObjectState(
            id: 1, category: .car, box: OrientedBox(pose: Pose(position: Vec3(0, 0, 10)), size: Vec3(4, 8, 0)), velocity: velocity, angularVelocity: .zero, acceleration: .zero,
            isStatic: false)
        object.keypoints = points.map { BodyPoint(position: $0, flesh: 0.1) }
        let rows = (0..<100).map { row -> CameraObjects.Row in
            let seconds = (Double(row) + 0.5 - 50) * lineTime
            return CameraObjects.Row(pose: Pose(position: moving * seconds), seconds: seconds)
        }
        let objects = CameraObjects(
            instance: Image(width: 200, height: 100, filledWith: 1), depth: Image(width: 200, height: 100, filledWith: 10), luminance: Array(repeating: 1, count: 20_000),
            model: CameraModel(camera), pose: .identity, rows: rows, limits: DetectabilityLimits()) { _ in 1 }
        return try #require(objects.labels(objects: [object], lone: [lone(20_000, 0)]).first)
    }

    /// x of a point that stays in its row, after `v t` at that row's time.
    private func x(_ p: Vec3, _ speed: Double) -> Double {
        let row = (p.y * 10 + 50).rounded(.down)
        return 100 + 10 * (p.x + speed * (row + 0.5 - 50) * lineTime)
    }

    @Test("keypoints follow the rows, whether the object moves or the camera", arguments: [(20.0, 0.0), (0, -20), (30, 10)]) func keypoints(object: Double, camera: Double) throws {
        let points = [Vec3(-2, -4, 10), Vec3(1, 0.33, 10), Vec3(2, 4, 10)]
        let found = try labels(velocity: Vec3(object, 0, 0), camera: Vec3(camera, 0, 0), points: points).keypoints
        for (point, seen) in zip(points, found) {
            #expect(abs(seen.x - x(point, object - camera)) < 1e-9 && abs(seen.y - (point.y * 10 + 50)) < 1e-9 && seen.visibility == .visible)
        }
    }

    @Test("the projected box leans with what it bounds") func box() throws {
        let box = try #require(try labels(velocity: Vec3(20, 0, 0), camera: .zero, points: []).projectedBox)
        // Upper corners are read 40 ms before the stamp, lower ones as long after it.
        #expect(abs(box.left - x(Vec3(-2, -4, 10), 20)) < 1e-9 && abs(box.right - x(Vec3(2, 4, 10), 20)) < 1e-9)
        #expect(abs(box.top - 10) < 1e-9 && abs(box.bottom - 90) < 1e-9)
    }

    @Test("something that falls is met by the row it has fallen to") func falling() throws {
        let seen = try #require(try labels(velocity: Vec3(0, 50, 0), camera: .zero, points: [Vec3(0, 1, 10)]).keypoints.first)
        // In row 60 at the stamp, it falls half as fast as the rows are read: row 70 is read 20 ms later, when it is there.
        #expect(abs(seen.y - 70) < 1)
    }
}

@Suite struct ProjectedBoxTests {
    let camera = PinholeCamera(width: 640, height: 480, fx: 500, fy: 500, cx: 320, cy: 240)

    @Test("a box before the camera projects to its nearer face") func centred() throws {
        let box = OrientedBox(pose: Pose(position: Vec3(0, 0, 10)), size: Vec3(2, 1, 4))
        let found = try #require(ProjectedBox.box(of: box, pose: .identity, camera: camera))
        // The near face is at z = 8: half extents 1 and .5 m.
        #expect(abs(found.left - (320 - 62.5)) < 1e-9 && abs(found.right - (320 + 62.5)) < 1e-9)
        #expect(abs(found.top - (240 - 31.25)) < 1e-9 && abs(found.bottom - (240 + 31.25)) < 1e-9)
    }

    @Test("behind or beside the camera there is none; through the camera plane it is clipped") func clipping() throws {
        #expect(ProjectedBox.box(of: OrientedBox(pose: Pose(position: Vec3(0, 0, -10)), size: Vec3(2, 2, 2)), pose: .identity, camera: camera) == nil)
        #expect(ProjectedBox.box(of: OrientedBox(pose: Pose(position: Vec3(50, 0, 10)), size: Vec3(2, 2, 2)), pose: .identity, camera: camera) == nil)
        let through = try #require(ProjectedBox.box(of: OrientedBox(pose: Pose(position: Vec3(1.5, 0, 0)), size: Vec3(2, 2, 6)), pose: .identity, camera: camera))
        #expect(through.right == 640 && through.left > 320 && through.top == 0 && through.bottom == 480)
    }
}

@Suite struct LidarObjectsTests {
    @Test("points are counted in the turned box and by id apart") func counts() {
        let pose = Pose(position: Vec3(5, 0, 1), rotation: Quaternion(yaw: .pi / 4))
        let object = ObjectState(
            id: 3, category: .car, box: OrientedBox(pose: pose, size: Vec3(4, 1, 2)), velocity: .zero, angularVelocity: .zero, acceleration: .zero, isStatic: false)
        func point(_ p: Vec3, id: UInt16, cause: ReturnCause = .surface) -> LidarPoint {
            LidarPoint(position: Vec3f(p), intensity: 0.5, timeOffset: 0, ring: 0, instance: id, category: 0, cause: cause.rawValue, returnIndex: 0)
        }
        let sensor = Pose(position: Vec3(0, 0, 1.7), rotation: Quaternion(yaw: 0.3))
        let world = [pose * Vec3(1.9, 0.4, 0.9), pose * Vec3(-1.9, -0.4, -0.9), pose * Vec3(2.1, 0, 0), pose * Vec3(0, 0.6, 0)]
        let cloud = world.enumerated().map { point(sensor.inverse * $1, id: $0 == 1 ? 0 : 3) } + [point(sensor.inverse * pose.position, id: 3, cause: .rain)]
        let found = LidarObjects.count(cloud, pose: sensor, objects: [object], limits: DetectabilityLimits())
        // Two corners and the drop inside; hits by id leave the drop and the stranger out.
        #expect(found == [LidarObject(id: 3, pointsInBox: 3, hits: 3, detectable: false)])
    }
}
