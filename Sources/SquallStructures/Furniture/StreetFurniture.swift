import Foundation
import SquallAssets
import SquallMath

/// `bench`, `litter_bin`, `waste_bin`, `hydrant`, `mailbox`, `switch_box`, `bus_shelter`: what stands on pavements.
extension Furnishing {
    private static let castIron = Material(name: "cast iron", baseColor: Vec3f(0.03, 0.034, 0.034), metallic: 0.2, roughness: 0.5, reflectance905: 0.1)

    static let bench = Furnishing([castIron, Material(name: "wooden slats", baseColor: Vec3f(0.19, 0.10, 0.05), roughness: 0.75, reflectance905: 0.45, wetting: .soft)],
        distances: [12, 35]) { mesh, size, detail, _ in
        // One sits facing -y. Slats over a curved seat and back on two or three cast frames.
        let (l, d, h) = (size.x / 2, size.y / 2, size.z)
        let curve: [Vec2] = [Vec2(-d, 0.42), Vec2(-0.80 * d, 0.445), Vec2(-0.45 * d, 0.44), Vec2(-0.05 * d, 0.425), Vec2(0.28 * d, 0.43), Vec2(0.55 * d, 0.52), Vec2(0.72 * d, 0.64),
            Vec2(0.88 * d, h - 0.09), Vec2(d, h)]
        let slats = detail == 2 ? 11 : detail == 1 ? 6 : 3
        for k in 0..<slats {
            let t = (Double(k) + 0.5) / Double(slats) * Double(curve.count - 1)
            let i = min(curve.count - 2, Int(t))
            let p = curve[i] + (curve[i + 1] - curve[i]) * (t - Double(i))
            let along = (curve[i + 1] - curve[i]).normalized, up = along.left
            let (w, s) = (0.42 * 1.15 / Double(slats), 0.016)
            let section: [Vec2] = [p - along * w - up * s, p + along * w - up * s, p + along * w + up * s, p - along * w + up * s]
            mesh.prism(section, from: -l, to: l, slot: 1)
        }
        for x in detail == 0 ? [-0.8 * l, 0.8 * l] : [-0.86 * l, 0, 0.86 * l] {
            func leg(_ path: [Vec2], _ r: Double) {
                mesh.tube(path.map { Vec3(x, $0.x, $0.y) }, radii: path.map { _ in r }, segments: detail == 2 ? 8 : 4, slot: 0)
            }
            leg([Vec2(-0.72 * d, 0), Vec2(-0.62 * d, 0.20), Vec2(-0.78 * d, 0.40)], 0.022)
            leg([Vec2(0.62 * d, 0), Vec2(0.42 * d, 0.22), Vec2(0.40 * d, 0.42), Vec2(0.70 * d, 0.62), Vec2(0.92 * d, h - 0.03)], 0.022)
            if detail > 0 {
                leg([Vec2(-0.80 * d, 0.41), Vec2(0, 0.40), Vec2(0.42 * d, 0.41)], 0.020)
                if x != 0 { leg([Vec2(-0.78 * d, 0.40), Vec2(-0.84 * d, 0.62), Vec2(-0.2 * d, 0.66), Vec2(0.70 * d, 0.64)], 0.018) }
            }
        }
    }

