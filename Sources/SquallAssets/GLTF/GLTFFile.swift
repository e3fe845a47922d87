import Foundation
import SquallDiagnostics

/// The bytes of a glTF file: container, JSON, buffers, and other files it names, all within limits.
struct GLTFFile {
    let file: String
    /// Directory that external files must not leave, with symbolic links resolved.
    let root: String
    let limits: GLTF.Limits
    let document: GLTFDocument
    private let embedded: Data?
    private var loaded: [Int: [UInt8]] = [:]
    private var bytesRead: Int

    init(path: String, root: String?, limits: GLTF.Limits) throws {
        let bytes = try Self.read(path, shown: path, place: nil, limit: limits.fileBytes)
        let directory = root ?? URL(fileURLWithPath: path).deletingLastPathComponent().path
        try self.init(bytes: bytes, file: path, root: directory, limits: limits)
    }

    init(bytes: Data, file: String, root: String, limits: GLTF.Limits) throws {
        (self.file, self.limits) = (file, limits)
        self.root = URL(fileURLWithPath: root, isDirectory: true).resolvingSymlinksInPath().path
        let (json, binary) = try Self.split(bytes, file, limits)
        embedded = binary
        bytesRead = bytes.count
        document = try Self.decode(json, file)
        guard document.asset.version.hasPrefix("2.") else {
            throw Failure(
                "gltf-version", file: file, place: "asset.version", message: "the file is glTF \(document.asset.version.prefix(20)); Squall reads 2.0", fix: "export it as glTF 2.0"
            )
        }
    }

    func failure(_ code: String, _ place: String, _ message: String, fix: String? = nil) -> Failure {
        Failure(code, file: file, place: place, message: message, fix: fix)
    }

    // MARK: Container

