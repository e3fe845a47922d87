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
        }
        // All start at rest and turn before they set off: within the first half second nobody walks, and there is no gait to follow.
        var ankles: [Int: [Double]] = [:]
        for number in 6..<10 {
            for walker in capture.frame(number).objects where walker.keypoints.count == 17 && walker.velocity.length > 1 {
                ankles[Int(walker.id), default: []].append((walker.keypoints[15].position - walker.keypoints[16].position).length)
            }
        }
        #expect(visible > 30, "\(visible)")
        #expect(hidden > 0)
        #expect(ankles.values.contains { ($0.max() ?? 0) - ($0.min() ?? 0) > 0.03 }, "legs move: \(ankles)")
    }
}
