import CSquallKernels
import SquallAssets
import SquallDetail
import SquallRaster
import SquallSky

/// Artificial light: what lamps add to a surface, what retroreflectors send back to them, and lamps seen themselves.
extension PhysicalShader {
    /// Every lamp that reaches the points, cd/m2 towards the eye; those without shadow maps do not light what lies under a car. Falloff is that of a point: `E = I / d^2 cos`.
    @inline(__always) func lampLight(on s: Surface8, _ material: ShadeMaterial, _ point: borrowing ShadePoint8, open: Lanes) -> Color8 {
        lamps.isDark ? Color8(repeating: 0) : gathered(s, material, point, sheltered: sqv_fma(open, splat(0.9), splat(0.1)))
    }

    @inline(never) private func gathered(_ s: Surface8, _ material: ShadeMaterial, _ point: borrowing ShadePoint8, sheltered: Lanes) -> Color8 {
        var sum = Color8(repeating: 0)
        let slices = LampClusters.slice(point.depth)
        var open = point.active
        while sqv_bits(open) != 0 {
            let lane = Int(UInt32(bitPattern: sqv_bits(open)).trailingZeroBitCount)
            let slice = slices[lane]
            let mask = open & sqv_equal_i(slices, LaneInts(repeating: slice))
            for index in lamps.reaching(x: point.x[lane], y: point.y[lane], slice: slice) {
                sum = sum + light(lamps.source(Int(index)), s, material, point, mask, sheltered)
            }
            open = open & ~mask
        }
        return sum
    }

    /// One lamp on the points of `mask`.
    @inline(__always) private func light(
        _ lamp: UnsafePointer<LampSource>, _ s: Surface8, _ material: ShadeMaterial, _ point: borrowing ShadePoint8, _ mask: LaneInts, _ sheltered: Lanes
    ) -> Color8 {
        let to = -(point.position + SIMD3<Float>(-lamp.pointee.position.x, -lamp.pointee.position.y, -lamp.pointee.position.z))
        let square = sqv_max(dot(to, to), splat(1e-4))
        let range = lamp.pointee.range
        let lit = sqv_less(square, splat(range * range)) & sqv_less(splat(0), dot(point.geometricNormal, to)) & sqv_less(splat(0), dot(s.normal, to)) & mask
        if sqv_bits(lit) == 0 { return Color8(repeating: 0) }
        let direction = to * (1 / sqv_sqrt(square))
        // Ends softly in the last sixth of the range, where little is left.
        let end = clamp01((1 - square * (1 / (range * range))) * 3.3)
        // What counts for nothing is taken off everywhere, so that no edge shows where it ends: most points of a beam's cone get next to nothing.
        // Retroreflectors send it back hundreds of times as strong.
        let least = material.retroreflectance > 0 ? 0 : lamps.negligible
        var illuminance = sqv_select(lit, sqv_max(lamps.beams.candela(lamp, -direction) / square * end - least, splat(0)), splat(0))
        if sqv_bits(sqv_less(splat(0), illuminance)) == 0 { return Color8(repeating: 0) }
        if lamp.pointee.shadow >= 0 {
            illuminance = illuminance * lamps.shadows.visibility(lamp.pointee.shadow, point.position, normal: point.geometricNormal)
        } else {
            illuminance = illuminance * sheltered
        }
        let air = sqv_exp(-self.air.opticalDepth(distance: sqv_sqrt(square), climb: splat(0), depth: splat(0)))
        let colour = Color8(lamp.pointee.color) * (illuminance * air)
        var light = s.lit(by: direction, colour * edge(point, direction))
        if material.retroreflectance > 0 { light = light + colour * returned(s, material, direction) }
        return light
    }

    /// As `terminator`, for a light of another direction at every point.
    @inline(__always) private func edge(_ point: borrowing ShadePoint8, _ light: Vector8) -> Lanes {
        let flat = dot(point.geometricNormal, light), agreement = dot(point.geometricNormal, point.normal)
        let g = clamp01(flat / sqv_max(dot(point.normal, light) * agreement, splat(1e-4)))
        return g * sqv_fma(g, 1 - g, splat(1))
    }

