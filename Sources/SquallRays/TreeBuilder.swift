import SquallGeometry
import SquallMath

/// Builds a BVH8 over boxes: a binary tree by the binned surface area heuristic (Wald 2007), then collapsed by opening the
/// largest child until a node has eight.
///
/// Serial and without tables keyed by address, so the tree is a function of the boxes alone.
struct TreeBuilder {
    private static let bins = 16
    /// Below this depth nodes split in the middle, which bounds every walk's stack.
    private static let heuristicDepth = 60
    /// Cost of visiting a node against one leaf test.
    private static let nodeCost: Float = 0.5

    private struct Pair {
        var box: BoundingBox
        /// First child, the second follows; -1 for a leaf.
        var child: Int32
        var first: Int32
        var count: Int32
        var depth: Int32
    }

    let boxes: UnsafeBufferPointer<BoundingBox>
    let leafSize: Int
    /// Box indices in leaf order.
    var order: [Int32]
    private var pairs: [Pair] = []
    private(set) var nodes: [TreeNode] = []
    /// Range of `order` of each leaf.
    private(set) var leaves: [Range<Int>] = []
    private(set) var root = Reference.absent

    /// - Parameter boxes: finite and not empty.
    init(_ boxes: UnsafeBufferPointer<BoundingBox>, leafSize: Int) {
        (self.boxes, self.leafSize) = (boxes, leafSize)
        order = (0..<Int32(boxes.count)).map { $0 }
        guard !boxes.isEmpty else { return }
        split()
        root = emit(0)
        pairs = []
    }

    // MARK: - Binary tree

    private mutating func split() {
        var all = BoundingBox.empty
        for box in boxes { all.insert(box) }
        pairs.reserveCapacity(2 * boxes.count / max(1, leafSize / 2) + 8)
        pairs.append(Pair(box: all, child: -1, first: 0, count: Int32(boxes.count), depth: 0))
        let work = UnsafeMutableBufferPointer<Int32>.allocate(capacity: order.count)
        _ = work.initialize(from: order)
        defer { work.deallocate() }
        var next = 0
        // Breadth first: children are appended behind, each pair is looked at once.
        while next < pairs.count {
            let pair = pairs[next]
            let (first, count) = (Int(pair.first), Int(pair.count))
            if count > 1, let (middle, left, right) = divide(work, first, count, pair) {
                pairs[next].child = Int32(pairs.count)
                pairs.append(Pair(box: left, child: -1, first: pair.first, count: Int32(middle - first), depth: pair.depth + 1))
                pairs.append(Pair(box: right, child: -1, first: Int32(middle), count: Int32(first + count - middle), depth: pair.depth + 1))
            }
            next += 1
        }
        order = Array(work)
    }

    /// Reorders `order[first..<first+count]` about the best split; nil when a leaf is better.
    private func divide(_ order: UnsafeMutableBufferPointer<Int32>, _ first: Int, _ count: Int, _ pair: Pair) -> (Int, BoundingBox, BoundingBox)? {
        var centroids = BoundingBox.empty
        for i in first..<first + count { centroids.insert(boxes[Int(order[i])].center) }
        let best = pair.depth < Self.heuristicDepth ? bestSplit(order, first, count, centroids) : nil
        let leafCost = halfArea(pair.box) * Self.tests(count, leafSize)
        if count <= leafSize, best.map({ $0.cost + Self.nodeCost * halfArea(pair.box) >= leafCost }) ?? true { return nil }
        var middle = first
        if let best {
            let scale = Self.scale(centroids, best.axis)
            for i in first..<first + count
            where Self.bin(boxes[Int(order[i])].center[best.axis], centroids.lower[best.axis], scale) < best.bin {
                order.swapAt(i, middle)
                middle += 1
            }
        }
        if middle == first || middle == first + count { middle = first + count / 2 }
        var (left, right) = (BoundingBox.empty, BoundingBox.empty)
        for i in first..<middle { left.insert(boxes[Int(order[i])]) }
        for i in middle..<first + count { right.insert(boxes[Int(order[i])]) }
        return (middle, left, right)
    }

