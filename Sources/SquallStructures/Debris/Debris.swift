import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// `tyre`, `pallet`, `ladder`, `rock`, `branch`, `cardboard_box`, `barrel`, `plank`: what lies on roads and should not.
extension Furnishing {
    private static let wood = Material(name: "raw wood", baseColor: Vec3f(0.34, 0.24, 0.14), roughness: 0.85, reflectance905: 0.5, wetting: .soft)

    static let tyre = Furnishing([Surfaces.rubber, Material(name: "inside", baseColor: Vec3f(repeating: 0.012), roughness: 0.95, reflectance905: 0.04)], distances: [10, 30],
        crease: 0.5) { mesh, size, detail, _ in
        // A worn car tyre lying on its side: carcass, shoulder, tread blocks.
        let (r, h) = (size.x / 2, size.z), n = [12, 24, 48][detail]
        let rim = 0.58 * r
        let section: [Vec2] = [
            Vec2(rim + 0.01, 0.16 * h), Vec2(rim, 0.10 * h), Vec2(rim + 0.03, 0.03 * h), Vec2(0.80 * r, 0), Vec2(0.93 * r, 0.09 * h), Vec2(0.985 * r, 0.17 * h), Vec2(r, 0.30 * h), Vec2(r,
                0.70 * h), Vec2(0.985 * r, 0.83 * h),
            Vec2(0.93 * r, 0.91 * h), Vec2(0.80 * r, h), Vec2(rim + 0.03, 0.97 * h), Vec2(rim, 0.90 * h), Vec2(rim + 0.01, 0.84 * h), Vec2(0.90 * r, 0.72 * h), Vec2(0.93 * r,
                0.5 * h), Vec2(0.90 * r, 0.28 * h), Vec2(rim + 0.01, 0.16 * h),
        ]
        mesh.lathe(section, origin: .zero, axis: Vec3(0, 0, 1), segments: n) { $0 >= 13 ? 1 : 0 }
        guard detail == 2 else { return }
        for k in 0..<n {
            let a = 2 * .pi * (Double(k) + 0.5) / Double(n), turn = Pose(rotation: Quaternion(yaw: a))
            for z in [0.30, 0.54] {
                var block = MeshBuilder()
                block.box(Vec3(r - 0.012, -0.55 * .pi * r / Double(n), z * h), Vec3(r, 0.55 * .pi * r / Double(n), (z + 0.17) * h), slot: 0)
                mesh.append(block, Affine(turn))
            }
        }
    }

    static let pallet = Furnishing([wood, Material(name: "pallet block", baseColor: Vec3f(0.26, 0.19, 0.12), roughness: 0.9, reflectance905: 0.45, wetting: .soft)],
        variants: 2, distances: [18]) { mesh, size, detail, variant in
        // EUR pallet: five boards on three stringers on nine blocks on three skids.
        let (x, y, h) = (size.x / 2, size.y / 2, size.z), b = detail == 2 ? 0.004 : 0
        for k in 0..<5 {
            let w = k % 2 == 0 ? 0.0725 : 0.05, at = lerp(-y + 0.0725, y - 0.0725, Double(k) / 4)
            let broken = variant.index > 0 && k == 1 ? 0.45 : 1
            mesh.box(Vec3(-x, at - w, h - 0.022), Vec3(-x + 2 * x * broken, at + w, h), slot: 0, bevel: b)
        }
        for u in [-x + 0.0725, 0, x - 0.0725] {
            mesh.box(Vec3(u - 0.0725, -y, h - 0.044), Vec3(u + 0.0725, y, h - 0.022), slot: 0, bevel: b)
            for v in [-y + 0.05, 0, y - 0.05] { mesh.box(Vec3(u - 0.0725, v - 0.05, 0.022), Vec3(u + 0.0725, v + 0.05, h - 0.044), slot: 1, bevel: b) }
        }
        for v in [-y + 0.05, 0, y - 0.05] { mesh.box(Vec3(-x, v - 0.05, 0), Vec3(x, v + 0.05, 0.022), slot: 0, bevel: b) }
    }

