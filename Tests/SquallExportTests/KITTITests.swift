import Foundation
import SquallExport
import SquallFrames
import SquallMath
import Testing

@Suite struct KITTITests {
    private struct Label {
        var type: String
        var occluded: Int
        var alpha: Double
        var box: [Double]
        /// height, width, length
        var size: [Double]
        var location: Vec3
        var rotation: Double

        init?(_ line: Substring) {
            let parts = line.split(separator: " ").map(String.init)
            let numbers = parts.dropFirst().compactMap(Double.init)
            guard parts.count == 15, numbers.count == 14 else { return nil }
            (type, occluded, alpha, box) = (parts[0], Int(numbers[1]), numbers[2], Array(numbers[3..<7]))
            (size, location, rotation) = (Array(numbers[7..<10]), Vec3(numbers[10], numbers[11], numbers[12]), numbers[13])
        }
    }

    private func training(_ home: URL) throws -> URL {
        let exporter = KITTIExporter()
        let episodes = try [0, 1].map { try Samples.write($0, formats: [exporter], below: home) }
        try exporter.finish(dataset: Samples.dataset, episodes: episodes, target: home.appendingPathComponent("kitti"))
        return home.appendingPathComponent("kitti/training")
    }
    private func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }
    private func labels(_ folder: URL) throws -> [Label] { try text(folder.appendingPathComponent("label_2/000000.txt")).split(separator: "\n").compactMap(Label.init) }

    /// Rows of one matrix of a calibration file.
    private func matrix(_ name: String, in text: String) throws -> [Vec4] {
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("\(name): ") })
        let n = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        let columns = n.count / 3
        return (0..<3).map { row in Vec4(n[columns * row], n[columns * row + 1], n[columns * row + 2], columns == 4 ? n[4 * row + 3] : 0) }
    }
    private func apply(_ m: [Vec4], _ p: Vec3) -> Vec3 {
        let v = m.map { ($0 * Vec4(p.x, p.y, p.z, 1)).sum() }
        return Vec3(v[0], v[1], v[2])
    }

    @Test("a car ahead that drives away has rotation_y -pi/2; one that faces camera +x has 0") func angles() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let labels = try labels(training(home))
        let lead = try #require(labels.first { $0.type == "Car" && $0.location.z > 5 })
        #expect(abs(lead.rotation + .pi / 2) < 1e-4 && abs(lead.alpha + .pi / 2) < 1e-4)
        #expect((lead.location - Vec3(0, 1.5, 14)).length < 1e-4 && lead.size == [1.5, 1.8, 4.4])
        let walker = try #require(labels.first { $0.type == "Pedestrian" })
        #expect(abs(walker.rotation) < 1e-4 && abs(walker.alpha + atan2(-2, 10)) < 1e-4 && (walker.location - Vec3(-2, 1.5, 10)).length < 1e-4)
        #expect(!labels.contains { $0.type == "vegetation" } && labels.count == 3)
    }

    @Test("the 3D box, projected with P2 as readers do, is the 2D box") func projection() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = try training(home)
        let p2 = try matrix("P2", in: text(folder.appendingPathComponent("calib/000000.txt")))
        for label in try labels(folder) where label.location.z > 5 {
            let (h, w, l) = (label.size[0], label.size[1], label.size[2])
            var (low, high) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
            for k in 0..<8 {
                let x: Double = k & 1 == 0 ? l / 2 : -l / 2
                let y: Double = k & 2 == 0 ? 0 : -h
                let z: Double = k & 4 == 0 ? w / 2 : -w / 2
                let (c, s) = (cos(label.rotation), sin(label.rotation))
                let turned = Vec3(c * x + s * z, y, c * z - s * x)
                let q = apply(p2, turned + label.location)
                let pixel = Vec2(q.x / q.z, q.y / q.z)
                (low, high) = (pointwiseMin(low, pixel), pointwiseMax(high, pixel))
            }
            let expected = [max(0, low.x), max(0, low.y), min(63, high.x), min(39, high.y)]
            #expect(zip(expected, label.box).allSatisfy { abs($0 - $1) < 1e-2 }, "\(label)")
        }
    }

    @Test("occluded is 0 from a visible share of .8, 1 from .4, else 2; an object without a pixel is left out") func occlusion() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let shares = [0.8, 0.7999, 0.4, 0.3999]
        let folder = EpisodeFolder(url: home)
        var writer = try KITTIExporter().begin(episode: Samples.episode(0, frames: shares.count), dataset: Samples.dataset, folder: folder)
        for (number, share) in shares.enumerated() {
            var frame = Samples.frame(number)
            for i in frame.cameras[0].objects.indices {
                if frame.cameras[0].objects[i].id == 2 { frame.cameras[0].objects[i].visibleShare = share }
                if frame.cameras[0].objects[i].id == 3 { frame.cameras[0].objects[i].visiblePixels = 0 }
            }
            try writer.write(frame, images: SharedImages(of: frame, in: folder))
        }
        try writer.end()
        let occluded = try shares.indices.map { number in
            let labels = try text(home.appendingPathComponent("kitti/00000\(number).label.txt")).split(separator: "\n").compactMap(Label.init)
            #expect(!labels.contains { $0.type == "Pedestrian" })
            return try #require(labels.first { $0.type == "Car" && $0.location.z > 5 }).occluded
        }
        #expect(occluded == [0, 1, 1, 2])
    }

    @Test("what the camera cannot detect is DontCare: its box in the picture, and KITTI's own blanks") func undetectable() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = EpisodeFolder(url: home)
        var writer = try KITTIExporter().begin(episode: Samples.episode(0, frames: 1), dataset: Samples.dataset, folder: folder)
        var frame = Samples.frame(0)
        func write() throws -> [String] {
            try writer.write(frame, images: SharedImages(of: frame, in: folder))
            return try text(home.appendingPathComponent("kitti/\(sixDigits(frame.index)).label.txt")).split(separator: "\n").map(String.init)
        }
        let before = try write()
        for i in frame.cameras[0].objects.indices where [2, 4].contains(frame.cameras[0].objects[i].id) { frame.cameras[0].objects[i].detectable = false }
        frame.index = 1
        let after = try write()
        // The tree is of no KITTI class either way.
        #expect(after.count == before.count && after.filter { $0.hasPrefix("DontCare") }.count == 1)
        let (row, now) = try #require(zip(before, after).first { $0.0 != $0.1 })
        let (old, blank) = (row.split(separator: " "), now.split(separator: " "))
        #expect(old[0] == "Car" && blank.count == 15 && Array(blank[4..<8]) == Array(old[4..<8]))
        #expect(blank[..<4].joined(separator: " ") == "DontCare -1 -1 -10" && blank[8...].joined(separator: " ") == "-1 -1 -1 -1000 -1000 -1000 -10")
    }

    @Test("what stands or lies about is no KITTI object; road users without a class are Misc") func classes() {
        for none in [SquallFrames.Category.object, .debris, .pole, .trafficSign, .building, .fence, .trafficCone, .barrier, .wheeledBin] { #expect(none.names.kitti == nil) }
        for misc in [SquallFrames.Category.bus, .motorcycle, .bicycle, .animal, .wheelchair, .stroller] { #expect(misc.names.kitti == "Misc") }
        #expect(SquallFrames.Category.tram.names.kitti == "Tram")
    }

    @Test("lidar points land on the pixels of what they hit, with the file's own matrices") func points() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = try training(home)
        let calibration = try text(folder.appendingPathComponent("calib/000000.txt"))
        #expect(calibration.split(separator: "\n").map { $0.prefix { $0 != ":" } } == ["P0", "P1", "P2", "P3", "R0_rect", "Tr_velo_to_cam", "Tr_imu_to_velo"])
        let (p2, turn) = (try matrix("P2", in: calibration), try matrix("Tr_velo_to_cam", in: calibration))
        let data = try Data(contentsOf: folder.appendingPathComponent("velodyne/000000.bin"))
        #expect(data.count == 16 * 40)
        let floats: [Float] = data.withUnsafeBytes { bytes in
            (0..<160).map { (k: Int) -> Float in Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * k, as: UInt32.self))) }
        }
        let frame = Samples.frame(0)
        let world = frame.lidars[0].pose
        for (i, point) in frame.lidars[0].points.enumerated() {
            #expect(floats[4 * i] == point.position.x && floats[4 * i + 3] == point.intensity)
            let stored = SIMD3<Float>(floats[4 * i], floats[4 * i + 1], floats[4 * i + 2])
            let q = apply(p2, apply(turn, Vec3(stored)))
            let truth = Samples.camera.project(frame.cameras[0].pose.inverse * (world * Vec3(point.position))).pixel
            #expect(abs(q.x / q.z + 0.5 - truth.x) < 1e-6 && abs(q.y / q.z + 0.5 - truth.y) < 1e-6)
        }
    }

    @Test("frames of all episodes are numbered on, and finishing again gives the same bytes") func numbering() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let folder = try training(home)
        for (kind, ext) in [("image_2", "png"), ("label_2", "txt"), ("calib", "txt"), ("velodyne", "bin")] {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(kind).path).sorted()
            #expect(names == (0..<4).map { "00000\($0).\(ext)" })
        }
        let first = try text(folder.appendingPathComponent("label_2/000003.txt"))
        try FileManager.default.removeItem(at: home.appendingPathComponent("kitti"))
        #expect(try text(try training(home).appendingPathComponent("label_2/000003.txt")) == first)
    }
}
