import SquallRoads

/// `village`: houses at odd distances with gaps between them, gardens with fruit trees, a few lamps, fields behind.
struct Village: Layout {
    var relief: Relief { .rolling }
    var verge: Cover { .lawn }
    var country: Cover { .fields }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.lamps(&site, &plan, spacing: 40, oneSided: true)
        Rules.signs(&site, &plan, Cast.wildSigns, every: 240)
        Rules.houses(&site, &plan, Cast.village, gap: 5...19, setback: 5...12, chance: 0.85)
        Rules.parkedCars(&site, &plan, spacing: 27, chance: 0.3)
        Rules.clumps(&site, &plan, Cast.roadside, every: 13, chance: 0.5, distance: 6...24)
        Rules.clumps(&site, &plan, Cast.shrubs, every: 6, chance: 0.35, distance: 2.6...6, rule: "bush")
        Rules.blocks(&site, &plan, from: 42, reach: 220, cell: 34, chance: 0.4, storeys: 1...2.6, pitched: true, walls: [.plaster, .plaster, .brick], size: 10...18)
        Woods(growth: .broadleaf, share: 0.25, size: 240, from: 60, reach: 1500, hedges: true).plant(site, &plan)
    }
}
