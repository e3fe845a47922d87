import Foundation

/// Tiny glTF files written by hand, so that each test bends one thing.
enum GLTFSamples {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    static func fixture(_ name: String) -> String { "\(root)/Tests/Fixtures/\(name)" }
    static let benchStreet = "\(root)/Scripts/bench-data/block.glb"
    static let benchStreetTextured = "\(root)/Scripts/bench-data/block_tex.glb"

    static func bytes<T>(_ values: [T]) -> Data { values.withUnsafeBytes { Data($0) } }

    /// A binary glTF file from JSON and a binary chunk.
    static func glb(_ json: String, _ binary: Data = Data()) -> Data {
        var text = Data(json.utf8)
        while text.count % 4 != 0 { text.append(0x20) }
        var body = binary
        while body.count % 4 != 0 { body.append(0) }
        let word = { (v: Int) in bytes([UInt32(v).littleEndian]) }
        var file = Data("glTF".utf8) + word(2) + word(12 + 8 + text.count + (body.isEmpty ? 0 : 8 + body.count))
        file += word(text.count) + word(0x4E4F_534A) + text
        if !body.isEmpty { file += word(body.count) + word(0x004E_4942) + body }
        return file
    }

    /// Four corners of a unit square in the xy plane, then indices 0 1 2 3 as bytes.
    static let square = bytes([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0] as [Float]) + Data([0, 1, 2, 3])

    /// A document around `square`; every part can be replaced.
    static func document(
        primitive: String = #"{"attributes":{"POSITION":0},"indices":1,"mode":5}"#, nodes: String = #"[{"mesh":0}]"#,
        positions: String = #"{"bufferView":0,"componentType":5126,"count":4,"type":"VEC3"}"#,
        indices: String = #"{"bufferView":1,"componentType":5121,"count":4,"type":"SCALAR"}"#, views: String? = nil, extra: String = "", length: Int = 52
    ) -> String {
        let views = views ?? #"[{"buffer":0,"byteLength":48},{"buffer":0,"byteOffset":48,"byteLength":4}]"#
        return #"{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":\#(nodes),"meshes":[{"primitives":[\#(primitive)]}],"#
            + #""accessors":[\#(positions),\#(indices)],"bufferViews":\#(views),"buffers":[{"byteLength":\#(length)}]\#(extra)}"#
    }
}