    private func bestSplit(
        _ order: UnsafeMutableBufferPointer<Int32>, _ first: Int, _ count: Int, _ centroids: BoundingBox
    ) -> (axis: Int, bin: Int, cost: Float)? {
        var best: (axis: Int, bin: Int, cost: Float)?
        withUnsafeTemporaryAllocation(of: BoundingBox.self, capacity: 2 * Self.bins) { storage in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.bins) { counts in
                for axis in 0..<3 where centroids.upper[axis] > centroids.lower[axis] {
                    storage.initialize(repeating: .empty)
                    counts.initialize(repeating: 0)
                    let (origin, scale) = (centroids.lower[axis], Self.scale(centroids, axis))
                    for i in first..<first + count {
                        let box = boxes[Int(order[i])]
                        let bin = Self.bin(box.center[axis], origin, scale)
                        storage[bin].insert(box)
                        counts[bin] += 1
                    }
                    sweep(storage, counts, axis, &best)
                }
            }
        }
        return best
    }

    /// Boxes of the right parts from the back, then costs from the front.
    private func sweep(
        _ storage: UnsafeMutableBufferPointer<BoundingBox>, _ counts: UnsafeMutableBufferPointer<Int32>, _ axis: Int,
        _ best: inout (axis: Int, bin: Int, cost: Float)?
    ) {
        var box = BoundingBox.empty
        for bin in stride(from: Self.bins - 1, to: 0, by: -1) {
            box.insert(storage[bin])
            storage[Self.bins + bin] = box
        }
        let total = counts.reduce(0, +)
        var (left, leftCount) = (BoundingBox.empty, Int32(0))
        for bin in 1..<Self.bins {
            left.insert(storage[bin - 1])
            leftCount += counts[bin - 1]
            guard leftCount > 0, leftCount < total else { continue }
            let cost = halfArea(left) * Self.tests(Int(leftCount), leafSize) + halfArea(storage[Self.bins + bin]) * Self.tests(Int(total - leftCount), leafSize)
            if cost < best?.cost ?? .infinity { best = (axis, bin, cost) }
        }
    }

    /// Leaf tests that `count` boxes need at least.
    private static func tests(_ count: Int, _ leafSize: Int) -> Float { Float((count + leafSize - 1) / leafSize) }
    private static func scale(_ box: BoundingBox, _ axis: Int) -> Float { Float(bins) * 0.99999 / max(box.size[axis], .leastNormalMagnitude) }
    @inline(__always) private static func bin(_ value: Float, _ origin: Float, _ scale: Float) -> Int {
        min(bins - 1, max(0, Int(((value - origin) * scale).clamped(to: 0...Float(bins)))))
    }

    // MARK: - Wide tree

    /// Emits the wide node of a pair, or its leaf, and returns the reference.
    private mutating func emit(_ pair: Int) -> UInt32 {
        guard pairs[pair].child >= 0 else {
            leaves.append(Int(pairs[pair].first)..<Int(pairs[pair].first + pairs[pair].count))
            return Reference.leaf(leaves.count - 1)
        }
        var slots = [Int(pairs[pair].child), Int(pairs[pair].child) + 1]
        while slots.count < 8 {
            var (largest, area) = (-1, -Float.infinity)
            for (slot, index) in slots.enumerated() where pairs[index].child >= 0 && halfArea(pairs[index].box) > area {
                (largest, area) = (slot, halfArea(pairs[index].box))
            }
            guard largest >= 0 else { break }
            let child = Int(pairs[slots[largest]].child)
            slots[largest] = child
            slots.append(child + 1)
        }
        let index = nodes.count
        nodes.append(TreeNode())
        var node = TreeNode()
        for (slot, child) in slots.enumerated() { node.set(slot, pairs[child].box, emit(child)) }
        nodes[index] = node
        return UInt32(index)
    }
}

/// Half the surface of a box; zero for an empty one.
@inline(__always) private func halfArea(_ box: BoundingBox) -> Float {
    let s = box.size
    return box.isEmpty ? 0 : s.x * s.y + s.y * s.z + s.z * s.x
}
