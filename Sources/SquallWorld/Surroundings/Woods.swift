import Foundation
import SquallFrames
import SquallMath
import SquallRoads

/// Far trees: single ones near the roads, clumps that grow with the distance, over a map of where woods are.
struct Woods {
    enum Growth { case broadleaf, conifer, mixed, scrub }
    var growth = Growth.mixed
    /// Share of the ground that is wooded, 0...1, and the size of woods, metres.
    var share = 0.35
    var size = 260.0
    /// Nothing nearer to a road's middle than this, and nothing further, metres.
    var from = 30.0
    var reach = 1500.0
    /// Rows of trees between fields.
    var hedges = false
    private static let cell = 64.0

    func plant(_ site: Site, _ plan: inout Planting) {
        for place in site.samples.cells(of: Woods.cell, within: reach, of: site.center) {
            let distance = site.distance(Vec2((Double(place.x) + 0.5) * Woods.cell, (Double(place.y) + 0.5) * Woods.cell))
            guard distance < reach, distance > from - Woods.cell else { continue }
            plant(site, &plan, place.x, place.y, distance)
        }
    }

    private func plant(_ site: Site, _ plan: inout Planting, _ i: Int, _ j: Int, _ distance: Double) {
        let dense = growth == .conifer
        let count = distance < 90 ? 8 : distance < 220 ? 6 : distance < 650 ? (dense ? 5 : 3) : (dense ? 3 : 2)
        let spacing = Woods.cell / Double(count)
        for b in 0..<count {
            for a in 0..<count {
                let (x, y) = (i * 8 + a * 8 / count, j * 8 + b * 8 / count)
                let inside = Vec2(Double(a) + 0.15 + 0.7 * site.unit(x, y, 1), Double(b) + 0.15 + 0.7 * site.unit(x, y, 2)) / Double(count)
                let p = (Vec2(Double(i), Double(j)) + inside) * Woods.cell
                guard isWooded(p, site.unit(x, y, 3)) else { continue }
                let key = UInt64(site.unit(x, y, 4) * 0x1p52)
                tree(site, &plan, at: p, spacing: spacing, distance, key)
            }
        }
    }

    private func isWooded(_ p: Vec2, _ chance: Double) -> Bool {
        let field = 0.7 * Relief.noise(p / size, key: 31) + 0.3 * Relief.noise(p / (size * 0.31), key: 37)
        if field < 0.30 + 0.42 * share { return chance < 0.92 }
        if hedges {
            let row = Relief.noise(p / 190, key: 41), other = Relief.noise(p / 210 + Vec2(5, 9), key: 43)
            if min(abs(row - 0.5), abs(other - 0.5)) < 0.010 { return chance < 0.8 }
        }
        return chance < 0.006
    }

    /// One tree, or a clump as wide as the spacing.
    private func tree(_ site: Site, _ plan: inout Planting, at p: Vec2, spacing: Double, _ distance: Double, _ key: UInt64) {
        let own = Double(key & 0xffff) / 65_536, other = Double(key >> 16 & 0xffff) / 65_536
        if distance < 260 {
            guard site.roads.isFree(p, within: 7), site.taken.isFree(p, radius: 2.5), distance > 90 || site.distance(p) > from else { return }
        }
        if let sea = site.terrain.sea, site.terrain.height(at: p) < sea + 1.5 { return }
        let ground = Vec3(p.x, p.y, site.terrain.height(at: p) - 0.3)
        let turn = own * 6.28, single = distance < 220
        switch growth {
        case .scrub:
            let size = (single ? 0.5 : 0.9) + 0.9 * other
            plan.scatter.add(FarPlants.scrub(height: size, radius: size * 0.9, turn: turn, key: key), at: ground, category: .vegetation)
        case .broadleaf, .conifer, .mixed:
            let (species, height, slim) = kind(at: p, own, other, winter: site.isWinter)
            let width = single ? height * slim : max(height * slim * 1.15, spacing * (slim > 0.5 ? 1.1 : 0.6))
            plan.farTrees.add(FarTrees.Stand(species: species, place: ground, turn: turn, width: width, height: height, detail: distance < 75 ? .crown : single ? .pieces : .cards))
        }
    }

    /// Species, height in metres and width as a share of it. Kinds keep together, as they do where they sow themselves.
    private func kind(at p: Vec2, _ own: Double, _ other: Double, winter: Bool) -> (species: String, height: Double, slim: Double) {
        let conifer = growth == .conifer ? own < 0.92 : growth == .mixed ? Relief.noise(p / 170, key: 47) * 0.7 + own * 0.3 > 0.5 : false
        if conifer { return Relief.noise(p / 120, key: 53) < 0.62 ? ("spruce", 12 + 10 * other, 0.34) : ("pine", 10 + 8 * other, 0.5) }
        let oak = Relief.noise(p / 140, key: 59) * 0.6 + 0.4 * own < 0.52
        let name = oak ? "oak" : "beech"
        return (winter ? "bare_\(name)" : name, oak ? 8 + 7 * other : 10 + 8 * other, oak ? 0.85 : 0.68)
    }
}
