import SquallAssets
import SquallMath
import SquallScene
import SquallSkins

/// `coach` and `city_bus`: 12 m buses. The coach is high, tinted, with a luggage hold; the city bus low, with wide double doors, a
/// lit destination and poles. Variants differ in livery, panes and front.
package struct Coach: ProceduralAsset {
    let isCity: Bool

    package init(isCity: Bool) { self.isCity = isCity }

    package var variants: Int { 6 }

    private static let cityColors: [Vec3f] = [Vec3f(0.62, 0.42, 0.01), Vec3f(0.42, 0.012, 0.014), Vec3f(0.70, 0.70, 0.68), Vec3f(0.01, 0.09, 0.32), Vec3f(0.02, 0.20, 0.08)]
    private static let coachColors: [Vec3f] = [
        Vec3f(0.72, 0.72, 0.70), Vec3f(0.42, 0.425, 0.43), Vec3f(0.012, 0.035, 0.14), Vec3f(0.10, 0.40, 0.03), Vec3f(0.30, 0.012, 0.014), Vec3f(0.02, 0.02, 0.022),
    ]

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let form = form(archetype, variant)
        var finish = VehicleFinish()
        finish.paint = isCity ? Self.cityColors : Self.coachColors
        finish.livery = variant.choice("livery", [Vec3f(0.7, 0.7, 0.68), Vec3f(0.03, 0.03, 0.035), Vec3f(0.02, 0.10, 0.36), Vec3f(0.5, 0.05, 0.03)]) ?? finish.livery
        finish.seat = variant.choice("seat", [Vec3f(0.03, 0.06, 0.18), Vec3f(0.18, 0.03, 0.03), Vec3f(0.05, 0.05, 0.055)]) ?? finish.seat
        finish.dirt = variant.uniform("dirt", 0...0.5)
        let front = RoadWheel(radius: 0.48, width: 0.29, rim: 0.29, style: .lorryFront)
        let rear = RoadWheel(radius: 0.48, width: 0.58, rim: 0.29, style: .lorryRear)
        var wheels: [VehicleModel.Placed] = []
        for side in [1.0, -1.0] {
            wheels.append(.init(pivot: Vec3(archetype.wheelbase, side * archetype.track / 2, 0.48), wheel: front, steered: true))
            wheels.append(.init(pivot: Vec3(0, side * (form.half - 0.03 - 0.29), 0.48), wheel: rear))
        }
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: wheels, distances: [0, 24, 70, 180])
        model.lamps = VehicleModel.lights(nose: form.nose, back: form.back, head: form.headLamp ?? .zero, tail: form.tailLamp ?? .zero)
        let mirrorZ = isCity ? 2.05 : 2.3
        var asset = model.asset(variant, protruding: { BoxBody.mirrors(x: form.nose - 0.12, y: form.half, z: mirrorZ, height: 0.42, level: $0) }) { level in
            var body = BoxBody(form, level: level)
            if level < 2 {
                cabin(&body)
                if isCity { destination(&body, variant) }
            }
            body.wipers()
            if level < 2 {
                NumberPlate.add(to: &body.skin, at: Vec3(body.hull.front(0, 0.5), 0, 0.5), forward: true)
                NumberPlate.add(to: &body.skin, at: Vec3(form.back, 0, 0.75), forward: false)
            }
            return body.skin
        }
        if isCity { Self.light(&asset.materials) }
        return asset
    }

    private func form(_ a: Archetype, _ variant: Variant) -> BoxForm {
        let (back, nose) = (-a.originFromRear, a.size.x - a.originFromRear)
        var f = BoxForm(back: back, nose: nose, half: a.size.y / 2, floor: isCity ? 0.28 : 0.32, height: a.size.z)
        f.arches = [0, a.wheelbase]
        f.archDepth = 0.68
        (f.rake, f.rakeZ, f.frontBow) = isCity ? (0.05, 1.2, 0.14) : (variant.uniform("rake", 0.10...0.2), 1.1, 0.2)
        f.tinted = !isCity
        let (low, high) = isCity ? (1.18, 2.45) : (1.62, 2.85)
        f.screen = (isCity ? 1.02...2.50 : 1.05...2.75, f.half - 0.16, f.half - 0.2)
        f.rearPane = isCity ? (1.6...2.4, 0.9) : (1.9...2.8, 0.95)
        (f.headLamp, f.tailLamp) = (Vec2(0.93, 0.66), Vec2(1.12, isCity ? 0.95 : 1.1))
        // Panes between pillars; the city bus has its doors on the right.
        let doors: [ClosedRange<Double>] = isCity ? [nose - 1.65...nose - 0.42, 1.55...2.95] : [nose - 1.45...nose - 0.5]
        let pitch = variant.uniform("pane", 1.35...1.75)
        var x = back + 0.5
        while x + pitch * 0.6 < nose - 0.5 {
            let end = min(x + pitch, nose - 0.4)
            f.left.panes.append((x + 0.03...end - 0.03, low...high))
            x = end
        }
        var from = back + 0.5
        for door in doors.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let length = door.lowerBound - 0.1 - from
            let n = max(1, Int((length / pitch).rounded()))
            for k in 0..<n where length > 0.5 {
                let (a, b) = (from + length * Double(k) / Double(n), from + length * Double(k + 1) / Double(n))
                f.right.panes.append((a + 0.03...b - 0.03, low...high))
            }
            from = door.upperBound + 0.1
        }
        f.right.doors = doors.map { ($0, 0.36...(isCity ? 2.45 : 2.5), true) }
        if isCity {
            f.frontBands = [(-0.1...0.95, 2.56...2.86, VehicleSlot.frit)]
        } else {
            for k in 0..<4 { let a = 1.0 + 1.05 * Double(k); f.left.doors.append((a...a + 1.0, 0.42...1.32, false)); f.right.doors.append((a...a + 1.0, 0.42...1.32, false)) }
        }
        let band: Double = variant.choice("band", [0.0, 0.28, 0.5]) ?? 0.0
        if band > 0 {
            f.left.bands = [(back - 1...nose + 1, 0.3...0.3 + band, VehicleSlot.livery)]
            f.right.bands = f.left.bands
        }
        return f
    }

    /// Number and destination of the line in amber lamps, on the band above the windscreen.
    private func destination(_ body: inout BoxBody, _ variant: Variant) {
        let line = Int(variant.uniform("line", 1...399)), place = variant.choice("destination", ["ALTENA", "HALLE", "KASTEL", "SALEM", "HAMM", "ESSEN"]) ?? "HALLE"
        let text = "\(line) \(place)", advance = 5.4, unit = 0.029
        let middle = (Double(text.count) * advance - 1.4) / 2
        // Seen from before the bus its left, +y, is on the right.
        let hull = body.hull
        let at = { (p: Vec2) -> Vec3 in
            let (y, z) = ((p.x - middle) * unit, 2.625 + p.y * unit)
            return Vec3(hull.front(y, z) + 0.006, y, z)
        }
        for (a, b) in NumberPlate.segments(text, advance: advance) {
            let along = (b - a).normalized * 0.42, across = Vec2(-along.y, along.x)
            body.skin.quad(at(a - along - across), at(b + along - across), at(b + along + across), at(a - along + across), slot: VehicleSlot.sign)
        }
    }

    /// A city bus is lit inside as long as its lamps are on: 150 lx on what one sees through the panes, whose own lamps nothing else sees.
    private static func light(_ materials: inout [Material]) {
        for slot in [VehicleSlot.lining, VehicleSlot.headliner, VehicleSlot.seat, VehicleSlot.marker] {
            materials[slot].emission = materials[slot].baseColor * Float(150 / Double.pi)
            materials[slot].lamp = .position
        }
    }

    private func cabin(_ body: inout BoxBody) {
        let f = body.form
        let low = isCity ? f.floor + 0.14 : 1.1
        if !isCity { body.skin.quad(Vec3(f.back + 0.2, -f.half + 0.08, low), Vec3(f.nose - 1.6, -f.half + 0.08, low), Vec3(f.nose - 1.6, f.half - 0.08, low),
            Vec3(f.back + 0.2, f.half - 0.08, low), slot: VehicleSlot.lining) }
        body.driver(dash: f.nose - 0.62, z: 1.12, low: 0.5)
        if isCity, body.level == 0 {
            for px in stride(from: f.back + 1.4, to: f.nose - 2, by: 1.5) {
                for y in [0.35, -0.35] { body.skin.rod([Vec3(px, y, low), Vec3(px, y, f.height - 0.15)], radius: 0.017, segments: 5, slot: VehicleSlot.marker) }
            }
        }
        guard body.level == 0 || !isCity else { return }
        for x in stride(from: f.back + 0.9, to: f.nose - 1.9, by: isCity ? 0.86 : 0.80) {
            for y in [0.95, 0.5, -0.5, -0.95] {
                if isCity, y < 0, (1.3...3.1).contains(x) { continue }
                body.seat(Vec3(x, y * (f.half - 0.12) / 1.13, low))
            }
        }
    }
}
