import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWorld
import Testing

/// What stands beside the roads: where, how much, and that it stays.
@Suite struct SurroundingsTests {
    private static let roads = ["straight_500m", "curves_elevation", "e6mini", "simple_4way_intersection"]
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Scenes/roads").standardizedFileURL.path

    private static func scene(_ road: String, _ kind: Surroundings, others: [ConcreteActor] = []) -> ConcreteScene {
        let ego = ConcreteActor(path: "ego", asset: "sedan", category: .car, placement: .ground(Vec2(0, 0), heading: 0))
        var scene = ConcreteScene(title: "t", seed: 5, road: "\(road).xodr", actors: [ego] + others)
        scene.surroundings = kind
        return scene
    }

    /// No thing touches a lane, none floats or is buried, ids stay within the budget, and a second build is the same.
    @Test(arguments: Surroundings.allCases) func standsBesideTheRoads(_ kind: Surroundings) throws {
        let catalogue = FileCatalogue(directory: Self.folder, library: .builtIn())
        for road in kind == .city ? Self.roads : ["curves_elevation"] {
            let world = try World.build(scene: Self.scene(road, kind), catalogue: catalogue)
            let roads = try #require(world.roads)
            let things = world.placed.filter { $0.path.hasPrefix("surroundings.") }
            #expect(things.count <= 900)
            if ![.bare, .open, .desert, .tunnel].contains(kind) { #expect(things.count > 5, "\(kind) \(road)") }
            for thing in things {
                let place = thing.pose.position
                #expect(roads.isFree(place.xy, within: 0.25), "\(thing.path) stands on a lane")
                let ground = world.groundHeight(place.xy)
                // Houses stand on the lowest of their corners.
                #expect(place.z < ground + 0.05 && place.z > ground - 1.3, "\(thing.path): \(place.z - ground) m over the ground")
            }
            // Trees near the roads share the meshes of their species.
            let (stored, drawn) = (Set(world.ground.map(\.mesh)), world.ground.map(\.mesh))
            let triangles = { (list: any Sequence<Int32>) in list.reduce(0) { $0 + world.meshes[Int($1)].triangleCount } }
            #expect(triangles(stored) < 1_500_000 && triangles(drawn) < 2_500_000, "\(triangles(stored)) triangles, \(triangles(drawn)) with those that are shared")
            let again = try World.build(scene: Self.scene(road, kind), catalogue: catalogue)
            #expect(again.placed == world.placed)
            #expect(zip(again.meshes, world.meshes).allSatisfy { $0.positions == $1.positions && $0.indices == $1.indices })
        }
    }

    /// Leaves fall by the middle of November and open in April, in the south half a year later; in the tropics trees keep them.
    @Test(arguments: [(48.1, 11, 20, true), (48.1, 11, 1, false), (48.1, 4, 5, true), (48.1, 4, 20, false), (-40.0, 7, 1, true), (-40.0, 1, 10, false), (10.0, 1, 10, false)])
    func treesAreBareInWinter(_ latitude: Double, _ month: Int, _ day: Int, _ isBare: Bool) throws {
        var scene = Self.scene("straight_500m", .city)
        (scene.place, scene.start) = (GeoPlace(latitude: latitude * .pi / 180), CivilTime(year: 2026, month: month, day: day, seconds: 43_200, offset: 0))
        let world = try World.build(scene: scene, catalogue: FileCatalogue(directory: Self.folder, library: .builtIn()))
        let trees = world.placed.map(\.archetype).filter { ["tree", "oak", "beech", "birch"].contains($0.replacing("bare_", with: "")) }
        #expect(!trees.isEmpty && trees.allSatisfy { $0.hasPrefix("bare_") == isBare }, "\(trees)")
    }

    /// An actor put somewhere else moves nothing but what stood in its way.
    @Test func editsElsewhereChangeNothing() throws {
        let catalogue = FileCatalogue(directory: Self.folder, library: .builtIn())
        let plain = try World.build(scene: Self.scene("straight_500m", .forest), catalogue: catalogue)
        let place = Vec2(250, 30)
        let other = ConcreteActor(path: "zebra", asset: "sedan", category: .car, placement: .ground(place, heading: 0))
        let edited = try World.build(scene: Self.scene("straight_500m", .forest, others: [other]), catalogue: catalogue)
        let far = { (world: World) in world.placed.filter { ($0.pose.position.xy - place).length > 40 } }
        #expect(far(plain) == far(edited))
        #expect(!far(plain).isEmpty)
    }

    /// Twenty streets of 3 km side by side: what is near the scene stands whatever lies first in the file, and the world does not end behind it.
    @Test func largeTownsStandAroundTheScene() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-town-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let streets = (0..<20).map { street in
            """
            <road name="" length="3000" id="\(street)" junction="-1"><planView><geometry s="0" x="0" y="\(street * 150)" hdg="0" length="3000"><line/></geometry></planView>
            <lanes><laneSection s="0"><left><lane id="1" type="driving" level="false"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
            <center><lane id="0" type="none" level="false"/></center><right><lane id="-1" type="driving" level="false"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></right>
            </laneSection></lanes></road>
            """
        }
        try "<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/>\(streets.joined())</OpenDRIVE>".write(
            to: folder.appendingPathComponent("town.xodr"), atomically: true, encoding: .utf8)
        var scene = Self.scene("town", .city)
        // In the last street: its file order would come last.
        scene.actors[0].placement = .ground(Vec2(1500, 19 * 150 - 1.7), heading: 0)
        let world = try World.build(scene: scene, catalogue: FileCatalogue(directory: folder.path, library: .builtIn()))
        let near = world.placed.filter { $0.path.hasPrefix("surroundings.") && ($0.pose.position.xy - Vec2(1500, 19 * 150)).length < 90 }
        for (kind, least) in [("house", 8), ("lamp", 6), ("parked", 5), ("tree", 5)] {
            let count = near.count { $0.path.contains(".\(kind)[") }
            #expect(count >= least, "\(count) of \(kind) within 90 m")
        }
        // Blocks behind the streets, where their rows of houses end.
        let far = world.ground.filter { $0.category == Category.building.rawValue }.map { (($0.transform * Vec3(world.meshes[Int($0.mesh)].bounds.center)).xy - Vec2(1500, 19 * 150)).length }
        #expect(far.contains { $0 > 900 }, "nothing is built beyond \(far.max() ?? 0) m")
    }

