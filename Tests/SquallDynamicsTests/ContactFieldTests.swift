import Foundation
import SquallDynamics
import SquallGeometry
import SquallMath
import Testing

@Suite struct ContactFieldTests {
    /// What the field must find, by asking every mover about everything.
    private func everyPair(_ boxes: [UprightBox], movers: [Int]) -> [ContactField.Pair] {
        var result: [ContactField.Pair] = []
        for a in boxes.indices {
            for b in boxes.indices.dropFirst(a + 1) where movers.contains(a) || movers.contains(b) {
                let d = boxes[b].middle - boxes[a].middle, limit = boxes[a].reach + boxes[b].reach
                if abs(d.x) <= limit.x, abs(d.y) <= limit.y { result.append(ContactField.Pair(Int32(a), Int32(b))) }
            }
        }
        return result
    }

    private func box(_ random: inout CounterRandom, within span: Double, length: ClosedRange<Double>) -> UprightBox {
        let turn = 2 * .pi * random.uniform()
        return UprightBox(
            middle: Vec2((random.uniform() - 0.5) * span, (random.uniform() - 0.5) * span), axis: Vec2(cos(turn), sin(turn)),
            halfLength: lerp(length.lowerBound, length.upperBound, random.uniform()) / 2, halfWidth: 0.2 + 1.5 * random.uniform(), bottom: 0, top: 2)
    }

    @Test("finds the pairs that asking everyone finds, in the same order, over many steps") func againstEveryPair() {
        var random = CounterRandom(seed: 9, sample: 0, path: "contacts")
        var found = 0
        for (count, span, length) in [(150, 120.0, 0.3...9.0), (60, 3000.0, 1.0...900.0), (40, 30.0, 0.1...25.0)] {
            var boxes = (0..<count).map { _ in box(&random, within: span, length: length) }
            boxes[3].halfLength = 40_000   // a wall through everything
            let movers = (0..<count).filter { $0 % 3 == 1 }
            var field = ContactField(boxes, movers: movers)
            for _ in 0..<60 {
                for (place, object) in movers.enumerated() {
                    // Some jump far: the order along x must mend itself.
                    let stride = random.uniform() < 0.02 ? span : 2
                    boxes[object].middle += Vec2((random.uniform() - 0.5) * stride, (random.uniform() - 0.5) * stride)
                    field.move(place, to: boxes[object])
                }
                field.search()
                let expected = everyPair(boxes, movers: movers)
                #expect(field.pairs == expected)
                found += expected.count
            }
        }
        #expect(found > 10_000)
    }

    @Test("no movers, no objects, and boxes that are nowhere are no trouble") func edges() {
        var none = ContactField([], movers: [])
        none.search()
        #expect(none.pairs.isEmpty)
        let still = UprightBox(middle: .zero, axis: Vec2(1, 0), halfLength: 1, halfWidth: 1, bottom: 0, top: 1)
        var lost = still
        lost.middle = Vec2(.nan, .nan)
        var endless = still
        endless.halfLength = .infinity
        var field = ContactField([still, lost, still, endless], movers: [1, 2])
        field.search()
        #expect(field.pairs.contains(ContactField.Pair(0, 2)) && !field.pairs.contains { $0.first == 1 || $0.second == 1 })
    }
}
