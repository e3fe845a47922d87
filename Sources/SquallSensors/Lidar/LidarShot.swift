import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallWeather

/// What all beams of one turn share: the sensor's detection limits, the medium as its wavelength sees it, fog and rain tables.
struct LidarShot: Sendable {
    private let detection: LidarDetection
    private let model: LidarModel
    private let beam: LidarBeam
    private let surfaces: [LidarSurface]
    private let surface: @Sendable (Vec3) -> SurfaceState
    private let air: LidarAir
    private let fogStrength: Double
    private let rain: RainReturn?
    private let seed: UInt64, sample: UInt32, pathHash: UInt64

    /// Share of the beam's light that the centre ray stands for when a second ray looks at the rim.
    private static let centreShare = 0.65
    /// Where that ray looks, in beam divergences off the axis: the middle of the outer part of a round beam.
    private static let rimOffset = 0.35
    /// Panes of glass a beam may pass.
    private static let panes = 6

    init(request: LidarRequest, pose: Pose, surfaces: [LidarSurface]) {
        let medium = request.medium
        model = request.model
        detection = LidarDetection(model)
        beam = LidarBeam(aperture: model.aperture, divergence: model.divergence)
        (self.surfaces, surface) = (surfaces, request.surface)
        air = LidarAir(medium, wavelength: model.wavelength, height: pose.position.z)
        // Mie backscatter against the published reference: the echo of MOR 50 m then just reaches a sensor that sees 10 % at 50 m, as
        // fog chambers show (Bijelic 2018, Heinzler 2019).
        fogStrength = air.fogReturn?.strength(backscatter: .mie) ?? 0
        let faintest = detection.threshold * LidarDetection.faintest
        rain = medium.rainRate > 0 ? RainReturn(rate: medium.rainRate, beam: beam, floor: faintest, nearest: max(0.5, model.minimumRange)) : nil
        (seed, sample) = (request.seed, request.sample)
        pathHash = mix64(stableHash("lidar." + request.info.name) ^ UInt64(bitPattern: Int64(request.turn)))
    }

    func random(beam index: Int) -> CounterRandom { CounterRandom(seed: seed, sample: sample, pathHash: pathHash, tick: UInt32(index)) }

    /// What the sensor reports of one beam, measured ranges and intensities, strongest first.
    func echoes(
        along direction: Vec3, from origin: Vec3, instances: [MeshInstance], _ caster: RayCaster, _ random: inout CounterRandom
    ) -> LidarEchoes {
        var echoes = LidarEchoes()
        addSurfaces(direction, origin, instances, caster, &random, &echoes)
        addFog(&random, &echoes)
        addRain(&random, &echoes)
        echoes.merge(gap: LidarDetection.separableGap)
        measure(&echoes, &random)
        return echoes.reported(model.returns)
    }

    // MARK: - Surfaces

    private func addSurfaces(
        _ direction: Vec3, _ origin: Vec3, _ instances: [MeshInstance], _ caster: RayCaster, _ random: inout CounterRandom, _ echoes: inout LidarEchoes
    ) {
        let centre = meet(direction, instances, caster)
        guard model.returns > 1, model.divergence > 0 else {
            if let centre { echoes.append(echo(of: centre, along: direction, from: origin)) }
            return
        }
        let (u, v) = Self.across(direction)
        let turn = 2 * .pi * Double(random.uniformFloat())
        let outwards = (direction + (u * cos(turn) + v * sin(turn)) * (model.divergence * Self.rimOffset)).normalized
        let rim = meet(outwards, instances, caster)
        if let centre {
            let split = isSplit(centre, direction, rim, outwards)
            var echo = echo(of: centre, along: direction, from: origin)
            if split { echo.strength *= Self.centreShare }
            echoes.append(echo)
            guard split else { return }
        }
        if let rim {
            var echo = echo(of: rim, along: outwards, from: origin)
            echo.strength *= 1 - Self.centreShare
            echoes.append(echo)
        }
    }

    /// Whether a beam's two rays end on surfaces that the receiver can tell apart. A surface that goes on, however slanted, is one: its
    /// long echo keeps all its light. So the rim counts where it leaves the plane of the centre's surface, along its own ray.
    private func isSplit(_ centre: Meeting, _ direction: Vec3, _ rim: Meeting?, _ outwards: Vec3) -> Bool {
        if let rim, abs(rim.range - centre.range) < LidarDetection.separableGap { return false }
        let normal = Vec3(centre.normal)
        let (along, outward) = (dot(normal, direction), dot(normal, outwards))
        guard along * outward > 0 else { return true }   // the rim looks past the plane's horizon
        let onward = centre.range * along / outward
        guard let rim else { return onward <= model.maximumRange }   // beyond reach the plane may go on unseen
        return abs(rim.range - onward) >= LidarDetection.separableGap
    }

