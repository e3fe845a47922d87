import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallSensors
import SquallWeather
import SquallWorld

/// A small lidar and a small world: a round wall, ground, panes.
enum TestLidar {
    static func model(
        rings: Int = 8, steps: Int = 256, reference: Double = 100, noise: Double = 0.02, returns: Int = 1, divergence: Double = 2e-3, lowest: Double = -0.3,
        highest: Double = 0.1
    ) -> LidarModel {
        LidarModel(
            name: "test", elevations: (0..<rings).map { lowest + (highest - lowest) * Double($0) / Double(max(1, rings - 1)) }, azimuthSteps: steps,
            minimumRange: 0.5, maximumRange: 120, referenceRange: reference, referenceReflectance: 0.1, rangeNoise: noise, divergence: divergence,
            aperture: 0.01, wavelength: 905e-9, returns: returns)
    }

    static let clearAir = Medium(fogExtinction: 0, fogScaleHeight: .infinity, fogBase: 0, rainExtinction: 0, rainRate: 0, airExtinction: 0)
    static func fog(mor: Double) -> Medium {
        var medium = clearAir
        medium.fogExtinction = Visibility.extinction(mor: mor)
        return medium
    }
    static func rain(_ rate: Double) -> Medium {
        var medium = clearAir
        (medium.rainRate, medium.rainExtinction) = (rate, Rain.extinction(rate: rate))
        return medium
    }

    /// A vertical square of half-width `half` facing the origin, `distance` ahead.
    static func wall(half: Float = 1) -> Mesh {
        let positions = [Vec3f(0, -half, -half), Vec3f(0, half, -half), Vec3f(0, half, half), Vec3f(0, -half, half)]
        return Mesh(positions: positions, normals: Array(repeating: Vec3f(-1, 0, 0), count: 4), indices: [0, 2, 1, 0, 3, 2])
    }
    static func floor(half: Float = 200) -> Mesh {
        let positions = [Vec3f(-half, -half, 0), Vec3f(half, -half, 0), Vec3f(half, half, 0), Vec3f(-half, half, 0)]
        return Mesh(positions: positions, normals: Array(repeating: Vec3f(0, 0, 1), count: 4), indices: [0, 1, 2, 0, 2, 3])
    }
    /// A closed drum about z, radius 1, height -1...1 without lids.
    static func drum(sectors: Int = 360) -> Mesh {
        var (positions, indices): ([Vec3f], [UInt32]) = ([], [])
        for sector in 0..<sectors {
            let a = 2 * Double.pi * Double(sector) / Double(sectors)
            for z: Float in [-1, 1] { positions.append(Vec3f(Float(cos(a)), Float(sin(a)), z)) }
            let (i, j) = (UInt32(2 * sector), UInt32(2 * ((sector + 1) % sectors)))
            indices += [i, i + 1, j, j, i + 1, j + 1]
        }
        return Mesh(positions: positions, normals: positions, indices: indices)
    }

    static func place(_ mesh: Int32, object: UInt16, material: Int32 = 0, at position: Vec3, yaw: Double = 0, scale: Double = 1) -> MeshInstance {
        var transform = Affine(Pose(position: position, rotation: Quaternion(yaw: yaw)))
        (transform.x, transform.y, transform.z) = (transform.x * scale, transform.y * scale, transform.z * scale)
        return MeshInstance(mesh: mesh, object: object, category: SquallFrames.Category.car.rawValue, materialBase: material, transform: transform)
    }

    static func info(_ model: LidarModel, mount: Pose = .identity, carrier: UInt16 = 0, rate: Double = 10) -> SensorInfo {
        SensorInfo(name: "top", kind: .lidar(model), mount: mount, carrier: carrier, rate: rate)
    }

    static func request(
        _ model: LidarModel, _ knots: [LidarRequest.Knot], medium: Medium = clearAir, mount: Pose = .identity, carrier: UInt16 = 0, turn: Int = 0,
        surface: SurfaceState = SurfaceState()
    ) -> LidarRequest {
        LidarRequest(
            info: info(model, mount: mount, carrier: carrier), model: model, stamp: Ticks(seconds: 1), knots: knots, medium: medium,
            surface: { _ in surface }, seed: 7, sample: 3, turn: turn)
    }

    static let materials = [
        Material(name: "grey", baseColor: Vec3f(repeating: 0.5), reflectance905: 0.5),
        Material(name: "pane", baseColor: Vec3f(repeating: 1), alpha: .glass(transmission: 0.8), reflectance905: 0.05),
        Material(name: "plate", baseColor: Vec3f(repeating: 0.3), reflectance905: 0.3, retroreflection: 500),
        Material(name: "asphalt", baseColor: Vec3f(repeating: 0.1), reflectance905: 0.18, wetting: .porous),
    ]

    /// Mesh 0 drum, 1 wall, 2 floor, 3 a wall of glass.
    static let sensor = LidarSensor(
        trees: MeshTrees([drum(), wall(), floor(), wall(half: 3)]) { mesh, _ in RaySurface(mesh == 3 ? .glass : []) }, materials: materials)
}

extension LidarPoint {
    var range: Double { Vec3(position).length }
    var azimuth: Double { atan2(Double(position.y), Double(position.x)) }
}
