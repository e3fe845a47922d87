import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `bridge`, `tunnel_portal`, `gantry`, `noise_barrier`, `wall`, `fence`: what is built over and along roads.
extension Furnishing {
    private static let concrete: Material = {
        var result = Material(name: "concrete", baseColor: Vec3f(0.34, 0.335, 0.32), roughness: 0.9, reflectance905: 0.34, wetting: .porous)
        result.detail = .concrete
        return result
    }()
    private static let dark = Material(name: "opening", baseColor: Vec3f(repeating: 0.01), roughness: 1, reflectance905: 0.05)
    private static let railing = Material(name: "railing", baseColor: Vec3f(0.09, 0.095, 0.10), metallic: 0.4, roughness: 0.5, reflectance905: 0.2)

    /// An overpass across the road: the road below runs along x, the deck along y. Clear height 4.9 m between abutments 2 m from the ends.
    static let bridge = Furnishing([concrete, railing, Surfaces.galvanized, Material(name: "bearing", baseColor: Vec3f(repeating: 0.03), roughness: 0.8)], distances: [60, 200],
        crease: 0.4) { mesh, size, detail, _ in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        let deck = h - 1.15, under = deck - 1.25
        let abutment = 2.2
        // Deck slab with cornices, and girders whose soffit rises a little towards the middle.
        let spans = detail == 2 ? 14 : 6
        mesh.box(Vec3(-x + 0.25, -y, deck - 0.35), Vec3(x - 0.25, y, deck), slot: 0)
        for side in [-1.0, 1] {
            let edge = side * (x - 0.25)
            mesh.box(Vec3(min(edge, side * x), -y, deck - 0.45), Vec3(max(edge, side * x), y, deck + 0.20), slot: 0, bevel: detail > 0 ? 0.04 : 0)
        }
        for k in 0..<4 {
            let u = lerp(-x + 1.4, x - 1.4, Double(k) / 3)
            var rows: [[Vec3]] = []
            for s in 0...spans {
                let t = Double(s) / Double(spans), v = lerp(-y + abutment - 0.6, y - abutment + 0.6, t)
                let low = under + 0.35 * (1 - (2 * t - 1) * (2 * t - 1))
                rows.append([Vec3(u - 0.45, v, deck - 0.3), Vec3(u - 0.28, v, low), Vec3(u + 0.28, v, low), Vec3(u + 0.45, v, deck - 0.3)])
            }
            mesh.grid(rows, flipped: false) { _, _ in 0 }
            if detail > 0 {
                for side in [-1.0, 1] { mesh.box(Vec3(u - 0.25, side * (y - abutment + 0.3) - 0.25, under - 0.12), Vec3(u + 0.25, side * (y - abutment + 0.3) + 0.25, under + 0.03), slot: 3) }
            }
        }
        for side in [-1.0, 1] {
            let (a, b) = (side * y, side * (y - abutment))
            mesh.box(Vec3(-x + 0.3, min(a, b), 0), Vec3(x - 0.3, max(a, b), under - 0.1), slot: 0, bevel: detail > 0 ? 0.05 : 0)
            mesh.box(Vec3(-x + 0.3, min(a, a - side * 0.9), under - 0.1), Vec3(x - 0.3, max(a, a - side * 0.9), deck - 0.3), slot: 0)
        }
        for side in [-1.0, 1] {
            let edge = side * (x - 0.13)
            for z in [0.55, 0.95] { mesh.tube([Vec3(edge, -y, deck + 0.2 + z), Vec3(edge, y, deck + 0.2 + z)], radii: [0.035, 0.035], segments: detail == 2 ? 8 : 4, slot: 2) }
            let bars = detail == 2 ? Int(size.y / 0.35) : detail == 1 ? Int(size.y / 2) : 0
            for k in 0...max(1, bars) where bars > 0 {
                let v = lerp(-y + 0.05, y - 0.05, Double(k) / Double(bars)), r = k % 6 == 0 ? 0.03 : 0.012
                mesh.box(Vec3(edge - r, v - r, deck + 0.18), Vec3(edge + r, v + r, deck + 1.15), slot: k % 6 == 0 ? 2 : 1)
            }
        }
    }

