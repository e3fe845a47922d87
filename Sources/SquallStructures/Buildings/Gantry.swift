import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `gantry`: lattice beam over a carriageway on two legs, with two lit direction signs. It faces backward (-x) like every sign; its legs
/// stand at both ends of its width (y).
struct Gantry: ProceduralAsset {
    private enum Slot: Int { case steel, back, left, right, foot }

    func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let sheet = { (name: String, texture: Int32) in
            Material(name: name, baseColor: Vec3f(repeating: 1), roughness: 0.5, baseColorTexture: texture, reflectance905: 0.65, retroreflection: 250).retroreflecting(250)
        }
        let materials = [
            Surfaces.galvanized, Material(name: "sign back", baseColor: Vec3f(0.25, 0.255, 0.26), metallic: 0.4, roughness: 0.6), sheet("left sign", 0), sheet("right sign", 1),
            Material(name: "foundation", baseColor: Vec3f(0.33, 0.325, 0.31), roughness: 0.9, reflectance905: 0.34, wetting: .porous),
        ]
        let center = Vec3(0, 0, archetype.size.z / 2)
        let levels = [(2, 0.0), (1, 60.0), (0, 160.0)].map { detail, distance in
            Asset.Level(
                pieces: [Asset.Piece(mesh: shape(archetype.size, detail).mesh(crease: 0.6, textured: true).stretched(to: archetype.size, around: center))], distance: distance)
        }
        var asset = Asset(archetype, levels: levels, materials: materials)
        asset.textures = [Self.ahead.face(), Self.exit.face()].map { Texture(name: "gantry sign", image: $0.canvas.image, srgb: true, repeats: false) }
        return asset
    }

    private static let ahead = SignDesign.panel(aspect: 0.60, pixels: 512) { face in
        face.text("Neustadt", from: Vec2(-0.80, 0.12), height: 0.22, SignFace.white)
        face.text("Lindau", from: Vec2(-0.80, -0.24), height: 0.22, SignFace.white)
        for x in [0.42, 0.72] { face.arrow([Vec2(x, 0.20), Vec2(x, -0.44)], width: 0.08, head: 0.20, SignFace.white) }
    }
    private static let exit = SignDesign.panel(aspect: 0.60, pixels: 512) { face in
        face.text("Westheim", from: Vec2(-0.82, 0.14), height: 0.20, SignFace.white)
        face.text("Altenau", from: Vec2(-0.82, -0.20), height: 0.20, SignFace.white)
        face.arrow([Vec2(0.34, -0.40), Vec2(0.74, 0.24)], width: 0.10, head: 0.26, SignFace.white)
    }

    private func shape(_ size: Vec3, _ detail: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let (x, y) = (size.x / 2, size.y / 2)
        let n = [4, 6, 10][detail], s = Slot.steel.rawValue
        let (low, high) = (size.z - 2.2, size.z - 0.9)
        for side in [-1.0, 1] {
            let v = side * (y - 0.3)
            mesh.box(Vec3(-x + 0.05, v - 0.3, 0), Vec3(x, v + 0.3, 0.5), slot: Slot.foot.rawValue, bevel: detail > 0 ? 0.03 : 0)
            for u in [-0.05, x - 0.2] {
                mesh.tube([Vec3(u, v, 0.4), Vec3(u, v, high + 0.1)], radii: [0.13, 0.11], segments: n, slot: s)
            }
            guard detail > 0 else { continue }
            for k in 0..<5 {
                let z = lerp(0.8, low - 0.2, Double(k) / 5), next = lerp(0.8, low - 0.2, Double(k + 1) / 5)
                mesh.tube([Vec3(k % 2 == 0 ? -0.05 : x - 0.2, v, z), Vec3(k % 2 == 0 ? x - 0.2 : -0.05, v, next)], radii: [0.045, 0.045], segments: max(4, n - 2), slot: s)
            }
        }
        for u in [-0.05, x - 0.2] {
            for z in [low, high] { mesh.tube([Vec3(u, -y + 0.3, z), Vec3(u, y - 0.3, z)], radii: [0.085, 0.085], segments: n, slot: s) }
            let bays = detail == 0 ? 0 : Int(size.y / 1.4)
            for k in 0..<bays {
                let (a, b) = (lerp(-y + 0.3, y - 0.3, Double(k) / Double(bays)), lerp(-y + 0.3, y - 0.3, Double(k + 1) / Double(bays)))
                mesh.tube([Vec3(u, a, k % 2 == 0 ? low : high), Vec3(u, b, k % 2 == 0 ? high : low)], radii: [0.04, 0.04], segments: max(4, n - 2), slot: s)
                if detail == 2 { mesh.tube([Vec3(-0.05, b, low), Vec3(x - 0.2, b, low)], radii: [0.03, 0.03], segments: 4, slot: s) }
            }
        }
        // Seen by the driver, +y is on the left.
        panel(&mesh, middle: 0.22 * size.y, width: 0.36 * size.y, size, .left)
        panel(&mesh, middle: -0.22 * size.y, width: 0.36 * size.y, size, .right)
        return mesh
    }

    private func panel(_ mesh: inout MeshBuilder, middle: Double, width: Double, _ size: Vec3, _ slot: Slot) {
        let height = 0.60 * width, top = size.z, x = -size.x / 2
        let (a, b, low) = (middle + width / 2, middle - width / 2, top - height)
        mesh.quad(
            Vec3(x, a, low), Vec3(x, b, low), Vec3(x, b, top), Vec3(x, a, top), slot: slot.rawValue, texture: (Vec2(0, 1), Vec2(1, 1), Vec2(1, 0), Vec2(0, 0)))
        let rim = [Vec3(x, a, low), Vec3(x, b, low), Vec3(x, b, top), Vec3(x, a, top)], deep = Vec3(0.06, 0, 0)
        for k in 0..<4 { mesh.quad(rim[(k + 1) % 4], rim[k], rim[k] + deep, rim[(k + 1) % 4] + deep, slot: Slot.back.rawValue) }
        mesh.quad(rim[3] + deep, rim[2] + deep, rim[1] + deep, rim[0] + deep, slot: Slot.back.rawValue)
        for v in [middle - 0.3 * width, middle + 0.3 * width] { mesh.box(Vec3(x + 0.06, v - 0.05, low + 0.1), Vec3(-0.05, v + 0.05, top - 0.05), slot: Slot.steel.rawValue) }
    }
}
