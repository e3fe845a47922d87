import Foundation
import SquallAssets
import SquallMath

/// Sprays on a tree's shoots: where each card lies, how large, in which shade. Coarser levels draw fewer and larger ones of the same sprays, so
/// that the crown keeps its outline.
struct Foliage {
    /// Mean brightness of the drawn leaves against the albedo they stand for.
    static let brightness = 0.74

    private struct Card {
        var foot: Vec3, along: Vec3, face: Vec3, out: Vec3
        var size: Double
        var slot: Int
        var mirrored: Bool
    }
    private let cards: [Card]
    private let habit: TreeHabit
    private let count: Int

    init(_ skeleton: TreeSkeleton, _ variant: Variant) {
        habit = skeleton.habit
        let sites = skeleton.sites
        var random = CounterRandom(seed: 13, sample: UInt32(truncatingIfNeeded: variant.index), path: "foliage.\(variant.asset)")
        let habit = habit
        count = habit.sprays
        // Sprays go round the sites in a fixed shuffled order: any stretch of the list is spread over the whole crown.
        var order = Array(sites.indices)
        for k in order.indices.reversed() { order.swapAt(k, Int(random.uniform() * Double(k + 1))) }
        cards = (0..<(sites.isEmpty ? 0 : habit.sprays)).map { k in
            let site = sites[order[k % order.count]]
            let sway = Vec3(random.normal(), random.normal(), random.normal())
            let flat = Vec3(site.out.x, site.out.y, 0.25 * site.out.z)
            var along = (site.along * 0.8 + flat * 0.7 + sway * 0.55 - Vec3(0, 0, habit.droop * 1.4)).normalized
            if along == .zero { along = Vec3(1, 0, 0) }
            // Blades lie open to the sky and outwards.
            let tilt = Vec3(random.normal(), random.normal(), random.normal())
            var face = habit.isWhorled ? Vec3(0, 0, 1) + site.out * 0.25 + tilt * (k % 3 == 2 ? 1.2 : 0.28) : site.out * 0.75 + Vec3(0, 0, 0.55) + tilt * 0.55
            face -= along * dot(face, along)
            face = face.normalized == .zero ? cross(along, Vec3(0.3, 0.8, 0.5)).normalized : face.normalized
            let size = habit.sprayLength * (0.75 + 0.5 * random.uniform()) * (habit.isWhorled ? 0.55 + 0.6 * (1 - site.position.z / skeleton.height) : 1)
            let light = site.depth * 0.75 + 0.25 * max(0, site.out.z) + 0.30 * (random.uniform() - 0.5)
            let slot = light < 0.50 ? Tree.Slot.shaded : light < 0.86 ? .leaf : .sunlit
            let foot = site.position - along * (0.10 * size) + sway * (0.05 * size)
            return Card(foot: foot, along: along, face: face, out: site.out, size: size, slot: slot.rawValue, mirrored: random.uniform() < 0.5)
        }
    }

    /// - Parameter detail: 0 all sprays, 1 a third, 2 clusters.
    func draw(_ mesh: inout PlantMesh, detail: Int) {
        let wanted = [count, count * 5 / 18, habit.foliage == .twigs ? 170 : 330][detail]
        let grown = [1.0, 1.75, 1.0][detail]
        // A cluster stands for a volume of leaves: as large as the clumps between the boughs.
        let cluster = habit.sprayLength * 0.95 * pow(Double(count) / Double(wanted), 0.36)
        for card in cards.prefix(wanted) {
            var card = card
            if detail == 2 {
                let size = cluster * (0.5 + 0.5 * card.size / habit.sprayLength)
                card.foot -= card.along * (0.30 * size)
                card.size = size
            } else {
                card.size *= grown
                card.foot -= card.along * (0.10 * card.size * (grown - 1))
            }
            draw(card, &mesh, slot: detail == 2 ? card.slot - 1 + Tree.clusterSlots : card.slot)
        }
    }

    private func draw(_ card: Card, _ mesh: inout PlantMesh, slot: Int) {
        let side = cross(card.along, card.face) * (card.size / 2)
        let tip = card.along * card.size
        // Shading of a leaf leans to that of the crown it is part of: soft over the whole, grain close by.
        let normal = { (offset: Vec3) in (card.out * 0.85 + card.face * 0.75 + offset * (0.5 / card.size)).normalized }
        let (u0, u1) = card.mirrored ? (1.0, 0.0) : (0.0, 1.0)
        let corner = { (offset: Vec3, u: Double, v: Double) in PlantMesh.Corner(position: card.foot + offset, normal: normal(offset - tip * 0.5), texture: Vec2(u, v)) }
        // Sprays hang a little at their tips.
        let sag = Vec3(0, 0, -0.08 * card.size)
        mesh.quad(corner(-side, u0, 1), corner(side, u1, 1), corner(side + tip + sag, u1, 0), corner(-side + tip + sag, u0, 0), slot: slot)
    }
}
