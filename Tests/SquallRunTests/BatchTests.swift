import Foundation
import SquallDiagnostics
import SquallExport
import SquallFrames
import SquallMath
import SquallRun
import Testing

/// Episodes made of patterns instead of pictures: the batch cannot tell.
private struct PatternSource: EpisodeSource {
    /// This sample fails after its second frame, as a full disk or a bug would.
    var failing: Int?
    static let camera = PinholeCamera(width: 32, height: 20, fx: 30, fy: 30, cx: 16, cy: 10)

    func open(index: Int) throws -> OpenEpisode {
        let frames = 3 + index % 2
        let info = EpisodeInfo(
            index: index, seed: 7, attempt: 0, title: "pattern", text: "", latitude: 0, longitude: 0, startUTC: "2026-06-21T10:00:00Z", frameCount: frames, rate: 10,
            ego: 2, sensors: [SensorInfo(name: "front", kind: .camera(Self.camera), mount: .identity, carrier: 2, rate: 10)],
            objects: [.init(id: 1, path: "ego", category: .car, asset: "sedan", size: Vec3(4, 2, 1.5), isStatic: false, hasLimbs: false)], lanes: [], draws: [], split: "train")
        return OpenEpisode(info: info) { each in
            for number in 0..<frames {
                if index == failing && number == 2 { throw Failure("test", file: "pattern", message: "sample \(index) fails on purpose") }
                try each(frame(number, index))
            }
        }
    }

    private func frame(_ number: Int, _ index: Int) -> Frame {
        let (w, h) = (32, 20)
        var ids = Image<UInt16>(width: w, height: h, filledWith: 0)
        for y in 4..<12 { for x in 3..<(10 + number) { ids[x, y] = 1 } }
        let semantic = Image(width: w, height: h, pixels: ids.pixels.map { ($0 == 1 ? Category.car : .road).rawValue })
        let box = Box2D(left: 3, top: 4, right: Double(10 + number), bottom: 12)
        let object = CameraObject(
            id: 1, visibleBox: box, fullBox: box, projectedBox: box, visiblePixels: 8 * (7 + number), lonePixels: 8 * (7 + number), visibleShare: 1, truncation: 0,
            transmittance: 0.9, contrast: 0.5, detectable: true)
        let camera = CameraFrame(
            sensor: "front", stamp: Ticks(perCycleAt: 10) * number, pose: Pose(rotation: Pose.mountFromCamera.rotation), camera: Self.camera,
            rgb: Image(width: w, height: h, filledWith: RGB8(UInt8(index), UInt8(number), 9)), depth: Image(width: w, height: h, filledWith: 12.5), instance: ids,
            semantic: semantic, normals: Image(width: 0, height: 0, filledWith: .zero),
            flowForward: Image(width: 0, height: 0, filledWith: .zero), flowBackward: Image(width: 0, height: 0, filledWith: .zero),
            occludedForward: Image(width: 0, height: 0, filledWith: 0), occludedBackward: Image(width: 0, height: 0, filledWith: 0),
            rain: Image(width: 0, height: 0, filledWith: 0),
            objects: [object])
        let state = ObjectState(
            id: 1, category: .car, box: OrientedBox(pose: Pose(position: Vec3(12, 0, 0.75)), size: Vec3(4, 2, 1.5)), velocity: .zero, angularVelocity: .zero, acceleration: .zero,
            isStatic: false)
        return Frame(
            index: number, stamp: camera.stamp, ego: .identity, objects: [state], cameras: [camera], lidars: [],
            weather: WeatherRecord(
                rainRate: 10, visibility: 500, filmDepth: 0.1, friction: 0.7, sunElevation: 30, sunAzimuth: 180, illuminance: 1e4, windSpeed: 0, windFrom: 0, cloudCover: 1),
            collisions: [])
    }
}

@Suite struct BatchTests {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("squall-batch-\(UUID().uuidString)")
    let dataset = DatasetInfo(
        title: "pattern", seed: 7, samples: 6, formats: ["native", "coco", "kitti"], sceneFile: "pattern.squall", sceneText: "scene", limits: DetectabilityLimits(), build: [])

    private func run(_ name: String, source: PatternSource = PatternSource(), workers: Int, samples: [Int] = Array(0..<6), resume: Bool = false) throws -> URL {
        let url = home.appendingPathComponent(name)
        let folder = try DatasetFolder(root: url, manifest: Manifest(dataset: dataset, overrides: [], inputs: []), resume: resume)
        let formats = try dataset.formats.map { try Exporters.named($0) }
        try Batch(source: source, dataset: dataset, formats: formats, samples: samples, workers: workers).run(in: folder)
        return url
    }

    /// Path and hash of every file that the promise covers.
    private func digest(_ url: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted().compactMap { path in
            var isFolder: ObjCBool = false
            let file = url.appendingPathComponent(path)
            _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            guard !isFolder.boolValue, !path.hasPrefix("ledger.sqlite"), path != ".lock" else { return nil }
            return "\(path) \(SHA256.hexDigest(of: try Data(contentsOf: file)))"
        }
    }

    @Test("the worker count changes no byte") func workersDoNotMatter() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let one = try digest(try run("one", workers: 1))
        #expect(one.count > 60)
        for workers in 2...3 { #expect(try digest(try run("w\(workers)", workers: workers)) == one) }
    }

