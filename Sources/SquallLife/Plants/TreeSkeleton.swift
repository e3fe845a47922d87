import Foundation
import SquallAssets
import SquallMath

/// The wood of a tree as a graph of short pieces, every node hanging from an earlier one.
///
/// Crowns grow by space colonisation (Runions, Lane, Prusinkiewicz 2007): points of free room pull the nearest shoot until something has
/// reached them; shoots also keep their direction and turn towards the light. Thickness follows the pipe model (Shinozaki 1964).
struct TreeSkeleton {
    struct Node {
        var position: Vec3
        var parent: Int
        var radius = 0.0
        var isTip = true
    }
    private(set) var nodes: [Node] = []
    /// From the origin along +z, metres.
    let height: Double
    let halfWidth: Double
    let habit: TreeHabit
    private let profile: Curve

    /// - Parameter size: of the tree's box, metres.
    init(_ habit: TreeHabit, size: Vec3, _ variant: Variant) {
        (self.habit, height, halfWidth, profile) = (habit, size.z, min(size.x, size.y) / 2, Curve(habit.profile))
        var random = CounterRandom(seed: 11, sample: UInt32(truncatingIfNeeded: variant.index), path: "tree.\(variant.asset)")
        switch habit.growth {
        case .crown(let leader):
            growCrown(leader: leader, &random)
            thicken()
        case .whorls(let perMetre, let boughs): growWhorls(perMetre, boughs, &random)
        }
    }

    /// Radius of the crown at a height, metres.
    func crownRadius(at z: Double) -> Double {
        let h = (z / height - habit.crownBase) / (1 - habit.crownBase)
        return h < 0 || h > 1 ? 0 : halfWidth * profile(h)
    }

    private var step: Double { height * 0.026 }

    /// A straight stem with a little sway up to `top`. Gives its last node.
    @discardableResult
    private mutating func growLeader(to top: Double, _ random: inout CounterRandom) -> Int {
        nodes.append(Node(position: .zero, parent: -1))
        var lean = Vec2(random.uniform() - 0.5, random.uniform() - 0.5) * 0.06
        while let last = nodes.last, last.position.z < top {
            lean += Vec2(random.uniform() - 0.5, random.uniform() - 0.5) * 0.10 - last.position.xy * (0.03 / height)
            lean = lean * 0.85
            nodes[nodes.count - 1].isTip = false
            nodes.append(Node(position: last.position + Vec3(lean.x, lean.y, 1).normalized * step, parent: nodes.count - 1))
        }
        return nodes.count - 1
    }

    private func inCrown(_ random: inout CounterRandom) -> Vec3 {
        // Even over the volume: height by rejection against the squared profile.
        for _ in 0..<24 {
            let h = random.uniform(), r = profile(h)
            guard random.uniform() < r * r + 0.02 else { continue }
            let (angle, out) = (2 * .pi * random.uniform(), random.uniform().squareRoot())
            let z = height * (habit.crownBase + (1 - habit.crownBase) * h)
            return Vec3(cos(angle) * out * r * halfWidth, sin(angle) * out * r * halfWidth, z)
        }
        return Vec3(0, 0, height * 0.7)
    }

    private mutating func growCrown(leader: Double, _ random: inout CounterRandom) {
        growLeader(to: height * max(leader, habit.crownBase + 0.05), &random)
        // Foliage hangs together in clumps with sky between them: most free room lies in them.
        let middle = Vec3(0, 0, height * (habit.crownBase + 0.4 * (1 - habit.crownBase)))
        let clumps = (0..<habit.clumps).map { _ -> Vec3 in
            let p = inCrown(&random)
            return middle + (p - middle) * 1.06
        }
        let spread = 1.05 * halfWidth * pow(Double(max(1, habit.clumps)), -0.33)
        var attractors: [Vec3] = []
        for k in 0..<habit.attractors * 4 where attractors.count < habit.attractors {
            var p = inCrown(&random)
            if k % 3 != 0, let clump = clumps.isEmpty ? nil : clumps[k % clumps.count] {
                p = clump + Vec3(random.normal(), random.normal(), 0.8 * random.normal()) * spread
            }
            guard p.z < height * 0.985, p.xy.length <= crownRadius(at: p.z) else { continue }
            attractors.append(p)
        }
        colonise(attractors, leader: nodes.count, &random)
    }

