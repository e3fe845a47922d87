import SquallFrames
import SquallMath
import SquallRun
import Testing

/// Keypoints of people as cameras see them.
@Suite struct KeypointTests {
    @Test("visible keypoints lie on their person, and follow its gait") func onTheMask() throws {
        let session = try Checkout.session("Scenes/driving/people.squall")
        let played = try SceneEpisodes(session: session, seed: 1).play(index: 0)
        let capture = EpisodeCapture(played, limits: session.limits, threads: 2)
        var (visible, hidden) = (0, 0)
        var ankles: [Double] = []
        for number in 0..<3 {
            let frame = capture.frame(number)
            let camera = try #require(frame.cameras.first)
            for object in camera.objects {
                let isPerson = frame.objects.first { $0.id == object.id }?.category == .person
                #expect(object.keypoints.count == (isPerson ? PersonKeypoints.names.count : 0))
                for point in object.keypoints {
                    switch point.visibility {
                    case .visible:
                        visible += 1
                        #expect(camera.instance[Int(point.x), Int(point.y)] == object.id)
                    case .hidden: hidden += 1
                    case .unlabelled: #expect(point.x == 0 && point.y == 0)
                    }
                }
            }
            if let walker = frame.objects.first(where: { $0.keypoints.count == 17 && $0.velocity.length > 1 }) {
                ankles.append((walker.keypoints[15].position - walker.keypoints[16].position).length)
            }
        }
        #expect(visible > 30, "\(visible)")
        #expect(hidden > 0)
        #expect((ankles.max() ?? 0) - (ankles.min() ?? 0) > 0.03, "legs move: \(ankles)")
    }
}
