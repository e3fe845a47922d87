import SquallFrames
import SquallMath

/// The points of a cloud sorted into square columns of the sensor's x-y plane, so that a box meets its neighbours only.
///
/// What lies outside the square is kept in its outermost columns: clamping keeps the order, so no box misses a point.
struct PointGrid {
    /// Side of a column, metres, and their number along one axis: 256 m around the sensor.
    private static let side: Float = 2, across = 128
    /// Positions by column, and where each column begins.
    private let positions: [Vec3f]
    private let starts: [Int32]

    init(_ points: [LidarPoint]) {
        var starts = [Int32](repeating: 0, count: Self.across * Self.across + 1)
        var columns = [Int32](repeating: 0, count: points.count)
        for (index, point) in points.enumerated() {
            let column = Self.step(point.position.y) * Self.across + Self.step(point.position.x)
            columns[index] = Int32(column)
            starts[column + 1] += 1
        }
        for column in 0..<Self.across * Self.across { starts[column + 1] += starts[column] }
        var next = starts
        var sorted = [Vec3f](repeating: .zero, count: points.count)
        for (index, point) in points.enumerated() {
            let column = Int(columns[index])
            sorted[Int(next[column])] = point.position
            next[column] += 1
        }
        (positions, self.starts) = (sorted, starts)
    }

    /// Number of points inside a box.
    /// - Parameters:
    ///   - center: of the box in the sensor frame; `half` its half sides, metres.
    ///   - boxFromSensor: takes a point to the box's own axes.
    func count(center: Vec3f, half: Vec3f, boxFromSensor: Pose) -> Int {
        let axes = boxFromSensor.rotation.columns
        let (x, y, z, t) = (Vec3f(axes.0), Vec3f(axes.1), Vec3f(axes.2), Vec3f(boxFromSensor.position))
        let reach = half.length
        let (left, right) = (Self.step(center.x - reach), Self.step(center.x + reach))
        var inside = 0
        positions.withUnsafeBufferPointer { positions in
            for row in Self.step(center.y - reach)...Self.step(center.y + reach) {
                for index in Int(starts[row * Self.across + left])..<Int(starts[row * Self.across + right + 1]) {
                    let p = positions[index]
                    let own = x * p.x + y * p.y + z * p.z + t
                    if abs(own.x) <= half.x && abs(own.y) <= half.y && abs(own.z) <= half.z { inside += 1 }
                }
            }
        }
        return inside
    }

    private static func step(_ coordinate: Float) -> Int {
        let half = Float(across / 2)
        // Written so that a coordinate that is not a number lands in a column too.
        let step = (coordinate / side + half).rounded(.down)
        return step >= 0 ? Int(min(step, Float(across - 1))) : 0
    }
}
