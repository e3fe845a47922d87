import Foundation
import SquallExport
import SquallFrames
import SquallRun
import Testing

/// Formats say which labels they read; a run computes no others.
@Suite struct LabelChoiceTests {
    private func session() throws -> SceneSession {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let (session, diagnostics, _) = SceneSession.load(file: root.appendingPathComponent("Scenes/basics/one_sedan.squall").path, root: nil, overrides: [])
        return try #require(session, "\(diagnostics)")
    }

    /// The second frame of the first sample.
    private func frame(_ labels: LabelSelection) throws -> Frame {
        let session = try session()
        let played = try SceneEpisodes(session: session, seed: 3).play(index: 0)
        return EpisodeCapture(played, limits: session.limits, threads: 1, labels: labels).frame(1)
    }

    @Test("what KITTI reads is the same whether or not other labels are computed") func same() throws {
        let (all, few) = (try frame(.all), try frame(KITTIExporter.labels))
        let (a, b) = (try #require(all.cameras.first), try #require(few.cameras.first))
        #expect(a.rgb.pixels == b.rgb.pixels && a.objects == b.objects && !a.objects.isEmpty)
        #expect(a.flowForward.width > 0 && b.flowForward.width == 0 && b.normals.width == 0 && b.semantic.width == 0 && b.occludedForward.width == 0)
        #expect(all.lidars.first?.points == few.lidars.first?.points && all.lidars.first?.objects == few.lidars.first?.objects && few.lidars.first?.points.isEmpty == false)
    }

    @Test("a frame is the same whether or not the one before it was taken") func order() throws {
        let session = try Checkout.session("Scenes/weather/motorway_downpour.squall")
        let played = try SceneEpisodes(session: session, seed: 7, thumbnail: 320).play(index: 0)
        let labels: LabelSelection = [.instance, .depth, .flow]
        let capture = EpisodeCapture(played, limits: session.limits, threads: 1, labels: labels)
        _ = capture.frame(2)
        let later = try #require(capture.frame(3).cameras.first)
        let alone = try #require(EpisodeCapture(played, limits: session.limits, threads: 1, labels: labels).frame(3).cameras.first)
        #expect(later.occludedBackward.pixels == alone.occludedBackward.pixels && later.occludedForward.pixels == alone.occludedForward.pixels)
        #expect(later.occludedBackward.pixels.contains(1) && later.occludedBackward.pixels.contains(0))
        #expect(later.flowBackward.pixels.elementsEqual(alone.flowBackward.pixels) { ($0.x.bitPattern, $0.y.bitPattern) == ($1.x.bitPattern, $1.y.bitPattern) })
        #expect(later.instance.pixels == alone.instance.pixels && later.depth.pixels == alone.depth.pixels)
    }

    @Test("a format without clouds turns no lidar") func noClouds() throws {
        #expect(try frame(COCOExporter.labels).lidars.isEmpty)
        #expect(NativeExporter.labels == .all)
    }
}
