import Foundation
import SquallGeometry
import SquallMath

/// A road wheel in its joint's frame: axle along y, the outer face towards +y.
package enum Wheel {
    /// - Parameters:
    ///   - spokes: 0 for a plain disc, as on lorries and vans.
    ///   - fineness: 1 for the closest level.
    static func build(radius: Double, width: Double, rim: Double, spokes: Int, fineness: Double, tyre: Int, metal: Int, dark: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let segments = fineness > 0.7 ? 26 : fineness > 0.45 ? 18 : fineness > 0.35 ? 12 : 8
        let h = width / 2
        let shoulder = min(0.025, width * 0.12)
        if fineness <= 0.35 {
            mesh.lathe([Vec2(0, -h), Vec2(radius, -h), Vec2(radius, h), Vec2(rim, h)], origin: .zero, axis: Vec3(0, 1, 0), segments: segments) { _ in tyre }
            mesh.lathe([Vec2(rim, h), Vec2(0, h - 0.03)], origin: .zero, axis: Vec3(0, 1, 0), segments: segments) { _ in metal }
            return mesh
        }
        // Inner side closed, tread, outer side wall, then the rim's well.
        mesh.lathe(
            [
                Vec2(0, -h + 0.03), Vec2(rim, -h + 0.02), Vec2(radius - 0.045, -h), Vec2(radius - shoulder * 0.4, -h + shoulder * 0.5), Vec2(radius, -h + shoulder * 1.6),
                Vec2(radius, h - shoulder * 1.6), Vec2(radius - shoulder * 0.4, h - shoulder * 0.5), Vec2(radius - 0.045, h), Vec2(rim + 0.012, h - 0.008),
            ], origin: .zero, axis: Vec3(0, 1, 0), segments: segments
        ) { $0 == 0 ? dark : tyre }
        mesh.lathe(
            [Vec2(rim + 0.012, h - 0.008), Vec2(rim - 0.008, h - 0.012), Vec2(rim - 0.02, h - 0.06)], origin: .zero, axis: Vec3(0, 1, 0), segments: segments
        ) { _ in metal }
        let hub = rim * 0.27
        if spokes == 0 {
            mesh.lathe(
                [Vec2(rim - 0.02, h - 0.06), Vec2(rim * 0.66, h - 0.10), Vec2(rim * 0.55, h - 0.05), Vec2(hub, h - 0.04), Vec2(hub * 0.9, h - 0.01), Vec2(0, h - 0.005)],
                origin: .zero, axis: Vec3(0, 1, 0), segments: segments) { _ in metal }
            return mesh
        }
        // Dark brake space behind the spokes.
        mesh.lathe([Vec2(rim - 0.02, h - 0.06), Vec2(rim - 0.03, h - 0.11), Vec2(0, h - 0.11)], origin: .zero, axis: Vec3(0, 1, 0), segments: segments) { _ in dark }
        mesh.lathe([Vec2(hub, h - 0.08), Vec2(hub, h - 0.035), Vec2(hub * 0.7, h - 0.02), Vec2(0, h - 0.02)], origin: .zero, axis: Vec3(0, 1, 0), segments: segments > 18 ? 12 : 6)
        { _ in metal }
        for k in 0..<spokes {
            let a = 2 * .pi * Double(k) / Double(spokes)
            let (radial, tangent) = (Vec3(cos(a), 0, sin(a)), Vec3(-sin(a), 0, cos(a)))
            let at = { (r: Double, t: Double, y: Double) -> Vec3 in radial * r + tangent * t + Vec3(0, y, 0) }
            let (r0, r1, w0, w1) = (hub * 0.85, rim - 0.012, rim * 0.16, rim * 0.11)
            let (a0, b0, a1, b1) = (at(r0, -w0, h - 0.03), at(r0, w0, h - 0.03), at(r1, -w1, h - 0.022), at(r1, w1, h - 0.022))
            let down = Vec3(0, 0.05, 0)
            mesh.quad(a0, b0, b1, a1, slot: metal)
            mesh.quad(a0, a1, a1 - down, a0 - down, slot: metal)
            mesh.quad(b1, b0, b0 - down, b1 - down, slot: metal)
        }
        return mesh
    }

    /// The same wheel for the other side of the vehicle: turned half about z.
    static func turned(_ wheel: MeshBuilder) -> MeshBuilder {
        var mesh = MeshBuilder()
        mesh.append(wheel, Affine(x: Vec3(-1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero))
        return mesh
    }
}