    /// The mouth of a tunnel: the road enters along +x under an arch, between wing walls; behind it is dark.
    static let tunnelPortal = Furnishing([concrete, dark, railing, Material(name: "tunnel lining", baseColor: Vec3f(0.30, 0.30, 0.29), roughness: 0.7, reflectance905: 0.3)],
        distances: [60, 200], crease: 0.5) { mesh, size, detail, _ in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        let segments = detail == 2 ? 24 : detail == 1 ? 14 : 8
        let (half, spring, rise) = (y - 2.4, 2.6, min(h - 4.3, y - 2.6))
        let arch = (0...segments).map { k -> Vec2 in
            let a = .pi * (1 - Double(k) / Double(segments))
            return Vec2(half * cos(a), spring + rise * sin(a))
        }
        let mouth = [Vec2(-half, 0)] + arch + [Vec2(half, 0)]
        let front = -x + 0.8
        // The wall around the mouth, in strips up to the top.
        for (p, q) in zip(mouth, mouth.dropFirst()) where q.x > p.x + 1e-9 {
            mesh.quad(Vec3(front, q.x, q.y), Vec3(front, p.x, p.y), Vec3(front, p.x, h - 0.6), Vec3(front, q.x, h - 0.6), slot: 0)
        }
        for side in [-1.0, 1] {
            let (a, b) = (side < 0 ? (-y, -half) : (half, y))
            mesh.quad(Vec3(front, b, 0), Vec3(front, a, 0), Vec3(front, a, h - 0.6), Vec3(front, b, h - 0.6), slot: 0)
        }
        mesh.box(Vec3(front - 0.35, -y, h - 0.7), Vec3(x, y, h), slot: 0, bevel: detail > 0 ? 0.06 : 0)
        // The lining and its ring, which stands out; darkness at its end.
        for (p, q) in zip(mouth, mouth.dropFirst()) {
            mesh.quad(Vec3(front, p.x, p.y), Vec3(front, q.x, q.y), Vec3(x - 0.02, q.x, q.y), Vec3(x - 0.02, p.x, p.y), slot: 3)
            mesh.quad(Vec3(front, p.x, p.y), Vec3(front - 0.3, p.x, p.y), Vec3(front - 0.3, q.x, q.y), Vec3(front, q.x, q.y), slot: 0)
            let (r, s) = (p * 1.07, q * 1.07)
            mesh.quad(Vec3(front - 0.3, p.x, p.y), Vec3(front - 0.3, r.x, r.y), Vec3(front - 0.3, s.x, s.y), Vec3(front - 0.3, q.x, q.y), slot: 0)
            mesh.quad(Vec3(front - 0.3, r.x, r.y), Vec3(front, r.x, r.y), Vec3(front, s.x, s.y), Vec3(front - 0.3, s.x, s.y), slot: 0)
            if q.x > p.x + 1e-9 { mesh.quad(Vec3(x, p.x, p.y), Vec3(x, q.x, q.y), Vec3(x, q.x, h - 0.6), Vec3(x, p.x, h - 0.6), slot: 0) }
            mesh.triangle(Vec3(x - 0.03, 0, 0), Vec3(x - 0.03, p.x, p.y), Vec3(x - 0.03, q.x, q.y), slot: 1)
        }
        // Wing walls, and the mass behind.
        for side in [-1.0, 1] {
            let (a, b) = (side * y, side * (y - 0.5))
            mesh.prismY([Vec2(-x, 0), Vec2(front, 0), Vec2(front, h - 0.6), Vec2(-x, h * 0.42)], from: min(a, b), to: max(a, b), slot: 0)
            let (near, far) = side < 0 ? (front, x) : (x, front)
            mesh.quad(Vec3(near, side * y, 0), Vec3(far, side * y, 0), Vec3(far, side * y, h - 0.5), Vec3(near, side * y, h - 0.5), slot: 0)
            mesh.quad(Vec3(x, min(side * half, side * y), 0), Vec3(x, max(side * half, side * y), 0), Vec3(x, max(side * half, side * y), h - 0.5),
                Vec3(x, min(side * half, side * y), h - 0.5), slot: 0)
        }
        guard detail == 2 else { return }
        for k in 0...Int(2 * y / 2) {
            let v = lerp(-y + 0.1, y - 0.1, Double(k) / Double(Int(2 * y / 2)))
            mesh.box(Vec3(front - 0.10, v - 0.02, h - 0.05), Vec3(front - 0.06, v + 0.02, h + 0.001), slot: 2)
        }
    }

