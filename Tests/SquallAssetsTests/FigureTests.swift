import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallScene
import Testing

/// Bodies with bones: their skins, their gait, and the points that labels follow.
@Suite struct FigureTests {
    private let library = AssetLibrary.builtIn()

    private func figure(_ name: String) throws -> Figure { try #require(try library.asset(named: name).figure) }

    @Test("every vertex hangs on bones that exist, with weights that sum to one", arguments: ["adult", "child"]) func skins(name: String) throws {
        let asset = try library.asset(named: name)
        let bones = try #require(asset.figure).skeleton.bones.count
        for level in asset.levels {
            let mesh = try #require(level.pieces.first).mesh
            let skin = try #require(mesh.skin)
            #expect(skin.bones.count == mesh.positions.count)
            #expect(skin.weights.allSatisfy { abs($0.sum() - 1) < 1e-4 && $0.min() >= 0 })
            #expect(skin.bones.allSatisfy { Int($0.max()) < bones })
        }
    }

    @Test("a skin whose bones rest stays where it is; one that moves as one moves stiffly") func stiff() throws {
        let asset = try library.asset(named: "adult")
        let mesh = try #require(asset.levels.last?.pieces.first).mesh
        let bones = try figure("adult").skeleton.bones.count
        let same = try #require(mesh.deformed(by: Array(repeating: .identity, count: bones)))
        #expect(zip(same.positions, mesh.positions).allSatisfy { ($0 - $1).length < 1e-5 })
        let pose = Pose(position: Vec3(1, -2, 0.5), rotation: Quaternion(yaw: 0.8, pitch: -0.4, roll: 2))
        let moved = try #require(mesh.deformed(by: Array(repeating: pose, count: bones)))
        #expect(zip(moved.positions, mesh.positions).allSatisfy { (Vec3($0) - pose * Vec3($1)).length < 1e-4 })
        #expect(zip(moved.normals, mesh.normals).allSatisfy { (Vec3($0) - pose.rotation * Vec3($1)).length < 1e-3 })
    }

    /// A linear blend at a right angle would pinch a tube to 0.71 of its radius where it bends; dual quaternions keep it.
    @Test("a bent tube keeps its girth") func volume() throws {
        let ring = (0..<32).map { k in Vec3f(0, cos(Float(k) * .pi / 16), sin(Float(k) * .pi / 16)) }
        var mesh = Mesh(positions: ring, normals: ring, indices: [])
        mesh.skin = MeshSkin(bones: ring.map { _ in SIMD4(0, 1, 0, 0) }, weights: ring.map { _ in SIMD4(0.5, 0.5, 0, 0) })
        let bent = try #require(mesh.deformed(by: [.identity, Pose(rotation: Quaternion(axis: Vec3(0, 1, 0), angle: .pi / 2))]))
        #expect(bent.positions.allSatisfy { abs($0.length - 1) < 1e-5 })
    }

    /// World place of the foot's contact point against its place half-way through stance: the heel while the toes are up, else the ball.
    @Test("feet on the ground stay where they are", arguments: [("adult", 0.8), ("adult", 1.4), ("adult", 2.0), ("child", 1.1), ("adult", 3.4), ("elder", 0.9)])
    func feetHold(name: String, pace: Double) throws {
        let figure = try figure(name)
        let stride = figure.strideLength(pace)
        let runs = pace > 2.5
        let duty = runs ? 0.36 : 0.62
        for (side, soles) in [(0.0, figure.soles[0...1]), (0.5, figure.soles[2...3])] {
            var places: [[Vec3]] = []
            for k in 1..<40 {
                let share = duty * Double(k) / 40
                let bones = figure.bones(Posture(stride: share - side, pace: pace))
                places.append(soles.map { bones[$0.bone] * $0.point + Vec3(stride * share, 0, 0) })
            }
            // Of two neighbouring instants the lower of heel and ball stands still.
            for (a, b) in zip(places, places.dropFirst()) {
                let still = a.indices.map { ((b[$0] - a[$0]).x * (b[$0] - a[$0]).x + (b[$0] - a[$0]).z * (b[$0] - a[$0]).z).squareRoot() }.min() ?? 1
                #expect(still < 0.006, "\(name) at \(pace) m/s slides by \(still) m")
                #expect((a.map(\.z).min() ?? 1) < 0.03, "\(name) at \(pace) m/s floats \(a)")
            }
            #expect(places.flatMap { $0 }.allSatisfy { $0.z > -0.015 }, "\(name) at \(pace) m/s sinks in")
        }
    }

    /// The lowest point of each foot holds still while it is on the ground, walking, trotting and galloping.
    @Test("animals' feet on the ground stay where they are", arguments: [("deer", 1.0), ("deer", 4.0), ("deer", 9.0), ("dog", 1.2), ("dog", 2.0), ("cow", 1.1), ("horse", 3.5), ("horse", 11)])
    func pawsHold(name: String, pace: Double) throws {
        let figure = try figure(name)
        let stride = figure.strideLength(pace)
        for sole in figure.soles {
            let places = (0..<400).map { k -> Vec3 in
                let share = Double(k) / 400
                return figure.bones(Posture(stride: share, pace: pace))[sole.bone] * sole.point + Vec3(stride * share, 0, 0)
            }
            // On the ground: at its lowest.
            let low = places.map(\.z).min() ?? 0
            var (held, slid) = (0, 0.0)
            for (a, b) in zip(places, places.dropFirst()) where a.z < low + 0.0005 && b.z < low + 0.0005 {
                held += 1
                slid += abs(b.x - a.x)
            }
            // The instants of landing and lifting may count as down: a share of 400 each.
            #expect(held > 30 && slid < 0.01 + 2.2 * stride / 400, "\(name) at \(pace) m/s: bone \(sole.bone) is down for \(held) of 400 instants and slides by \(slid) m")
        }
    }

    @Test("the pelvis drops on the side of the swinging leg") func pelvisDrops() throws {
        let figure = try figure("adult")
        // Trendelenburg's sign the other way: at a quarter turn the left foot stands.
        let bones = figure.bones(Posture(stride: 0.25, pace: 1.4))
        let hips = [5, 9].map { (bones[$0] * figure.skeleton.bones[$0].joint).z }
        #expect(hips[0] - hips[1] > 0.003, "\(hips)")
    }

    /// Winter 1991, natural cadence: near 5 degrees at heel strike, 20 in loading, 60 to 70 in swing at 0.7 of the cycle.
    @Test("knees bend as they do in normal gait") func knees() throws {
        let figure = try figure("adult")
        let knee = { (share: Double) -> Double in
            let bones = figure.bones(Posture(stride: share, pace: 1.4))
            let (thigh, shin) = (bones[5].rotation, bones[6].rotation)
            return (thigh.conjugate * shin).rotationVector.length * 180 / .pi
        }
        #expect(abs(knee(0) - 8) < 12, "heel strike \(knee(0))")
        #expect(abs(knee(0.30) - 12) < 14, "mid-stance \(knee(0.30))")
        #expect(abs(knee(0.61) - 40) < 18, "toe-off \(knee(0.61))")
        let swing = stride(from: 0.62, through: 0.9, by: 0.01).map(knee).max() ?? 0
        #expect((52...75).contains(swing), "swing \(swing)")
    }

    @Test("a swinging foot clears the ground", arguments: [1.0, 1.4, 3.2]) func clearance(pace: Double) throws {
        let figure = try figure("adult")
        for share in stride(from: pace > 2.5 ? 0.40 : 0.66, through: 0.97, by: 0.01) {
            let bones = figure.bones(Posture(stride: share, pace: pace))
            let low = figure.soles[0...1].map { (bones[$0.bone] * $0.point).z }.min() ?? 0
            #expect(low > -0.012, "\(low) m at \(share) of the cycle")
        }
    }

    @Test("strides grow with the speed, without a jump where walking becomes running") func strides() throws {
        let figure = try figure("adult")
        #expect(abs(figure.strideLength(1.4) - 1.45) < 0.05)
        let lengths = stride(from: 0.3, through: 5, by: 0.02).map(figure.strideLength)
        #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $1 > $0 - 1e-9 && $1 - $0 < 0.06 })
    }

    @Test("people have the points of COCO, each in its own half and place") func keypoints() throws {
        for name in ["adult", "child", "elder"] {
            let figure = try figure(name)
            #expect(figure.keypoints.map(\.name) == PersonKeypoints.names)
            let bones = figure.bones(Posture())
            let points = Dictionary(uniqueKeysWithValues: figure.keypoints.map { ($0.name, bones[$0.bone] * $0.point) })
            for (part, _) in points where part.hasPrefix("left_") {
                let (left, right) = (try #require(points[part]), try #require(points["right_" + part.dropFirst(5)]))
                #expect(left.y > 0 && right.y < 0)
                #expect((left - Vec3(right.x, -right.y, right.z)).length < 0.01)
            }
            let height = { (part: String) in points[part]?.z ?? 0 }
            let order = ["left_ankle", "left_knee", "left_hip", "left_shoulder", "nose", "left_eye"]
            #expect(zip(order, order.dropFirst()).allSatisfy { height($0) < height($1) })
        }
    }

    @Test("animals have the points of AP-10K, each in its own half and place, within the body", arguments: ["deer", "boar", "dog", "cat", "cow", "horse"])
    func animalKeypoints(name: String) throws {
        for variant in 0..<2 {
            let asset = try library.asset(named: name, variant: variant), figure = try #require(asset.figure)
            #expect(figure.keypoints.map(\.name) == AnimalKeypoints.names)
            let bones = figure.bones(Posture())
            let points = Dictionary(uniqueKeysWithValues: figure.keypoints.map { ($0.name, bones[$0.bone] * $0.point) })
            for (part, left) in points where part.hasPrefix("left_") {
                let right = try #require(points["right_" + part.dropFirst(5)])
                #expect(left.y > 0 && (left - Vec3(right.x, -right.y, right.z)).length < 0.01)
            }
            let at = { (part: String) in points[part] ?? .zero }
            #expect(at("left_front_paw").z < at("left_elbow").z && at("left_elbow").z < at("left_shoulder").z)
            #expect(at("left_back_paw").z < at("left_knee").z && at("left_knee").z < at("left_hip").z)
            let line = ["root_of_tail", "left_hip", "left_shoulder", "left_eye", "nose"].map { at($0).x }
            #expect(zip(line, line.dropFirst()).allSatisfy { $0 < $1 }, "\(line)")
            for (part, p) in points {
                let past = Vec3((0..<3).map { max(0, abs(p[$0] - asset.boxCenter[$0]) - asset.boxSize[$0] / 2) })
                #expect(past == .zero, "\(part) of \(name) \(variant) is \(past) outside")
            }
        }
        #expect(AnimalKeypoints.skeleton.allSatisfy { $0.allSatisfy { (1...AnimalKeypoints.names.count).contains($0) } })
    }

    @Test("a body at rest touches its box on six sides", arguments: ["adult", "child", "elder"]) func boxes(name: String) throws {
        for variant in 0..<3 {
            let asset = try library.asset(named: name, variant: variant)
            for level in asset.levels {
                let mesh = try #require(level.pieces.first).mesh
                // A rucksack stands out behind, as mirrors do at a car's sides.
                let (lower, upper) = (asset.boxCenter - asset.boxSize / 2, asset.boxCenter + asset.boxSize / 2)
                let worn = mesh.parts.filter { asset.materials[$0.slot].name != "bag" }.flatMap { 3 * $0.firstTriangle..<3 * ($0.firstTriangle + $0.triangleCount) }
                let box = BoundingBox(containing: worn.map { mesh.positions[Int(mesh.indices[$0])] })
                #expect((Vec3(box.lower) - lower).length < 0.002 && (Vec3(box.upper) - upper).length < 0.002, "\(name) \(variant): \(box)")
            }
        }
    }
}
