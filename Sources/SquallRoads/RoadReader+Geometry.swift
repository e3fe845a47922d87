import SquallMath
import SquallXML

/// Reference lines: line, arc, spiral, poly3, paramPoly3.
extension RoadReader {
    /// The most one geometry may turn, radians: beyond it the file is broken, not the road winding.
    private static let maximumTurn = 1000.0

    mutating func readPlanView(_ road: FileElement, _ place: String) -> Rows {
        guard let plan = road.first("planView"), plan.first("geometry") != nil else {
            notes.error(
                "road-no-geometry", "\(place) (line \(road.line))", "the road has no <planView> with a <geometry>", fix: "give the road a reference line")
            return Rows()
        }
        var segments: [PlanSegment] = []
        for (number, element) in plan.all("geometry").enumerated() {
            guard let geometry = readGeometry(element, "\(place), geometry \(number)") else { continue }
            var segment = geometry.segment
            segment.knots = RoadTables.Draft.append(geometry.knots, to: &draft.knots)
            segments.append(segment)
        }
        segments = stablySorted(segments) { $0.s }
        if let first = segments.first, abs(first.s) > 1e-3 {
            notes.warn("road-geometry-start", place, "the first geometry starts at s = \(first.s), not 0", fix: "start the plan view at s=\"0\"")
        }
        return RoadTables.Draft.append(segments, to: &draft.segments)
    }

    private func readGeometry(_ element: FileElement, _ place: String) -> PlanGeometry? {
        guard let s = notes.number(element, "s", place), let x = notes.number(element, "x", place), let y = notes.number(element, "y", place),
            let heading = notes.number(element, "hdg", place), let length = notes.number(element, "length", place)
        else { return nil }
        guard length > 0 else {
            notes.error(
                "road-zero-length", "\(place) (line \(element.line))", "the geometry's length is \(length)",
                fix: "remove the geometry or give it its length in metres")
            return nil
        }
        guard length < 1e6, abs(x) < 1e8, abs(y) < 1e8, s >= 0, s < 1e7 else {
            notes.error(
                "road-too-large", "\(place) (line \(element.line))", "the geometry is out of reach: s \(s), length \(length), at \(x), \(y)",
                fix: "use metres and a local origin")
            return nil
        }
        var geometry = PlanGeometry(s: s, x: x, y: y, heading: heading, length: length)
        guard shape(&geometry, element, length, place) else { return nil }
        return geometry
    }

    private func shape(_ geometry: inout PlanGeometry, _ element: FileElement, _ length: Double, _ place: String) -> Bool {
        func turnsTooMuch(_ curvature: Double) -> Bool {
            guard abs(curvature) * length > RoadReader.maximumTurn else { return false }
            notes.error(
                "road-curvature", "\(place) (line \(element.line))", "a curvature of \(curvature) 1/m over \(length) m turns more than 150 times",
                fix: "give the curvature in 1/m")
            return true
        }
        func cubic(_ shape: FileElement, _ axis: String) -> SIMD4<Double>? {
            guard let a = notes.number(shape, "a" + axis, default: 0, place), let b = notes.number(shape, "b" + axis, default: 0, place),
                let c = notes.number(shape, "c" + axis, default: 0, place), let d = notes.number(shape, "d" + axis, default: 0, place)
            else { return nil }
            return SIMD4(a, b, c, d)
        }
        if element.first("line") != nil { return true }
        if let arc = element.first("arc") {
            guard let curvature = notes.number(arc, "curvature", place), !turnsTooMuch(curvature) else { return false }
            geometry.makeArc(curvature: curvature)
        } else if let spiral = element.first("spiral") {
            guard let start = notes.number(spiral, "curvStart", place), let end = notes.number(spiral, "curvEnd", place), !turnsTooMuch(start),
                !turnsTooMuch(end)
            else { return false }
            geometry.makeSpiral(from: start, to: end)
        } else if let poly = element.first("poly3") {
            guard let v = cubic(poly, "") else { return false }
            geometry.makePoly3(v)
        } else if let poly = element.first("paramPoly3") {
            guard let u = cubic(poly, "U"), let v = cubic(poly, "V") else { return false }
            guard u.y != 0 || v.y != 0 || u.z != 0 || v.z != 0 else {
                notes.error("road-zero-length", "\(place) (line \(element.line))", "the polynomial does not move", fix: "give bU, the forward coefficient")
                return false
            }
            geometry.makeParamPoly3(u: u, v: v, normalized: poly.attributes["pRange"] != "arcLength")
        } else {
            notes.error(
                "road-geometry-kind", "\(place) (line \(element.line))", "the geometry is none of line, arc, spiral, poly3, paramPoly3", fix: "use one of them")
            return false
        }
        return true
    }
}
