import Foundation
import SquallMath

/// The clear sky of a low sun, or of one just set: light scattered once by molecules and haze in a spherical atmosphere, and again by
/// an even share of all that was scattered once; ozone absorbs on the way and turns the zenith of dusk blue.
///
/// Scale heights 8.4 km (molecules) and 1.2 km (haze), 300 Dobson units of ozone as a shell at 25 km. Path lengths by the Chapman
/// function's approximation of Schueler 2012, so nothing is marched towards the sun. Optical depths are those of `LightColour.sun`.
/// In any unit: only ratios are meant.
struct ScatteringSky: Sendable, Equatable {
    static let earthRadius = 6371.0   // kilometres here and below
    static let molecules = 8.4, haze = 1.2, ozoneHeight = 25.0, top = 70.0
    /// Vertical optical depths at the primaries' wavelengths.
    private let rayleigh: Vec3, mie: Vec3
    private static let ozone = Vec3(0.038, 0.027, 0.006)
    /// Towards the light.
    private let sun: Vec3
    /// Mean luminance of the sphere of sky and ground, from light scattered once and its further returns.
    private var filled = Vec3.zero

    init(sun: Vec3, turbidity: Double) {
        let beta = max(0.004, 0.04608 * turbidity - 0.04586)
        var (r, m) = (Vec3.zero, Vec3.zero)
        for (i, micrometres) in [0.611, 0.549, 0.465].enumerated() {
            r[i] = 0.008735 * pow(micrometres, -4.08)
            m[i] = beta * pow(micrometres, -1.3)
        }
        (rayleigh, mie, self.sun) = (r, m, sun)
        var sum = Vec3.zero
        let (rings, sectors) = (5, 8)
        for ring in 0..<rings {
            let z = (Double(ring) + 0.5) / Double(rings), radius = (1 - z * z).squareRoot()
            for sector in 0..<sectors {
                let a = (Double(sector) + 0.5) * 2 * .pi / Double(sectors)
                sum += luminance(towards: Vec3(radius * cos(a), radius * sin(a), z)) * (1 / Double(rings * sectors))
            }
        }
        // Every order returns about 0.45 of the one before it.
        filled = sum * (0.6 / (1 - 0.45))
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
        let depth = rayleigh * a + mie * b + Self.ozone * o
        return Vec3(exp(-depth.x), exp(-depth.y), exp(-depth.z))
    }

    /// Luminance from unit vector `d`, at or above the horizon.
    func luminance(towards d: Vec3) -> Vec3 {
        let r0 = Self.earthRadius + 0.05, up = max(d.z, 0.002)
        let end = -r0 * up + (r0 * r0 * up * up + 2 * r0 * Self.top + Self.top * Self.top).squareRoot()
        let cosine = dot(d, sun)
        let molecular = 3 / (16 * Double.pi) * (1 + cosine * cosine)
        let g = 0.74
        let aerosol = (1 - g * g) / (4 * .pi * pow(1 + g * g - 2 * g * cosine, 1.5))
        let (a0, b0) = (Self.chapman(r0, Self.molecules, up), Self.chapman(r0, Self.haze, up))
        var sum = Vec3.zero
        let steps = 14
        for step in 0..<steps {
            let (t0, t1) = (Double(step) / Double(steps), Double(step + 1) / Double(steps)), t = (t0 + t1) / 2
            let distance = end * t * t, length = end * (t1 * t1 - t0 * t0)
            let r = (r0 * r0 + distance * distance + 2 * r0 * distance * up).squareRoot()
            let c = (r0 * up + distance) / r, height = r - Self.earthRadius
            let (dr, dm) = (exp(-height / Self.molecules), exp(-height / Self.haze))
            let a = max(0, a0 - dr * Self.chapman(r, Self.molecules, c)), b = max(0, b0 - dm * Self.chapman(r, Self.haze, c))
            let depth = rayleigh * a + mie * b
            // The sun's height over the horizon of the sample, which lies beyond the bend of the Earth.
            let local = (r0 * sun.z + distance * cosine) / r
            let lit = sunlight(r, local)
            let bright = rayleigh * (dr / Self.molecules), dusty = mie * (0.9 * dm / Self.haze)
            let source = lit * (bright * molecular + dusty * aerosol) + filled * (bright + dusty)
            sum += source * Vec3(exp(-depth.x), exp(-depth.y), exp(-depth.z)) * length
        }
        return sum
    }
}
