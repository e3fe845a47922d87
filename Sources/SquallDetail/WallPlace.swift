import CSquallKernels
import SquallRaster

/// Eight places on an upright or sloping face, counted in courses and in pieces along a course: bricks of a wall, tiles of a roof.
///
/// Pieces are cut from the world axis that runs along the face rather than from the face itself, in numbers that fill the fields' period:
/// nothing jumps when the eye crosses a border, and two triangles of one wall agree.
struct WallPlace {
    /// Distance to the nearest end of the piece and to the nearest edge of the course, metres, at most 0.
    let end: Lanes, edge: Lanes
    /// Place across the piece and up the course, 0..<1.
    let across: Lanes, rise: Lanes
    /// A hash of the piece.
    let piece: LaneInts
    /// 1 where the face has a slope to lay courses on, 0 on level ground.
    let slopes: Lanes
    /// Horizontal unit vector along the face, its sign that of the axis it is counted on.
    let along: Vector8

    /// - Parameters:
    ///   - length, height: of a piece with its joint, metres.
    ///   - shift: of every second course, in pieces.
    @inline(__always) init(_ p: DetailPoint, normal: Vector8, length: Float, height: Float, shift: Float, seed: Int32) {
        let flat = sqv_sqrt(sqv_fma(normal.x, normal.x, normal.y * normal.y))
        slopes = smoothstep(0.08, 0.2, flat)
        let steep = sqv_max(flat, splat(0.05))
        let alongX = sqv_less(sqv_abs(normal.x), sqv_abs(normal.y))
        let share = clamp01(sqv_select(alongX, sqv_abs(normal.y), sqv_abs(normal.x)) / steep)
        let run = sqv_max(share, splat(0.5))
        let sign = sqv_select(sqv_less(sqv_select(alongX, -normal.y, normal.x), splat(0)), splat(-1), splat(1))
        along = Vector8(x: -normal.y / steep * sign, y: normal.x / steep * sign, z: splat(0))
        // Metres on the face per metre of the axis: 1 / run level, 1 / steep up.
        let (pieces, courses) = (Self.count(run, length), Self.count(steep, height))
        let up = p.z * courses * (1 / DetailNoise.period), row = sqv_floor(up)
        let odd = row - sqv_floor(row * 0.5) * 2
        let level = sqv_fma(sqv_select(alongX, p.plainX, p.plainY) * (1 / DetailNoise.period), pieces, odd * shift), column = sqv_floor(level)
        (across, rise) = (level - column, up - row)
        end = (sqv_abs(across - 0.5) - 0.5) * length
        edge = (sqv_abs(rise - 0.5) - 0.5) * height
        piece = DetailNoise.hash(sqv_int(Self.wrapped(column, pieces)), sqv_int(Self.wrapped(row, courses)), seed: seed)
    }

    /// How many pieces fill the period: even, so that the bond goes on.
    @inline(__always) private static func count(_ metresPerMetre: Lanes, _ size: Float) -> Lanes {
        sqv_floor(DetailNoise.period * 0.5 / (metresPerMetre * size) + 0.5) * 2
    }
    @inline(__always) private static func wrapped(_ cell: Lanes, _ count: Lanes) -> Lanes { cell - sqv_floor(cell / count) * count }
}