    static let litterBin = Furnishing(
        [castIron, Material(name: "bin", baseColor: Vec3f(0.03, 0.075, 0.045), roughness: 0.45, reflectance905: 0.3), Surfaces.galvanized, Surfaces.trim], distances: [12, 35],
        palettes: [Asset.Palette(slot: 1, colors: [Vec3f(0.03, 0.075, 0.045), Vec3f(0.09, 0.095, 0.10), Vec3f(0.40, 0.14, 0.01), Vec3f(0.02, 0.045, 0.10)])], paintSlot: 1
    ) { mesh, size, detail, _ in
        let n = [8, 14, 32][detail], (r, h) = (size.x / 2, size.z)
        let up = Vec3(0, 0, 1)
        let pot: [Vec2] = [Vec2(0, 0), Vec2(0.7 * r, 0), Vec2(0.7 * r, 0.05), Vec2(0.88 * r, 0.09), Vec2(r, h * 0.70), Vec2(r, h * 0.72), Vec2(0.9 * r, h * 0.72), Vec2(0.9 * r, h * 0.5),
            Vec2(0, h * 0.5)]
        mesh.lathe(pot, origin: .zero, axis: up, segments: n) { $0 < 3 ? 0 : $0 < 6 ? 1 : 3 }
        mesh.lathe([Vec2(0, h * 0.88), Vec2(r, h * 0.86), Vec2(r, h * 0.89), Vec2(0.8 * r, h * 0.96), Vec2(0.4 * r, h * 0.995), Vec2(0, h)], origin: .zero, axis: up,
            segments: n) { $0 == 0 ? 3 : 1 }
        for k in 0..<4 {
            let a = 2 * .pi * (Double(k) + 0.5) / 4
            let at = Vec3(cos(a) * 0.93 * r, sin(a) * 0.93 * r, 0)
            mesh.tube([at + up * (h * 0.66), at + up * (h * 0.90)], radii: [0.014, 0.014], segments: max(4, n / 4), slot: 2)
        }
    }

    static let wasteBin = Furnishing(
        [Material(name: "waste bin", baseColor: Vec3f(0.035, 0.037, 0.04), roughness: 0.55, reflectance905: 0.12), Surfaces.rubber,
            Material(name: "lid", baseColor: Vec3f(0.05, 0.05, 0.055), roughness: 0.5, reflectance905: 0.2)],
        variants: 4, distances: [12, 35],
        palettes: [Asset.Palette(slot: 2, colors: [Vec3f(0.05, 0.05, 0.055), Vec3f(0.45, 0.32, 0.01), Vec3f(0.01, 0.06, 0.22), Vec3f(0.09, 0.045, 0.02), Vec3f(0.02, 0.12, 0.04)])]
    ) { mesh, size, detail, variant in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        let n = [8, 16, 28][detail]
        let ovals: [(Double, Double, Double)] = [(0.02, 0.72, 0.74), (0.06, 0.78, 0.78), (0.55, 0.90, 0.88), (h - 0.17, 0.97, 0.95), (h - 0.12, 1.0, 1.0), (h - 0.10, 1.0, 1.0)]
        mesh.ovals(ovals.map { MeshBuilder.Oval(0.04 * x * (1 - $0.1) * 4, 0, $0.0, x * 0.92 * $0.1, y * $0.2, power: 6) }, segments: n) { _ in 0 }
        // The lid's dome, a little open on some.
        let gap = variant.uniform("open", 0...0.06)
        let dome: [(Double, Double)] = [(h - 0.105 + gap, 1.0), (h - 0.07 + gap, 1.0), (h - 0.02, 0.84), (h, 0.5)]
        mesh.ovals(dome.map { MeshBuilder.Oval(0, 0, $0.0, x * 0.94 * $0.1, y * $0.1, power: 5) }, segments: n) { _ in 2 }
        guard detail > 0 else { return }
        for side in [-1.0, 1] {
            mesh.lathe([Vec2(0, -0.025), Vec2(0.10, -0.025), Vec2(0.10, 0.025), Vec2(0, 0.025)], origin: Vec3(-0.80 * x, side * 0.62 * y, 0.10), axis: Vec3(0, 1, 0),
                segments: detail == 2 ? 18 : 10) { _ in 1 }
        }
        mesh.tube([Vec3(-x, -0.6 * y, h - 0.13), Vec3(-x, 0.6 * y, h - 0.13)], radii: [0.014, 0.014], segments: 6, slot: 0)
        for side in [-0.6, 0.6] { mesh.box(Vec3(-x, side * y - 0.02, h - 0.145), Vec3(-0.8 * x, side * y + 0.02, h - 0.115), slot: 0) }
    }

