import Foundation
import SquallMath
import SquallScene
import SquallXML

/// Signals and objects: each becomes things standing in the world, or a line in what was ignored.
extension RoadReader {
    mutating func readFurniture(_ element: FileElement, _ road: Int, _ tables: RoadTables) {
        let place = "road \(names.roads[road])"
        if let objects = element.first("objects") {
            for (number, object) in objects.all("object").enumerated() { readObject(object, number, road, tables) }
        }
        if let signals = element.first("signals") {
            for (number, signal) in signals.all("signal").enumerated() { readSignal(signal, number, road, tables) }
        }
        if placed.count > SceneLimit.roadObjects.value {
            notes.error(
                "road-object-count", place, "the file places more than \(SceneLimit.roadObjects.value) objects",
                fix: "place fewer: an episode numbers at most \(SceneLimit.objects.value) objects")
        }
    }

    private mutating func readObject(_ element: FileElement, _ number: Int, _ road: Int, _ tables: RoadTables) {
        let id = element.attributes["id"] ?? "\(number)"
        let place = "road \(names.roads[road]), object \(id)"
        let words = (type: element.attributes["type"] ?? "", subtype: element.attributes["subtype"] ?? "", name: element.attributes["name"] ?? "")
        guard let kind = ObjectKind.placement(type: words.type, subtype: words.subtype, name: words.name), kind != .leftOut else {
            element.leaveOut()
            return notes.ignore("object of type '\(words.type.isEmpty ? words.name : words.type)'", place)
        }
        noteNonZero(element, ["pitch", "roll"], "pitch and roll of objects (they stand upright)", place)
        guard var item = item(element, place) else { return element.leaveOut() }
        item.path = "road.\(names.roads[road]).object.\(id)"
        item.kind = [words.type, words.subtype, words.name].filter { !$0.isEmpty }.joined(separator: " ")
        if let outline = element.first("outline") ?? element.first("outlines")?.first("outline") { boxFromOutline(outline, &item, road, tables, place) }
        let repeats = element.all("repeat")
        switch kind {
        case .leftOut: return
        case .archetype(let name):
            item.archetype = name
            if name == SignalKind.blank { notes.ignore("the face of signs that are objects", place, verb: "is not drawn") }
            if name == "box", item.size == nil { item.size = Vec3(0.12, 0.12, item.height ?? 1) }
            if repeats.isEmpty { put(item, road, tables) }
        case .continuous(let name):
            item.archetype = name
            item.isContinuous = true
            if repeats.isEmpty { line(item, to: item, road, tables, length: item.size?.x ?? 0, place) }
        }
        for (index, element) in repeats.enumerated() { repeated(element, item, index, repeats.count, road, tables, place) }
    }

    /// Lists attributes that have a meaning nothing here follows.
    private func noteNonZero(_ element: FileElement, _ attributes: [String], _ kind: String, _ place: String) {
        if attributes.contains(where: { element.attributes[$0].flatMap(Double.init).map { abs($0) > 1e-6 } ?? false }) { notes.ignore(kind, place) }
    }

    /// One thing before it is placed. Angles in radians, metres.
    private struct Item {
        var path = "", archetype = "", kind = ""
        var s = 0.0, t = 0.0, lift = 0.0, heading = 0.0
        /// Stands across the direction of travel it is meant for: "-" turns it round.
        var turned = false
        var size: Vec3?
        var height: Double?
        var isContinuous = false
    }

    private func item(_ element: FileElement, _ place: String) -> Item? {
        guard let s = notes.number(element, "s", place), let t = notes.number(element, "t", place),
            let lift = notes.number(element, "zOffset", default: 0, place),
            let heading = notes.number(element, "hdg", default: 0, place), let height = notes.number(element, "height", default: 0, place),
            let length = notes.number(element, "length", default: 0, place), let width = notes.number(element, "width", default: 0, place),
            let radius = notes.number(element, "radius", default: 0, place)
        else { return nil }
        guard abs(t) < 1e4, abs(lift) < 1e3, max(height, length, width, radius) < 1e4 else {
            notes.warn("road-object-far", place, "the object is out of reach: t \(t), zOffset \(lift), height \(height)", fix: "use metres")
            return nil
        }
        var item = Item(s: s, t: t, lift: lift, heading: heading)
        item.turned = element.attributes["orientation"] == "-"
        item.height = height > 0.01 ? height : nil
        let (l, w) = radius > 0.01 ? (2 * radius, 2 * radius) : (length, width)
        if l > 0.01, w > 0.01, height > 0.01 { item.size = Vec3(l, w, height) }
        return item
    }

