import Foundation
import SquallAssets
import SquallMath
import SquallSkins

/// A wheel in its joint's frame: axle along y, the outer face towards +y. Tyre with its profile and grooves, rim, disc, spokes.
package struct RoadWheel: Equatable {
    package enum Style: Sendable, Equatable {
        case spokes(Int, twin: Bool)
        /// A pressed steel disc, with or without a cover.
        case steel
        /// Lorry wheels: bulging front disc, hollow twin rear.
        case lorryFront, lorryRear
        /// Bicycles, wheelchairs, prams.
        case wire(Int)
    }
    var radius: Double, width: Double, rim: Double
    var style: Style
    /// Seen from both sides: two-wheelers have no closed inner side.
    var isOpen = false

    /// - Parameter level: of detail, 0 the finest.
    func skin(level: Int) -> Skin {
        var skin = Skin()
        let h = width / 2
        let n = [28, 12, 8, 8][min(level, 3)]
        if level >= 2 {
            let hoop: [Vec2] = level == 2 ? [Vec2(rim, -h), Vec2(radius, -h), Vec2(radius, h), Vec2(rim, h)] : [Vec2(radius, -h), Vec2(radius, h)]
            for (a, b) in zip(hoop, hoop.dropFirst()) { lathe(&skin, [a, b], n, VehicleSlot.tyre) }
            if case .wire = style { return skin }
            let hub = level == 2 ? rim : radius
            skin.paste(CutPath.circle(.zero, hub, n), level == 2 ? VehicleSlot.rim : VehicleSlot.tyre) { Vec3($0.x, h, -$0.y) }
            if level == 2, !isOpen { skin.paste(CutPath.circle(.zero, rim, n), VehicleSlot.underbody) { Vec3($0.x, -h, $0.y) } }
            return skin
        }
        tyre(&skin, n, fine: level == 0)
        if case .wire(let count) = style {
            wires(&skin, n, level == 0 ? count : count / 2)
            return skin
        }
        // Lip and barrel, closed towards the car.
        lathe(&skin, [Vec2(rim + 0.006, h * 0.9), Vec2(rim - 0.012, h * 0.9)], n, VehicleSlot.rim)
        lathe(&skin, [Vec2(rim - 0.012, h * 0.9), Vec2(rim - 0.022, h * 0.55), Vec2(rim - 0.03, -h * 0.2)], n, VehicleSlot.rim)
        if !isOpen {
            lathe(&skin, [Vec2(0, -h * 0.7), Vec2(rim, -h * 0.9)], n, VehicleSlot.underbody)
            lathe(&skin, [Vec2(rim - 0.03, -h * 0.2), Vec2(0, -h * 0.2)], n, VehicleSlot.gap)
        }
        switch style {
        case .spokes(let count, let twin):
            if level == 0 {
                lathe(&skin, [Vec2(rim * 0.80, -h * 0.05), Vec2(rim * 0.3, -h * 0.05)], 24, VehicleSlot.disc)
                for k in 0..<count { spoke(&skin, Double(k) / Double(count), count, twin) }
                lathe(&skin, [Vec2(rim * 0.26, h * 0.2), Vec2(rim * 0.25, h * 0.62), Vec2(rim * 0.2, h * 0.7)], 16, VehicleSlot.rim)
                lathe(&skin, [Vec2(rim * 0.2, h * 0.7), Vec2(0, h * 0.72)], 12, VehicleSlot.chrome)
            } else {
                sectors(&skin, count)
            }
        case .steel: dish(&skin, n, [(0.86, 0.55), (0.8, 0.30), (0.62, 0.42), (0.5, 0.62), (0.3, 0.66), (0.26, 0.8), (0, 0.82)], holes: level == 0 ? 10 : 0, VehicleSlot.steel)
        case .lorryFront: dish(&skin, n, [(0.9, 0.2), (0.82, 0.28), (0.62, 0.75), (0.5, 0.8), (0.45, 1.02), (0.3, 1.1), (0, 1.12)], holes: level == 0 ? 8 : 0, VehicleSlot.steel)
        case .lorryRear: dish(&skin, n, [(0.92, 0.7), (0.85, 0.25), (0.62, -0.15), (0.5, 0.0), (0.42, 0.55), (0.3, 0.6), (0, 0.62)], holes: level == 0 ? 8 : 0, VehicleSlot.steel)
        case .wire: break
        }
        return skin
    }

    private func tyre(_ skin: inout Skin, _ n: Int, fine: Bool) {
        let (h, wall) = (width / 2, radius - rim)
        let shoulder = min(0.03, wall * 0.35)
        var outline = [Vec2(rim, -h * 0.86), Vec2(rim + wall * 0.3, -h * 0.97), Vec2(rim + wall * 0.55, -h), Vec2(radius - shoulder, -h * 0.95), Vec2(radius - shoulder * 0.3, -h * 0.86)]
        let outer = outline.reversed().map { Vec2($0.x, -$0.y) }
        if fine, width > 0.12 {
            outline.append(Vec2(radius, -h * 0.74))
            for y in [-0.3, 0.3] {
                let (a, b, d) = (h * y - 0.007, h * y + 0.007, radius - 0.008)
                outline += [Vec2(radius, a), Vec2(d, a + 0.001), Vec2(d, b - 0.001), Vec2(radius, b)]
            }
            outline.append(Vec2(radius, h * 0.74))
        } else {
            outline += [Vec2(radius, -h * 0.6), Vec2(radius, h * 0.6)]
        }
        lathe(&skin, outline + outer, n, VehicleSlot.tyre)
    }

    private func lathe(_ skin: inout Skin, _ profile: [Vec2], _ n: Int, _ slot: Int) {
        let turn = (0..<n).map { k -> (Double, Double) in
            let a = 2 * .pi * Double(k) / Double(n) - .pi / 2
            // The lowest corner stands on the ground exactly.
            return k == 0 ? (0, -1) : (cos(a), sin(a))
        }
        skin.net(profile.map { p in turn.map { Vec3(p.x * $0.0, p.y, p.x * $0.1) } }, closed: true) { _, _ in slot }
    }

    private func spoke(_ skin: inout Skin, _ turn: Double, _ count: Int, _ twin: Bool) {
        let h = width / 2
        let step = 2 * .pi / Double(count)
        for fork in twin ? [-0.2, 0.2] : [0.0] {
            let rows = (0...5).map { i -> [Vec3] in
                let t = Double(i) / 5
                let r = rim * (0.2 + 0.77 * t)
                let a = 2 * .pi * turn + step * fork * t * 1.15
                let half = rim * (twin ? 0.075 - 0.025 * t : 0.15 - 0.055 * t) * min(1, 8.5 / Double(count) * (twin ? 0.8 : 1))
                let y = h * (0.66 + 0.2 * t * t)
                let (radial, tangent) = (Vec3(cos(a), 0, sin(a)), Vec3(-sin(a), 0, cos(a)))
                return [(-1.0, y - 0.05), (-0.9, y - 0.006), (-0.5, y), (0.5, y), (0.9, y - 0.006), (1.0, y - 0.05)].map { radial * r + tangent * (half * $0.0) + Vec3(0, $0.1, 0) }
            }
            skin.net(rows, flipped: true) { _, _ in VehicleSlot.rim }
        }
    }

    private func sectors(_ skin: inout Skin, _ count: Int) {
        let n = 2 * count
        let y = width / 2 * 0.7
        let ring = (0..<n).map { k -> Vec3 in
            let a = 2 * .pi * (Double(k) + 0.5) / Double(n)
            return Vec3(cos(a), 0, sin(a)) * (rim - 0.015)
        }
        skin.net([ring.map { $0 + Vec3(0, y, 0) }, ring.map { $0 * 0.02 + Vec3(0, y, 0) }], closed: true) { _, j in j % 2 == 1 ? VehicleSlot.rim : VehicleSlot.gap }
    }

    private func dish(_ skin: inout Skin, _ n: Int, _ profile: [(Double, Double)], holes: Int, _ slot: Int) {
        let h = width / 2
        let points = profile.map { Vec2(rim * $0.0, h * $0.1) }
        lathe(&skin, [Vec2(rim - 0.014, h * 0.88), points[0]], n, slot)
        lathe(&skin, points, n, slot)
        guard holes > 0 else { return }
        for k in 0..<holes {
            let a = 2 * .pi * Double(k) / Double(holes)
            let (radial, tangent) = (Vec3(cos(a), 0, sin(a)), Vec3(-sin(a), 0, cos(a)))
            // Hand holes between the second and third ring of the disc, nuts on the flat of the hub.
            let (p, q) = (points[1] + (points[2] - points[1]) * 0.2, points[1] + (points[2] - points[1]) * 0.8)
            let half = rim * 0.07
            let at = { (s: Vec2, t: Double) in radial * s.x + tangent * t + Vec3(0, s.y + 0.004, 0) }
            skin.quad(at(p, -half), at(q, -half), at(q, half), at(p, half), slot: VehicleSlot.gap)
            let nut = points[3] + (points[4] - points[3]) * 0.05
            let (c, s) = (radial * (nut.x - 0.02) + Vec3(0, nut.y, 0), rim * 0.035)
            let corners = (0..<6).map { i -> Vec3 in
                let b = Double.pi / 3 * Double(i)
                return (radial * cos(b) - tangent * sin(b)) * s
            }
            let rows = [Vec2(0, 1), Vec2(0.02, 0.8), Vec2(0.021, 0)].map { step in corners.map { c + $0 * step.y + Vec3(0, step.x, 0) } }
            skin.net(rows, closed: true, flipped: true) { _, _ in slot }
        }
    }

    /// Rim, hub and tangential spokes.
    private func wires(_ skin: inout Skin, _ n: Int, _ count: Int) {
        let h = width / 2
        lathe(&skin, [Vec2(rim, -h * 0.86), Vec2(rim - 0.02, -h * 0.7), Vec2(rim - 0.02, h * 0.7), Vec2(rim, h * 0.86)].reversed(), n, VehicleSlot.rim)
        lathe(&skin, [Vec2(0, -0.035), Vec2(0.02, -0.035), Vec2(0.014, -0.02), Vec2(0.014, 0.02), Vec2(0.02, 0.035), Vec2(0, 0.035)], 8, VehicleSlot.rim)
        for k in 0..<count {
            let a = 2 * .pi * Double(k) / Double(count)
            let b = a + (k % 2 == 0 ? 0.5 : -0.5)
            let side = k % 4 < 2 ? 0.03 : -0.03
            let (p, q) = (Vec3(0.018 * cos(b), side, 0.018 * sin(b)), Vec3((rim - 0.018) * cos(a), 0, (rim - 0.018) * sin(a)))
            let along = (q - p).normalized
            let (u, v) = (cross(along, Vec3(0, 1, 0)).normalized * 0.0014, Vec3(0, 0.0014, 0))
            let ring = { (c: Vec3) in [c + u, c - u * 0.5 + v, c - u * 0.5 - v] }
            skin.net([ring(p), ring(q)], closed: true) { _, _ in VehicleSlot.chrome }
        }
    }

    /// For the right side: turned half about z.
    static func turned(_ wheel: Skin) -> Skin {
        var skin = Skin()
        skin.append(wheel, Affine(x: Vec3(-1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero))
        return skin
    }
}
