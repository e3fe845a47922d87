import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `sign` and `sign_...`: a traffic sign on its post, or on two when it is wide. The plate has a rim and a grey back, its face is drawn
/// from outlines and retroreflects. It faces backward (-x): placed with the heading of a lane, it faces the traffic that comes along it.
package struct Sign: ProceduralAsset {
    private enum Slot: Int { case face, back, steel }

    private let design: SignDesign

    init(_ design: SignDesign) { self.design = design }

    static let all: [String: any ProceduralAsset] = SignCatalogue.designs.mapValues { Sign($0) }

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        // Encapsulated-bead sheeting of class RA2: 250 cd/lx/m2 in white of reflectance 0.86 (EN 12899-1).
        let face = Material(name: "sheeting", baseColor: Vec3f(repeating: 1), roughness: 0.5, baseColorTexture: 0, reflectance905: 0.65, retroreflection: 250)
            .retroreflecting(290)
        let back = Material(name: "sign back", baseColor: Vec3f(0.25, 0.255, 0.26), metallic: 0.4, roughness: 0.6)
        let levels = [(40, 0.0), (20, 15.0), (10, 50.0)].map { corners, distance in
            Asset.Level(pieces: [Asset.Piece(mesh: shape(archetype.size, corners).mesh(crease: 0.6, textured: true))], distance: distance)
        }
        var asset = Asset(archetype, levels: levels, materials: [face, back, Surfaces.galvanized])
        asset.textures = [Texture(name: archetype.name, image: design.face().canvas.image, srgb: true, repeats: false)]
        return asset
    }

    private func shape(_ size: Vec3, _ corners: Int) -> MeshBuilder {
        var mesh = MeshBuilder()
        let half = size.y / 2, front = -size.x / 2
        let middle = size.z - half * design.aspect
        let outline = design.outline(corners: corners)
        // Seen by the driver, +y is on the left.
        let at = { (p: Vec2, x: Double) in Vec3(x, -p.x * half, middle + p.y * half) }
        let texture = { (p: Vec2) in Vec2((p.x + 1) / 2, (1 - p.y / design.aspect) / 2) }
        let rim = front + 0.018
        for (k, p) in outline.enumerated() {
            let q = outline[(k + 1) % outline.count]
            mesh.triangle(at(.zero, front), at(p, front), at(q, front), slot: Slot.face.rawValue, texture: (texture(.zero), texture(p), texture(q)))
            mesh.quad(at(q, front), at(p, front), at(p, rim), at(q, rim), slot: Slot.back.rawValue)
            mesh.triangle(at(.zero, rim), at(q, rim), at(p, rim), slot: Slot.back.rawValue)
        }
        posts(&mesh, size, middle, corners)
        return mesh
    }

    /// Half length of the brackets behind the plate, as a share of its half width: they end within its outline.
    private func bracket(above: Bool) -> Double {
        switch design.plate {
        case .circle: 0.75
        case .diamond: 0.42
        case .triangle: above ? 0.16 : 0.55
        case .inverted: above ? 0.55 : 0.16
        case .octagon, .rectangle: 0.55
        }
    }

    private func posts(_ mesh: inout MeshBuilder, _ size: Vec3, _ middle: Double, _ corners: Int) {
        let half = size.y / 2, radius = size.y > 1.5 ? 0.045 : 0.030
        let x = size.x / 2 - radius - 0.004
        let tall = size.z - (design.plate == .circle || design.plate == .octagon ? 0.05 : 0.12)
        for y in size.y > 1.5 ? [-0.6 * half, 0.6 * half] : [0.0] {
            mesh.tube([Vec3(x, y, 0), Vec3(x, y, tall)], radii: [radius, radius], segments: max(4, corners / 5 * 2), slot: Slot.steel.rawValue)
            if corners > 10 {
                // A plastic cap, and the ground's collar.
                mesh.lathe([Vec2(radius + 0.004, -0.03), Vec2(radius + 0.004, 0.006), Vec2(0, 0.012)], origin: Vec3(x, y, tall - 0.01), axis: Vec3(0, 0, 1),
                    segments: corners / 3) { _ in Slot.back.rawValue }
            }
        }
        guard corners > 10 else { return }
        for z in [-0.42, 0.42] {
            let (low, wide) = (middle + z * half * design.aspect, half * bracket(above: z > 0))
            mesh.box(Vec3(-size.x / 2 + 0.018, -wide, low - 0.016), Vec3(x - radius + 0.01, wide, low + 0.016), slot: Slot.steel.rawValue)
            for y in size.y > 1.5 ? [-0.6 * half, 0.6 * half] : [0.0] {
                mesh.lathe(
                    [Vec2(radius + 0.001, -0.02), Vec2(radius + 0.006, -0.02), Vec2(radius + 0.006, 0.02), Vec2(radius + 0.001, 0.02)], origin: Vec3(x - 0.006, y, low), axis: Vec3(0, 0, 1),
                    segments: corners / 2) { _ in Slot.steel.rawValue }
            }
        }
    }
}
