import SquallRoads

/// `coast`: the sea on one side, beach and palms before it, green hills on the other.
struct Coast: Layout {
    var relief: Relief { .coastal }
    var verge: Cover { .meadow }
    var country: Cover { .sand }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rails().raise(site, &plan)
        Rules.delineators(&site, &plan)
        Rules.lamps(&site, &plan, spacing: 36, oneSided: true)
        Rocks(slot: .rock, every: 14, chance: 0.35, distance: 8...50, size: 0.3...1.8).strew(site, &plan)
        Rules.clumps(&site, &plan, ["palm"], every: 15, chance: 0.6, distance: 4...14, rule: "palm", clear: 1.5)
        Rules.blocks(&site, &plan, from: 60, reach: 700, cell: 60, chance: 0.3, storeys: 1...5, pitched: false, walls: [.pale, .plaster], size: 10...22)
        Woods(growth: .broadleaf, share: 0.4, size: 150, from: 50, reach: 1200).plant(site, &plan)
    }
}
