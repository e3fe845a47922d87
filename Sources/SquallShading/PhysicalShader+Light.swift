import CSquallKernels
import SquallRaster

/// Sky and sun on a surface, each what it adds towards the eye, cd/m2.
extension PhysicalShader {
    /// The sky and the mirrored surroundings, as much of them as what stands around lets through.
    @inline(__always) func skyLight(on s: Surface8, _ point: borrowing ShadePoint8) -> Color8 {
        let open = occlusion.visibility(point.position)
        let mirrored = environment.reflection(s.view.reflected(about: s.normal), roughness: s.roughness) * sqv_fma(open, splat(0.8), splat(0.2))
        var film = Color8(repeating: 0)
        if s.isWet {
            let share = sqv_fma(open, splat(0.9), splat(0.1))
            film = environment.blendedReflection(skyward(s.view.reflected(about: s.filmNormal)), roughness: s.filmRoughness) * share
            if let mirror { mirror.note(point, share: reach(point, s.filmShare * share)) }
        }
        return s.lit(bySky: ambient.illuminance(s.normal) * open, mirrored: mirrored, film: film)
    }

    /// The sun through its shadow maps.
    @inline(__always) func sunLight(on s: Surface8, _ point: borrowing ShadePoint8) -> Color8 {
        guard sun.isUp else { return Color8(repeating: 0) }
        let facing = sqv_less(splat(0), dot(s.normal, sun.direction)) & sqv_less(splat(0), dot(point.geometricNormal, sun.direction)) & point.active
        guard sqv_bits(facing) != 0 else { return Color8(repeating: 0) }
        let visible = sqv_select(facing, shadows.visibility(point.position, normal: point.geometricNormal, active: facing), splat(0))
        let reach = visible * terminator(point, sun.direction) * clouds.shade(point.position)
        return s.lit(by: Vector8(repeating: sun.direction), Color8(sun.illuminance) * reach)
    }

    /// Share of a light left where a smooth normal leans to it over a flat triangle that hardly does: falls to nothing
    /// where the triangle turns away, so that its edge does not show (Chiang, Li, Burley 2019).
    @inline(__always) func terminator(_ point: borrowing ShadePoint8, _ light: SIMD3<Float>) -> Lanes {
        let flat = dot(point.geometricNormal, light), agreement = dot(point.geometricNormal, point.normal)
        let g = clamp01(flat / sqv_max(dot(point.normal, light) * agreement, splat(1e-4)))
        return g * sqv_fma(g, 1 - g, splat(1))
    }

    /// What the air leaves of light from a point.
    @inline(__always) private func reach(_ point: borrowing ShadePoint8, _ light: Lanes) -> Lanes {
        let distance = sqv_sqrt(dot(point.position, point.position))
        return light * sqv_exp(-air.opticalDepth(distance: distance, climb: point.position.z, depth: point.depth))
    }

    /// Rings tilt mirror directions below the horizon at grazing angles; water there reflects what lies on the horizon.
    @inline(__always) private func skyward(_ d: Vector8) -> Vector8 { Vector8(x: d.x, y: d.y, z: sqv_abs(d.z)) }
}
