import Foundation
import SquallDiagnostics
import SquallDraw
import SquallLanguage
import SquallMath
import SquallScene
import Testing

/// What a scene may read, and what it may not.
@Suite struct ImportTests {
    /// Files in a folder of their own, deleted afterwards.
    private func inFolder(_ files: [String: String], links: [String: String] = [:], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-imports-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in files.keys.sorted() {
            let path = folder + "/" + name
            try FileManager.default.createDirectory(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
            try Data((files[name] ?? "").utf8).write(to: URL(fileURLWithPath: path))
        }
        for name in links.keys.sorted() { try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: links[name] ?? "") }
        try body(folder)
    }

    static let library = "param height = 1.65 m\nrig one { camera front { mount = (1 m, 0 m, height) } }\n"
    static let user = "import \"lib.squall\" as lib\nactor ego is nothing { place = at((0 m, 0 m, 0 m)), carries lib.one }\n"

    @Test func paramsOfALibraryCanBeSetFromOutside() throws {
        try inFolder(["lib.squall": Self.library, "scene.squall": Self.user]) { folder in
            for (overrides, height) in [([:], 1.65), (["lib.height": "2.5 m"], 2.5)] as [([String: String], Double)] {
                let loaded = SceneSource.load(path: folder + "/scene.squall", overrides: overrides, catalogue: NoImports())
                let scene = try #require(loaded.scene, "\(loaded.render())")
                #expect(try scene.draw(seed: 0, index: 0, catalogue: NoImports()).actors.first?.rig?.sensors.first?.mount.position.z == height)
                #expect(loaded.files.map(\.name) == ["scene.squall", "lib.squall"])
            }
            let wrong = SceneSource.load(path: folder + "/scene.squall", overrides: ["lib.heigth": "2 m"])
            #expect(wrong.render().contains("did you mean 'height'?"), "\(wrong.render())")
        }
    }

    @Test("who has no hands is told so: animals, and models of one's own") func hands() throws {
        let actors = "actor buck is deer { place = at((0 m, 0 m, 0 m)), holds = umbrella }\nactor mine is mug { place = at((3 m, 0 m, 0 m)), holds = umbrella }\n"
            + "actor ann is adult { place = at((6 m, 0 m, 0 m)), holds = umbrella }\n"
        try inFolder(["mug.glb": "", "scene.squall": "import \"mug.glb\" as mug\n" + actors]) { folder in
            let loaded = SceneSource.load(path: folder + "/scene.squall", catalogue: StraightRoads())
            #expect(loaded.diagnostics.filter { $0.code == "no-effect" }.map(\.message) == ["a deer holds nothing", "an imported model holds nothing"], "\(loaded.render())")
        }
    }

    @Test func circlesAndDepthAreErrors() throws {
        try inFolder(["a.squall": "import \"b.squall\" as b\n", "b.squall": "import \"a.squall\" as a\n", "self.squall": "import \"self.squall\" as me\n"]) { folder in
            for name in ["a", "b", "self"] {
                let loaded = SceneSource.load(path: "\(folder)/\(name).squall")
                #expect(loaded.diagnostics.contains { $0.code == "circular-import" }, "\(loaded.render())")
            }
        }
        let chain = Dictionary(uniqueKeysWithValues: (0..<30).map { ("f\($0).squall", "import \"f\($0 + 1).squall\" as next\n") })
        try inFolder(chain) { folder in
            #expect(SceneSource.load(path: folder + "/f0.squall").diagnostics.contains { $0.code == "import-depth" })
        }
    }

    /// Only the beginning of a huge file is read, but its whole size is said.
    @Test func hugeFilesAreSaidWithTheirSize() throws {
        try inFolder(["big.squall": String(repeating: "// filler\n", count: 600_000), "scene.squall": "import \"big.squall\" as big\n"]) { folder in
            for name in ["big", "scene"] {
                let loaded = SceneSource.load(path: "\(folder)/\(name).squall")
                #expect(loaded.diagnostics.contains { $0.code == "file-too-large" && $0.message.contains("6000000 bytes") }, "\(loaded.render())")
            }
        }
    }

    @Test func nothingLeavesTheRoot() throws {
        let files = ["in/scene.squall": "import \"../out.squall\" as x\n", "in/link.squall": "import \"sneaky.squall\" as x\n", "out.squall": Self.library]
        try inFolder(files, links: ["in/sneaky.squall": "../out.squall"]) { folder in
            for name in ["scene", "link"] {
                let loaded = SceneSource.load(path: "\(folder)/in/\(name).squall")
                #expect(loaded.render().contains("outside the scene's root"), "\(loaded.render())")
                #expect(SceneSource.load(path: "\(folder)/in/\(name).squall", root: folder).scene != nil)
            }
        }
        try inFolder(files.merging(["squall.root": ""]) { a, _ in a }) { folder in
            #expect(SceneSource.load(path: folder + "/in/scene.squall").scene != nil, "a squall.root file makes the parent the root")
        }
    }

    @Test func errorsInALibraryPointIntoIt() throws {
        try inFolder(["lib.squall": Self.library + "rig two { camera a { fvo = 3 deg } }\n", "scene.squall": Self.user]) { folder in
            let loaded = SceneSource.load(path: folder + "/scene.squall")
            #expect(loaded.scene == nil)
            #expect(loaded.render().hasPrefix("lib.squall:3:"), "\(loaded.render())")
            #expect(loaded.render().contains("did you mean 'fov'?"))
        }
    }
}
