import SquallFrames
import SquallGeometry
import SquallMath
import SquallRays
import SquallRun

/// Judges a flow field and its occlusion mask by rays: from the later camera through the end of a vector, into the later world, and
/// the point met there carried back with its instance to where the vector began.
struct FlowJudge {
    var flow: Image<SIMD2<Float>>
    var occluded: Image<UInt8>
    var seen: VisibilityBuffer
    var camera: PinholeCamera
    var here: EpisodeCapture.Moment
    var later: EpisodeCapture.Moment

    struct Verdict {
        /// Pixels judged that the mask calls seen, and those whose ray does not return to them.
        var shown = 0, lost = 0
        /// Of the rays that met the very same triangle: the farthest they returned from their pixel's centre.
        var worstReturn = 0.0
        /// Pixels judged that the mask calls hidden, and those whose ray returns all the same.
        var hidden = 0, returned = 0
        var examples: [String] = []
    }

    /// - Parameter step: every so many pixels in reading order.
    func verdict(_ trees: MeshTrees, step: Int) -> Verdict {
        let caster = RayCaster(RayScene(trees, later.instances))
        caster.move(to: later.pose.position)
        let hereFromWorld = here.pose.inverse
        var verdict = Verdict()
        for i in stride(from: 0, to: flow.pixels.count, by: step) {
            let center = Vec2(Double(i % flow.width) + 0.5, Double(i / flow.width) + 0.5)
            let end = center + Vec2(Double(flow.pixels[i].x), Double(flow.pixels[i].y))
            let gap = miss(caster, i, center, end, hereFromWorld, &verdict)
            if occluded.pixels[i] == 0 {
                verdict.shown += 1
                if !(gap <= 0.1) {
                    verdict.lost += 1
                    if verdict.examples.count < 6 { verdict.examples.append("\(center) to \(end), instance \(seen.instance[i]), returns \(gap) px off") }
                }
            } else {
                verdict.hidden += 1
                if gap <= 0.1 { verdict.returned += 1 }
            }
        }
        return verdict
    }

    /// How far from the pixel's centre the ray returns, pixels; infinite when it meets something else or the end is outside the picture.
    private func miss(_ caster: RayCaster, _ i: Int, _ center: Vec2, _ end: Vec2, _ hereFromWorld: Pose, _ verdict: inout Verdict) -> Double {
        guard end.x >= 0, end.y >= 0, end.x < Double(flow.width), end.y < Double(flow.height) else { return .infinity }
        let direction = later.pose.rotation * camera.unproject(end, depth: 1)
        let hit = caster.closest(Vec3f(direction), minimum: 0.05)
        guard hit.isHit else { return seen.instance[i] == VisibilityBuffer.nothing ? skyMiss(center, direction) : .infinity }
        guard hit.instance == seen.instance[i] else { return .infinity }
        let (before, after) = (here.instances[Int(hit.instance)].transform, later.instances[Int(hit.instance)].transform)
        guard let undo = after.inverse else { return .infinity }
        let point = before * (undo * (later.pose.position + direction * Double(hit.t)))
        let gap = (camera.project(hereFromWorld * point).pixel - center).length
        if hit.triangle == seen.triangle[i] { verdict.worstReturn = max(verdict.worstReturn, gap) }
        return gap
    }

    /// The sky is as far as directions go: it turns with the camera and nothing else.
    private func skyMiss(_ center: Vec2, _ direction: Vec3) -> Double {
        (camera.project(here.pose.rotation.conjugate * direction).pixel - center).length
    }
}
