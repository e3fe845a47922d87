import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `tree`: a broadleaf tree, 9.5 m high with a crown of 7 m: trunk, boughs, a dark inner volume of lumps and a coat of leaf
/// clusters in two greens that shade like the crown they cover.
package struct Tree: ProceduralAsset {
    private enum Slot: Int { case bark, inner, leaf, lightLeaf }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        // Chlorophyll absorbs red light only: leaves are white at 905 nm.
        let leaf = { (name: String, color: Vec3f) in Material(name: name, baseColor: color, roughness: 0.9, doubleSided: true, reflectance905: 0.50, wetting: .soft) }
        let materials = [
            Material(name: "bark", baseColor: Vec3f(0.085, 0.065, 0.048), roughness: 0.95, reflectance905: 0.35, wetting: .porous),
            Material(name: "inner crown", baseColor: Vec3f(0.018, 0.035, 0.010), roughness: 0.95, reflectance905: 0.35, wetting: .soft),
            leaf("leaves", Vec3f(0.045, 0.105, 0.018)), leaf("sunlit leaves", Vec3f(0.085, 0.155, 0.028)),
        ]
        let levels = [(2, 2600, 0.0), (1, 620, 30.0), (0, 120, 90.0)].map { lumps, leaves, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: shape(lumps, leaves).mesh(crease: 1.2))], distance: distance)
        }
        return Asset(
            archetype, levels: levels, materials: materials, palettes: [
                Asset.Palette(slot: Slot.leaf.rawValue, colors: [Vec3f(0.045, 0.105, 0.018), Vec3f(0.035, 0.085, 0.020), Vec3f(0.055, 0.110, 0.016)]),
                Asset.Palette(slot: Slot.lightLeaf.rawValue, colors: [Vec3f(0.085, 0.155, 0.028), Vec3f(0.105, 0.165, 0.025), Vec3f(0.075, 0.140, 0.035)]),
            ])
    }

    private struct Lump { var center: Vec3, radius: Double }

    /// One big lump in the middle, two rings of smaller ones, a top.
    private static let lumps: [Lump] = {
        var random = CounterRandom(seed: 9, path: "tree lumps")
        var result = [Lump(center: Vec3(0, 0, 6.2), radius: 2.3), Lump(center: Vec3(0.15, -0.1, 8.0), radius: 1.45)]
        for k in 0..<7 {
            let angle = 2 * .pi * (Double(k) + 0.5 * random.uniform()) / 7
            let r = 1.55 + 0.3 * random.uniform()
            result.append(Lump(center: Vec3(r * cos(angle), r * sin(angle), 4.6 + 1.2 * random.uniform()), radius: 1.30 + 0.35 * random.uniform()))
        }
        for k in 0..<5 {
            let angle = 2 * .pi * (Double(k) + 0.3 + 0.5 * random.uniform()) / 5
            result.append(Lump(center: Vec3(1.35 * cos(angle), 1.35 * sin(angle), 6.45 + 0.8 * random.uniform()), radius: 1.25 + 0.30 * random.uniform()))
        }
        return result
    }()

    private func shape(_ level: Int, _ leaves: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let segments = [5, 7, 11][level]
        mesh.tube(
            [Vec3(0, 0, 0), Vec3(0.0, 0, 0.25), Vec3(0.03, 0.02, 1.2), Vec3(0.0, 0.05, 2.6), Vec3(0.08, 0, 4.0), Vec3(0.1, 0, 6)], radii: [0.30, 0.22, 0.185, 0.165, 0.13, 0.06],
            segments: segments, slot: Slot.bark.rawValue)
        if level > 0 {
            for (k, lump) in Self.lumps.dropFirst(2).enumerated() where k < (level == 2 ? 12 : 6) {
                let start = Vec3(0.02, 0.02, 2.3 + 0.22 * Double(k % 6))
                let middle = (start + lump.center) / 2 - Vec3(0, 0, 0.25)
                mesh.tube([start, middle, lump.center], radii: [0.085, 0.06, 0.025], segments: max(5, segments - 4), slot: Slot.bark.rawValue)
            }
        }
        for (k, lump) in Self.lumps.enumerated() { inner(&mesh, lump, level, key: UInt64(k)) }
        coat(&mesh, leaves)
        return mesh
    }

    /// A lumpy ball a little smaller than its lump of leaves.
    private func inner(_ mesh: inout MeshBuilder, _ lump: Lump, _ level: Int, key: UInt64) {
        let (rings, segments) = [(3, 6), (5, 8), (7, 11)][level]
        let net = (0...rings).map { i -> [Vec3] in
            let polar = .pi * Double(i) / Double(rings)
            return (0..<segments).map { j in
                let angle = 2 * .pi * Double(j) / Double(segments)
                let d = Vec3(sin(polar) * cos(angle), sin(polar) * sin(angle), -cos(polar))
                let pole = i == 0 || i == rings
                let bump = pole ? 0.5 : Double(mix64(key << 32 ^ UInt64(i * 64 + j)) >> 40) * 0x1p-24
                return lump.center + d * (lump.radius * (0.70 + 0.16 * bump))
            }
        }
        mesh.grid(net, closed: true, flipped: true) { _, _ in Slot.inner.rawValue }
    }

    /// Leaf clusters on the outer surface of the union of lumps: ragged quads, about half facing out.
    private func coat(_ mesh: inout MeshBuilder, _ wanted: Int) {
        var random = CounterRandom(seed: 9, path: "tree leaves")
        let size = 0.21 * (2600 / Double(wanted)).squareRoot().squareRoot()
        let total = Self.lumps.reduce(0) { $0 + $1.radius * $1.radius }
        var placed = 0
        for _ in 0..<(wanted * 6) where placed < wanted {
            var pick = random.uniform() * total
            let lump = Self.lumps.first { pick -= $0.radius * $0.radius; return pick <= 0 } ?? Self.lumps[0]
            let z = 2 * random.uniform() - 1
            let angle = 2 * .pi * random.uniform()
            let ring = (1 - z * z).squareRoot()
            let out = Vec3(ring * cos(angle), ring * sin(angle), z)
            let at = lump.center + out * (lump.radius * (0.86 + 0.16 * random.uniform()))
            let hidden = Self.lumps.contains { ($0.center - at).length < $0.radius * 0.80 }
            let tilt = Vec3(random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5) * 1.5
            let (spin, scale, shade) = (2 * .pi * random.uniform(), size * (0.7 + 0.7 * random.uniform()), random.uniform())
            if hidden { continue }
            placed += 1
            let face = (out + tilt).normalized
            let u = cross(face, abs(face.z) < 0.9 ? Vec3(0, 0, 1) : Vec3(1, 0, 0)).normalized
            let v = cross(face, u)
            let (a, b) = (u * cos(spin) + v * sin(spin), v * cos(spin) - u * sin(spin))
            // The crown's own normal with a share of the leaf's: soft light over the whole, grain close by.
            let normal = ((at - Vec3(0, 0, 5.2)).normalized * 0.9 + out * 0.7 + face * 0.5).normalized
            let slot = shade < 0.35 + 0.3 * max(0, normal.z) ? Slot.lightLeaf.rawValue : Slot.leaf.rawValue
            let p = [at - a * scale * 1.3, at - b * scale * 0.62 + a * scale * 0.1, at + a * scale * 1.3, at + b * scale * 0.7 - a * scale * 0.15].map(Self.inside)
            mesh.leaf(p[0], p[1], p[2], normal: normal, slot: slot)
            mesh.leaf(p[0], p[2], p[3], normal: normal, slot: slot)
        }
    }

    /// Keeps leaves within the labelled box.
    private static func inside(_ p: Vec3) -> Vec3 { Vec3(p.x.clamped(to: -3.5...3.5), p.y.clamped(to: -3.5...3.5), min(p.z, 9.5)) }
}
