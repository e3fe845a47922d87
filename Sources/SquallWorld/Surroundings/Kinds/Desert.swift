import SquallRoads

/// `desert`: sand and stones, scrub with bare ground between, mesas on the skyline.
struct Desert: Layout {
    var relief: Relief { .mesas }
    var verge: Cover { .sand }
    var country: Cover { .sand }
    var edge: Cover { .sand }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Rules.delineators(&site, &plan)
        Rocks(slot: .sandstone, every: 10, chance: 0.5, distance: 4...34, size: 0.2...1.4).strew(site, &plan)
        Woods(growth: .scrub, share: 0.55, size: 60, from: 18, reach: 420).plant(site, &plan)
    }
}
