import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `adult`: a walking person, 1.76 m. Arms and legs in two segments each swing at the gait the state gives; clothes, hair and
/// skin are chosen by the actor's path. The labelled box holds the standing body; a long stride reaches a little beyond it.
package struct Adult: ProceduralAsset {
    private enum Slot: Int { case top, trousers, skin, hair, shoe, sole }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let cloth = { (name: String, color: Vec3f) in Material(name: name, baseColor: color, roughness: 0.9, reflectance905: 0.55, wetting: .soft) }
        let materials = [
            cloth("jacket", Self.tops[0]), cloth("trousers", Self.bottoms[0]),
            Material(name: "skin", baseColor: Self.skins[0], roughness: 0.55, reflectance905: 0.6, wetting: .soft),
            Material(name: "hair", baseColor: Self.hairs[0], roughness: 0.6, reflectance905: 0.3, wetting: .soft),
            Material(name: "shoe", baseColor: Vec3f(0.03, 0.028, 0.026), roughness: 0.8, reflectance905: 0.25),
            Material(name: "sole", baseColor: Vec3f(repeating: 0.12), roughness: 0.9),
        ]
        let levels = [(16, 0.0), (8, 14.0), (5, 40.0)].map { segments, distance in
            Asset.Level(
                pieces: pieces(segments).enumerated().map { Asset.Piece(mesh: $0.element.mesh(crease: 1.0), joint: $0.offset == 0 ? nil : $0.offset - 1) }, distance: distance)
        }
        return Asset(
            archetype, joints: Self.joints, levels: levels, materials: materials, paintSlot: Slot.top.rawValue,
            palettes: [
                Asset.Palette(slot: Slot.top.rawValue, colors: Self.tops), Asset.Palette(slot: Slot.trousers.rawValue, colors: Self.bottoms),
                Asset.Palette(slot: Slot.skin.rawValue, colors: Self.skins), Asset.Palette(slot: Slot.hair.rawValue, colors: Self.hairs),
            ])
    }

    private static let tops: [Vec3f] = [
        Vec3f(0.03, 0.035, 0.05), Vec3f(0.02, 0.02, 0.022), Vec3f(0.16, 0.16, 0.165), Vec3f(0.30, 0.03, 0.03), Vec3f(0.05, 0.12, 0.25), Vec3f(0.07, 0.10, 0.05),
        Vec3f(0.55, 0.53, 0.48),
        Vec3f(0.35, 0.24, 0.12), Vec3f(0.45, 0.30, 0.02), Vec3f(0.12, 0.03, 0.06),
    ]
    private static let bottoms: [Vec3f] = [
        Vec3f(0.035, 0.05, 0.10), Vec3f(0.06, 0.085, 0.15), Vec3f(0.018, 0.018, 0.02), Vec3f(0.12, 0.115, 0.11), Vec3f(0.25, 0.20, 0.13), Vec3f(0.05, 0.055, 0.035),
    ]
    private static let skins: [Vec3f] = [
        Vec3f(0.48, 0.30, 0.21), Vec3f(0.55, 0.37, 0.28), Vec3f(0.34, 0.19, 0.11), Vec3f(0.16, 0.08, 0.045), Vec3f(0.075, 0.038, 0.022), Vec3f(0.42, 0.26, 0.16),
    ]
    private static let hairs: [Vec3f] = [Vec3f(0.02, 0.014, 0.01), Vec3f(0.01, 0.009, 0.009), Vec3f(0.06, 0.035, 0.018), Vec3f(0.22, 0.14, 0.06), Vec3f(0.30, 0.29, 0.28)]

    /// Hip, knee, hip, knee, shoulder, elbow, shoulder, elbow: left before right. The knee bends while its leg swings forward;
    /// arms go against legs.
    private static let joints: [Asset.Joint] = {
        var result: [Asset.Joint] = []
        for (side, phase) in [(1.0, 0.0), (-1.0, 0.5)] {
            result.append(Asset.Joint(kind: .limb(phase: phase, amplitude: 0.40, bend: false), pivot: Vec3(0, side * 0.092, 0.90)))
            result.append(Asset.Joint(kind: .limb(phase: phase - 0.20, amplitude: 0.85, bend: true), pivot: Vec3(0, 0, -0.42), parent: result.count - 1))
        }
        for (side, phase) in [(1.0, 0.5), (-1.0, 0.0)] {
            result.append(Asset.Joint(kind: .limb(phase: phase, amplitude: 0.38, bend: false), pivot: Vec3(-0.01, side * 0.192, 1.40)))
            result.append(Asset.Joint(kind: .limb(phase: phase + 0.5, amplitude: -0.45, bend: true), pivot: Vec3(0, side * 0.018, -0.285), parent: result.count - 1))
        }
        return result
    }()

    /// The body, then one piece per joint.
    private func pieces(_ n: Int) -> [MeshBuilder] {
        var result = [trunk(n)]
        for _ in 0..<2 { result += [thigh(n), shin(n)] }
        for side in [1.0, -1.0] { result += [upperArm(n, side), forearm(n, side)] }
        return result
    }

    private func trunk(_ n: Int) -> MeshBuilder {
        typealias Oval = MeshBuilder.Oval
        var mesh = MeshBuilder()
        // Seat of the trousers, then the jacket from hem to collar.
        mesh.ovals(
            [Oval(-0.005, 0, 0.80, 0.075, 0.10), Oval(-0.01, 0, 0.86, 0.108, 0.158), Oval(-0.008, 0, 0.93, 0.115, 0.168), Oval(0, 0, 1.0, 0.10, 0.15)], segments: n
        ) { _ in Slot.trousers.rawValue }
        mesh.ovals(
            [
                Oval(-0.002, 0, 0.875, 0.126, 0.182), Oval(-0.002, 0, 0.88, 0.140, 0.194), Oval(0, 0, 1.02, 0.122, 0.168), Oval(0.005, 0, 1.12, 0.115, 0.160),
                Oval(0.008, 0, 1.24, 0.125, 0.178, power: 2.5), Oval(0.002, 0, 1.34, 0.120, 0.195, power: 2.6), Oval(-0.008, 0, 1.405, 0.102, 0.208, power: 2.4),
                Oval(-0.012, 0, 1.445, 0.080, 0.175), Oval(-0.012, 0, 1.475, 0.066, 0.105), Oval(-0.008, 0, 1.505, 0.058, 0.066), Oval(-0.006, 0, 1.512, 0.050, 0.056),
            ], segments: n
        ) { _ in Slot.top.rawValue }
        mesh.ovals([Oval(-0.005, 0, 1.46, 0.050, 0.052), Oval(0.004, 0, 1.53, 0.048, 0.050), Oval(0.010, 0, 1.57, 0.052, 0.052)], segments: n) { _ in Slot.skin.rawValue }
        head(&mesh, n)
        return mesh
    }

    private func head(_ mesh: inout MeshBuilder, _ n: Int) {
        typealias Oval = MeshBuilder.Oval
        mesh.ovals(
            [
                Oval(0.035, 0, 1.530, 0.030, 0.030), Oval(0.028, 0, 1.545, 0.060, 0.048), Oval(0.018, 0, 1.585, 0.082, 0.064), Oval(0.012, 0, 1.63, 0.093, 0.073),
                Oval(0.008, 0, 1.675, 0.096, 0.076), Oval(0.004, 0, 1.715, 0.086, 0.068), Oval(0, 0, 1.74, 0.060, 0.048), Oval(0, 0, 1.75, 0.020, 0.016),
            ], segments: n
        ) { _ in Slot.skin.rawValue }
        // Hair: a cap that comes down behind.
        mesh.ovals(
            [
                Oval(-0.052, 0, 1.560, 0.030, 0.050), Oval(-0.038, 0, 1.60, 0.056, 0.074), Oval(-0.026, 0, 1.655, 0.072, 0.082), Oval(-0.012, 0, 1.695, 0.088, 0.082),
                Oval(-0.002, 0, 1.728, 0.090, 0.072),
                Oval(-0.004, 0, 1.750, 0.066, 0.054), Oval(-0.006, 0, 1.760, 0.026, 0.022),
            ], segments: n
        ) { _ in Slot.hair.rawValue }
        guard n > 6 else { return }
        mesh.triangle(Vec3(0.100, 0.014, 1.605), Vec3(0.124, 0, 1.603), Vec3(0.098, 0, 1.655), slot: Slot.skin.rawValue)
        mesh.triangle(Vec3(0.100, -0.014, 1.605), Vec3(0.098, 0, 1.655), Vec3(0.124, 0, 1.603), slot: Slot.skin.rawValue)
        mesh.triangle(Vec3(0.100, 0.014, 1.605), Vec3(0.100, -0.014, 1.605), Vec3(0.124, 0, 1.603), slot: Slot.skin.rawValue)
        for side in [1.0, -1.0] { mesh.box(Vec3(-0.012, side * 0.078 - 0.010, 1.60), Vec3(0.018, side * 0.078 + 0.010, 1.655), slot: Slot.skin.rawValue, bevel: 0.006) }
    }

    private func thigh(_ n: Int) -> MeshBuilder {
        typealias Oval = MeshBuilder.Oval
        var mesh = MeshBuilder()
        mesh.ovals(
            [
                Oval(0.004, 0, -0.47, 0.045, 0.042), Oval(0.006, 0, -0.42, 0.062, 0.056), Oval(0.008, 0, -0.33, 0.069, 0.062), Oval(0.006, 0, -0.18, 0.084, 0.077),
                Oval(0, 0, -0.05, 0.094, 0.086), Oval(-0.004, 0, 0.04, 0.085, 0.076),
            ], segments: n
        ) { _ in Slot.trousers.rawValue }
        return mesh
    }

    /// Shin and shoe; the sole touches the ground when the leg hangs straight.
    private func shin(_ n: Int) -> MeshBuilder {
        typealias Oval = MeshBuilder.Oval
        var mesh = MeshBuilder()
        mesh.ovals(
            [
                Oval(-0.008, 0, -0.425, 0.062, 0.055), Oval(-0.010, 0, -0.36, 0.052, 0.047), Oval(-0.018, 0, -0.22, 0.058, 0.053), Oval(-0.018, 0, -0.10, 0.064, 0.057),
                Oval(0.004, 0, 0.0, 0.060, 0.055), Oval(0.004, 0, 0.03, 0.050, 0.046),
            ], segments: n
        ) { _ in Slot.trousers.rawValue }
        mesh.ovals(
            [
                Oval(0.058, 0, -0.480, 0.140, 0.044, power: 2.6), Oval(0.058, 0, -0.462, 0.142, 0.047, power: 2.6), Oval(0.056, 0, -0.460, 0.138, 0.045, power: 2.6),
                Oval(0.045, 0, -0.435, 0.125, 0.043),
                Oval(0.010, 0, -0.405, 0.085, 0.040), Oval(-0.010, 0, -0.37, 0.050, 0.040),
            ], segments: n
        ) { $0 == 0 ? Slot.sole.rawValue : Slot.shoe.rawValue }
        return mesh
    }

    private func upperArm(_ n: Int, _ side: Double) -> MeshBuilder {
        typealias Oval = MeshBuilder.Oval
        var mesh = MeshBuilder()
        mesh.ovals(
            [
                Oval(0, side * 0.018, -0.315, 0.038, 0.036), Oval(0, side * 0.018, -0.285, 0.046, 0.043), Oval(0, side * 0.014, -0.15, 0.052, 0.048),
                Oval(0, side * 0.006, -0.04, 0.062, 0.054),
                Oval(0, -side * 0.004, 0.012, 0.060, 0.050), Oval(0, -side * 0.012, 0.036, 0.046, 0.036), Oval(0, -side * 0.018, 0.048, 0.024, 0.018),
            ], segments: n
        ) { _ in Slot.top.rawValue }
        return mesh
    }

    /// Forearm with a little bend of its own, and the hand.
    private func forearm(_ n: Int, _ side: Double) -> MeshBuilder {
        typealias Oval = MeshBuilder.Oval
        var mesh = MeshBuilder()
        mesh.ovals(
            [
                Oval(0.042, 0, -0.235, 0.036, 0.033), Oval(0.038, 0, -0.22, 0.038, 0.036), Oval(0.020, 0, -0.10, 0.043, 0.041), Oval(0.002, 0, 0.0, 0.046, 0.043),
                Oval(0, 0, 0.025, 0.038, 0.036),
            ], segments: n
        ) { _ in Slot.top.rawValue }
        mesh.ovals(
            [
                Oval(0.070, -side * 0.008, -0.395, 0.018, 0.010), Oval(0.066, -side * 0.006, -0.36, 0.034, 0.016), Oval(0.058, 0, -0.305, 0.042, 0.020),
                Oval(0.046, 0, -0.25, 0.030, 0.023),
                Oval(0.042, 0, -0.22, 0.026, 0.024),
            ], segments: max(5, n / 2)
        ) { _ in Slot.skin.rawValue }
        return mesh
    }
}