    /// A noise barrier's 4 m: steel posts, panels of ribbed aluminium, a concrete foot. One face to +y, one to -y.
    static let noiseBarrier = Furnishing(
        [concrete, Material(name: "post", baseColor: Vec3f(0.22, 0.225, 0.23), metallic: 0.5, roughness: 0.5, reflectance905: 0.3),
            Material(name: "panel", baseColor: Vec3f(0.18, 0.24, 0.19), roughness: 0.6, reflectance905: 0.35)],
        variants: 3, distances: [30, 90], palettes: [Asset.Palette(slot: 2, colors: [Vec3f(0.18, 0.24, 0.19), Vec3f(0.30, 0.31, 0.31), Vec3f(0.16, 0.20, 0.25),
            Vec3f(0.27, 0.22, 0.16)])], paintSlot: 2
    ) { mesh, size, detail, _ in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        mesh.box(Vec3(-x, -y * 0.75, 0), Vec3(x, y * 0.75, 0.45), slot: 0, bevel: detail > 0 ? 0.02 : 0)
        for end in [-1.0, 1] {
            // Half of an I beam at each end; the next piece brings the other.
            mesh.box(Vec3(min(end * x, end * (x - 0.06)), -y, 0), Vec3(max(end * x, end * (x - 0.06)), y, h), slot: 1)
        }
        let ribs = detail == 2 ? Int((h - 0.45) / 0.16) : detail == 1 ? Int((h - 0.45) / 0.5) : 1
        for k in 0..<ribs {
            let (a, b) = (lerp(0.45, h - 0.02, Double(k) / Double(ribs)), lerp(0.45, h - 0.02, Double(k + 1) / Double(ribs)))
            let t = 0.06 * min(1, (b - a) * 2), d = y * 0.62
            let ring: [Vec2] = [Vec2(-d + 0.02, a), Vec2(d - 0.02, a), Vec2(d, a + t), Vec2(d, b - t), Vec2(d - 0.02, b), Vec2(-d + 0.02, b), Vec2(-d, b - t), Vec2(-d, a + t)]
            mesh.prism(ring, from: -x + 0.05, to: x - 0.05, slot: 2)
        }
    }

    /// Four metres of garden wall with a coping and two piers.
    static let wall = Furnishing(
        [
            {
                var brick = Material(name: "brick", baseColor: Vec3f(0.28, 0.13, 0.085), roughness: 0.9, reflectance905: 0.3, wetting: .porous)
                brick.detail = .brick
                return brick
            }(), concrete,
        ], variants: 3, distances: [25, 80], palettes: [Asset.Palette(slot: 0, colors: [Vec3f(0.28, 0.13, 0.085), Vec3f(0.36, 0.26, 0.17), Vec3f(0.44, 0.42, 0.38)])], paintSlot: 0
    ) { mesh, size, detail, _ in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        mesh.box(Vec3(-x, -0.55 * y, 0), Vec3(x, 0.55 * y, h - 0.22), slot: 0)
        mesh.prism([Vec2(-0.72 * y, h - 0.24), Vec2(0.72 * y, h - 0.24), Vec2(0.72 * y, h - 0.19), Vec2(0, h - 0.14), Vec2(-0.72 * y, h - 0.19)], from: -x, to: x, slot: 1)
        for u in [-x + 0.2, 0] {
            mesh.box(Vec3(u - 0.18, -0.85 * y, 0), Vec3(u + 0.18, 0.85 * y, h - 0.1), slot: 0)
            guard detail == 2 else { continue }
            mesh.box(Vec3(u - 0.2, -y, h - 0.12), Vec3(u + 0.2, y, h - 0.06), slot: 1, bevel: 0.012)
            let rim = [Vec3(u - 0.17, -0.85 * y, h - 0.06), Vec3(u + 0.17, -0.85 * y, h - 0.06), Vec3(u + 0.17, 0.85 * y, h - 0.06), Vec3(u - 0.17, 0.85 * y, h - 0.06)]
            for k in 0..<4 { mesh.triangle(rim[k], rim[(k + 1) % 4], Vec3(u, 0, h), slot: 1) }
        }
        if detail == 1 { for u in [-x + 0.2, 0] { mesh.box(Vec3(u - 0.2, -y, h - 0.12), Vec3(u + 0.2, y, h), slot: 1) } }
        if detail == 0 { mesh.box(Vec3(-x, -y, h - 0.1), Vec3(-x + 0.4, y, h), slot: 1) }
    }

