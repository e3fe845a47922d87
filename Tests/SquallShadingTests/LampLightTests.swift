import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import SquallWorld
import Testing

/// Lamps through the whole frame renderer, in a moonless night; colours read in cd/m2.
@Suite struct LampLightTests {
    /// A wall 25 m ahead (x), 24 m wide and 12 m high, seen from the origin of the lamp.
    private static func wall(_ material: Material, at x: Float = 25) -> ShadingStage {
        var stage = ShadingStage(material)
        stage.sun = SunPosition(elevation: -0.7, azimuth: 0)
        let mesh = Mesh(
            positions: [Vec3f(x, -12, -6), Vec3f(x, -12, 6), Vec3f(x, 12, 6), Vec3f(x, 12, -6)], normals: Array(repeating: Vec3f(-1, 0, 0), count: 4),
            indices: [0, 1, 2, 0, 2, 3])
        stage.meshes = [mesh]
        stage.lens = PinholeCamera(width: 160, height: 96, tanHalfHorizontalFieldOfView: 0.35)
        stage.pose = Pose(position: .zero, rotation: Quaternion(columns: Vec3(0, -1, 0), Vec3(0, 0, -1), Vec3(1, 0, 0)))
        return stage
    }

    private static func lamp(_ beam: Lamp.Beam, _ intensity: Double = 0, at position: Vec3 = .zero, towards: Vec3 = Vec3(1, 0, 0), object: UInt16 = 0) -> PlacedLamp {
        PlacedLamp(Lamp(.dippedBeam, beam, at: position, towards: towards, intensity: intensity, color: Vec3f(1, 1, 1)), on: .identity, object: object)
    }

    private static func picture(_ stage: ShadingStage, _ lamps: [PlacedLamp], shadows: Int = 0, workers: Int = 1, lit: [LampSet] = []) -> [Double] {
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        var frame = RasterFrame(width: stage.lens.width, height: stage.lens.height)
        var request = stage.request()
        request.lamps = ArtificialLight(lamps: lamps, lit: lit)
        request.lamps.shadows = shadows
        request.samples = 1
        renderer.render(request, pool: pool, into: &frame)
        return frame.color.green.map(Double.init)
    }

    private static let matt = Material(name: "wall", baseColor: Vec3f(repeating: 0.6), roughness: 1)

    /// A head lamp on a wall: luminance over that of a lamp of known, even intensity in the same place is the candela table, within 5 %.
    @Test(arguments: [Lamp.Beam.dipped, .main]) func headlampOnAWall(beam: Lamp.Beam) {
        let stage = Self.wall(Self.matt)
        let (seen, even) = (Self.picture(stage, [Self.lamp(beam)]), Self.picture(stage, [Self.lamp(.isotropic, 10_000)]))
        let table: HeadlampBeam = beam == .dipped ? .dipped : .main
        var (worst, checked) = (0.0, 0)
        for y in stride(from: 2, to: 96, by: 1) {
            for x in stride(from: 2, to: 160, by: 3) {
                let right = atan((Double(x) + 0.5 - stage.lens.cx) / stage.lens.fx), up = -atan((Double(y) + 0.5 - stage.lens.cy) / stage.lens.fy)
                let expected = table.candela(right: right, up: up)
                guard expected > 100, even[y * 160 + x] > 0 else { continue }
                worst = max(worst, abs(seen[y * 160 + x] / even[y * 160 + x] * 10_000 / expected - 1))
                checked += 1
            }
        }
        #expect(worst < 0.05)
        #expect(checked > 2_000)
    }

    /// E = I / d^2 cos, L = rho E / pi: 10,100 cd at 25 m are 16.16 lx, at 50 m 4.04.
    @Test(arguments: [(25.0, 16.16), (50, 4.04)]) func falloffIsThatOfAPoint(distance: Double, lux: Double) {
        let stage = Self.wall(Self.matt, at: Float(distance))
        let light = Self.picture(stage, [Self.lamp(.isotropic, 10_100)]), dark = Self.picture(stage, [])
        let middle = 48 * 160 + 80
        // The specular lobe takes and gives a few percent.
        #expect(abs((light[middle] - dark[middle]) / (0.6 * lux / .pi) - 1) < 0.06)
    }

