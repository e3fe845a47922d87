import Foundation
import SquallFrames
import SquallMath

/// `kitti`: the KITTI object layout, `kitti/training/{image_2,image_3,label_2,calib,velodyne}`.
///
/// The cameras and the lidar that `KITTIRig` chooses, `image_3` and a P3 of its own where there is a right camera. One index a frame over all episodes;
/// frames on which a slower one of them did not capture are left out. Written: objects of a KITTI class with a pixel visible in the left picture; those
/// the camera cannot detect as DontCare, with their box in the picture alone; occluded is 0, 1, 2 at a visible share of at least .8, at least .4, below.
/// `bbox` is the projected 3D box inside the image, so that 2D and 3D labels agree in every reader (tight boxes are in `native` and `coco`). Location is
/// the bottom centre in camera axes. Without a lidar the clouds are empty and Tr_velo_to_cam is the camera's axes turned.
public struct KITTIExporter: Exporter {
    public static let name = "kitti"
    public static let labels: LabelSelection = [.boxes, .points]
    public static let needs = labels
    public init() {}

    public func begin(episode: EpisodeInfo, dataset: DatasetInfo, folder: EpisodeFolder) throws -> any EpisodeExporter {
        try KITTIEpisode(episode: episode, folder: folder)
    }

    public func finish(dataset: DatasetInfo, episodes: [CommittedEpisode], target: URL) throws {
        let training = target.appendingPathComponent("training")
        var index = 0
        for episode in episodes {
            try DatasetFile.decodeLines(KITTIFrame.self, from: episode.folder.appendingPathComponent(KITTIFrame.path)) { frame in
                let name = sixDigits(index)
                let pictures = [(frame.image, "image_2")] + (frame.right.map { [($0, "image_3")] } ?? [])
                for (source, kind) in pictures + [(frame.label, "label_2"), (frame.calib, "calib"), (frame.points, "velodyne")] {
                    let place = training.appendingPathComponent("\(kind)/\(name).\((source as NSString).pathExtension)")
                    try DatasetFile.link(episode.folder.appendingPathComponent(source), to: place)
                }
                index += 1
            }
        }
    }
}

/// Where the parts of one KITTI frame are below the episode folder; one a line.
private struct KITTIFrame: Codable {
    static let path = "fragments/kitti.jsonl"
    var image: String
    var right: String?
    var label: String
    var calib: String
    var points: String
}

private struct KITTIEpisode: EpisodeExporter {
    let folder: EpisodeFolder
    /// Whose own bonnet a camera may see: not an object of its pictures.
    let carrier: UInt16
    let rig: KITTIRig

    init(episode: EpisodeInfo, folder: EpisodeFolder) throws {
        self.folder = folder
        carrier = episode.ego
        rig = try KITTIRig(of: episode)
    }

    func write(_ frame: Frame, images: SharedImages) throws {
        func view(_ name: String?) -> (CameraFrame, String)? { zip(frame.cameras, images.paths).first { $0.0.sensor == name } }
        guard let (camera, image) = view(rig.left) else { return }
        let (lidar, right) = (frame.lidars.first { $0.sensor == rig.lidar }, view(rig.right)?.1)
        if rig.lidar != nil && lidar == nil || rig.right != nil && right == nil { return }
        let base = "kitti/\(sixDigits(frame.index))"
        let cameraFromWorld = camera.pose.inverse
        let cameraFromLidar = lidar.map { cameraFromWorld * $0.pose } ?? Pose.mountFromCamera.inverse
        try folder.write(Data(calibration(camera.camera, cameraFromLidar).utf8), to: "\(base).calib.txt")
        try folder.write(Data(labels(frame, camera, cameraFromWorld).utf8), to: "\(base).label.txt")
        try folder.write(cloud(lidar?.points ?? []), to: "\(base).bin")
        try folder.append(json: KITTIFrame(image: image, right: right, label: "\(base).label.txt", calib: "\(base).calib.txt", points: "\(base).bin"), to: KITTIFrame.path)
    }

    func end() throws { try folder.close(KITTIFrame.path) }

