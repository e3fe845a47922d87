import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `sedan`: a four-door saloon car, 4.70 m long. Body lofted from side and plan curves, glazed cabin with seats, steered
/// front wheels, retroreflective plates and lamps; mirrors stand outside the labelled box, as in real data sets.
package struct Sedan: ProceduralAsset {
    private enum Slot: Int, CaseIterable { case paint, glass, dark, trim, tyre, alloy, head, tail, plate, text, chrome, seat, turn }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let materials = [
            Surfaces.paint("car paint", Surfaces.carColors[0]), Surfaces.glass, Surfaces.underbody, Surfaces.trim, Surfaces.rubber, Surfaces.alloy, Surfaces.headLamp,
            Surfaces.tailLamp, Surfaces.plate, Surfaces.plateText, Surfaces.chrome, Surfaces.cabin, Surfaces.turnLamp, Surfaces.darkGlass,
        ]
        let y = archetype.track / 2
        let pivots = [Vec3(archetype.wheelbase, y, 0.33), Vec3(archetype.wheelbase, -y, 0.33), Vec3(0, y, 0.33), Vec3(0, -y, 0.33)]
        let joints = pivots.enumerated().map { Asset.Joint(kind: .wheel(radius: 0.33, steered: $0.offset < 2), pivot: $0.element) }
        let levels = [(1.0, 0.0), (0.4, 18.0), (0.2, 55.0)].map { fineness, distance in
            let wheel = Wheel.build(
                radius: 0.33, width: 0.215, rim: 0.235, spokes: 10, fineness: fineness, tyre: Slot.tyre.rawValue, metal: Slot.alloy.rawValue, dark: Slot.dark.rawValue)
            let (left, right) = (wheel.mesh(), Wheel.turned(wheel).mesh())
            let pieces = [Asset.Piece(mesh: body(fineness).mesh(crease: 0.6))] + (0..<4).map { Asset.Piece(mesh: $0 % 2 == 0 ? left : right, joint: $0) }
            return Asset.Level(pieces: pieces, distance: distance)
        }
        return Asset(
            archetype, joints: joints, levels: levels, materials: materials, paintSlot: Slot.paint.rawValue,
            palettes: [Asset.Palette(slot: Slot.paint.rawValue, colors: Surfaces.carColors)])
    }

    private func shell(_ fineness: Double) -> VehicleShell {
        VehicleShell(
            floor: 0.17, sill: 0.20, wellInner: 0.58,
            halfWidth: Curve([
                (-1.02, 0.815), (-0.75, 0.868), (-0.4, 0.902), (0, 0.914), (0.45, 0.905), (1.5, 0.902), (2.35, 0.905), (2.8, 0.914), (3.15, 0.90), (3.4, 0.865), (3.68, 0.80),
            ]),
            shoulder: Curve([(-1.02, 0.93), (-0.6, 0.985), (0, 0.985), (1, 0.955), (2.0, 0.915), (2.8, 0.83), (3.3, 0.735), (3.68, 0.655)]),
            deck: Curve([(-1.02, 1.03), (-0.75, 1.075), (-0.45, 1.085), (2.2, 1.0), (2.8, 0.93), (3.25, 0.835), (3.55, 0.745), (3.68, 0.70)]),
            flank: Curve([(0, 0.045), (0.1, 0.015), (0.3, 0.012), (0.42, 0.02), (0.62, 0.006), (0.74, 0.0), (0.82, 0.022), (0.93, 0.035), (1, 0.055)]),
            shoulderInset: 0.06,
            arches: [VehicleShell.Arch(x: 0, z: 0.33, radius: 0.375), VehicleShell.Arch(x: 2.80, z: 0.33, radius: 0.375)],
            front: { y, z in
                let plan = 0.25 * pow(abs(y) / 0.82, 3.0)
                let profile = z > 0.5 ? 0.11 * pow((z - 0.5) / 0.25, 2) : 0.07 * pow((0.5 - z) / 0.32, 2)
                return 3.68 - plan - min(profile, 0.2)
            },
            rear: { y, z in
                let plan = 0.17 * pow(abs(y) / 0.82, 3.4)
                let profile = z > 0.62 ? 0.055 * pow((z - 0.62) / 0.4, 2) : 0.09 * pow((0.62 - z) / 0.45, 2)
                return -1.02 + plan + min(profile, 0.2)
            },
            straight: -0.55...3.22, ends: -1.02...3.68,
            greenhouse: VehicleShell.Greenhouse(
                rearDeck: -0.62, rearRoof: 0.12, frontRoof: 1.38, frontDeck: 2.28,
                railZ: Curve([(-0.62, 0.99), (-0.35, 1.13), (0.12, 1.315), (0.4, 1.375), (0.9, 1.392), (1.38, 1.355), (1.85, 1.145), (2.28, 0.90)]),
                railY: Curve([(-0.62, 0.66), (0.12, 0.575), (0.8, 0.59), (1.38, 0.585), (2.28, 0.735)]),
                topZ: Curve([(-0.62, 1.06), (-0.35, 1.20), (0.12, 1.382), (0.4, 1.436), (0.85, 1.45), (1.2, 1.438), (1.42, 1.40), (1.85, 1.205), (2.28, 0.955)]),
                sideWindows: [-0.30...0.88, 0.96...2.12]),
            slots: VehicleShell.Slots(
                paint: Slot.paint.rawValue, glass: fineness > 0.35 ? Slot.glass.rawValue : Slot.allCases.count, dark: Slot.dark.rawValue, trim: Slot.trim.rawValue))
    }

    private func body(_ fineness: Double) -> MeshBuilder {
        let shell = shell(fineness)
        var mesh = shell.build(fineness: fineness, interior: fineness > 0.35)
        var half = MeshBuilder()
        lamps(&half, shell, fineness)
        if fineness > 0.35 {
            mirror(&half)
            seats(&half)
        }
        if fineness > 0.7 { doors(&half, shell) }
        half.mirrorAcrossY()
        mesh.append(half)
        middle(&mesh, shell, fineness)
        return mesh
    }

    /// Head and tail lamps, fog lamp recesses: left half.
    private func lamps(_ mesh: inout MeshBuilder, _ shell: VehicleShell, _ fineness: Double) {
        let n = fineness > 0.7 ? 8 : fineness > 0.35 ? 4 : 2
        let front = { (p: Vec2) in Vec3(shell.front(p.x, p.y), p.x, p.y) }
        let rear = { (p: Vec2) in Vec3(shell.rear(p.x, p.y), p.x, p.y) }
        let (ahead, back) = (Vec3(1, 0, 0), Vec3(-1, 0, 0))
        // Seen from ahead +y is on the right hand: counter-clockwise starts at the inner bottom corner.
        mesh.patch(
            [Vec2(0.42, 0.575), Vec2(0.805, 0.60), Vec2(0.80, 0.685), Vec2(0.46, 0.655)], across: n, up: 2, lift: 0.012, depth: 0.05, out: ahead, slot: Slot.head.rawValue,
            at: front)
        mesh.patch(
            [Vec2(0.56, 0.27), Vec2(0.78, 0.29), Vec2(0.78, 0.42), Vec2(0.60, 0.39)], across: n / 2 + 1, up: 1, lift: 0.008, depth: 0.05, out: ahead, slot: Slot.trim.rawValue,
            at: front)
        mesh.patch(
            [Vec2(0.81, 0.72), Vec2(0.42, 0.76), Vec2(0.44, 0.86), Vec2(0.80, 0.88)], across: n, up: 2, lift: 0.012, depth: 0.05, out: back, slot: Slot.tail.rawValue, at: rear)
        guard fineness > 0.35 else { return }
        mesh.patch(
            [Vec2(0.78, 0.30), Vec2(0.60, 0.30), Vec2(0.60, 0.34), Vec2(0.78, 0.34)], across: n, up: 1, lift: 0.01, depth: 0.05, out: back, slot: Slot.tail.rawValue, at: rear)
        let flank = { (p: Vec2) in Vec3(p.x, shell.side(p.x, p.y), p.y) }
        mesh.patch(
            [Vec2(-0.62, 0.74), Vec2(-0.79, 0.73), Vec2(-0.80, 0.87), Vec2(-0.60, 0.84)], across: 3, up: 1, lift: 0.006, depth: 0.05, out: Vec3(0, 1, 0), slot: Slot.tail.rawValue,
            at: flank)
    }

    /// Grille, plates, lower intake, third brake lamp: what sits on the middle line.
    private func middle(_ mesh: inout MeshBuilder, _ shell: VehicleShell, _ fineness: Double) {
        let front = { (p: Vec2) in Vec3(shell.front(p.x, p.y), p.x, p.y) }
        let rear = { (p: Vec2) in Vec3(shell.rear(p.x, p.y), p.x, p.y) }
        let (ahead, back) = (Vec3(1, 0, 0), Vec3(-1, 0, 0))
        let n = fineness > 0.7 ? 8 : 4
        mesh.patch(
            [Vec2(-0.33, 0.50), Vec2(0.33, 0.50), Vec2(0.40, 0.645), Vec2(-0.40, 0.645)], across: n, up: 3, lift: 0.010, depth: 0.05, out: ahead, slot: Slot.trim.rawValue,
            at: front)
        mesh.patch(
            [Vec2(-0.50, 0.235), Vec2(0.50, 0.235), Vec2(0.54, 0.36), Vec2(-0.54, 0.36)], across: n, up: 2, lift: 0.010, depth: 0.05, out: ahead, slot: Slot.trim.rawValue,
            at: front)
        mesh.patch(
            [Vec2(-0.26, 0.385), Vec2(0.26, 0.385), Vec2(0.26, 0.495), Vec2(-0.26, 0.495)], across: 2, up: 1, lift: 0.02, depth: 0.05, out: ahead, slot: Slot.plate.rawValue,
            at: front)
        mesh.patch(
            [Vec2(0.26, 0.735), Vec2(-0.26, 0.735), Vec2(-0.26, 0.845), Vec2(0.26, 0.845)], across: 2, up: 1, lift: 0.02, depth: 0.05, out: back, slot: Slot.plate.rawValue,
            at: rear)
        mesh.patch(
            [Vec2(0.62, 0.20), Vec2(-0.62, 0.20), Vec2(-0.60, 0.32), Vec2(0.60, 0.32)], across: n, up: 1, lift: 0.008, depth: 0.05, out: back, slot: Slot.trim.rawValue, at: rear)
        guard fineness > 0.7 else { return }
        for z in [0.53, 0.56, 0.59, 0.62] {
            mesh.patch(
                [Vec2(-0.34, z), Vec2(0.34, z), Vec2(0.34, z + 0.008), Vec2(-0.34, z + 0.008)], across: 8, up: 1, lift: 0.016, depth: 0.02, out: ahead, slot: Slot.chrome.rawValue,
                at: front)
        }
        for (k, y) in stride(from: -0.20, through: 0.20, by: 0.0665).enumerated() where k != 2 {
            mesh.patch(
                [Vec2(y - 0.018, 0.40), Vec2(y + 0.018, 0.40), Vec2(y + 0.018, 0.48), Vec2(y - 0.018, 0.48)], across: 1, up: 1, lift: 0.023, depth: 0.004, out: ahead,
                slot: Slot.text.rawValue, at: front)
            mesh.patch(
                [Vec2(y + 0.018, 0.75), Vec2(y - 0.018, 0.75), Vec2(y - 0.018, 0.83), Vec2(y + 0.018, 0.83)], across: 1, up: 1, lift: 0.023, depth: 0.004, out: back,
                slot: Slot.text.rawValue, at: rear)
        }
    }

    private func mirror(_ mesh: inout MeshBuilder) {
        var shape = MeshBuilder()
        shape.ovals(
            [
                MeshBuilder.Oval(1.93, 0.985, 0.945, 0.05, 0.06), MeshBuilder.Oval(1.94, 0.985, 0.965, 0.085, 0.095, power: 3),
                MeshBuilder.Oval(1.935, 0.98, 1.03, 0.09, 0.10, power: 3), MeshBuilder.Oval(1.93, 0.97, 1.08, 0.07, 0.085, power: 3),
                MeshBuilder.Oval(1.93, 0.97, 1.09, 0.04, 0.06),
            ], segments: 10
        ) { _ in Slot.paint.rawValue }
        shape.box(Vec3(1.90, 0.80, 0.945), Vec3(1.97, 0.93, 0.98), slot: Slot.trim.rawValue)
        mesh.append(shape)
    }

    /// Front and rear backrests with headrests, and the dashboard: left half.
    private func seats(_ mesh: inout MeshBuilder) {
        let s = Slot.seat.rawValue
        for x in [1.02, 0.12] {
            mesh.box(Vec3(x - 0.10, 0.14, 0.90), Vec3(x + 0.04, 0.58, 1.14), slot: s, bevel: 0.05)
            mesh.box(Vec3(x - 0.10, 0.26, 1.15), Vec3(x - 0.02, 0.47, 1.31), slot: s, bevel: 0.04)
        }
        mesh.box(Vec3(1.72, 0, 0.90), Vec3(2.05, 0.70, 0.995), slot: s)
    }

    /// Shut lines, handles and the sill moulding, a few millimetres proud of the flank: left half.
    private func doors(_ mesh: inout MeshBuilder, _ shell: VehicleShell) {
        let flank = { (p: Vec2) in Vec3(p.x, shell.side(p.x, p.y), p.y) }
        let out = Vec3(0, 1, 0)
        let line = { (mesh: inout MeshBuilder, a: Vec2, b: Vec2, n: Int) in
            let across = (b - a).normalized.left * -0.004
            mesh.patch([a - across, a + across, b + across, b - across], across: 1, up: n, lift: 0.003, depth: 0.006, out: out, slot: Slot.trim.rawValue, at: flank)
        }
        // Seen from the left, forward is on the left hand.
        let top = { (x: Double) in shell.shoulder(x) - 0.02 }
        line(&mesh, Vec2(2.13, 0.27), Vec2(2.20, top(2.2)), 8)
        line(&mesh, Vec2(0.93, 0.26), Vec2(0.92, top(0.92)), 8)
        line(&mesh, Vec2(0.36, 0.48), Vec2(-0.10, top(-0.1)), 8)
        line(&mesh, Vec2(2.13, 0.265), Vec2(0.40, 0.265), 4)
        line(&mesh, Vec2(0.40, 0.265), Vec2(0.36, 0.48), 3)
        for x in [1.10, 0.06] {
            let z = shell.shoulder(x) - 0.155
            let y = shell.side(x, z)
            mesh.box(Vec3(x - 0.02, y - 0.02, z - 0.012), Vec3(x + 0.17, y + 0.028, z + 0.014), slot: Slot.paint.rawValue, bevel: 0.008)
        }
    }
}
