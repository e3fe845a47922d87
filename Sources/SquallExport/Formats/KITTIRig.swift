import SquallDiagnostics
import SquallFrames
import SquallMath

/// Which sensors of a rig KITTI's folders hold: a camera, the camera to its right where there is a rectified one, a lidar.
///
/// KITTI's pictures are rectified, so a lens that bends has no place in them: the camera is the first pinhole of the rig. Its right partner has the
/// same picture size, focal lengths, principal point and rate, and stands beside it along the rows, looking the same way; a camera whose partner stands to its
/// left is the right one itself. `image_2` is the left picture, `image_3` the right one.
package struct KITTIRig: Equatable {
    /// Names of sensors; nil where the rig has none.
    var left: String?
    var right: String?
    var lidar: String?
    /// From the left camera to the right one along the rows, metres; 0 without a right one.
    var baseline = 0.0

    /// - Throws: `Failure` with the code `kitti-lens` for a rig whose cameras all bend.
    init(of episode: EpisodeInfo) throws { try self.init(episode.sensors) }

    /// - Throws: as above.
    init(_ sensors: [SensorInfo]) throws {
        let cameras = sensors.filter { if case .camera = $0.kind { true } else { false } }
        lidar = sensors.first { if case .lidar = $0.kind { true } else { false } }?.name
        guard let first = cameras.first(where: { $0.lens == .pinhole }) else {
            guard let bent = cameras.first else { return }
            throw Failure(
                "kitti-lens", file: "--formats", message: "kitti holds rectified pictures, and the lens of every camera bends ('\(bent.name)' the first)",
                fix: "give the rig a camera with lens = pinhole, or leave kitti out of --formats")
        }
        left = first.name
        let partners = cameras.compactMap { other in Self.baseline(first, other).map { (name: other.name, distance: $0) } }
        if let partner = partners.first(where: { $0.distance > 0 }) {
            (right, baseline) = (partner.name, partner.distance)
        } else if let partner = partners.first {
            (left, right, baseline) = (partner.name, first.name, -partner.distance)
        }
    }

    /// The cameras whose pictures KITTI's folders would hold, by name; none when the lens of every one bends.
    package static func pictures(_ sensors: [SensorInfo]) -> [String] {
        guard let rig = try? KITTIRig(sensors) else { return [] }
        return [rig.left, rig.right].compactMap { $0 }
    }

    /// How far to the right of a camera another stands, metres; nil when the two are no rectified pair.
    private static func baseline(_ camera: SensorInfo, _ other: SensorInfo) -> Double? {
        guard other.name != camera.name, other.lens == .pinhole, other.kind == camera.kind, other.rate == camera.rate, other.carrier == camera.carrier else { return nil }
        let place = camera.mount.inverse * other.mount
        let turn = place.rotation
        let isParallel = max(abs(turn.x), abs(turn.y), abs(turn.z)) < 1e-6
        let isBeside = abs(place.position.x) > 1e-3 && max(abs(place.position.y), abs(place.position.z)) < 1e-6
        return isParallel && isBeside ? place.position.x : nil
    }
}
