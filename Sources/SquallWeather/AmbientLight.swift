import SquallMath

/// Irradiance from sky and ground for any surface normal, as spherical harmonics of order 2. Ramamoorthi, Hanrahan 2001.
public struct AmbientLight: Sendable, Equatable {
    /// Nine coefficients, already convolved with the cosine lobe: basis order 1, y, z, x, xy, yz, 3z^2-1, xz, x^2-y^2. Linear sRGB, lux.
    public let coefficients: [Vec3]

    init(sky: SkyModel) {
        var c = [Vec3](repeating: .zero, count: 9)
        let add = { (d: Vec3, light: Vec3) in
            let basis = Self.basis(d)
            for i in 0..<9 { c[i] += light * basis[i] }
        }
        SkyQuadrature.upper { d, solidAngle in
            add(d, sky.luminance(towards: d) * solidAngle)
            add(Vec3(d.x, d.y, -d.z), sky.groundLuminance * solidAngle)
        }
        let lobe = [Double.pi] + [Double](repeating: 2 * .pi / 3, count: 3) + [Double](repeating: .pi / 4, count: 5)
        coefficients = zip(c, lobe).map { $0 * $1 }
    }

    /// Real spherical harmonics up to order 2 at unit vector `d`.
    public static func basis(_ d: Vec3) -> [Double] {
        [
            0.282_094_791_773_878, 0.488_602_511_902_920 * d.y, 0.488_602_511_902_920 * d.z, 0.488_602_511_902_920 * d.x,
            1.092_548_430_592_079 * d.x * d.y, 1.092_548_430_592_079 * d.y * d.z, 0.315_391_565_252_520 * (3 * d.z * d.z - 1),
            1.092_548_430_592_079 * d.x * d.z, 0.546_274_215_296_040 * (d.x * d.x - d.y * d.y),
        ]
    }

    /// Illuminance (lux, linear sRGB) of a surface with unit normal `n`; never negative.
    public func illuminance(normal n: Vec3) -> Vec3 {
        let basis = Self.basis(n)
        var e = Vec3.zero
        for i in 0..<9 { e += coefficients[i] * basis[i] }
        return Vec3(max(0, e.x), max(0, e.y), max(0, e.z))
    }
}
