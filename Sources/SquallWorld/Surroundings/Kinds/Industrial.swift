import SquallRoads

/// `industrial`: halls behind yards and fences, lamps, parked vans, chimneys and tanks behind.
struct Industrial: Layout {
    var relief: Relief { .plain }
    var verge: Cover { .lawn }
    var country: Cover { .yard }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.lamps(&site, &plan, Cast.tallLamps, spacing: 42)
        Rules.signs(&site, &plan, Cast.townSigns, every: 160)
        Rules.houses(&site, &plan, Cast.works, gap: 8...20, setback: 12...16, chance: 0.9)
        Rules.parkedCars(&site, &plan, spacing: 8, chance: 0.22)
        Fences(distance: 6.5).raise(site, &plan)
        Rules.clumps(&site, &plan, Cast.roadside, every: 26, chance: 0.35, distance: 3.8...5)
        Rules.blocks(&site, &plan, from: 56, reach: 900, cell: 62, chance: 0.75, storeys: 2...6, pitched: false, walls: [.pale, .concrete, .pale, .brick], size: 28...48)
    }
}
