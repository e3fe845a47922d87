import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// What a person has in the left hand: an umbrella that is up, a hand bag, a shopping bag. Stiff, it follows the hand and stays upright.
///
/// `holds = umbrella` on an adult, child or elder. Modelled about the grip, x ahead, z up, metres, for a person of 1.76 m.
package enum HandHeld: Sendable {
    case umbrella, handBag, shoppingBag

    /// Slots of its surfaces.
    typealias Slot = PersonFrame.Slot

    /// Its triangles about the grip at a level of detail.
    func mesh(level: Int) -> Mesh {
        var builder = MeshBuilder()
        switch self {
        case .umbrella: Self.umbrella(&builder, level: level)
        case .handBag: Self.bag(&builder, size: Vec3(0.27, 0.105, 0.20), drop: 0.13, top: 0.72, level: level)
        case .shoppingBag: Self.bag(&builder, size: Vec3(0.30, 0.13, 0.34), drop: 0.17, top: 0.90, level: level)
        }
        return builder.mesh(crease: 0.6)
    }

    /// Eight ribs under a bowed canopy of 1 m across, held back over the head.
    private static func umbrella(_ builder: inout MeshBuilder, level: Int) {
        let axis = Vec3(-0.30, -0.19, 1).normalized, across = cross(Vec3(0, 1, 0), axis).normalized, along = cross(axis, across)
        let (reach, rise, ribs) = (0.52, 0.17, 8)
        let steps = [5, 3, 2][level], parts = [4, 2, 1][level]
        let apex = axis * 0.66
        // A rib bends like a bow: the dome's slope grows towards the rim. Between ribs the cloth is flat, and its edge is cut in.
        let place = { (share: Double, turn: Double) -> Vec3 in
            let sector = 2 * .pi / Double(ribs)
            let off = turn - (turn / sector).rounded(.down) * sector - sector / 2
            let flat = cos(sector / 2) / cos(off)
            let cut = 1 - 0.045 * share * share * (1 - pow(abs(off) / (sector / 2), 2))
            let radius = reach * sin(share * 1.15) / sin(1.15) * flat * cut
            let height = -rise * (1 - cos(share * 1.15)) / (1 - cos(1.15))
            return apex + axis * height + across * (radius * cos(turn)) + along * (radius * sin(turn))
        }
        let columns = ribs * parts
        let rings = (1...steps).map { i in (0..<columns).map { place(Double(i) / Double(steps), 2 * .pi * Double($0) / Double(columns)) } }
        builder.grid(rings, closed: true) { _, _ in Slot.canopy.rawValue }
        for k in 0..<columns { builder.triangle(apex, rings[0][k], rings[0][(k + 1) % columns], slot: Slot.canopy.rawValue) }
        let sides = [8, 5, 3][level]
        builder.tube([axis * -0.02, axis * 0.70], radii: [0.006, 0.004], segments: sides, slot: Slot.shaft.rawValue)
        builder.tube([axis * -0.13, axis * -0.11, axis * 0.05, axis * 0.06], radii: [0.010, 0.016, 0.015, 0.008], segments: sides, slot: Slot.shaft.rawValue)
        guard level == 0 else { return }
        for rib in 0..<ribs {
            let turn = 2 * .pi * Double(rib) / Double(ribs)
            let under = (0...steps).map { i in place(Double(i) / Double(steps), turn) - axis * 0.006 }
            builder.tube(under, radii: under.map { _ in 0.0022 }, segments: 4, slot: Slot.shaft.rawValue)
            builder.tube([axis * 0.46, place(0.55, turn) - axis * 0.008], radii: [0.002, 0.002], segments: 4, slot: Slot.shaft.rawValue)
        }
    }

    /// A soft box on two loops of strap. - Parameter top: its upper edge over its widest part.
    private static func bag(_ builder: inout MeshBuilder, size: Vec3, drop: Double, top: Double, level: Int) {
        let sides = [20, 12, 6][level]
        let heights: [(share: Double, wide: Double)] = [(0, 0.80), (0.04, 0.94), (0.30, 1), (0.75, 0.5 + 0.5 * top), (1, top)]
        let rings = heights.map { height in
            (0..<sides).map { k -> Vec3 in
                let turn = 2 * .pi * (Double(k) + 0.5) / Double(sides), bent = { (v: Double) in v < 0 ? -pow(-v, 0.45) : pow(v, 0.45) }
                // Flat towards its mouth, where the hand pulls the sides together.
                let thin = height.wide * (1 - 0.55 * height.share * height.share)
                return Vec3(size.x / 2 * height.wide * bent(cos(turn)), size.y / 2 * thin * bent(sin(turn)), -drop - size.z * (1 - height.share))
            }
        }
        builder.grid(rings, closed: true, flipped: true) { _, _ in Slot.accessory.rawValue }
        builder.polygon(rings[0].reversed(), slot: Slot.accessory.rawValue)
        builder.polygon(rings[rings.count - 1], slot: Slot.accessory.rawValue)
        guard level < 2 else { return }
        for side in [-1.0, 1.0] {
            let (x, y) = (size.x * 0.26 * top, side * size.y * 0.2 * top)
            let up = [Vec3(-x, y, -drop - 0.01), Vec3(-x * 0.8, y * 0.8, -drop * 0.45), Vec3(-0.018, y * 0.2, -0.004)]
            let strap = up + up.reversed().map { Vec3(-$0.x, $0.y, $0.z) }
            builder.tube(strap, radii: strap.map { _ in 0.006 }, segments: [6, 4][level], slot: Slot.accessory.rawValue)
        }
    }

    var grip: BipedGait.Grip { self == .umbrella ? .raised : .hanging }
}