    static let ladder = Furnishing([Material(name: "aluminium", baseColor: Vec3f(0.62, 0.62, 0.63), metallic: 0.85, roughness: 0.38, reflectance905: 0.55), Surfaces.trim],
        distances: [15, 45]) { mesh, size, detail, _ in
        // A lean-to ladder lying flat, rails of box section, round rungs.
        let (x, y, h) = (size.x / 2, size.y / 2, size.z), n = [4, 8, 12][detail]
        for side in [-1.0, 1] {
            mesh.box(Vec3(-x, side * (y - 0.0125) - 0.0125, 0), Vec3(x, side * (y - 0.0125) + 0.0125, h), slot: 0, bevel: detail > 0 ? 0.004 : 0)
            if detail > 0 {
                for end in [-1.0, 1] {
                    mesh.box(Vec3(end * (x - 0.03) - 0.03, side * (y - 0.0125) - 0.0125, 0.002), Vec3(end * (x - 0.03) + 0.03, side * (y - 0.0125) + 0.0125, h - 0.002), slot: 1)
                }
            }
        }
        for k in 0..<12 {
            let u = lerp(-x + 0.15, x - 0.15, Double(k) / 11)
            mesh.tube([Vec3(u, -y + 0.02, h / 2), Vec3(u, y - 0.02, h / 2)], radii: [0.015, 0.015], segments: n, slot: 0)
        }
    }

    static let rock = Furnishing([Material(name: "rock", baseColor: Vec3f(0.20, 0.185, 0.165), roughness: 0.95, reflectance905: 0.28, wetting: .porous)], variants: 6, distances: [15, 45],
        crease: 0.45,
        palettes: [Asset.Palette(slot: 0, colors: [Vec3f(0.20, 0.185, 0.165), Vec3f(0.28, 0.265, 0.24), Vec3f(0.13, 0.125, 0.12), Vec3f(0.24, 0.19, 0.14)])], paintSlot: 0
    ) { mesh, size, detail, variant in
        // A ball cut by planes, as frost and quarry do, roughened a little.
        var random = CounterRandom(seed: 23, sample: UInt32(truncatingIfNeeded: variant.index), path: "rock")
        let cuts = (0..<16).map { _ -> (Vec3, Double) in
            (Vec3(random.normal(), random.normal(), random.normal()).normalized, 0.62 + 0.30 * random.uniform())
        }
        let (rings, segments) = [(5, 8), (10, 16), (22, 34)][detail]
        let net = (0...rings).map { i -> [Vec3] in
            let polar = .pi * Double(i) / Double(rings)
            return (0..<segments).map { j in
                let angle = 2 * .pi * Double(j) / Double(segments)
                let d = Vec3(sin(polar) * cos(angle), sin(polar) * sin(angle), -cos(polar))
                var r = 1.0
                for (normal, distance) in cuts where dot(d, normal) > 1e-3 { r = min(r, distance / dot(d, normal)) }
                let rough = i == 0 || i == rings ? 0 : 0.035 * (Double(mix64(UInt64(i * 64 + j) &+ UInt64(variant.index) << 20) >> 40) * 0x1p-24 - 0.5)
                let p = d * (r + (detail == 2 ? rough : 0)) * size / 2
                return Vec3(p.x, p.y, max(p.z, -0.36 * size.z))
            }
        }
        mesh.grid(net, closed: true, flipped: true) { _, _ in 0 }
    }

