import Foundation
import SquallDiagnostics
import SquallMath
import SquallRays

/// The bench lidar: beams x azimuths along a path of poses, y up, looking along -z (`Scripts/bench-data/lidar.json`).
struct LidarPath {
    private struct File: Decodable {
        var azimuths: Int
        var elevation_deg: [Double]
        var world_from_lidar: [[[Double]]]
    }
    private let file: File

    init(contentsOf path: String) throws {
        do { file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            throw Failure("bench-data", file: path, message: "the lidar path cannot be read: \(error.localizedDescription)", fix: "run squall bench from the checkout, or give --data")
        }
    }

    /// Whole turns at poses spread over the path.
    func turns(count: Int) -> [RayBench.Turn] {
        let poses = file.world_from_lidar.filter { $0.count >= 3 && $0.prefix(3).allSatisfy { $0.count == 4 } }
        return (0..<min(count, poses.count)).map { k in
            let m = poses[k * poses.count / count]
            let turn = { (d: Vec3) in Vec3f(Vec3(m[0][0] * d.x + m[0][1] * d.y + m[0][2] * d.z, m[1][0] * d.x + m[1][1] * d.y + m[1][2] * d.z, m[2][0] * d.x + m[2][1] * d.y + m[2][2] * d.z)) }
            var directions: [Vec3f] = []
            for elevation in file.elevation_deg.map({ $0 * .pi / 180 }) {
                for step in 0..<file.azimuths {
                    let azimuth = Double(step) * 2 * .pi / Double(file.azimuths)
                    directions.append(turn(Vec3(-sin(azimuth) * cos(elevation), sin(elevation), -cos(azimuth) * cos(elevation))))
                }
            }
            return RayBench.Turn(origin: Vec3(m[0][3], m[1][3], m[2][3]), directions: directions)
        }
    }
}
