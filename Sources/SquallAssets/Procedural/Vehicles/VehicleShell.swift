import Foundation
import SquallMath

/// The skin of a road vehicle, lofted from curves: a lower body with wheel arches between two curved ends, and a greenhouse
/// with windows on top of it. Right and left are mirror images; x forward, z up, metres.
///
/// A cross-section ("station") is a row of points from the middle of the floor, round the wheel well, up the flank, over the
/// shoulder to the middle of the deck. Rows keep their meaning from station to station, so features run as clean lines.
package struct VehicleShell {
    struct Arch { var x: Double, z: Double, radius: Double }
    struct Slots {
        var paint: Int, glass: Int, dark: Int, trim: Int
    }
    struct Greenhouse {
        /// Where windscreen and rear window start and end along x: deck, roof at the back; roof, deck at the front.
        var rearDeck: Double, rearRoof: Double, frontRoof: Double, frontDeck: Double
        /// Height and half width of the roof's edge, height of the roof's middle; over x.
        var railZ: Curve, railY: Curve, topZ: Curve
        /// Glazed stretches of the flank, along x.
        var sideWindows: [ClosedRange<Double>]
        /// Window top as a share of the way from shoulder to rail.
        var windowTop = 0.88
        /// How far the middle of the windscreen bows out, metres.
        var bow = 0.10
        var rearGlass = true
    }

    var floor: Double
    var sill: Double
    var wellInner: Double
    /// Greatest half width over x.
    var halfWidth: Curve
    /// Height of the shoulder (lower edge of the windows) over x.
    var shoulder: Curve
    /// Height of the middle of bonnet, deck and boot over x.
    var deck: Curve
    /// How far the flank stands in from the half width, over the share of the way from sill to shoulder.
    var flank: Curve
    /// How far the shoulder runs in before the glass starts.
    var shoulderInset = 0.07
    var arches: [Arch]
    /// The ends as x over (y, z).
    var front: (_ y: Double, _ z: Double) -> Double
    var rear: (_ y: Double, _ z: Double) -> Double
    /// Between these the stations are flat cross-sections; outside they bend towards the ends.
    var straight: ClosedRange<Double>
    var ends: ClosedRange<Double>
    var greenhouse: Greenhouse
    var slots: Slots

    /// Half width of the flank at (x, z): the surface that doors, handles and side lamps lie on.
    func side(_ x: Double, _ z: Double) -> Double { halfWidth(x) - flank(((z - sill) / (shoulder(x) - sill)).clamped(to: 0...1)) }

    /// - Parameter fineness: 1 for the closest level, less for coarser ones.
    func build(fineness: Double, interior: Bool) -> MeshBuilder {
        var half = MeshBuilder()
        lower(&half, fineness)
        cabin(&half, fineness, interior: interior)
        half.mirrorAcrossY()
        return half
    }

    // MARK: Lower body

    private func stations(_ fineness: Double) -> [Double] {
        var result: [Double] = []
        let ranges = [ends.lowerBound, straight.lowerBound, straight.upperBound, ends.upperBound]
        for (a, b) in zip(ranges, ranges.dropFirst()) {
            let n = max(fineness > 0.35 ? 2 : 1, Int(((b - a) / 0.19 * fineness).rounded()))
            result += (0...n).map { a + (b - a) * Double($0) / Double(n) }
        }
        for arch in arches {
            result.removeAll { abs($0 - arch.x) < arch.radius + 0.06 && $0 > ends.lowerBound && $0 < ends.upperBound }
            let n = fineness > 0.7 ? 12 : fineness > 0.35 ? 6 : 2
            result += (0...n).map { arch.x - arch.radius * cos(.pi * Double($0) / Double(n)) }
            if fineness > 0.35 { result += [arch.x - arch.radius - 0.012, arch.x + arch.radius + 0.012] }
        }
        result += [greenhouse.rearDeck, greenhouse.frontDeck]
        result.sort()
        var distinct: [Double] = []
        for x in result where distinct.last.map({ x - $0 > 0.004 }) ?? true { distinct.append(x) }
        return distinct
    }

    private func archTop(_ x: Double) -> Double {
        var top = 0.0
        for arch in arches {
            let d = (x - arch.x) / arch.radius
            if abs(d) <= 1.0001 { top = max(top, arch.z + arch.radius * max(0, 1 - d * d).squareRoot()) }
        }
        return top
    }

    private static func sideShares(_ fineness: Double) -> [Double] {
        fineness > 0.7 ? [0, 0.06, 0.16, 0.33, 0.5, 0.66, 0.76, 0.82, 0.93, 1] : fineness > 0.35 ? [0, 0.2, 0.5, 0.78, 1] : [0, 0.5, 1]
    }
    private static func deckShares(_ fineness: Double) -> [Double] {
        fineness > 0.7 ? [0.93, 0.8, 0.6, 0.4, 0.2, 0] : fineness > 0.35 ? [0.85, 0.5, 0] : [0.7, 0]
    }

    /// Floor and wheel well (5 points), flank, deck. All at one x.
    private func section(_ x: Double, _ fineness: Double) -> [Vec3] {
        let arch = archTop(x)
        let bottom = max(sill, arch)
        let well = arch > sill ? arch + 0.02 : floor
        let (top, w) = (shoulder(x), halfWidth(x))
        let outer = side(x, bottom)
        let inner = min(wellInner, outer - 0.05)
        var points = [Vec3(x, 0, floor), Vec3(x, inner, floor), Vec3(x, inner, well), Vec3(x, outer - 0.03, arch > sill ? well : floor)]
        for t in Self.sideShares(fineness) {
            let z = bottom + (top - bottom) * t
            points.append(Vec3(x, side(x, z), z))
        }
        let edge = w - flank(1) - shoulderInset
        let middle = deck(x)
        points.append(Vec3(x, edge + 0.3 * shoulderInset, top + 0.35 * (min(top + 0.03, middle) - top)))
        for f in Self.deckShares(fineness) { points.append(Vec3(x, edge * f, top + (middle - top) * (1 - f * f))) }
        return points
    }

    private func bent(_ point: Vec3) -> Vec3 {
        var p = point
        if p.x > straight.upperBound {
            let u = (p.x - straight.upperBound) / (ends.upperBound - straight.upperBound)
            p.x = straight.upperBound + u * (front(p.y, p.z) - straight.upperBound)
        } else if p.x < straight.lowerBound {
            let u = (straight.lowerBound - p.x) / (straight.lowerBound - ends.lowerBound)
            p.x = straight.lowerBound + u * (rear(p.y, p.z) - straight.lowerBound)
        }
        return p
    }

    private func lower(_ mesh: inout MeshBuilder, _ fineness: Double) {
        let xs = stations(fineness)
        let net = xs.map { section($0, fineness).map(bent) }
        let flankEnd = 4 + Self.sideShares(fineness).count
        let g = greenhouse
        mesh.grid(net, flipped: true) { i, j in
            if j < 4 { return slots.dark }
            let x = (xs[i] + xs[i + 1]) / 2
            return j >= flankEnd + 1 && x > g.rearDeck && x < g.frontDeck ? slots.dark : slots.paint
        }
        if let ring = net.last { cap(&mesh, ring, fineness, front, isFront: true) }
        if let ring = net.first { cap(&mesh, ring, fineness, rear, isFront: false) }
    }

    /// Closes an end with rings that shrink towards its middle.
    private func cap(_ mesh: inout MeshBuilder, _ ring: [Vec3], _ fineness: Double, _ end: (Double, Double) -> Double, isFront: Bool) {
        let middle = ((ring.map(\.z).min() ?? 0) + (ring.map(\.z).max() ?? 0)) / 2
        let shares = fineness > 0.7 ? [1, 0.96, 0.9, 0.8, 0.66, 0.5, 0.28, 0] : fineness > 0.35 ? [1, 0.85, 0.5, 0] : [1, 0]
        let net = shares.map { k in
            ring.map { p -> Vec3 in
                if k == 1 { return p }
                let (y, z) = (p.y * k, middle + (p.z - middle) * k)
                return Vec3(end(y, z), y, z)
            }
        }
        mesh.grid(net, flipped: isFront) { _, _ in slots.paint }
    }

    // MARK: Greenhouse

    private func cabin(_ mesh: inout MeshBuilder, _ fineness: Double, interior: Bool) {
        let g = greenhouse
        var xs: [Double] = []
        let marks = ([g.rearDeck, g.rearRoof, g.frontRoof, g.frontDeck] + g.sideWindows.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
        for (a, b) in zip(marks, marks.dropFirst()) where b - a > 1e-6 {
            let n = max(fineness > 0.35 ? 2 : 1, Int(((b - a) / 0.2 * fineness).rounded()))
            xs += (0..<n).map { a + (b - a) * Double($0) / Double(n) }
        }
        xs.append(g.frontDeck)
        let net = xs.map { cabinSection($0, fineness) }
        let slot = { (i: Int, j: Int) -> Int in
            let x = (xs[i] + xs[i + 1]) / 2
            if j == 1 || j == 2 { return g.sideWindows.contains { $0.contains(x) } ? slots.glass : slots.paint }
            if j >= 5 && x > g.frontRoof { return slots.glass }
            if j >= 5 && x < g.rearRoof && g.rearGlass { return slots.glass }
            if j == 0 && g.sideWindows.contains(where: { $0.contains(x) }) { return slots.trim }
            return slots.paint
        }
        mesh.grid(net, flipped: true, slot: slot)
        guard interior else { return }
        // A lining inside the opaque parts: seen through the glass, the back of the skin would be missing.
        let lining = net.map { row in row.map { Vec3($0.x, $0.y * 0.965, $0.z - 0.03) } }
        mesh.grid(lining) { i, j in slot(i, j) == slots.glass ? nil : slots.dark }
    }

    /// Points from the shoulder over sill, window top and roof edge to the roof's middle.
    private func cabinSection(_ x: Double, _ fineness: Double) -> [Vec3] {
        let g = greenhouse
        let base = shoulder(x) - 0.012
        let baseY = halfWidth(x) - flank(1) - 0.8 * shoulderInset
        let rail = max(base, g.railZ(x))
        let railY = min(g.railY(x), baseY)
        let at = { (t: Double) -> Vec3 in
            // A little barrel in the flank: glass is never flat.
            Vec3(x, baseY + (railY - baseY) * t + 0.05 * t * (1 - t), base + (rail - base) * t)
        }
        var points = [at(0), at(0.07), at(0.5), at(g.windowTop), at(0.96)]
        let top = max(rail, g.topZ(x))
        let shares = fineness > 0.7 ? [0.96, 0.85, 0.7, 0.5, 0.25, 0] : fineness > 0.35 ? [0.94, 0.5, 0] : [0.92, 0]
        let bowed =
            x > g.frontRoof ? (x - g.frontRoof) / (g.frontDeck - g.frontRoof) : x < g.rearRoof && g.rearGlass ? -0.6 * (g.rearRoof - x) / max(1e-6, g.rearRoof - g.rearDeck) : 0
        for f in shares { points.append(Vec3(x + g.bow * bowed * (1 - f * f), railY * f, rail + (top - rail) * (1 - f * f))) }
        return points
    }
}
