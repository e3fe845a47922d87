import Foundation
import SquallAssets
import SquallMath

/// Houses and blocks in a few dozen triangles: second rows and skylines.
enum FarBuildings {
    /// A block with bands of windows, its long side along `axis`; a pitched roof below 5 storeys when `pitched`.
    /// - Parameter key: decides who lives behind which window.
    static func block(length: Double, width: Double, storeys: Int, axis: Vec2, _ wall: Scatter.Slot, pitched: Bool, key: UInt64) -> Patch {
        var patch = Patch()
        let (x, y) = (Vec3(axis.x, axis.y, 0) * (length / 2), Vec3(axis.left.x, axis.left.y, 0) * (width / 2))
        let height = 3.1 * Double(storeys) + 0.8, up = Vec3(0, 0, height), down = Vec3(0, 0, -3)
        let corners = [-x - y, x - y, x + y, -x + y]
        for k in 0..<4 {
            let (a, b) = (corners[k], corners[(k + 1) % 4])
            patch.quad(a + down, b + down, b + up, a + up, wall)
            windows(&patch, a, b, storeys, key: mix64(key ^ UInt64(k)))
        }
        if pitched, storeys < 5 {
            let ridge = Vec3(0, 0, width * 0.36), eaves = up - Vec3(0, 0, 0.25)
            let (e, f) = (x * 1.04, y * 1.12)
            patch.quad(eaves - e - f, eaves + e - f, up + ridge + e, up + ridge - e, .roof)
            patch.quad(eaves + e + f, eaves - e + f, up + ridge - e, up + ridge + e, .roof)
            patch.triangle(up + x - y, up + x + y, up + x + ridge, wall)
            patch.triangle(up - x + y, up - x - y, up - x + ridge, wall)
        } else {
            patch.quad(up - x - y, up + x - y, up + x + y, up - x + y, .concrete)
            let (e, f, lift) = (x * 0.3, y * 0.4, Vec3(0, 0, 2.6))
            let small = [-e - f, e - f, e + f, -e + f].map { $0 + up }
            for k in 0..<4 { patch.quad(small[k], small[(k + 1) % 4], small[(k + 1) % 4] + lift, small[k] + lift, wall) }
            patch.quad(small[0] + lift, small[1] + lift, small[2] + lift, small[3] + lift, .concrete)
        }
        return patch
    }

    /// Panes a finger before the wall, in bays of some 3 m.
    private static func windows(_ patch: inout Patch, _ a: Vec3, _ b: Vec3, _ storeys: Int, key: UInt64) {
        let span = (b - a).length, along = (b - a).normalized
        let out = cross(along, Vec3(0, 0, 1)) * 0.06
        let bays = max(1, min(10, Int(span / 3.2))), bay = span / Double(bays)
        for storey in 0..<storeys {
            let z = 0.9 + 3.1 * Double(storey)
            for k in 0..<bays {
                let from = a + along * (bay * Double(k) + bay * 0.27) + out, to = from + along * (bay * 0.46)
                let room = mix64(key &+ UInt64(64 * storey + k)), groups = WindowCode.roomGroups, drawn = Int(room >> 20 & 7)
                let curtain: WindowCode.Curtain = [.wings(drawn), .none, .wings(drawn), .blind(drawn), .none][Int(room >> 8 & 0xff) % 5]
                let code = WindowCode(group: groups.lowerBound + Int(room >> 32) % groups.count, curtain: curtain, leaves: 2, tone: Int(room >> 28 & 15))
                patch.window(from + Vec3(0, 0, z), to + Vec3(0, 0, z), to + Vec3(0, 0, z + 1.5), from + Vec3(0, 0, z + 1.5), code)
            }
        }
    }
}
