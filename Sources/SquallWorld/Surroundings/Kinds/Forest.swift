import SquallMath
import SquallRoads

/// `forest`: trees from the verge on, at least a few metres from each other, closing to a wall further in.
struct Forest: Layout {
    var relief: Relief { .hilly }
    var verge: Cover { .meadow }
    var country: Cover { .forestFloor }
    var roadside: Roadside { .ditch }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.delineators(&site, &plan)
        Rules.signs(&site, &plan, Cast.wildSigns, every: 420)
        // Poisson discs: candidates in rows, refused where another stands within their radius.
        for (row, distance) in [5.5, 9.5, 13.5, 18].enumerated() {
            Rules.clumps(&site, &plan, Cast.mixed, every: row < 2 ? 6.2 : 5.4, chance: row == 0 ? 0.62 : 0.85, distance: distance...(distance + 2.5), rule: "tree\(row)")
        }
        Rules.clumps(&site, &plan, Cast.shrubs, every: 9, chance: 0.3, distance: 4...7, rule: "bush")
        Woods(growth: .mixed, share: 1.6, size: 300, from: 27, reach: 1200).plant(site, &plan)
    }
}