    /// Where a ray ends.
    private struct Meeting {
        var range: Double
        var normal: Vec3f
        /// One-way transmission of the panes before it.
        var through: Double
        var optics: LidarSurface
        var object: UInt16
        var category: UInt8
    }

    /// The first solid surface behind any glass, if within reach.
    private func meet(_ direction: Vec3, _ instances: [MeshInstance], _ caster: RayCaster) -> Meeting? {
        let ray = Vec3f(direction)
        var (through, minimum) = (1.0, Float(0))
        for _ in 0...Self.panes {
            let hit = caster.closest(ray, minimum: minimum, maximum: Float(model.maximumRange))
            guard hit.isHit else { return nil }
            let instance = instances[Int(hit.instance)]
            let face = caster.surface(of: hit)
            let material = Int(instance.materialBase) + face.slot
            let optics = surfaces.indices.contains(material) ? surfaces[material] : LidarSurface(reflectance: 0.2)
            if hit.glass || optics.transmission > 0 {
                through *= optics.transmission
                minimum = hit.t
                continue
            }
            return Meeting(
                range: Double(hit.t), normal: face.normal, through: through, optics: optics, object: instance.object, category: instance.category)
        }
        return nil
    }

    private func echo(of meeting: Meeting, along direction: Vec3, from origin: Vec3) -> LidarEcho {
        let point = origin + direction * meeting.range
        let cosine = Double(abs(dot(meeting.normal, Vec3f(direction))))
        let echo = meeting.optics.echo(cosine: cosine, upwards: Double(abs(meeting.normal.z)), surface: surface(point))
        let strength = LidarDetection.strength(
            echo: echo * meeting.through * meeting.through, opticalDepth: air.opticalDepth(from: origin, climb: point.z - origin.z, distance: meeting.range),
            range: meeting.range)
        return LidarEcho(range: meeting.range, strength: strength, intensity: 0, instance: meeting.object, category: meeting.category)
    }

    /// Two unit vectors across a direction.
    private static func across(_ d: Vec3) -> (Vec3, Vec3) {
        let u = (abs(d.z) < 0.9 ? cross(d, Vec3(0, 0, 1)) : cross(d, Vec3(1, 0, 0))).normalized
        return (u, cross(d, u))
    }

    // MARK: - What floats in the air

    private func addFog(_ random: inout CounterRandom, _ echoes: inout LidarEchoes) {
        guard let fog = air.fogReturn else { return }
        let range = fog.range(quantile: random.uniform())
        // Nothing floats behind a surface.
        for index in 0..<echoes.count where echoes[index].range < range { return }
        // Patches: the strength scatters by a factor of about two.
        let strength = fogStrength * exp(0.6 * random.normal())
        echoes.append(LidarEcho(range: range, strength: strength, intensity: 0, cause: .fog))
    }

    private func addRain(_ random: inout CounterRandom, _ echoes: inout LidarEchoes) {
        guard let rain else { return }
        var nearest = Double.infinity
        for index in 0..<echoes.count where echoes[index].cause == .surface { nearest = min(nearest, echoes[index].range) }
        for _ in 0..<rain.number(&random) {
            // What falls behind a surface is not looked at any further.
            let range = rain.range(&random)
            guard range < nearest else { continue }
            echoes.append(LidarEcho(range: range, strength: rain.strength(&random, at: range, extinction: air.near), intensity: 0, cause: .rain))
        }
    }

    // MARK: - The receiver

    /// Keeps what is seen, with its noise.
    private func measure(_ echoes: inout LidarEchoes, _ random: inout CounterRandom) {
        var kept = 0
        for index in 0..<echoes.count {
            var echo = echoes[index]
            let signal = detection.signal(strength: echo.strength)
            guard signal > LidarDetection.faintest, random.uniform() < LidarDetection.chance(signal: signal) else { continue }
            // Two independent standard normals from one pair of uniforms (Box-Muller).
            let (radius, turn) = ((-2 * log(random.openUniform())).squareRoot(), 2 * .pi * random.uniform())
            echo.intensity = LidarDetection.intensity(strength: echo.strength, range: echo.range) * (1 + 0.03 * radius * cos(turn))
            echo.intensity = echo.intensity.clamped(to: 0...1)
            echo.range += detection.rangeDeviation(signal: signal) * radius * sin(turn)
            guard echo.range >= model.minimumRange, echo.range <= model.maximumRange else { continue }
            echoes[kept] = echo
            kept += 1
        }
        echoes.keep(first: kept)
    }
}
