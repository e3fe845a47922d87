import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `grass_tuft`: long grass, every blade a bent strip, some with seed heads.
package struct GrassTuft: ProceduralAsset {
    package init() {}

    package var variants: Int { 4 }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let grass = { (name: String, color: Vec3f) -> Material in
            var material = Material(name: name, baseColor: color, roughness: 0.6, doubleSided: true, reflectance905: 0.48, wetting: .soft)
            material.translucency = 0.3
            return material
        }
        let levels = [(280, 3, 0.0), (130, 2, 9.0), (50, 1, 25.0)].map { blades, joints, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: shape(archetype.size, variant, blades, joints).mesh(filling: archetype.size))], distance: distance)
        }
        return Asset(archetype, levels: levels, materials: [grass("grass", Vec3f(0.070, 0.115, 0.030)), grass("dry grass", Vec3f(0.21, 0.17, 0.075))])
    }

    private func shape(_ size: Vec3, _ variant: Variant, _ blades: Int, _ joints: Int) -> PlantMesh {
        var mesh = PlantMesh(slots: 2)
        let dry = variant.uniform("dry", 0.05...0.45)
        for k in 0..<blades {
            var random = CounterRandom(seed: 19, sample: UInt32(truncatingIfNeeded: variant.index), path: "grass", tick: UInt32(k))
            let (angle, r) = (2 * .pi * random.uniform(), random.uniform().squareRoot())
            let out = Vec3(cos(angle), sin(angle), 0)
            let foot = out * (0.13 * size.x * r)
            let length = size.z * (0.45 + 0.6 * random.uniform()), lean = 0.15 + 0.75 * r * random.uniform()
            let turn = angle + .pi / 2 + (random.uniform() - 0.5) * 1.4
            let width = (0.004 + 0.004 * random.uniform()) * (Double(280) / Double(blades)).squareRoot()
            let side = Vec3(cos(turn), sin(turn), 0) * width
            let normal = (Vec3(0, 0, 0.8) + out * 0.7).normalized
            let rows = (0...joints).map { j -> [PlantMesh.Corner] in
                let t = Double(j) / Double(joints)
                // A parabola: upright at the foot, bent over by its own weight at the tip.
                let at = foot + out * (lean * length * t * t) + Vec3(0, 0, length * (t - 0.35 * lean * t * t))
                let w = j == joints ? 0.12 : 1 - 0.45 * t
                return [-1.0, 1].map { PlantMesh.Corner(position: at + side * ($0 * w), normal: normal, texture: .zero) }
            }
            mesh.net(rows.map { $0.reversed() }, slot: random.uniform() < dry ? 1 : 0)
        }
        return mesh
    }
}