    private mutating func put(_ item: Item, _ road: Int, _ tables: RoadTables) {
        guard placed.count <= SceneLimit.roadObjects.value, tables.roads[road].length > 0 else { return }
        let s = item.s.clamped(to: 0...tables.roads[road].length)
        let foot = tables.surface(road: road, s: s, t: item.t)
        let cut = tables.crossSection(ofRoad: road, at: s)
        let yaw = cut.line.heading + item.heading + (item.turned ? .pi : 0)
        let point = cut.point(t: item.t)
        // Beyond the outermost lane things stand on the verge.
        let (left, right) = tables.extent(ofRoad: road, at: s)
        let drop = min(0.4, Verge.drop(at: max(0, item.t - left, right - item.t)) ?? 0.4)
        let pose = Pose(position: Vec3(point.x, point.y, foot.height - drop + item.lift), rotation: Quaternion(yaw: yaw))
        placed.append(PlacedObject(path: item.path, archetype: item.archetype, pose: pose, size: item.size, kind: item.kind))
    }

    /// Pieces end to end from s on, each along the chord between its ends; place and measures go evenly from `item`'s to `last`'s.
    private mutating func line(_ item: Item, to last: Item, _ road: Int, _ tables: RoadTables, length: Double, _ place: String) {
        let piece = Archetype.named(item.archetype)?.size.x ?? 4
        let start = max(0, item.s)
        let end = min(item.s + length, tables.roads[road].length)
        let pieces = max(1, ((end - start) / piece).rounded(.down))
        guard pieces <= Double(SceneLimit.roadObjects.value) else { return notes.ignore("continuous object of more than \(SceneLimit.roadObjects.value) pieces", place) }
        let count = Int(pieces)
        for k in 0..<count {
            var one = item
            one.s = start + (Double(k) + 0.5) * piece
            guard one.s + piece / 2 <= tables.roads[road].length + 0.5 else { break }
            let f = length > 0 ? min(1, (one.s - item.s) / length) : 0
            one.t = lerp(item.t, last.t, f)
            (one.lift, one.size, one.turned) = (lerp(item.lift, last.lift, f), nil, false)
            if let low = item.height, let high = last.height {
                // The file's rail is its beam; ours comes with its posts, which reach down to the ground.
                one.size = Vec3(0, 0, lerp(low, high, f) + max(0, one.lift))
                one.lift = min(0, one.lift)
            }
            // Both faces of a rail look alike; it faces the lanes of its side.
            one.heading = (item.t > 0 ? .pi : 0) + (length > 0 ? atan2(last.t - item.t, length) : 0)
            if count > 1 { one.path += "[\(k)]" }
            put(one, road, tables)
        }
    }

    private mutating func repeated(_ element: FileElement, _ item: Item, _ index: Int, _ total: Int, _ road: Int, _ tables: RoadTables, _ place: String) {
        guard let s = notes.number(element, "s", default: item.s, place), let length = notes.number(element, "length", default: 0, place),
            let distance = notes.number(element, "distance", default: 0, place), let t0 = notes.number(element, "tStart", default: item.t, place),
            let t1 = notes.number(element, "tEnd", default: t0, place), let z0 = notes.number(element, "zOffsetStart", default: item.lift, place),
            let h0 = notes.number(element, "heightStart", default: item.height ?? 0, place), let w0 = notes.number(element, "widthStart", default: 0, place),
            let l0 = notes.number(element, "lengthStart", default: 0, place), let z1 = notes.number(element, "zOffsetEnd", default: z0, place),
            let h1 = notes.number(element, "heightEnd", default: h0, place), let w1 = notes.number(element, "widthEnd", default: w0, place),
            let l1 = notes.number(element, "lengthEnd", default: l0, place)
        else { return }
        let end = tables.roads[road].length
        guard length >= 0, distance >= 0, s + length >= 0, s <= end else { return notes.ignore("<repeat> of negative length or distance, or off its road", place) }
        guard max(abs(t0), abs(t1)) < 1e4, max(abs(z0), abs(z1)) < 1e3, max(h0, w0, l0, h1, w1, l1) < 1e4 else {
            return notes.ignore("<repeat> that reaches beyond 10 km", place)
        }
        var one = item
        if total > 1 { one.path += ".\(index)" }
        (one.s, one.t, one.lift) = (s, t0, z0)
        if h0 > 0.01 {
            if l0 > 0.01 || item.size != nil, w0 > 0.01 || item.size != nil {
                one.size = Vec3(l0 > 0.01 ? l0 : item.size?.x ?? w0, w0 > 0.01 ? w0 : item.size?.y ?? l0, h0)
                if one.archetype == "box", item.height == nil { one.size = Vec3(min(one.size?.x ?? 0.12, 1), min(one.size?.y ?? 0.12, 1), h0) }
            }
        }
        if item.isContinuous || distance < 0.1 {
            one.height = h0 > 0.01 ? h0 : item.height
            var last = one
            (last.t, last.lift, last.height) = (t1, z1, h1 > 0.01 ? h1 : one.height)
            return line(one, to: last, road, tables, length: length, place)
        }
        // The road's own length bounds what the file asks for.
        let first = max(0, (-s / distance).rounded(.up)), last = (min(length, end + 1e-6 - s) / distance).rounded(.down)
        guard last - first < Double(SceneLimit.roadObjects.value) else { return notes.ignore("<repeat> of more than \(SceneLimit.roadObjects.value) objects", place) }
        for k in stride(from: Int(first), through: Int(last), by: 1) {
            var copy = one
            copy.s = s + Double(k) * distance
            let f = length > 0 ? Double(k) * distance / length : 0
            (copy.t, copy.lift) = (lerp(t0, t1, f), lerp(z0, z1, f))
            if let size = one.size {
                // Measures grow from their starts to their ends; one the file does not give stays.
                func grown(_ size: Double, _ a: Double, _ b: Double) -> Double { a > 0.01 && b > 0.01 ? size * lerp(a, b, f) / a : size }
                copy.size = Vec3(grown(size.x, l0, l1), grown(size.y, w0, w1), grown(size.z, h0, h1))
            }
            copy.path += "[\(k)]"
            put(copy, road, tables)
        }
    }

