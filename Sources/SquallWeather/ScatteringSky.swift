import Foundation
import SquallMath

/// The clear sky of a low sun, or of one just set: light scattered by molecules and haze in a spherical atmosphere; ozone absorbs on the way
/// and turns the zenith of dusk blue.
///
/// Scattering once is integrated along each line of sight. What haze scatters nearly straight on, a share g^2, counts as not scattered on
/// the way (delta scaling: Joseph, Wiscombe, Weinman 1976) while the last scattering keeps its whole phase function (Nakajima, Tanaka
/// 1988): without this the long ways of a low sun through haze put out the horizon that in nature is brightest. Every further scattering
/// is taken as even over all directions and as a geometric series (Hillaire 2020), tabled over height and the sun's height there.
///
/// Scale heights 8.4 km (molecules) and 1.2 km (haze), 300 Dobson units of ozone as a shell at 25 km. Path lengths towards the sun by the
/// Chapman function's approximation of Schueler 2012. Optical depths are those of `LightColour.sun`. Refraction bends light around the
/// Earth as if that were flatter: its radius over 1 - k, with the surveyors' k = 0.13. In any unit: only ratios are meant.
struct ScatteringSky: Sendable, Equatable {
    static let earthRadius = 6371.0 / (1 - 0.13)   // kilometres here and below
    static let molecules = 8.4, haze = 1.2, ozoneHeight = 25.0, top = 70.0
    /// Of the haze: mean cosine, share of the light met that is scattered, and of this what goes on nearly straight.
    private static let asymmetry = 0.74, scattered = 0.9, straight = asymmetry * asymmetry
    private static let groundAlbedo = 0.15
    /// Vertical optical depths at the primaries' wavelengths; the haze's without what goes on straight.
    private let rayleigh: Vec3, mie: Vec3
    private static let ozone = Vec3(0.038, 0.027, 0.006)
    /// Towards the light.
    private let sun: Vec3
    /// Light scattered more than once: its mean over all directions, by height and the light's height there.
    private var returns: [Vec3] = []

    /// Nodes of `returns`: heights grow as squares up to `highest`, the light's cosines in even steps about the one seen from the ground.
    private static let heights = 5, cosines = 7, highest = 40.0, lowest = -0.07, step = 0.04
    /// Stretches of a line of sight: so many that the Earth's shadow does not jump over them while the sun sinks.
    private static let nearStepCount = 40, farStepCount = 12

    init(sun: Vec3, turbidity: Double) {
        let beta = max(0.004, 0.04608 * turbidity - 0.04586)
        var (r, m) = (Vec3.zero, Vec3.zero)
        for (i, micrometres) in [0.611, 0.549, 0.465].enumerated() {
            r[i] = 0.008735 * pow(micrometres, -4.08)
            m[i] = beta * pow(micrometres, -1.3) * (1 - Self.scattered * Self.straight)
        }
        (rayleigh, mie, self.sun) = (r, m, sun)
        var table: [Vec3] = []
        for row in 0..<Self.heights {
            let height = pow(Double(row) / Double(Self.heights - 1), 2) * Self.highest
            for column in 0..<Self.cosines { table.append(returned(height: height, cosine: sun.z + Self.lowest + Double(column) * Self.step)) }
        }
        returns = table
    }

    /// Mean over all directions, at a height, of light scattered twice and more, where the light stands at `cosine` to the vertical.
    private func returned(height: Double, cosine: Double) -> Vec3 {
        let (rings, sectors) = (12, 3), sine = max(0, 1 - cosine * cosine).squareRoot()
        var (once, share) = (Vec3.zero, Vec3.zero)
        for ring in 0..<rings {
            // Rings are thin at the horizon.
            let low = Double(2 * ring - rings) / Double(rings), high = Double(2 * ring + 2 - rings) / Double(rings)
            let (zLow, zHigh) = (low * low.magnitude, high * high.magnitude), z = (zLow + zHigh) / 2, radius = (1 - z * z).squareRoot()
            for sector in 0..<sectors {
                // Both sides of the light's vertical are the same.
                let angle = (Double(sector) + 0.5) * .pi / Double(sectors)
                let seen = march(from: Self.earthRadius + 0.05 + height, up: z, towardsLight: radius * cos(angle) * sine + z * cosine, light: cosine, steps: Self.farStepCount)
                once += seen.light * ((zHigh - zLow) / 2 / Double(sectors))
                share += seen.share * ((zHigh - zLow) / 2 / Double(sectors))
            }
        }
        return Vec3(once.x / (1 - share.x), once.y / (1 - share.y), once.z / (1 - share.z))
    }

    /// `returned` between its nodes.
    private func returned(at height: Double, _ cosine: Double) -> Vec3 {
        let u = (max(0, height) / Self.highest).squareRoot().clamped(to: 0...1) * Double(Self.heights - 1)
        let v = ((cosine - sun.z - Self.lowest) / Self.step).clamped(to: 0...Double(Self.cosines - 1))
        let row = min(Int(u), Self.heights - 2), column = min(Int(v), Self.cosines - 2), index = row * Self.cosines + column
        let (fu, fv) = (u - Double(row), v - Double(column))
        return lerp(lerp(returns[index], returns[index + 1], fv), lerp(returns[index + Self.cosines], returns[index + Self.cosines + 1], fv), fu)
    }

