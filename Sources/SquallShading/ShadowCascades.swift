import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster

/// Where the sun's shadow maps lie: nested slices of the view, each seen from the sun through a square that holds the slice's sphere.
///
/// The sphere's radius depends on the lens only and its centre moves in whole texels, so edges do not crawl (Valient 2007).
struct ShadowCascades {
    /// End of each slice along the optical axis, metres; beyond the last nothing is shadowed.
    static let ends: [Double] = [11, 40, 150]
    /// Casters up to this far from the centre, towards and away from the sun, metres.
    static let depthRange = 400.0

    var cameras: [OrthographicCamera] = []
    var cascades: [ShadowCascade] = []

    init(view: RasterCamera, sun: Vec3, size: Int) {
        let away = -sun
        let x = abs(sun.z) > 0.999 ? Vec3(1, 0, 0) : cross(Vec3(0, 0, 1), away).normalized
        let y = cross(away, x)
        let rotation = Quaternion(columns: x, y, away)
        let lens = view.camera
        // Tangent of the half diagonal: the farthest any ray leans off the axis.
        let lean = hypot(max(lens.cx, Double(lens.width) - lens.cx) / lens.fx, max(lens.cy, Double(lens.height) - lens.cy) / lens.fy)
        let axis = view.pose.rotation * Vec3(0, 0, 1)
        var start = 0.0
        for end in Self.ends {
            // The sphere through both rims of the frustum slice, or about the far rim where the slice is wide.
            let middle = min(end, (start + end) / 2 * (1 + lean * lean))
            let radius = hypot(end - middle, end * lean) * 1.02
            let texel = 2 * radius / Double(size - 8)
            let center = view.pose.position + axis * middle
            let (cx, cy) = ((dot(x, center) / texel).rounded() * texel, (dot(y, center) / texel).rounded() * texel)
            let cz = dot(away, center) - Self.depthRange
            let half = texel * Double(size) / 2
            cameras.append(
                OrthographicCamera(
                    pose: Pose(position: x * cx + y * cy + away * cz, rotation: rotation), halfWidth: half, halfHeight: half, near: 0, far: 2 * Self.depthRange))
            let eye = view.pose.position
            let row = { (a: Vec3, offset: Double) in SIMD4<Float>(Float(a.x), Float(a.y), Float(a.z), Float(offset)) }
            cascades.append(
                ShadowCascade(
                    column: row(x / texel, (dot(x, eye) - cx) / texel + Double(size) / 2), row: row(y / texel, (dot(y, eye) - cy) / texel + Double(size) / 2),
                    depth: row(away, dot(away, eye) - cz), texel: Float(texel)))
            start = end
        }
    }
}