    /// Luminance per lux facing the lamp that goes back to where the light came from, as far as the eye is from there.
    ///
    /// Sheeting: `R_A / cos` with R_A falling by the observation angle as 1 / (1 + (a / 0.42 deg)^2.5), which follows EN 12899-1's RA2 (250 at 0.2, 180
    /// at 0.33, 5 at 2 degrees), and by the entrance angle (a half at 30 degrees). Beads: R_L, constant along a road, wide (EN 1436
    /// measures at 1.05 degrees); water over them ends it.
    @inline(__always) private func returned(_ s: Surface8, _ material: ShadeMaterial, _ direction: Vector8) -> Color8 {
        let apart = Vector8(x: s.view.x - direction.x, y: s.view.y - direction.y, z: s.view.z - direction.z)
        let width: Float = material.isBeaded ? 2.2 : 0.42
        let unit = width * Float.pi / 180
        let ratio = dot(apart, apart) * (1 / (unit * unit))
        let falloff = 1 / (1 + sqv_exp2(sqv_log2(sqv_max(ratio, splat(1e-6))) * 1.25))
        let tint = s.albedo * material.retroreflectance
        if material.isBeaded { return tint * (falloff * (1 - s.layer.share) * 1.16) }
        let entrance = dot(s.normal, direction)
        let accepted = clamp01((entrance * entrance - 0.4) * (1 / 0.6))
        return tint * (falloff * accepted * (1 / 0.865) / sqv_max(s.nv, splat(0.3)))
    }

    /// With what the air between scatters of lamps.
    @inline(__always) func hazed(_ light: Color8, x: Lanes, y: Lanes, depth: Lanes) -> Color8 {
        lamps.haze.isClear ? light : light + lamps.haze.light(x: x, y: y, depth: depth)
    }

    /// What a material shines by itself, cd/m2; lenses of lamps only while they are lit, head lamps as bright as their beam towards the eye.
    @inline(__always) func emission(_ material: ShadeMaterial, _ point: borrowing ShadePoint8) -> Color8 {
        var glow = Color8(material.emission)
        if material.emissionTexture >= 0 { glow = glow * textures.sample(material.emissionTexture, point) }
        guard material.lamps != 0 else { return glow }
        let state = lamps.lamps(on: point.instance)
        guard state.lit & material.lamps != 0 else { return Color8(repeating: 0) }
        if material.detail == .window { return WindowDetail.glow(point, lit: LampSet(rawValue: state.lit).litWindowGroups) }
        return material.isHeadlamp ? headlamp(material, state, point) : glow
    }

    /// Intensity towards the eye over the lens, of one lamp out of each pair, and the lens's own stray light.
    @inline(never) private func headlamp(_ material: ShadeMaterial, _ state: LampField.InstanceLamps, _ point: borrowing ShadePoint8) -> Color8 {
        let towardsEye = (-point.position).normalized
        var brightest = Color8(repeating: 0)
        for index in Int(state.firstBeam)..<Int(state.firstBeam + state.beams) {
            let lamp = lamps.source(index)
            guard lamp.pointee.beam == .dipped || lamp.pointee.beam == .main else { continue }
            let luminance = Color8(lamp.pointee.color) * (lamps.beams.candela(lamp, towardsEye) * (1 / lamp.pointee.area))
            brightest = Color8(r: sqv_max(brightest.r, luminance.r), g: sqv_max(brightest.g, luminance.g), b: sqv_max(brightest.b, luminance.b))
        }
        // What lens and reflector scatter aside, cd/m2; a position lamp of 5 cd behind the same lens.
        let stray: Float = state.lit & ShadeMaterial.beams != 0 ? 3_000 : 350
        return brightest + Color8(material.emission) * stray
    }
}