    /// Two and a half metres of fence: variant 0 steel bars, others wooden pickets or boards.
    static let fence = Furnishing(
        [railing, Material(name: "fence boards", baseColor: Vec3f(0.22, 0.15, 0.095), roughness: 0.85, reflectance905: 0.45, wetting: .soft)], variants: 3, distances: [18, 50],
        palettes: [Asset.Palette(slot: 1, colors: [Vec3f(0.22, 0.15, 0.095), Vec3f(0.58, 0.57, 0.54), Vec3f(0.13, 0.085, 0.055), Vec3f(0.26, 0.24, 0.22)])], paintSlot: 1
    ) { mesh, size, detail, variant in
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        let isSteel = variant.index % 3 == 0, slot = isSteel ? 0 : 1
        for end in [-1.0, 1] { mesh.box(Vec3(min(end * x, end * (x - 0.06)), -y, 0), Vec3(max(end * x, end * (x - 0.06)), y, h), slot: slot, bevel: detail == 2 ? 0.008 : 0) }
        for z in [0.16, 0.80] { mesh.box(Vec3(-x, 0.005, z * h - 0.025), Vec3(x, 0.04, z * h + 0.025), slot: slot) }
        let pitch = isSteel ? 0.12 : 0.11 + 0.02 * Double(variant.index % 3)
        let count = Int(size.x / (detail == 2 ? pitch : pitch * 2.2))
        guard detail > 0 else {
            mesh.box(Vec3(-x, -0.01, 0.12 * h), Vec3(x, 0.0, 0.9 * h), slot: slot)
            return
        }
        for k in 1..<count {
            let u = lerp(-x, x, Double(k) / Double(count))
            if isSteel {
                mesh.box(Vec3(u - 0.008, -0.008, 0.08 * h), Vec3(u + 0.008, 0.008, 0.93 * h), slot: 0)
                mesh.lathe([Vec2(0.012, 0), Vec2(0.018, 0.02), Vec2(0, 0.07)], origin: Vec3(u, 0, 0.93 * h), axis: Vec3(0, 0, 1), segments: 4) { _ in 0 }
            } else {
                let w = detail == 2 ? 0.038 : 0.08, top = 0.95 * h
                let board = [Vec2(u - w, 0.06 * h), Vec2(u + w, 0.06 * h), Vec2(u + w, top - 0.05), Vec2(u, top), Vec2(u - w, top - 0.05)]
                mesh.prismY(board, from: -0.02, to: 0.004, slot: 1)
            }
        }
    }
}

extension MeshBuilder {
    /// A plane outline (x, z), counter-clockwise seen against y, drawn out along y: for convex sections.
    mutating func prismY(_ section: [Vec2], from y0: Double, to y1: Double, slot: Int) {
        for (k, p) in section.enumerated() {
            let q = section[(k + 1) % section.count]
            quad(Vec3(p.x, y0, p.y), Vec3(p.x, y1, p.y), Vec3(q.x, y1, q.y), Vec3(q.x, y0, q.y), slot: slot)
        }
        polygon(section.map { Vec3($0.x, y0, $0.y) }, slot: slot)
        polygon(section.reversed().map { Vec3($0.x, y1, $0.y) }, slot: slot)
    }
}
