import Foundation
import SquallRun
import Testing

/// A folder for scenes of a few small frames, and what is rendered from them; `remove` it when done.
struct SmallScenes {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("squall-small-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true) }

    func remove() { try? FileManager.default.removeItem(at: home) }

    /// A sedan behind a van on a plain in the rain.
    static func text(rate: String = "5 Hz", camera: String = "", also: String = "", lidar: Bool = true) -> String {
        """
        scene "small"
        weather { rain { rate = 30 mm/h } }
        rig eyes {
          camera front { resolution = (96, 64), mount = (1.6 m, 0 m, 1.5 m)\(camera) }
          \(lidar ? "lidar top { model = vlp32c, mount = (1 m, 0 m, 1.9 m) }" : "")
        }
        actor ego is sedan { place = at((0 m, 0 m, 0 m)), speed = 8 m/s, carries eyes }
        actor van is van { place = at((14 m, 1 m, 0 m)), speed = 6 m/s }
        record { duration = 0.4 s, rate = \(rate) }
        \(also)
        """
    }

    func file(_ name: String, _ text: String) throws -> URL {
        let url = home.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url
    }

    func session(_ text: String) throws -> SceneSession {
        let file = try file("small.squall", text)
        let (session, diagnostics, _) = SceneSession.load(file: file.path, root: nil, overrides: [])
        return try #require(session, "\(diagnostics)")
    }

    /// Renders the first sample.
    func render(_ text: String, formats: [String], to name: String) throws -> URL {
        let out = home.appendingPathComponent(name)
        let job = RenderJob(session: try session(text), seed: 1, samples: [0], out: out, formats: formats, cocoPolygons: false, workers: 2, resume: false, version: "test")
        try job.run { _ in }
        return out
    }

    /// Paths of files below a folder, in order.
    func files(_ url: URL) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []).sorted().filter { path in
            var isFolder: ObjCBool = false
            FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path, isDirectory: &isFolder)
            return !isFolder.boolValue
        }
    }

    /// The records of an episode's frames, as any JSON reader has them.
    func records(_ out: URL) throws -> [[String: Any]] {
        let text = try String(contentsOf: out.appendingPathComponent("episodes/000000/frames.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    }
}
