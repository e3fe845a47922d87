import SquallRoads

/// `city`: closed rows of houses close to the street, trees and lamps along the kerb, parked cars, blocks and towers behind.
struct City: Layout {
    var relief: Relief { .plain }
    var verge: Cover { .paving }
    var country: Cover { .paving }
    var edge: Cover { .paving }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.lamps(&site, &plan, spacing: 30)
        Rules.parkedCars(&site, &plan, spacing: 6.6, chance: 0.5)
        Rules.clumps(&site, &plan, Cast.street, every: 15, chance: 0.75, distance: 3.6...3.9)
        Rules.houses(&site, &plan, Cast.flats, spacing: 18.4, setback: 7.5...8.0, chance: 0.96, heights: 0.94...1.3)
        Rules.blocks(&site, &plan, from: 38, reach: 900, cell: 34, chance: 0.86, storeys: 3...22, pitched: true, walls: [.plaster, .brick, .concrete, .pale], size: 14...26)
    }
}
