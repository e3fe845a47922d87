import Foundation
import SquallDiagnostics
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import Testing

/// What a driver asks at every step.
@Suite struct RoadsTrackingTests {
    private func sample(_ name: String) throws -> RoadNetwork { try RoadNetwork(contentsOf: RoadFiles.sample(name)) }

    /// A point that drives beside the lane's centre is found there all the way, through curves and over the elevation.
    @Test(arguments: [("curves_elevation", 1, -1), ("curves_elevation", 1, 1), ("e6mini", 0, -3), ("e6mini", 0, 4)])
    func followsALane(_ name: String, _ road: Int, _ lane: Int) throws {
        let network = try sample(name)
        let length = try #require(network.length(ofRoad: "\(road)"))
        var position = LanePosition(road: "\(road)", lane: lane, s: lane < 0 ? 2 : length - 2)
        var truth = position
        while let next = network.travel(from: truth, by: 0.7) {
            truth = LanePosition(road: next.road, lane: next.lane, s: next.s, left: 0.6)
            let pose = try #require(network.pose(of: truth))
            let track = try #require(network.track(position, to: pose.position.xy, heading: pose.rotation.yaw + 0.1))
            #expect(track.onLane)
            #expect(abs(track.position.s - truth.s) < 1e-4 && abs(track.position.left - 0.6) < 1e-4 && track.position.lane == lane)
            #expect(abs(track.headingError - 0.1) < 0.02)
            position = track.position
        }
    }

    @Test func curvatureHasTheSignOfTheTurn() throws {
        let network = try sample("curves_elevation")
        // The arc from s = 100 has 0.007 1/m to the left; the lane right of it is longer, the one left of it shorter.
        let right = try #require(network.curvature(at: LanePosition(road: "1", lane: -1, s: 200)))
        #expect(abs(right - 1 / (1 / 0.007 + 1.535)) < 1e-9)
        let left = try #require(network.curvature(at: LanePosition(road: "1", lane: 1, s: 200)))
        #expect(abs(left + 1 / (1 / 0.007 - 1.535)) < 1e-9)
        #expect(network.laneWidth(at: LanePosition(road: "1", lane: 1, s: 200)) == 3.07)
        #expect(network.laneType(at: LanePosition(road: "1", lane: 1, s: 200)) == .driving)
    }