    static let hydrant = Furnishing(
        [Material(name: "hydrant", baseColor: Vec3f(0.38, 0.014, 0.012), roughness: 0.4, reflectance905: 0.45), Surfaces.galvanized], distances: [10, 30],
        palettes: [Asset.Palette(slot: 0, colors: [Vec3f(0.38, 0.014, 0.012), Vec3f(0.38, 0.014, 0.012), Vec3f(0.50, 0.34, 0.01), Vec3f(0.01, 0.06, 0.24)])], paintSlot: 0
    ) { mesh, size, detail, _ in
        let n = [8, 14, 28][detail], h = size.z
        let body: [(Double, Double)] = [(0, 0), (0.15, 0), (0.15, 0.035), (0.105, 0.05), (0.10, 0.10), (0.095, 0.42), (0.12, 0.45), (0.12, 0.50), (0.095, 0.53), (0.09, 0.60),
            (0.125, 0.62), (0.125, 0.645),
                (0.095, 0.70), (0.04, 0.735), (0.035, 0.75), (0.03, 0.80), (0, 0.80)]
        mesh.lathe(body.map { Vec2($0.0, $0.1 * h / 0.8) }, origin: .zero, axis: Vec3(0, 0, 1), segments: n) { _ in 0 }
        for (axis, reach) in [(Vec3(0, 1, 0), size.y / 2), (Vec3(0, -1, 0), size.y / 2), (Vec3(-1, 0, 0), size.x / 2)] {
            let wide = axis.x != 0 ? 0.075 : 0.055
            mesh.lathe([Vec2(wide, 0.06), Vec2(wide, reach - 0.05), Vec2(wide + 0.014, reach - 0.05), Vec2(wide + 0.014, reach - 0.012), Vec2(wide * 0.5, reach), Vec2(0, reach)],
                origin: Vec3(0, 0, 0.475 * h / 0.8), axis: axis, segments: max(6, n * 2 / 3)) { $0 < 1 ? 0 : 1 }
        }
        guard detail == 2 else { return }
        for k in 0..<8 {
            let a = 2 * .pi * Double(k) / 8
            mesh.lathe([Vec2(0.014, 0), Vec2(0.014, 0.016), Vec2(0, 0.016)], origin: Vec3(cos(a) * 0.128, sin(a) * 0.128, 0.035), axis: Vec3(0, 0, 1), segments: 6) { _ in 1 }
        }
    }

    static let mailbox = Furnishing(
        [Material(name: "mailbox", baseColor: Vec3f(0.62, 0.40, 0.01), roughness: 0.35, reflectance905: 0.6), Surfaces.trim, Surfaces.galvanized,
            Material(name: "label", baseColor: Vec3f(0.62, 0.62, 0.60), roughness: 0.6)], distances: [12, 35],
        palettes: [Asset.Palette(slot: 0, colors: [Vec3f(0.62, 0.40, 0.01), Vec3f(0.62, 0.40, 0.01), Vec3f(0.36, 0.012, 0.014), Vec3f(0.012, 0.05, 0.22)])], paintSlot: 0
    ) { mesh, size, detail, _ in
        // Its slot and door look to -y.
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        let low = 0.52 * h
        for side in [-0.55, 0.55] { mesh.tube([Vec3(side * x, 0, 0), Vec3(side * x, 0, low + 0.02)], radii: [0.028, 0.028], segments: detail == 2 ? 12 : 6, slot: 2) }
        let arch = (0...(detail == 2 ? 8 : 3)).map { k -> Vec2 in
            let a = .pi * Double(k) / Double(detail == 2 ? 8 : 3)
            return Vec2(cos(a) * y, h - 0.10 + 0.10 * sin(a))
        }
        mesh.prism([Vec2(-y, low), Vec2(y, low)] + arch, from: -x, to: x, slot: 0)
        guard detail > 0 else { return }
        mesh.box(Vec3(-0.72 * x, -y - 0.035, h - 0.18), Vec3(0.72 * x, -y + 0.01, h - 0.10), slot: 0, bevel: 0.012)
        mesh.box(Vec3(-0.62 * x, -y - 0.037, h - 0.168), Vec3(0.62 * x, -y - 0.03, h - 0.125), slot: 1)
        mesh.box(Vec3(-0.85 * x, -y - 0.008, low + 0.04), Vec3(0.85 * x, -y + 0.01, h - 0.24), slot: 0, bevel: 0.006)
        mesh.box(Vec3(-0.35 * x, -y - 0.011, low + 0.22), Vec3(0.35 * x, -y, low + 0.34), slot: 3)
        mesh.lathe([Vec2(0.016, 0), Vec2(0.016, 0.012), Vec2(0, 0.014)], origin: Vec3(0.7 * x, -y - 0.008, low + 0.14), axis: Vec3(0, -1, 0), segments: 10) { _ in 2 }
    }

