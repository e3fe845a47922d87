import Foundation
import SquallDiagnostics
import SquallFrames
import SquallGeometry
import SquallMath
import SquallAssets
import Testing

/// Damaged files give a failure or a scene, never a crash, whatever the damage; seeded, so a finding can be repeated.
@Suite struct GLTFFuzzTests {
    private var limits: GLTF.Limits {
        var limits = GLTF.Limits()
        (limits.elements, limits.vertices, limits.pixels, limits.nodes) = (200_000, 100_000, 1 << 20, 1000)
        return limits
    }

    private func survives(_ bytes: Data) -> Bool {
        do {
            let scene = try GLTF.load(bytes: bytes, file: "fuzz.glb", root: "/nowhere", limits: limits)
            // What was accepted must be sound: everything it names exists.
            return scene.nodes.allSatisfy { scene.meshes.indices.contains($0.mesh) }
                && scene.meshes.allSatisfy { mesh in
                    mesh.indices.allSatisfy { Int($0) < mesh.positions.count } && mesh.parts.allSatisfy { scene.materials.indices.contains($0.slot) }
                        && mesh.parts.reduce(0) { $0 + $1.triangleCount } == mesh.triangleCount
                }
                && scene.materials.allSatisfy { Int($0.baseColorTexture) < scene.textures.count }
        } catch let failure as Failure { return !failure.diagnostics.isEmpty && failure.diagnostics.allSatisfy { !$0.message.isEmpty } } catch { return false }
    }

    @Test(arguments: ["TwoCubes.glb", "tile.glb", "alien.glb", "cakeBirthday.glb"])
    func mutationsAndTruncations(name: String) throws {
        let original = try Data(contentsOf: URL(fileURLWithPath: GLTFSamples.fixture(name)))
        #expect(survives(original))
        var random = CounterRandom(seed: 20_260, path: "gltf fuzz \(name)")
        for round in 0..<120 {
            var bytes = [UInt8](original)
            if round % 4 == 0 {
                bytes.removeLast(Int(random.uniform() * Double(bytes.count)))
            } else {
                // The JSON is where the power lies: most mutations go there.
                let json = min(bytes.count, 20 + Int(bytes[12]) + Int(bytes[13]) << 8)
                for _ in 0..<(1 + round % 9) {
                    let at = Int(random.uniform() * Double(random.uniform() < 0.8 ? json : bytes.count))
                    bytes[at] = random.uniform() < 0.6 ? UInt8(ascii: "0") + UInt8(random.uniform() * 10) : UInt8(random.uniform() * 256)
                }
            }
            #expect(survives(Data(bytes)), "\(name) round \(round)")
        }
    }

    @Test func numbersOutOfAllBounds() throws {
        let original = String(decoding: Data(GLTFSamples.document(extra: #","materials":[{}]"#).utf8), as: UTF8.self)
        var random = CounterRandom(seed: 7, path: "gltf numbers")
        let extremes = ["-1", "0", "9223372036854775807", "-9223372036854775808", "4294967295", "1e308", "0.5", "null", "\"x\"", "[]", "65535"]
        let digits = original.indices.filter { original[$0].isNumber && !original[original.index(before: $0)].isNumber }
        for round in 0..<300 {
            let at = digits[Int(random.uniform() * Double(digits.count))]
            let extreme = extremes[Int(random.uniform() * Double(extremes.count))]
            let text = original.replacingCharacters(in: at..<original.index(after: at), with: extreme)
            #expect(survives(GLTFSamples.glb(text, GLTFSamples.square)), "round \(round): \(extreme)")
        }
    }

    @Test func deepNestingAndPictureBombsAreRefused() throws {
        let deep = #"{"asset":{"version":"2.0"},"extras":"# + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000) + "}"
        #expect(survives(Data(deep.utf8)))
        let chain = (0..<900).map { #"{"children":[\#($0 + 1)]}"# }.joined(separator: ",")
        #expect(survives(Data(#"{"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":[\#(chain),{}]}"#.utf8)))
        // A PNG header that promises 16,000 x 16,000 pixels.
        var png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]) + Data("IHDR".utf8) + Data([0, 0, 0x3E, 0x80, 0, 0, 0x3E, 0x80, 8, 6, 0, 0, 0])
        png += Data([0, 0, 0, 0])
        let bomb =
            #"{"asset":{"version":"2.0"},"materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}],"textures":[{"source":0}],"#
            + #""images":[{"uri":"data:image/png;base64,\#(png.base64EncodedString())"}]}"#
        #expect(throws: Failure.self) { try GLTF.load(bytes: Data(bomb.utf8), file: "bomb.gltf", root: "/nowhere", limits: limits) }
    }
}
