import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallSensors
import SquallWeather
import Testing

@Suite struct LidarSensorTests {
    private func still(_ instances: [MeshInstance], carrier: Pose = .identity) -> [LidarRequest.Knot] { [.init(carrier: carrier, instances: instances)] }

    @Test func rangesIdsAndTimesInClearAir() {
        let model = TestLidar.model(noise: 0)
        let frame = TestLidar.sensor.capture(TestLidar.request(model, still([TestLidar.place(0, object: 5, at: .zero, scale: 20)])))
        #expect(frame.points.count == 8 * 256)
        #expect(frame.start == Ticks(seconds: 0.95) && frame.end == Ticks(seconds: 1.05) && frame.stamp == Ticks(seconds: 1))
        for (index, point) in frame.points.enumerated() {
            #expect(abs(Vec3(point.position).xy.length - 20) < 0.2)
            #expect(point.instance == 5 && point.cause == 0)
            #expect(point.returnIndex == 0 && point.ring == UInt16(index % 8))
        }
        // Clockwise from behind, forward at the stamp.
        let azimuths = stride(from: 0, to: frame.points.count, by: 8).map { frame.points[$0].azimuth }
        #expect(zip(azimuths, azimuths.dropFirst()).allSatisfy { $0 > $1 })
        let half = Double.pi / 256
        #expect(abs(azimuths[0] - (.pi - half)) < 1e-3)
        #expect(abs(azimuths[128] + half) < 1e-3)
        #expect(frame.points[0].timeOffset == -49_804_688 && frame.points.last?.timeOffset == 49_804_688)
    }

    @Test func rangeNoiseHasTheModelsDeviation() {
        let model = TestLidar.model(rings: 32, steps: 512, lowest: 0, highest: 0.01)
        let frame = TestLidar.sensor.capture(TestLidar.request(model, still([TestLidar.place(0, object: 1, at: .zero, scale: 10)])))
        let exact = TestLidar.sensor.capture(
            TestLidar.request(
                TestLidar.model(rings: 32, steps: 512, noise: 0, lowest: 0, highest: 0.01), still([TestLidar.place(0, object: 1, at: .zero, scale: 10)])))
        let errors = zip(frame.points, exact.points).map { $0.range - $1.range }
        let mean = errors.reduce(0, +) / Double(errors.count)
        // Both carry the signal term of the same draws; what is left is the data sheet's.
        let signal = 0.5 / 100 / (0.1 / 10_000)
        let faint: Double = 0.0081 / (2 * signal)
        let (a, b) = ((0.0004 + faint).squareRoot(), faint.squareRoot())
        let squares: [Double] = errors.map { ($0 - mean) * ($0 - mean) }
        let deviation = (squares.reduce(0, +) / Double(errors.count)).squareRoot()
        #expect(abs(mean) < 5e-4)
        #expect(abs(deviation / (a - b) - 1) < 0.03)
    }

    /// physics.md section 4: at 20 m/s a turn of 0.1 s covers 2 m; undone, a wall stays flat.
    @Test func egoMotionIsUndoneAndMovingObjectsSmear() {
        let model = TestLidar.model(rings: 4, steps: 720, noise: 0, lowest: 0, highest: 0.02)
        let world = [TestLidar.place(0, object: 2, at: .zero, scale: 30)]
        let knots = [-1.0, 0, 1].map {
            LidarRequest.Knot(carrier: Pose(position: Vec3(5 + $0, 0, 0), rotation: Quaternion(yaw: 0.2 + 0.1 * $0)), instances: world)
        }
        let frame = TestLidar.sensor.capture(TestLidar.request(model, knots))
        #expect(frame.pose == knots[1].carrier)
        for point in frame.points {
            let p = frame.pose * Vec3(point.position)
            #expect(abs(Vec2(p.x, p.y).length - 30) < 0.1)
        }
        // The drum moves 1 m either way instead: seen ahead (at the stamp) it is in place, behind (start and end) it is not.
        let moving = [-1.0, 0, 1].map { LidarRequest.Knot(carrier: .identity, instances: [TestLidar.place(0, object: 2, at: Vec3(0, $0, 0), scale: 30)]) }
        let smeared = TestLidar.sensor.capture(TestLidar.request(model, moving))
        let radius = { (p: LidarPoint, y: Double) in Vec2(Double(p.position.x), Double(p.position.y) - y).length }
        for point in smeared.points {
            let y = Double(point.timeOffset) * 1e-9 / 0.05
            #expect(abs(radius(point, y) - 30) < 0.1)
        }
        #expect(smeared.points.contains { abs(radius($0, 0) - 30) > 0.5 })
    }

    @Test func theCarrierDoesNotSeeItself() {
        let model = TestLidar.model(rings: 2, steps: 64, lowest: 0, highest: 0.01)
        let instances = [TestLidar.place(0, object: 9, at: .zero, scale: 2), TestLidar.place(0, object: 3, at: .zero, scale: 15)]
        let frame = TestLidar.sensor.capture(TestLidar.request(model, still(instances), carrier: 9))
        #expect(frame.points.count == 128 && frame.points.allSatisfy { $0.instance == 3 })
    }