    static let switchBox = Furnishing(
        [Material(name: "switch box", baseColor: Vec3f(0.26, 0.275, 0.26), roughness: 0.6, reflectance905: 0.4), Surfaces.trim,
            Material(name: "foot", baseColor: Vec3f(0.2, 0.2, 0.19), roughness: 0.9, wetting: .porous)], distances: [15, 40], paintSlot: 0
    ) { mesh, size, detail, _ in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        mesh.box(Vec3(-x + 0.02, -y + 0.03, 0), Vec3(x - 0.02, y - 0.03, 0.16), slot: 2)
        mesh.box(Vec3(-x + 0.015, -y + 0.025, 0.14), Vec3(x - 0.015, y - 0.025, h - 0.05), slot: 0, bevel: detail > 0 ? 0.01 : 0)
        mesh.prism([Vec2(-y, h - 0.06), Vec2(y, h - 0.06), Vec2(y, h - 0.02), Vec2(0, h), Vec2(-y, h - 0.02)], from: -x, to: x, slot: 0)
        guard detail > 0 else { return }
        for (a, b) in [(-0.93 * x, -0.015), (0.015, 0.93 * x)] { mesh.box(Vec3(a, -y + 0.012, 0.22), Vec3(b, -y + 0.03, h - 0.12), slot: 0, bevel: 0.008) }
        mesh.box(Vec3(0.03, -y + 0.002, h * 0.5), Vec3(0.06, -y + 0.015, h * 0.5 + 0.14), slot: 1, bevel: 0.004)
        for k in 0..<(detail == 2 ? 5 : 0) {
            for a in [-0.7 * x, 0.25 * x] { mesh.box(Vec3(a, -y + 0.008, h - 0.30 + 0.025 * Double(k)), Vec3(a + 0.4 * x, -y + 0.014, h - 0.292 + 0.025 * Double(k)), slot: 1) }
        }
    }

