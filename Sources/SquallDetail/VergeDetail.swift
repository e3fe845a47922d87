import CSquallKernels
import SquallRaster

/// The edge of a road: stones along the pavement, tufts that grow into them, a strip of trodden and salted grass, then the verge.
enum VergeDetail {
    /// - Parameters: `stones` and `grass`, their mean albedo.
    @inline(__always) static func apply(_ p: DetailPoint, stones: Color8, grass: Color8, _ s: inout DetailedSurface) {
        let ragged: Lanes = (p.field(0, seed: 307) - 0.5) * 0.55 + (p.field(2, seed: 311) - 0.5) * 0.5 + (p.field(4, seed: 313) - 0.5) * 0.3
        let place = p.v + ragged
        let grown = smoothstep(0.82, 1.08, place)
        guard sqv_bits(sqv_less(splat(0), grown)) != 0 else {
            s.albedo = stones
            return GravelDetail.apply(p, &s)
        }
        var blades = DetailedSurface(albedo: grass, roughness: s.roughness, normal: s.normal)
        // Yellow where feet, wheels and salt reach.
        let worn = (1 - smoothstep(1, 2.1, place)) * 0.55
        if sqv_bits(sqv_less(splat(0), worn)) != 0 {
            blades.albedo = Color8.mix(blades.albedo, Color8(r: grass.r * 1.75, g: grass.g * 1.12, b: grass.b * 1.25), worn)
        }
        GrassDetail.apply(p, &blades)
        guard sqv_bits(sqv_less(grown, splat(1))) != 0 else {
            s = blades
            return
        }
        s.albedo = stones
        GravelDetail.apply(p, &s)
        s.albedo = Color8.mix(s.albedo, blades.albedo, grown)
        s.roughness = mix(s.roughness, blades.roughness, grown)
        s.normal = Vector8(
            x: mix(s.normal.x, blades.normal.x, grown), y: mix(s.normal.y, blades.normal.y, grown), z: mix(s.normal.z, blades.normal.z, grown)
        ).normalized
    }
}