    /// The cut-off can be seen: dark above, bright below, at 25 cm below the lamp on the left of a wall at 25 m.
    @Test func theCutOffShowsOnAWall() {
        let stage = Self.wall(Self.matt)
        let seen = Self.picture(stage, [Self.lamp(.dipped)])
        let at = { (y: Double, z: Double) -> Double in
            let p = stage.lens.project(Vec3(-y, -z, 25)).pixel
            return seen[Int(p.y) * 160 + Int(p.x)]
        }
        #expect(at(3, -0.6) > 8 * at(3, 0.3))
        #expect(at(-4, 0.3) > 8 * at(4, 0.3))
    }

    @Test func bodiesCastShadowsInHeadlamps() {
        var stage = Self.wall(Self.matt)
        stage.meshes.append(
            Mesh(
                positions: [Vec3f(10, -0.6, -0.8), Vec3f(10, -0.6, 0.2), Vec3f(10, 0.6, 0.2), Vec3f(10, 0.6, -0.8)], normals: Array(repeating: Vec3f(-1, 0, 0), count: 4),
                indices: [0, 1, 2, 0, 2, 3]))
        stage.instances.append(MeshInstance(mesh: 1, object: 1, category: 12, materialBase: 0, transform: .identity))
        // The camera stands beside the lamp and sees the wall behind the board's shadow.
        stage.pose = stage.pose.map { Pose(position: Vec3(0, 3, 0), rotation: $0.rotation) }
        let open = Self.picture(stage, [Self.lamp(.main)]), shaded = Self.picture(stage, [Self.lamp(.main)], shadows: 1)
        let at = { (p: Vec3) -> Int in
            let pixel = stage.lens.project(Vec3(3 - p.y, -p.z, p.x)).pixel
            return Int(pixel.y) * 160 + Int(pixel.x)
        }
        #expect(shaded[at(Vec3(25, 0, -0.7))] < 0.02 * open[at(Vec3(25, 0, -0.7))])
        for lit in [Vec3(25, 3, 0), Vec3(25, -1.9, -0.5), Vec3(25, 0, 1.2)] { #expect(abs(shaded[at(lit)] / open[at(lit)] - 1) < 1e-3) }
        // The board itself is lit: a map shades nobody's own face.
        let face = at(Vec3(10, 0.2, -0.3))
        #expect(abs(shaded[face] / open[face] - 1) < 1e-3)
    }

    /// Lists per tile and depth lose no light: many lamps at once are the sum of each alone.
    @Test func clustersLoseNoLight() {
        var stage = ShadingStage(Self.matt)
        stage.sun = SunPosition(elevation: -0.7, azimuth: 0)
        stage.lens = PinholeCamera(width: 320, height: 200, tanHalfHorizontalFieldOfView: 0.6)
        stage.pose = Pose(position: Vec3(0, 0, 2), rotation: Quaternion(columns: Vec3(0, -1, 0), Vec3(0, 0, -1), Vec3(1, 0, 0)))
        var random = CounterRandom(seed: 7, sample: 0, path: "lamps")
        let beams: [Lamp.Beam] = [.dipped, .lantern, .lambertian, .isotropic, .main]
        let lamps = (0..<30).map { index -> PlacedLamp in
            let beam = beams[index % 5], angle = random.uniform() * 6.28
            let place = Vec3(random.uniform() * 150, random.uniform() * 60 - 30, 0.7 + (beam == .lantern ? 7 : random.uniform()))
            return Self.lamp(beam, beam == .dipped || beam == .main ? 0 : 300, at: place, towards: beam == .lantern ? Vec3(0, 0, -1) : Vec3(cos(angle), sin(angle), 0))
        }
        let dark = Self.picture(stage, []), all = Self.picture(stage, lamps)
        var sum = dark
        for lamp in lamps {
            for (index, value) in Self.picture(stage, [lamp]).enumerated() { sum[index] += value - dark[index] }
        }
        let worst = zip(all, sum).map { abs($0 - $1) / max($1, 1e-3) }.max() ?? 1
        #expect(worst < 1e-3)
        #expect(all == Self.picture(stage, lamps, workers: 3))
        #expect((all.max() ?? 0) > 0.5)
    }

    /// Lenses shine while their lamp is lit and at no other time; unlit ones are as dark as the night.
    @Test func lensesShineWhileLit() {
        let lens = Self.matt.shining(.brake, 8_000, Vec3f(1, 1, 1))
        var stage = Self.wall(lens)
        stage.instances[0].object = 1
        let middle = 48 * 160 + 80
        // Clear air takes four thousandths on the way.
        let left = stage.weather.medium.transmittance(from: .zero, to: Vec3(25, 0, 0))
        #expect(abs(Self.picture(stage, [], lit: [[], .brake])[middle] / (8_000 * left) - 1) < 1e-3)
        #expect(Self.picture(stage, [], lit: [[], .position])[middle] < 0.01)
        #expect(Self.picture(stage, [])[middle] < 0.01)
        let window = Self.wall(Self.matt.shining(.window, 40, Vec3f(1, 1, 1), group: 3))
        #expect(abs(Self.picture(window, [], lit: [.windows(group: 3)])[middle] / 40 - 1) < 1e-2)
        #expect(Self.picture(window, [], lit: [.windows(group: 4)])[middle] < 0.01)
    }

    /// RA2 white: 250 cd/lx/m2 at 0.2 degrees observation and 180 at 0.33; 5 at 2 (EN 12899-1).
    @Test(arguments: [(0.2, 250.0, 0.1), (0.33, 180, 0.1), (2, 5, 0.3)]) func sheetingSendsLightBack(degrees: Double, coefficient: Double, tolerance: Double) {
        let distance = 40.0
        let stage = Self.wall(Self.matt.retroreflecting(250), at: Float(distance)), plain = Self.wall(Self.matt, at: Float(distance))
        let lamp = Self.lamp(.isotropic, 5_000, at: Vec3(0, 0, -distance * tan(degrees * .pi / 180)))
        let middle = 48 * 160 + 80
        let seen = Self.picture(stage, [lamp])[middle] - Self.picture(plain, [lamp])[middle]
        #expect(abs(seen / (coefficient * 5_000 / (distance * distance)) - 1) < tolerance)
    }

    /// Light that fog scatters into the eye, against the integral along the ray in 40,000 steps; none in clear air.
    @Test(arguments: [Vec3(20, 2, 0), Vec3(12, -4, 1), Vec3(35, 8, 2)]) func fogGlowsAroundLamps(place: Vec3) {
        var stage = Self.wall(Self.matt, at: 290)
        stage.weather.fogVisibility = 100
        let b = stage.weather.medium.fogExtinction, g = 0.85, candela = 2_000.0
        let light = Self.picture(stage, [Self.lamp(.isotropic, candela, at: place)]), dark = Self.picture(stage, [])
        for (x, y) in [(80, 32), (48, 48), (112, 64)] {
            let ray = Vec3(1, -(Double(x) - stage.lens.cx) / stage.lens.fx, -(Double(y) - stage.lens.cy) / stage.lens.fy).normalized
            var sum = 0.0
            let (count, reach) = (40_000, 200.0)
            for step in 0..<count {
                let s = (Double(step) + 0.5) * reach / Double(count)
                let along = ray * s - place
                let r = along.length
                let cosine = -dot(along / r, ray)
                let phase = (1 - g * g) / (4 * .pi * pow(1 + g * g - 2 * g * cosine, 1.5))
                sum += b * phase * candela / (r * r) * exp(-b * (s + r)) * reach / Double(count)
            }
            let index = y * 160 + x
            #expect(abs((light[index] - dark[index]) / sum - 1) < 0.12)
        }
        stage.weather.fogVisibility = .infinity
        #expect(Self.picture(stage, [Self.lamp(.isotropic, candela, at: place)])[32 * 160 + 80] < 1e-2)
    }
}
