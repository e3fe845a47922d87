import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import SquallWorld

/// `squall render-gltf`: RGB, depth, instance and flow of a mesh along a camera path.
public struct MeshRenderJob: Sendable {
    public enum Shading: Sendable {
        /// Base colour, one light and ambient, as the bench referee does.
        case referee
        /// Physical surfaces under sun and sky.
        case full
    }

    /// Medians over repetitions, and the ray caster's verdict on the ids of the same run.
    public struct Timing: Encodable, Sendable {
        public var frames: Int
        public var cpu_ms: Double
        public var cpu_range: [Double]
        public var wall_ms: Double
        public var threads: Int
        public var samples: Int
        public var id_differences: Int
        public var depth_differences: Int
        public var peak_mb: Double
        /// Milliseconds a frame by the clock; nil under the referee's shading.
        public var stages: Stages?

        public struct Stages: Encodable, Sendable {
            public var geometry: Double, raster: Double, shading: Double, shadows: Double, occlusion: Double

            init(_ before: FrameTimes, _ after: FrameTimes, frames: Int) {
                let raster = after.raster - before.raster
                let each = { (seconds: Double) in (seconds / Double(max(1, frames)) * 1e5).rounded() / 100 }
                (geometry, self.raster, shading) = (each(raster.geometry), each(raster.draw), each(raster.resolve))
                (shadows, occlusion) = (each(after.shadows - before.shadows), each(after.afterwards - before.afterwards))
            }
        }

