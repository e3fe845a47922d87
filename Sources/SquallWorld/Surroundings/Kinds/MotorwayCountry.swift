import SquallRoads

/// `motorway`: bushes and young trees on the embankments, posts every 50 m, fields, woods and farms beyond.
struct MotorwayCountry: Layout {
    var relief: Relief { .rolling }
    var verge: Cover { .meadow }
    var country: Cover { .fields }
    var roadside: Roadside { .swale }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.delineators(&site, &plan)
        Rules.signs(&site, &plan, Cast.signs, every: 380)
        Rules.clumps(&site, &plan, Cast.roadside, every: 24, chance: 0.45, distance: 13...22)
        Rules.clumps(&site, &plan, Cast.shrubs, every: 11, chance: 0.4, distance: 8...14, rule: "bush")
        Rules.blocks(&site, &plan, from: 160, reach: 1400, cell: 210, chance: 0.22, storeys: 1...3, pitched: true, walls: [.plaster, .brick, .pale], size: 12...24)
        Woods(growth: .mixed, share: 0.34, size: 300, from: 45, reach: 1700, hedges: true).plant(site, &plan)
    }
}
