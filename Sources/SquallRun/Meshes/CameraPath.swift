import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath

/// A camera path file: JSON with width, height, fx, fy, cx, cy, near and `world_from_camera`, row-major 4x4 poses of an OpenGL
/// camera (looks along -z, y up) in glTF's y-up world, given out in the upright world of `MeshScene`. Principal point in pixels
/// from the corner, pixel centres at .5. Optional: `light_dir_towards_light`, `sky_rgb`, and `lamps`, each with a `position` (glTF's axes, metres) and the
/// `intensity` of its primaries (candela, linear sRGB, the same in all directions; full shading only).
public struct CameraPath: Sendable {
    public var camera: PinholeCamera
    public var near: Double
    /// World from camera in OpenCV axes.
    public var poses: [Pose]
    public var light: Vec3
    public var sky: Vec3
    /// World frame.
    public var lamps: [(position: Vec3, intensity: Vec3)]

    private struct File: Decodable {
        var width: Int
        var height: Int
        var fx: Double
        var fy: Double
        var cx: Double
        var cy: Double
        var near: Double?
        var light_dir_towards_light: [Double]?
        var sky_rgb: [Double]?
        var lamps: [FileLamp]?
        var world_from_camera: [[[Double]]]
    }

    private struct FileLamp: Decodable {
        var position: [Double]
        var intensity: [Double]
    }

    /// - Throws: `Failure` that names the file and what is wrong with it.
    public init(contentsOf path: String) throws {
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw Failure(
                "camera-path", file: path, message: "the camera path cannot be read: \(SystemCause.words(error))",
                fix: isThere ? "see squall render-gltf --help for its form" : "name an existing file with --camera-path")
        }
        let focal = 1.0...1e6
        guard (1...4096).contains(file.width), (1...4096).contains(file.height), focal.contains(file.fx), focal.contains(file.fy), abs(file.cx) < 1e6, abs(file.cy) < 1e6,
            (1e-3...1e3).contains(file.near ?? 0.05), !file.world_from_camera.isEmpty
        else {
            throw Failure(
                "camera-path", file: path, message: "the camera is impossible",
                fix: "width and height are 1 to 4096, fx and fy 1 to 1000000 pixels, near 0.001 to 1000 m, and there is a pose at least")
        }
        camera = PinholeCamera(width: file.width, height: file.height, fx: file.fx, fy: file.fy, cx: file.cx, cy: file.cy)
        near = file.near ?? 0.05
        light = MeshScene.upright * (Self.vector(file.light_dir_towards_light) ?? Vec3(0.35, 0.8, 0.49)).normalized
        sky = Self.vector(file.sky_rgb) ?? Vec3(0.6, 0.7, 0.82)
        lamps = try (file.lamps ?? []).enumerated().map { index, lamp in
            guard let position = Self.vector(lamp.position), position.length < 1e6, let intensity = Self.vector(lamp.intensity), intensity.min() >= 0, intensity.max() < 1e9,
                index < 1000
            else {
                throw Failure(
                    "camera-path", file: path, place: "lamps[\(index)]", message: "the lamp is impossible",
                    fix: "give a position below 1e6 m and three intensities from 0 to 1e9 cd; at most 1000 lamps")
            }
            return (MeshScene.upright * position, intensity)
        }
        poses = try file.world_from_camera.enumerated().map { index, m in
            guard m.count >= 3, m.prefix(3).allSatisfy({ $0.count == 4 && $0.allSatisfy { abs($0) < 1e9 } }) else {
                throw Failure("camera-path", file: path, place: "world_from_camera[\(index)]", message: "a pose is not a 4x4 matrix of numbers below 1e9")
            }
            let column = { (k: Int) in Vec3(m[0][k], m[1][k], m[2][k]) }
            return MeshScene.upright * Pose(position: column(3), rotation: Quaternion(columns: column(0), -column(1), -column(2)).normalized)
        }
    }

    private static func vector(_ list: [Double]?) -> Vec3? {
        guard let list, list.count == 3, list.allSatisfy(\.isFinite) else { return nil }
        return Vec3(list[0], list[1], list[2])
    }
}
