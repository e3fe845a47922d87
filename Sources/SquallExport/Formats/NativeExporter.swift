import Foundation
import SquallFrames
import SquallMath

/// `native`: everything Squall knows, one directory an episode.
///
/// ```
/// episodes/000005/episode.json            EpisodeInfo: rig, calibration, objects, lanes, draws
/// episodes/000005/frames.jsonl            one line a frame: ego, weather, objects, per camera and per lidar labels, collisions
/// episodes/000005/<camera>/rgb            8-bit sRGB
/// episodes/000005/<camera>/depth          16-bit, 256 a metre, 0 none
/// episodes/000005/<camera>/instance       16-bit instance id, 0 none
/// episodes/000005/<camera>/semantic       8-bit class
/// episodes/000005/<camera>/normals        8-bit RGB, 127.5 (n + 1), camera axes
/// episodes/000005/<camera>/flow_forward   16-bit RGB: 64 u + 2^15, 64 v + 2^15, 0 none / 1 visible / 2 hidden (backward alike)
/// episodes/000005/<camera>/rain           8-bit share of the pixel covered by falling rain
/// episodes/000005/<lidar>/points          28-byte records, see `PointFile`
/// ```
public struct NativeExporter: Exporter {
    public static let name = "native"
    public static let labels: LabelSelection = .all
    public static let needs: LabelSelection = []
    public init() {}

    public func begin(episode: EpisodeInfo, dataset: DatasetInfo, folder: EpisodeFolder) throws -> any EpisodeExporter {
        NativeEpisode(episode: episode, folder: folder)
    }

    /// The committed episode folders are the format; the directory gets an index of them.
    public func finish(dataset: DatasetInfo, episodes: [CommittedEpisode], target: URL) throws {
        struct Index: Encodable { var title: String; var episodes: [String] }
        let index = Index(title: dataset.title, episodes: episodes.map { "../episodes/" + $0.name })
        let place = target.appendingPathComponent("index.json")
        try DatasetFile.write(DatasetFile.json(index, for: place, pretty: true), to: place)
    }
}

private struct NativeEpisode: EpisodeExporter {
    let episode: EpisodeInfo
    let folder: EpisodeFolder
    private static let records = "frames.jsonl"

    func write(_ frame: Frame, images: SharedImages) throws {
        let name = sixDigits(frame.index)
        for camera in frame.cameras { try writeLabelImages(camera, name) }
        for lidar in frame.lidars { try folder.write(PointFile.encode(lidar.points), to: "\(lidar.sensor)/points/\(name).bin") }
        try folder.append(json: FrameRecord(frame, images: images.paths, boxes: episode.labels.contains(.boxes)), to: Self.records)
    }

    private func writeLabelImages(_ camera: CameraFrame, _ name: String) throws {
        let base = camera.sensor
        if camera.depth.width > 0 { try folder.write(PNG.encode(LabelImages.depth(camera.depth)), to: "\(base)/depth/\(name).png") }
        if camera.instance.width > 0 { try folder.write(PNG.encode(camera.instance), to: "\(base)/instance/\(name).png") }
        if camera.semantic.width > 0 { try folder.write(PNG.encode(camera.semantic), to: "\(base)/semantic/\(name).png") }
        if camera.normals.width > 0 { try folder.write(PNG.encode(LabelImages.normals(camera.normals)), to: "\(base)/normals/\(name).png") }
        if camera.rain.width > 0 { try folder.write(PNG.encode(camera.rain), to: "\(base)/rain/\(name).png") }
        for (flow, occluded, label) in [
            (camera.flowForward, camera.occludedForward, "flow_forward"), (camera.flowBackward, camera.occludedBackward, "flow_backward"),
        ] where flow.width > 0 {
            let values = LabelImages.flow(flow, occluded: occluded)
            try folder.write(PNG.encodeRGB16(values, width: flow.width, height: flow.height), to: "\(base)/\(label)/\(name).png")
        }
    }

    func end() throws {
        try folder.write(json: episode, to: CommittedEpisode.infoName, pretty: true)
        try folder.close(Self.records)
    }
}

/// Native point records, little-endian, 28 bytes: float32 x, y, z (sensor frame, metres), float32 intensity 0...1, int32 time offset (ns),
/// uint16 ring, uint16 instance, uint8 class, uint8 cause (0 surface, 1 fog, 2 rain, 3 spray, 4 ghost), uint8 return (0 first, 1 second), uint8 zero.
public enum PointFile {
    public static let stride = 28

    public static func encode(_ points: [LidarPoint]) -> Data {
        var out = Data(count: points.count * stride)
        out.withUnsafeMutableBytes { bytes in
            for (i, p) in points.enumerated() {
                let o = i * stride
                bytes.storeBytes(of: p.position.x.bitPattern.littleEndian, toByteOffset: o, as: UInt32.self)
                bytes.storeBytes(of: p.position.y.bitPattern.littleEndian, toByteOffset: o + 4, as: UInt32.self)
                bytes.storeBytes(of: p.position.z.bitPattern.littleEndian, toByteOffset: o + 8, as: UInt32.self)
                bytes.storeBytes(of: p.intensity.bitPattern.littleEndian, toByteOffset: o + 12, as: UInt32.self)
                bytes.storeBytes(of: p.timeOffset.littleEndian, toByteOffset: o + 16, as: Int32.self)
                bytes.storeBytes(of: p.ring.littleEndian, toByteOffset: o + 20, as: UInt16.self)
                bytes.storeBytes(of: p.instance.littleEndian, toByteOffset: o + 22, as: UInt16.self)
                (bytes[o + 24], bytes[o + 25], bytes[o + 26], bytes[o + 27]) = (p.category, p.cause, p.returnIndex, 0)
            }
        }
        return out
    }

    /// nil when the byte count is no multiple of a record.
    public static func decode(_ data: Data) -> [LidarPoint]? {
        guard data.count % stride == 0 else { return nil }
        return data.withUnsafeBytes { bytes in
            (0..<(data.count / stride)).map { i in
                let o = i * stride
                let f = { (k: Int) in Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: o + 4 * k, as: UInt32.self))) }
                return LidarPoint(
                    position: SIMD3(f(0), f(1), f(2)), intensity: f(3), timeOffset: Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: o + 16, as: Int32.self)),
                    ring: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: o + 20, as: UInt16.self)),
                    instance: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: o + 22, as: UInt16.self)), category: bytes[o + 24],
                    cause: bytes[o + 25], returnIndex: bytes[o + 26])
            }
        }
    }
}