    /// The seed decides: another one gives another wood.
    @Test func seedsDiffer() throws {
        let catalogue = FileCatalogue(directory: Self.folder, library: .builtIn())
        var other = Self.scene("straight_500m", .village)
        other.seed = 6
        let (a, b) = (try World.build(scene: Self.scene("straight_500m", .village), catalogue: catalogue), try World.build(scene: other, catalogue: catalogue))
        #expect(a.placed != b.placed)
    }

    /// Far woods keep off the lanes too.
    @Test func backgroundKeepsOffTheLanes() throws {
        let catalogue = FileCatalogue(directory: Self.folder, library: .builtIn())
        let world = try World.build(scene: Self.scene("curves_elevation", .forest), catalogue: catalogue)
        let roads = try #require(world.roads)
        var tested = 0
        for instance in world.ground where instance.category == Category.vegetation.rawValue {
            let mesh = world.meshes[Int(instance.mesh)]
            for k in stride(from: 0, to: mesh.positions.count, by: 23) {
                let p = instance.transform * Vec3(mesh.positions[k])
                tested += 1
                // This road's file draws its grass verges, 11 m a side, as lanes of type border: bushes may grow there, as `RoadEdge` has it.
                guard let surface = roads.surface(at: p.xy), ![.none, .border].contains(surface.laneType) else { continue }
                #expect(p.z > surface.height + 4.5, "a branch \(p.z - surface.height) m over a lane")
            }
        }
        #expect(tested > 1000)
    }
}
