import SquallMath
import SquallXML

/// Road marks.
extension RoadReader {
    /// The marks of a lane; each runs to the next one or the end of the section.
    mutating func readMarks(_ element: FileElement, _ start: Double, _ end: Double, _ place: String) -> Rows {
        var marks: [MarkRecord] = []
        for mark in element.all("roadMark") {
            guard let s = notes.number(mark, "sOffset", default: 0, place) else { continue }
            var record = MarkRecord(s: start + s, end: end)
            switch mark.attributes["color"] ?? "standard" {
            case "standard", "white": record.color = .white
            case "yellow", "orange": record.color = .yellow
            default: record.color = .other
            }
            record.lines = RoadTables.Draft.append(markLines(mark, place), to: &draft.markLines)
            marks.append(record)
        }
        marks = stablySorted(marks) { $0.s }
        for index in marks.indices.dropLast() { marks[index].end = min(end, marks[index + 1].s) }
        return RoadTables.Draft.append(marks, to: &draft.marks)
    }

    /// Lines as the file paints them, else the usual ones of the mark's type (dash 3 m, gap 6 m; 3 m and 9 m between wide ones).
    private func markLines(_ mark: FileElement, _ place: String) -> [MarkLine] {
        let type = mark.attributes["type"] ?? "none"
        let bold = mark.attributes["weight"] == "bold"
        let stated = notes.number(mark, "width", default: bold ? 0.25 : 0.12, place) ?? 0.12
        let width = stated > 0 ? min(stated, 2) : 0.12
        if let explicit = mark.first("type") {
            let lines = explicit.all("line").compactMap { explicitLine($0, width, place) }
            if !lines.isEmpty { return Array(lines.prefix(16)) }
        }
        let solid = MarkLine(width: width)
        let broken = MarkLine(length: 3, space: width >= 0.14 ? 9 : 6, width: width)
        func pair(_ left: MarkLine, _ right: MarkLine) -> [MarkLine] {
            var (left, right) = (left, right)
            (left.offset, right.offset) = (width, -width)
            return [left, right]
        }
        switch type {
        case "none": return []
        case "solid": return [solid]
        case "curb", "edge": return []
        case "broken": return [broken]
        case "solid solid": return pair(solid, solid)
        case "solid broken": return pair(solid, broken)
        case "broken solid": return pair(broken, solid)
        case "broken broken": return pair(broken, broken)
        case "botts dots": return [MarkLine(length: 0.1, space: 1.2, width: 0.1)]
        default:
            notes.ignore("road mark type '\(type)'", place)
            return []
        }
    }

    private func explicitLine(_ line: FileElement, _ width: Double, _ place: String) -> MarkLine? {
        guard let length = notes.number(line, "length", default: 0, place), let space = notes.number(line, "space", default: 0, place),
            let offset = notes.number(line, "tOffset", default: 0, place), let start = notes.number(line, "sOffset", default: 0, place),
            let own = notes.number(line, "width", default: width, place)
        else { return nil }
        let dashed = length > 0 && space > 0
        return MarkLine(
            length: dashed ? max(0.05, length) : 0, space: dashed ? max(0.05, space) : 0, offset: offset.clamped(to: -5...5),
            start: start.clamped(to: 0...1e6), width: own > 0 ? min(own, 2) : width)
    }
}
