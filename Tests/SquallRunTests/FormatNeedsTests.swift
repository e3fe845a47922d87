import Foundation
import SquallDiagnostics
import SquallExport
import SquallRun
import Testing

/// What a format cannot say of a scene is said by `check`, with its place, and before anything is written.
@Suite struct FormatNeedsTests {
    private static let round = SmallScenes.text(camera: ", lens = fisheye, fov = 150 deg")

    @Test("KITTI and a fisheye without a labels block: check names the camera's lens") func check() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let file = try scenes.file("round.squall", Self.round)
        let (session, diagnostics, sources) = SceneSession.load(file: file.path, root: nil, overrides: [], formats: [try Exporters.named("kitti")])
        #expect(session == nil && diagnostics.map(\.code) == ["format-needs-camera"], "\(diagnostics)")
        let (found, source) = (try #require(diagnostics.first), try #require(sources.first))
        let span = try #require(found.span)
        let line = source.position(of: span.start).line
        #expect(Self.round.split(separator: "\n", omittingEmptySubsequences: false)[line - 1].contains("camera front"))
        #expect(SceneSession.load(file: file.path, root: nil, overrides: [], formats: [try Exporters.named("native")]).0 != nil)
    }

    @Test("a render that cannot be leaves no folder") func render() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let refused = #expect(throws: Failure.self) { try scenes.render(Self.round, formats: ["native", "kitti"], to: "out") }
        #expect(refused?.diagnostics.map(\.code) == ["format-needs-camera"])
        #expect(!FileManager.default.fileExists(atPath: scenes.home.appendingPathComponent("out").path))
    }
}
