import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `shrub`, `bare_shrub` and `hedge`: stems from one foot under a coat of sprays; the hedge is clipped to its box.
package struct Shrub: ProceduralAsset {
    enum Kind { case shrub, bareShrub, hedge }
    private enum Slot: Int { case bark, shaded, leaf, sunlit, core }

    private let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    package var variants: Int { 4 }

    private var foliage: TreeHabit.Foliage { kind == .bareShrub ? .twigs : kind == .hedge ? .beech : .lime }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let levels = [(2, 0.0), (1, 14.0), (0, 40.0)].map { detail, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: shape(archetype.size, variant, detail).mesh(filling: archetype.size))], distance: distance)
        }
        let green = variant.choice("green", [Vec3f(0.055, 0.100, 0.026), Vec3f(0.070, 0.110, 0.028), Vec3f(0.045, 0.088, 0.030), Vec3f(0.080, 0.115, 0.045)]) ?? Vec3f(0.06, 0.1, 0.03)
        let twig = Vec3f(0.085, 0.062, 0.050)
        let isBare = kind == .bareShrub
        let leaf = { (name: String, share: Float) -> Material in
            var material = Material(
                name: name, baseColor: (isBare ? twig : green) * (share / Float(Foliage.brightness)), roughness: 0.95, alpha: .mask(0.5), doubleSided: true,
                baseColorTexture: 0, reflectance905: isBare ? 0.3 : 0.5, wetting: .soft)
            material.translucency = isBare ? 0 : 0.3
            return material
        }
        var asset = Asset(
            archetype, levels: levels,
            materials: [
                Material(name: "bark", baseColor: Vec3f(0.075, 0.058, 0.045), roughness: 0.95, reflectance905: 0.35, wetting: .porous), leaf("shaded leaves", 0.6), leaf("leaves", 1),
                leaf("sunlit leaves", 1.25), Material(name: "inner leaves", baseColor: green * 0.28, roughness: 1, reflectance905: 0.4, wetting: .soft),
            ])
        asset.textures = [Texture(name: "\(foliage) spray", image: FoliageTexture.spray(foliage).image, srgb: true, repeats: false)]
        return asset
    }

    private func shape(_ size: Vec3, _ variant: Variant, _ detail: Int) -> PlantMesh {
        var random = CounterRandom(seed: 17, sample: UInt32(truncatingIfNeeded: variant.index), path: "shrub.\(variant.asset)")
        var mesh = PlantMesh(slots: 5)
        let isHedge = kind == .hedge
        for k in 0..<(isHedge ? 8 : 11) {
            let angle = 2 * .pi * (Double(k) + random.uniform()) / 11
            let lean = 0.25 + 0.65 * random.uniform(), high = 0.55 + 0.4 * random.uniform()
            let foot = isHedge ? Vec3((Double(k) + 0.5) / 8 * size.x - size.x / 2, 0, 0) : Vec3(cos(angle), sin(angle), 0) * 0.07
            let top = isHedge ? foot + Vec3(0.05 * cos(angle), 0.1 * sin(angle), size.z * 0.85) : Vec3(cos(angle) * lean * size.x * 0.42, sin(angle) * lean * size.y * 0.42, high * size.z)
            guard detail > 0 || k % 3 == 0 else { continue }
            let bend = (foot + top) / 2 + Vec3(cos(angle), sin(angle), 0) * (-0.05 * size.x)
            mesh.stem([foot, bend, top], radii: [0.018, 0.013, 0.004], segments: detail == 2 ? 5 : 3, slot: Slot.bark.rawValue)
        }
        let count = isHedge ? [320, 940, 2800][detail] : kind == .bareShrub ? [40, 140, 360][detail] : [110, 380, 1300][detail]
        if isHedge { core(&mesh, size) }
        let length = (isHedge ? 0.26 : 0.36) * [2.1, 1.45, 1.0][detail] * (kind == .bareShrub ? 1.7 : 1)
        for _ in 0..<count { spray(&mesh, size, length, &random) }
        return mesh
    }

    /// What one sees between the leaves of a hedge: more leaves, in the dark.
    private func core(_ mesh: inout PlantMesh, _ size: Vec3) {
        let (x, y, low, high) = (size.x / 2 - 0.1, 0.36 * size.y, 0.10 * size.z, 0.88 * size.z)
        let ring = [Vec2(-y, low), Vec2(y, low), Vec2(y, high), Vec2(-y, high)]
        let corner = { (x: Double, p: Vec2, normal: Vec3) in PlantMesh.Corner(position: Vec3(x, p.x, p.y), normal: normal, texture: .zero) }
        for (k, p) in ring.enumerated() {
            let q = ring[(k + 1) % 4], out = Vec3(0, (q - p).y, -(q - p).x).normalized
            mesh.quad(corner(x, p, out), corner(-x, p, out), corner(-x, q, out), corner(x, q, out), slot: Slot.core.rawValue)
        }
        for end in [-1.0, 1] {
            let face = (end > 0 ? ring : ring.reversed()).map { corner(end * x, $0, Vec3(end, 0, 0)) }
            mesh.quad(face[0], face[1], face[2], face[3], slot: Slot.core.rawValue)
        }
    }

    /// One spray near the surface of the rounded body.
    private func spray(_ mesh: inout PlantMesh, _ size: Vec3, _ length: Double, _ random: inout CounterRandom) {
        let (z, angle) = (2 * random.uniform() - 1, 2 * .pi * random.uniform())
        let ring = (1 - z * z).squareRoot()
        let d = Vec3(ring * cos(angle), ring * sin(angle), z)
        let inner = 0.45 + 0.55 * random.uniform().squareRoot()
        let half = Vec3(size.x / 2, size.y / 2, size.z / 2)
        var out = d, at: Vec3
        if kind == .hedge {
            // Onto the sides of a box with soft edges, all along its length, and one spray of five onto its ends.
            let reach = max(abs(d.y), max(abs(d.z), 1e-3)), deep = inner * 0.5 + 0.46
            if random.uniform() < 0.2 {
                let end: Double = d.x < 0 ? -1 : 1
                at = Vec3(end * (half.x - 0.2 * (1 - inner)), (2 * random.uniform() - 1) * half.y * 0.9, half.z + (2 * random.uniform() - 1) * half.z * 0.92)
                out = Vec3(end, 0.3 * d.y, 0.3 * d.z).normalized
            } else {
                at = Vec3((random.uniform() - 0.5) * size.x, d.y / reach * half.y * deep, half.z + d.z / reach * half.z * deep)
                out = Vec3(0.15 * d.x, abs(d.y) >= abs(d.z) ? d.y / reach : 0.3 * d.y, abs(d.z) >= abs(d.y) ? d.z / reach : 0.3 * d.z).normalized
            }
        } else {
            let lumps = 1 + 0.16 * sin(3.1 * angle + 2 * z) * ring
            at = Vec3(0, 0, half.z * 1.02) + d * half * (inner * lumps * (z < 0 ? 0.8 : 1))
        }
        let sway = Vec3(random.normal(), random.normal(), random.normal())
        let along = (out * 0.7 + sway * 0.6 + Vec3(0, 0, 0.45)).normalized
        var face = out + Vec3(0, 0, 0.35) + Vec3(random.normal(), random.normal(), random.normal()) * 0.6
        face = (face - along * dot(face, along)).normalized
        if face == .zero { face = cross(along, Vec3(0.3, 0.8, 0.5)).normalized }
        let l = length * (0.75 + 0.5 * random.uniform())
        let side = cross(along, face) * (l / 2), tip = along * l
        let foot = at - tip * 0.6
        let light = inner * 0.8 + 0.25 * max(0, out.z) + 0.3 * (random.uniform() - 0.5)
        let slot = light < 0.58 ? Slot.shaded : light < 0.88 ? .leaf : .sunlit
        let (u0, u1) = random.uniform() < 0.5 ? (0.0, 1.0) : (1.0, 0.0)
        let corner = { (offset: Vec3, u: Double, v: Double) in
            // Clipped to the box, so that the hedge stays straight and the shrub on the ground.
            let p = foot + offset
            let inside = Vec3(p.x.clamped(to: -half.x...half.x), p.y.clamped(to: -half.y...half.y), p.z.clamped(to: 0...size.z))
            return PlantMesh.Corner(position: inside, normal: (out + face * 0.6).normalized, texture: Vec2(u, v))
        }
        let corners = [corner(-side, u0, 1), corner(side, u1, 1), corner(side + tip, u1, 0), corner(tip - side, u0, 0)]
        let area = cross(corners[1].position - corners[0].position, corners[2].position - corners[0].position).length
        let other = cross(corners[2].position - corners[0].position, corners[3].position - corners[0].position).length
        if area > 1e-5, other > 1e-5 { mesh.quad(corners[0], corners[1], corners[2], corners[3], slot: slot.rawValue) }
    }
}
