import Foundation
import SquallAssets
import SquallDiagnostics
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWorld
import Testing

/// Road files with one or a few facts that no road has, or with elements twice or not at all: they are refused in words, or what they say is built, meshed and asked
/// in bounded time. Seeded, so that a finding can be repeated.
@Suite struct RoadsFuzzTests {
    private static let extremes = ["-1", "0", "-1000", "1e11", "-1e11", "1e-11", "1e300", "NaN", "inf", "", "-0.5", "99999", "4294967295", "x", "1"]
    private static let rounds = 40

    @Test(arguments: RoadFiles.samples + ["../../Tests/Fixtures/signals_objects", "../../Tests/Fixtures/junction_dangling", "../../Tests/Fixtures/superelevation_offset"])
    func survivesExtremesAndCopies(_ name: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: RoadFiles.sample(name))), as: UTF8.self)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-road-fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let values = text.matches(of: /="([^"<]*)"/).map { $0.output.1.startIndex..<$0.output.1.endIndex }
        let elements = text.matches(of: /<(road|junction|connection|laneSection|lane|object|objects|geometry|planView) [^>]*>[\s\S]*?<\/\1>/).map(\.range)
            + text.matches(of: /<[a-zA-Z]+ [^>]*\/>/).map(\.range)
        #expect(values.count > 50 && elements.count > 5)
        var random = CounterRandom(seed: 41, path: "road fuzz \(name)")
        var built = 0
        for round in 0..<Self.rounds {
            let edits = (0..<(1 + round % 3)).map { _ -> (Range<String.Index>, String) in
                let pick = { (count: Int) in min(count - 1, Int(random.uniform() * Double(count))) }
                if random.uniform() < 0.7 { return (values[pick(values.count)], Self.extremes[pick(Self.extremes.count)]) }
                let element = elements[pick(elements.count)]
                return (element, String(repeating: String(text[element]), count: [0, 2, 3][pick(3)]))
            }
            let start = ContinuousClock.now
            if try Self.survives(Self.apply(edits, to: text), folder, "mutant\(round).xodr") { built += 1 }
            #expect(ContinuousClock.now - start < .seconds(10), "\(name) round \(round): \(edits.map(\.1))")
        }
        // A mutation that is always refused tests nothing behind the reader.
        #expect(built > Self.rounds / 5, "\(built)")
    }

    /// Every attribute of a file with all kinds of furniture, one by one.
    @Test(arguments: ["-1000", "1e11", "0", "-1e-3"]) func everyAttributeMayBeAbsurd(_ value: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: RoadFiles.fixture("signals_objects"))), as: UTF8.self)
        let start = ContinuousClock.now
        var (read, refused) = (0, 0)
        for match in text.matches(of: /="([^"<]*)"/) {
            let mutant = text.replacingCharacters(in: match.output.1.startIndex..<match.output.1.endIndex, with: value)
            do {
                let network = try RoadNetwork(Data(mutant.utf8), file: "absurd.xodr")
                #expect(network.placedObjects.allSatisfy { ($0.pose.position.x + $0.pose.position.y + $0.pose.position.z).isFinite })
                read += 1
            } catch let failure as Failure {
                #expect(failure.diagnostics.allSatisfy { !$0.message.isEmpty && $0.file == "absurd.xodr" })
                refused += 1
            }
        }
        #expect(read > 100 && refused > 0, "\(read) read, \(refused) refused")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    /// From the front; an edit within another is left out.
    private static func apply(_ edits: [(Range<String.Index>, String)], to text: String) -> Data {
        var (result, place) = ("", text.startIndex)
        for (range, value) in edits.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) where range.lowerBound >= place {
            result += text[place..<range.lowerBound] + value
            place = range.upperBound
        }
        return Data((result + text[place...]).utf8)
    }

    /// Whether the file was built; false when it was refused as it should be.
    private static func survives(_ data: Data, _ folder: URL, _ name: String) throws -> Bool {
        try data.write(to: folder.appendingPathComponent(name))
        let catalogue = FileCatalogue(directory: folder.path, library: .builtIn())
        do {
            let network = try catalogue.network(name)
            let world = try World.build(scene: ConcreteScene(title: name, road: name), catalogue: catalogue)
            let state = try world.initialState()
            for body in state.bodies { #expect((body.pose.position.x + body.pose.position.y + body.pose.position.z + body.pose.rotation.yaw).isFinite, "\(name)") }
            for instance in world.ground {
                let mesh = world.meshes[Int(instance.mesh)]
                let box = mesh.bounds
                #expect((box.size.x + box.size.y + box.size.z + box.center.x + box.center.y + box.center.z).isFinite, "\(name)")
                #expect(mesh.normals.allSatisfy { ($0.x + $0.y + $0.z).isFinite }, "\(name)")
            }
            for road in network.roadIDs {
                for lane in network.lanes(ofRoad: road, at: 10) {
                    let position = LanePosition(road: road, lane: lane.id, s: 1)
                    guard let pose = network.pose(of: position) else { continue }
                    #expect((pose.position.x + pose.position.z + pose.rotation.yaw).isFinite, "\(name) \(position)")
                    _ = network.travel(from: position, by: 50)
                    _ = network.surface(at: pose.position.xy, near: position)
                    _ = network.track(position, to: pose.position.xy + Vec2(5, 1), heading: 0)
                }
            }
            return true
        } catch let failure as Failure {
            #expect(!failure.diagnostics.isEmpty && failure.diagnostics.allSatisfy { !$0.message.isEmpty && $0.file.hasSuffix(name) }, "\(name): \(failure.diagnostics)")
            return false
        }
    }
}
