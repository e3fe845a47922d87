import Foundation
import SquallAssets
import SquallMath

/// Sprays of leaves, needles and twigs drawn as vectors: the shoot enters at the middle of the lower edge and runs up. Colours are
/// relative: 1 is the brightest leaf, `Material.baseColor` carries the albedo.
enum FoliageTexture {
    static let size = 256

    /// One spray of a species, drawn once.
    static func spray(_ foliage: TreeHabit.Foliage) -> Canvas { sprays[foliage] ?? draw(.lime) }

    /// The same leaves at a quarter of their size, sixteen sprays to a picture: for levels that draw large cards.
    static func cluster(_ foliage: TreeHabit.Foliage) -> Canvas { clusters[foliage] ?? draw(.lime) }

    private static let all: [TreeHabit.Foliage] = [.oak, .beech, .lime, .birch, .poplar, .spruce, .pine, .twigs]
    private static let sprays = Dictionary(uniqueKeysWithValues: all.map { ($0, draw($0)) })
    private static let clusters = Dictionary(uniqueKeysWithValues: all.map { ($0, gather(spray($0), key: $0)) })

    private static func gather(_ spray: Canvas, key: TreeHabit.Foliage) -> Canvas {
        var random = CounterRandom(seed: 5, path: "foliage cluster \(key)")
        var canvas = Canvas(width: size, height: size, background: spray.coveredMean)
        let half = Double(size) / 2
        for k in 0..<(key == .twigs ? 10 : 30) {
            let angle = 2 * .pi * random.uniform(), r = half * (k < 14 ? 0.80 : 0.5) * (0.45 + 0.55 * random.uniform())
            let turn = angle + .pi / 2 + (random.uniform() - 0.5)
            canvas.lay(spray, scale: 0.27 + 0.06 * random.uniform(), turn: Vec2(cos(turn), sin(turn)), at: Vec2(half + r * cos(angle), half + r * sin(angle)))
        }
        return canvas
    }

    private static func draw(_ foliage: TreeHabit.Foliage) -> Canvas {
        switch foliage {
        case .spruce: needles(length: 0.055, angle: 1.0, shoots: 9, spread: 0.36, density: 52)
        case .pine: pine()
        case .twigs: twigs()
        case .oak: leaves(outline: oakLeaf, count: 15, length: 0.26, wave: "oak")
        case .beech: leaves(outline: ovate(width: 0.31, low: 0.42), count: 19, length: 0.22, wave: "beech")
        case .lime: leaves(outline: heart, count: 17, length: 0.22, wave: "lime")
        case .birch: leaves(outline: ovate(width: 0.34, low: 0.30), count: 22, length: 0.17, wave: "birch")
        case .poplar: leaves(outline: ovate(width: 0.44, low: 0.32), count: 20, length: 0.18, wave: "poplar")
        }
    }

    // MARK: Leaves: outlines from the stalk at (0, 0) to the tip at (0, 1)

    private static let oakLeaf: [Vec2] = {
        let side: [(Double, Double)] = [
            (0, 0), (0.05, 0.06), (0.13, 0.14), (0.09, 0.22), (0.21, 0.32), (0.13, 0.41), (0.29, 0.52), (0.17, 0.62), (0.29, 0.74), (0.17, 0.82), (0.17, 0.92), (0.05, 1),
        ]
        return Contour.smooth(side.map { Vec2($0.0, $0.1) } + side.dropFirst().reversed().map { Vec2(-$0.0, $0.1) }, steps: 2)
    }()
    private static let heart: [Vec2] = {
        let side: [(Double, Double)] = [(0, 0.06), (0.14, -0.02), (0.33, 0.10), (0.42, 0.32), (0.34, 0.58), (0.17, 0.82), (0.04, 0.95)]
        return Contour.smooth(side.map { Vec2($0.0, $0.1) } + [Vec2(0, 1.05)] + side.dropFirst().reversed().map { Vec2(-$0.0, $0.1) }, steps: 3)
    }()
    private static func ovate(width: Double, low: Double) -> [Vec2] {
        let side: [(Double, Double)] = [(0, 0), (0.62 * width, 0.10), (width, low), (0.80 * width, low + 0.25), (0.40 * width, 0.82)]
        return Contour.smooth(side.map { Vec2($0.0, $0.1) } + [Vec2(0, 1)] + side.dropFirst().reversed().map { Vec2(-$0.0, $0.1) }, steps: 3)
    }

