import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import SquallWorld

/// Who sees whom, by segments against hulls: fog and rain, roads and terrain do not hide.
struct Sight {
    let scenery: Scenery
    let model: SimulationModel

    /// True when any of 32 points of the target's hull is in the observer's view and no other hull lies before it.
    /// - Parameter observer: an actor's path (eye at 80 % of its height) or `actor.sensor`.
    func sees(_ target: String, from observer: String) -> Bool {
        guard let goal = model.index(of: target), let eye = eye(observer), eye.owner != goal else { return false }
        let hull = scenery.objects[goal].box
        for point in hull.surfacePoints where eye.frames(point) {
            var isHidden = false
            for index in scenery.objects.indices where index != goal && index != eye.owner && scenery.objects[index].top > scenery.objects[index].bottom {
                if scenery.objects[index].box.blocks(from: eye.position, to: point) {
                    isHidden = true
                    break
                }
            }
            if !isHidden { return true }
        }
        return false
    }

    private struct Eye {
        var owner: Int
        var position: Vec3
        /// World from mount and the half angles of view; nil looks all round.
        var view: (pose: Pose, horizontal: Double, vertical: Double)?

        func frames(_ point: Vec3) -> Bool {
            guard let view else { return true }
            let p = view.pose.inverse * point
            return p.x > 0.1 && abs(p.y) <= p.x * tan(view.horizontal) && abs(p.z) <= p.x * tan(view.vertical)
        }
    }

    private func eye(_ observer: String) -> Eye? {
        if let owner = model.index(of: observer) {
            let s = scenery.objects[owner]
            return Eye(owner: owner, position: Vec3(s.middle.x, s.middle.y, lerp(s.bottom, s.top, 0.8)), view: nil)
        }
        guard let dot = observer.lastIndex(of: "."), let owner = model.index(of: String(observer[..<dot])) else { return nil }
        let name = observer[observer.index(after: dot)...]
        guard let actor = model.world.objects[owner].actor, model.world.scene.actors.indices.contains(actor),
            let sensor = model.world.scene.actors[actor].rig?.sensors.first(where: { $0.name == name })
        else { return nil }
        let s = scenery.objects[owner]
        let body = Pose(position: s.position, rotation: Quaternion(yaw: atan2(s.heading.y, s.heading.x)))
        let pose = body * sensor.mount
        guard case .camera(let camera) = sensor.kind else { return Eye(owner: owner, position: pose.position, view: nil) }
        let horizontal = atan(Double(camera.width) / 2 / camera.fx), vertical = atan(Double(camera.height) / 2 / camera.fy)
        return Eye(owner: owner, position: pose.position, view: (pose, horizontal, vertical))
    }
}
