import Foundation
import SquallExport
import SquallFrames
import Testing

@Suite struct COCOTests {
    private struct File: Decodable {
        struct Picture: Decodable { var id: Int; var file_name: String; var width: Int; var height: Int }
        struct Kind: Decodable { var id: Int; var name: String }
        struct Shape: Decodable {
            var counts: String?
            var polygons: [[Double]]?
            enum Key: CodingKey { case counts }
            init(from decoder: any Decoder) throws {
                if let keyed = try? decoder.container(keyedBy: Key.self) { counts = try keyed.decode(String.self, forKey: .counts) } else {
                    polygons = try decoder.singleValueContainer().decode([[Double]].self)
                }
            }
        }
        struct Annotation: Decodable {
            var id: Int
            var image_id: Int
            var category_id: Int
            var bbox: [Double]
            var area: Int
            var iscrowd: Int
            var segmentation: Shape
            var track_id: UInt16
        }
        var images: [Picture]
        var categories: [Kind]
        var annotations: [Annotation]
    }

    private func finish(_ exporter: COCOExporter, _ episodes: [CommittedEpisode], into target: URL) throws -> Data {
        try exporter.finish(dataset: Samples.dataset, episodes: episodes, target: target)
        return try Data(contentsOf: target.appendingPathComponent("annotations.json"))
    }

