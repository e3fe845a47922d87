import Foundation
import SquallMath

/// Values as an author would write them.
extension Value {
    /// As an author would write it: `82.4 mm/h`, `18:30`, `semi`. Of long lists only the beginning.
    public func described(as type: ValueType) -> String {
        var room = Self.describedElements
        return described(as: type, &room)
    }

    /// Elements of a list that are described, those of lists within it counted too.
    static let describedElements = 100

    /// - Parameter room: how many more elements are described; the rest is `...`.
    private func described(as type: ValueType, _ room: inout Int) -> String {
        switch self {
        case .number(let x):
            if case .number(let dimension) = type { return Units.format(x, dimension) }
            return Units.number(x)
        case .truth(let b): return b ? "true" : "false"
        case .text(let t): return "\"\(t)\""
        case .vector(let v):
            var dimension = Dimension.none
            if case .vector(let d) = type { dimension = d }
            return "(\([v.x, v.y, v.z].map { Units.format($0, dimension) }.joined(separator: ", ")))"
        case .list(let values):
            var element = ValueType.unknown
            if case .list(let e) = type { element = e }
            return Self.bracketed(values, &room) { $0.described(as: element, &$1) }
        case .map(let entries):
            var types = (ValueType.unknown, ValueType.unknown)
            if case .map(let k, let v) = type { types = (k, v) }
            return Self.bracketed(entries, &room) { "\($0.key.described(as: types.0, &$1)): \($0.value.described(as: types.1, &$1))" }
        case .color(let c): return "#" + [c.x, c.y, c.z].map { Self.padded(Int(($0 * 255).rounded()), radix: 16) }.joined()
        case .range(let a, let b):
            var dimension = Dimension.none
            if case .range(let d) = type { dimension = d }
            return "\(Units.format(a, dimension)) ... \(Units.format(b, dimension))"
        case .date(let d): return d.description
        case .timeOfDay(let t): return t.description
        case .moment(let d, let t): return "\(d) at \(t)"
        case .geo(let g): return "geo(\(Units.number(g.latitude * 180 / .pi)) deg, \(Units.number(g.longitude * 180 / .pi)) deg)"
        case .timed(.constant(let x)): return Value.number(x).described(as: type)
        case .timed: return "a value that changes over time"
        case .symbol(let s), .archetype(let s): return s
        case .asset(let path), .network(let path): return path.split(separator: "/").last.map(String.init) ?? path
        case .road(_, let id): return "road \(id)"
        case .junction(_, let id): return "junction \(id)"
        case .approach(_, let id, let n): return "approach \(n) of junction \(id)"
        case .lane(let l): return "lane \(l.lane) of road \(l.road)"
        case .place(.lane(let p)): return "road \(p.road), lane \(p.lane), s \(Units.format(p.s, .length))"
        case .place(.pose(let p)): return Value.vector(p.position).described(as: .vector(.length))
        case .place(.ground(let p, _)): return Value.vector(Vec3(p.x, p.y, 0)).described(as: .vector(.length))
        case .actor(let path): return path ?? "nobody"
        case .vicinity(let d, let path): return "\(Units.format(d, .length)) of \(path)"
        }
    }

    private static func bracketed<Element>(_ elements: [Element], _ room: inout Int, _ words: (Element, inout Int) -> String) -> String {
        var parts: [String] = []
        for element in elements {
            guard room > 0 else {
                parts.append("...")
                break
            }
            room -= 1
            parts.append(words(element, &room))
        }
        return "[\(parts.joined(separator: ", "))]"
    }

    /// Takes the number of elements of a list, those of lists within it too, from `rest`; stops when there is none left.
    package func count(into rest: inout Int) {
        switch self {
        case .list(let values):
            for value in values where rest >= 0 {
                rest -= 1
                value.count(into: &rest)
            }
        case .map(let entries):
            for entry in entries where rest >= 0 {
                rest -= 1
                entry.key.count(into: &rest)
                entry.value.count(into: &rest)
            }
        default: break
        }
    }

    static func padded(_ number: Int, radix: Int = 10) -> String {
        let text = String(number, radix: radix)
        return text.count < 2 ? "0" + text : text
    }
}

extension CivilDate: CustomStringConvertible {
    public var description: String { "\(year)-\(Value.padded(month))-\(Value.padded(day))" }
}

extension TimeOfDay: CustomStringConvertible {
    public var description: String {
        let whole = Int(seconds.rounded())
        let text = "\(Value.padded(whole / 3600)):\(Value.padded(whole / 60 % 60))" + (whole % 60 == 0 ? "" : ":\(Value.padded(whole % 60))")
        return isUTC ? text + " UTC" : text
    }
}

extension TimeValue {
    /// Every value `x` becomes `x * factor + offset`.
    public func mapped(factor k: Double, offset c: Double) -> TimeValue {
        switch self {
        case .constant(let x): .constant(x * k + c)
        case .ramp(let a, let b, let over): .ramp(from: a * k + c, to: b * k + c, over: over)
        case .curve(let knots): .curve(knots.map { Knot(time: $0.time, value: $0.value * k + c) })
        case .noise(let base, let amplitude, let period, let key): .noise(base: base.mapped(factor: k, offset: c), amplitude: amplitude * k, period: period, key: key)
        }
    }

    /// With a fixed number on the right.
    package func combined(_ operation: RuntimeExpression.Binary, _ k: Double) -> TimeValue {
        switch operation {
        case .add: mapped(factor: 1, offset: k)
        case .subtract: mapped(factor: 1, offset: -k)
        case .divide: mapped(factor: 1 / k, offset: 0)
        default: mapped(factor: k, offset: 0)
        }
    }
}
