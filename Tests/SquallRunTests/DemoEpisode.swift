import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRays
import SquallRun
import SquallSensors

/// The project's own files, wherever the tests run from.
enum Checkout {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

    /// A scene of the project, read and checked.
    static func session(_ scene: String) throws -> SceneSession {
        let (session, diagnostics, _) = SceneSession.load(file: path(scene), root: nil, overrides: [])
        guard let session else { throw Failure(diagnostics) }
        return session
    }
}

/// Three frames of the demo (sample 0 of seed 7), the very first among them, taken once for all tests that judge them.
struct DemoEpisode: Sendable {
    struct Shot: Sendable {
        var frame: Frame
        var front: CameraTruth
        /// What a ray per pixel centre sees.
        var rays: VisibilityBuffer
        var place: String { "motorway_downpour, seed 7, sample 0, frame \(frame.index)" }
    }

    let played: PlayedEpisode
    /// Back faces culled as the rasterizer culls them.
    let trees: MeshTrees
    let shots: [Shot]

    static let taken: Result<DemoEpisode, any Error> = Result { try DemoEpisode() }

    private init() throws {
        let session = try Checkout.session("Scenes/weather/motorway_downpour.squall")
        played = try SceneEpisodes(session: session, seed: 7).play(index: 0)
        let pool = WorkerPool(workers: 2)
        defer { pool.close() }
        let trees = played.world.meshTrees(culling: true)
        self.trees = trees
        let capture = EpisodeCapture(played, limits: session.limits, threads: 2)
        shots = [0, 2, 13].compactMap { number in
            let (frame, cameras) = capture.frameWithTruth(number)
            return cameras.first.map { Shot(frame: frame, front: $0, rays: $0.here.rays(trees, $0.labels.camera, pool)) }
        }
    }
}

extension EpisodeCapture.Moment {
    /// One ray per pixel centre, beginning at the rasterizer's near plane.
    func rays(_ trees: MeshTrees, _ camera: PinholeCamera, _ pool: WorkerPool) -> VisibilityBuffer {
        RayScene(trees, instances).visibility(
            width: camera.width, height: camera.height, focal: Vec2(camera.fx, camera.fy), center: Vec2(camera.cx, camera.cy), pose: pose, minimum: 0.05, pool: pool)
    }
}
