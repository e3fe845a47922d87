import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `van`: a panel van, 5.93 m long with a high roof: short bonnet, big raked windscreen, blind load space, twin rear doors.
package struct Van: ProceduralAsset {
    private enum Slot: Int, CaseIterable { case paint, glass, dark, trim, tyre, steel, head, tail, plate, text, seat, leftTurn, rightTurn, brake }

    package init() {}

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let materials = [
            Surfaces.paint("van paint", Surfaces.vanColors[0]), Surfaces.glass, Surfaces.underbody, Surfaces.trim, Surfaces.rubber, Surfaces.steelWheel, Surfaces.headLamp,
            Surfaces.tailLamp, Surfaces.plate, Surfaces.plateText, Surfaces.cabin, Surfaces.leftTurnLamp, Surfaces.rightTurnLamp,
            Surfaces.brakeLamp, Surfaces.darkGlass,
        ]
        let y = archetype.track / 2
        let pivots = [Vec3(archetype.wheelbase, y, 0.345), Vec3(archetype.wheelbase, -y, 0.345), Vec3(0, y, 0.345), Vec3(0, -y, 0.345)]
        let joints = pivots.enumerated().map { Asset.Joint(kind: .wheel(radius: 0.345, steered: $0.offset < 2), pivot: $0.element) }
        let levels = [(1.0, 0.0), (0.4, 22.0), (0.2, 70.0)].map { fineness, distance in
            let wheel = Wheel.build(
                radius: 0.345, width: 0.225, rim: 0.215, spokes: 0, fineness: fineness, tyre: Slot.tyre.rawValue, metal: Slot.steel.rawValue, dark: Slot.dark.rawValue)
            let (left, right) = (wheel.mesh(), Wheel.turned(wheel).mesh())
            let pieces = [Asset.Piece(mesh: body(fineness).mesh(crease: 0.55))] + (0..<4).map { Asset.Piece(mesh: $0 % 2 == 0 ? left : right, joint: $0) }
            return Asset.Level(pieces: pieces, distance: distance)
        }
        var asset = Asset(
            archetype, joints: joints, levels: levels, materials: materials, paintSlot: Slot.paint.rawValue,
            palettes: [Asset.Palette(slot: Slot.paint.rawValue, colors: Surfaces.vanColors)])
        asset.lamps = VehicleLamps.lamps(head: Vec3(4.52, 0.74, 0.87), rear: Vec3(-1.29, 0.90, 1.07), color: LampColor.halogen)
        return asset
    }

    private func shell(_ fineness: Double) -> VehicleShell {
        VehicleShell(
            floor: 0.24, sill: 0.30, wellInner: 0.66,
            halfWidth: Curve([(-1.28, 0.965), (-1.2, 0.985), (0, 1.0), (2.6, 1.0), (3.64, 0.998), (4.1, 0.965), (4.4, 0.92), (4.65, 0.86)]),
            shoulder: Curve([(-1.28, 1.30), (2.4, 1.30), (3.2, 1.235), (3.9, 1.10), (4.3, 0.99), (4.65, 0.90)]),
            deck: Curve([(-1.28, 1.32), (3.3, 1.40), (3.75, 1.32), (4.1, 1.20), (4.4, 1.07), (4.65, 0.95)]),
            flank: Curve([(0, 0.04), (0.12, 0.012), (0.3, 0.0), (0.38, 0.018), (0.4, 0.018), (0.58, 0.0), (0.85, 0.004), (1, 0.014)]),
            shoulderInset: 0.025,
            arches: [VehicleShell.Arch(x: 0, z: 0.345, radius: 0.40), VehicleShell.Arch(x: 3.64, z: 0.345, radius: 0.40)],
            front: { y, z in
                let plan = 0.24 * pow(abs(y) / 0.88, 3.2)
                let profile = z > 0.62 ? 0.20 * pow((z - 0.62) / 0.42, 2) : 0.06 * pow((0.62 - z) / 0.38, 2)
                return 4.65 - plan - min(profile, 0.3)
            },
            rear: { y, z in -1.28 + 0.03 * pow(abs(y) / 0.97, 8) + (z < 0.5 ? -0.0 : 0.012) },
            straight: -1.1...4.05, ends: -1.28...4.65,
            greenhouse: VehicleShell.Greenhouse(
                rearDeck: -1.266, rearRoof: -1.20, frontRoof: 2.62, frontDeck: 3.72,
                railZ: Curve([(-1.266, 1.295), (-1.235, 2.28), (-1.20, 2.33), (0, 2.335), (2.0, 2.33), (2.62, 2.24), (3.1, 1.80), (3.72, 1.16)]),
                railY: Curve([(-1.266, 0.95), (-1.20, 0.885), (0, 0.89), (2.0, 0.88), (2.62, 0.83), (3.72, 0.87)]),
                topZ: Curve([(-1.266, 1.31), (-1.235, 2.38), (-1.20, 2.43), (0, 2.45), (2.0, 2.44), (2.62, 2.34), (3.1, 1.90), (3.72, 1.31)]),
                sideWindows: [2.32...3.46], windowTop: 0.80, bow: 0.16, rearGlass: false),
            slots: VehicleShell.Slots(
                paint: Slot.paint.rawValue, glass: fineness > 0.35 ? Slot.glass.rawValue : Slot.allCases.count, dark: Slot.dark.rawValue, trim: Slot.paint.rawValue))
    }

    private func body(_ fineness: Double) -> MeshBuilder {
        let shell = shell(fineness)
        var mesh = shell.build(fineness: fineness, interior: fineness > 0.35)
        var half = MeshBuilder()
        ends(&half, shell, fineness)
        if fineness > 0.35 { cab(&half) }
        if fineness > 0.7 { lines(&half, shell) }
        half.mirrorAcrossY()
        mesh.append(half)
        VehicleLamps.bothSides(&mesh, left: Slot.leftTurn.rawValue, right: Slot.rightTurn.rawValue) { turnLamps(&$0, shell, slot: $1) }
        middle(&mesh, shell, fineness)
        return mesh
    }

    /// Left indicators, in the outer corner of the head lamp and in the tail lamp.
    private func turnLamps(_ mesh: inout MeshBuilder, _ shell: VehicleShell, slot: Int) {
        mesh.patch(
            [Vec2(0.78, 0.80), Vec2(0.85, 0.81), Vec2(0.85, 0.98), Vec2(0.80, 0.96)], across: 2, up: 1, lift: 0.02, depth: 0.03, out: Vec3(1, 0, 0), slot: slot,
            at: { Vec3(shell.front($0.x, $0.y), $0.x, $0.y) })
        mesh.patch(
            [Vec2(0.955, 1.00), Vec2(0.86, 1.00), Vec2(0.86, 1.12), Vec2(0.953, 1.12)], across: 1, up: 1, lift: 0.012, depth: 0.03, out: Vec3(-1, 0, 0), slot: slot,
            at: { Vec3(-1.28, $0.x, $0.y) })
    }

    private func ends(_ mesh: inout MeshBuilder, _ shell: VehicleShell, _ fineness: Double) {
        let n = fineness > 0.7 ? 8 : fineness > 0.35 ? 4 : 2
        let front = { (p: Vec2) in Vec3(shell.front(p.x, p.y), p.x, p.y) }
        let (ahead, back) = (Vec3(1, 0, 0), Vec3(-1, 0, 0))
        mesh.patch(
            [Vec2(0.50, 0.74), Vec2(0.86, 0.80), Vec2(0.86, 1.0), Vec2(0.62, 0.93)], across: n, up: 3, lift: 0.014, depth: 0.06, out: ahead, slot: Slot.head.rawValue, at: front)
        // Tall lamps on the rear corners; window in each rear door.
        let rear = { (p: Vec2) in Vec3(-1.28, p.x, p.y) }
        mesh.patch(
            [Vec2(0.965, 0.82), Vec2(0.85, 0.82), Vec2(0.86, 1.32), Vec2(0.95, 1.32)], across: 1, up: 3, lift: 0.006, depth: 0.06, out: back, slot: Slot.tail.rawValue, at: rear)
        mesh.patch(
            [Vec2(0.955, 1.14), Vec2(0.862, 1.14), Vec2(0.862, 1.30), Vec2(0.95, 1.30)], across: 1, up: 1, lift: 0.012, depth: 0.03, out: back, slot: Slot.brake.rawValue, at: rear)
        mesh.patch(
            [Vec2(0.80, 1.48), Vec2(0.10, 1.48), Vec2(0.10, 2.02), Vec2(0.76, 2.02)], across: 1, up: 1, lift: 0.012, depth: 0.08, out: back, slot: Slot.allCases.count, at: rear)
        mesh.patch(
            [Vec2(0.96, 0.29), Vec2(0.0, 0.29), Vec2(0.0, 0.50), Vec2(0.96, 0.50)], across: 1, up: 1, lift: 0.02, depth: 0.08, out: back, slot: Slot.trim.rawValue, at: rear)
    }

    private func middle(_ mesh: inout MeshBuilder, _ shell: VehicleShell, _ fineness: Double) {
        let front = { (p: Vec2) in Vec3(shell.front(p.x, p.y), p.x, p.y) }
        let ahead = Vec3(1, 0, 0)
        let n = fineness > 0.7 ? 10 : 4
        mesh.patch(
            [Vec2(-0.46, 0.64), Vec2(0.46, 0.64), Vec2(0.52, 0.86), Vec2(-0.52, 0.86)], across: n, up: 4, lift: 0.012, depth: 0.06, out: ahead, slot: Slot.trim.rawValue, at: front)
        mesh.patch(
            [Vec2(-0.84, 0.31), Vec2(0.84, 0.31), Vec2(0.86, 0.56), Vec2(-0.86, 0.56)], across: n, up: 3, lift: 0.014, depth: 0.06, out: ahead, slot: Slot.trim.rawValue, at: front)
        mesh.patch(
            [Vec2(-0.26, 0.42), Vec2(0.26, 0.42), Vec2(0.26, 0.53), Vec2(-0.26, 0.53)], across: 2, up: 1, lift: 0.03, depth: 0.05, out: ahead, slot: Slot.plate.rawValue, at: front)
        let rear = { (p: Vec2) in Vec3(-1.28, p.x, p.y) }
        let back = Vec3(-1, 0, 0)
        mesh.patch(
            [Vec2(0.58, 0.60), Vec2(0.06, 0.60), Vec2(0.06, 0.71), Vec2(0.58, 0.71)], across: 1, up: 1, lift: 0.012, depth: 0.05, out: back, slot: Slot.plate.rawValue, at: rear)
        mesh.patch(
            [Vec2(0.008, 0.52), Vec2(-0.008, 0.52), Vec2(-0.008, 2.30), Vec2(0.008, 2.30)], across: 1, up: 1, lift: 0.003, depth: 0.01, out: back, slot: Slot.trim.rawValue,
            at: rear)
    }

    /// Mirrors, seats, dashboard, and the bulkhead behind the seats.
    private func cab(_ mesh: inout MeshBuilder) {
        mesh.ovals(
            [
                MeshBuilder.Oval(3.24, 1.13, 1.33, 0.05, 0.08), MeshBuilder.Oval(3.24, 1.13, 1.36, 0.08, 0.11, power: 4), MeshBuilder.Oval(3.22, 1.12, 1.62, 0.08, 0.11, power: 4),
                MeshBuilder.Oval(3.22, 1.12, 1.65, 0.04, 0.08),
            ], segments: 10) { _ in Slot.trim.rawValue }
        mesh.box(Vec3(3.20, 0.92, 1.36), Vec3(3.27, 1.06, 1.42), slot: Slot.trim.rawValue)
        let s = Slot.seat.rawValue
        mesh.box(Vec3(2.30, 0.22, 1.20), Vec3(2.46, 0.72, 1.58), slot: s, bevel: 0.05)
        mesh.box(Vec3(2.30, 0.35, 1.60), Vec3(2.38, 0.59, 1.78), slot: s, bevel: 0.04)
        mesh.box(Vec3(3.05, 0, 1.20), Vec3(3.40, 0.82, 1.34), slot: s)
        mesh.box(Vec3(2.18, 0, 1.28), Vec3(2.22, 0.86, 2.28), slot: s)
    }

    /// Door gaps, handles and the rub rail.
    private func lines(_ mesh: inout MeshBuilder, _ shell: VehicleShell) {
        let flank = { (p: Vec2) in Vec3(p.x, shell.side(p.x, p.y), p.y) }
        for (a, b) in [(Vec2(3.40, 0.36), Vec2(3.42, 1.20)), (Vec2(2.24, 0.34), Vec2(2.24, 1.28)), (Vec2(0.92, 0.34), Vec2(0.92, 1.28))] {
            mesh.patch(
                [Vec2(a.x + 0.005, a.y), Vec2(a.x - 0.005, a.y), Vec2(b.x - 0.005, b.y), Vec2(b.x + 0.005, b.y)], across: 1, up: 12, lift: 0.003, depth: 0.008, out: Vec3(0, 1, 0),
                slot: Slot.trim.rawValue, at: flank)
        }
        mesh.patch(
            [Vec2(3.18, 0.66), Vec2(0.46, 0.66), Vec2(0.46, 0.76), Vec2(3.18, 0.76)], across: 6, up: 3, lift: 0.018, depth: 0.04, out: Vec3(0, 1, 0), slot: Slot.trim.rawValue,
            at: flank)
        for x in [2.34, 2.02] { mesh.box(Vec3(x, 0.97, 1.10), Vec3(x + 0.16, 1.018, 1.135), slot: Slot.trim.rawValue, bevel: 0.01) }
        mesh.box(Vec3(-1.1, 0.975, 1.285), Vec3(0.9, 1.0, 1.31), slot: Slot.trim.rawValue)
    }
}
