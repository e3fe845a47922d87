import Foundation
import SquallAssets
import SquallMath
import SquallRaster
import SquallWorld

/// Lamps on falling drops: what makes rain glitter before one's own headlamps and under lanterns.
///
/// A drop of radius a under E lux scatters the intensity `E pi a^2 p / (4 pi)`, so its disc has the mean luminance `E p / (4 pi)`. The phase function is that of
/// large water spheres without the narrow peak straight on: 0.45 backwards and aside (reflections outside and inside), rising as `6 cos^6` to
/// where refraction sends most (van de Hulst 1957, geometrical optics; a fit within a half from 40 degrees on). Shadows are left out.
package struct RainGlow: Sendable {
    private let lamps: [PlacedLamp]
    /// Lamps further from the eye light no drop that would be drawn, metres; brighter days outshine them, lux.
    private static let reach = 45.0, day = 2_000.0

    package init(_ light: ArtificialLight, eye: Vec3, ambient: Double) {
        lamps = ambient > Self.day ? [] : light.lamps.filter { ($0.position - eye).length < Self.reach && $0.lamp.function != .window }
    }

    package var isEmpty: Bool { lamps.isEmpty }

    /// Mean luminance of a drop at a place, seen from the eye, cd/m2, linear sRGB.
    package func luminance(at place: Vec3, eye: Vec3) -> SIMD3<Float> {
        var sum = SIMD3<Float>.zero
        let seen = (eye - place).normalized
        for lamp in lamps {
            let way = place - lamp.position, square = max(way.lengthSquared, 0.01)
            let d = way / square.squareRoot()
            let candela = Self.candela(lamp, d)
            guard candela > 0 else { continue }
            let forward = max(0, dot(d, seen))
            let phase = 0.45 + 6 * pow(forward, 6)
            sum += lamp.lamp.color * Float(candela / square * phase / (4 * .pi))
        }
        return sum
    }

    /// Intensity along a unit direction, candela.
    private static func candela(_ placed: PlacedLamp, _ d: Vec3) -> Double {
        let (ahead, right, up) = (dot(d, placed.forward), -dot(d, placed.left), dot(d, placed.up))
        switch placed.lamp.beam {
        case .dipped, .main:
            let beam = placed.lamp.beam == .dipped ? HeadlampBeam.dipped : HeadlampBeam.main
            return ahead > 0.05 ? beam.candela(right: atan2(right, ahead), up: atan2(up, ahead)) * LampSource.peak(placed.lamp) / beam.maximum : 0
        case .lambertian: return placed.lamp.intensity * max(0, ahead)
        case .lantern:
            return placed.lamp.intensity * Double(BeamTables.lantern(splat(Float(ahead)), along: splat(Float(up)), across: splat(Float(right)))[0])
        case .isotropic: return placed.lamp.intensity
        }
    }
}
