import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene
import Testing

/// People on two-wheelers, and what turns on these.
@Suite struct RiderTests {
    private let library = AssetLibrary.builtIn()

    /// A two-wheeler, who rides it, and both together.
    private func ride(_ name: String, _ shape: Int, _ person: Int) throws -> (machine: Asset, person: Asset, both: Asset) {
        let machine = try library.asset(named: name, variant: shape)
        let rider = try library.asset(named: try #require(machine.seat).rider, variant: person)
        return (machine, rider, machine.ridden(by: rider))
    }

    /// Turn of every joint when the cranks have turned so far.
    private func turned(_ asset: Asset, _ crank: Double) -> [Double] {
        asset.joints.map { joint in
            switch joint.kind {
            case .crank: crank
            case .pedal: -crank
            case .wheel, .fork: 0
            }
        }
    }

    @Test(arguments: ["bicycle", "motorcycle", "scooter"])
    func handsHoldTheGripsAndFeetThePedals(name: String) throws {
        for (shape, person) in [(0, 0), (1, 3), (2, 1), (3, 2)] {
            let (machine, rider, both) = try ride(name, shape, person)
            let (seat, figure) = (try #require(machine.seat), try #require(both.figure))
            guard case .biped(let gait)? = rider.figure?.gait else { throw CocoaError(.featureUnsupported) }
            let place = { (bones: [Pose], point: String) -> Vec3 in
                figure.keypoints.first { $0.name == point }.map { bones[$0.bone] * $0.point } ?? Vec3(repeating: .nan)
            }
            for step in 0..<8 {
                let (joints, steer) = (turned(machine, 0.25 * .pi * Double(step)), 0.35 * sin(Double(step)))
                let bones = figure.bones(joints: joints, steer: steer)
                let places = Asset.transforms(of: machine.joints, turned: joints, steer: steer)
                for (side, sign) in [1.0, -1].enumerated() {
                    let grip = places[try #require(seat.fork)] * (Vec3(seat.grip.x, sign * seat.grip.y, seat.grip.z) - machine.joints[seat.fork ?? 0].pivot)
                    let hand = place(bones, side == 0 ? "left_wrist" : "right_wrist")
                    #expect((hand - grip).length < 0.13, "\(name) \(shape): hand \((hand - grip).length) m off at \(steer)")
                    let sole = seat.pedals.isEmpty ? Vec3(seat.rest.x, sign * seat.rest.y, seat.rest.z) : places[seat.pedals[side]].translation
                    let ball = bones[side == 0 ? 7 : 11] * Vec3(gait.ball.x, sign * gait.ball.y, gait.ball.z)
                    #expect((ball - sole).length < 0.02, "\(name) \(shape): foot \((ball - sole).length) m off at \(step)")
                }
                // Upright, hips over the saddle, head above the shoulders.
                let hips = (place(bones, "left_hip") + place(bones, "right_hip")) / 2
                #expect(abs(hips.x - seat.saddle.x) < 0.03 && (0.03...0.14).contains(hips.z - seat.saddle.z))
                #expect(place(bones, "nose").z > place(bones, "left_shoulder").z + 0.08)
            }
        }
    }

    @Test(arguments: ["bicycle", "motorcycle", "scooter"])
    func theBoxHoldsMachineAndRider(name: String) throws {
        let (machine, _, both) = try ride(name, 0, 0)
        #expect(both.boxSize.z > machine.boxSize.z + 0.3 && both.boxSize.z < 2)
        let figure = try #require(both.figure)
        #expect(figure.keypoints.count == 17 && !figure.walks)
        #expect(both.levels.allSatisfy { $0.pieces.allSatisfy { $0.mesh.parts.allSatisfy { both.materials.indices.contains($0.slot) } } })
        let (lower, upper) = (both.boxCenter - both.boxSize / 2, both.boxCenter + both.boxSize / 2)
        var top = 0.0
        for step in 0..<8 {
            let bones = figure.bones(joints: turned(machine, 0.25 * .pi * Double(step)), steer: 0)
            for shape in both.levels[0].pieces.compactMap({ $0.mesh.deformed(by: bones) }) {
                let (low, high) = (Vec3(shape.bounds.lower), Vec3(shape.bounds.upper))
                for k in 0..<3 { #expect(low[k] > lower[k] - 0.01 && high[k] < upper[k] + 0.01, "axis \(k): \(low[k])...\(high[k])") }
                top = max(top, high.z)
            }
        }
        #expect(abs(top - upper.z) < 1e-6)
    }

    /// The front wheel turns with the fork about an inclined axis, to the left for positive angles, and trails where that meets the ground.
    @Test(arguments: ["bicycle", "motorcycle", "scooter"])
    func forksSteerTheFrontWheel(name: String) throws {
        let asset = try library.asset(named: name)
        let wheel = try #require(asset.joints.firstIndex { if case .wheel = $0.kind { $0.parent != nil } else { false } })
        let fork = asset.joints[try #require(asset.joints[wheel].parent)]
        guard case .fork(let axis) = fork.kind else { throw CocoaError(.featureUnsupported) }
        let turn = Asset.transforms(of: asset.joints, turned: [], steer: 0.4)[wheel]
        #expect(turn.linear(Vec3(1, 0, 0)).y > 0.3)
        let ground = fork.pivot + axis * (-fork.pivot.z / axis.z)
        let trail = ground.x - (fork.pivot.x + asset.joints[wheel].pivot.x)
        #expect((0.0...0.16).contains(trail), "\(name) trails by \(trail) m")
    }
}
