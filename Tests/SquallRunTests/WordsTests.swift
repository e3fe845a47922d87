import Foundation
import SquallDiagnostics
import SquallDynamics
import SquallExport
import SquallFrames
import SquallRun
import Testing

/// What the program says about directories, files and scenes that nobody can see anything in: whole messages.
@Suite struct WordsTests {
    private func words(_ diagnostics: [Diagnostic]?) -> [String] { (diagnostics ?? []).map { "\($0.message) | \($0.fix ?? "")" } }

    private func manifest(file: String = "small.squall", text: String = "scene") -> Manifest {
        let dataset = DatasetInfo(title: "x", seed: 0, samples: 1, formats: ["native"], sceneFile: file, sceneText: text, limits: DetectabilityLimits(), build: [])
        return Manifest(dataset: dataset, overrides: [], inputs: [])
    }

    @Test("a directory of another scene names both files") func otherScene() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("squall-words-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }
        try DatasetFolder(root: home, manifest: manifest(), resume: false).release()
        let other = #expect(throws: Failure.self) { try DatasetFolder(root: home, manifest: manifest(file: "big.squall", text: "scene 2"), resume: true) }
        let advice = "choose another --out, or delete it"
        #expect(words(other?.diagnostics) == ["the directory belongs to another run: it was made from small.squall, not from big.squall | \(advice)"])
        let changed = #expect(throws: Failure.self) { try DatasetFolder(root: home, manifest: manifest(text: "scene 2"), resume: true) }
        #expect(words(changed?.diagnostics) == ["the directory belongs to another run: it was made from small.squall as it was before it changed | \(advice)"])
        let unfinished = #expect(throws: Failure.self) { try DatasetFolder(root: home, manifest: manifest(), resume: false) }
        #expect(words(unfinished?.diagnostics) == ["the directory holds this dataset, unfinished | add --resume to go on where it stopped, or choose another --out"])
    }

