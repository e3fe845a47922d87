import CSquallKernels
import Foundation
import SquallAssets
import SquallMath
import SquallRaster
import SquallWorld

/// A lamp as the shader reads it: positions relative to the eye, world axes.
struct LampSource {
    var position: SIMD3<Float>
    var forward: SIMD3<Float>, right: SIMD3<Float>, up: SIMD3<Float>
    /// Luminance 1.
    var color: SIMD3<Float>
    /// Candela, or for the beams of head lamps the factor to their tables.
    var intensity: Float
    /// Beyond this the light counts for nothing, metres.
    var range: Float
    var beam: Lamp.Beam
    /// Of the lit lens, m2.
    var area: Float
    var object: UInt16
    var function: LampFunction
    /// Index of its shadow map, -1 for none.
    var shadow: Int32 = -1

    /// Half the width of the cone that light fills: cosine and sine.
    var cone: (cosine: Float, sine: Float) {
        switch beam {
        case .dipped, .main: (0.62, 0.785)
        case .lambertian: (0, 1)
        case .lantern: (0.08, 0.997)
        case .isotropic: (-1, 0)
        }
    }

    /// Lanterns are cut off at 83 degrees: from 12 m above the road their light ends before this, metres.
    private static let lanternReach = 110.0

    /// Largest intensity, candela.
    static func peak(_ lamp: Lamp) -> Double {
        switch lamp.beam {
        case .dipped: lamp.intensity > 0 ? lamp.intensity : HeadlampBeam.dipped.maximum
        case .main: lamp.intensity > 0 ? lamp.intensity : HeadlampBeam.main.maximum
        default: lamp.intensity
        }
    }

    /// - Parameter threshold: lux that count for nothing; bounds the range.
    init(_ placed: PlacedLamp, eye: Vec3, threshold: Double) {
        let lamp = placed.lamp
        position = SIMD3<Float>(placed.position - eye)
        (forward, right, up) = (SIMD3<Float>(placed.forward), SIMD3<Float>(-placed.left), SIMD3<Float>(placed.up))
        color = lamp.color
        let peak = Self.peak(lamp)
        switch lamp.beam {
        case .dipped: intensity = Float(peak / HeadlampBeam.dipped.maximum)
        case .main: intensity = Float(peak / HeadlampBeam.main.maximum)
        default: intensity = Float(peak)
        }
        // Air and bodies end every beam by 300 m.
        range = Float(min(lamp.beam == .lantern ? Self.lanternReach : 300, (peak / max(threshold, 1e-6)).squareRoot()))
        (beam, area, object, function) = (lamp.beam, Float(max(lamp.area, 1e-4)), placed.object, lamp.function)
    }

    /// The two of a pair as one in their middle, as far away they light and look.
    mutating func join(_ other: LampSource) {
        position = (position + other.position) * 0.5
        intensity += other.intensity
        area += other.area
        range = min(300, range * 1.414)
    }
}

/// Intensities of all beams, eight directions at a time.
final class BeamTables: @unchecked Sendable {   // written in `init` only
    private let dipped: UnsafeMutablePointer<Float>, main: UnsafeMutablePointer<Float>

    init() {
        dipped = .allocate(capacity: HeadlampBeam.count)
        main = .allocate(capacity: HeadlampBeam.count)
        HeadlampBeam.dipped.copy(to: dipped)
        HeadlampBeam.main.copy(to: main)
    }

    deinit {
        dipped.deallocate()
        main.deallocate()
    }

    /// Candela that leave a lamp along unit directions `d`.
    @inline(__always) func candela(_ lamp: UnsafePointer<LampSource>, _ d: Vector8) -> Lanes {
        let ahead = dot(d, lamp.pointee.forward)
        let shape: Lanes
        switch lamp.pointee.beam {
        case .dipped: shape = HeadlampBeam.candela(dipped, forward: ahead, right: dot(d, lamp.pointee.right), up: dot(d, lamp.pointee.up))
        case .main: shape = HeadlampBeam.candela(main, forward: ahead, right: dot(d, lamp.pointee.right), up: dot(d, lamp.pointee.up))
        case .lambertian: shape = sqv_max(ahead, splat(0))
        case .lantern: shape = Self.lantern(ahead, along: dot(d, lamp.pointee.up), across: dot(d, lamp.pointee.right))
        case .isotropic: shape = splat(1)
        }
        return shape * lamp.pointee.intensity
    }

    /// Share of the maximum: along the road it grows as cos^-1.43 up to 68 degrees, so that the road between masts is lit evenly, and
    /// ends at 83; across it falls off. Modelled on road lanterns of EN 13201 practice.
    @inline(__always) static func lantern(_ c: Lanes, along: Lanes, across: Lanes) -> Lanes {
        let a2 = along * along
        let share = a2 / sqv_max(sqv_fma(across, across, a2), splat(1e-6))
        let up = sqv_max(c, splat(0.05))
        let wing = sqv_min(sqv_exp2(sqv_log2(splat(0.38) / up) * 1.43), splat(1)) * smoothstep(0.12, 0.36, c)
        let side = sqv_fma(c, splat(0.1), splat(0.15)) * smoothstep(0.1, 0.45, c)
        return mix(side, wing, share)
    }
}
