import Foundation
import SquallDiagnostics
import SquallFrames

/// The staging directory of one episode. Remembers every file written with its hash, for the manifest and `verify`.
public final class EpisodeFolder {
    public let url: URL
    private var digests: [String: (digest: String, bytes: Int)] = [:]
    /// Files that still grow.
    private var streams: [String: DatasetStream] = [:]

    public init(url: URL) { self.url = url }

    /// Writes a file below the folder, making directories as needed.
    /// - Throws: `Failure` that names the file, the cause and the way out.
    public func write(_ data: Data, to path: String) throws {
        try DatasetFile.write(data, to: url.appendingPathComponent(path))
        digests[path] = (SHA256.hexDigest(of: data), data.count)
    }

    /// Writes a value as JSON with sorted keys.
    public func write(json value: some Encodable, to path: String, pretty: Bool = false) throws {
        try write(DatasetFile.json(value, for: url.appendingPathComponent(path), pretty: pretty), to: path)
    }

    /// Adds a value to a file of JSON lines, which grows frame by frame: nothing of it stays in memory. `close` ends it.
    public func append(json value: some Encodable, to path: String) throws {
        var line = try DatasetFile.json(value, for: url.appendingPathComponent(path))
        line.append(0x0A)
        try stream(path).append(line)
    }

    /// Ends a file of JSON lines; one without lines is empty.
    public func close(_ path: String) throws {
        digests[path] = try stream(path).finish()
        streams[path] = nil
    }

    private func stream(_ path: String) throws -> DatasetStream {
        if let stream = streams[path] { return stream }
        let stream = try DatasetStream(url.appendingPathComponent(path))
        streams[path] = stream
        return stream
    }

    /// `<sha256> <bytes> <path>` a line, by path: what `verify` checks.
    public var listing: String {
        digests.sorted { $0.key < $1.key }.map { "\($0.value.digest) \($0.value.bytes) \($0.key)" }.joined(separator: "\n") + "\n"
    }
}

/// Camera pictures encoded once per frame and shared by all formats of an episode.
public struct SharedImages: Sendable {
    /// Path below the episode folder by camera, in the frame's camera order.
    public var paths: [String]

    /// Encodes and stores the RGB picture of every camera of the frame.
    public init(of frame: Frame, in folder: EpisodeFolder) throws {
        paths = []
        for camera in frame.cameras {
            let path = "\(camera.sensor)/rgb/\(sixDigits(frame.index)).\(camera.picture.fileExtension)"
            try folder.write(Self.encode(camera), to: path)
            paths.append(path)
        }
    }

    /// A camera's picture in the form it is wanted in.
    /// - Throws: `Failure` for a picture that libjpeg refuses.
    static func encode(_ camera: CameraFrame) throws -> Data {
        let (width, height) = (camera.rgb.width, camera.rgb.height)
        switch camera.picture {
        case .srgb8: return PNG.encode(camera.rgb)
        case .jpeg(let quality): return try JPEG.encode(camera.rgb, quality: quality)
        case .linear12(let values): return PNG.encodeRGB16(values, width: width, height: height)
        case .bayer(let counts): return PNG.encode(Image(width: width, height: height, pixels: counts), filter: .none)
        }
    }
}
