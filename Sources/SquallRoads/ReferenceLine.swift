import Foundation
import SquallMath

/// A point of a reference line in plan view: OpenDRIVE inertial frame, heading counter-clockwise from east, curvature positive to the left.
public struct LineState: Sendable, Equatable {
    public var point: Vec2
    /// Unit vector along growing s.
    public var tangent: Vec2
    public var heading: Double
    public var curvature: Double
}

/// Five-point Gauss-Legendre nodes and weights on [-1, 1].
private let gaussNodes: (Double, Double) = (0.5384693101056831, 0.9061798459386640)
private let gaussWeights: (Double, Double, Double) = (0.5688888888888889, 0.4786286704993665, 0.2369268850561891)

extension PlanSegment {
    /// The most a clothoid turns within one integration panel, radians: keeps the five-point rule below 1e-9 m.
    static let panelTurn = 0.4

    /// The displacement of a clothoid from `from` to `to`, metres from the segment's start.
    @inline(__always) func spiralStep(_ from: Double, _ to: Double) -> Vec2 {
        let (middle, half) = ((from + to) / 2, (to - from) / 2)
        @inline(__always) func direction(_ node: Double) -> Vec2 {
            let ds = middle + half * node
            let angle = heading + ds * (curvature + ds * rate / 2)
            return Vec2(cos(angle), sin(angle))
        }
        let inner = direction(gaussNodes.0) + direction(-gaussNodes.0)
        let outer = direction(gaussNodes.1) + direction(-gaussNodes.1)
        return half * (gaussWeights.0 * direction(0) + gaussWeights.1 * inner + gaussWeights.2 * outer)
    }

    /// u, v and their first two derivatives by the parameter.
    @inline(__always) func polynomial(_ p: Double) -> (value: Vec2, first: Vec2, second: Vec2) {
        let value = Vec2(u.x + p * (u.y + p * (u.z + p * u.w)), v.x + p * (v.y + p * (v.z + p * v.w)))
        let first = Vec2(u.y + p * (2 * u.z + p * 3 * u.w), v.y + p * (2 * v.z + p * 3 * v.w))
        return (value, first, Vec2(2 * u.z + 6 * p * u.w, 2 * v.z + 6 * p * v.w))
    }
}

extension RoadTables {
    /// The reference line at s; s outside the road runs on from its ends.
    func line(ofRoad road: Int, at s: Double) -> LineState {
        guard let index = row(segments, roads[road].segments, at: s, key: { $0.s }) else {
            return LineState(point: .zero, tangent: Vec2(1, 0), heading: 0, curvature: 0)
        }
        return state(of: segments[index], at: s - segments[index].s)
    }

    /// A segment at `ds` metres from its start.
    func state(of segment: PlanSegment, at ds: Double) -> LineState {
        let origin = Vec2(segment.x, segment.y)
        switch segment.kind {
        case .line:
            let tangent = Vec2(segment.cosine, segment.sine)
            return LineState(point: origin + ds * tangent, tangent: tangent, heading: segment.heading, curvature: 0)
        case .arc:
            let turn = segment.curvature * ds
            let chord = abs(turn) < 1e-9 ? ds : 2 * sin(turn / 2) / segment.curvature
            let middle = segment.heading + turn / 2
            let heading = segment.heading + turn
            return LineState(
                point: origin + chord * Vec2(cos(middle), sin(middle)), tangent: Vec2(cos(heading), sin(heading)), heading: heading,
                curvature: segment.curvature)
        case .spiral:
            let panel = min(max(0, Int(ds / segment.knotStep)), Int(segment.knots.count) - 1)
            let knot = knots[Int(segment.knots.start) + panel]
            let point = Vec2(knot.x, knot.y) + segment.spiralStep(Double(panel) * segment.knotStep, ds)
            let heading = segment.heading + ds * (segment.curvature + ds * segment.rate / 2)
            return LineState(point: point, tangent: Vec2(cos(heading), sin(heading)), heading: heading, curvature: segment.curvature + ds * segment.rate)
        case .polynomial:
            let (value, first, second) = segment.polynomial(parameter(of: segment, at: ds))
            let axes = (Vec2(segment.cosine, segment.sine), Vec2(-segment.sine, segment.cosine))
            let speed = first.length
            let tangent = (first.x * axes.0 + first.y * axes.1) / max(speed, 1e-12)
            return LineState(
                point: origin + value.x * axes.0 + value.y * axes.1, tangent: tangent, heading: atan2(tangent.y, tangent.x),
                curvature: cross(first, second) / max(speed * speed * speed, 1e-12))
        }
    }

    /// A polynomial's parameter at an arc length: Hermite interpolation of the knots, linear where the parameter runs evenly.
    @inline(__always) private func parameter(of segment: PlanSegment, at ds: Double) -> Double {
        guard segment.knots.count > 1 else { return ds * segment.parameterRate }
        let count = Int(segment.knots.count)
        let place = ds / segment.knotStep
        let panel = min(max(0, Int(place)), count - 2)
        let (a, b) = (knots[Int(segment.knots.start) + panel], knots[Int(segment.knots.start) + panel + 1])
        let t = place - Double(panel)
        if t < 0 { return a.x + a.y * t * segment.knotStep }
        if t > 1 { return b.x + b.y * (t - 1) * segment.knotStep }
        let (t2, t3) = (t * t, t * t * t)
        return (2 * t3 - 3 * t2 + 1) * a.x + (t3 - 2 * t2 + t) * segment.knotStep * a.y + (3 * t2 - 2 * t3) * b.x + (t3 - t2) * segment.knotStep * b.y
    }
}
