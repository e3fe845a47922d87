import Foundation
import SquallDiagnostics
import SquallMath
import SquallRun
import Testing

/// Models with numbers that none should have: refused with a message, or drawn — along a path and as an actor of a scene — without a trap.
@Suite struct ModelFuzzTests {
    private static let extremes = ["-1", "0", "1e11", "-1e9", "9e8", "1e-30", "1e300", "65535", "4294967295", "0.5", "3", "null", "[]"]
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

    @Test(arguments: ["TwoCubes.glb", "tile.glb", "alien.glb"]) func survivorsAreDrawn(name: String) throws {
        let small = try SmallScenes()
        defer { small.remove() }
        let (json, rest) = try Self.split(Data(contentsOf: Self.fixtures.appendingPathComponent(name)))
        let numbers = json.matches(of: /[:\[,]\s*(-?[0-9][0-9.eE+-]*)/).map { $0.output.1.startIndex..<$0.output.1.endIndex }
        let nodes = json.matches(of: /"mesh"\s*:/).map { $0.range.lowerBound..<$0.range.lowerBound }
        #expect(numbers.count > 20 && !nodes.isEmpty)
        let path = try small.file("path.json", """
            {"width": 32, "height": 18, "fx": 20, "fy": 20, "cx": 16, "cy": 9, "world_from_camera": [[[1,0,0,0.5],[0,1,0,0.5],[0,0,1,4],[0,0,0,1]]]}
            """)
        var random = CounterRandom(seed: 43, path: "model fuzz \(name)")
        var (drawn, refused) = (0, 0)
        for round in 0..<20 {
            let pick = { (count: Int) in min(count - 1, Int(random.uniform() * Double(count))) }
            let scale = Self.extremes[pick(9)]
            let deformed = "\"scale\":[\(scale),\(scale),\(round % 8 == 0 ? scale : "1")],"
            let (range, value) =
                round % 4 == 0 ? (nodes[pick(nodes.count)], deformed) : (numbers[pick(numbers.count)], Self.extremes[pick(Self.extremes.count)])
            let model = try Self.joined(json.replacingCharacters(in: range, with: value), rest)
            let file = small.home.appendingPathComponent("model\(round).glb")
            try model.write(to: file)
            let start = ContinuousClock.now
            for draws in [Self.draws(along: path, file, small), Self.draws(inScene: file, round, small)] { if draws { drawn += 1 } else { refused += 1 } }
            #expect(ContinuousClock.now - start < .seconds(10), "\(name) round \(round): \(value)")
        }
        #expect(drawn > 8 && refused > 3, "\(name): \(drawn) drawn, \(refused) refused")
    }

    /// The JSON chunk, and what follows it.
    private static func split(_ file: Data) throws -> (String, Data) {
        let length = Int(file[12]) | Int(file[13]) << 8 | Int(file[14]) << 16 | Int(file[15]) << 24
        return (String(decoding: file[20..<(20 + length)], as: UTF8.self), file[(20 + length)...])
    }

    private static func joined(_ json: String, _ rest: Data) throws -> Data {
        var text = Data(json.utf8)
        while text.count % 4 != 0 { text.append(0x20) }
        let word = { (v: Int) in withUnsafeBytes(of: UInt32(v).littleEndian) { Data($0) } }
        return Data("glTF".utf8) + word(2) + word(20 + text.count + rest.count) + word(text.count) + word(0x4E4F_534A) + text + rest
    }

    private static func draws(along path: URL, _ file: URL, _ small: SmallScenes) -> Bool {
        let out = small.home.appendingPathComponent("out-\(file.lastPathComponent)")
        let job = MeshRenderJob(file: file.path, cameraPath: path.path, out: out, samplesPerPixel: 1, shadows: true, shading: .full, frames: nil, workers: 1)
        return succeeds { _ = try job.run { _, _ in } }
    }

    private static func draws(inScene file: URL, _ round: Int, _ small: SmallScenes) -> Bool {
        succeeds {
            let text = """
                scene "model"
                import "\(file.lastPathComponent)" as thing
                rig eyes { camera front { resolution = (48, 32), mount = (1.6 m, 0 m, 1.5 m) } }
                actor ego is sedan { place = at((0 m, 0 m, 0 m)), carries eyes }
                actor model is thing { place = at((12 m, 0 m, 0 m)), fixed = true }
                record { duration = 0.2 s, rate = 5 Hz }
                """
            let scene = try small.file("scene\(round).squall", text)
            let (session, diagnostics, _) = SceneSession.load(file: scene.path, root: nil, overrides: [])
            guard let session else { throw Failure(diagnostics) }
            _ = try PreviewJob(session: session, seed: 1, index: 0, at: 0, sensor: nil, workers: 1).write(to: small.home.appendingPathComponent("\(round).png"))
        }
    }

    private static func succeeds(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch let failure as Failure {
            #expect(!failure.diagnostics.isEmpty && failure.diagnostics.allSatisfy { !$0.message.isEmpty })
        } catch { Issue.record("not a Failure: \(error)") }
        return false
    }
}
