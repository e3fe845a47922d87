import Foundation
import SquallAssets
import SquallMath
import SquallScene

/// What makes one car look unlike another: proportions, roof line, lamps, grille, wheels. Metres; x from the rear axle forward.
package struct CarForm {
    package enum Tail: Sendable, Equatable {
        /// A boot lid behind the rear window.
        case notch(deckX: Double, deckZ: Double, bootZ: Double)
        /// A tailgate that leans forward by `lean` metres per metre above the belt.
        case gate(lean: Double)
    }
    package enum HeadLamp: Sendable, Equatable { case sweptBack, block, round, slim }
    package enum TailLamp: Sendable, Equatable { case wide, tall, corner, bar }
    package enum Grille: Sendable, Equatable { case bars, twin, wide, closed }

    var size: Vec3, rearOverhang: Double, wheelbase: Double, track: Double
    var tyre = 0.33, tyreWidth = 0.215, rim = 0.225, wheel = RoadWheel.Style.spokes(5, twin: true)
    var floor = 0.19
    /// Heights and places of the roof line.
    var noseZ = 0.70, cowlX = 2.25, cowlZ = 0.965, headerX = 1.33, headerZ = 1.37, peakX = 0.75, tailX = 0.05, tailZ = 1.36
    var tail = Tail.notch(deckX: -0.60, deckZ: 1.10, bootZ: 1.085)
    var beltFront = 0.91, beltRear = 0.985
    var lean = 0.36, barrel = 0.10, crown = 0.045
    var flare = 0.022, archGap = 0.045
    /// Side windows: where the pillars stand, from the front; the rear end at the belt and its lean, metres per metre.
    var pillars: [Double] = [0.93], glassEnd = -0.42, glassLean = 0.9
    /// Doors: shut lines from the front.
    var doors: [Double] = [2.08, 0.93, -0.02]
    var headLamp = HeadLamp.sweptBack, tailLamp = TailLamp.wide, grille = Grille.bars
    var cladding = false, roofRails = false, chromeLine = true, tintedRear = false
    /// Which panes along the flank and behind are sheet metal instead (panel vans).
    var blindFrom = Int.max, blindRear = false
    /// Stripes and chequers on the flanks.
    var bands: [(x: ClosedRange<Double>, z: ClosedRange<Double>, slot: Int)] = []
    /// An open bed: where, and how high its floor.
    var bed: (x: ClosedRange<Double>, floor: Double)?
    /// Side and rear panes and tail lamps stay at a person's height below a high roof.
    var isVan = false
    var seatRows = [(x: 1.02, z: 0.0), (x: 0.24, z: -0.02)]
    var frontBow = 0.17, noseDrop = 0.05

    init(_ a: Archetype) { (size, rearOverhang, wheelbase, track) = (a.size, a.originFromRear, a.wheelbase, a.track) }

    var hasGate: Bool { if case .gate = tail { true } else { false } }
    var nose: Double { size.x - rearOverhang }
    var back: Double { -rearOverhang }
    var arches: [Double] { [0, wheelbase] }
    var archRadius: Double { tyre + archGap }

    /// Points of a pane between two corners, bulging by `bulge`.
    private func pane(_ a: (Double, Double), _ b: (Double, Double), bulge: Double) -> [(Double, Double)] {
        [0.0, 0.1, 0.35, 0.65, 0.9, 1].map { t in (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t + bulge * 4 * t * (1 - t)) }
    }

    private var roofLine: Curve {
        var knots: [(Double, Double)] = []
        switch tail {
        case .notch(let deckX, let deckZ, let bootZ):
            knots = [(back, bootZ - 0.03), (back + 0.08, bootZ), (deckX - 0.06, deckZ - 0.004)]
            knots += pane((deckX, deckZ), (tailX, tailZ), bulge: 0.025)
        case .gate: knots = [(back, tailZ - 0.045), (tailX, tailZ)]
        }
        if peakX > tailX + 0.05 { knots.append((peakX, size.z)) }
        knots += pane((headerX, headerZ), (cowlX, cowlZ), bulge: 0.022)
        let fall = cowlZ - noseZ
        knots += [(cowlX + 0.05, cowlZ - 0.012), (lerp(cowlX, nose, 0.45), cowlZ - 0.22 * fall), (lerp(cowlX, nose, 0.8), cowlZ - 0.62 * fall), (nose, noseZ)]
        return Curve(knots)
    }

    /// The skin's section curves.
    func hull() -> Hull {
        let (w, f, b) = (size.y / 2, nose, back)
        let line = roofLine
        let (bowFront, bowRear) = (0.13, hasGate ? 0.0 : -0.07)
        let bow = Curve([(b, 0), (tailX - 0.6, bowRear), (tailX, bowRear), (tailX + 0.3, 0), (headerX - 0.2, 0.03), (headerX, 0.08), (cowlX, bowFront), (cowlX + 0.35, bowFront), (f, 0.02)])
        let drop = crown
        let belt = Curve(
            (0...24).map { k -> (Double, Double) in
                let x = lerp(b, f, Double(k) / 24)
                let straight = lerp(beltRear, beltFront, ((x + 0.4) / (cowlX + 0.4)).clamped(to: -0.4...1.2))
                return (x, min(straight, line(min(x + 0.1, f)) - drop - 0.05))
            })
        let lean: Double
        if case .gate(let l) = tail { lean = l } else { lean = 0 }
        let (beltZ, bowF, dropF, zNose) = (beltRear, frontBow, noseDrop, noseZ)
        return Hull(
            top: line, crown: Curve([(b, crown), (f, crown)]), bow: bow, floor: Curve([(b, floor + 0.10), (b + 0.5, floor), (f - 0.5, floor), (f, floor + 0.03)]),
            plan: Curve([(b, w - 0.11), (b + 0.22, w - 0.055), (b + 0.55, w - 0.02), (0.2, w - 0.006), (wheelbase / 2, w), (wheelbase, w - 0.008), (f - 0.42, w - 0.05), (f - 0.12, w - 0.12),
                (f, w - 0.17)]),
            belt: belt,
            flank: Curve([(0, 0.06), (0.06, 0.03), (0.16, 0.014), (0.3, 0.027), (0.45, 0.029), (0.6, 0.017), (0.70, 0.003), (0.735, 0.0), (0.77, 0.007), (0.81, 0.020), (0.92, 0.022), (1, 0.034)]),
            shoulder: 0.03, lean: self.lean, barrel: barrel,
            flares: arches.map { (x: $0, z: tyre, reach: archRadius + 0.22, height: flare) },
            front: { y, z in
                let s = abs(y) / w
                let high = max(0, (z - 0.5) / max(0.08, zNose - 0.5))
                let low = max(0, (0.46 - z) / 0.3)
                return f - bowF * s * s * (0.55 + 0.75 * s) - dropF * high * high - 0.06 * low * low
            },
            rear: { y, z in
                let s = abs(y) / w
                let low = max(0, (0.42 - z) / 0.25)
                let high = max(0, z - beltZ)
                return b + 0.10 * s * s * s + 0.06 * low * low + lean * high * (high < 0.06 ? high / 0.06 : 1) + (lean == 0 ? 0 : 0.02)
            },
            ends: b...f, straight: (b + 0.5 + lean * 0.3)...(f - 0.55), radius: Vec3(0.10, 0.10, 0.075), lowRadius: 0.055)
    }
}
