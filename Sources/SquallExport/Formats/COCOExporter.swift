import Foundation
import SquallFrames

/// `coco`: detection and instance segmentation for every camera.
///
/// `coco/annotations.json` with images below `coco/images/`. Masks are exact RLE of the instance image (or outlines with `--coco-polygons`);
/// `bbox` is the visible box, `area` the mask's pixel count, ids start at 1. Each annotation also carries `track_id`, `visible_share`,
/// `truncation`, `transmittance`, `contrast` and `detectable` under its own keys, which COCO readers pass over; people, riders and animals have `keypoints`;
/// a ridden two-wheeler is two annotations (`COCOPart`); `ignore` is 1 for what is not detectable. `iscrowd` stays 0: it would mean a region of many, and readers drop those.
public struct COCOExporter: Exporter {
    public static let name = "coco"
    public static let labels: LabelSelection = [.boxes, .instance, .semantic]
    public static let needs: LabelSelection = [.boxes, .instance]
    let polygons: Bool

    public init(polygons: Bool = false) { self.polygons = polygons }

    public func begin(episode: EpisodeInfo, dataset: DatasetInfo, folder: EpisodeFolder) throws -> any EpisodeExporter {
        COCOEpisode(episode: episode, folder: folder, polygons: polygons)
    }

    /// Streams: annotations are collected in a file aside while the pictures are listed, so one picture is in memory at a time.
    public func finish(dataset: DatasetInfo, episodes: [CommittedEpisode], target: URL) throws {
        let place = target.appendingPathComponent("annotations.json")
        let aside = target.appendingPathComponent("annotations.part")
        func text(_ value: some Encodable) throws -> String { String(decoding: try DatasetFile.json(value, for: place), as: UTF8.self) }
        let (file, annotations) = (try DatasetStream(place), try DatasetStream(aside))
        let categories = try Category.labelled.map { try text(COCOCategory($0)) }
        try file.append("{\"info\":{\"description\":\(text(dataset.title)),\"version\":\"1.0\"},\"licenses\":[],\n")
        try file.append("\"categories\":[\(categories.joined(separator: ",\n"))],\n\"images\":[")
        var (pictures, objects) = (0, 0)
        for episode in episodes {
            try DatasetFile.decodeLines(COCOPicture.self, from: episode.folder.appendingPathComponent(COCOPicture.path)) { picture in
                let name = "\(episode.name)_\(picture.camera)_\(sixDigits(picture.frame)).\((picture.path as NSString).pathExtension)"
                try DatasetFile.link(episode.folder.appendingPathComponent(picture.path), to: target.appendingPathComponent("images/\(name)"))
                let image = COCOImage(id: pictures + 1, file_name: name, width: picture.width, height: picture.height)
                try file.append((pictures > 0 ? ",\n" : "") + text(image))
                pictures += 1
                for seen in picture.objects {
                    try annotations.append((objects > 0 ? ",\n" : "") + text(COCOAnnotation(id: objects + 1, image_id: pictures, seen: seen)))
                    objects += 1
                }
            }
        }
        _ = try annotations.finish()
        try file.append("],\n\"annotations\":[")
        try file.append(contentsOf: aside)
        try file.append("]}\n")
        _ = try file.finish()
        try DatasetFile.remove(aside)
    }
}

extension Category {
    /// Classes that objects are labelled with in COCO: id is the raw value, so it never depends on which classes occur.
    static var labelled: [Category] { allCases.filter { $0.rawValue >= Category.vegetation.rawValue } }
}

/// One picture of an episode, without dataset-wide ids; one a line.
private struct COCOPicture: Codable {
    static let path = "fragments/coco.jsonl"
    struct Seen: Codable {
        var category: UInt8
        var track: UInt16
        var bbox: [Double]
        var area: Int
        var counts: String?
        var polygons: [[Double]]?
        var size: [Int]
        var visibleShare: Double
        var truncation: Double
        var transmittance: Double
        var contrast: Double
        var detectable: Bool
        /// x, y, visibility of each point, in one list.
        var keypoints: [Double]?
    }
    var camera: String
    var frame: Int
    var path: String
    var width: Int
    var height: Int
    var objects: [Seen]
}

private struct COCOEpisode: EpisodeExporter {
    let categories: [UInt16: Category]
    let folder: EpisodeFolder
    let polygons: Bool
    let carrier: UInt16

    init(episode: EpisodeInfo, folder: EpisodeFolder, polygons: Bool) {
        categories = Dictionary(uniqueKeysWithValues: episode.objects.map { ($0.id, $0.category) })
        (self.folder, self.polygons, carrier) = (folder, polygons, episode.ego)
    }