    /// Travel is measured along the lane's own centre line.
    @Test func travelIsTheLanesOwnLength() throws {
        let network = try sample("curves_elevation")
        let start = LanePosition(road: "1", lane: -1, s: 150)
        let end = try #require(network.travel(from: start, by: 100))
        var (length, before) = (0.0, try #require(network.pose(of: start)).position)
        for k in 1...2000 {
            let s = start.s + (end.s - start.s) * Double(k) / 2000
            let point = try #require(network.pose(of: LanePosition(road: "1", lane: -1, s: s))).position
            (length, before) = (length + (point - before).length, point)
        }
        #expect(abs(length - 100) < 1e-3)
        let back = try #require(network.travel(from: end, by: -100))
        #expect(abs(back.s - 150) < 1e-2)
        let measured = try #require(network.distanceAlong(from: start, to: end))
        #expect(abs(measured - 100) < 1e-2)
        let opposite = try #require(network.distanceAlong(from: end, to: start))
        #expect(abs(opposite + 100) < 1e-2)
    }

    @Test func crossesTheJunctionStraightOn() throws {
        let network = try sample("simple_4way_intersection")
        let from = LanePosition(road: "0", lane: -1, s: 90)
        let over = try #require(network.travel(from: from, by: 10 + 25.02556720077903 + 20))
        #expect(over.road == "2" && over.lane == -1 && abs(over.s - 20) < 1e-6)
        // From the south arm, whose lane 1 runs towards the junction.
        let south = try #require(network.travel(from: LanePosition(road: "1", lane: 1, s: 10), by: 50))
        #expect(south.road == "3" && south.lane == -1)
        let back = try #require(network.travel(from: south, by: -50))
        #expect(back.road == "1" && back.lane == 1 && abs(back.s - 10) < 1e-6)
        #expect(network.exits(from: from).map(\.road) == ["100", "101", "102"])
        let gap = try #require(network.distanceAlong(from: from, to: LanePosition(road: "3", lane: -1, s: 5)))
        // A left turn: the lane right of the reference line runs around the outside.
        #expect(gap > 10 + 20.94 + 5 && gap < 10 + 20.94 + 5 + 1.5 * .pi / 2 + 0.1)
        #expect(network.approaches(ofJunction: "1")?.map { "\($0.road)\($0.atEnd)" } == ["0true", "1false", "2false", "3false"])
        #expect(network.junctionIDs == ["1"])
    }

    /// A vehicle that turns is tracked from road to road through every connection.
    @Test(arguments: ["100", "101", "102"]) func tracksThroughEveryConnection(_ connection: String) throws {
        let network = try sample("simple_4way_intersection")
        let entry = try #require(network.exits(from: LanePosition(road: "0", lane: -1, s: 99)).first { $0.road == connection })
        var truth = entry
        var position = entry
        var roads: [String] = [entry.road]
        for _ in 0..<120 {
            truth = try #require(network.travel(from: truth, by: 0.5))
            let pose = try #require(network.pose(of: truth))
            let track = try #require(network.track(position, to: pose.position.xy, heading: pose.rotation.yaw))
            #expect(track.position.road == truth.road && abs(track.position.s - truth.s) < 1e-4 && abs(track.position.left) < 1e-4)
            #expect(abs(track.headingError) < 1e-3)
            if roads.last != track.position.road { roads.append(track.position.road) }
            position = track.position
        }
        #expect(roads == [connection, ["100": "1", "101": "2", "102": "3"][connection] ?? ""])
    }

    @Test func neighboursFollowTheDirectionOfTravel() throws {
        let network = try sample("e6mini")
        func beside(_ lane: Int, _ left: Bool, _ drivable: Bool = true) -> Int? {
            network.neighbour(of: LanePosition(road: "0", lane: lane, s: 300), left: left, drivable: drivable)?.lane
        }
        #expect(beside(-3, true) == -2 && beside(-3, false) == -4)
        #expect(beside(3, true) == 2 && beside(3, false) == 4)
        #expect(beside(-2, true) == nil && beside(-2, true, false) == -1)
        #expect(beside(-4, false) == nil && beside(-4, false, false) == -5)
        #expect(beside(-7, false, false) == nil)
        #expect(beside(-1, true, false) == 1)
    }

    /// Lanes that are renumbered, born and ended at a section border keep their way by their links.
    @Test func lanesRunOverSectionBorders() throws {
        let width = "<width sOffset='0' a='3' b='0' c='0' d='0'/>"
        let lanes = """
            <laneSection s='0'><center><lane id='0' type='none'/></center><right>
            <lane id='-1' type='driving'><link><successor id='-2'/></link>\(width)</lane>
            <lane id='-2' type='driving'><link><successor id='-7'/></link>\(width)</lane></right></laneSection>
            <laneSection s='50'><center><lane id='0' type='none'/></center><right>
            <lane id='-1' type='median'><width sOffset='0' a='0' b='0' c='0' d='0'/></lane>
            <lane id='-2' type='driving'><link><predecessor id='-1'/></link>\(width)</lane></right></laneSection>
            """
        let network = try RoadNetwork(
            roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, lanes: lanes), file: "sections.xodr")
        #expect(network.travel(from: LanePosition(road: "1", lane: -1, s: 40), by: 20) == LanePosition(road: "1", lane: -2, s: 60))
        #expect(network.travel(from: LanePosition(road: "1", lane: -1, s: 40), by: 10) == LanePosition(road: "1", lane: -2, s: 50))
        #expect(network.travel(from: LanePosition(road: "1", lane: -2, s: 60), by: -20) == LanePosition(road: "1", lane: -1, s: 40))
        #expect(network.travel(from: LanePosition(road: "1", lane: -2, s: 40), by: 20) == nil)
        #expect(network.ignored.contains { $0.code == "road-dangling-link" && $0.place?.contains("lane section 0, lane -2") == true })
        let track = try #require(network.track(LanePosition(road: "1", lane: -1, s: 49), to: Vec2(51, -1.5), heading: 0))
        #expect(track.position == LanePosition(road: "1", lane: -2, s: 51) && track.width == 3)
    }

    @Test func leftHandTrafficRunsTheOtherWay() throws {
        let network = try RoadNetwork(
            roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, attributes: "rule='LHT'"), file: "left.xodr")
        #expect(network.travel(from: LanePosition(road: "1", lane: 1, s: 40), by: 10)?.s == 50)
        #expect(network.lanes(ofRoad: "1", at: 0).map(\.direction) == [1, -1, -1])
    }

    /// Gallaway's flow path: straight down the cross slope on the level, longer on a climb.
    @Test func drainageLengthensOnAClimb() throws {
        let flat = try sample("straight_500m")
        let level = try #require(flat.surface(at: Vec2(100, -3)))
        #expect(abs(level.drainage.path - 3) < 1e-9 && abs(level.drainage.slope - 0.02) < 1e-9)
        let hill = try RoadNetwork(
            roadFile(
                "<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100,
                profile:
                    "<elevationProfile><elevation s='0' a='0' b='0.04' c='0' d='0'/></elevationProfile>"
                        + "<lateralProfile><superelevation s='0' a='\(-atan(0.02))' b='0' c='0' d='0'/></lateralProfile>"
            ),
            file: "hill.xodr")
        // Tilted to the left edge: water comes from the right edge at t = -3.5.
        let wet = try #require(hill.surface(at: Vec2(50, 1.5 * cos(atan(0.02)))))
        #expect(abs(wet.drainage.path - 5 * 5.0.squareRoot()) < 1e-3)
        #expect(abs(wet.drainage.slope - (0.02 * 0.02 + 0.04 * 0.04).squareRoot()) < 1e-4)
    }
}
