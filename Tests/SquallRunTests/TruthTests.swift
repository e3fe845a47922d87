import SquallFrames
import SquallGeometry
import SquallLabels
import SquallMath
import SquallRaster
import SquallRays
import SquallRun
import SquallWorld
import Testing

/// Truth agrees with itself, before anything is quantised: rasterizer against rays, flow against rays at its end, masks against hulls.
@Suite struct TruthTests {
    /// Fewer than 100 of 1280 x 720 pixel centres, and in proportion for other sizes.
    private func limit(_ camera: PinholeCamera) -> Int { camera.width * camera.height * 100 / 921_600 }

    @Test("the demo's pictures see what rays see") func demoAgreesWithRays() throws {
        for shot in try DemoEpisode.taken.get().shots {
            let verdict = MeshScene.Disagreement(shot.front.visibility, shot.rays)
            #expect(verdict.ids < limit(shot.front.labels.camera), "\(shot.place): \(verdict.ids) ids differ")
            #expect(verdict.depths == 0, "\(shot.place): \(verdict.depths) depths differ")
            #expect(Set(shot.front.visibility.instance).count > 10, "\(shot.place): next to nothing to compare")
        }
    }

    @Test("flow of the demo leads to the same points, forward and backward") func demoFlowReturns() throws {
        let demo = try DemoEpisode.taken.get()
        for shot in demo.shots {
            let (labels, truth) = (shot.front.labels, shot.front)
            let judge = FlowJudge(
                flow: labels.flowForward, occluded: labels.occludedForward, seen: truth.visibility, camera: labels.camera, here: truth.here, later: truth.later)
            expect(judge.verdict(demo.trees, step: 37), shot.place)
            guard let earlier = truth.earlier else { continue }
            let back = FlowJudge(
                flow: labels.flowBackward, occluded: labels.occludedBackward, seen: truth.visibility, camera: labels.camera, here: truth.here, later: earlier)
            expect(back.verdict(demo.trees, step: 37), "\(shot.place), backward", backward: true)
        }
    }

    /// Three views along the bench street, flow to the next view of the path; nothing moves but the camera.
    @Test("the bench street agrees with rays, and its flow returns", arguments: [0, 39, 78]) func benchStreet(pose index: Int) throws {
        let scene = try MeshScene(contentsOf: Checkout.path("Scripts/bench-data/block.glb"))
        let path = try CameraPath(contentsOf: Checkout.path("Scripts/bench-data/camera_path.json"))
        let pool = WorkerPool(workers: 2)
        defer { pool.close() }
        let trees = scene.trees(pool: pool)
        let rasterizer = Rasterizer(PreparedMeshes(meshes: scene.meshes, materials: scene.materials, textures: scene.textures))
        let shader = ReferenceShader(materials: scene.materials, light: path.light, sky: .zero)
        let (here, later) = (
            EpisodeCapture.Moment(pose: path.poses[index], instances: scene.instances), EpisodeCapture.Moment(pose: path.poses[index + 1], instances: scene.instances)
        )
        func render(_ moment: EpisodeCapture.Moment, to other: EpisodeCapture.Moment?) -> RasterFrame {
            var frame = RasterFrame(width: path.camera.width, height: path.camera.height)
            rasterizer.render(
                moment.instances, camera: RasterCamera(pose: moment.pose, camera: path.camera, near: path.near), samples: 1,
                extras: Rasterizer.Extras(forward: other.map { OtherInstant(instances: $0.instances, pose: $0.pose) }), shader: shader, pool: pool, into: &frame)
            return frame
        }
        let frame = render(here, to: later)
        let place = "block.glb, pose \(index)"
        let verdict = scene.judge(frame.visibility, pose: here.pose, camera: path.camera, near: path.near, trees: trees, pool: pool)
        #expect(verdict.ids < limit(path.camera), "\(place): \(verdict.ids) ids differ")
        #expect(verdict.depths == 0, "\(place): \(verdict.depths) depths differ")

        let occluded = FlowOcclusion.mask(
            flow: frame.flowForward, from: FlowOcclusion.View(pose: here.pose, instances: here.instances, visibility: frame.visibility), moved: later.instances,
            to: FlowOcclusion.View(pose: later.pose, instances: later.instances, visibility: render(later, to: nil).visibility), camera: path.camera,
            meshes: scene.meshes, pool: pool)
        let judge = FlowJudge(flow: frame.flowForward, occluded: occluded, seen: frame.visibility, camera: path.camera, here: here, later: later)
        expect(judge.verdict(trees, step: 37), place)
        expectInside(VisibleLabels.instance(frame.visibility, scene.instances), scene.instances, scene.meshes, here.pose, path.camera, place)
    }

    /// The mask is decided by what pixel centres around the end of a vector see, the ray at the end itself: what is thinner than a pixel
    /// slips between centres, so some vectors end behind it (at most one in five hundred) or on it and are called hidden (as many).
    /// Where the ray meets the very triangle the pixel saw, no allowance is made.
    private func expect(_ verdict: FlowJudge.Verdict, _ place: String, backward: Bool = false) {
        #expect(verdict.worstReturn <= 0.02, "\(place): a vector ends \(verdict.worstReturn) px off its own point")
        #expect(verdict.shown > 1000, "\(place): nothing to judge")
        withKnownIssue("cars with wipers, rails and spokes, and far leaves, are thinner than a pixel: up to 2.6 in a thousand vectors end behind them", isIntermittent: true) {
            #expect(verdict.lost * 500 <= verdict.shown, "\(place): \(verdict.lost) of \(verdict.shown) do not return: \(verdict.examples)")
        }
        #expect(verdict.lost * 350 <= verdict.shown, "\(place): \(verdict.lost) of \(verdict.shown) do not return: \(verdict.examples)")
        #expect(verdict.returned * 500 <= verdict.shown + verdict.hidden, "\(place): \(verdict.returned) of \(verdict.hidden) called hidden can be seen")
        // Going back, hardly anything but borders is hidden.
        if !backward { #expect(verdict.returned * 50 <= verdict.hidden, "\(place): \(verdict.returned) of \(verdict.hidden) called hidden can be seen") }
    }

    @Test("masks lie inside the projected hull of their meshes") func masksInsideHulls() throws {
        let demo = try DemoEpisode.taken.get()
        for shot in demo.shots {
            let labels = shot.front.labels
            let seen = labels.objects.filter { $0.visiblePixels > 0 }
            #expect(seen.count >= 5)
            expectInside(labels.instance, shot.front.here.instances, demo.played.world.meshes, shot.front.here.pose, labels.camera, shot.place)
        }
    }

    private func expectInside(_ mask: Image<UInt16>, _ instances: [MeshInstance], _ meshes: [Mesh], _ pose: Pose, _ camera: PinholeCamera, _ place: String) {
        let ends = ProjectedHull.rowEnds(mask)
        #expect(ends.count >= 5, "\(place)")
        for (id, centers) in ends.sorted(by: { $0.key < $1.key }) {
            let hull = ProjectedHull(instances.filter { $0.object == id }, meshes, pose: pose, camera: camera)
            let outside = centers.count { !hull.contains($0, growth: 1) }
            #expect(outside == 0, "\(place): \(outside) pixels of object \(id) lie outside its hull")
        }
    }
}
