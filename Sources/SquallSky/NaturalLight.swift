import CSquallKernels
import Foundation
import SquallMath
import SquallRaster
import SquallWeather

/// The sun, or at night the moon, as the shader uses it.
package struct SunLight: Sendable {
    /// Towards the sun.
    package let direction: SIMD3<Float>
    /// Lux on a plane facing it.
    package let illuminance: SIMD3<Float>
    /// False when there is nothing to cast a shadow: set, clouded over, lost in fog.
    package let isUp: Bool
    /// Angular radius of the disc, radians: of the sun, and near enough of the moon.
    package static let radius: Float = 0.004_65
    /// Cosine and sine of the moon's phase angle, and where its lit limb is; the sun's disc is full.
    private let phase: (cosine: Float, limb: SIMD3<Float>)?
    /// Illuminance over what a whole disc of even luminance gives: a thin moon is as bright as a full one, but smaller.
    private let litShare: Float

    package init(_ lighting: Lighting) {
        direction = SIMD3(Float(lighting.sunDirection.x), Float(lighting.sunDirection.y), Float(lighting.sunDirection.z))
        illuminance = SIMD3(Float(lighting.sunIlluminance.x), Float(lighting.sunIlluminance.y), Float(lighting.sunIlluminance.z))
        isUp = Double(illuminance.max()) > 1e-3 * lighting.horizontalIlluminance && direction.z > 0.0005
        if let angle = lighting.moonPhase {
            // The lit limb of an evening or morning moon points down to the horizon, where the sun has gone.
            let d = lighting.sunDirection, down = (d * d.z - Vec3(0, 0, 1)).normalized
            phase = (Float(cos(angle)), SIMD3<Float>(down))
            litShare = Float(max(0.02, (1 + cos(angle)) / 2))
        } else {
            phase = nil
            litShare = 1
        }
    }

    /// Luminance of the disc along unit directions, its edge a pixel wide.
    package func disc(_ d: Vector8, pixelAngle: Float) -> Color8 {
        // The chord is the angle for small angles; 1 - cos loses its digits in float32.
        let away = Vector8(x: d.x - direction.x, y: d.y - direction.y, z: d.z - direction.z)
        let angle = sqv_sqrt(dot(away, away))
        var cover = clamp01((Self.radius - angle) * (1 / pixelAngle) + 0.5)
        if let phase {
            // The terminator is half an ellipse: across the limb's direction it lies at -cos(phase) times the disc's half width.
            let across = dot(away, Vector8(repeating: phase.limb)), along = sqv_sqrt(sqv_max(splat(Self.radius * Self.radius) - angle * angle + across * across, splat(0)))
            cover *= clamp01((across + along * phase.cosine) * (1 / pixelAngle) + 0.5) * (1 / litShare)
        }
        return Color8(illuminance) * (cover * (1 / (.pi * Self.radius * Self.radius)))
    }
}

/// Illuminance from sky and ground for any normal: the nine harmonics of `AmbientLight` as a quadratic polynomial.
@usableFromInline package struct AmbientHarmonics: Sendable {
    /// Nine of the sixteen lanes are used.
    @usableFromInline let red: SIMD16<Float>, green: SIMD16<Float>, blue: SIMD16<Float>

    package init(_ ambient: AmbientLight) {
        let source = ambient.coefficients
        let scale: [Double] = [0.282_094_792, 0.488_602_512, 0.488_602_512, 0.488_602_512, 1.092_548_431, 1.092_548_431, 0.315_391_565, 1.092_548_431, 0.546_274_215]
        var c = [SIMD16<Float>](repeating: .zero, count: 3)
        for (index, (coefficient, factor)) in zip(source, scale).enumerated() {
            for channel in 0..<3 { c[channel][index] = Float(coefficient[channel] * factor) }
        }
        (red, green, blue) = (c[0], c[1], c[2])
    }

    @inlinable @inline(__always) package func illuminance(_ n: Vector8) -> Color8 {
        let (xy, yz, xz) = (n.x * n.y, n.y * n.z, n.x * n.z)
        let zz = sqv_fma(n.z * n.z, splat(3), splat(-1)), xx = sqv_fma(n.x, n.x, -(n.y * n.y))
        let channel = { (c: SIMD16<Float>) -> Lanes in
            var e = sqv_fma(n.y, splat(c[1]), splat(c[0]))
            e = sqv_fma(n.z, splat(c[2]), sqv_fma(n.x, splat(c[3]), e))
            e = sqv_fma(xy, splat(c[4]), sqv_fma(yz, splat(c[5]), e))
            e = sqv_fma(zz, splat(c[6]), sqv_fma(xz, splat(c[7]), e))
            return sqv_max(sqv_fma(xx, splat(c[8]), e), splat(0))
        }
        return Color8(r: channel(red), g: channel(green), b: channel(blue))
    }
}
