import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath

/// Reads one committed episode back and checks that its files are whole and that its labels agree with each other.
///
/// Hashes against the listing; every frame present; timestamps rising; ids known; boxes, pixel counts, classes and depth of the
/// instance pictures consistent with `frames.jsonl`; sizes as `episode.json` has them; point records whole, their ids known, their counts by id
/// and inside boxes as said.
public struct EpisodeVerifier {
    public let folder: URL
    private var problems: [Diagnostic] = []

    /// - Returns: problems found, and how many files were read.
    public static func verify(_ folder: URL, listingName: String, fileDone: () -> Void) -> [Diagnostic] {
        var verifier = EpisodeVerifier(folder: folder)
        verifier.checkListing(listingName, fileDone)
        verifier.checkLabels()
        return verifier.problems
    }

    private init(folder: URL) { self.folder = folder }

    private mutating func report(_ code: String, _ path: String, _ message: String, place: String? = nil, fix: String? = nil) {
        problems.append(Diagnostic(.error, code, file: folder.appendingPathComponent(path).path, place: place, message: message, fix: fix))
    }

    private mutating func checkListing(_ name: String, _ fileDone: () -> Void) {
        guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
            report("listing-missing", name, "the list of files is missing or unreadable", fix: "render this sample again")
            return
        }
        var listed: Set<String> = [name]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let bytes = Int(parts[1]) else {
                report("listing-broken", name, "a line of the list is broken: '\(line.prefix(60))'")
                continue
            }
            let path = String(parts[2])
            guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                report("listing-broken", name, "the list names a file outside the episode: '\(path.prefix(60))'")
                continue
            }
            listed.insert(path)
            fileDone()
            guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)) else {
                report("file-missing", path, "the file is missing", fix: "render this sample again")
                continue
            }
            if data.count != bytes { report("file-size", path, "the file has \(data.count) bytes, the list says \(bytes)", fix: "render this sample again") }
            else if SHA256.hexDigest(of: data) != parts[0] { report("file-changed", path, "the file's contents have changed since it was written", fix: "render this sample again") }
        }
        for path in ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []).sorted() where !listed.contains(path) {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
            if exists && !isFolder.boolValue { report("file-strange", path, "the file is not part of the episode", fix: "remove it") }
        }
    }

    private mutating func checkLabels() {
        guard let info = try? JSONDecoder().decode(EpisodeInfo.self, from: Data(contentsOf: folder.appendingPathComponent("episode.json"))) else {
            report("episode-unreadable", "episode.json", "the episode's description cannot be read")
            return
        }
        if let fault = info.fault { return report("episode-impossible", "episode.json", fault, fix: "render this sample again") }
        guard let text = try? String(contentsOf: folder.appendingPathComponent("frames.jsonl"), encoding: .utf8) else { return }
        let lines = text.split(separator: "\n")
        if lines.count != info.frameCount { report("frame-count", "frames.jsonl", "there are \(lines.count) frames, \(info.frameCount) were promised") }
        let categories = Dictionary(info.objects.map { ($0.id, $0.category) }, uniquingKeysWith: { first, _ in first })
        if categories.count != info.objects.count || categories[0] != nil { report("id-twice", "episode.json", "instance ids are not distinct numbers from 1") }
        let standing = info.objects.compactMap(FrameRecord.Body.init(standing:))
        if standing.count != info.objects.filter(\.isStatic).count { report("static-place", "episode.json", "a static object has no center and rotation") }
        let statics = Set(standing.map(\.id))
        var last = Int64.min
        for (number, line) in lines.enumerated() {
            guard let record = try? JSONDecoder().decode(FrameRecord.self, from: Data(line.utf8)) else {
                report("frame-unreadable", "frames.jsonl", "the line is not a frame record", place: "line \(number + 1)")
                continue
            }
            if record.timeNs <= last { report("time-order", "frames.jsonl", "time does not rise", place: "line \(number + 1)") }
            last = record.timeNs
            checkCompleteness(record, info, place: "line \(number + 1)")
            let labelled = (record.objects ?? []).map(\.id) + record.cameras.flatMap { ($0.objects ?? []).map(\.id) } + record.lidars.flatMap { ($0.objects ?? []).map(\.id) }
            if let strange = labelled.first(where: { categories[$0] == nil }) {
                report("id-unknown", "frames.jsonl", "instance \(strange) is not in episode.json", place: "line \(number + 1)")
            }
            compareSizes(record.objects ?? [], info, place: "line \(number + 1)")
            for camera in record.cameras { check(camera, record.index, categories) }
            if let twice = (record.objects ?? []).first(where: { statics.contains($0.id) }) {
                report("static-moves", "frames.jsonl", "instance \(twice.id) is static in episode.json and has a place of its own here", place: "line \(number + 1)")
            }
            for lidar in record.lidars { check(lidar, record.index, (record.objects ?? []) + standing, categories) }
        }
    }

    /// Records keep a micrometre. The box of a body that sits, falls, waves or holds an umbrella follows its limbs: in no direction is it longer than
    /// the body at rest from corner to corner and an arm ahead, half as long again.
    private mutating func compareSizes(_ bodies: [FrameRecord.Body], _ info: EpisodeInfo, place: String) {
        let known = Dictionary(info.objects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for body in bodies {
            guard let object = known[body.id] else { continue }
            let size = object.size
            if object.hasLimbs, body.size.count == 3 {
                if body.size.contains(where: { $0 <= 0 || $0 > 1.5 * size.length }) {
                    report("size", "frames.jsonl", "the box of instance \(body.id) is longer than its limbs reach", place: place)
                }
                continue
            }
            guard body.size.count == 3, (0..<3).allSatisfy({ abs(body.size[$0] - size[$0]) < 2e-6 }) else {
                report("size", "frames.jsonl", "the box of instance \(body.id) is not of the size in episode.json", place: place)
                continue
            }
        }
    }

    /// Every sensor whose turn it is, and every object list that the labels chosen promise.
    private mutating func checkCompleteness(_ record: FrameRecord, _ info: EpisodeInfo, place: String) {
        let present = Set(record.cameras.map(\.sensor) + record.lidars.map(\.sensor))
        for sensor in info.sensors where record.index % info.step(of: sensor) == 0 && !present.contains(sensor.name) {
            if case .lidar = sensor.kind, !info.labels.contains(.points) { continue }
            report("sensor-missing", "frames.jsonl", "\(sensor.name) is not recorded", place: place)
        }
        let lists = [record.objects == nil] + record.cameras.map { $0.objects == nil } + record.lidars.map { $0.objects == nil }
        let promised = info.labels.contains(.boxes)
        if lists.contains(promised) {
            report(promised ? "objects-missing" : "objects-strange", "frames.jsonl", promised ? "objects are missing" : "there are objects, though boxes are switched off", place: place)
        }
    }

    private mutating func check(_ camera: FrameRecord.Camera, _ frame: Int, _ categories: [UInt16: Category]) {
        let name = "\(sixDigits(frame)).png"
        let path = "\(camera.sensor)/instance/\(name)"
        guard let ids = picture(path) else { return }
        let seen = tally(ids)
        for id in seen.keys.sorted() where categories[id] == nil { report("id-unknown", path, "instance \(id) is not in episode.json") }
        if let objects = camera.objects { compare(objects, seen, path, frame) }
        checkAgreement(ids, camera.sensor, name, categories)
    }

    /// Labels against the pixels of the instance picture.
    private mutating func compare(_ objects: [FrameRecord.Seen], _ seen: [UInt16: (count: Int, box: [Double])], _ path: String, _ frame: Int) {
        let listed = Dictionary(objects.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        for (id, found) in seen.sorted(by: { $0.key < $1.key }) {
            guard let object = listed[id] else {
                report("label-missing", path, "instance \(id) is in the picture but has no label", place: "frame \(frame)")
                continue
            }
            if object.visiblePixels != found.count { report("pixel-count", path, "instance \(id) covers \(found.count) pixels, its label says \(object.visiblePixels)", place: "frame \(frame)") }
            if object.visibleBox != found.box { report("box", path, "the visible box of instance \(id) is not the extent of its pixels", place: "frame \(frame)") }
        }
        for object in objects where object.visiblePixels > 0 && seen[object.id] == nil {
            report("mask-missing", path, "instance \(object.id) is labelled visible but has no pixel", place: "frame \(frame)")
        }
        for object in objects where !(0...1).contains(object.visibleShare) || !(0...1).contains(object.truncation) || !(0...1).contains(object.transmittance) {
            report("share", "frames.jsonl", "a share of instance \(object.id) is outside 0...1", place: "frame \(frame)")
        }
    }

    /// Class and depth at every labelled pixel.
    private mutating func checkAgreement(_ ids: Image<UInt16>, _ sensor: String, _ name: String, _ categories: [UInt16: Category]) {
        if let classes = picture("\(sensor)/semantic/\(name)"), classes.width == ids.width, classes.height == ids.height {
            var expected = [UInt16](repeating: UInt16(Category.unlabeled.rawValue), count: 1 << 16)
            for (id, category) in categories { expected[Int(id)] = UInt16(category.rawValue) }
            let (rider, ridden) = (UInt16(Category.rider.rawValue), [Category.bicycle, .motorcycle].map { UInt16($0.rawValue) })
            let wrong = ids.pixels.indices.first { pixel in
                let (own, seen) = (expected[Int(ids.pixels[pixel])], classes.pixels[pixel])
                // Who rides has a class of their own under the machine's id.
                return ids.pixels[pixel] != 0 && own != seen && !(seen == rider && ridden.contains(own))
            }
            if let wrong { report("class", "\(sensor)/semantic/\(name)", "class and instance disagree", place: "pixel \(wrong % ids.width), \(wrong / ids.width)") }
        }
        if let depth = picture("\(sensor)/depth/\(name)"), depth.width == ids.width, depth.height == ids.height {
            let wrong = ids.pixels.indices.first { ids.pixels[$0] != 0 && depth.pixels[$0] == 0 }
            if let wrong { report("depth", "\(sensor)/depth/\(name)", "an object's pixel has no depth", place: "pixel \(wrong % ids.width), \(wrong / ids.width)") }
        }
    }

    /// nil when the picture was not written (its label is off), or is broken, which is reported.
    private mutating func picture(_ path: String) -> Image<UInt16>? {
        let url = folder.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        do { return try PNGReader.grey16(url) } catch {
            report("png-unreadable", path, (error as? Failure)?.diagnostics.first?.message ?? "the picture cannot be decoded")
            return nil
        }
    }

    private func tally(_ ids: Image<UInt16>) -> [UInt16: (count: Int, box: [Double])] {
        let extents = InstanceExtents(of: ids)
        return Dictionary(uniqueKeysWithValues: extents.all.map { ($0.id, ($0.count, [$0.box.left, $0.box.top, $0.box.right, $0.box.bottom])) })
    }

    private mutating func check(_ lidar: FrameRecord.Points, _ frame: Int, _ bodies: [FrameRecord.Body], _ categories: [UInt16: Category]) {
        let path = "\(lidar.sensor)/points/\(sixDigits(frame)).bin"
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)) else { return }
        guard let points = PointFile.decode(data) else {
            report("points-broken", path, "\(data.count) bytes are not a whole number of \(PointFile.stride)-byte records")
            return
        }
        if points.count != lidar.count { report("point-count", path, "there are \(points.count) points, the record says \(lidar.count)") }
        var hits: [UInt16: Int] = [:]
        for point in points where point.cause == ReturnCause.surface.rawValue && point.instance != 0 { hits[point.instance, default: 0] += 1 }
        for id in hits.keys.sorted() where categories[id] == nil { report("id-unknown", path, "instance \(id) is not in episode.json") }
        guard let objects = lidar.objects else { return }
        for object in objects where object.numHits != hits[object.id] ?? 0 {
            report("hit-count", path, "instance \(object.id) has \(hits[object.id] ?? 0) hits, its label says \(object.numHits)", place: "frame \(frame)")
        }
        let listed = Dictionary(objects.map { ($0.id, $0.numPoints) }, uniquingKeysWith: { first, _ in first })
        for id in hits.keys.sorted() where listed[id] == nil { report("label-missing", path, "instance \(id) was hit but has no label", place: "frame \(frame)") }
        guard let count = PointsInBoxes(points, lidar) else {
            report("pose", "frames.jsonl", "the pose of \(lidar.sensor) is not three and four numbers", place: "frame \(frame)")
            return
        }
        for body in bodies {
            let said = listed[body.id] ?? 0
            guard let range = count.range(of: body), !range.contains(said) else { continue }
            report("points-in-box", path, "the box of instance \(body.id) holds \(range.upperBound) points, its label says \(said)", place: "frame \(frame)")
        }
    }
}