    /// Length, width and height from an outline's corners; the object's own place stays its origin.
    private func boxFromOutline(_ outline: FileElement, _ item: inout Item, _ road: Int, _ tables: RoadTables, _ place: String) {
        var (lower, upper) = (Vec2(repeating: .infinity), Vec2(repeating: -.infinity))
        var height = item.height ?? 0
        for corner in outline.all("cornerLocal") {
            guard let u = notes.number(corner, "u", place), let v = notes.number(corner, "v", place), let h = notes.number(corner, "height", default: 0, place)
            else { return }
            (lower, upper, height) = (pointwiseMin(lower, Vec2(u, v)), pointwiseMax(upper, Vec2(u, v)), max(height, h))
        }
        var stations: [Vec2] = []
        for corner in outline.all("cornerRoad") {
            guard let s = notes.number(corner, "s", place), let t = notes.number(corner, "t", place), let h = notes.number(corner, "height", default: 0, place)
            else { return }
            stations.append(Vec2(s, t))
            height = max(height, h)
        }
        if !stations.isEmpty {
            let (low, high) = (stations.reduce(stations[0]) { pointwiseMin($0, $1) }, stations.reduce(stations[0]) { pointwiseMax($0, $1) })
            (item.s, item.t, item.heading) = ((low.x + high.x) / 2, (low.y + high.y) / 2, 0)
            (lower, upper) = (-(high - low) / 2, (high - low) / 2)
        }
        guard upper.x > lower.x, upper.y > lower.y, height > 0.01, height < 1000, upper.x - lower.x < 2000, upper.y - lower.y < 2000 else { return }
        let middle = (lower + upper) / 2
        let (c, s) = (cos(item.heading), sin(item.heading))
        item.s += c * middle.x - s * middle.y
        item.t += s * middle.x + c * middle.y
        item.size = Vec3(upper.x - lower.x, upper.y - lower.y, height)
        item.height = height
    }

    private mutating func readSignal(_ element: FileElement, _ number: Int, _ road: Int, _ tables: RoadTables) {
        let id = element.attributes["id"] ?? "\(number)"
        let place = "road \(names.roads[road]), signal \(id)"
        guard var item = item(element, place), let turn = notes.number(element, "hOffset", default: 0, place) else { return element.leaveOut() }
        noteNonZero(element, ["zOffset", "height", "width"], "zOffset, height and width of signals (they stand on posts of their own)", place)
        if element.attributes["dynamic"] == "yes" { notes.ignore("the phases of dynamic signals (traffic lights run a program of their own)", place) }
        item.path = "road.\(names.roads[road]).signal.\(id)"
        let value = element.attributes["value"].flatMap(Double.init)
        item.archetype = SignalKind.archetype(
            type: element.attributes["type"] ?? "", subtype: element.attributes["subtype"] ?? "", value: value.flatMap { $0.isFinite ? $0 : nil }, name: element.attributes["name"] ?? "")
        item.kind = [
            "signal", element.attributes["country"] ?? "", element.attributes["type"] ?? "", element.attributes["subtype"] ?? "",
            element.attributes["name"] ?? "",
        ]
        .filter { !$0.isEmpty && $0 != "-1" }.joined(separator: " ")
        if item.archetype == SignalKind.blank {
            let number = [element.attributes["type"], element.attributes["subtype"], element.attributes["value"]].compactMap { $0 }.filter { !$0.isEmpty && $0 != "-1" }
            notes.ignore("the face of \(number.isEmpty ? "a signal without a number" : "signal \(number.joined(separator: " ").prefix(40))")", place, verb: "is not drawn")
        }
        // The plate faces oncoming traffic: for orientation "+" traffic runs along growing s and meets the plate's front, which looks back.
        item.turned = element.attributes["orientation"] != "-"
        item.heading = turn
        // zOffset is the plate's height; the archetype brings its own post.
        (item.lift, item.size) = (0, nil)
        put(item, road, tables)
    }
}
