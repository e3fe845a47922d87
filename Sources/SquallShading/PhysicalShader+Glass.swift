import CSquallKernels
import SquallRaster
import SquallSky
import SquallWorld

/// Panes: what they add before the scene behind them, and what they let through of it.
extension PhysicalShader {
    /// A pane mirrors at both faces, `2 R / (1 + R)` of the light, and dims what passes the more the flatter it passes: a path of
    /// `1 / cos` of the refracted angle through glass of index 1.52 (Bouguer's law).
    @inline(__always) func pane(_ material: ShadeMaterial, _ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8) {
        let view = (-point.position).normalized
        let nv = sqv_max(sqv_abs(dot(point.normal, view)), splat(0.02))
        let face = Reflectance.schlick(0.043, nv)
        let fresnel = face * 2 / (1 + face)
        let refracted = sqv_sqrt(1 - (1 - sqv_min(nv * nv, splat(1))) * (1 / (1.52 * 1.52)))
        let dimmed = sqv_exp2(sqv_log2(splat(max(material.transmission, 1e-4))) / refracted)
        var (mirror, illuminance) = (mirrored(view.reflected(about: point.normal), roughness: splat(material.roughness)), ambient.illuminance(point.normal))
        if !roofs.isEmpty {
            let tube = roofs.light(point.position)
            mirror = mirror * tube.share + Color8(Roof.color) * tube.lining
            illuminance = illuminance * tube.share + Color8(Roof.color) * tube.illuminance(point.normal)
        }
        let body = illuminance * Color8(material.baseColor) * (Float.inverseOfPi * (1 - material.transmission))
        var added = mirror * fresnel + body
        if sun.isUp {
            let nl = clamp01(dot(point.normal, sun.direction))
            var reach = shadows.visibility(point.position, normal: point.geometricNormal, active: point.active) * clouds.shade(point.position)
            if !roofs.isEmpty { reach *= sunThroughMouths(point.position) }
            added = added + Color8(sun.illuminance) * reach * Reflectance.specular(
                normal: point.normal, view: view, light: Vector8(repeating: sun.direction), nl: nl, nv: nv, alpha: splat(0.004), f0: Color8(repeating: 0.043))
        }
        let distance = sqv_sqrt(dot(point.position, point.position))
        let t = sqv_exp(-air.opticalDepth(distance: distance, climb: point.position.z, depth: point.depth))
        // What lies behind already carries its own airlight and glow; the pane's own light alone is dimmed by the air before it.
        let through = (1 - fresnel) * dimmed
        var haze = airlight(point.position) * ((1 - t) * (1 - through))
        if !lamps.haze.isClear { haze = haze + lamps.haze.light(x: point.x, y: point.y, depth: point.depth) * (1 - through) }
        return (added * t + haze, Color8(r: through, g: through, b: through))
    }
}
