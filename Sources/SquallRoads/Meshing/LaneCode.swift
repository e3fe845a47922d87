import SquallMath

/// What shading must know of a lane, in the second texture coordinate of its asphalt: `16 code + metres left of the lane's middle`.
///
/// The code is 0 where no lane is marked out (shoulders, open asphalt). Else bits 0 to 4 hold the width from 2 m in steps of 1/8 m, bit 5 is set,
/// bit 6 says that the lane belongs to a junction, bits 7 and 8 that a kerb stands at its left and at its right.
struct LaneCode {
    /// Metres that one count of the code takes.
    static let step = 16.0
    let value: Int
    let connects: Bool

    init(_ tables: RoadTables, _ section: Int, _ k: Int, _ cut: RoadMesher.Cut, _ material: RoadMaterial, connects: Bool) {
        self.connects = connects
        let width = abs(cut.lanes[k].outer - cut.lanes[k].inner)
        guard material == .asphalt, width >= 2, width < 8 else {
            value = 0
            return
        }
        let rows = tables.sections[section].lanes
        let neighbourIsKerb = { (n: Int) -> Bool in
            guard n >= 0, n < Int(rows.count) else { return false }
            let type = tables.lanes[Int(rows.start) + n].type
            return type == .sidewalk || type == .curb
        }
        let sides = connects ? 0 : (neighbourIsKerb(k - 1) ? 128 : 0) + (neighbourIsKerb(k + 1) ? 256 : 0)
        value = min(31, Int(((width - 2) * 8).rounded())) + 32 + (connects ? 64 : 0) + sides
    }

    /// The texture coordinate of a place left of the lane's middle, metres.
    func coordinate(_ left: Double) -> Double { LaneCode.step * Double(value) + left.clamped(to: -7.9...7.9) }
}
