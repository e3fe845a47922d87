import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallRun
import Testing

/// A dataset knows every file it was made from.
@Suite struct InputTests {
    private let triangle = """
        {"asset": {"version": "2.0"}, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
         "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}],
         "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
         "textures": [{"source": 0}], "images": [{"uri": "paint/red%20side.png"}],
         "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}],
         "bufferViews": [{"buffer": 0, "byteLength": 36}], "buffers": [{"byteLength": 36, "uri": "shape.bin"}]}
        """

    private func manifest(_ session: SceneSession) -> Manifest {
        let dataset = DatasetInfo(
            title: "x", seed: 0, samples: 1, formats: ["native"], sceneFile: "small.squall", sceneText: session.text, limits: DetectabilityLimits(), build: [])
        return Manifest(dataset: dataset, overrides: [], inputs: session.inputs)
    }

    @Test("buffers and pictures that a glTF file names are inputs: a changed texture refuses --resume") func textures() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let models = scenes.home.appendingPathComponent("models")
        let paint = models.appendingPathComponent("paint/red side.png")
        let shape = [0, 0, 0, 1, 0, 0, 0, 1, 0].map { Float($0) }.withUnsafeBytes { Data($0) }
        func red(_ value: UInt8) throws { try DatasetFile.write(PNG.encode(Image(width: 2, height: 2, filledWith: RGB8(value, 0, 0))), to: paint) }
        try DatasetFile.write(Data(triangle.utf8), to: models.appendingPathComponent("side.gltf"))
        try DatasetFile.write(shape, to: models.appendingPathComponent("shape.bin"))
        try red(200)
        let text = SmallScenes.text(also: "import \"models/side.gltf\" as side\nactor plate is side { place = at((9 m, 0 m, 1 m)), fixed = true }")
        let first = manifest(try scenes.session(text))
        #expect(first.inputs.map(\.path) == ["small.squall", "models/side.gltf", "models/shape.bin", "models/paint/red side.png"])
        #expect(first.inputs[3].sha256 == SHA256.hexDigest(of: try Data(contentsOf: paint)))
        let out = scenes.home.appendingPathComponent("out")
        try DatasetFolder(root: out, manifest: first, resume: false).release()
        try DatasetFolder(root: out, manifest: manifest(try scenes.session(text)), resume: true).release()
        try red(100)
        let changed = manifest(try scenes.session(text))
        let refused = #expect(throws: Failure.self) { try DatasetFolder(root: out, manifest: changed, resume: true) }
        #expect(refused?.diagnostics.first?.code == "out-of-another-run" && refused?.diagnostics.first?.message.contains("red side.png") == true)
    }

    @Test("benchmarks away from a checkout say which folder is missing") func benchmarks() throws {
        let nowhere = URL(fileURLWithPath: "/nonexistent/Scripts/bench-data")
        for (name, folder) in [("raster", "/nonexistent/Scripts/bench-data"), ("memory", "/nonexistent/Scenes/weather")] {
            let refused = #expect(throws: Failure.self) { try Benchmarks(data: nowhere, repetitions: 1, workers: 1).run(name) }
            #expect(refused?.diagnostics.first?.file == folder && refused?.diagnostics.first?.fix?.contains("--data") == true)
        }
    }
}
