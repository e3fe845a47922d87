import SquallRoads

/// `city`: closed rows of houses close to the street, trees and lamps along the kerb, parked cars, blocks and towers behind.
struct City: Layout {
    var relief: Relief { .plain }
    var verge: Cover { .paving }
    var country: Cover { .paving }
    var edge: Cover { .paving }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.lamps(&site, &plan, spacing: 30)
        Rules.signs(&site, &plan, Cast.townSigns, every: 70)
        Rules.houses(&site, &plan, Cast.town, gap: 0.05...0.3, setback: 5.2...5.4, chance: 0.95)
        Rules.parkedCars(&site, &plan, spacing: 6.6, chance: 0.42)
        Rules.clumps(&site, &plan, Cast.street, every: 14, chance: 0.7, distance: 3.0...3.2, clear: 1.1)
        Rules.blocks(&site, &plan, from: 38, reach: 900, cell: 34, chance: 0.86, storeys: 3...22, pitched: true, walls: [.plaster, .brick, .concrete, .pale], size: 14...26)
    }
}