    private static let leafColor = Vec3f(0.70, 0.78, 0.62)
    private static let wood = Vec3f(0.62, 0.36, 0.50)

    /// A shoot with side shoots and alternate leaves, the lower ones first so that younger ones lie over them.
    private static func leaves(outline: [Vec2], count: Int, length: Double, wave: String) -> Canvas {
        var random = CounterRandom(seed: 5, path: "leaves \(wave)")
        var canvas = Canvas(width: size, height: size, background: leafColor)
        let s = Double(size)
        // In units of the picture, y up from the lower edge.
        let place = { (p: Vec2) in Vec2((p.x + 0.5) * s, (1 - p.y) * s) }
        let shoots: [[Vec2]] = [
            [Vec2(0, 0), Vec2(0.01, 0.3), Vec2(-0.02, 0.6), Vec2(0.01, 0.80)], [Vec2(0, 0.18), Vec2(-0.14, 0.34), Vec2(-0.26, 0.48)],
            [Vec2(0, 0.30), Vec2(0.15, 0.45), Vec2(0.26, 0.62)],
        ]
        for shoot in shoots { canvas.stroke(shoot.map(place), width: 0.012 * s, wood) }
        for k in 0..<count {
            let shoot = shoots[[0, 1, 0, 2][k % 4]]
            let t = (Double(k / 4) + 0.6 + 0.4 * random.uniform()) / (Double(count) / 4)
            let piece = min(shoot.count - 2, Int(t * Double(shoot.count - 1)))
            let f = min(1, t * Double(shoot.count - 1) - Double(piece))
            let foot = shoot[piece] + (shoot[piece + 1] - shoot[piece]) * f
            let along = (shoot[piece + 1] - shoot[piece]).normalized
            let side: Double = k % 2 == 0 ? 1 : -1
            let angle = t > 0.93 ? 0 : side * (0.75 + 0.45 * random.uniform())
            let direction = Vec2(along.x * cos(angle) - along.y * sin(angle), along.x * sin(angle) + along.y * cos(angle))
            let scale = length * (0.78 + 0.35 * random.uniform())
            // Leaves are seen turned about their midrib too.
            let narrow = 0.6 + 0.4 * random.uniform()
            let turn = Vec2(direction.y, -direction.x)
            let shade = Float(0.72 + 0.50 * random.uniform()), warm = Float(random.uniform() - 0.5) * 0.10
            let color = leafColor * shade + Vec3f(warm, warm * 0.4, 0)
            let to = { (p: Vec2) in place(foot + turn * (p.x * narrow * scale) + direction * ((p.y + 0.08) * scale)) }
            canvas.fill(outline.map(to), color)
            // Half of the blade is turned from the light; the ribs are pale.
            canvas.fill(outline.map { to(Vec2(max(0, $0.x * side), $0.y)) }, color * 0.86)
            canvas.stroke([to(Vec2(0, -0.08)), to(Vec2(0, 0.9))], width: 0.0045 * s, color * 1.22)
            for rib in [0.28, 0.5, 0.7] {
                for way in [-1.0, 1] { canvas.stroke([to(Vec2(0, rib - 0.06)), to(Vec2(way * 0.20, rib + 0.10))], width: 0.0028 * s, color * 1.12) }
            }
        }
        return canvas
    }

    // MARK: Needles and twigs

