import CSquallKernels
import Foundation
import SquallMath
import SquallRaster

/// A head lamp's candela table: luminous intensity by the direction in which light leaves, after UN R112 class B for right-hand traffic.
///
/// Directions are those of the regulation's measuring screen: the angle to the right of the axis and the angle above the horizontal,
/// each as its tangent. The axis is level; the passing beam is aimed 1 % down, which is in the table. Rows are counted from the cut-off of
/// each column and lie closest there (tangents over a signed square root), so that bilinear reading blurs it by less than 0.07 degrees.
public struct HeadlampBeam: Sendable {
    public static let dipped = HeadlampBeam(dippedIntensity) { tan(cutOff(right: $0) * .pi / 180) }
    public static let main = HeadlampBeam(mainIntensity) { _ in aim }

    /// The passing beam is aimed this far down, percent of the distance (UN R48: -1.0 to -1.5 for lamps up to 0.8 m high).
    static let aim: Double = -0.01
    /// Largest tangents to each side, downwards and upwards.
    private static let side = 1.2, below = 0.5, above = 0.25
    private static let halfColumns = 64, rowsBelow = 128, rowsAbove = 84
    private static var columns: Int { 2 * halfColumns + 1 }
    private static var rows: Int { rowsBelow + rowsAbove + 1 }

    /// Rows from below to above, columns from left to right, candela; then the tangent of the middle row of each column.
    private let table: [Float]
    /// Largest intensity, candela.
    public let maximum: Double

    private init(_ law: (_ right: Double, _ up: Double) -> Double, around middle: (_ right: Double) -> Double) {
        var table: [Float] = []
        for row in 0..<Self.rows {
            let t = Double(row - Self.rowsBelow)
            let offset = (t < 0 ? -Self.below * (t / Double(Self.rowsBelow)) * (t / Double(Self.rowsBelow)) : Self.above * (t / Double(Self.rowsAbove)) * (t / Double(Self.rowsAbove)))
            for column in 0..<Self.columns {
                let s = Double(column - Self.halfColumns) / Double(Self.halfColumns)
                let right = atan(Self.side * s * s.magnitude) * 180 / .pi
                table.append(Float(law(right, atan(middle(right) + offset) * 180 / .pi)))
            }
        }
        maximum = Double(table.max() ?? 0)
        for column in 0..<Self.columns {
            let s = Double(column - Self.halfColumns) / Double(Self.halfColumns)
            table.append(Float(middle(atan(Self.side * s * s.magnitude) * 180 / .pi)))
        }
        self.table = table
    }

    /// Height of the passing beam's cut-off, degrees: level on the left, aimed 1 % down, rising by 15 degrees on the right.
    public static func cutOff(right: Double) -> Double { atan(aim) * 180 / .pi + max(0, right) * tan(15 * .pi / 180) }

    /// Passing beam, candela; angles in degrees. A hot spot right under the elbow, a wide carpet before the car, and above the cut-off the little that signs over the road
    /// need. Between the regulation's points the shape is ours: that of a present-day lamp of 20 kcd.
    package static func dippedIntensity(right: Double, up: Double) -> Double {
        let under = cutOff(right: right) - up
        let cut = 1 / (1 + exp(-(under - 0.1) / 0.08))
        let spot = 14_000 * exp(-square((right - 1.8) / 2.2)) * exp(-square((-up - 0.8) / 1.1))
        let depth = -up < 0 ? exp(-square(up / 1.5)) : -up < 1.2 ? 1 : exp(-square((-up - 1.2) / 6))
        let carpet = 6_500 * exp(-square(right / 16)) * depth
        let near = 700 * exp(-square(right / 30)) * exp(-square((-up - 6) / 7))
        let over = 160 * exp(-square(right / 20)) * (up > 0 ? exp(-square(up / 6)) : 1)
        return ((spot + carpet + near) * cut + over) * edge(right: right, up: up)
    }

    /// Driving beam, candela; angles in degrees.
    package static func mainIntensity(right: Double, up: Double) -> Double {
        (55_000 * exp(-square(right / 3.2)) * exp(-square(up / 1.8)) + 8_000 * exp(-square(right / 12)) * exp(-square(up / 4))) * edge(right: right, up: up)
    }

    /// The reflector's rim: nothing beyond the table.
    private static func edge(right: Double, up: Double) -> Double {
        let across = ((49 - right.magnitude) / 8).clamped(to: 0...1), low = ((26 + up) / 6).clamped(to: 0...1), high = ((13.5 - up) / 5).clamped(to: 0...1)
        return across * low * high
    }

    private static func square(_ x: Double) -> Double { x * x }

    /// What the table says, candela; angles in radians.
    public func candela(right: Double, up: Double) -> Double {
        let lanes = table.withUnsafeBufferPointer { buffer -> Lanes in
            guard let base = buffer.baseAddress else { return splat(0) }
            return Self.candela(base, forward: splat(1), right: splat(Float(tan(right))), up: splat(Float(tan(up))))
        }
        return Double(lanes[0])
    }

    /// A copy for the shader, `count` floats.
    static var count: Int { columns * (rows + 1) }
    func copy(to target: UnsafeMutablePointer<Float>) { for (index, value) in table.enumerated() { target[index] = value } }

    /// Candela towards eight directions given along the lamp's axes, of any length; 0 behind the lamp and outside the table.
    @inline(__always) static func candela(_ table: UnsafePointer<Float>, forward: Lanes, right: Lanes, up: Lanes) -> Lanes {
        let inverse = 1 / sqv_max(forward, splat(1e-6))
        let u = right * inverse
        let across = sqv_sqrt(sqv_abs(u) * Float(1 / side)) * Float(halfColumns)
        let x = sqv_select(sqv_less(u, splat(0)), -across, across) + Float(halfColumns)
        let (lastX, lastY) = (Float(columns - 1), Float(rows - 1))
        let cx = sqv_min(sqv_max(x, splat(0)), splat(lastX))
        let column = sqv_clamp_i(sqv_int(cx), 0, Int32(columns - 2)), fx = cx - sqv_float(column)
        let middles = column &+ Int32(columns * rows)
        let v = sqv_fma(up, inverse, -mix(sqv_gather(table, middles), sqv_gather(table, middles &+ 1), fx))
        let low = sqv_sqrt(sqv_abs(v) * Float(1 / below)) * Float(-rowsBelow), high = sqv_sqrt(sqv_abs(v) * Float(1 / above)) * Float(rowsAbove)
        let y = sqv_select(sqv_less(v, splat(0)), low, high) + Float(rowsBelow)
        let inside = sqv_less(splat(1e-4), forward) & sqv_less(sqv_abs(x - lastX * 0.5), splat(lastX * 0.5)) & sqv_less(sqv_abs(y - lastY * 0.5), splat(lastY * 0.5))
        if sqv_bits(inside) == 0 { return splat(0) }
        let cy = sqv_min(sqv_max(y, splat(0)), splat(lastY))
        let row = sqv_clamp_i(sqv_int(cy), 0, Int32(rows - 2)), fy = cy - sqv_float(row)
        let at = row &* Int32(columns) &+ column
        let bottom = mix(sqv_gather(table, at), sqv_gather(table, at &+ 1), fx)
        let top = mix(sqv_gather(table, at &+ Int32(columns)), sqv_gather(table, at &+ Int32(columns + 1)), fx)
        return sqv_select(inside, mix(bottom, top, fy), splat(0))
    }
}
