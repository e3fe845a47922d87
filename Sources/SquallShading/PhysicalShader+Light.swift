import CSquallKernels
import SquallRaster
import SquallSky
import SquallWorld

/// Sky and sun on a surface, each what it adds towards the eye, cd/m2.
extension PhysicalShader {
    /// The sky and the mirrored surroundings, as much of them as what stands around lets through.
    @inline(__always) func skyLight(on s: Surface8, _ material: ShadeMaterial, _ point: borrowing ShadePoint8, open: Lanes) -> Color8 {
        let towards = Reflectance.dominant(s.view.reflected(about: s.normal), normal: s.normal, roughness: s.roughness)
        let gloss = material.isGlossy ? environment.blendedReflection(towards, roughness: s.roughness) : environment.reflection(towards, roughness: s.roughness)
        var sky = Surface8.Surroundings(illuminance: ambient.illuminance(s.normal) * open, mirrored: gloss * sqv_fma(open, splat(0.8), splat(0.2)))
        if s.translucency > 0 { sky.behind = ambient.illuminance(-s.normal) * open }
        if s.hasLayer {
            let share = sqv_fma(open, splat(0.9), splat(0.1))
            let direction = s.view.reflected(about: s.layer.normal)
            sky.layer = mirrored(s.layer.isWater ? skyward(direction) : direction, roughness: s.layer.roughness) * share
        }
        if !roofs.isEmpty { shelter(&sky, s, point.position, open) }
        if s.hasLayer, s.layer.isWater, let mirror {
            let share = sqv_fma(open, splat(0.9), splat(0.1))
            mirror.note(point, share: reach(point, s.layer.mirrored * share), of: sky.layer * (1 / share))
        }
        return s.lit(bySky: sky)
    }

    /// Under a roof: what the mouths leave of the sky, and the light of the tube, as much as what stands on the road leaves of it.
    @inline(never) private func shelter(_ sky: inout Surface8.Surroundings, _ s: Surface8, _ position: Vector8, _ open: Lanes) {
        let tube = roofs.light(position), color = Color8(Roof.color), lining = color * (tube.lining * sqv_fma(open, splat(0.8), splat(0.2)))
        sky.illuminance = sky.illuminance * tube.share + color * (tube.illuminance(s.normal) * open)
        if s.translucency > 0 { sky.behind = sky.behind * tube.share + color * (tube.illuminance(-s.normal) * open) }
        sky.mirrored = sky.mirrored * tube.share + lining
        if s.hasLayer { sky.layer = sky.layer * tube.share + lining }
    }

    /// The sky, its clouds and the ground in a mirror.
    @inline(__always) func mirrored(_ d: Vector8, roughness: Lanes) -> Color8 {
        let mean = environment.blendedReflection(d, roughness: roughness)
        return clouds.isPatterned ? patterned(mean, d, roughness: roughness) : mean
    }

    /// Tables hold the mean over clouds and gaps: what is drawn in this direction differs from it. Rough mirrors see the mean.
    @inline(never) private func patterned(_ mean: Color8, _ d: Vector8, roughness: Lanes) -> Color8 {
        // Towards the horizon clouds lie so close that the least unevenness of a mirror evens them out.
        let share = (1 - smoothstep(0.1, 0.35, roughness)) * smoothstep(0.02, 0.2, d.z)
        if sqv_bits(sqv_less(splat(0), share)) == 0 { return mean }
        let difference = clouds.deviation(d, clear: environment.clearLuminance(d))
        return Color8(
            r: sqv_max(sqv_fma(difference.r, share, mean.r), splat(0)), g: sqv_max(sqv_fma(difference.g, share, mean.g), splat(0)),
            b: sqv_max(sqv_fma(difference.b, share, mean.b), splat(0)))
    }

    /// Light that the air on the way scatters in; in a tunnel the sky hardly lights it.
    @inline(__always) func airlight(_ position: Vector8) -> Color8 {
        let light = air.airlight(position)
        return roofs.isEmpty ? light : light * ((roofs.share(position) + roofs.atEye) * 0.5)
    }

    /// The sun through its shadow maps.
    @inline(__always) func sunLight(on s: Surface8, _ point: borrowing ShadePoint8) -> Color8 {
        guard sun.isUp else { return Color8(repeating: 0) }
        let flat = dot(point.geometricNormal, sun.direction)
        var facing = sqv_less(splat(0), dot(s.normal, sun.direction)) & sqv_less(splat(0), flat) & point.active
        var (side, grazing) = (point.geometricNormal, terminator(point, sun.direction))
        if s.translucency > 0 {
            // A thin sheet is lit through its back as well, whose shadows begin on that side.
            let behind = sqv_less(flat, splat(0)) & sqv_less(dot(s.normal, sun.direction), splat(0)) & point.active
            side = side * sqv_select(behind, splat(-1), splat(1))
            grazing = sqv_select(behind, splat(1), grazing)
            facing = facing | behind
        }
        guard sqv_bits(facing) != 0 else { return Color8(repeating: 0) }
        var visible = sqv_select(facing, shadows.visibility(point.position, normal: side, active: facing), splat(0))
        if !roofs.isEmpty { visible *= sunThroughMouths(point.position) }
        return s.lit(by: Vector8(repeating: sun.direction), Color8(sun.illuminance) * (visible * grazing * clouds.shade(point.position)))
    }

    /// Beyond the shadow maps the sun shines through vaults; deep inside it comes through no mouth.
    @inline(__always) func sunThroughMouths(_ position: Vector8) -> Lanes { clamp01((roofs.share(position) - 0.05) * 10) }

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