    @Test("a failed run keeps what was finished and goes on to the same bytes") func resumeGivesTheSameBytes() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let whole = try digest(try run("whole", workers: 2))
        #expect(throws: Failure.self) { try run("broken", source: PatternSource(failing: 3), workers: 2) }
        let broken = home.appendingPathComponent("broken")
        #expect(FileManager.default.fileExists(atPath: broken.appendingPathComponent("episodes/000000").path))
        #expect(!FileManager.default.fileExists(atPath: broken.appendingPathComponent("episodes/000003").path))
        #expect(try digest(try run("broken", workers: 3, resume: true)) == whole)
    }

    @Test("one sample alone is the sample of the batch") func aloneIsTheSame() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let batch = try digest(try run("batch", workers: 2).appendingPathComponent("episodes/000005"))
        #expect(try digest(try run("alone", workers: 1, samples: [5]).appendingPathComponent("episodes/000005")) == batch)
    }

    @Test("verify finds what was done to a dataset") func verifyFindsDamage() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        func codes(_ url: URL) throws -> [String] { try DatasetVerification.verify(url) { _, _ in }.problems.map(\.code) }
        let url = try run("whole", workers: 2)
        #expect(try codes(url) == [])
        let coco = url.appendingPathComponent("coco/annotations.json")
        let text = try String(contentsOf: coco, encoding: .utf8)
        try text.replacingOccurrences(of: "\"iscrowd\":0", with: "\"iscrowd\":1").write(to: coco, atomically: true, encoding: .utf8)
        #expect(try codes(url) == ["merged-changed"])
        try FileManager.default.removeItem(at: url.appendingPathComponent("kitti/training/label_2/000002.txt"))
        #expect(try codes(url) == ["merged-changed", "merged-missing"])
        try FileManager.default.removeItem(at: url.appendingPathComponent("episodes/000004"))
        #expect(try codes(url) == ["episode-changed"])
    }

    @Test("verify leaves a dataset as it was, also when merging fails") func verifyLeavesNothing() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let url = try run("whole", workers: 2)
        let entries = { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
        let before = try entries()
        #expect(try DatasetVerification.verify(url) { _, _ in }.problems == [] && entries() == before)
        let manifest = url.appendingPathComponent("manifest.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try text.replacingOccurrences(of: "\"kitti\"", with: "\"kitty\"").write(to: manifest, atomically: true, encoding: .utf8)
        #expect(throws: Failure.self) { try DatasetVerification.verify(url) { _, _ in } }
        #expect(try entries() == before)
    }

    @Test("what a killed verify left is cleared by the next; what one at work holds stays") func abandonedScratch() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let url = try run("whole", workers: 2)
        let (dead, alive) = (url.appendingPathComponent(".staging/verify-dead"), url.appendingPathComponent(".staging/verify-alive"))
        for scratch in [dead, alive] {
            try FileManager.default.createDirectory(at: scratch.appendingPathComponent("coco"), withIntermediateDirectories: true)
            try Data("half".utf8).write(to: scratch.appendingPathComponent("coco/annotations.json"))
        }
        let descriptor = open(alive.appendingPathComponent(".lock").path, O_RDWR | O_CREAT, 0o644)
        #expect(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(try DatasetVerification.verify(url) { _, _ in }.problems == [])
        #expect(!FileManager.default.fileExists(atPath: dead.path) && FileManager.default.fileExists(atPath: alive.path))
        close(descriptor)
        #expect(try DatasetVerification.verify(url) { _, _ in }.problems == [])
        #expect(!FileManager.default.fileExists(atPath: url.appendingPathComponent(".staging").path))
    }

    @Test("a lock that another run holds and one that cannot be opened are told apart") func locks() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let manifest = Manifest(dataset: dataset, overrides: [], inputs: [])
        func code(_ name: String, resume: Bool) -> String? {
            do { _ = try DatasetFolder(root: home.appendingPathComponent(name), manifest: manifest, resume: resume) } catch let failure as Failure {
                return failure.diagnostics.first?.code
            } catch { return "\(error)" }
            return nil
        }
        let held = try DatasetFolder(root: home.appendingPathComponent("held"), manifest: manifest, resume: false)
        #expect(code("held", resume: true) == "out-in-use")
        held.release()
        #expect(code("held", resume: true) == nil)
        try FileManager.default.createDirectory(at: home.appendingPathComponent("odd/.lock"), withIntermediateDirectories: true)
        #expect(code("odd", resume: false) == "out-not-writable")
    }

    @Test("a directory of something else, of another scene or of a finished run is refused") func refusesForeignDirectories() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        func code(_ body: () throws -> Void) -> String? {
            do { try body() } catch let failure as Failure { return failure.diagnostics.first?.code } catch { return "\(error)" }
            return nil
        }
        let strange = home.appendingPathComponent("strange")
        try FileManager.default.createDirectory(at: strange, withIntermediateDirectories: true)
        try Data("hello".utf8).write(to: strange.appendingPathComponent("thesis.txt"))
        #expect(code { _ = try run("strange", workers: 1) } == "out-not-empty")
        _ = try run("done", workers: 1, samples: [0])
        #expect(code { _ = try run("done", workers: 1, samples: [0]) } == "out-exists")
        var other = dataset
        other.seed = 8
        #expect(
            code { _ = try DatasetFolder(root: home.appendingPathComponent("done"), manifest: Manifest(dataset: other, overrides: [], inputs: []), resume: true) }
                == "out-of-another-run")
        #expect(FileManager.default.fileExists(atPath: strange.appendingPathComponent("thesis.txt").path))
    }
}
