import ArgumentParser
import Foundation
import SquallRun

/// `squall render-gltf`: a mesh somebody else made, along a camera path.
struct RenderGLTF: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render-gltf", abstract: "Render a glTF file along a camera path: RGB, depth, instance, flow.",
        discussion: """
            The path file is JSON: width, height, fx, fy, cx, cy, near and world_from_camera, a list of 4x4 row-major OpenGL camera poses.
            With --linear the luminance of every pixel (cd/m2, linear sRGB) goes to luminance/*.npy, and sun and sky to light/.
              squall render-gltf Scripts/bench-data/block.glb --camera-path Scripts/bench-data/camera_path.json --out out/street --samples-per-pixel 4 --shadows
            """)

    enum Shading: String, ExpressibleByArgument, CaseIterable { case referee, full }

    @Argument(help: "The .glb or .gltf file.", completion: .file(extensions: ["glb", "gltf"])) var file: String
    @Option(help: "Camera path (JSON).") var cameraPath: String
    @Option(help: "Directory for the pictures.") var out: String?
    @Option(help: "Colour samples per pixel: 1 or 4.") var samplesPerPixel = 1
    @Flag(help: "Cast sun shadows (full shading).") var shadows = false
    @Flag(help: "Build coarser levels of detail and use them where the picture allows.") var levels = false
    @Option(help: "referee: base colour, one light and ambient; full: physical surfaces, sun and sky.") var shading = Shading.full
    @Option(help: "Cloud cover of the sky, 0 to 1 (full shading).") var cloudCover = 0.0
    @Option(help: "Turbidity of the clear sky: 2 clear to 6 hazy (full shading).") var turbidity = 3.0
    @Flag(help: "Write luminance as 32-bit NumPy arrays too, and the light (full shading).") var linear = false
    @Flag(inversion: .prefixedNo, help: "Count light that bounces between the facets of rough surfaces (full shading).") var energyCompensation = true
    @Option(help: "Only the first n poses.") var frames: Int?
    @OptionGroup var workers: WorkerOptions
    @Flag(help: "Render into memory only and print CPU and wall milliseconds per frame as JSON.") var noWrite = false

    func validate() throws {
        guard samplesPerPixel == 1 || samplesPerPixel == 4 else { throw ValidationError("--samples-per-pixel must be 1 or 4") }
        guard (0...1).contains(cloudCover) else { throw ValidationError("--cloud-cover must be 0 to 1") }
        guard (1.5...10).contains(turbidity) else { throw ValidationError("--turbidity must be 1.5 to 10") }
        if linear, shading == .referee || noWrite { throw ValidationError("--linear needs --shading full, whose numbers are luminance, and --out") }
        if let frames, frames < 1 { throw ValidationError("--frames must be at least 1") }
        if shadows, shading == .referee { throw ValidationError("--shadows needs --shading full: the referee casts none") }
        guard noWrite || out != nil else { throw ValidationError("give --out DIR, or --no-write to render into memory only") }
    }

    func run() throws {
        let bar = ProgressBar()
        var job = MeshRenderJob(
            file: file, cameraPath: cameraPath, out: noWrite ? nil : out.map { URL(fileURLWithPath: $0) }, samplesPerPixel: samplesPerPixel, shadows: shadows,
            shading: shading == .referee ? .referee : .full, levels: levels, frames: frames, workers: workers.count)
        job.photometry = .init(cloudCover: cloudCover, turbidity: turbidity, energyCompensation: energyCompensation, isWritten: linear)
        let timing = try job.run { done, total in bar.update(done: done, total: total, unit: "frames") }
        bar.end()
        print(noWrite ? timing.json : "\(out ?? ""): \(Report.count(timing.frames, "frame")) in \(bar.spent)")
    }
}
