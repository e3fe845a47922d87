import Foundation
import SquallMath
import SquallRoads
import SquallScene
import Testing

/// Reference lines against closed forms.
@Suite struct RoadsGeometryTests {
    private func line(_ geometry: String, length: Double) throws -> RoadNetwork { try RoadNetwork(roadFile(geometry, length: length), file: "test.xodr") }
    private func at(_ network: RoadNetwork, _ s: Double) throws -> Pose { try #require(network.pose(of: LanePosition(road: "1", lane: 0, s: s))) }

    @Test func arcEndsOnItsCircle() throws {
        let network = try line("<geometry s='0' x='10' y='-5' hdg='0.3' length='120'><arc curvature='0.02'/></geometry>", length: 120)
        for s in stride(from: 0.0, through: 120, by: 7.5) {
            let pose = try at(network, s)
            let center = Vec2(10 - 50 * sin(0.3), -5 + 50 * cos(0.3))
            let expected = center + 50 * Vec2(sin(0.3 + s / 50), -cos(0.3 + s / 50))
            #expect((pose.position.xy - expected).length < 1e-10)
            #expect(abs(wrapAngle(pose.rotation.yaw - 0.3 - s / 50)) < 1e-12)
        }
    }

    /// C(t) and S(t), the Fresnel integrals with `cos(pi u^2 / 2)`, from Abramowitz and Stegun, table 7.7.
    @Test(arguments: [
        (0.5, 0.4923442258714464, 0.0647324328599993), (1.0, 0.7798934003768228, 0.4382591473903548), (2.0, 0.4882534060753408, 0.3434156783636982),
        (3.0, 0.6057207892976857, 0.4963129989673750),
    ])
    func clothoidMatchesFresnel(_ t: Double, _ c: Double, _ s: Double) throws {
        // Curvature grows by 1/A^2 per metre; x = A sqrt(pi) C(t), with s = A sqrt(pi) t.
        let a = 40.0
        let scale = a * Double.pi.squareRoot()
        let length = scale * 3.5
        let network = try line(
            "<geometry s='0' x='0' y='0' hdg='0' length='\(length)'><spiral curvStart='0' curvEnd='\(length / (a * a))'/></geometry>", length: length)
        let point = try at(network, scale * t).position
        #expect((point.xy - scale * Vec2(c, s)).length < 1e-6)
    }

    /// A clothoid run from its far end backwards meets its own start.
    @Test func clothoidIsReversible() throws {
        let there = try line("<geometry s='0' x='0' y='0' hdg='0' length='80'><spiral curvStart='0.01' curvEnd='-0.04'/></geometry>", length: 80)
        let end = try at(there, 80)
        let back = try line(
            "<geometry s='0' x='\(end.position.x)' y='\(end.position.y)' hdg='\(end.rotation.yaw + .pi)' length='80'><spiral curvStart='0.04' curvEnd='-0.01'/></geometry>",
            length: 80)
        #expect(try at(back, 80).position.xy.length < 1e-9)
        #expect(abs(wrapAngle(try at(back, 80).rotation.yaw - .pi)) < 1e-9)
    }

    @Test func paramPoly3IsThePolynomial() throws {
        let network = try line(
            "<geometry s='0' x='1' y='2' hdg='\(Double.pi / 2)' length='100'>"
                + "<paramPoly3 pRange='arcLength' aU='0' bU='1' cU='0' dU='0' aV='0' bV='0' cV='1e-4' dV='0'/></geometry>",
            length: 100)
        // v = 1e-4 u^2 is so flat that parameter and arc length differ by less than a thousandth; u = s then.
        let point = try at(network, 60).position
        #expect(abs(point.x - (1 - 0.36)) < 1e-3 && abs(point.y - 62) < 1e-2)
    }

    /// A strongly curved polynomial is walked by arc length: evenly spaced s give evenly spaced points.
    @Test(arguments: ["normalized", "arcLength"]) func polynomialsRunByArcLength(_ range: String) throws {
        let scale = range == "normalized" ? 50.0 : 1.0
        let (b, c) = (0.6 * scale, 0.008 * scale * scale)
        // Its true length, by a fine sum.
        let steps = 100_000
        let end = range == "normalized" ? 1.0 : 50.0
        let length = (0..<steps).reduce(0.0) { sum, k in
            let p = end * (Double(k) + 0.5) / Double(steps)
            return sum + (b * b + 4 * c * c * p * p).squareRoot() * end / Double(steps)
        }
        let stated = range == "normalized" ? length : 50
        let network = try line(
            "<geometry s='0' x='0' y='0' hdg='0' length='\(stated)'><paramPoly3 pRange='\(range)' aU='0' bU='\(b)' cU='0' dU='0' aV='0' bV='0' cV='\(c)' dV='0'/></geometry>",
            length: stated)
        let points = try (0...20).map { try at(network, stated * Double($0) / 20).position }
        for (p, q) in zip(points, points.dropFirst()) { #expect(abs((q - p).length / (length / 20) - 1) < 2e-3) }
        #expect((points[20].xy - Vec2(b * end, c * end * end)).length < 1e-6)
    }

    @Test func poly3AdvancesByArcLength() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("poly3"))
        let length = try #require(network.length(ofRoad: "1"))
        for s in stride(from: 0.0, to: length - 1, by: 1) {
            let (a, b) = (try at(network, s), try at(network, s + 1))
            #expect(abs((b.position - a.position).length - 1) < 1e-3)
            // v(u) = 0.001 u^2 + 0.00002 u^3 in the local frame.
            let u = a.position.x
            #expect(abs(a.position.y - (0.001 * u * u + 0.00002 * u * u * u)) < 1e-6)
        }
    }