    private mutating func colonise(_ attractors: [Vec3], leader: Int, _ random: inout CounterRandom) {
        let reach = 1.6 * step
        var nearest = attractors.map { point -> (node: Int, distance: Double) in
            var best = (node: 0, distance: Double.infinity)
            // Boughs leave the stem above the crown's base only.
            for (index, node) in nodes.enumerated() where node.position.z > height * habit.crownBase * 0.8 {
                // A shoot leaves below what pulls it, not beside it.
                let d = (point - node.position).length + 0.8 * max(0, node.position.z - point.z + 0.12 * height)
                if d < best.distance { best = (index, d) }
            }
            return best
        }
        var alive = Array(attractors.indices)
        for _ in 0..<90 where !alive.isEmpty && nodes.count < 2600 {
            var pull: [Int: Vec3] = [:]
            var order: [Int] = []
            for k in alive {
                let index = nearest[k].node
                if pull[index] == nil { order.append(index) }
                pull[index, default: .zero] += (attractors[k] - nodes[index].position).normalized
            }
            let first = nodes.count
            for index in order {
                let node = nodes[index]
                let kept = node.parent >= 0 && index >= leader ? (node.position - nodes[node.parent].position).normalized * 0.7 : .zero
                let sway = Vec3(random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5) * 0.35
                let direction = ((pull[index] ?? .zero).normalized + kept + Vec3(0, 0, habit.rise) + sway).normalized
                nodes[index].isTip = false
                nodes.append(Node(position: node.position + direction * step, parent: index))
            }
            alive.removeAll { k in
                for index in first..<nodes.count {
                    let d = (attractors[k] - nodes[index].position).length
                    if d < nearest[k].distance { nearest[k] = (index, d) }
                }
                return nearest[k].distance < reach
            }
            // Shoots that come no nearer would grow for ever: give up what they wanted after their turn.
            alive.removeAll { k in nearest[k].node < first && nodes[nearest[k].node].parent >= 0 && random.uniform() < 0.25 }
        }
    }

    private mutating func growWhorls(_ perMetre: Double, _ boughs: Int, _ random: inout CounterRandom) {
        let top = growLeader(to: height * 0.985, &random)
        for index in nodes.indices { nodes[index].radius = max(0.012, habit.trunk * (1 - nodes[index].position.z / height)) }
        let span = height * (0.985 - habit.crownBase)
        let whorls = Int(span * perMetre)
        for whorl in 0..<whorls {
            let h = pow(Double(whorl) / Double(whorls), 0.94)
            let z = height * habit.crownBase + span * h
            let start = min(top, Int(z / step))
            let count = max(3, boughs - Int(h * 2.5))
            let turn = 2 * .pi * random.uniform()
            for k in 0..<count {
                let angle = turn + 2 * .pi * (Double(k) + 0.5 * (random.uniform() - 0.5)) / Double(count)
                let length = crownRadius(at: z) * (0.8 + 0.3 * random.uniform())
                // Old boughs leave level and sag, young ones rise; tips turn up.
                var direction = Vec3(cos(angle), sin(angle), lerp(-0.22, 0.75, h) + 0.15 * (random.uniform() - 0.5)).normalized
                let pieces = max(2, Int(length / (1.6 * step)))
                var at = start
                for piece in 0..<pieces {
                    let t = Double(piece) / Double(pieces)
                    direction = (direction + Vec3(0, 0, t < 0.55 ? -0.09 : 0.12)).normalized
                    nodes[at].isTip = false
                    nodes.append(Node(position: nodes[at].position + direction * (length / Double(pieces)), parent: at, radius: max(0.006, 0.011 * length * (1 - t))))
                    at = nodes.count - 1
                }
            }
        }
    }

    /// Radii from the tips down.
    private mutating func thicken() {
        let tip = 0.006
        var sum = Array(repeating: 0.0, count: nodes.count)
        for index in nodes.indices.reversed() {
            let power = max(sum[index], pow(tip, habit.pipe))
            nodes[index].radius = pow(power, 1 / habit.pipe)
            if nodes[index].parent >= 0 { sum[nodes[index].parent] += power }
        }
        let base = nodes.first?.radius ?? 1
        for index in nodes.indices {
            // Through the tip's and the trunk's true radius; a leader tapers even where nothing leaves it.
            let share = (nodes[index].radius - tip) / max(1e-6, base - tip)
            nodes[index].radius = tip + (habit.trunk - tip) * share
        }
    }
}