    /// JSON and the optional binary chunk of a `.glb`; a `.gltf` is JSON alone.
    private static func split(_ bytes: Data, _ file: String, _ limits: GLTF.Limits) throws -> (Data, Data?) {
        guard bytes.prefix(4).elementsEqual("glTF".utf8) else {
            guard bytes.count <= limits.jsonBytes else { throw Failure("gltf-size", file: file, message: "the JSON is larger than \(limits.jsonBytes >> 20) MiB") }
            guard bytes.first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }) == UInt8(ascii: "{") else {
                throw Failure("not-gltf", file: file, message: "the file is neither binary glTF nor JSON", fix: "export it as .glb or .gltf")
            }
            return (bytes, nil)
        }
        guard bytes.count >= 20 else { throw Failure("gltf-truncated", file: file, message: "the file ends within its header", fix: "export it again") }
        let word = { (at: Int) in
            Int(bytes[bytes.startIndex + at]) | Int(bytes[bytes.startIndex + at + 1]) << 8 | Int(bytes[bytes.startIndex + at + 2]) << 16 | Int(bytes[bytes.startIndex + at + 3])
                << 24
        }
        guard word(4) == 2 else { throw Failure("gltf-version", file: file, message: "the container has version \(word(4)); Squall reads 2", fix: "export it as glTF 2.0") }
        guard word(8) <= bytes.count else {
            throw Failure("gltf-truncated", file: file, message: "the header promises \(word(8)) bytes, the file has \(bytes.count)", fix: "copy or export it again")
        }
        var (at, json, binary): (Int, Data?, Data?) = (12, nil, nil)
        let end = word(8)
        while at + 8 <= end {
            let (length, kind) = (word(at), word(at + 4))
            guard length <= end - at - 8 else { throw Failure("gltf-truncated", file: file, place: "chunk at byte \(at)", message: "a chunk reaches beyond the end of the file") }
            let body = bytes.subdata(in: (bytes.startIndex + at + 8)..<(bytes.startIndex + at + 8 + length))
            if kind == 0x4E4F_534A, json == nil { json = body } else if kind == 0x004E_4942, binary == nil { binary = body }
            at += 8 + (length + 3) & ~3
        }
        guard let json else { throw Failure("gltf-json", file: file, message: "the file has no JSON chunk", fix: "export it again") }
        guard json.count <= limits.jsonBytes else { throw Failure("gltf-size", file: file, message: "the JSON is larger than \(limits.jsonBytes >> 20) MiB") }
        return (json, binary)
    }

    private static func decode(_ json: Data, _ file: String) throws -> GLTFDocument {
        let place = { (path: [any CodingKey]) -> String in
            var text = ""
            for key in path {
                if let index = key.intValue { text += "[\(index)]" } else { text += text.isEmpty ? key.stringValue : ".\(key.stringValue)" }
            }
            return text
        }
        do {
            return try JSONDecoder().decode(GLTFDocument.self, from: json)
        } catch let many as GLTFDocument.TooMany {
            throw Failure(
                "gltf-size", file: file, place: many.list, message: "the file has \(many.count) \(many.list); Squall reads \(many.limit)", fix: "join what is alike, or split the model")
        } catch DecodingError.keyNotFound(let key, let context) {
            throw Failure("gltf-json", file: file, place: place(context.codingPath + [key]), message: "the property '\(key.stringValue)' is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw Failure("gltf-json", file: file, place: place(context.codingPath), message: "the value has another type than glTF 2.0 asks for")
        } catch DecodingError.dataCorrupted(let context) {
            throw Failure("gltf-json", file: file, place: place(context.codingPath), message: "the JSON is damaged", fix: "export the file again")
        } catch {
            throw Failure("gltf-json", file: file, message: "the JSON is damaged", fix: "export the file again")
        }
    }

    // MARK: Buffers and files

    /// The bytes of a buffer, read once.
    mutating func buffer(_ index: Int) throws -> [UInt8] {
        if let known = loaded[index] { return known }
        let place = "buffers[\(index)]"
        guard let buffer = document.buffers?[checked: index] else { throw failure("gltf-index", place, "there is no such buffer") }
        var data: Data
        if let uri = buffer.uri {
            data = try resource(uri, place: place)
        } else if index == 0, let embedded {
            data = embedded
        } else {
            throw failure("gltf-buffer", place, "the buffer has neither a URI nor a binary chunk", fix: "export as .glb, or with the .bin file beside it")
        }
        guard buffer.byteLength >= 0, data.count >= buffer.byteLength else {
            throw failure("gltf-truncated", place, "the buffer should have \(buffer.byteLength) bytes and has \(data.count)", fix: "copy or export the file again")
        }
        if data.count > buffer.byteLength { data = data.prefix(buffer.byteLength) }
        let bytes = [UInt8](data)
        loaded[index] = bytes
        return bytes
    }

    /// The bytes a URI stands for: base64 within the document, or a file at or below the root.
    mutating func resource(_ uri: String, place: String) throws -> Data {
        if uri.hasPrefix("data:") {
            guard let comma = uri.firstIndex(of: ","), uri[..<comma].hasSuffix(";base64"), let data = Data(base64Encoded: String(uri[uri.index(after: comma)...])) else {
                throw failure("gltf-uri", place, "the data URI is not base64")
            }
            return data
        }
        let data = try Self.read(target(of: uri, place: place).path, shown: file, place: place, limit: limits.fileBytes - bytesRead)
        bytesRead += data.count
        return data
    }

    /// The file a relative URI names: as written, and absolute with links followed.
    private func target(of uri: String, place: String) throws -> (name: String, path: String) {
        guard let name = uri.removingPercentEncoding, !name.isEmpty, !name.contains("://"), !name.hasPrefix("/"), !name.contains("\0") else {
            throw failure("gltf-uri", place, "'\(uri.prefix(80))' is not a relative file name", fix: "put the file beside the glTF file and name it relatively")
        }
        let target = URL(fileURLWithPath: root, isDirectory: true).appendingPathComponent(name).standardizedFileURL.resolvingSymlinksInPath().path
        guard target.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
            throw failure("gltf-uri", place, "'\(uri.prefix(80))' lies outside \(root)", fix: "put the file beside the glTF file")
        }
        return (name, target)
    }

    /// Files that the buffers and images name, in the document's order.
    func named() throws -> [(name: String, path: String)] {
        let buffers = (document.buffers ?? []).enumerated().map { ("buffers[\($0.offset)]", $0.element.uri) }
        let images = (document.images ?? []).enumerated().map { ("images[\($0.offset)]", $0.element.uri) }
        return try (buffers + images).compactMap { place, uri in
            guard let uri, !uri.hasPrefix("data:") else { return nil }
            return try target(of: uri, place: place)
        }
    }

    private static func read(_ path: String, shown: String, place: String?, limit: Int) throws -> Data {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path) else {
            throw Failure(
                "no-such-file", file: shown, place: place,
                message: place == nil ? "the file does not exist or cannot be opened" : "the file \(path) does not exist or cannot be opened",
                fix: place == nil ? nil : "put it there, or export with everything in one .glb file")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else { throw Failure("not-a-file", file: shown, place: place, message: "\(path) is not a regular file") }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size <= limit else {
            throw Failure(
                "gltf-size", file: shown, place: place, message: "the file and what it names hold more than the limit of 512 MiB", fix: "split the model, or use smaller pictures")
        }
        do { return try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
            throw Failure("unreadable-file", file: shown, place: place, message: "\(path) cannot be read")
        }
    }
}

extension Array {
    /// nil instead of a trap for an index that comes from a file.
    subscript(checked index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
