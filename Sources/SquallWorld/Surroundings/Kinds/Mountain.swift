import SquallRoads

/// `mountain`: steep slopes with spruces, boulders and scree, rails on both sides.
struct Mountain: Layout {
    var relief: Relief { .alpine }
    var verge: Cover { .scree }
    var country: Cover { .scree }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rails().raise(site, &plan)
        Rules.delineators(&site, &plan)
        Rules.signs(&site, &plan, Cast.wildSigns, every: 330)
        Rules.clumps(&site, &plan, Cast.conifers, every: 13, chance: 0.45, distance: 6...24)
        Rocks(slot: .rock, every: 9, chance: 0.45, distance: 4...30, size: 0.3...1.9).strew(site, &plan)
        Woods(growth: .conifer, share: 0.75, size: 260, from: 32, reach: 2200).plant(site, &plan)
    }
}