    /// Relative path through an exponential atmosphere of scale height `h` from radius `r` at cosine `c` to the vertical, over `h` and the
    /// local density.
    private static func chapman(_ r: Double, _ h: Double, _ c: Double) -> Double {
        let x = r / h, grazing = (x * .pi / 2).squareRoot()
        if c >= 0 { return grazing / ((grazing - 1) * c + 1) }
        let sine = (1 - c * c).squareRoot(), x0 = x * sine
        return 2 * (x0 * .pi / 2).squareRoot() * exp(min(x - x0, 60)) - grazing / ((grazing - 1) * -c + 1)
    }

    /// Share of sunlight that reaches radius `r`, where the sun stands at cosine `c`.
    private func sunlight(_ r: Double, _ c: Double) -> Vec3 {
        let height = r - Self.earthRadius
        if c < 0, r * (1 - c * c).squareRoot() < Self.earthRadius - 1 { return .zero }
        let a = exp(-height / Self.molecules) * Self.chapman(r, Self.molecules, c)
        let b = exp(-height / Self.haze) * Self.chapman(r, Self.haze, c)
        let shell = Self.earthRadius + Self.ozoneHeight
        let sine = r * (1 - c * c).squareRoot() / shell
        var crossings = height < Self.ozoneHeight ? 1.0 : 0
        if c < 0, height > Self.ozoneHeight, sine < 1 { crossings = 2 }
        let o = crossings / max(1 - sine * sine, 4e-3).squareRoot()
        return Self.exponential(-(rayleigh * a + mie * b + Self.ozone * o))
    }

    private static func exponential(_ v: Vec3) -> Vec3 { Vec3(exp(v.x), exp(v.y), exp(v.z)) }

    /// Luminance from unit vector `d`, at or above the horizon.
    func luminance(towards d: Vec3) -> Vec3 {
        march(from: Self.earthRadius + 0.05, up: max(d.z, 0.002), towardsLight: dot(d, sun), light: sun.z, steps: Self.nearStepCount).light
    }

    /// Light along a line of sight, and what share of an even light around it the air on it would scatter into it.
    /// - Parameters: `r0` is the eye's radius; cosines there of the line to the vertical, of the line to the light, and of the light to the vertical.
    private func march(from r0: Double, up: Double, towardsLight cosine: Double, light: Double, steps: Int) -> (light: Vec3, share: Vec3) {
        let fall = r0 * r0 * (up * up - 1), outer = Self.earthRadius + Self.top, ground = fall + Self.earthRadius * Self.earthRadius
        let meetsGround = up < 0 && ground > 0
        let end = meetsGround ? -r0 * up - ground.squareRoot() : -r0 * up + max(0, fall + outer * outer).squareRoot()
        let molecular = 3 / (16 * Double.pi) * (1 + cosine * cosine), g = Self.asymmetry
        let base = 1 + g * g - 2 * g * cosine
        // The last scattering is by the whole haze.
        let aerosol = (1 - g * g) / (4 * .pi * base * base.squareRoot()) * Self.scattered / (1 - Self.scattered * Self.straight)
        let even = Self.scattered * (1 - Self.straight) / (1 - Self.scattered * Self.straight)
        var (sum, share, left) = (Vec3.zero, Vec3.zero, Vec3(repeating: 1))
        for step in 0..<steps {
            let (t0, t1) = (Double(step) / Double(steps), Double(step + 1) / Double(steps)), t = (t0 + t1) / 2
            let distance = end * t * t, length = end * (t1 * t1 - t0 * t0)
            let r = (r0 * r0 + distance * distance + 2 * r0 * distance * up).squareRoot(), height = max(0, r - Self.earthRadius)
            let bright = rayleigh * (exp(-height / Self.molecules) / Self.molecules), dusty = mie * (exp(-height / Self.haze) / Self.haze)
            let depth = (bright + dusty) * length, passed = Self.exponential(-depth)
            // Light of the stretch as its own air dims it: (1 - exp(-depth)) / depth.
            let seen = left * Vec3((1 - passed.x) / max(depth.x, 1e-12), (1 - passed.y) / max(depth.y, 1e-12), (1 - passed.z) / max(depth.z, 1e-12)) * length
            // The light's height over the horizon of the place, which lies beyond the bend of the Earth.
            let local = ((r0 * light + distance * cosine) / r).clamped(to: -1...1)
            let scattering = bright + dusty * even
            var source = sunlight(r, local) * (bright * molecular + dusty * aerosol)
            if !returns.isEmpty { source += returned(at: height, local) * scattering }
            sum += source * seen
            share += scattering * seen
            left = left * passed
        }
        if meetsGround {
            let local = ((r0 * light + end * cosine) / Self.earthRadius).clamped(to: -1...1)
            if local > 0 { sum += sunlight(Self.earthRadius, local) * left * (Self.groundAlbedo / .pi * local) }
        }
        return (sum, share)
    }
}
