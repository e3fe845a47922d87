import SquallRoads

/// `suburb`: detached houses behind front gardens, hedges, street lamps every 28 m (class P4), cars on the drive.
struct Suburb: Layout {
    var relief: Relief { .plain }
    var verge: Cover { .lawn }
    var country: Cover { .lawn }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.lamps(&site, &plan, spacing: 28, oneSided: true)
        Rules.signs(&site, &plan, Cast.townSigns, every: 130)
        Rules.houses(&site, &plan, Cast.suburb, gap: 2.5...7, setback: 6...9, chance: 0.93)
        Rules.parkedCars(&site, &plan, spacing: 19, chance: 0.4)
        Rules.clumps(&site, &plan, Cast.garden, every: 12, chance: 0.4, distance: 3.8...5.5)
        Rules.clumps(&site, &plan, Cast.shrubs, every: 4, chance: 0.5, distance: 2.6...4.5, rule: "bush")
        Rules.blocks(&site, &plan, from: 44, reach: 800, cell: 30, chance: 0.62, storeys: 1...3.4, pitched: true, walls: [.plaster, .plaster, .brick, .pale], size: 10...15)
        Woods(growth: .broadleaf, share: 0.3, size: 90, from: 40, reach: 1200).plant(site, &plan)
    }
}
