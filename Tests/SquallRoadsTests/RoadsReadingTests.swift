import Foundation
import SquallDiagnostics
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import Testing

/// What reading accepts, warns about and refuses.
@Suite struct RoadsReadingTests {
    private func failure(_ data: Data) -> [Diagnostic] {
        do {
            _ = try RoadNetwork(data, file: "bad.xodr")
            return []
        } catch let failure as Failure { return failure.diagnostics } catch { return [] }
    }
    private func failure(fixture name: String) throws -> [Diagnostic] { failure(try Data(contentsOf: URL(fileURLWithPath: RoadFiles.fixture(name)))) }

    @Test(arguments: [
        ("bad_nan", "road-not-finite", "lane -1"), ("bad_zero_length", "road-zero-length", "geometry 0"),
        ("bad_missing_length", "road-missing-value", "geometry 0"),
    ])
    func badFilesAreNamed(_ file: String, _ code: String, _ place: String) throws {
        let first = try #require(try failure(fixture: file).first)
        #expect(first.code == code)
        #expect(first.severity == .error)
        let where_ = try #require(first.place)
        #expect(where_.contains("road 3") && where_.contains(place), "\(where_)")
        #expect(first.fix != nil)
    }

    @Test func refusesWhatIsNotARoadFile() {
        #expect(failure(Data()).first?.code == "road-file-empty")
        #expect(failure(Data("<OpenDRIVE><road".utf8)).first?.code == "road-xml")
        #expect(failure(Data([0, 1, 2, 255, 254])).first?.code == "road-encoding")
        #expect(failure(Data("<kml/>".utf8)).first?.code == "road-root")
        #expect(failure(Data("<OpenDRIVE/>".utf8)).first?.code == "road-none")
        #expect(failure(Data("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><OpenDRIVE>&a;</OpenDRIVE>".utf8)).first?.code == "road-doctype")
        #expect(failure(Data((String(repeating: "<a>", count: 100)).utf8)).first?.code == "road-depth")
        #expect(throws: Failure.self) { try RoadNetwork(contentsOf: "/nowhere/road.xodr") }
        #expect(throws: Failure.self) { try RoadNetwork(contentsOf: "/tmp") }
    }

    @Test func refusesAMillionLanesQuickly() {
        let lane = "<lane id='-1' type='driving'><width sOffset='0' a='3' b='0' c='0' d='0'/></lane>"
        let text = "<OpenDRIVE><road id='1' length='1'><lanes><laneSection s='0'><right>" + String(repeating: lane, count: 500_000)
        let start = ContinuousClock.now
        #expect(failure(Data(text.utf8)).first?.code == "road-lane-count")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func refusesDuplicatesAndWildCurves() {
        let road =
            "<road id='1' length='10'><planView><geometry s='0' x='0' y='0' hdg='0' length='10'><line/></geometry></planView><lanes><laneSection s='0'/></lanes></road>"
        #expect(failure(Data("<OpenDRIVE>\(road)\(road)</OpenDRIVE>".utf8)).first?.code == "road-duplicate-id")
        #expect(
            failure(roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><arc curvature='1e6'/></geometry>", length: 100)).first?.code == "road-curvature"
        )
        #expect(
            failure(roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><arc curvature='inf'/></geometry>", length: 100)).first?.code
                == "road-not-finite")
        #expect(failure(roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><wiggle/></geometry>", length: 100)).first?.code == "road-geometry-kind")
    }

    @Test func warnsOfGapsAndLengths() throws {
        let network = try RoadNetwork(
            roadFile(
                "<geometry s='0' x='0' y='0' hdg='0' length='50'><line/></geometry><geometry s='50' x='51' y='0' hdg='0' length='50'><line/></geometry>",
                length: 120), file: "gap.xodr")
        let codes = network.ignored.map(\.code)
        #expect(codes.contains("road-gap") && codes.contains("road-length"))
        #expect(network.ignored.allSatisfy { $0.severity == .warning })
    }

