import Foundation
import SquallDiagnostics
import SquallDraw
import SquallLanguage
import SquallScene
import Testing

/// The repository's folder, from this file's place in it.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

@Suite struct ExampleScenes {
    @Test func everyLanguageSceneChecksClean() throws {
        let folder = repository + "/Scenes/language"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".squall") }.sorted()
        #expect(files.count >= 1)
        for file in files {
            let loaded = SceneSource.load(path: folder + "/" + file, root: repository + "/Scenes", assets: repository + "/Assets", catalogue: StraightRoads())
            #expect(loaded.diagnostics.isEmpty, "\(loaded.render())")
            let scene = try #require(loaded.scene)
            for index in 0..<5 { _ = try scene.draw(seed: 7, index: index, catalogue: StraightRoads()) }
        }
    }

    @Test func cutInIsDrawnAsWritten() throws {
        let loaded = SceneSource.load(path: repository + "/Scenes/language/cut_in.squall", root: repository + "/Scenes", assets: repository + "/Assets", catalogue: StraightRoads())
        let scene = try #require(loaded.scene, "\(loaded.render())")
        let drawn = try scene.draw(seed: 7, index: 3, catalogue: StraightRoads())
        #expect(drawn.title == "cut-in in the rain")
        #expect(drawn.ego == "ego")
    }
}
