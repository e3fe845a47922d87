import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `traffic_light`, `traffic_light_arm`, `pedestrian_light`: heads with a lens each for red, amber and green under visors, on a post or on an arm
/// over the road. They face backward (-x), towards who comes along the lane; the arm reaches to the left (+y).
package struct TrafficLight: ProceduralAsset {
    private enum Slot: Int { case post, head, red, amber, green, back, board }
    enum Kind { case post, arm, pedestrian }

    private let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        // A 200 mm roundel of 250 cd (EN 12368) is 8,000 cd/m2; unlit it is dark tinted glass.
        let lens = { (name: String, color: Vec3f, lamp: LampFunction) -> Material in
            var material = Material(name: name, baseColor: color * (0.4 / color.max()), roughness: 0.15, emission: color * 8000, reflectance905: 0.1)
            material.lamp = lamp
            return material
        }
        let materials = [
            Surfaces.galvanized, Material(name: "signal head", baseColor: Vec3f(repeating: 0.02), roughness: 0.6, reflectance905: 0.06), lens("red signal", LampColor.red, .signalRed),
            lens("amber signal", LampColor.amber, .signalAmber), lens("green signal", Vec3f(0.05, 1.30, 0.55), .signalGreen),
            Material(name: "post foot", baseColor: Vec3f(0.2, 0.2, 0.19), roughness: 0.9, wetting: .porous),
            Material(name: "backing board", baseColor: Vec3f(repeating: 0.025), roughness: 0.7, reflectance905: 0.08),
        ]
        let center = Vec3(archetype.size.x / 2 - archetype.originFromRear, 0, archetype.size.z / 2)
        let levels = [(20, 0.0), (10, 22.0), (6, 70.0)].map { n, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: shape(archetype.size, n).mesh(crease: 0.7).stretched(to: archetype.size, around: center))], distance: distance)
        }
        return Asset(archetype, levels: levels, materials: materials)
    }

    private func shape(_ size: Vec3, _ n: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let x = size.x / 2 - 0.06
        switch kind {
        case .post:
            post(&mesh, Vec3(x, 0, 0), top: size.z - 0.02, radius: 0.055, n)
            head(&mesh, Vec3(0, 0, size.z - 0.98), lenses: [.red, .amber, .green], n, board: false, post: x)
        case .pedestrian:
            post(&mesh, Vec3(x, 0, 0), top: size.z - 0.02, radius: 0.055, n)
            head(&mesh, Vec3(0, 0, size.z - 0.68), lenses: [.red, .green], n, board: false, post: x)
            if n > 6 { mesh.box(Vec3(x - 0.14, -0.05, 0.95), Vec3(x - 0.05, 0.05, 1.15), slot: Slot.head.rawValue, bevel: 0.01) }
        case .arm:
            // The post stands at the right end of the box; its arm carries one head over the lane, another hangs on the post.
            let right = -size.y / 2 + 0.17
            let top = size.z - 0.55
            mesh.tube([Vec3(x, right, 0), Vec3(x, right, 1.2), Vec3(x, right, top + 0.3)], radii: [0.10, 0.095, 0.075], segments: n, slot: Slot.post.rawValue)
            mesh.lathe([Vec2(0, 0), Vec2(0.17, 0), Vec2(0.17, 0.05), Vec2(0.11, 0.07), Vec2(0, 0.07)], origin: Vec3(x, right, 0), axis: Vec3(0, 0, 1), segments: n) { _ in Slot.back.rawValue }
            mesh.tube([Vec3(x, right, top - 0.2), Vec3(x, right + 0.6, top), Vec3(x, size.y / 2 - 0.34, top + 0.1)], radii: [0.06, 0.055, 0.045], segments: n, slot: Slot.post.rawValue)
            head(&mesh, Vec3(0, size.y / 2 - 0.34, size.z - 1.12), lenses: [.red, .amber, .green], n, board: true, post: x)
            head(&mesh, Vec3(0, right, 2.3), lenses: [.red, .amber, .green], n, board: false, post: x)
        }
        return mesh
    }

    private func post(_ mesh: inout MeshBuilder, _ foot: Vec3, top: Double, radius: Double, _ n: Int) {
        mesh.tube([foot, foot + Vec3(0, 0, top)], radii: [radius, radius], segments: n, slot: Slot.post.rawValue)
        if n > 6 { mesh.lathe([Vec2(0, 0), Vec2(radius + 0.005, 0), Vec2(radius + 0.005, 0.12), Vec2(radius, 0.125)], origin: foot, axis: Vec3(0, 0, 1), segments: n) { _ in Slot.back.rawValue } }
    }

    /// - Parameters:
    ///   - low: the middle of its lower edge.
    ///   - post: where the post behind it stands.
    private func head(_ mesh: inout MeshBuilder, _ low: Vec3, lenses: [Slot], _ n: Int, board: Bool, post: Double) {
        let pitch = 0.30, height = pitch * Double(lenses.count) + 0.04
        let (front, back) = (low.x - 0.02, low.x + 0.12)
        mesh.box(Vec3(front, low.y - 0.15, low.z), Vec3(back, low.y + 0.15, low.z + height), slot: Slot.head.rawValue, bevel: n > 6 ? 0.025 : 0)
        if board { mesh.box(Vec3(front + 0.05, low.y - 0.33, low.z - 0.14), Vec3(front + 0.065, low.y + 0.33, low.z + height + 0.14), slot: Slot.board.rawValue, bevel: 0.004) }
        if n > 6 { for z in [0.1, height - 0.1] { mesh.box(Vec3(back - 0.01, low.y - 0.025, low.z + z - 0.02), Vec3(max(back, post), low.y + 0.025, low.z + z + 0.02), slot: Slot.head.rawValue) } }
        for (k, lens) in lenses.enumerated() {
            let center = Vec3(front, low.y, low.z + height - 0.02 - pitch * (Double(k) + 0.5))
            // A domed lens in a ring.
            mesh.lathe([Vec2(0.105, 0.002), Vec2(0.10, 0.012), Vec2(0.06, 0.026), Vec2(0, 0.032)], origin: center, axis: Vec3(-1, 0, 0), segments: max(8, n)) { _ in lens.rawValue }
            guard n > 6 else { continue }
            visor(&mesh, center, n)
        }
    }

    /// Three quarters of a tube over the lens, longest above, seen from both sides.
    private func visor(_ mesh: inout MeshBuilder, _ center: Vec3, _ n: Int) {
        let segments = n
        var (near, far): ([Vec3], [Vec3]) = ([], [])
        for k in 0...segments {
            let angle = (-50 + 280 * Double(k) / Double(segments)) * .pi / 180
            let out = Vec3(0, cos(angle), sin(angle))
            near.append(center + out * 0.118)
            far.append(center + out * 0.118 + Vec3(-(0.07 + 0.13 * max(0, out.z)), 0, 0))
        }
        for k in 0..<segments {
            mesh.quad(near[k], near[k + 1], far[k + 1], far[k], slot: Slot.head.rawValue)
            mesh.quad(far[k], far[k + 1], near[k + 1], near[k], slot: Slot.head.rawValue)
        }
    }
}
