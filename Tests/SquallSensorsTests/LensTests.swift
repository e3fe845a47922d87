import Foundation
import SquallFrames
import SquallMath
import Testing

/// Lenses against values of OpenCV 4 (physics of a camera) and against themselves.
@Suite struct LensTests {
    static let brown = CameraModel(
        PinholeCamera(width: 1920, height: 1080, fx: 1200, fy: 1200, cx: 960, cy: 540), lens: .brownConrady(Lens.BrownConrady(k1: -0.3, k2: 0.1, p1: 1e-3, p2: -5e-4, k3: -0.02)))
    static let kannala = CameraModel(
        PinholeCamera(width: 1280, height: 960, fx: 400, fy: 400, cx: 640, cy: 480), lens: .kannalaBrandt(Lens.KannalaBrandt(k1: 0.05, k2: -0.01, k3: 0.002, k4: -0.0003)))
    static func ideal(_ kind: Lens.Fisheye) -> CameraModel {
        CameraModel(PinholeCamera(width: 1280, height: 960, fx: 300, fy: 300, cx: 640, cy: 480), lens: .fisheye(kind))
    }

    private func near(_ a: Vec2?, _ x: Double, _ y: Double, _ tolerance: Double) -> Bool { a.map { abs($0.x - x) < tolerance && abs($0.y - y) < tolerance } ?? false }

    @Test func brownConradyOracles() {
        #expect(near(Self.brown.project(Vec3(0.1, 0.2, 1)), 1078.2357, 776.5914, 5e-5))
        #expect(near(Self.brown.project(Vec3(1, -0.6, 2)), 1504.4004, 213.6454, 5e-5))
        #expect(near(Self.brown.project(Vec3(-0.8, 0.45, 1)), 183.8429, 977.3150, 5e-5))
        #expect(Self.brown.project(Vec3(0.1, 0.2, -1)) == nil)
    }