    static let branch = Furnishing([Material(name: "bark", baseColor: Vec3f(0.085, 0.068, 0.052), roughness: 0.95, reflectance905: 0.35, wetting: .porous), wood], variants: 4,
        distances: [15, 45]) { mesh, size, detail, variant in
        // Torn off: a crooked limb along x with side shoots, pale where it broke.
        var random = CounterRandom(seed: 29, sample: UInt32(truncatingIfNeeded: variant.index), path: "branch")
        let n = [4, 6, 10][detail], r = 0.045 * size.x / 2.4
        var path = [Vec3(-size.x / 2, 0, r)]
        for k in 1...9 { path.append(Vec3(lerp(-size.x / 2, size.x / 2, Double(k) / 9), 0.10 * size.y * (random.uniform() - 0.5) * 3, r + 0.25 * size.z * random.uniform())) }
        let radii = path.indices.map { r * (1 - 0.85 * Double($0) / Double(path.count - 1)) }
        mesh.tube(path, radii: radii, segments: n, slot: 0)
        mesh.lathe([Vec2(0, -0.03), Vec2(r * 0.9, 0.0), Vec2(r * 0.98, 0.012)], origin: path[0] + Vec3(-0.004, 0, 0), axis: Vec3(1, 0, 0), segments: n) { _ in 1 }
        for k in 2..<9 {
            let side: Double = k % 2 == 0 ? 1 : -1
            let (spread, rise) = (side * size.y * (0.30 + 0.20 * random.uniform()), size.z * (0.2 + 0.8 * random.uniform()))
            let start = path[k], end = Vec3(min(size.x / 2, start.x + 0.10 * size.x * (0.5 + random.uniform())), start.y * 0.3 + spread, rise)
            let middle = (start + end) / 2 + Vec3(-0.05, side * 0.04, 0.06)
            mesh.tube([start, middle, end], radii: [radii[k] * 0.7, radii[k] * 0.5, 0.004], segments: max(4, n - 3), slot: 0)
            guard detail > 0 else { continue }
            for t in [0.45, 0.75] {
                let from = lerp(middle, end, t), to = from + Vec3(0.12 + 0.1 * random.uniform(), side * 0.05, 0.10 * (random.uniform() - 0.3)) * (size.x / 2.4)
                mesh.tube([from, to], radii: [0.006, 0.002], segments: 4, slot: 0)
            }
        }
    }

    static let cardboardBox = Furnishing(
        [Material(name: "cardboard", baseColor: Vec3f(0.36, 0.24, 0.13), roughness: 0.9, doubleSided: true, reflectance905: 0.55, wetting: .soft),
         Material(name: "tape", baseColor: Vec3f(0.42, 0.31, 0.17), roughness: 0.3, reflectance905: 0.5), Material(name: "print", baseColor: Vec3f(0.05, 0.04, 0.035), roughness: 0.9,
             reflectance905: 0.2)],
        variants: 3, distances: [12, 35]
    ) { mesh, size, detail, variant in
        // Variant 0 is taped shut; others stand open with their flaps out.
        let open = variant.index > 0
        let (x, y, h) = open ? (size.x * 0.36, size.y * 0.36, size.z * 0.86) : (size.x / 2, size.y / 2, size.z)
        let dent = open ? 0.02 : 0.008
        let ring = { (z: Double, s: Double) in [Vec3(-x, -y * s, z), Vec3(x, -y * s, z), Vec3(x, y * s, z), Vec3(-x, y * s, z)] }
        let rings = [ring(0, 1), ring(h * 0.5, 1 - dent), ring(h, 1)]
        mesh.grid(rings, closed: true, flipped: true) { _, _ in 0 }
        mesh.polygon(rings[0].reversed(), slot: 0)
        if open {
            let top = rings[2]
            mesh.polygon(ring(0.02, 1), slot: 0)
            for k in 0..<4 {
                let (a, b) = (top[k], top[(k + 1) % 4])
                let out = Vec3((b - a).y, -(b - a).x, 0).normalized
                let far = k % 2 == 0 ? size.y / 2 - y : size.x / 2 - x
                let lift = (k == 0 ? 0.14 : k == 2 ? 0.05 : -0.12) * size.z
                let (c, d) = (b + out * far + Vec3(0, 0, lift), a + out * far + Vec3(0, 0, lift))
                mesh.quad(a, d, c, b, slot: 0)
            }
        } else {
            mesh.polygon(rings[2], slot: 0)
            if detail > 0 {
                mesh.quad(Vec3(-x, -0.025, h + 0.001), Vec3(x, -0.025, h + 0.001), Vec3(x, 0.025, h + 0.001), Vec3(-x, 0.025, h + 0.001), slot: 1)
                for side in [-1.0, 1] {
                    let u = side * (x + 0.001)
                    let face = [Vec3(u, -0.025 * side, h - 0.09), Vec3(u, 0.025 * side, h - 0.09), Vec3(u, 0.025 * side, h), Vec3(u, -0.025 * side, h)]
                    mesh.polygon(face, slot: 1)
                }
            }
        }
        guard detail == 2 else { return }
        for k in 0..<2 {
            let u = -0.75 * x + 0.16 * Double(k)
            mesh.quad(Vec3(u, -y - 0.001, 0.10), Vec3(u + 0.10, -y - 0.001, 0.10), Vec3(u + 0.10, -y - 0.001, 0.13), Vec3(u, -y - 0.001, 0.13), slot: 2)
            mesh.triangle(Vec3(u, -y - 0.001, 0.15), Vec3(u + 0.10, -y - 0.001, 0.15), Vec3(u + 0.05, -y - 0.001, 0.22), slot: 2)
        }
    }

