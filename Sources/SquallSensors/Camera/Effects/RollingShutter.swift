import SquallMath

/// Rolling shutter: rows are exposed one after the other.
///
/// `line_time = 15 us`. Row `y` of `h` is seen `(y + 1/2 - h / 2) line_time` after the stamp, so that the middle of the picture is at the stamp; every
/// ray of the row leaves from where the camera is then, into the world as it is then. Ids, depth, flow and boxes follow the rows; 3D boxes hold at
/// the stamp. A pan by `w` skews by `f w h line_time` pixels from first to last row.
public struct RollingShutter: Sendable, Equatable {
    public var lineTime: Double
    public var rows: Int

    public init(lineTime: Double, rows: Int) { (self.lineTime, self.rows) = (lineTime, rows) }

    /// Seconds from the stamp to the middle of a row's exposure.
    public func offset(row: Int) -> Double { (Double(row) + 0.5 - Double(rows) / 2) * lineTime }
    /// Seconds from the first row's exposure to the last one's end: what one read-out takes.
    public var readout: Double { Double(rows) * lineTime }
    /// Of a row within the read-out, 0...1.
    public func fraction(row: Int) -> Double { (Double(row) + 0.5) / Double(rows) }
}
