import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallSkins

/// A car's body cut from its hull: arches, panes, lamps, shut lines, and what is seen through the panes.
package struct CarBody {
    typealias S = VehicleSlot
    let form: CarForm
    let hull: Hull
    /// 0 the finest.
    let level: Int
    var skin: Skin
    /// What lets one look in.
    private var openings: [Stencil] = []

    /// Half the body, y >= 0, then whole. The caller adds wheels.
    init(_ form: CarForm, level: Int) {
        (self.form, hull, self.level) = (form, form.hull(), level)
        var lattice: Hull.Lattice = [.fine, .middle, .coarse, .least][min(level, 3)]
        lattice.lines = level < 2 ? [form.cowlX, form.cowlX + 0.04, form.headerX, form.tailX, 0, form.wheelbase] : [form.cowlX, form.headerX, form.tailX]
        if case .notch(let deckX, _, _) = form.tail { lattice.lines += level < 2 ? [deckX, deckX - 0.04] : [deckX] }
        if level == 3 { lattice.lines += [form.back + 0.1, form.nose - 0.12, form.peakX] }
        skin = hull.skin(lattice, slot: S.paint, underside: S.underbody)
        for band in form.bands where level < 3 {
            // Where nose and tail turn away a stripe ends cleanly.
            let (a, b) = (max(band.x.lowerBound, form.back + 0.2), min(band.x.upperBound, form.nose - 0.45))
            if b > a { skin.paint(Stencil(.left, CutPath.box(a...b, band.z), beyond: 0.3), band.slot) }
        }
        if form.cladding { cladding() } else { sills() }
        arches()
        panes()
        if level < 3 {
            lamps()
            face()
        } else {
            distantLamps()
        }
        bed()
        if level == 0 { shutLines() }
        if level < 2 { lining() }
        skin.mirrorAcrossY(recolour: S.mirrored)
        if level < 2 {
            interior()
            plates()
        }
        if level == 0 { fittings() }
    }

    /// The underside stays what it is: it is closed from above too, and trim is not, so that the sun would shine through the cabin onto the road.
    static func isOutside(_ slot: Int32) -> Bool { slot != Int32(S.underbody) }

    // MARK: Arches

    private func arches(_ x: Double, _ radius: Double) -> Stencil {
        let n = [28, 14, 8, 6][min(level, 3)]
        return Stencil(.left, CutPath.circle(Vec2(x, form.tyre + 0.01), radius, n), beyond: form.size.y / 2 - form.tyreWidth - 0.13).through()
    }

    private mutating func arches() {
        for x in form.arches {
            let stencil = arches(x, form.archRadius)
            if level == 3 {
                skin.paste(CutPath.circle(Vec2(x, form.tyre + 0.03), form.archRadius, 6), S.gap) { Vec3($0.x, hull.side($0.x, 0.5), max(form.floor + 0.02, $0.y)) }
                continue
            }
            let inner = form.size.y / 2 - form.tyreWidth - 0.12
            let inside = skin.cut(stencil)
            skin.recess(inside, wall: S.underbody, floor: S.underbody) { Vec3($0.x, inner, $0.z) }
        }
    }

    /// Unpainted sills and arch edges of cars that pretend to leave the road.
    private mutating func cladding() {
        guard level < 3 else { return }
        let sill = form.floor + 0.16
        skin.paint(Stencil(.left, CutPath.box(form.back - 0.1...form.nose + 0.1, 0...sill), beyond: 0.2), S.trim, only: Self.isOutside)
        skin.paint(Stencil(.front, CutPath.box(-0.1...1.2, 0...(sill + 0.06)), beyond: form.nose - 0.6), S.trim, only: Self.isOutside)
        skin.paint(Stencil(.rear, CutPath.box(-0.1...1.2, 0...(sill + 0.2)), beyond: form.back + 0.6), S.trim, only: Self.isOutside)
        for x in form.arches { skin.paint(Stencil(.left, CutPath.circle(Vec2(x, form.tyre + 0.01), form.archRadius + 0.055, level == 0 ? 40 : 16), beyond: 0.3), S.trim, only: Self.isOutside) }
    }

    /// The dark edge under the doors that ends the body against the road.
    private mutating func sills() {
        guard level < 3, form.wheelbase > 2 * form.archRadius + 0.4 else { return }
        let reach = form.archRadius - 0.02
        skin.paint(Stencil(.left, CutPath.box(reach...form.wheelbase - reach, 0...form.floor + 0.05), beyond: 0.3), S.trim)
    }

    /// The bed of a pick-up: the deck pushed down.
    private mutating func bed() {
        guard let bed = form.bed, level < 3 else { return }
        let inside = skin.cut(Stencil(.top, CutPath.box(bed.x, -0.1...form.size.y / 2 - 0.14, radius: level == 0 ? 0.04 : 0), beyond: 0.8))
        skin.recess(inside, wall: S.trim, floor: S.trim) { Vec3($0.x, $0.y, bed.floor) }
    }

    // MARK: Panes

    /// Lower corners and upper edge of the glazed flank as one convex outline.
    private var daylight: [Vec2] {
        var points: [Vec2] = []
        let steps = [13, 8, 5, 3][min(level, 3)]
        for k in 0...steps {
            let x = lerp(form.glassEnd, form.cowlX - 0.06, Double(k) / Double(steps))
            let wide = hull.side(x, hull.belt(x) + 0.25)
            let (low, high) = (hull.belt(x) + 0.022, min(hull.roof(x + 0.09, wide) - 0.072, form.isVan ? hull.belt(x) + 0.76 : 9))
            guard high > low + 0.02 else { continue }
            points.append(Vec2(x, low))
            if x > form.glassEnd + form.glassLean * (high - low) { points.append(Vec2(x, high)) }
        }
        return CutPath.rounded(CutPath.hull(points), 0.03, steps: level == 0 ? 2 : 0)
    }

    private func between(_ a: Double, _ b: Double, _ outline: [Vec2]) -> [Vec2] {
        CutPath.clip(CutPath.clip(outline, Vec2(1, 0), a), Vec2(-1, 0), -b)
    }

    private mutating func panes() {
        flankPanes()
        windscreen()
        rearPane()
    }

    private mutating func flankPanes() {
        let edges = [form.cowlX + 1] + form.pillars + [form.back - 1]
        let outline = form.blindFrom < edges.count - 1 ? CutPath.clip(daylight, Vec2(1, 0), edges[form.blindFrom] + 0.028) : daylight
        guard outline.count >= 3 else { return }
        let whole = Stencil(.left, outline, beyond: 0.3)
        if level == 3 { skin.paint(whole, S.darkGlass); return }
        if level == 0, form.chromeLine { skin.paint(whole.grown(0.016), S.chrome) }
        if level == 2 { skin.paint(whole, S.darkGlass); return }
        skin.paint(whole.grown(form.chromeLine ? 0.006 : 0.014), S.trim)
        for (k, (a, b)) in zip(edges, edges.dropFirst()).enumerated() where k < form.blindFrom {
            let pane = between(b + (b < form.back ? 0 : 0.028), a - (a > form.cowlX ? 0 : 0.028), outline)
            guard pane.count >= 3 else { continue }
            glaze(Stencil(.left, CutPath.rounded(pane, level == 0 ? 0.025 : 0, steps: 2), beyond: 0.3), tinted: form.tintedRear && k > 0)
        }
    }

    private mutating func glaze(_ stencil: Stencil, tinted: Bool) {
        let slot = level < 2 && !tinted ? S.glass : S.darkGlass
        let inside = skin.cut(stencil)
        if slot == S.glass { openings.append(stencil) }
        if level == 0 {
            let facing = stencil.facing
            skin.recess(inside, wall: S.trim, floor: slot) { $0 - facing * 0.006 }
        } else {
            for i in inside { skin.faces[i].slot = Int32(slot) }
        }
    }

    private mutating func windscreen() {
        let f = form
        let (low, high) = (f.cowlZ + 0.03, f.headerZ - 0.025)
        let (wideLow, wideHigh) = (hull.side(f.cowlX - 0.13, f.cowlZ) - 0.035, hull.side(f.headerX - 0.05, f.headerZ - f.crown) - 0.045)
        let outline = [Vec2(-0.1, low), Vec2(wideLow * 0.5, low - 0.012), Vec2(wideLow, low - f.crown * 0.75), Vec2(wideHigh, high - f.crown * 0.75), Vec2(wideHigh * 0.5, high - 0.01),
            Vec2(-0.1, high)]
        // Behind its upper edge the roof's rounded sides look forward a little too.
        let stencil = Stencil(.front, level < 2 ? CutPath.rounded(outline, 0.06, steps: level == 0 ? 2 : 1) : outline, beyond: max(f.peakX, f.headerX - 0.25))
        if level > 1 { skin.paint(stencil, S.darkGlass); return }
        skin.paint(stencil, S.frit)
        if level == 0 {
            // The cowl: wipers rest here.
            skin.paint(Stencil(.top, [Vec2(f.cowlX + 0.03, -0.1), Vec2(f.cowlX + 0.02, 0.4), Vec2(f.cowlX - 0.11, wideLow), Vec2(f.cowlX - 0.2, wideLow), Vec2(f.cowlX - 0.12, -0.1)],
                beyond: 0.5), S.trim)
            skin.paint(stencil, S.frit)
        }
        glaze(stencil.grown(-0.03), tinted: false)
    }

    private mutating func rearPane() {
        guard !form.blindRear else { return }
        let f = form
        let outline: [Vec2]
        let beyond: Double
        switch f.tail {
        case .notch(let deckX, let deckZ, _):
            let (wideLow, wideHigh) = (hull.side(deckX + 0.1, deckZ) - 0.05, hull.side(f.tailX, f.tailZ - f.crown) - 0.06)
            outline = [Vec2(-0.1, deckZ + 0.03), Vec2(wideLow, deckZ + 0.03 - f.crown * 0.6), Vec2(wideHigh, f.tailZ - 0.03 - f.crown * 0.8), Vec2(-0.1, f.tailZ - 0.03)]
            beyond = f.tailX + 0.1
        case .gate(let lean):
            let (low, high) = (f.beltRear + 0.05, f.isVan ? f.beltRear + 0.72 : f.tailZ - 0.10)
            let (wideLow, wideHigh) = (hull.side(f.back + 0.15, low) - 0.09, hull.side(f.back + 0.15 + lean * 0.3, high) - 0.10)
            outline = [Vec2(-0.1, low), Vec2(wideLow * 0.7, low), Vec2(wideLow, low + 0.02), Vec2(wideHigh, high - 0.03), Vec2(wideHigh * 0.6, high), Vec2(-0.1, high)]
            beyond = f.back + 0.5 + lean * 0.4
        }
        let stencil = Stencil(.rear, level < 2 ? CutPath.rounded(outline, 0.07, steps: level == 0 ? 2 : 1) : outline, beyond: beyond)
        if level > 1 { skin.paint(stencil, S.darkGlass); return }
        skin.paint(stencil, S.frit)
        glaze(stencil.grown(-0.028), tinted: form.tintedRear)
    }

    /// The inner side of roof, pillars and doors: without it one would look through the car.
    private mutating func lining() {
        let f = form
        var (rear, shelf) = (f.back + 0.25, 0.0)
        if case .notch(let deckX, let deckZ, _) = f.tail { (rear, shelf) = (deckX - 0.1, deckZ) }
        // A coarse copy of the skin with the same openings, turned inside out.
        var lattice = Hull.Lattice.middle
        lattice.lines = [f.cowlX, f.headerX, f.tailX]
        var inner = hull.skin(lattice, slot: S.lining, underside: S.underbody)
        for opening in openings {
            for index in inner.cut(opening.grown(0.01)) { inner.faces[index].slot = -1 }
        }
        for index in inner.faces.indices {
            let face = inner.faces[index]
            let c = (inner.at(face.a) + inner.at(face.b) + inner.at(face.c)) / 3
            let isCabin = c.z > f.floor + 0.2 && c.x > rear && c.x < f.cowlX + 0.05 && (c.z > shelf || c.x > rear + 0.05)
            // Bonnet and boot stay single.
            let isLid = c.x > f.cowlX - 0.25 && c.y < 0.5 && c.z < f.cowlZ + 0.02
            guard face.slot == Int32(S.lining), isCabin, !isLid else { inner.faces[index].slot = -1; continue }
            inner.faces[index] = Skin.Face(face.a, face.c, face.b, Int32(c.z > hull.belt(c.x) ? S.headliner : S.lining))
        }
        for i in inner.positions.indices {
            let (p, n) = (inner.positions[i], inner.normals[i])
            inner.positions[i] = Vec3(p.x - n.x * 0.03, max(0, p.y - n.y * 0.03), p.z - n.z * 0.03)
            inner.normals[i] = -n
        }
        skin.append(inner)
    }
}