    func write(_ frame: Frame, images: SharedImages) throws {
        for (camera, path) in zip(frame.cameras, images.paths) {
            var picture = COCOPicture(
                camera: camera.sensor, frame: frame.index, path: path, width: camera.rgb.width, height: camera.rgb.height, objects: [])
            // A camera may see its carrier's own bonnet: not an object of its pictures.
            for object in camera.objects where object.id != carrier {
                picture.objects += COCOPart.parts(of: object, category: categories[object.id] ?? .object, in: camera).map { seen(object, $0) }
            }
            try folder.append(json: picture, to: COCOPicture.path)
        }
    }

    private func seen(_ object: CameraObject, _ part: COCOPart) -> COCOPicture.Seen {
        let mask = RunLengthMask(of: object.id, in: part.ids, window: part.box)
        let outlines = polygons ? MaskOutline.polygons(of: object.id, in: part.ids, window: part.box) : nil
        return COCOPicture.Seen(
            category: part.category.rawValue, track: object.id, bbox: [part.box.left, part.box.top, part.box.width, part.box.height],
            area: mask.area, counts: outlines == nil ? mask.counts : nil, polygons: outlines, size: [mask.height, mask.width],
            visibleShare: micro(object.visibleShare), truncation: micro(object.truncation), transmittance: micro(object.transmittance),
            contrast: micro(object.contrast), detectable: object.detectable, keypoints: part.keypoints.isEmpty ? nil : part.keypoints.flatMap(\.numbers))
    }

    private func micro(_ x: Double) -> Double { (x * 1e6).rounded() / 1e6 }

    func end() throws { try folder.close(COCOPicture.path) }
}

private struct COCOImage: Encodable { var id: Int; var file_name: String; var width: Int; var height: Int }

private struct COCOCategory: Encodable {
    var id: Int
    var name: String
    var supercategory: String
    var keypoints: [String]?
    var skeleton: [[Int]]?
    init(_ category: Category) {
        id = Int(category.rawValue)
        name = category.names.name
        supercategory = category.names.coco ?? "outdoor"
        switch category {
        case .person, .rider: (keypoints, skeleton) = (PersonKeypoints.names, PersonKeypoints.skeleton)
        case .animal: (keypoints, skeleton) = (AnimalKeypoints.names, AnimalKeypoints.skeleton)
        default: break
        }
    }
}

private struct COCOAnnotation: Encodable {
    enum Segmentation: Encodable {
        case rle(size: [Int], counts: String)
        case polygons([[Double]])
        enum Key: CodingKey { case size, counts }
        func encode(to encoder: any Encoder) throws {
            switch self {
            case .rle(let size, let counts):
                var c = encoder.container(keyedBy: Key.self)
                try c.encode(size, forKey: .size)
                try c.encode(counts, forKey: .counts)
            case .polygons(let lists):
                var c = encoder.singleValueContainer()
                try c.encode(lists)
            }
        }
    }
    var id: Int
    var image_id: Int
    var category_id: Int
    var bbox: [Double]
    var area: Int
    var iscrowd = 0
    var segmentation: Segmentation
    var track_id: Int
    var visible_share: Double
    var truncation: Double
    var transmittance: Double
    var contrast: Double
    var detectable: Bool
    /// 1 for what is not detectable: leave it out of training and judging.
    var ignore: Int
    /// People, riders and animals only: x, y, visibility of 17 points; nought for one without a skeleton.
    var keypoints: [Double]?
    var num_keypoints: Int?

    init(id: Int, image_id: Int, seen: COCOPicture.Seen) {
        (self.id, self.image_id, category_id) = (id, image_id, Int(seen.category))
        (bbox, area, track_id) = (seen.bbox, seen.area, Int(seen.track))
        segmentation = seen.polygons.map { .polygons($0) } ?? .rle(size: seen.size, counts: seen.counts ?? "")
        (visible_share, truncation, transmittance, contrast) = (seen.visibleShare, seen.truncation, seen.transmittance, seen.contrast)
        (detectable, ignore) = (seen.detectable, seen.detectable ? 0 : 1)
        if [Category.person.rawValue, Category.rider.rawValue, Category.animal.rawValue].contains(seen.category) {
            // Both kinds have as many points.
            let points = seen.keypoints ?? Array(repeating: 0, count: 3 * PersonKeypoints.names.count)
            (keypoints, num_keypoints) = (points, stride(from: 2, to: points.count, by: 3).filter { points[$0] > 0 }.count)
        }
    }
}