    static let barrel = Furnishing([Material(name: "steel drum", baseColor: Vec3f(0.02, 0.08, 0.26), roughness: 0.4, reflectance905: 0.3), Surfaces.galvanized], distances: [12, 40],
        palettes: [Asset.Palette(slot: 0, colors: [Vec3f(0.02, 0.08, 0.26), Vec3f(0.30, 0.02, 0.015), Vec3f(0.05, 0.16, 0.07), Vec3f(0.05, 0.05, 0.052), Vec3f(0.48, 0.27, 0.02)])], paintSlot: 0
    ) { mesh, size, detail, _ in
        let (r, h) = (size.x / 2, size.z), n = [10, 18, 36][detail], body = 0.965 * r
        let profile: [Vec2] = [
            Vec2(0, 0.012), Vec2(body - 0.01, 0.012), Vec2(body, 0), Vec2(r, 0.006), Vec2(r, 0.02), Vec2(body, 0.028), Vec2(body, 0.32 * h), Vec2(r, 0.335 * h), Vec2(r, 0.345 * h), Vec2(body,
                0.36 * h), Vec2(body, 0.64 * h), Vec2(r, 0.655 * h),
            Vec2(r, 0.665 * h), Vec2(body, 0.68 * h), Vec2(body, h - 0.028), Vec2(r, h - 0.02), Vec2(r, h - 0.004), Vec2(body, h), Vec2(body - 0.012, h - 0.016), Vec2(0, h - 0.016),
        ]
        let kept = detail > 0 ? profile : [profile[0], profile[3], profile[16], profile[17], profile[19]]
        mesh.lathe(kept, origin: .zero, axis: Vec3(0, 0, 1), segments: n) { _ in 0 }
        guard detail == 2 else { return }
        for (x, y, s) in [(0.6 * r, 0.0, 0.032), (-0.62 * r, 0.1 * r, 0.018)] {
            mesh.lathe([Vec2(s, 0), Vec2(s, 0.014), Vec2(s * 0.5, 0.014), Vec2(0, 0.010)], origin: Vec3(x, y, h - 0.0165), axis: Vec3(0, 0, 1), segments: 14) { _ in 1 }
        }
    }

    static let plank = Furnishing([wood], variants: 2, distances: [15]) { mesh, size, detail, variant in
        mesh.box(-size / 2, size / 2, slot: 0, bevel: detail == 2 ? 0.005 : 0)
    }
}