    @Test("what lies beyond the bend of a Brown-Conrady lens is nowhere in its picture") func brownConradyEnds() throws {
        // Calibrated for a VGA camera; its polynomial never folds, and far off the axis it leaves every number behind.
        let endless = CameraModel(PinholeCamera(width: 752, height: 480, fx: 458, fy: 457, cx: 376, cy: 240), lens: .brownConrady(Lens.BrownConrady(k1: -0.2834, k2: 0.07396)))
        #expect(endless.fault == nil)
        for x in [25.0, 1e3, 1e6, 1e300] { #expect(endless.project(Vec3(x, 0.1, 1)) == nil) }
        let inside = try #require(endless.project(Vec3(0.5, 0.1, 1)))
        #expect(inside.x > 560 && inside.x < 605)
        // The fold of a weak one lies further off than anybody looks: a car abreast is not in the middle of the picture.
        let weak = CameraModel(PinholeCamera(width: 1280, height: 720, fx: 1000, fy: 1000, cx: 640, cy: 360), lens: .brownConrady(Lens.BrownConrady(k1: -0.0005)))
        #expect(weak.project(Vec3(44.7, 0, 1)) == nil && weak.project(Vec3(60, 0, 1)) == nil)
        // p1 and p2 fold before the radial part does.
        let skewed = CameraModel(weak.camera, lens: .brownConrady(Lens.BrownConrady(p2: -0.1)))
        #expect(skewed.project(Vec3(3, 0, 1)) == nil && skewed.project(Vec3(0.3, 0, 1)) != nil)
    }

    @Test func kannalaBrandtOracles() {
        #expect(near(Self.kannala.project(Vec3(1, 0, 1)), 962.78717, 480, 5e-6))
        #expect(near(Self.kannala.project(Vec3(1, 1, 1)), 920.63820, 760.63820, 5e-6))
        #expect(near(Self.kannala.project(Vec3(2, -1, 0.5)), 1155.54574, 222.22713, 5e-6))
        // Behind the image plane: 95.1 degrees off the axis, which needs a lens that sees that far.
        let wide = CameraModel(Self.kannala.camera, lens: .kannalaBrandt(Lens.KannalaBrandt(k1: 0.05, k2: -0.01, k3: 0.002, k4: -0.0003), field: 200 * .pi / 180))
        #expect(near(wide.project(Vec3(1, 0.5, -0.1)), 1285.21177, 802.60589, 5e-6))
        #expect(Self.kannala.project(Vec3(1, 0.5, -0.1)) == nil)
    }

    @Test func idealFisheyeRadii() {
        // 60 degrees off the axis, to the right.
        let p = Vec3(3.squareRoot() / 2, 0, 0.5)
        #expect(near(Self.ideal(.equidistant).project(p), 640 + 300 * .pi / 3, 480, 1e-9))
        #expect(near(Self.ideal(.equisolid).project(p), 640 + 300, 480, 1e-9))
        #expect(near(Self.ideal(.stereographic).project(p), 640 + 600 / 3.squareRoot(), 480, 1e-9))
        #expect(near(Self.ideal(.equidistant).project(Vec3(0, -1, 0)), 640, 480 - 300 * .pi / 2, 1e-9))
    }

    @Test("Directions and pixels are inverses of each other") func roundTrips() throws {
        let brown = CameraModel(PinholeCamera(width: 1280, height: 720, fx: 1200, fy: 1200, cx: 640, cy: 360), lens: Self.brown.lens)
        for model in [brown, Self.kannala] + Lens.Fisheye.allCases.map(Self.ideal) {
            for row in 0...20 {
                for column in 0...20 {
                    let pixel = Vec2(Double(model.camera.width * column) / 20, Double(model.camera.height * row) / 20)
                    guard let direction = model.direction(pixel) else {
                        #expect(model.lens.field != nil, "\(model.lens) does not see \(pixel)")
                        continue
                    }
                    #expect(abs(direction.length - 1) < 1e-12)
                    let back = try #require(model.project(direction * 7))
                    #expect((back - pixel).length < 1e-7, "\(model.lens.name) \(pixel)")
                    let point = try #require(model.point(pixel, depth: 12))
                    #expect(abs(model.depth(point) - 12) < 1e-9)
                }
            }
        }
    }

    @Test("The lens sees exactly as far as its field of view") func fieldEnds() {
        let model = Self.ideal(.equidistant)
        let edge = 95 * Double.pi / 180
        #expect(model.project(Vec3(sin(edge - 1e-6), 0, cos(edge - 1e-6))) != nil && model.project(Vec3(sin(edge + 1e-6), 0, cos(edge + 1e-6))) == nil)
        #expect(model.direction(Vec2(640 + 300 * edge - 0.01, 480)) != nil && model.direction(Vec2(640 + 300 * edge + 0.01, 480)) == nil)
    }

    @Test("A lens that folds within its picture is refused, with the radius") func folds() throws {
        let camera = PinholeCamera(width: 1280, height: 720, fx: 600, fy: 600, cx: 640, cy: 360)
        // 1 - 3 * 0.5 r2 = 0 at r = 0.8165, where the image radius is 0.5443 or 327 px.
        let barrel = try #require(CameraModel(camera, lens: .brownConrady(Lens.BrownConrady(k1: -0.5))).fault)
        #expect(barrel.contains("0.816") && barrel.contains("327 px"), "\(barrel)")
        #expect(CameraModel(camera, lens: .brownConrady(Lens.BrownConrady(k1: -0.05))).fault == nil)
        #expect(CameraModel(camera, lens: .brownConrady(Lens.BrownConrady(p1: 0.4))).fault?.contains("p1 and p2") == true)
        #expect(CameraModel(camera, lens: .brownConrady(Lens.BrownConrady(k1: .nan))).fault != nil)
        // 1 - 3 * 0.3 theta2 = 0 at 1.0541 rad = 60.4 deg.
        let wide = CameraModel(PinholeCamera(width: 1280, height: 960, fx: 400, fy: 400, cx: 640, cy: 480), lens: .kannalaBrandt(Lens.KannalaBrandt(k1: -0.3)))
        #expect(wide.fault?.contains("60.4 deg") == true, "\(wide.fault ?? "")")
        let narrow = CameraModel(wide.camera, lens: .kannalaBrandt(Lens.KannalaBrandt(k1: -0.3), field: 100 * .pi / 180))
        #expect(narrow.fault == nil && Self.kannala.fault == nil)
        // The oracle's own lens folds just inside the corners of a full picture.
        #expect(Self.brown.fault?.contains("px from the principal point") == true)
    }

    @Test("Solid angles of the pixels add up to the lens's field") func illuminationIsSolidAngle() {
        for kind in [Lens.Fisheye.equidistant, .equisolid] {
            let model = CameraModel(PinholeCamera(width: 200, height: 200, fx: 55, fy: 55, cx: 100, cy: 100), lens: .fisheye(kind, field: .pi))
            var sum = 0.0
            for y in 0..<200 { for x in 0..<200 { sum += model.illumination(Vec2(Double(x) + 0.5, Double(y) + 0.5)) / (55 * 55) } }
            #expect(abs(sum / (2 * .pi) - 1) < 0.01, "\(kind) \(sum)")
        }
        let flat = CameraModel(PinholeCamera(width: 100, height: 100, fx: 50, fy: 50, cx: 50, cy: 50))
        #expect(abs(flat.illumination(Vec2(100, 50)) - 0.25) < 1e-12)
    }

    @Test func boxesBendWithTheLens() throws {
        // A flat frame around the axis: through a fisheye its sides bulge beyond its corners.
        let box = OrientedBox(pose: Pose(position: Vec3(0, 0, 1)), size: Vec3(2, 2, 0.001))
        let seen = try #require(ProjectedBox.box(of: box, model: Self.ideal(.equidistant)) { $0 })
        #expect(abs(seen.right - (640 + 300 * .pi / 4)) < 0.3 && abs(seen.top - (480 - 300 * .pi / 4)) < 0.3)
        let corner = try #require(Self.ideal(.equidistant).project(Vec3(1, 1, 1)))
        #expect(corner.x < seen.right - 30)
    }

    @Test func filesKeepTheLens() throws {
        for model in [Self.brown, Self.kannala, Self.ideal(.equisolid), CameraModel(Self.brown.camera)] {
            let info = SensorInfo(name: "front", kind: .camera(model.camera), mount: .identity, carrier: 1, rate: 10, lens: model.lens)
            let back = try JSONDecoder().decode(SensorInfo.self, from: JSONEncoder().encode(info))
            #expect(back == info)
        }
    }
}