    /// A flat spray of shoots closely set with needles.
    private static func needles(length: Double, angle: Double, shoots: Int, spread: Double, density: Int) -> Canvas {
        var random = CounterRandom(seed: 5, path: "needles")
        let green = Vec3f(0.60, 0.80, 0.55)
        var canvas = Canvas(width: size, height: size, background: green * 0.9)
        let s = Double(size)
        let place = { (p: Vec2) in Vec2((p.x + 0.5) * s, (1 - p.y) * s) }
        var runs: [(Vec2, Vec2)] = [(Vec2(0, 0), Vec2(0, 0.95))]
        for k in 0..<shoots {
            let t = 0.06 + 0.80 * Double(k) / Double(shoots)
            for side in [-1.0, 1] {
                let reach = spread * (1 - 0.55 * t) * (0.85 + 0.3 * random.uniform())
                runs.append((Vec2(0, t), Vec2(side * reach, t + reach * (0.55 + 0.2 * random.uniform()))))
            }
        }
        for (from, to) in runs.reversed() {
            canvas.stroke([place(from), place(to)], width: 0.012 * s, Vec3f(0.75, 0.45, 0.30))
            let along = (to - from).normalized
            let count = max(8, Int((to - from).length * Double(density)))
            for k in 0..<count * 2 {
                let t = Double(k) / Double(count * 2)
                let foot = from + (to - from) * t
                let a = (k % 2 == 0 ? 1 : -1) * angle * (0.6 + 0.5 * random.uniform())
                let d = Vec2(along.x * cos(a) - along.y * sin(a), along.x * sin(a) + along.y * cos(a))
                let color = green * Float(0.65 + 0.55 * random.uniform() + 0.2 * t)
                canvas.stroke([place(foot), place(foot + d * (length * (0.7 + 0.4 * random.uniform())))], width: 0.011 * s, color)
            }
        }
        return canvas
    }

    /// Tufts of long needles at the ends of short shoots.
    private static func pine() -> Canvas {
        var random = CounterRandom(seed: 5, path: "pine")
        let green = Vec3f(0.62, 0.80, 0.58)
        var canvas = Canvas(width: size, height: size, background: green * 0.9)
        let s = Double(size)
        let place = { (p: Vec2) in Vec2((p.x + 0.5) * s, (1 - p.y) * s) }
        let ends = [Vec2(0, 0.66), Vec2(-0.22, 0.48), Vec2(0.24, 0.52), Vec2(-0.10, 0.34), Vec2(0.12, 0.28), Vec2(0.02, 0.48)]
        for end in ends { canvas.stroke([place(Vec2(0, 0)), place(Vec2(end.x * 0.3, end.y * 0.55)), place(end)], width: 0.020 * s, Vec3f(0.85, 0.50, 0.32)) }
        for end in ends {
            let axis = atan2(end.y - 0.1, end.x)
            for _ in 0..<64 {
                let back = 0.16 * random.uniform()
                let foot = end * (1 - back)
                let a = axis + (random.uniform() - 0.5) * 2.9
                let tip = foot + Vec2(cos(a), sin(a)) * (0.17 + 0.10 * random.uniform())
                canvas.stroke([place(foot), place(tip)], width: 0.0085 * s, green * Float(0.60 + 0.65 * random.uniform()))
            }
        }
        return canvas
    }

    /// Fine forked twigs.
    private static func twigs() -> Canvas {
        var random = CounterRandom(seed: 5, path: "twigs")
        var canvas = Canvas(width: size, height: size, background: Vec3f(repeating: 0.8))
        let s = Double(size)
        var open: [(Vec2, Double, Double, Int)] = [(Vec2(0, 0), .pi / 2, 0.30, 0)]
        while let (from, heading, length, order) = open.popLast() {
            var (at, angle, path) = (from, heading, [from])
            for _ in 0..<4 {
                angle += (random.uniform() - 0.5) * 0.35 + (1.57 - angle) * 0.05
                at += Vec2(cos(angle), sin(angle)) * (length / 4)
                path.append(at)
                if order < 4, random.uniform() < 0.72 {
                    let way: Double = random.uniform() < 0.5 ? -1 : 1
                    open.append((at, angle + way * (0.45 + 0.4 * random.uniform()), length * (0.62 + 0.2 * random.uniform()), order + 1))
                }
            }
            if order < 4 { open.append((at, angle, length * 0.78, order + 1)) }
            let width = 0.020 * pow(0.74, Double(order)) * s
            canvas.stroke(path.map { Vec2(($0.x * 0.9 + 0.5) * s, (1 - $0.y) * s) }, width: max(1.7, width), Vec3f(repeating: Float(0.65 + 0.35 * random.uniform())))
        }
        return canvas
    }
}
