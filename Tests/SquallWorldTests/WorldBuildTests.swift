import Foundation
import SquallAssets
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene
import SquallWorld
import Testing

@Suite struct WorldBuildTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    private let catalogue = FileCatalogue(directory: Self.root + "/Scenes/roads", library: .builtIn())

    private func actor(_ path: String, _ asset: String = "sedan", at placement: Placement = .pose(.identity), color: SIMD3<Double>? = nil, size: Vec3? = nil, file: Bool = false)
        -> ConcreteActor
    {
        ConcreteActor(path: path, asset: asset, assetIsFile: file, category: .car, placement: placement, speed: 10, color: color, size: size)
    }

    @Test func idsFollowPathsWhateverTheOrderOfActors() throws {
        let actors = [actor("zebra"), actor("ego"), actor("traffic[10]", "van"), actor("traffic[2]")]
        let world = try World.build(scene: ConcreteScene(title: "t", actors: actors), catalogue: catalogue)
        #expect(world.objects.map(\.path) == ["ego", "traffic[2]", "traffic[10]", "zebra"])
        #expect(world.objects.map(\.actor) == [1, 3, 2, 0])
        let state = try world.initialState()
        #expect(state.bodies.count == 4)
        #expect(state.bodies[0].joints.count == 4)
        #expect(state.bodies[0].velocity == Vec3(10, 0, 0))
        let instances = world.instances(in: state, levels: Array(repeating: 0, count: 4))
        #expect(Set(instances.map(\.object)) == [0, 1, 2, 3, 4])
        #expect(instances.allSatisfy { world.meshes.indices.contains(Int($0.mesh)) })
        #expect(instances.allSatisfy { instance in world.meshes[Int(instance.mesh)].parts.allSatisfy { world.materials.indices.contains(Int(instance.materialBase) + $0.slot) } })
    }

    @Test func actorsShareMeshesAndDifferInPaint() throws {
        let one = try World.build(scene: ConcreteScene(title: "t", actors: [actor("a")]), catalogue: catalogue)
        let many = try World.build(scene: ConcreteScene(title: "t", actors: (0..<40).map { actor("car[\($0)]") }), catalogue: catalogue)
        // Each shape of a sedan is stored once, however many wear it: body and wheels at each level, and the plane once.
        let shapes = Set(many.objects.map { $0.levels.flatMap { $0.pieces.map(\.mesh) } })
        #expect(shapes.count > 1 && shapes.count <= catalogue.library.variants(of: "sedan"))
        #expect(many.meshes.count == 1 + Set(shapes.flatMap { $0 }).count && one.meshes.count == 1 + Set(one.objects[0].levels.flatMap { $0.pieces.map(\.mesh) }).count)
        let paints = many.objects.map { many.materials[Int($0.materialBase)].baseColor }
        #expect(Set(paints).count > 5)
        // Another actor in the scene changes nobody's colour.
        let fewer = try World.build(scene: ConcreteScene(title: "t", actors: [actor("car[7]")]), catalogue: catalogue)
        let seventh = try #require(many.objects.first { $0.path == "car[7]" })
        #expect(fewer.materials[Int(fewer.objects[0].materialBase)] == many.materials[Int(seventh.materialBase)])
        let red = try World.build(scene: ConcreteScene(title: "t", actors: [actor("a", color: SIMD3(0.5, 0, 0))]), catalogue: catalogue)
        #expect(red.materials[Int(red.objects[0].materialBase)].baseColor == Vec3f(0.5, 0, 0))
    }

    @Test func sizesScaleBoxAndMeshAlike() throws {
        let world = try World.build(scene: ConcreteScene(title: "t", actors: [actor("crate", "box", size: Vec3(2, 3, 0.5))]), catalogue: catalogue)
        let object = world.objects[0]
        #expect(object.boxSize == Vec3(2, 3, 0.5))
        #expect(object.boxCenter == Vec3(0, 0, 0.25))
        let instance = try #require(world.instances(in: world.initialState(), levels: [0]).last)
        let corners = world.meshes[Int(instance.mesh)].bounds.corners.map { instance.transform * Vec3($0) }
        #expect(corners.map(\.y).max() == 1.5)
        #expect(corners.map(\.z).max() == 0.5)
        #expect(throws: Failure.self) { try World.build(scene: ConcreteScene(title: "t", actors: [actor("crate", "box", size: Vec3(0, 1, 1))]), catalogue: catalogue) }
    }

    @Test func roadsCarryActorsAndPlacedObjects() throws {
        let scene = ConcreteScene(
            title: "t", road: "e6mini.xodr",
            actors: [actor("ego", at: .lane(LanePosition(road: "0", lane: -3, s: 50))), actor("stray", at: .ground(Vec2(30, -40), heading: 1))])
        let world = try World.build(scene: scene, catalogue: catalogue)
        let state = try world.initialState()
        let roads = try catalogue.road("e6mini.xodr")
        #expect(state.bodies[0].pose == roads.pose(of: LanePosition(road: "0", lane: -3, s: 50)))
        #expect(state.bodies[0].lane?.lane == -3)
        let categories = Set(world.ground.map(\.category))
        for wanted in [Category.road, .laneMarking, .terrain] { #expect(categories.contains(wanted.rawValue)) }
        // Statics from the file are objects with ids, and stand where the file says.
        let statics = world.objects.enumerated().filter { $0.element.actor == nil }
        #expect(!statics.isEmpty)
        #expect(statics.allSatisfy { $0.element.isStatic && $0.element.path.hasPrefix("road.") })
        let network = try catalogue.network("e6mini.xodr")
        let first = try #require(network.placedObjects.first)
        let index = try #require(world.objects.firstIndex { $0.path == first.path })
        #expect(state.bodies[index].pose == first.pose)
        #expect(zip(world.objects, world.objects.dropFirst()).allSatisfy { PathOrder.isBefore($0.path, $1.path) })
        // The stray stands on the ground that is drawn under it.
        let stray = try #require(world.objects.firstIndex { $0.path == "stray" })
        let place = state.bodies[stray].pose.position
        #expect(abs(place.z - world.groundHeight(Vec2(30, -40))) < 1e-9)
        #expect(throws: Failure.self) {
            let lost = ConcreteScene(title: "t", road: "e6mini.xodr", actors: [actor("ego", at: .lane(LanePosition(road: "0", lane: -3, s: 1e6)))])
            _ = try World.build(scene: lost, catalogue: catalogue).initialState()
        }
    }

    @Test func everyMaterialPointsAtATextureThatExists() throws {
        let street = FileCatalogue(directory: Self.root, library: .builtIn())
        let scene = ConcreteScene(title: "t", actors: [actor("block", "Scripts/bench-data/block_tex.glb", file: true), actor("car")])
        let world = try World.build(scene: scene, catalogue: street)
        // Four of the street and one of the car, its number plate.
        #expect(world.textures.count == 5)
        for material in world.materials { #expect(material.baseColorTexture < Int32(world.textures.count)) }
        // The ground has none: its detail is computed where it is seen.
        let block = try #require(world.objects.first { $0.path == "block" })
        let asphalt = try #require(world.materials[Int(block.materialBase)...].first { $0.baseColorTexture >= 0 })
        #expect(asphalt.baseColorTexture < 4)
        #expect(try street.asset("Scripts/bench-data/block_tex.glb").size == block.boxSize)
    }

    /// A material a colour; what a world and one more asset may hold fits the rasterizer's 24 bits.
    @Test func coloursAddMaterials() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-paints-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let corners = ([0, 0, 0, 1, 0, 0, 0, 1, 0] as [Float]).withUnsafeBytes { Data($0) }
        let model = """
            {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],"materials":[{}],
            "meshes":[{"primitives":[{"attributes":{"POSITION":0},"material":0}]}],
            "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],
            "bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"byteLength":36,"uri":"data:application/octet-stream;base64,\(corners.base64EncodedString())"}]}
            """
        try Data(model.utf8).write(to: folder.appendingPathComponent("two.gltf"))
        let actors = (0..<10).map { k in actor("a[\(k)]", "two.gltf", color: SIMD3(Double(k) / 10, 0, 0), file: true) }
        let world = try World.build(scene: ConcreteScene(title: "t", actors: actors), catalogue: FileCatalogue(directory: folder.path, library: .builtIn()))
        #expect(world.materials.count < SceneLimit.worldMaterials.value && Set(world.objects.map(\.materialBase)).count == 10)
        #expect(SceneLimit.worldMaterials.value + SceneLimit.assetMaterials.value < 1 << 24)
    }

    @Test func tooManyObjectsAndEqualPathsAreRefused() {
        let crowd = (0...World.objectLimit).map { ConcreteActor(path: "p\($0)", asset: "nothing", category: .unlabeled, placement: .pose(.identity)) }
        #expect(throws: Failure.self) { try World.build(scene: ConcreteScene(title: "t", actors: crowd), catalogue: catalogue) }
        #expect(throws: Failure.self) { try World.build(scene: ConcreteScene(title: "t", actors: [actor("a"), actor("a")]), catalogue: catalogue) }
        #expect(throws: Failure.self) { try World.build(scene: ConcreteScene(title: "t", road: "no.xodr"), catalogue: catalogue) }
    }
}
