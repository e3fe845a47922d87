import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallAssets
import Testing

/// Models too large, too far or too many to place are refused with the place in the file that makes them so.
@Suite struct GLTFBoundsTests {
    private func failure(nodes: String, extra: String = "") -> Diagnostic? {
        let document = GLTFSamples.document(nodes: "[\(nodes)]", extra: extra)
        do {
            _ = try GLTF.load(bytes: GLTFSamples.glb(document, GLTFSamples.square), file: "bounds.glb", root: "/nowhere")
            return nil
        } catch { return (error as? Failure)?.diagnostics.first }
    }

    @Test func scalesThatMultiplyAreBounded() throws {
        #expect(failure(nodes: #"{"mesh":0,"scale":[1e3,1e3,1e3]}"#) == nil)
        let three = #"{"children":[1],"scale":[9e8,9e8,9e8]},{"children":[2],"scale":[9e8,9e8,9e8]},{"mesh":0,"name":"giant","scale":[1e3,1e3,1e3]}"#
        let found = try #require(failure(nodes: three))
        #expect(found.code == "gltf-reach" && found.file == "bounds.glb" && found.place == "nodes[2] 'giant'" && found.fix != nil)
        // Forty times 9e8 is infinite, and times nothing not a number.
        let forty = (0..<40).map { #"{"children":[\#($0 + 1)],"scale":[9e8,9e8,\#($0 == 39 ? 0 : 9e8)]}"# }.joined(separator: ",")
        #expect(failure(nodes: forty + #",{"mesh":0}"#)?.place == "nodes[40]")
        // What grows and shrinks again is as good as what never grew.
        #expect(failure(nodes: #"{"children":[1],"scale":[1e7,1e7,1e7]},{"mesh":0,"scale":[1e-7,1e-7,1e-7]}"#) == nil)
        #expect(failure(nodes: #"{"mesh":0,"name":"far","translation":[2e6,0,0]}"#)?.place == "nodes[0] 'far'")
    }

    @Test func actorsReachTenKilometres() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("squall-tall-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (scale, fits) in [(4000, true), (20_000, false)] {
            let node = #"[{"mesh":0,"name":"tall","scale":[\#(scale),\#(scale),\#(scale)]}]"#
            let path = folder.appendingPathComponent("tall\(scale).glb").path
            try GLTFSamples.glb(GLTFSamples.document(nodes: node), GLTFSamples.square).write(to: URL(fileURLWithPath: path))
            if fits {
                #expect(try AssetLibrary().asset(contentsOf: path).boxSize.max() <= 10_000)
            } else {
                let found = #expect(throws: Failure.self) { try AssetLibrary().asset(contentsOf: path) }?.diagnostics.first
                #expect(found?.place == "node 'tall'" && found?.file == path && found?.message.contains("10 km") == true)
            }
        }
    }

    @Test func listsAreBounded() {
        for (name, element, limit) in [("materials", "{}", SceneLimit.assetMaterials), ("textures", "{}", .assetTextures), ("images", "{}", .assetTextures)] {
            let list = { (count: Int) in #","\#(name)":["# + Array(repeating: element, count: count).joined(separator: ",") + "]" }
            let start = ContinuousClock.now
            let found = failure(nodes: #"{"mesh":0}"#, extra: list(1_000_000))
            #expect(found?.code == "gltf-size" && found?.place == name && found?.message.contains("1000000 \(name)") == true && found?.message.contains("\(limit.value)") == true)
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(failure(nodes: #"{"mesh":0}"#, extra: list(100)) == nil)
        }
    }
}