    @Test("fragments merge to dataset-wide ids from 1, with the same bytes every time") func merging() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let exporter = COCOExporter()
        let episodes = try [3, 8].map { try Samples.write($0, formats: [exporter], below: home) }
        let data = try finish(exporter, episodes, into: home.appendingPathComponent("a"))
        #expect(try finish(exporter, episodes, into: home.appendingPathComponent("b")) == data)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.appendingPathComponent("a").path).sorted() == ["annotations.json", "images"])
        let file = try JSONDecoder().decode(File.self, from: data)
        #expect(file.images.map(\.id) == [1, 2, 3, 4])
        #expect(file.images.map(\.file_name) == ["000003_front_000000.png", "000003_front_000001.png", "000008_front_000000.png", "000008_front_000001.png"])
        #expect(file.annotations.map(\.id) == Array(1...file.annotations.count) && file.annotations.count >= 12)
        #expect(Set(file.annotations.map(\.category_id)).isSubset(of: Set(file.categories.map(\.id))) && !file.categories.contains { $0.id == 0 })
        for picture in file.images {
            let copied = try Data(contentsOf: home.appendingPathComponent("a/images/\(picture.file_name)"))
            #expect(copied == PNG.encode(Samples.frame((picture.id - 1) % 2).cameras[0].rgb) && picture.width == 64 && picture.height == 40)
        }
    }

    @Test("every annotation is the object's box, area and mask", arguments: [false, true]) func annotations(polygons: Bool) throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let exporter = COCOExporter(polygons: polygons)
        let episodes = [try Samples.write(0, formats: [exporter], below: home)]
        let file = try JSONDecoder().decode(File.self, from: finish(exporter, episodes, into: home.appendingPathComponent("coco")))
        let camera = Samples.frame(0).cameras[0]
        for annotation in file.annotations {
            let object = try #require(camera.objects.first { $0.id == annotation.track_id })
            let box = try #require(object.visibleBox)
            #expect(annotation.bbox == [box.left, box.top, box.width, box.height] && annotation.area == object.visiblePixels && annotation.iscrowd == 0)
            #expect((annotation.segmentation.polygons != nil) == polygons)
            if !polygons { #expect(annotation.segmentation.counts == RunLengthMask(of: object.id, in: camera.instance, window: box).counts) }
        }
    }

    @Test("what cannot be detected is marked to be ignored, and is no crowd") func ignored() throws {
        struct Marks: Decodable {
            struct One: Decodable { var track_id: Int; var ignore: Int; var iscrowd: Int; var detectable: Bool; var contrast: Double }
            var annotations: [One]
        }
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = EpisodeFolder(url: home.appendingPathComponent("episodes/000000"))
        var frame = Samples.frame(0)
        for i in frame.cameras[0].objects.indices where frame.cameras[0].objects[i].id == 3 { (frame.cameras[0].objects[i].detectable, frame.cameras[0].objects[i].contrast) = (false, 0.01) }
        var writer = try COCOExporter().begin(episode: Samples.episode(0, frames: 1), dataset: Samples.dataset, folder: folder)
        try writer.write(frame, images: SharedImages(of: frame, in: folder))
        try writer.end()
        let marks = try JSONDecoder().decode(Marks.self, from: finish(COCOExporter(), [CommittedEpisode(index: 0, folder: folder.url)], into: home.appendingPathComponent("out")))
        #expect(marks.annotations.count > 2 && marks.annotations.allSatisfy { $0.ignore == ($0.track_id == 3 ? 1 : 0) && $0.iscrowd == 0 && $0.detectable == ($0.ignore == 0) })
        #expect(marks.annotations.first { $0.track_id == 3 }?.contrast == 0.01)
    }

    @Test("a ridden bicycle is a machine and its rider, whose pixels and joints they share out") func ridden() throws {
        struct Shares: Decodable {
            struct One: Decodable { var track_id: Int; var category_id: Int; var bbox: [Double]; var area: Int; var keypoints: [Double]?; var num_keypoints: Int? }
            var annotations: [One]
        }
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = EpisodeFolder(url: home.appendingPathComponent("episodes/000000"))
        var episode = Samples.episode(0, frames: 1), frame = Samples.frame(0)
        let object = try #require(frame.cameras[0].objects.first), box = try #require(object.visibleBox)
        let waist = Int(box.top + box.height / 2)
        for i in episode.objects.indices where episode.objects[i].id == object.id { episode.objects[i].category = .bicycle }
        // The upper half is the person; of two joints one lies on the machine.
        for pixel in 0..<waist * 64 where frame.cameras[0].instance.pixels[pixel] == object.id { frame.cameras[0].semantic.pixels[pixel] = Category.rider.rawValue }
        let joints = [box.top + 0.5, box.bottom - 0.5].map { CameraKeypoint(x: box.left + 0.5, y: $0, visibility: .visible) }
        frame.cameras[0].objects[0].keypoints = joints + Array(repeating: .unlabelled, count: 15)
        func annotations(_ frame: Frame, _ name: String) throws -> [Shares.One] {
            var writer = try COCOExporter().begin(episode: episode, dataset: Samples.dataset, folder: EpisodeFolder(url: folder.url.appendingPathComponent(name)))
            let place = EpisodeFolder(url: folder.url.appendingPathComponent(name))
            try writer.write(frame, images: SharedImages(of: frame, in: place))
            try writer.end()
            let data = try finish(COCOExporter(), [CommittedEpisode(index: 0, folder: place.url)], into: home.appendingPathComponent("out-\(name)"))
            return try JSONDecoder().decode(Shares.self, from: data).annotations.filter { $0.track_id == Int(object.id) }
        }
        let parts = try annotations(frame, "apart")
        #expect(parts.map(\.category_id) == [Category.bicycle, .rider].map { Int($0.rawValue) } && parts.map(\.area).reduce(0, +) == object.visiblePixels)
        #expect(parts[1].bbox[1] == box.top && parts[1].bbox[1] + parts[1].bbox[3] <= Double(waist) && parts[0].bbox[1] >= Double(waist))
        #expect(parts[0].keypoints == nil && parts[1].num_keypoints == 2 && [2, 5].map { parts[1].keypoints?[$0] } == [2, 1])
        frame.cameras[0].semantic = Image(width: 0, height: 0, filledWith: 0)
        let whole = try annotations(frame, "whole")
        #expect(whole.map(\.category_id) == [Int(Category.bicycle.rawValue)] && whole[0].area == object.visiblePixels && whole[0].keypoints == nil)
    }
}
