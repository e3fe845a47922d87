import Foundation
import SquallGeometry
import SquallMath
import SquallScene

/// `semi`: a European cab-over tractor with a three-axle box semi-trailer, 16.50 m. One rigid body: the trailer does not
/// articulate yet. Ten wheels positions turn, the front pair steers.
package struct Semi: ProceduralAsset {
    private enum Slot: Int, CaseIterable { case paint, glass, dark, trim, tyre, steel, head, tail, plate, box, frame, seat, marking, turn, brake }

    package init() {}

    private static let radius = 0.505
    private static let trailerAxles = [-5.95, -7.26, -8.57]

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let materials = [
            Surfaces.paint("cab paint", Surfaces.cabColors[0]), Surfaces.glass, Surfaces.underbody, Surfaces.trim, Surfaces.rubber, Surfaces.steelWheel, Surfaces.headLamp,
            Surfaces.tailLamp,
            Surfaces.plate, Surfaces.paint("trailer", Surfaces.trailerColors[0], lacquer: 0), Surfaces.galvanized, Surfaces.cabin, Surfaces.contour,
            Surfaces.turnLamp.shining(.position, 800, LampColor.amber), Surfaces.brakeLamp, Surfaces.darkGlass,
        ]
        let steer = archetype.track / 2
        var joints: [Asset.Joint] = []
        for (x, y, steered) in [(archetype.wheelbase, steer, true), (0, 0.93, false)] + Self.trailerAxles.map({ ($0, 1.04, false) }) {
            for side in [1.0, -1.0] { joints.append(Asset.Joint(kind: .wheel(radius: Self.radius, steered: steered), pivot: Vec3(x, side * y, Self.radius))) }
        }
        let levels = [(1.0, 0.0), (0.4, 35.0), (0.2, 110.0)].map { fineness, distance -> Asset.Level in
            let wheel = { (width: Double) in
                Wheel.build(
                    radius: Self.radius, width: width, rim: 0.30, spokes: 0, fineness: min(fineness, 0.5), tyre: Slot.tyre.rawValue, metal: Slot.steel.rawValue,
                    dark: Slot.dark.rawValue)
            }
            let (single, twin) = (wheel(0.32), wheel(0.62))
            let meshes = [single.mesh(), Wheel.turned(single).mesh(), twin.mesh(), Wheel.turned(twin).mesh()]
            let pieces = joints.indices.map { Asset.Piece(mesh: meshes[($0 / 2 == 1 ? 2 : 0) + $0 % 2], joint: $0) }
            return Asset.Level(pieces: [Asset.Piece(mesh: body(fineness).mesh(crease: 0.55))] + pieces, distance: distance)
        }
        var asset = Asset(
            archetype, joints: joints, levels: levels, materials: materials, paintSlot: Slot.paint.rawValue,
            palettes: [Asset.Palette(slot: Slot.paint.rawValue, colors: Surfaces.cabColors), Asset.Palette(slot: Slot.box.rawValue, colors: Surfaces.trailerColors)])
        asset.lamps = VehicleLamps.lamps(head: Vec3(4.90, 0.90, 0.81), rear: Vec3(-11.51, 0.96, 1.10))
        return asset
    }

    /// The cab: a tall lower body with one arch, upright windscreen, raised roof.
    private func shell(_ fineness: Double) -> VehicleShell {
        VehicleShell(
            floor: 0.62, sill: 0.66, wellInner: 0.80,
            halfWidth: Curve([(2.70, 1.22), (2.9, 1.245), (4.4, 1.245), (4.75, 1.20), (4.97, 1.12)]),
            shoulder: Curve([(2.70, 1.92), (4.97, 1.90)]), deck: Curve([(2.70, 1.94), (4.97, 1.93)]),
            flank: Curve([(0, 0.03), (0.1, 0.0), (0.85, 0.0), (1, 0.012)]), shoulderInset: 0.03,
            arches: [VehicleShell.Arch(x: 3.60, z: Self.radius, radius: 0.60)],
            front: { y, z in 4.97 - 0.20 * pow(abs(y) / 1.12, 4) - (z > 1.5 ? 0.05 * pow((z - 1.5) / 0.4, 2) : 0.05 * pow((1.5 - z) / 0.9, 2)) },
            rear: { _, _ in 2.70 }, straight: 2.80...4.55, ends: 2.70...4.97,
            greenhouse: VehicleShell.Greenhouse(
                rearDeck: 2.71, rearRoof: 2.78, frontRoof: 4.45, frontDeck: 4.90,
                railZ: Curve([(2.71, 1.92), (2.74, 3.60), (2.78, 3.72), (3.4, 3.68), (4.1, 3.36), (4.45, 3.02), (4.62, 2.80), (4.72, 2.52), (4.90, 1.92)]),
                railY: Curve([(2.71, 1.20), (2.78, 1.12), (3.6, 1.11), (4.45, 1.09), (4.90, 1.14)]),
                topZ: Curve([(2.71, 1.94), (2.74, 3.70), (2.78, 3.82), (3.4, 3.78), (4.1, 3.45), (4.45, 3.10), (4.66, 2.84), (4.78, 2.5), (4.90, 1.93)]),
                sideWindows: [3.52...4.55], windowTop: 0.62, bow: 0.06, rearGlass: false),
            slots: VehicleShell.Slots(
                paint: Slot.paint.rawValue, glass: fineness > 0.35 ? Slot.glass.rawValue : Slot.allCases.count, dark: Slot.dark.rawValue, trim: Slot.trim.rawValue))
    }

    private func body(_ fineness: Double) -> MeshBuilder {
        let shell = shell(fineness)
        var mesh = shell.build(fineness: fineness, interior: fineness > 0.35)
        var half = MeshBuilder()
        cabDetails(&half, shell, fineness)
        chassis(&half, fineness)
        trailerDetails(&half, fineness)
        half.mirrorAcrossY()
        mesh.append(half)
        mesh.box(Vec3(-11.50, -1.275, 1.18), Vec3(2.05, 1.275, 3.95), slot: Slot.box.rawValue, bevel: fineness > 0.7 ? 0.03 : 0)
        let front = { (p: Vec2) in Vec3(shell.front(p.x, p.y), p.x, p.y) }
        let n = fineness > 0.7 ? 8 : 3
        mesh.patch(
            [Vec2(-0.75, 1.02), Vec2(0.75, 1.02), Vec2(0.86, 1.72), Vec2(-0.86, 1.72)], across: n, up: 3, lift: 0.012, depth: 0.06, out: Vec3(1, 0, 0), slot: Slot.trim.rawValue,
            at: front)
        mesh.patch(
            [Vec2(-0.26, 0.70), Vec2(0.26, 0.70), Vec2(0.26, 0.81), Vec2(-0.26, 0.81)], across: 2, up: 1, lift: 0.012, depth: 0.06, out: Vec3(1, 0, 0), slot: Slot.plate.rawValue,
            at: front)
        mesh.box(Vec3(4.45, -0.95, 0.36), Vec3(4.80, 0.95, 0.64), slot: Slot.trim.rawValue, bevel: fineness > 0.35 ? 0.06 : 0)
        mesh.box(Vec3(-11.525, -0.26, 1.04), Vec3(-11.50, 0.26, 1.15), slot: Slot.plate.rawValue)
        return mesh
    }

    private func cabDetails(_ mesh: inout MeshBuilder, _ shell: VehicleShell, _ fineness: Double) {
        let front = { (p: Vec2) in Vec3(shell.front(p.x, p.y), p.x, p.y) }
        let n = fineness > 0.7 ? 6 : 2
        mesh.patch(
            [Vec2(0.72, 0.72), Vec2(1.10, 0.72), Vec2(1.10, 0.90), Vec2(0.66, 0.87)], across: n, up: 1, lift: 0.014, depth: 0.06, out: Vec3(1, 0, 0), slot: Slot.head.rawValue,
            at: front)
        guard fineness > 0.35 else { return }
        // Slats of the grille, mirrors, sun visor, seats, steps.
        if fineness > 0.7 {
            for z in [1.14, 1.28, 1.42, 1.56] {
                mesh.patch(
                    [Vec2(0, z), Vec2(0.78, z), Vec2(0.78, z + 0.05), Vec2(0, z + 0.05)], across: 6, up: 1, lift: 0.03, depth: 0.04, out: Vec3(1, 0, 0), slot: Slot.paint.rawValue,
                    at: front)
            }
            for z in [0.78, 1.12] { mesh.box(Vec3(4.26, 1.16, z), Vec3(4.62, 1.25, z + 0.05), slot: Slot.trim.rawValue) }
            mesh.box(Vec3(3.48, 1.225, 1.60), Vec3(3.66, 1.262, 1.64), slot: Slot.trim.rawValue, bevel: 0.01)
        }
        mesh.box(Vec3(4.62, 1.26, 2.05), Vec3(4.78, 1.48, 2.62), slot: Slot.trim.rawValue, bevel: 0.05)
        mesh.box(Vec3(4.64, 1.10, 2.60), Vec3(4.72, 1.32, 2.66), slot: Slot.trim.rawValue)
        mesh.box(Vec3(4.58, 0, 2.84), Vec3(4.86, 1.08, 2.90), slot: Slot.trim.rawValue, bevel: 0.02)
        mesh.box(Vec3(3.55, 0.35, 1.90), Vec3(3.75, 0.88, 2.62), slot: Slot.seat.rawValue, bevel: 0.06)
        mesh.box(Vec3(4.30, 0, 1.90), Vec3(4.62, 1.08, 2.12), slot: Slot.seat.rawValue)
    }

    /// Frame rails, tanks, mudguards, fifth wheel, side skirts of the tractor.
    private func chassis(_ mesh: inout MeshBuilder, _ fineness: Double) {
        let round = fineness > 0.7 ? 16 : 8
        mesh.box(Vec3(-1.15, 0.33, 0.72), Vec3(3.2, 0.47, 1.0), slot: Slot.dark.rawValue)
        mesh.box(Vec3(-0.45, 0.0, 0.98), Vec3(0.75, 0.5, 1.18), slot: Slot.dark.rawValue)
        mesh.tube([Vec3(0.85, 0.88, 0.70), Vec3(2.35, 0.88, 0.70)], radii: [0.33, 0.33], segments: round, slot: Slot.frame.rawValue)
        guard fineness > 0.35 else { return }
        // Mudguard over the drive axle.
        let arc = (0...8).map { k -> Vec3 in
            let angle = .pi * (0.08 + 0.84 * Double(k) / 8)
            return Vec3(-0.60 * cos(angle), 0, Self.radius + 0.60 * sin(angle))
        }
        let net = arc.map { [$0 + Vec3(0, 0.60, 0), $0 + Vec3(0, 1.24, 0)] }
        mesh.grid(net, flipped: true) { _, _ in Slot.trim.rawValue }
        mesh.grid(net.map { $0.map { Vec3($0.x * 0.97, $0.y, $0.z - 0.01) } }) { _, _ in Slot.dark.rawValue }
        mesh.box(Vec3(2.45, 1.10, 0.62), Vec3(2.95, 1.24, 1.85), slot: Slot.paint.rawValue, bevel: 0.03)
    }

    /// Trailer frame, landing legs, under-run guards, lamps, contour marking.
    private func trailerDetails(_ mesh: inout MeshBuilder, _ fineness: Double) {
        mesh.box(Vec3(-11.45, 0.40, 0.92), Vec3(0.9, 0.55, 1.20), slot: Slot.dark.rawValue)
        mesh.box(Vec3(-11.49, 1.13, 1.10), Vec3(2.0, 1.262, 1.20), slot: Slot.frame.rawValue)
        mesh.box(Vec3(-11.49, 0.0, 1.02), Vec3(-11.36, 1.25, 1.20), slot: Slot.dark.rawValue)
        mesh.box(Vec3(-11.44, 0.0, 0.46), Vec3(-11.34, 1.20, 0.60), slot: Slot.frame.rawValue)
        mesh.box(Vec3(-11.50, 0.72, 1.03), Vec3(-11.47, 1.20, 1.16), slot: Slot.tail.rawValue)
        mesh.box(Vec3(-11.508, 0.80, 1.045), Vec3(-11.47, 0.95, 1.145), slot: Slot.brake.rawValue)
        for x in Self.trailerAxles { mesh.box(Vec3(x - 0.08, 0, Self.radius - 0.08), Vec3(x + 0.08, 0.9, Self.radius + 0.08), slot: Slot.dark.rawValue) }
        guard fineness > 0.35 else { return }
        mesh.box(Vec3(-11.40, 0.45, 0.55), Vec3(-11.32, 0.55, 1.0), slot: Slot.dark.rawValue)
        mesh.box(Vec3(-0.75, 0.75, 0.32), Vec3(-0.60, 0.90, 1.12), slot: Slot.frame.rawValue)
        for z in [0.62, 0.86] { mesh.box(Vec3(-5.25, 1.18, z), Vec3(-1.25, 1.22, z + 0.11), slot: Slot.frame.rawValue) }
        for x in [-5.1, -3.3, -1.4] { mesh.box(Vec3(x, 1.10, 0.62), Vec3(x + 0.06, 1.18, 1.12), slot: Slot.dark.rawValue) }
        for x in Self.trailerAxles { mesh.box(Vec3(x - 0.60, 0.86, 1.04), Vec3(x + 0.60, 1.25, 1.08), slot: Slot.dark.rawValue) }
        // Doors at the back: gap, lock rods; reflective tape round the rear and along the side.
        mesh.box(Vec3(-11.512, 0.0, 1.24), Vec3(-11.498, 0.012, 3.90), slot: Slot.dark.rawValue)
        for y in [0.28, 0.92] { mesh.box(Vec3(-11.527, y, 1.22), Vec3(-11.50, y + 0.03, 3.92), slot: Slot.frame.rawValue) }
        mesh.box(Vec3(-11.506, 1.19, 1.30), Vec3(-11.50, 1.24, 3.86), slot: Slot.marking.rawValue)
        mesh.box(Vec3(-11.506, 0, 3.82), Vec3(-11.50, 1.24, 3.87), slot: Slot.marking.rawValue)
        for x in stride(from: -11.2, to: 1.8, by: 1.0) { mesh.box(Vec3(x, 1.27, 1.26), Vec3(x + 0.7, 1.278, 1.31), slot: Slot.marking.rawValue) }
        for x in stride(from: -10.6, to: 1.8, by: 3.0) { mesh.box(Vec3(x, 1.262, 1.12), Vec3(x + 0.1, 1.272, 1.17), slot: Slot.turn.rawValue) }
        guard fineness > 0.7 else { return }
        // Panel ribs of the box.
        for x in stride(from: -10.3, to: 2.0, by: 1.2) { mesh.box(Vec3(x, 1.27, 1.40), Vec3(x + 0.02, 1.277, 3.85), slot: Slot.box.rawValue) }
    }
}