    private func labels(_ frame: Frame, _ camera: CameraFrame, _ cameraFromWorld: Pose) -> String {
        let states = Dictionary(uniqueKeysWithValues: frame.objects.map { ($0.id, $0) })
        var text = ""
        for seen in camera.objects where seen.visiblePixels > 0 && seen.id != carrier {
            guard let state = states[seen.id], let type = state.kittiType else { continue }
            // KITTI's pixel centres are at integers, ours at .5.
            let (maximumX, maximumY) = (Double(camera.camera.width - 1), Double(camera.camera.height - 1))
            func edges(_ box: Box2D) -> [Double]? {
                let edges = [max(0, box.left - 0.5), max(0, box.top - 0.5), min(maximumX, box.right - 0.5), min(maximumY, box.bottom - 0.5)]
                return edges[0] < edges[2] && edges[1] < edges[3] ? edges : nil
            }
            let occluded = seen.visibleShare >= 0.8 ? 0 : seen.visibleShare >= 0.4 ? 1 : 2
            let upright = uprightBox(state.box, cameraFromWorld)
            // Rows of a rolling shutter see the object at other places than the stamp's.
            let rolls = (camera.shutter?.lineTime ?? 0) > 0
            guard let box = rolls ? seen.projectedBox : ProjectedBox.box(of: upright.box, pose: .identity, camera: camera.camera) else { continue }
            let size = state.box.size
            let location = upright.box.pose.position + Vec3(0, size.z / 2, 0)
            let alpha = wrapAngle(upright.rotation - atan2(location.x, location.z))
            guard let edges = edges(box) else { continue }
            guard seen.detectable else {
                text += "DontCare -1 -1 -10 \(edges.map { fixed($0, 4) }.joined(separator: " ")) -1 -1 -1 -1000 -1000 -1000 -10\n"
                continue
            }
            let numbers = edges + [size.z, size.y, size.x, location.x, location.y, location.z, upright.rotation]
            text += "\(type) \(fixed(seen.truncation, 2)) \(occluded) \(fixed(alpha, 4)) \(numbers.map { fixed($0, 4) }.joined(separator: " "))\n"
        }
        return text
    }

    /// KITTI boxes turn about the camera's y alone: the upright box with the true centre, in camera axes, and its rotation_y.
    private func uprightBox(_ box: OrientedBox, _ cameraFromWorld: Pose) -> (box: OrientedBox, rotation: Double) {
        let heading = cameraFromWorld.rotation * (box.pose.rotation * Vec3(1, 0, 0))
        let rotation = wrapAngle(atan2(-heading.z, heading.x))
        // Box axes in camera axes: length along the heading, height against camera y, width to the left of both.
        let length = Vec3(cos(rotation), 0, -sin(rotation))
        let up = Vec3(0, -1, 0)
        let turn = Quaternion(columns: length, cross(up, length), up)
        return (OrientedBox(pose: Pose(position: cameraFromWorld * box.pose.position, rotation: turn), size: box.size), rotation)
    }

    /// OpenCV's principal point: ours minus half a pixel. P0 and P2 are the left camera, P1 and P3 the right one seen from it, which moves the picture by
    /// -fx baseline / z; without a right one all four are the same.
    private func calibration(_ c: PinholeCamera, _ cameraFromLidar: Pose) -> String {
        func projection(shift: Double) -> [Double] { [c.fx, 0, c.cx - 0.5, shift, 0, c.fy, c.cy - 0.5, 0, 0, 0, 1, 0] }
        let (left, right) = (projection(shift: 0), projection(shift: rig.baseline > 0 ? -c.fx * rig.baseline : 0))
        let r = cameraFromLidar.rotation.columns
        let t = cameraFromLidar.position
        let velodyne = [r.0.x, r.1.x, r.2.x, t.x, r.0.y, r.1.y, r.2.y, t.y, r.0.z, r.1.z, r.2.z, t.z]
        let identity3: [Double] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
        let identity34: [Double] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
        let lines = [("P0", left), ("P1", right), ("P2", left), ("P3", right)] + [("R0_rect", identity3), ("Tr_velo_to_cam", velodyne), ("Tr_imu_to_velo", identity34)]
        return lines.map { name, values in "\(name): \(values.map { String(format: "%.12e", $0) }.joined(separator: " "))\n" }.joined()
    }

    private func fixed(_ x: Double, _ digits: Int) -> String {
        let text = String(format: "%.\(digits)f", x)
        return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) }) ? String(text.dropFirst()) : text
    }

    /// float32 x, y, z, reflectance, 16 bytes a point.
    private func cloud(_ points: [LidarPoint]) -> Data {
        var out = Data(count: points.count * 16)
        out.withUnsafeMutableBytes { bytes in
            for (i, p) in points.enumerated() {
                bytes.storeBytes(of: p.position.x.bitPattern.littleEndian, toByteOffset: 16 * i, as: UInt32.self)
                bytes.storeBytes(of: p.position.y.bitPattern.littleEndian, toByteOffset: 16 * i + 4, as: UInt32.self)
                bytes.storeBytes(of: p.position.z.bitPattern.littleEndian, toByteOffset: 16 * i + 8, as: UInt32.self)
                bytes.storeBytes(of: p.intensity.bitPattern.littleEndian, toByteOffset: 16 * i + 12, as: UInt32.self)
            }
        }
        return out
    }
}

extension ObjectState {
    /// Whoever rides is a cyclist, with what is ridden; nil for what KITTI does not label.
    fileprivate var kittiType: String? { (keypoints.isEmpty || ![.bicycle, .motorcycle].contains(category) ? category : .rider).names.kitti }
}
