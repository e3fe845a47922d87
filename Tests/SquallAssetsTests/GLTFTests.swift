import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallAssets
import Testing

@Suite struct GLTFTests {
    private func load(_ json: String, _ binary: Data = GLTFSamples.square, root: String = "/nowhere") throws -> GLTFScene {
        try GLTF.load(bytes: GLTFSamples.glb(json, binary), file: "test.glb", root: root)
    }

    /// The failure a damaged document gives: place and message together.
    private func complaint(_ json: String, _ binary: Data = GLTFSamples.square, root: String = "/nowhere") -> String {
        do {
            _ = try load(json, binary, root: root)
            return "no failure"
        } catch let failure as Failure {
            return failure.diagnostics.map { "\($0.file)|\($0.place ?? "")|\($0.message)|\($0.fix ?? "")" }.joined()
        } catch { return "another error" }
    }

    @Test func stripsFansAndListsGiveTheSameSquare() throws {
        for (mode, order) in [(5, [0, 1, 2, 3] as [UInt8]), (6, [0, 1, 3, 2])] {
            let binary = GLTFSamples.square.prefix(48) + Data(order)
            let mesh = try load(GLTFSamples.document(primitive: #"{"attributes":{"POSITION":0},"indices":1,"mode":\#(mode)}"#), binary).meshes[0]
            #expect(mesh.triangleCount == 2)
            // Flat normals, both triangles counter-clockwise seen from +z, area one half each.
            #expect(mesh.normals.allSatisfy { $0 == Vec3f(0, 0, 1) })
            for t in 0..<2 {
                let (a, b, c) = mesh.corners(t)
                #expect(cross(b - a, c - a) == Vec3f(0, 0, 1))
            }
        }
    }

    @Test func nodesPlaceSharedMeshes() throws {
        let scene = try GLTF.load(path: GLTFSamples.fixture("TwoCubes.glb"))
        #expect(scene.nodes.map(\.name) == ["CubeA", "CubeB"])
        #expect(scene.nodes.map { $0.transform.translation.x } == [2, -2])
        #expect(scene.meshes.allSatisfy { $0.triangleCount == 12 })
        #expect(scene.materials[0].baseColor == Vec3f(1, 0, 0))
    }

    @Test func hierarchyMultipliesAndMirrorsKeepTheOutside() throws {
        let nodes = #"[{"translation":[10,0,0],"rotation":[0,0,0.7071067811865476,0.7071067811865476],"children":[1]},{"mesh":0,"scale":[-2,1,1]}]"#
        let scene = try load(GLTFSamples.document(nodes: nodes))
        let node = scene.nodes[0]
        #expect(node.transform.determinant > 0)
        // A mirrored and then quarter-turned corner (1, 0, 0) lands at (10, -2, 0).
        let places = scene.meshes[node.mesh].positions.map { node.transform * Vec3($0) }
        #expect(places.contains { ($0 - Vec3(10, -2, 0)).length < 1e-6 })
        // Mirrored across x: what faced +z still faces +z.
        #expect(scene.meshes[node.mesh].normals.allSatisfy { $0.z == 1 })
    }

    @Test func quantizedAndSparsePositions() throws {
        // Normalised 16-bit positions: 32767 is 1, -32767 is -1; the fourth vertex is overridden through a sparse accessor.
        let shorts: [Int16] = [0, 0, 0, 32767, 0, 0, 0, 32767, 0, 0, 0, 0]
        let binary = GLTFSamples.bytes(shorts) + Data([0, 1, 2, 3]) + Data([3, 0]) + GLTFSamples.bytes([-32767, 32767, 0] as [Int16])
        let views =
            #"[{"buffer":0,"byteLength":24},{"buffer":0,"byteOffset":24,"byteLength":4},{"buffer":0,"byteOffset":28,"byteLength":2},{"buffer":0,"byteOffset":30,"byteLength":6}]"#
        let positions =
            #"{"bufferView":0,"componentType":5122,"normalized":true,"count":4,"type":"VEC3","sparse":"#
            + #"{"count":1,"indices":{"bufferView":2,"componentType":5121},"values":{"bufferView":3}}}"#
        let mesh = try load(GLTFSamples.document(positions: positions, views: views, extra: #","extensionsRequired":["KHR_mesh_quantization"]"#, length: 36), binary).meshes[0]
        #expect(mesh.bounds.lower == Vec3f(-1, 0, 0))
        #expect(mesh.bounds.upper == Vec3f(1, 1, 0))
    }

    @Test func materialsCarryGlassAndEmission() throws {
        let materials =
            #","materials":[{"emissiveFactor":[1,0.5,0],"extensions":{"KHR_materials_emissive_strength":{"emissiveStrength":2000},"#
            + #""KHR_materials_transmission":{"transmissionFactor":0.9}}},{"alphaMode":"MASK","alphaCutoff":0.3,"doubleSided":true}]"#
        let scene = try load(GLTFSamples.document(primitive: #"{"attributes":{"POSITION":0},"indices":1,"mode":5,"material":1}"#, extra: materials))
        #expect(scene.materials[0].emission == Vec3f(2000, 1000, 0))
        #expect(scene.materials[0].alpha == .glass(transmission: 0.9))
        #expect(scene.materials[1].alpha == .mask(0.3))
        #expect(scene.materials[1].doubleSided)
        #expect(scene.meshes[0].parts.map(\.slot) == [1])
    }

    @Test func materialsCarryLacquerIndexFuzzAndThinSheets() throws {
        let materials =
            #","materials":[{"extensions":{"KHR_materials_clearcoat":{"clearcoatFactor":0.8,"clearcoatRoughnessFactor":0.2},"KHR_materials_ior":{"ior":2},"#
            + #""KHR_materials_specular":{"specularFactor":0.5},"KHR_materials_sheen":{"sheenColorFactor":[0.1,0.3,0.2]},"#
            + #""KHR_materials_diffuse_transmission":{"diffuseTransmissionFactor":0.4}}},{"extensions":{"KHR_materials_clearcoat":{},"KHR_materials_ior":{"ior":-3}}}]"#
        let scene = try load(GLTFSamples.document(extra: materials))
        let (rich, poor) = (scene.materials[0], scene.materials[1])
        #expect(rich.clearCoat == 0.8 && rich.clearCoatRoughness == 0.2 && rich.fuzz == 0.3 && rich.translucency == 0.4)
        // Half of ((2 - 1) / (2 + 1))^2.
        #expect(abs(rich.f0 - 0.5 / 9) < 1e-6)
        #expect(poor.clearCoat == 0 && poor.f0 == 0.04 && poor.translucency == 0)
    }

    @Test func dataURIsAndFilesBesideButNotOutside() throws {
        let inline = GLTFSamples.document().replacingOccurrences(
            of: #"{"byteLength":52}"#, with: #"{"byteLength":52,"uri":"data:application/octet-stream;base64,\#(GLTFSamples.square.base64EncodedString())"}"#)
        #expect(try load(inline, Data()).meshes.count == 1)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("squall-gltf-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try GLTFSamples.square.write(to: directory.appendingPathComponent("a b.bin"))
        let named = { (uri: String) in GLTFSamples.document().replacingOccurrences(of: #"{"byteLength":52}"#, with: #"{"byteLength":52,"uri":"\#(uri)"}"#) }
        #expect(try load(named("a%20b.bin"), Data(), root: directory.path).meshes.count == 1)
        #expect(complaint(named("../../etc/passwd"), Data(), root: directory.path).contains("buffers[0]|'../../etc/passwd' lies outside"))
        #expect(complaint(named("/etc/passwd"), Data(), root: directory.path).contains("not a relative file name"))
        #expect(complaint(named("absent.bin"), Data(), root: directory.path).contains("does not exist"))
    }

    @Test func damageIsNamedWithItsPlace() {
        let usual = (#"{"attributes":{"POSITION":0},"indices":1,"mode":5}"#, #"[{"mesh":0}]"#, #"{"bufferView":0,"componentType":5126,"count":4,"type":"VEC3"}"#)
        let document = { (primitive: String?, nodes: String?, positions: String?) in
            GLTFSamples.document(primitive: primitive ?? usual.0, nodes: nodes ?? usual.1, positions: positions ?? usual.2)
        }
        let cases: [(String, String)] = [
            (document(nil, nil, #"{"bufferView":0,"componentType":5126,"count":5,"type":"VEC3"}"#), "accessors[0]|5 elements reach beyond buffer view 0"),
            (document(nil, nil, #"{"bufferView":9,"componentType":5126,"count":4,"type":"VEC3"}"#), "accessors[0]|it names buffer view 9"),
            (document(nil, nil, #"{"bufferView":0,"byteOffset":-4,"componentType":5126,"count":4,"type":"VEC3"}"#), "accessors[0]|"),
            (document(nil, nil, #"{"bufferView":0,"componentType":5126,"count":9000000000000000000,"type":"VEC3"}"#), "accessors[0]|the file asks for more"),
            (document(nil, nil, #"{"bufferView":0,"componentType":5120,"count":4,"type":"MAT4"}"#), "accessors[0]|the type MAT4"),
            (document(nil, #"[{"mesh":0,"children":[1]},{"children":[0]}]"#, nil), "nodes[0]|the node is reached twice"),
            (document(nil, #"[{"mesh":7}]"#, nil), "nodes[0].mesh|mesh 7"),
            (document(nil, #"[{"mesh":0,"matrix":[1,2]}]"#, nil), "nodes[0].matrix|"),
            (document(#"{"attributes":{"POSITION":0},"material":3}"#, nil, nil), "meshes[0].primitives[0]|it names material 3"),
        ]
        for (json, expected) in cases { #expect(complaint(json).contains(expected), "\(complaint(json))") }
        #expect(complaint(GLTFSamples.document(), GLTFSamples.square.prefix(48) + Data([0, 1, 2, 4])).contains("accessors[1]|index 4 names a vertex beyond the 4"))
        #expect(complaint(GLTFSamples.document(extra: #","extensionsRequired":["KHR_draco_mesh_compression"]"#)).contains("export without compression"))
        #expect(complaint(#"{"asset":{"version":"2.0"},"meshes":[{"primitives":[{"attributes":{"POSITION":"x"}}]}]}"#).contains("meshes[0].primitives[0].attributes.POSITION"))
        #expect(complaint(#"{"asset":{"version":"1.0"}}"#).contains("export it as glTF 2.0"))
        let nan = GLTFSamples.bytes([Float.nan] + Array(repeating: Float(0), count: 11)) + Data([0, 1, 2, 3])
        #expect(complaint(GLTFSamples.document(), nan).contains("accessors[0]|a value is not a finite number"))
    }

    @Test func benchStreetComesInQuicklyAndWhole() throws {
        let clock = ContinuousClock()
        var scene: GLTFScene?
        let time = try clock.measure { scene = try GLTF.load(path: GLTFSamples.benchStreet) }
        let street = try #require(scene)
        #expect(street.nodes.count == 374)
        let placed = street.nodes.reduce(0) { $0 + street.meshes[$1.mesh].triangleCount }
        #expect((440_000...450_000).contains(placed), "\(placed) triangles")
        #expect(street.meshes.count == 147)
        #expect(street.materials.count == 45)
        #expect(time < .seconds(2), "took \(time)")
        let textured = try GLTF.load(path: GLTFSamples.benchStreetTextured)
        #expect(textured.textures.count == 4)
        #expect(textured.textures.allSatisfy { $0.srgb && $0.repeats && $0.image.width > 1 })
    }

    @Test func actorsFaceForward() throws {
        // glTF's +z is forward and +y is up: the alien stands 1 m high on the ground whatever the axes were.
        let asset = try AssetLibrary().asset(contentsOf: GLTFSamples.fixture("alien.glb"))
        let source = try GLTF.load(path: GLTFSamples.fixture("alien.glb"))
        var box = BoundingBox.empty
        for node in source.nodes { for p in source.meshes[node.mesh].positions { box.insert(Vec3f(node.transform * Vec3(p))) } }
        #expect(abs(asset.boxSize.z - Double(box.size.y)) < 1e-5)
        #expect(abs(asset.boxSize.x - Double(box.size.z)) < 1e-5)
        #expect(abs(asset.boxSize.y - Double(box.size.x)) < 1e-5)
    }
}
