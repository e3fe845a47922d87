import Foundation
import SquallDiagnostics
import SquallMath
import SquallRays

/// The bench lidar: beams x azimuths along a path of poses, y up, looking along -z, given out upright (`Scripts/bench-data/lidar.json`).
struct LidarPath {
    private struct File: Decodable {
        var azimuths: Int
        var elevation_deg: [Double]
        var world_from_lidar: [[[Double]]]
    }
    private let file: File

    init(contentsOf path: String) throws {
        do { file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            throw Failure(
                "bench-data", file: path, message: "the lidar path cannot be read: \(SystemCause.words(error))", fix: "run squall bench from the checkout, or give --data")
        }
        let poses = file.world_from_lidar.allSatisfy { $0.count >= 3 && $0.prefix(3).allSatisfy { $0.count == 4 && $0.allSatisfy { abs($0) < 1e9 } } }
        guard poses, (1...100_000).contains(file.azimuths), (1...1000).contains(file.elevation_deg.count), file.elevation_deg.allSatisfy({ abs($0) <= 90 }) else {
            throw Failure(
                "bench-data", file: path, message: "the lidar path is impossible",
                fix: "azimuths are 1 to 100000, elevation_deg up to 1000 angles within 90 degrees, poses 4x4 matrices")
        }
    }

    /// Whole turns at poses spread over the path.
    func turns(count: Int) -> [RayBench.Turn] {
        let poses = file.world_from_lidar
        return (0..<min(count, poses.count)).map { k in
            let m = poses[k * poses.count / count]
            let pose = Affine(MeshScene.upright) * Affine(x: column(m, 0), y: column(m, 1), z: column(m, 2), translation: column(m, 3))
            var directions: [Vec3f] = []
            for elevation in file.elevation_deg.map({ $0 * .pi / 180 }) {
                for step in 0..<file.azimuths {
                    let azimuth = Double(step) * 2 * .pi / Double(file.azimuths)
                    directions.append(Vec3f(pose.linear(Vec3(-sin(azimuth) * cos(elevation), sin(elevation), -cos(azimuth) * cos(elevation)))))
                }
            }
            return RayBench.Turn(origin: pose.translation, directions: directions)
        }
    }

    private func column(_ m: [[Double]], _ k: Int) -> Vec3 { Vec3(m[0][k], m[1][k], m[2][k]) }
}
