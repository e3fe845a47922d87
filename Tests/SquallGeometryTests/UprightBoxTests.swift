import Foundation
import SquallGeometry
import SquallMath
import Testing

@Suite struct UprightBoxTests {
    private func box(_ x: Double, _ y: Double, turn: Double = 0, _ length: Double, _ width: Double, from bottom: Double = 0, to top: Double = 1) -> UprightBox {
        UprightBox(middle: Vec2(x, y), axis: Vec2(cos(turn), sin(turn)), halfLength: length / 2, halfWidth: width / 2, bottom: bottom, top: top)
    }

    @Test("side by side, corner to corner, above and beyond: the distances of plane geometry") func closedForms() {
        let car = box(0, 0, 4, 2)
        #expect(abs(car.distance(to: box(7, 0, 4, 2)) - 3) < 1e-12)
        #expect(abs(car.distance(to: box(0, 4, 4, 2)) - 2) < 1e-12)
        #expect(abs(car.distance(to: box(7, 6, 4, 2)) - 5) < 1e-12)
        #expect(abs(car.distance(to: box(7, 6, 4, 2, from: 13, to: 14)) - 13) < 1e-12)   // 3, 4 and 12
        // A square on its corner: its half diagonal comes nearer.
        #expect(abs(car.distance(to: box(6, 0, turn: .pi / 4, 2, 2)) - (4 - 2.0.squareRoot())) < 1e-12)
        #expect(car.distance(to: box(4, 0, 4, 2)) < 1e-12 && car.distance(to: box(3.9, 0, 4, 2)) == 0)
    }

    @Test("a bar that crosses another above it, no corner in either, is as far as the gap between them") func crossing() {
        let below = box(0, 0, 10, 1), above = box(0, 0, turn: .pi / 2, 10, 1, from: 3.5, to: 5)
        #expect(below.planDistance(to: above) == 0)
        #expect(below.distance(to: above) == 2.5 && above.distance(to: below) == 2.5)
        #expect(below.overlap(with: above) == nil)
    }

    @Test("the distance is that of the nearest of many points of both rims") func againstPoints() {
        var random = CounterRandom(seed: 4, sample: 0, path: "boxes")
        var (apart, together) = (0, 0)
        for _ in 0..<400 {
            let boxes = (0..<2).map { _ in
                box(12 * random.uniform(), 12 * random.uniform(), turn: 2 * .pi * random.uniform(), 1 + 6 * random.uniform(), 1 + 3 * random.uniform())
            }
            let found = boxes[0].planDistance(to: boxes[1])
            #expect(abs(found - boxes[1].planDistance(to: boxes[0])) < 1e-12)
            guard found > 0 else {
                together += 1
                #expect(boxes[0].overlap(with: boxes[1]) != nil)
                continue
            }
            apart += 1
            let rims: [[Vec2]] = boxes.map { box in
                (0..<4).flatMap { k in (0..<40).map { box.corner(k) + (box.corner((k + 1) % 4) - box.corner(k)) * (Double($0) / 40) } }
            }
            var nearest = Double.infinity
            for p in rims[0] { for q in rims[1] { nearest = min(nearest, (p - q).length) } }
            // Points 18 cm apart or less lie within 13 cm of the nearest ones.
            #expect(found <= nearest + 1e-12 && nearest < found + 0.13)
        }
        #expect(apart > 100 && together > 30)
    }
}