    @Test func glassLetsPartThroughAndPlatesShine() {
        let model = TestLidar.model(rings: 1, steps: 360, noise: 0, lowest: 0, highest: 0)
        let wall = TestLidar.place(1, object: 1, at: Vec3(30, 0, 0))
        let pane = TestLidar.place(3, object: 2, material: 1, at: Vec3(10, 0, 0))
        let open = TestLidar.sensor.capture(TestLidar.request(model, still([wall])))
        let behind = TestLidar.sensor.capture(TestLidar.request(model, still([pane, wall])))
        #expect(!open.points.isEmpty && open.points.count == behind.points.count)
        #expect(behind.points.allSatisfy { $0.instance == 1 })
        for (a, b) in zip(open.points, behind.points) { #expect(abs(Double(b.intensity / a.intensity) - 0.64) < 1e-5) }
        let plate = TestLidar.sensor.capture(TestLidar.request(model, still([TestLidar.place(1, object: 1, material: 2, at: Vec3(30, 0, 0))])))
        #expect(plate.points.allSatisfy { $0.intensity > 0.85 })
    }

    @Test func twoReturnsAtAnEdge() {
        let model = TestLidar.model(rings: 1, steps: 20_000, noise: 0, returns: 2, divergence: 2e-2, lowest: 0, highest: 0)
        let instances = [TestLidar.place(1, object: 1, at: Vec3(10, 0, 0)), TestLidar.place(0, object: 2, at: .zero, scale: 30)]
        let frame = TestLidar.sensor.capture(TestLidar.request(model, still(instances)))
        let seconds = frame.points.indices.filter { frame.points[$0].returnIndex == 1 }
        #expect(seconds.count > 8)
        for index in seconds {
            let (first, second) = (frame.points[index - 1], frame.points[index])
            #expect(first.returnIndex == 0 && first.timeOffset == second.timeOffset)
            #expect(abs(first.range - second.range) > LidarDetection.separableGap - 0.1)
            // The wall's edges are at y = +-1, 10 m ahead.
            #expect(abs(abs(first.azimuth) - atan2(1, 10)) < 8e-3)
        }
    }

    /// Level ground stretches each beam's footprint over metres and is one surface all the same.
    @Test func slantedGroundIsOneEcho() {
        var model = TestLidar.model(rings: 24, steps: 256, reference: 200, returns: 2, lowest: -0.4, highest: -0.016)
        let ground = still([TestLidar.place(2, object: 0, material: 3, at: Vec3(0, 0, -1.8))])
        let both = TestLidar.sensor.capture(TestLidar.request(model, ground))
        #expect(both.points.count { $0.returnIndex == 1 } == 0)
        #expect(both.points.contains { $0.range > 90 })
        // And keeps all its light: the farthest ring shines as it does for a sensor of one return.
        model.returns = 1
        let single = TestLidar.sensor.capture(TestLidar.request(model, ground))
        for ring: UInt16 in [0, 20, 23] {
            let mean = [both, single].map { frame in
                let own = frame.points.filter { $0.ring == ring }.map { Double($0.intensity) }
                return own.reduce(0, +) / Double(own.count)
            }
            #expect(abs(mean[0] / mean[1] - 1) < 0.02, "ring \(ring)")
        }
    }

    @Test func impossiblySlowTurnsKeepTheirPoints() {
        var request = TestLidar.request(TestLidar.model(rings: 1, steps: 64, lowest: 0, highest: 0), still([TestLidar.place(0, object: 5, at: .zero, scale: 20)]))
        request.info.rate = 0.1
        let points = TestLidar.sensor.capture(request).points
        #expect(points.count == 64 && points.first?.timeOffset == .min && points.last?.timeOffset == .max)
    }

    @Test func bytesDependOnTheKeyAndNotOnTheWorkers() {
        let model = TestLidar.model(returns: 2)
        let knots = still([TestLidar.place(0, object: 2, at: .zero, scale: 25), TestLidar.place(2, object: 0, material: 3, at: Vec3(0, 0, -2))])
        var medium = TestLidar.fog(mor: 80)
        (medium.rainRate, medium.rainExtinction) = (40, Rain.extinction(rate: 40))
        let alone = TestLidar.sensor.capture(TestLidar.request(model, knots, medium: medium))
        for workers in [2, 3] {
            let pool = WorkerPool(workers: workers)
            #expect(TestLidar.sensor.capture(TestLidar.request(model, knots, medium: medium), pool: pool).points == alone.points)
            pool.close()
        }
        let next = TestLidar.sensor.capture(TestLidar.request(model, knots, medium: medium, turn: 1))
        #expect(next.points != alone.points)
    }
}
