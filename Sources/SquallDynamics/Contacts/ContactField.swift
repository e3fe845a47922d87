import SquallGeometry
import SquallMath

/// Boxes of everything that can be touched, and the search for pairs that might touch.
///
/// What stands still is sorted into square cells once; only movers are refreshed. A step allocates nothing once the lists have grown.
package struct ContactField: Sendable {
    /// Never changes after the start: copies of the state share it.
    private let still: StillBoxes
    /// One per mover, in the movers' order (rising objects).
    private(set) var boxes: [UprightBox]
    private let objects: [Int32]
    /// Movers by the low end of their extent along x; nearly sorted from one step to the next.
    private var sweep: [Int32]
    /// Pairs of objects, lower first, in order: filled by `search`.
    package private(set) var pairs: [Pair] = []

    package struct Pair: Sendable, Equatable {
        package var first: Int32, second: Int32
        package init(_ a: Int32, _ b: Int32) { (first, second) = (min(a, b), max(a, b)) }
        static func < (a: Pair, b: Pair) -> Bool { (a.first, a.second) < (b.first, b.second) }
    }

    /// - Parameters: boxes of all objects at time zero; the objects that move, rising.
    package init(_ all: [UprightBox], movers: [Int]) {
        objects = movers.map { Int32($0) }
        boxes = movers.map { all[$0] }
        sweep = Array(0..<Int32(movers.count))
        var isMover = Array(repeating: false, count: all.count)
        for object in movers { isMover[object] = true }
        still = StillBoxes(all, objects: all.indices.filter { !isMover[$0] })
    }

    /// Puts a mover where it is now: only `middle` and `axis` change within a step.
    package mutating func move(_ mover: Int, to box: UprightBox) { boxes[mover] = box }

    /// Box of an object; `mover` is its place among the movers, nil for what stands still.
    func box(of object: Int, mover: Int?) -> UprightBox { mover.map { boxes[$0] } ?? still.all[object] }

    /// Finds all pairs whose extents overlap and of which one moves.
    package mutating func search() {
        pairs.removeAll(keepingCapacity: true)
        sortSweep()
        for place in sweep.indices {
            let mover = Int(sweep[place])
            let (box, reach) = (boxes[mover], boxes[mover].reach)
            var next = place + 1
            // A margin far above rounding: the exact question follows.
            while next < sweep.count, boxes[Int(sweep[next])].low <= box.middle.x + reach.x + 0.01 {
                let other = Int(sweep[next])
                if Self.near(box, reach, boxes[other], boxes[other].reach) { pairs.append(Pair(objects[mover], objects[other])) }
                next += 1
            }
            still.search(near: box, reach, of: objects[mover], into: &pairs)
        }
        pairs.sort(by: <)
        removeTwins()
    }

    @inline(__always) fileprivate static func near(_ a: UprightBox, _ reach: Vec2, _ b: UprightBox, _ otherReach: Vec2) -> Bool {
        let d = b.middle - a.middle
        let limit = reach + otherReach
        return abs(d.x) <= limit.x && abs(d.y) <= limit.y
    }

    /// Insertion: hardly anyone overtakes within a step.
    private mutating func sortSweep() {
        for place in sweep.indices.dropFirst() {
            let mover = sweep[place]
            let low = boxes[Int(mover)].low
            var hole = place
            while hole > 0, boxes[Int(sweep[hole - 1])].low > low {
                sweep[hole] = sweep[hole - 1]
                hole -= 1
            }
            sweep[hole] = mover
        }
    }

    /// What reaches over several cells is found in each.
    private mutating func removeTwins() {
        var kept = 0
        for index in pairs.indices where kept == 0 || pairs[index] != pairs[kept - 1] {
            pairs[kept] = pairs[index]
            kept += 1
        }
        pairs.removeLast(pairs.count - kept)
    }
}

extension UprightBox {
    /// Low end along x; what is nowhere comes first.
    fileprivate var low: Double {
        let x = middle.x - reach.x
        return x.isNaN ? -.infinity : x
    }
}

/// Boxes of what stands still, by the square cells of the ground that they reach into.
private struct StillBoxes: Sendable {
    /// By object; movers are in it as they were at the start and never found.
    let all: [UprightBox]
    private let reaches: [Vec2]
    /// Sorted by cell, then object.
    private let keys: [Int64], entries: [Int32]
    /// Reach into more cells than are worth listing: asked one by one.
    private let vast: [Int32]

    /// Metres: a little more than the longest vehicle.
    private static let cell = 20.0
    private static let mostCells = 256.0

    init(_ all: [UprightBox], objects: [Int]) {
        self.all = all
        reaches = all.map(\.reach)
        var listed: [(key: Int64, object: Int32)] = []
        var vast: [Int32] = []
        for object in objects {
            let reach = reaches[object]
            let cells = (2 * reach.x / Self.cell + 2) * (2 * reach.y / Self.cell + 2)
            guard cells <= Self.mostCells, all[object].middle.x.isFinite, all[object].middle.y.isFinite else {
                vast.append(Int32(object))
                continue
            }
            let (columns, rows) = Self.cells(all[object].middle, reach)
            for row in rows { for column in columns { listed.append((Self.key(column, row), Int32(object))) } }
        }
        listed.sort { ($0.key, $0.object) < ($1.key, $1.object) }
        (keys, entries, self.vast) = (listed.map(\.key), listed.map(\.object), vast)
    }

    /// Cells that an extent touches, a centimetre around it included.
    private static func cells(_ middle: Vec2, _ reach: Vec2) -> (columns: ClosedRange<Int32>, rows: ClosedRange<Int32>) {
        let index = { (x: Double) in Int32((x / cell).rounded(.down).clamped(to: -1e9...1e9)) }
        let (left, right) = (index(middle.x - reach.x - 0.01), index(middle.x + reach.x + 0.01))
        let (near, far) = (index(middle.y - reach.y - 0.01), index(middle.y + reach.y + 0.01))
        return (left...max(left, right), near...max(near, far))
    }

    private static func key(_ column: Int32, _ row: Int32) -> Int64 { Int64(row) << 32 + Int64(column) }

    /// Adds the pairs of a mover with everything whose extent overlaps its own; what fills several cells more than once.
    func search(near box: UprightBox, _ reach: Vec2, of mover: Int32, into pairs: inout [ContactField.Pair]) {
        for object in vast { take(object, box, reach, mover, &pairs) }
        guard !keys.isEmpty, box.middle.x.isFinite, box.middle.y.isFinite else { return }
        guard reach.y < Self.cell * Self.mostCells else {
            for object in entries { take(object, box, reach, mover, &pairs) }
            return
        }
        let (columns, rows) = Self.cells(box.middle, reach)
        for row in rows {
            let end = Self.key(columns.upperBound, row)
            var place = firstPlace(Self.key(columns.lowerBound, row))
            while place < keys.count, keys[place] <= end {
                take(entries[place], box, reach, mover, &pairs)
                place += 1
            }
        }
    }

    @inline(__always) private func take(_ object: Int32, _ box: UprightBox, _ reach: Vec2, _ mover: Int32, _ pairs: inout [ContactField.Pair]) {
        if ContactField.near(box, reach, all[Int(object)], reaches[Int(object)]) { pairs.append(ContactField.Pair(mover, object)) }
    }

    /// Where keys from this one on begin.
    private func firstPlace(_ key: Int64) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
