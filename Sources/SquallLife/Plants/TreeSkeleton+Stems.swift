import Foundation
import SquallAssets
import SquallMath

/// What is drawn of the wood, and where leaves sit on it.
extension TreeSkeleton {
    /// A run of nodes drawn as one tapering tube.
    struct Stem {
        var path: [Vec3], radii: [Double]
        /// Starts on the ground.
        var isTrunk: Bool
    }

    /// A place where a spray of leaves or needles leaves its shoot.
    struct Site {
        var position: Vec3
        /// Unit vectors: the way the shoot runs, and away from the crown's middle.
        var along: Vec3, out: Vec3
        /// From 0 in the crown's middle to 1 at its surface.
        var depth: Double
    }

    /// Tubes of everything at least `radius` thick: each goes on along its thickest child. - Parameter every: keeps each n-th node between the ends.
    func stems(from radius: Double, every: Int) -> [Stem] {
        var children = Array(repeating: [Int](), count: nodes.count)
        for (index, node) in nodes.enumerated() where node.parent >= 0 { children[node.parent].append(index) }
        var result: [Stem] = []
        var starts: [(from: Int, first: Int)] = [(0, 0)]
        while let (from, first) = starts.popLast() {
            // The first point lies within the parent, so that no gap shows.
            var run = first == 0 ? [0] : [from, first]
            while let last = run.last, let next = children[last].max(by: { (nodes[$0].radius, -$0) < (nodes[$1].radius, -$1) }) {
                for other in children[last] where other != next && nodes[other].radius >= radius { starts.append((last, other)) }
                guard nodes[next].radius >= radius else { break }
                run.append(next)
            }
            let kept = run.enumerated().filter { $0.offset % every == 0 || $0.offset == run.count - 1 || $0.offset == 1 }.map(\.element)
            guard kept.count > 1 else { continue }
            var radii = kept.map { nodes[$0].radius }
            if first != 0 { radii[0] = min(radii[0], radii[1] * 1.15) }
            radii[radii.count - 1] *= 0.5
            result.append(Stem(path: kept.map { nodes[$0].position }, radii: radii, isTrunk: first == 0))
        }
        return result
    }

    /// Every thin shoot's nodes, in growing order.
    var sites: [Site] {
        let thin = habit.isWhorled ? 1.0 : 0.006 + 0.085 * habit.trunk
        return nodes.indices.dropFirst().compactMap { index in
            let node = nodes[index]
            guard node.radius <= thin, node.parent >= 0 else { return nil }
            let axis = node.position.xy.length, limit = crownRadius(at: node.position.z)
            // Nothing grows on the stem of a fir, and boughs are bare close to it.
            if habit.isWhorled, axis < 0.12 * limit + 0.1, node.position.z < 0.93 * height { return nil }
            let middle = Vec3(0, 0, min(node.position.z, height * (habit.crownBase + 0.45 * (1 - habit.crownBase))) * 0.94)
            let top = (node.position.z / height - habit.crownBase) / (1 - habit.crownBase)
            let out = (node.position - middle).normalized
            return Site(
                position: node.position, along: (node.position - nodes[node.parent].position).normalized, out: out == .zero ? Vec3(0, 0, 1) : out,
                depth: max(axis / max(0.3, limit), top * top).clamped(to: 0...1))
        }
    }
}

extension TreeHabit {
    var isWhorled: Bool {
        if case .whorls = growth { return true }
        return false
    }
}
