import SquallRoads

/// `open`: fields with hedges between them, woods on the hills; nothing near enough to be an object.
struct OpenCountry: Layout {
    var relief: Relief { .rolling }
    var verge: Cover { .meadow }
    var country: Cover { .fields }

    func lay(_ site: inout Site, _ plan: inout Planting) {
        Woods(growth: .mixed, share: 0.22, size: 330, from: 60, reach: 1600, hedges: true).plant(site, &plan)
    }
}