    @Test func superelevationTiltsAboutTheReferenceLine() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("superelevation_offset"))
        // Tilt rises linearly from 0 to 0.05 over 100 m; the lane offset shifts the lanes by 1 m to the left from s = 50.
        let pose = try #require(network.pose(of: LanePosition(road: "1", lane: -1, s: 80)))
        let tilt = 0.04
        let t = 1 - 1.75
        #expect(abs(pose.position.z - t * sin(tilt)) < 1e-9)
        #expect(abs(pose.position.y - t * cos(tilt)) < 1e-9)
        #expect(abs(pose.rotation.roll + tilt * -1) < 1e-3)
        let surface = try #require(network.surface(at: Vec2(80, t * cos(tilt))))
        #expect(abs(surface.crossSlope - tan(tilt)) < 1e-9)
        #expect(abs(surface.height - pose.position.z) < 1e-9)
        #expect(dot(surface.normal, pose.rotation * Vec3(0, 0, 1)) > 1 - 1e-12)
    }

    @Test func elevationPitchesThePose() throws {
        let network = try RoadNetwork(
            roadFile(
                "<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100,
                profile: "<elevationProfile><elevation s='0' a='3' b='0.06' c='0' d='0'/></elevationProfile>"), file: "test.xodr")
        let pose = try at(network, 50)
        #expect(abs(pose.position.z - 6) < 1e-12)
        // Nose up is a negative rotation about y (left).
        #expect(abs(pose.rotation.pitch + atan(0.06)) < 1e-12)
        let down = try #require(network.pose(of: LanePosition(road: "1", lane: 1, s: 50)))
        #expect(abs(down.rotation.pitch - atan(0.06)) < 1e-12)
        let surface = try #require(network.surface(at: Vec2(50, 1)))
        #expect(abs(surface.longitudinalSlope - 0.06) < 1e-12)
    }

    /// Every point of the lanes projects back onto its own s and t.
    @Test(arguments: ["curves_elevation", "e6mini"]) func projectionRoundTrip(_ name: String) throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.sample(name))
        for road in network.roadIDs {
            let length = try #require(network.length(ofRoad: road))
            for s in stride(from: 1.0, to: length - 1, by: 13.7) {
                for lane in network.lanes(ofRoad: road, at: s) where lane.id != 0 {
                    let position = LanePosition(road: road, lane: lane.id, s: s, left: 0.2)
                    let pose = try #require(network.pose(of: position))
                    let found = try #require(network.locate(pose.position.xy, within: 0.1))
                    #expect(found.road == road && found.lane == lane.id, "\(position) \(found)")
                    #expect(abs(found.s - s) < 1e-5 && abs(found.left - 0.2) < 1e-5, "\(position) \(found)")
                    let surface = try #require(network.surface(at: pose.position.xy, near: position))
                    #expect(abs(surface.height - pose.position.z) < 1e-5)
                }
            }
        }
    }
}
