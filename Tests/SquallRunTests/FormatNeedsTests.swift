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

    /// What `check` says of a rig of two cameras for KITTI.
    private func said(_ first: String, _ second: String) throws -> [String] {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let text = SmallScenes.text(camera: first).replacing("lidar top", with: "camera right { resolution = (96, 64), mount = (1.6 m, -0.5 m, 1.5 m)\(second) }\n  lidar top")
        let file = try scenes.file("two.squall", text)
        return SceneSession.load(file: file.path, root: nil, overrides: [], formats: [try Exporters.named("kitti")]).1.map(\.message)
    }

    @Test("KITTI asks of the cameras whose pictures it holds, and of no other") func chosenCameras() throws {
        #expect(try said("", "") == [])
        #expect(try said("", ", output = linear12") == ["kitti has 8-bit PNG pictures, and right writes linear12"])
        #expect(try said(", output = bayer", "") == ["kitti has 8-bit PNG pictures, and front writes bayer"])
        // The fisheye is not among KITTI's pictures, nor is a camera that makes no pair.
        #expect(try said(", lens = fisheye, fov = 150 deg, output = linear12", "") == ["kitti holds right, top and leaves out front"])
        #expect(try said("", ", fov = 30 deg, output = linear12") == ["kitti holds front, top and leaves out right"])
    }

    @Test("a render that cannot be leaves no folder") func render() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let refused = #expect(throws: Failure.self) { try scenes.render(Self.round, formats: ["native", "kitti"], to: "out") }
        #expect(refused?.diagnostics.map(\.code) == ["format-needs-camera"])
        #expect(!FileManager.default.fileExists(atPath: scenes.home.appendingPathComponent("out").path))
    }
}
