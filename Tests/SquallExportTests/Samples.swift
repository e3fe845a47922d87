import Foundation
import SquallExport
import SquallFrames
import SquallMath

/// A small made-up episode: a camera looking ahead from (0, 0, 1.5), a lidar above it, three objects.
enum Samples {
    static let camera = PinholeCamera(width: 64, height: 40, fx: 50, fy: 50, cx: 32, cy: 20)
    static let lidar = LidarModel(
        name: "rings", elevations: [0], azimuthSteps: 40, minimumRange: 1, maximumRange: 100, referenceRange: 100, referenceReflectance: 0.1, rangeNoise: 0.02, divergence: 0.002,
        aperture: 0.01, wavelength: 905e-9, returns: 1)
    static let dataset = DatasetInfo(
        title: "a \"quoted\" title", seed: 1, samples: 2, formats: ["native", "coco", "kitti"], sceneFile: "x.squall", sceneText: "", limits: DetectabilityLimits(), build: [])
    static let objects: [(id: UInt16, path: String, category: SquallFrames.Category, box: OrientedBox)] = [
        (1, "ego", .car, OrientedBox(pose: Pose(position: Vec3(-1, 0, 0.7)), size: Vec3(4.5, 1.8, 1.4))),
        (2, "lead", .car, OrientedBox(pose: Pose(position: Vec3(14, 0, 0.75)), size: Vec3(4.4, 1.8, 1.5))),
        (3, "walker", .person, OrientedBox(pose: Pose(position: Vec3(10, 2, 0.9), rotation: Quaternion(yaw: -.pi / 2)), size: Vec3(0.4, 0.6, 1.8))),
        (4, "tree", .vegetation, OrientedBox(pose: Pose(position: Vec3(20, -5, 3)), size: Vec3(2, 2, 6))),
    ]

    static func episode(_ index: Int, frames: Int = 2) -> EpisodeInfo {
        EpisodeInfo(
            index: index, seed: 1, attempt: 0, title: "sample", text: "", latitude: 48, longitude: 11, startUTC: "2026-06-21T10:00:00Z", frameCount: frames, rate: 10, ego: 60_000,
            sensors: [
                SensorInfo(name: "front", kind: .camera(camera), mount: .identity, carrier: 1, rate: 10),
                SensorInfo(name: "top", kind: .lidar(lidar), mount: .identity, carrier: 1, rate: 10),
            ],
            objects: objects.map {
                .init(id: $0.id, path: $0.path, category: $0.category, asset: "box", size: $0.box.size, isStatic: $0.id == 4, hasLimbs: $0.id == 3, at: $0.id == 4 ? $0.box.pose : nil)
            }, lanes: [],
            draws: [.init(path: "rain", value: "10 mm/h")], split: "train")
    }

    static func frame(_ number: Int) -> Frame {
        let pose = Pose(position: Vec3(0, 0, 1.5), rotation: Pose.mountFromCamera.rotation)
        let (seen, ids) = draw(pose)
        let stamp = Ticks(perCycleAt: 10) * number
        let classes = Dictionary(uniqueKeysWithValues: objects.map { ($0.id, $0.category.rawValue) })
        let empty = Image<UInt8>(width: 0, height: 0, filledWith: 0)
        let view = CameraFrame(
            sensor: "front", stamp: stamp, pose: pose, camera: camera, rgb: Image(width: 64, height: 40, filledWith: RGB8(UInt8(number), 90, 200)),
            depth: Image(width: 64, height: 40, filledWith: 9.5), instance: ids,
            semantic: Image(width: 64, height: 40, pixels: ids.pixels.map { classes[$0] ?? SquallFrames.Category.road.rawValue }),
            normals: Image(width: 64, height: 40, filledWith: SIMD3(0, -1, 0)), flowForward: Image(width: 64, height: 40, filledWith: SIMD2(1.5, -2)),
            flowBackward: Image(width: 0, height: 0, filledWith: .zero), occludedForward: Image(width: 64, height: 40, filledWith: 0), occludedBackward: empty,
            rain: Image(width: 64, height: 40, filledWith: 3), objects: seen)
        let cloud = points()
        let hits = objects.compactMap { o in
            let n = cloud.filter { $0.instance == o.id && $0.cause == 0 }.count
            return n > 0 ? LidarObject(id: o.id, pointsInBox: n, hits: n, detectable: n >= 5) : nil
        }
        let lidar = LidarFrame(
            sensor: "top", stamp: stamp, start: stamp, end: stamp + Ticks(perCycleAt: 10), pose: Pose(position: Vec3(-0.5, 0, 1.8)), points: cloud, objects: hits)
        return Frame(
            index: number, stamp: stamp, ego: Pose(position: Vec3(-2.2, 0, 0)),
            objects: objects.map {
                ObjectState(id: $0.id, category: $0.category, box: $0.box, velocity: Vec3(1, 0, 0), angularVelocity: .zero, acceleration: .zero, isStatic: $0.id == 4)
            }, cameras: [view], lidars: [lidar],
            weather: WeatherRecord(
                rainRate: 10, visibility: 0, filmDepth: 0.1, friction: 0.7, sunElevation: 30, sunAzimuth: 180, illuminance: 1e4, windSpeed: 0, windFrom: 0, cloudCover: 1),
            collisions: [])
    }

