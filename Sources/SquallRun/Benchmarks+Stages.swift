import Foundation
import SquallExport
import SquallFrames
import SquallRaster
import SquallShading

/// Where the time of a frame goes, on one thread. By the clock: for an idle machine.
extension Benchmarks {
    /// The bench street as it is meant to be seen: sun shadows, sky light, four samples at edges, all labels.
    func shadedStreet() throws -> [Figure] {
        let job = MeshRenderJob(
            file: data.appendingPathComponent("block.glb").path, cameraPath: data.appendingPathComponent("camera_path.json").path, out: nil, samplesPerPixel: 4,
            shadows: true, shading: .full, frames: nil, workers: 1)
        let timing = try job.run { _, _ in }
        let whole = Figure(
            name: "street", value: timing.cpu_ms, unit: "CPU ms/frame",
            detail: "RGB with shadows and sky light, depth, instance, flow at 1280x720, 4 samples, range \(timing.cpu_range); \(timing.id_differences) ids differ from rays")
        guard let s = timing.stages else { return [whole] }
        return [whole] + [
            ("geometry", s.geometry, "transform, cull, bin"), ("raster", s.raster, "ids and depth"), ("resolve", s.shading, "shading, antialiased edges, depth, flow"),
            ("shadows", s.shadows, "maps of the sun, kept from frame to frame"), ("occlusion", s.occlusion, "what near surfaces hide of the sky"),
        ].map { Figure(name: "street: \($0.0)", value: $0.1, unit: "ms/frame", detail: $0.2) }
    }

    /// Frames of the demo scene with every label, stage by stage, then encoded as PNG.
    func stages() throws -> [Figure] {
        let played = try SceneEpisodes(session: load(demoScene), seed: 7).play(index: 0)
        let capture = EpisodeCapture(played, limits: DetectabilityLimits(), threads: 1)
        _ = capture.frame(1)
        let before = (stages: capture.times, picture: capture.renderer.times)
        var encoding = 0.0
        let count = min(10, played.info.frameCount - 2)
        for number in 2..<2 + count {
            let frame = capture.frame(number)
            let start = ContinuousClock.now
            frame.cameras.forEach(Self.encode)
            encoding += (ContinuousClock.now - start).seconds
        }
        let (spent, raster) = (capture.times - before.stages, capture.renderer.times.raster - before.picture.raster)
        let (shadows, after) = (capture.renderer.times.shadows - before.picture.shadows, capture.renderer.times.afterwards - before.picture.afterwards)
        let rows: [(String, Double, String)] = [
            ("world", spent.world, "state, skins, light and weather of the instant"), ("geometry", raster.geometry, "transform, cull, bin"),
            ("raster", raster.draw, "ids and depth"), ("resolve", raster.resolve, "shading, antialiased edges, depth, flow"), ("shadows", shadows, "maps of the sun"),
            ("occlusion and mirrors", after, "on the finished picture"),
            ("light", max(0, spent.picture - raster.geometry - raster.draw - raster.resolve - shadows - after), "lamps, their shadows, clouds, air, stars, copies"),
            ("hidden flow", spent.hidden, "ids of the instants before and after"), ("sensor", spent.sensor, "exposure, blur, rain, lens, noise"),
            ("labels", spent.labels, "boxes, each object drawn alone, visible pictures"), ("lidar", spent.lidar, "turns and their labels"),
            ("encode", encoding, "PNG of colour, depth, ids, classes and flows"),
        ]
        return rows.map { Figure(name: "demo: \($0.0)", value: $0.1 * 1e3 / Double(max(1, count)), unit: "ms/frame", detail: $0.2) }
    }

    private static func encode(_ frame: CameraFrame) {
        _ = PNG.encode(frame.rgb)
        _ = PNG.encode(LabelImages.depth(frame.depth))
        _ = PNG.encode(frame.instance)
        _ = PNG.encode(frame.semantic)
        for (flow, hidden) in [(frame.flowForward, frame.occludedForward), (frame.flowBackward, frame.occludedBackward)] where flow.width > 0 && hidden.width == flow.width {
            _ = PNG.encodeRGB16(LabelImages.flow(flow, occluded: hidden), width: flow.width, height: flow.height)
        }
    }
}
