import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallMath
import Testing

/// A rectified pair fills image_2 and image_3, with a P3 that puts points where the right camera sees them.
@Suite struct KITTIStereoTests {
    private static let baseline = 0.54

    /// The sample's camera at a place beside its first, metres to the right in camera axes, its pictures in a shade of their own.
    private func episode(_ places: [(name: String, right: Double)], lens: Lens = .pinhole, turn: Quaternion = .identity) -> EpisodeInfo {
        var episode = Samples.episode(0, frames: 1)
        let lidars = episode.sensors.filter { if case .lidar = $0.kind { true } else { false } }
        episode.sensors = places.map { place in
            let mount = Pose(position: Vec3(1.9, 0.06, 1.65), rotation: Pose.mountFromCamera.rotation) * Pose(position: Vec3(place.right, 0, 0), rotation: place.right == 0 ? .identity : turn)
            return SensorInfo(name: place.name, kind: .camera(Samples.camera), mount: mount, carrier: 1, rate: 10, lens: lens)
        } + lidars
        return episode
    }

    private func frame(_ places: [(name: String, right: Double)]) -> Frame {
        var frame = Samples.frame(0)
        let first = frame.cameras[0]
        frame.cameras = places.enumerated().map { number, place in
            var camera = first
            camera.sensor = place.name
            camera.pose = first.pose * Pose(position: Vec3(place.right, 0, 0))
            camera.rgb = Image(width: 64, height: 40, filledWith: RGB8(UInt8(10 * number + 10), 0, 0))
            return camera
        }
        return frame
    }

    /// The folder `training` of one frame.
    private func write(_ episode: EpisodeInfo, _ frame: Frame, below home: URL) throws -> URL {
        let place = home.appendingPathComponent("000000")
        let folder = EpisodeFolder(url: place)
        var writer = try KITTIExporter().begin(episode: episode, dataset: Samples.dataset, folder: folder)
        try writer.write(frame, images: SharedImages(of: frame, in: folder))
        try writer.end()
        let target = home.appendingPathComponent("kitti")
        try KITTIExporter().finish(dataset: Samples.dataset, episodes: [CommittedEpisode(index: 0, folder: place)], target: target)
        return target.appendingPathComponent("training")
    }

    private func projections(_ training: URL) throws -> [[Double]] {
        let text = try String(contentsOf: training.appendingPathComponent("calib/000000.txt"), encoding: .utf8)
        return try (0..<4).map { k in
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("P\(k): ") })
            return line.split(separator: " ").dropFirst().compactMap { Double($0) }
        }
    }

    private func files(_ training: URL, _ kind: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: training.appendingPathComponent(kind).path)) ?? []).sorted() }

    @Test("the left picture is image_2, the right one image_3, whichever the rig names first", arguments: [false, true]) func pictures(rightFirst: Bool) throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let places: [(name: String, right: Double)] = rightFirst ? [("right", 0), ("left", -Self.baseline)] : [("left", 0), ("right", Self.baseline)]
        let training = try write(episode(places), frame(places), below: home)
        #expect(files(training, "image_2") == ["000000.png"] && files(training, "image_3") == ["000000.png"])
        for (kind, name) in [("image_2", "left"), ("image_3", "right")] {
            let written = try Data(contentsOf: training.appendingPathComponent("\(kind)/000000.png"))
            #expect(try written == Data(contentsOf: home.appendingPathComponent("000000/\(name)/rgb/000000.png")), "\(kind)")
        }
        let p = try projections(training)
        #expect(p[0] == p[2] && p[1] == p[3])
        // KITTI's own: P3 is P2 but for -fx b.
        #expect(p[2] == [50, 0, 31.5, 0, 0, 50, 19.5, 0, 0, 0, 1, 0])
        #expect(abs(p[3][3] + 50 * Self.baseline) < 1e-9 && p[3].enumerated().allSatisfy { $0.offset == 3 || $0.element == p[2][$0.offset] })
    }

    @Test("P3 puts a point of the left camera's axes where the right camera sees it") func projects() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let places = [(name: "left", right: 0.0), (name: "right", right: Self.baseline)]
        let frame = frame(places)
        let p3 = try projections(write(episode(places), frame, below: home))[3]
        for point in [Vec3(0.4, 0.2, 6), Vec3(-3, 1.1, 14), Vec3(5, -2, 40)] {
            let homogeneous = (0..<3).map { row in p3[4 * row] * point.x + p3[4 * row + 1] * point.y + p3[4 * row + 2] * point.z + p3[4 * row + 3] }
            let world = frame.cameras[0].pose * point
            let truth = Samples.camera.project(frame.cameras[1].pose.inverse * world).pixel
            #expect(abs(homogeneous[0] / homogeneous[2] + 0.5 - truth.x) < 1e-9 && abs(homogeneous[1] / homogeneous[2] + 0.5 - truth.y) < 1e-9)
        }
    }

    @Test("a camera that looks elsewhere is no partner: four equal projections, no image_3") func alone() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let places = [(name: "left", right: 0.0), (name: "right", right: Self.baseline)]
        let training = try write(episode(places, turn: Quaternion(yaw: 0.1)), frame(places), below: home)
        #expect(files(training, "image_2") == ["000000.png"] && files(training, "image_3") == [])
        let p = try projections(training)
        #expect(p.allSatisfy { $0 == p[0] && $0[3] == 0 })
    }

    @Test("a rig whose lenses all bend is refused by name") func bent() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let episode = episode([(name: "wide", right: 0)], lens: .fisheye(.equidistant))
        let failure = #expect(throws: Failure.self) { _ = try KITTIExporter().begin(episode: episode, dataset: Samples.dataset, folder: EpisodeFolder(url: home)) }
        #expect(failure?.diagnostics.first?.code == "kitti-lens" && failure?.diagnostics.first?.message.contains("wide") == true)
    }
}
