import SquallRoads

/// `suburb`: detached houses behind front gardens, hedges, street lamps every 28 m (class P4), cars on the drive.
struct Suburb: Layout {
    var relief: Relief { .plain }
    var verge: Cover { .lawn }
    var country: Cover { .lawn }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.lamps(&site, &plan, spacing: 28, oneSided: true)
        Rules.houses(&site, &plan, Cast.houses + Cast.terraces, spacing: 23, setback: 7...10, chance: 0.9)
        Rules.parkedCars(&site, &plan, spacing: 23, chance: 0.45, aside: 1.6)
        Rules.clumps(&site, &plan, Cast.street, every: 11, chance: 0.4, distance: 3.4...6)
        Rules.clumps(&site, &plan, Cast.known(["shrub"], else: "tree"), every: 6, chance: 0.4, distance: 3...5, rule: "bush")
        Rules.blocks(&site, &plan, from: 48, reach: 800, cell: 30, chance: 0.62, storeys: 1...3.4, pitched: true, walls: [.plaster, .plaster, .brick, .pale], size: 10...15)
        Woods(growth: .broadleaf, share: 0.3, size: 90, from: 40, reach: 1200).plant(site, &plan)
    }
}