        public var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }
    }

    /// What light falls on the scene under full shading, and whether its measures are kept.
    public struct Photometry: Sendable {
        public var weather = WeatherState()
        /// See `FrameRequest.energyCompensation`.
        public var energyCompensation = true
        /// Writes cd/m2 as NumPy arrays beside the pictures, and the light itself: what another renderer needs to see the same.
        public var isWritten = false
        public init() {}

        /// - Parameters: `cloudCover` 0...1, `turbidity` as in `WeatherState`.
        public init(cloudCover: Double, turbidity: Double, energyCompensation: Bool, isWritten: Bool) {
            (weather.cloudCover, weather.turbidity) = (cloudCover, turbidity)
            (self.energyCompensation, self.isWritten) = (energyCompensation, isWritten)
        }
    }

    public let file: String
    public let cameraPath: String
    /// Where pictures go, all at once when the last is done; nil renders into memory only and measures.
    public let out: URL?
    public let samplesPerPixel: Int
    public let shadows: Bool
    public let shading: Shading
    /// Whether coarser levels of detail are built and used.
    public let levels: Bool
    public let frames: Int?
    public let workers: Int
    public var photometry = Photometry()

    public init(file: String, cameraPath: String, out: URL?, samplesPerPixel: Int, shadows: Bool, shading: Shading, levels: Bool = false, frames: Int?, workers: Int) {
        (self.file, self.cameraPath, self.out, self.samplesPerPixel) = (file, cameraPath, out, samplesPerPixel)
        (self.shadows, self.shading, self.levels, self.frames, self.workers) = (shadows, shading, levels, frames, workers)
    }

    public func run(progress: (_ done: Int, _ total: Int) -> Void) throws -> Timing {
        let path = try CameraPath(contentsOf: cameraPath)
        let scene = try MeshScene(contentsOf: file, levels: levels)
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        let painter = MeshPainter(scene: scene, path: path, samples: samplesPerPixel, shadows: shadows, shading: shading, photometry: photometry, pool: pool)
        let poses = Array(path.poses.indices.prefix(frames ?? path.poses.count))
        guard let out else { return measure(painter, path, scene, poses, pool) }
        let folder = try MeshRenderFolder(out)
        defer { folder.discard() }
        if photometry.isWritten, let lighting = painter.lighting { try writeLight(lighting, to: folder.staging) }
        for (done, index) in poses.enumerated() {
            painter.render(index)
            try write(painter.frame, index, to: folder.staging)
            progress(done + 1, poses.count)
        }
        try folder.commit()
        return Timing(
            frames: poses.count, cpu_ms: 0, cpu_range: [], wall_ms: 0, threads: workers, samples: samplesPerPixel, id_differences: 0, depth_differences: 0,
            peak_mb: CPUClock.peakMemory)
    }

    /// Twenty poses spread over the path, three to warm up, five repetitions: the referee's own procedure.
    private func measure(_ painter: MeshPainter, _ path: CameraPath, _ scene: MeshScene, _ poses: [Int], _ pool: WorkerPool) -> Timing {
        let count = min(20, poses.count)
        let chosen = (0..<count).map { poses[$0 * poses.count / count] }
        for index in chosen.prefix(3) { painter.render(index) }
        var (cpu, wall): ([Double], [Double]) = ([], [])
        let begun = painter.times
        for _ in 0..<5 {
            let before = CPUClock.now()
            for index in chosen { painter.render(index) }
            let spent = CPUClock.now() - before
            cpu.append(spent.cpu * 1e3 / Double(chosen.count))
            wall.append(spent.wall * 1e3 / Double(chosen.count))
        }
        let stages = begun.flatMap { begun in painter.times.map { Timing.Stages(begun, $0, frames: 5 * chosen.count) } }
        let trees = scene.trees(pool: pool)
        var worst = MeshScene.Disagreement()
        for index in [0, poses.count / 3, 2 * poses.count / 3].map({ poses[$0] }) {
            painter.render(index)
            let verdict = scene.judge(painter.frame.visibility, pose: path.poses[index], camera: path.camera, near: path.near, trees: trees, pool: pool)
            (worst.ids, worst.depths) = (max(worst.ids, verdict.ids), max(worst.depths, verdict.depths))
        }
        let round = { (x: Double) in (x * 100).rounded() / 100 }
        return Timing(
            frames: chosen.count, cpu_ms: round(median(cpu)), cpu_range: [round(cpu.min() ?? 0), round(cpu.max() ?? 0)], wall_ms: round(median(wall)), threads: workers,
            samples: samplesPerPixel, id_differences: worst.ids, depth_differences: worst.depths, peak_mb: CPUClock.peakMemory.rounded(), stages: stages)
    }

    private func write(_ frame: RasterFrame, _ index: Int, to out: URL) throws {
        let folder = EpisodeFolder(url: out)
        let name = "\(sixDigits(index)).png"
        let (w, h) = (frame.visibility.width, frame.visibility.height)
        try folder.write(PNG.encode(display(frame.color)), to: "rgb/\(name)")
        try folder.write(PNG.encode(LabelImages.depth(Image(width: w, height: h, pixels: frame.visibility.depth))), to: "depth/\(name)")
        let ids = frame.visibility.instance.map { UInt16(truncatingIfNeeded: $0 == VisibilityBuffer.nothing ? 0 : $0 + 1) }
        try folder.write(PNG.encode(Image(width: w, height: h, pixels: ids)), to: "instance/\(name)")
        if photometry.isWritten { try folder.write(NumPyArray.encode(Self.interleaved(frame.color), shape: [h, w, 3]), to: "luminance/\(sixDigits(index)).npy") }
        if frame.flowForward.width > 0 {
            let visible = Image<UInt8>(width: w, height: h, filledWith: 0)
            try folder.write(PNG.encodeRGB16(LabelImages.flow(frame.flowForward, occluded: visible), width: w, height: h), to: "flow_forward/\(name)")
        }
    }

    /// Sky and sun of the scene, as `light/` of the output directory holds them.
    private struct LightRecord: Encodable {
        /// Towards the sun in glTF's axes; lux on a plane that faces it, linear sRGB primaries.
        var sun_direction: [Double]
        var sun_illuminance: [Double]
        var unit = "cd/m2 in surroundings.npy: rows from zenith to nadir, columns by azimuth from x towards -z, pixel centres at half steps"
    }

    private func writeLight(_ lighting: Lighting, to out: URL) throws {
        let folder = EpisodeFolder(url: out)
        let (width, height) = (2048, 1024)
        let map = FrameRenderer.surroundings(lighting, width: width, height: height)
        try folder.write(NumPyArray.encode(Self.interleaved(map), shape: [height, width, 3]), to: "light/surroundings.npy")
        let (sun, lux) = (MeshScene.upright.inverse.rotation * lighting.sunDirection, lighting.sunIlluminance)
        try folder.write(json: LightRecord(sun_direction: [sun.x, sun.y, sun.z], sun_illuminance: [lux.x, lux.y, lux.z]), to: "light/light.json", pretty: true)
    }

    private static func interleaved(_ image: RadianceImage) -> [Float] { image.red.indices.flatMap { [image.red[$0], image.green[$0], image.blue[$0]] } }

    /// Referee colours are display values already; physical ones are exposed for a sunny day and encoded as sRGB.
    private func display(_ color: RadianceImage) -> Image<RGB8> {
        let byte: (Float) -> UInt8 = switch shading {
        case .referee: { UInt8(max(0, min(255, ($0 * 255).rounded()))) }
        case .full: { TransferCurve.byte(Double($0 / MeshPainter.whiteLuminance)) }
        }
        let pixels = color.red.indices.map { RGB8(byte(color.red[$0]), byte(color.green[$0]), byte(color.blue[$0])) }
        return Image(width: color.width, height: color.height, pixels: pixels)
    }
}