    @Test("a finished dataset is complete, or lacks so many samples") func finished() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        let text = SmallScenes.text(lidar: false)
        _ = try scenes.render(text, formats: ["native"], to: "out")
        func again(_ samples: [Int]) throws -> Failure? {
            let session = try scenes.session(text)
            let job = RenderJob(
                session: session, seed: 1, samples: samples, out: scenes.home.appendingPathComponent("out"), formats: ["native"], cocoPolygons: false, workers: 1, resume: false,
                version: "test")
            return #expect(throws: Failure.self) { try job.run { _ in } }
        }
        #expect(
            words(try again([0])?.diagnostics) == [
                "the directory already holds this dataset, complete with 1 sample: nothing is left to do | look at its contact_sheet.png; to render it again, delete it or choose another --out"
            ])
        #expect(
            words(try again([0, 1, 2])?.diagnostics) == [
                "the directory holds 1 sample of this dataset, and 2 more are wanted | add --resume to render what is missing, or choose another --out"
            ])
        let report = try DatasetVerification.verify(scenes.home.appendingPathComponent("out")) { _, _ in }
        #expect(report.summary.hasPrefix("1 episode, ") && report.summary.hasSuffix(" files: all well"))
        try FileManager.default.removeItem(at: scenes.home.appendingPathComponent("out/episodes/000000/episode.json"))
        #expect(try DatasetVerification.verify(scenes.home.appendingPathComponent("out")) { _, _ in }.summary.hasSuffix(" in 1 episode"))
    }

    @Test("system errors in our words") func systemErrors() throws {
        let made = #expect(throws: Failure.self) { try DatasetFolder(root: URL(fileURLWithPath: "/proc/x"), manifest: manifest(), resume: false) }
        #expect(words(made?.diagnostics) == ["the output directory cannot be made: nothing can be made in that folder | choose a directory you may write to with --out"])
        let path = #expect(throws: Failure.self) { try CameraPath(contentsOf: "/nowhere/x.json") }
        #expect(path?.diagnostics.first?.file == "/nowhere/x.json")
        #expect(words(path?.diagnostics) == ["the camera path cannot be read: there is no such file | name an existing file with --camera-path"])
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        for (text, cause) in [("{}", "'width' is missing"), ("hello", "it is not JSON"), ("{\"width\": \"x\"}", "'width' is of another kind than it must be")] {
            let file = try scenes.file("path.json", text)
            let refused = #expect(throws: Failure.self) { try CameraPath(contentsOf: file.path) }
            #expect(words(refused?.diagnostics) == ["the camera path cannot be read: \(cause) | see squall render-gltf --help for its form"])
        }
        #expect(SystemCause.words(POSIXError(.ENOSPC)) == "there is no space left on the disk")
        #expect(SystemCause.words(CocoaError(.fileReadNoPermission)) == "you have no permission")
        #expect(SystemCause.words(Failure("x", file: "", message: "")) == "the system gives no cause")
    }

    @Test("check warns of a scene that nothing is seen in, and leaves libraries alone") func nothingToRender() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        func check(_ text: String) throws -> [String] { words(FileCheck.check(file: try scenes.file("x.squall", text).path, root: nil).diagnostics) }
        let blind = "no actor carries a rig, so there is nothing to render | import \"rigs/front_and_lidar.squall\" as rigs, and write carries rigs.kitti in an actor"
        #expect(try check("actor ego is sedan { place = at((0 m, 0 m, 0 m)) }\n") == [blind])
        #expect(try check("record { duration = 1 s }\n") == [blind])
        #expect(try check("rig r { camera front { } }\nactor ego is sedan { place = at((0 m, 0 m, 0 m)), carries r }\n") == [])
        #expect(try check("rig r { camera front { } }\n") == [])
        let pair = "rig r { camera front { } }\nactor ego is sedan { place = at((0 m, 0 m, 0 m)) }\nactor post is nothing { place = at((9 m, 0 m, 0 m)), carries r }\n"
        #expect(try check(pair) == ["the ego carries no sensor, so there is nothing to render | let ego carry the rig of post"])
        let named = pair.replacingOccurrences(of: "actor ego", with: "actor car") + "record { ego = car }\n"
        #expect(try check(named) == ["the ego carries no sensor, so there is nothing to render | let car carry the rig of post, or write record { ego = post }"])
    }

    @Test("a lane change without a lane is a remark in the episode") func droppedLaneChange() throws {
        let scenes = try SmallScenes()
        defer { scenes.remove() }
        try FileManager.default.copyItem(
            at: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Scenes/roads/straight_500m.xodr").standardizedFileURL,
            to: scenes.home.appendingPathComponent("straight.xodr"))
        let text = """
            /// Nowhere to go.
            scene "x"
            import "straight.xodr" as town
            rig eyes { camera front { resolution = (64, 48) } }
            actor ego is sedan { place = town.lane(-1).at(60 m), speed = 10 m/s, carries eyes
              do { follow_lane() until elapsed() > 0.25 s
                   repeat { change_lane(to: right, over: 0.5 s) } } }
            record { duration = 2 s, rate = 5 Hz }
            """
        let played = try SceneEpisodes(session: try scenes.session(text), seed: 1).play(index: 0)
        let remark = "change_lane(to: right) is left out: there is no lane to drive on to the right"
        #expect(played.trajectory.remarks.map(\.message) == [remark] && played.trajectory.remarks.map(\.actor) == ["ego"])
        #expect(played.info.text == "Nowhere to go.\nego, 0.25 s: \(remark)")
        let shown = try PreviewJob(session: try scenes.session(text), seed: 1, index: 0, at: 0, sensor: nil, workers: 1).write(to: scenes.home.appendingPathComponent("x.png"))
        #expect(shown.map(\.message) == ["ego, 0.25 s: \(remark)"] && shown.map(\.severity) == [.warning])
    }
}