    /// Fills each object's projected box, far ones first, and labels what is left of it.
    private static func draw(_ pose: Pose) -> ([CameraObject], Image<UInt16>) {
        var ids = Image<UInt16>(width: 64, height: 40, filledWith: 0)
        var lone: [UInt16: Int] = [:]
        for object in objects.sorted(by: { $0.box.pose.position.x > $1.box.pose.position.x }) {
            guard let box = ProjectedBox.box(of: object.box, pose: pose, camera: camera) else { continue }
            for y in 0..<40 {
                for x in 0..<64 where Double(x) + 0.5 > box.left && Double(x) + 0.5 < box.right && Double(y) + 0.5 > box.top && Double(y) + 0.5 < box.bottom {
                    ids[x, y] = object.id
                    lone[object.id, default: 0] += 1
                }
            }
        }
        let seen = objects.compactMap { object -> CameraObject? in
            let pixels = ids.pixels.indices.filter { ids.pixels[$0] == object.id }
            guard let all = lone[object.id], let first = pixels.first, let last = pixels.last else { return nil }
            let columns = pixels.map { $0 % 64 }
            let box = Box2D(left: Double(columns.min() ?? 0), top: Double(first / 64), right: Double((columns.max() ?? 0) + 1), bottom: Double(last / 64 + 1))
            return CameraObject(
                id: object.id, visibleBox: box, fullBox: box, projectedBox: box, visiblePixels: pixels.count, lonePixels: all, visibleShare: Double(pixels.count) / Double(all),
                truncation: 0, transmittance: 0.9, contrast: 0.3, detectable: true)
        }
        return (seen, ids)
    }

    static func points() -> [LidarPoint] {
        (0..<40).map { (i: Int) -> LidarPoint in
            let onCar = i < 30
            let step = Float(i)
            // Beside the car the points lie under its box.
            let position = SIMD3<Float>(12.4 + step * 0.01, step * 0.02 - 0.4, onCar ? -0.9 : -1.9)
            return LidarPoint(
                position: position, intensity: step / 40, timeOffset: Int32(i - 20) * 1000, ring: UInt16(i % 8), instance: onCar ? 2 : 0, category: onCar ? 13 : 2,
                cause: i == 39 ? 2 : 0, returnIndex: UInt8(i % 2))
        }
    }

    /// A fresh directory; remove it when done.
    static func home() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("squall-export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// Writes one whole episode with its listing, as the batch does.
    static func write(_ index: Int, formats: [any Exporter], below home: URL) throws -> CommittedEpisode {
        let info = episode(index)
        let folder = EpisodeFolder(url: home.appendingPathComponent("episodes/\(info.name)"))
        var writers = try formats.map { try $0.begin(episode: info, dataset: dataset, folder: folder) }
        for number in 0..<info.frameCount {
            let frame = frame(number)
            let images = try SharedImages(of: frame, in: folder)
            for i in writers.indices { try writers[i].write(frame, images: images) }
        }
        for i in writers.indices { try writers[i].end() }
        try DatasetFile.write(Data(folder.listing.utf8), to: folder.url.appendingPathComponent("files.sha256"))
        return CommittedEpisode(index: index, folder: folder.url)
    }
}
