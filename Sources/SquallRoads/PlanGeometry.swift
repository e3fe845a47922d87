import Foundation
import SquallMath

/// Builds plan segments and the knots that make their evaluation quick.
///
/// line, arc: closed form. spiral: curvature linear in arc length, integrated by Gauss-Legendre panels. poly3, paramPoly3: cubic polynomials in a local
/// frame; where their parameter does not run evenly with the arc length it is tabulated (OpenDRIVE's s is an arc length).
struct PlanGeometry {
    var segment: PlanSegment
    var knots: [Knot] = []

    init(s: Double, x: Double, y: Double, heading: Double, length: Double) {
        segment = PlanSegment()
        (segment.s, segment.x, segment.y, segment.heading, segment.length) = (s, x, y, heading, length)
        (segment.cosine, segment.sine) = (cos(heading), sin(heading))
    }

    mutating func makeArc(curvature: Double) {
        guard abs(curvature) > 1e-12 else { return }
        (segment.kind, segment.curvature) = (.arc, curvature)
    }

    mutating func makeSpiral(from start: Double, to end: Double) {
        (segment.kind, segment.curvature, segment.rate) = (.spiral, start, (end - start) / segment.length)
        let turn = max(abs(start), abs(end)) * segment.length
        let panels = max(1, Int((turn / PlanSegment.panelTurn).rounded(.up)))
        segment.knotStep = segment.length / Double(panels)
        var point = Vec2(segment.x, segment.y)
        for panel in 0..<panels {
            knots.append(Knot(x: point.x, y: point.y))
            point += segment.spiralStep(Double(panel) * segment.knotStep, Double(panel + 1) * segment.knotStep)
        }
    }

    /// `v = a + b u + c u^2 + d u^3`: the parameter is u.
    mutating func makePoly3(_ v: SIMD4<Double>) {
        (segment.kind, segment.u, segment.v) = (.polynomial, SIMD4(0, 1, 0, 0), v)
        tabulate(end: nil)
    }

    /// u(p), v(p) with p in 0...1 (`normalized`) or 0...length.
    mutating func makeParamPoly3(u: SIMD4<Double>, v: SIMD4<Double>, normalized: Bool) {
        (segment.kind, segment.u, segment.v) = (.polynomial, u, v)
        tabulate(end: normalized ? 1 : segment.length)
    }

    private func speed(_ p: Double) -> Double { segment.polynomial(p).first.length }

    /// Walks the parameter so that even steps are even arc lengths. With `end`, the whole range is fitted onto the segment's length.
    private mutating func tabulate(end: Double?) {
        let steps = min(4096, max(8, Int(segment.length.rounded(.up))))
        segment.knotStep = segment.length / Double(steps)
        var scale = 1.0
        if let end {
            segment.parameterRate = end / segment.length
            let fine = 4 * steps
            var (total, lowest, highest) = (0.0, Double.infinity, 0.0)
            for k in 0..<fine {
                let v = speed(end * (Double(k) + 0.5) / Double(fine))
                (total, lowest, highest) = (total + v * end / Double(fine), min(lowest, v), max(highest, v))
            }
            if highest - lowest < 1e-3 * highest { return }
            scale = total / segment.length
        }
        var p = 0.0
        for index in 0...steps {
            knots.append(Knot(x: p, y: scale / max(speed(p), 1e-9)))
            guard index < steps else { break }
            p = advance(p, by: segment.knotStep * scale)
        }
        if let end, let last = knots.last, last.x > 0 {
            let fit = end / last.x
            for index in knots.indices { knots[index].x *= fit }
        }
    }

    /// Runge-Kutta of dp/ds = 1 / speed(p).
    private func advance(_ p: Double, by distance: Double) -> Double {
        var p = p
        let parts = 4
        let h = distance / Double(parts)
        for _ in 0..<parts {
            let k1 = 1 / max(speed(p), 1e-9)
            let k2 = 1 / max(speed(p + h / 2 * k1), 1e-9)
            let k3 = 1 / max(speed(p + h / 2 * k2), 1e-9)
            let k4 = 1 / max(speed(p + h * k3), 1e-9)
            p += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        }
        return p
    }
}