    @Test func danglingLinksAreWarningsAndDeadEnds() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("junction_dangling"))
        #expect(network.ignored.filter { $0.code == "road-dangling-link" }.count == 2)
        #expect(network.travel(from: LanePosition(road: "1", lane: -1, s: 45), by: 30) == LanePosition(road: "2", lane: -1, s: 5))
        #expect(network.travel(from: LanePosition(road: "2", lane: -1, s: 5), by: -30) == LanePosition(road: "1", lane: -1, s: 45))
        #expect(network.travel(from: LanePosition(road: "2", lane: -1, s: 45), by: 10) == nil)
        #expect(network.approaches(ofJunction: "9")?.map { "\($0.road) \($0.atEnd)" } == ["1 true", "2 false"])
        #expect(network.approaches(ofJunction: "8") == nil)
        let length = try #require(network.distanceAlong(from: LanePosition(road: "1", lane: -1, s: 45), to: LanePosition(road: "2", lane: -1, s: 5)))
        #expect(abs(length - 30) < 1e-9)
        let back = try #require(network.distanceAlong(from: LanePosition(road: "2", lane: -1, s: 5), to: LanePosition(road: "1", lane: -1, s: 45)))
        #expect(abs(back + 30) < 1e-9)
    }

    @Test func furnitureIsPlacedAndTheRestListed() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("signals_objects"))
        let things = network.placedObjects
        let lamp = try #require(things.first { $0.path == "road.7.object.lamp_4" })
        #expect(lamp.archetype == "lamp_post" && lamp.size == Vec3(2, 0.4, 7))
        // It stands on the pavement, which is a kerb's height above the road at z = 10.
        #expect((lamp.pose.position - Vec3(20, -5.5, 10.12)).length < 1e-9)
        #expect(abs(lamp.pose.rotation.yaw - .pi / 2) < 1e-6)
        let trees = things.filter { $0.archetype == "tree" }
        #expect(trees.map(\.path) == (0..<5).map { "road.7.object.row[\($0)]" })
        #expect(trees.map(\.pose.position.x) == [30, 40, 50, 60, 70])
        #expect(abs(trees[4].pose.position.y - 10) < 1e-9)
        let house = try #require(things.first { $0.archetype == "building" })
        #expect(house.size == Vec3(12, 10, 9))
        #expect(things.filter { $0.archetype == "guard_rail" }.map(\.pose.position.x) == [152, 156, 160, 164, 168])
        let signs = things.filter { $0.kind.hasPrefix("signal") }
        #expect(signs.map(\.archetype) == ["sign_speed_50", "traffic_light"])
        #expect(abs(abs(signs[0].pose.rotation.yaw) - .pi) < 1e-9)
        #expect(abs(signs[1].pose.rotation.yaw) < 1e-9)
        let messages = network.ignored.map(\.message).joined(separator: "\n")
        for word in ["crosswalk", "busStop", "dynamic"] { #expect(messages.contains(word)) }
    }

    /// German numbers old and new, a value that overrules them, plain words, and what no table knows.
    @Test(arguments: [
        ("274", "50", "", "", "sign_speed_50"), ("274", "56", "", "", "sign_speed_60"), ("274", "60", "", "", "sign_speed_60"), ("274", "-1", "120", "", "sign_speed_120"),
        ("274-30", "-1", "", "", "sign_speed_30"), ("274", "", "7", "", "sign"), ("274", "20", "", "", "sign_speed_20"), ("274", "-1", "10", "", "sign_speed_10"), ("274", "-1", "35", "", "sign"),
        ("274", "-1", "300", "", "sign"), ("278", "-1", "", "", "sign"), ("206", "-1", "", "", "sign_stop"), ("205", "", "", "", "sign_yield"),
        ("306", "-1", "", "", "sign_priority_road"), ("103", "10", "", "", "sign_bend_left"), ("103", "20", "", "", "sign_bend_right"), ("222", "20", "", "", "sign_keep_right"),
        ("330.1", "-1", "", "", "sign_motorway"), ("330.2", "", "", "", "sign_motorway_end"), ("1000001", "-1", "", "", "traffic_light"), ("1000002", "", "", "", "pedestrian_light"),
        ("-1", "-1", "", "Sign_Stop", "sign_stop"), ("-1", "-1", "", "", "sign"), ("274", "", "nan", "", "sign"), ("9999999999999999999999", "x", "-3", "", "sign"),
    ])
    func signalsBecomeTheSignsTheyMean(type: String, subtype: String, value: String, name: String, archetype: String) throws {
        let signal = "<signal id='s' s='10' t='4' type='\(type)' subtype='\(subtype)' value='\(value)' name='\(name)' orientation='+'/>"
        let file = roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, profile: "<signals>\(signal)</signals>")
        let network = try RoadNetwork(file, file: "signal.xodr")
        #expect(network.placedObjects.map(\.archetype) == [archetype])
        // What is not drawn is said.
        #expect(network.ignored.contains { $0.message.hasPrefix("the face of ") && $0.message.contains(" is not drawn") } == (archetype == "sign"), "\(network.ignored)")
        if type == "278" { #expect(network.ignored.contains { $0.message == "the face of signal 278 is not drawn, once" }) }
        #expect(Archetype.named(archetype) != nil)
    }

    /// A continuous rail grows, rises and comes nearer evenly from its start to its end; its posts reach down to the ground.
    @Test func railsFollowBothEndsOfTheirRepeat() throws {
        func rails(_ attributes: String) throws -> [PlacedObject] {
            let object = "<object id='r' type='barrier' s='0' t='-6'><repeat s='20' length='80' distance='0' tStart='-6' tEnd='-5' \(attributes)/></object>"
            let file = roadFile("<geometry s='0' x='0' y='0' hdg='0' length='200'><line/></geometry>", length: 200, extra: "<objects>\(object)</objects>")
            return try RoadNetwork(file, file: "rail.xodr").placedObjects
        }
        let growing = try rails("heightStart='0.4' heightEnd='1.2' zOffsetStart='0' zOffsetEnd='0.4'")
        #expect(growing.count == 20)
        for (k, rail) in growing.enumerated() {
            let f = (Double(k) + 0.5) / 20
            // The top is where the file has it.
            #expect(abs(try #require(rail.size).z - (0.4 + 0.8 * f + 0.4 * f)) < 1e-9)
            #expect(abs(rail.pose.position.y - (-6 + f)) < 1e-9 && abs(rail.pose.position.x - (22 + 4 * Double(k))) < 1e-9)
            #expect(abs(rail.pose.rotation.yaw - atan2(1, 80)) < 1e-9)
        }
        let ground = try rails("heightStart='0.75' heightEnd='0.75'").map(\.pose.position.z)
        let sunk = try rails("heightStart='0.75' heightEnd='0.75' zOffsetStart='0' zOffsetEnd='-0.2'")
        for (k, rail) in sunk.enumerated() { #expect(abs(rail.pose.position.z - ground[k] + 0.2 * (Double(k) + 0.5) / 20) < 1e-9 && rail.size?.z == 0.75) }
    }

    /// What no code asks for is listed, wherever it stands: once a kind, with its number and first place.
    @Test func everythingUnreadIsListed() throws {
        let signal = "<signal id='s' s='10' t='4' type='206' orientation='+'><validity fromLane='-1' toLane='-1'/></signal>"
        let file = roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, profile: "<signals>\(signal)</signals>")
        let text = String(decoding: file, as: UTF8.self)
            .replacing("<planView>", with: "<userData code='colour' value='red'/><userData code='x' value='y'/><surface/><planView>")
        let network = try RoadNetwork(Data(text.utf8), file: "unread.xodr")
        let ignored = network.ignored.filter { $0.code == "road-ignored" }
        #expect(ignored.map(\.message) == ["<userData> in <road> is ignored, 2 times", "<validity> in <signal> is ignored, once"])
        #expect(ignored.allSatisfy { $0.severity == .note })
        #expect(ignored.first?.place?.hasPrefix("first in road 1 (line ") == true)
        #expect(ignored.last?.place?.hasPrefix("road 1, signal s (line ") == true)
        // Ten thousand kinds are no ten thousand lines.
        let many = (0..<10_000).map { "<kind\($0) a='1'/>" }.joined()
        let noisy = try RoadNetwork(Data(text.replacing("<planView>", with: many + "<planView>").utf8), file: "noisy.xodr")
        #expect(noisy.ignored.count < 60 && noisy.ignored.last?.message.contains("more kinds") == true)
    }

    /// A row of trees that grows and climbs; what is not followed is listed once.
    @Test func repeatedThingsGrowToTheirEnds() throws {
        let row = "<repeat s='10' length='40' distance='20' tStart='5' tEnd='9' zOffsetStart='0' zOffsetEnd='2' heightStart='4' heightEnd='8' widthStart='2' widthEnd='4' "
            + "lengthStart='2' lengthEnd='2'/>"
        let tree = "<object id='1' type='tree' s='10' t='5' zOffset='0' hdg='0' pitch='0.2' height='4' width='2' length='2'>\(row)</object>"
        let sign = "<signal id='s' s='10' t='4' zOffset='2' type='274' orientation='+'/>"
        let file = roadFile(
            "<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, profile: "<objects>\(tree)</objects><signals>\(sign)</signals>")
        let network = try RoadNetwork(file, file: "row.xodr")
        let trees = network.placedObjects.filter { $0.archetype == "tree" }
        #expect(trees.compactMap(\.size) == [Vec3(2, 2, 4), Vec3(2, 3, 6), Vec3(2, 4, 8)])
        let heights = trees.map(\.pose.position.z)
        #expect(heights.count == 3 && abs(heights[2] - heights[0] - 2) < 0.5 && heights[1] > heights[0])
        let messages = network.ignored.map(\.message).joined(separator: "\n")
        for word in ["pitch and roll", "zOffset, height and width of signals"] { #expect(messages.contains(word), "\(messages)") }
    }

    @Test func facesOfSignObjectsAreSaidToBeMissing() throws {
        let things = "<object id='1' type='trafficSign' s='10' t='5' hdg='0'/><object id='2' type='tree' s='20' t='5' hdg='0'/>"
        let file = roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, profile: "<objects>\(things)</objects>")
        let network = try RoadNetwork(file, file: "signs.xodr")
        #expect(network.placedObjects.map(\.archetype) == ["sign", "tree"])
        #expect(network.ignored.map(\.message) == ["the face of signs that are objects is not drawn, once"])
    }

    @Test func unknownUnitsOfSpeedAreSaid() throws {
        for (unit, warns) in [("km/h", false), ("furlong/h", true)] {
            let text = String(decoding: roadFile("<geometry s='0' x='0' y='0' hdg='0' length='100'><line/></geometry>", length: 100, profile: ""), as: UTF8.self)
                .replacing("<planView>", with: "<type s='0' type='town'><speed max='50' unit='\(unit)'/></type><planView>")
            #expect(try RoadNetwork(Data(text.utf8), file: "u.xodr").ignored.contains { $0.code == "road-speed-unit" } == warns)
        }
    }

    @Test func shapesAreListedAsIgnored() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("superelevation_offset"))
        let shape = try #require(network.ignored.first { $0.message.contains("<shape>") })
        #expect(shape.message.contains("2 times") && shape.place?.contains("road 1") == true)
    }

    @Test func speedLimitsByPlace() throws {
        let network = try RoadNetwork(contentsOf: RoadFiles.fixture("signals_objects"))
        func limit(_ lane: Int, _ s: Double) -> Double? { network.speedLimit(at: LanePosition(road: "7", lane: lane, s: s)) }
        #expect(limit(-1, 50) == 50 / 3.6)
        #expect(limit(-1, 130) == 30 / 3.6)
        #expect(limit(1, 170) == 10)
        #expect(limit(1, 50) == 50 / 3.6)
    }

    /// Cut short or with bytes changed, a file is read or refused, never worse, and in bounded time.
    @Test(arguments: RoadFiles.samples + ["../../Tests/Fixtures/signals_objects", "../../Tests/Fixtures/junction_dangling"]) func survivesMutation(
        _ name: String
    ) throws {
        let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: RoadFiles.sample(name))))
        var state: UInt64 = 0x5eed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let interesting = [UInt8]("0123456789.-eE\"<>/ nainf".utf8)
        let start = ContinuousClock.now
        for round in 0..<60 {
            var bytes = original
            if round % 6 == 5 { bytes = Array(bytes.prefix(next(bytes.count))) }
            for _ in 0..<(1 + next(8)) where !bytes.isEmpty { bytes[next(bytes.count)] = interesting[next(interesting.count)] }
            guard let network = try? RoadNetwork(Data(bytes), file: "mutant.xodr") else { continue }
            for road in network.roadIDs {
                for lane in network.lanes(ofRoad: road, at: 10) {
                    let position = LanePosition(road: road, lane: lane.id, s: 1)
                    guard let pose = network.pose(of: position) else { continue }
                    _ = network.travel(from: position, by: 50)
                    _ = network.surface(at: pose.position.xy, near: position)
                    _ = network.track(position, to: pose.position.xy + Vec2(5, 1), heading: 0)
                }
            }
            if round % 10 == 0 { #expect(network.meshes().triangleCount > 0) }
        }
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