    static let busShelter = Furnishing(
        [
            Material(name: "shelter frame", baseColor: Vec3f(0.06, 0.065, 0.07), metallic: 0.5, roughness: 0.4, reflectance905: 0.2),
            Material(name: "shelter glass", baseColor: Vec3f(0.03, 0.035, 0.035), roughness: 0.03, alpha: .glass(transmission: 0.8), doubleSided: true, reflectance905: 0.04, transmission905: 0.8),
            Material(name: "shelter bench", baseColor: Vec3f(0.20, 0.12, 0.06), roughness: 0.7, reflectance905: 0.4, wetting: .soft),
            { () -> Material in
                var poster = Material(name: "lit poster", baseColor: Vec3f(0.55, 0.52, 0.42), roughness: 0.4, emission: Vec3f(330, 310, 250), reflectance905: 0.5)
                poster.lamp = .sign
                return poster
            }(),
            Material(name: "shelter roof", baseColor: Vec3f(0.22, 0.225, 0.23), roughness: 0.5, reflectance905: 0.3),
            Material(name: "poster art", baseColor: Vec3f(0.10, 0.24, 0.40), roughness: 0.4, reflectance905: 0.4),
        ], distances: [25, 70]
    ) { mesh, size, detail, _ in
        // Open to -y, towards the road.
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        mesh.prism([Vec2(-y, h - 0.05), Vec2(-y + 0.05, h - 0.10), Vec2(y - 0.05, h - 0.18), Vec2(y, h - 0.14), Vec2(y, h - 0.08), Vec2(-y, h)], from: -x, to: x, slot: 4)
        // Panes are single sheets that look outward.
        let back = y - 0.15
        let bays = 4
        for k in 0...bays {
            let u = lerp(-x + 0.1, x - 0.1, Double(k) / Double(bays))
            mesh.box(Vec3(u - 0.03, back - 0.03, 0), Vec3(u + 0.03, back + 0.03, h - 0.14), slot: 0, bevel: detail == 2 ? 0.006 : 0)
            if k < bays, detail > 0 {
                let v = lerp(-x + 0.1, x - 0.1, Double(k + 1) / Double(bays))
                mesh.quad(Vec3(v - 0.03, back, 0.18), Vec3(u + 0.03, back, 0.18), Vec3(u + 0.03, back, 2.1), Vec3(v - 0.03, back, 2.1), slot: 1)
                mesh.box(Vec3(u + 0.03, back - 0.015, 0.14), Vec3(v - 0.03, back + 0.015, 0.18), slot: 0)
                mesh.box(Vec3(u + 0.03, back - 0.015, 2.1), Vec3(v - 0.03, back + 0.015, 2.14), slot: 0)
            }
        }
        for side in [-1.0, 1] { mesh.box(Vec3(side * (x - 0.1) - 0.03, -0.45 * y, 0), Vec3(side * (x - 0.1) + 0.03, -0.45 * y + 0.06, h - 0.1), slot: 0, bevel: detail == 2 ? 0.006 : 0) }
        // A pane at one end, a lit poster at the other.
        let (pane, panel) = (-x + 0.1, x - 0.1)
        if detail > 0 { mesh.quad(Vec3(pane, back - 0.03, 0.18), Vec3(pane, -0.4 * y, 0.18), Vec3(pane, -0.4 * y, 2.1), Vec3(pane, back - 0.03, 2.1), slot: 1) }
        mesh.box(Vec3(panel - 0.07, -0.42 * y, 0.25), Vec3(panel + 0.07, back - 0.04, 2.08), slot: 0, bevel: detail > 0 ? 0.015 : 0)
        for side in [-1.0, 1] {
            mesh.box(Vec3(panel + side * 0.064 - 0.012, -0.36 * y, 0.36), Vec3(panel + side * 0.064 + 0.012, back - 0.12, 1.98), slot: 3)
            if detail > 0 { mesh.box(Vec3(panel + side * 0.066 - 0.012, -0.28 * y, 0.62), Vec3(panel + side * 0.066 + 0.012, back - 0.24, 1.30), slot: 5) }
        }
        for k in 0..<(detail == 2 ? 4 : 1) {
            let w = detail == 2 ? 0.08 : 0.36
            mesh.box(Vec3(-0.62 * x, back - 0.46 + 0.1 * Double(k), 0.44), Vec3(0.45 * x, back - 0.46 + 0.1 * Double(k) + w, 0.47), slot: 2, bevel: detail == 2 ? 0.006 : 0)
        }
        for u in [-0.5 * x, 0.33 * x] { mesh.box(Vec3(u - 0.03, back - 0.42, 0), Vec3(u + 0.03, back - 0.06, 0.44), slot: 0) }
    }
}
