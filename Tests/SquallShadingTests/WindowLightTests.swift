import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import SquallWeather
import SquallWorld
import Testing

/// Lit windows through the whole frame renderer, in a moonless night; colours read in cd/m2.
@Suite struct WindowLightTests {
    private static let pane: Material = {
        var pane = Material(name: "pane", baseColor: Vec3f(repeating: 0.03), roughness: 0.05).shining(.window, 1, Vec3f(repeating: 1))
        pane.detail = .window
        return pane
    }()

    /// Luminance of every pixel of a window 3 m wide and high, `distance` ahead; rows from the top.
    private static func seen(_ code: WindowCode, at distance: Float, lit groups: [Int]) -> (values: [Double], width: Int) {
        var stage = ShadingStage(pane)
        stage.sun = SunPosition(elevation: -0.7, azimuth: 0)
        // Seen along +x: the left edge is at +y.
        let texture = [code.at(1, 0), code.at(1, 1), code.at(0, 1), code.at(0, 0)].map { Vec2f($0) }
        stage.meshes = [
            Mesh(
                positions: [Vec3f(distance, -1.5, -1.5), Vec3f(distance, -1.5, 1.5), Vec3f(distance, 1.5, 1.5), Vec3f(distance, 1.5, -1.5)],
                normals: Array(repeating: Vec3f(-1, 0, 0), count: 4), textureCoordinates: texture, indices: [0, 1, 2, 0, 2, 3])
        ]
        stage.lens = PinholeCamera(width: 160, height: 96, tanHalfHorizontalFieldOfView: 0.35)
        stage.pose = Pose(position: .zero, rotation: Quaternion(columns: Vec3(0, -1, 0), Vec3(0, 0, -1), Vec3(1, 0, 0)))
        let renderer = FrameRenderer(meshes: PreparedMeshes(meshes: stage.meshes, materials: stage.materials, textures: []), materials: stage.materials, textures: [])
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        var frame = RasterFrame(width: 160, height: 96)
        var request = stage.request()
        request.lamps = ArtificialLight(lamps: [], lit: [groups.reduce(into: LampSet()) { $0.insert(.windows(group: $1)) }])
        request.samples = 1
        renderer.render(request, pool: pool, into: &frame)
        return (frame.color.green.map(Double.init), 160)
    }

    /// Pixels whose centre lies in the window.
    private static func inside(_ picture: (values: [Double], width: Int), at distance: Float) -> [Double] {
        let half = 1.5 / Double(distance) * 80 / 0.35, height = picture.values.count / picture.width
        return picture.values.indices.filter {
            abs(Double($0 % picture.width) + 0.5 - Double(picture.width) / 2) < half && abs(Double($0 / picture.width) + 0.5 - Double(height) / 2) < half
        }.map { picture.values[$0] }
    }

    private static func mean(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

    @Test("a lit window is as bright from 200 m as from 10 m") func brightAtAnyDistance() {
        let rooms: [WindowCode] = [
            WindowCode(group: 5, curtain: .wings(4), leaves: 2, tone: 3), WindowCode(group: 9, curtain: .blind(5), leaves: 2, tone: 8),
            WindowCode(group: 1, room: .shop, leaves: 3, tone: 1), WindowCode(group: 14, room: .office, leaves: 4, tone: 11),
        ]
        for code in rooms {
            let means = [Float(10), 60, 200].map { distance in Self.mean(Self.inside(Self.seen(code, at: distance, lit: [code.group]), at: distance)) }
            #expect(means[0] > 1 && means[0] < 80, "\(code)")
            for far in means.dropFirst() { #expect(abs(far / means[0] - 1) < 0.25, "\(code): \(means)") }
        }
    }

    @Test("a far pane shows the room and the curtains that are built behind the near one") func sameRoom() {
        for tone in 0..<16 {
            let code = { (curtain: WindowCode.Curtain) in WindowCode(group: 6, curtain: curtain, tone: tone) }
            let middle = { (curtain: WindowCode.Curtain) in
                let rows = Self.inside(Self.seen(code(curtain), at: 14, lit: [6]), at: 14), side = Int(Double(rows.count).squareRoot().rounded())
                // The middle third across, the upper half: open between wings, covered by a blind.
                return Self.mean(rows.indices.filter { (side / 3..<side * 2 / 3).contains($0 % side) && $0 / side < side / 2 }.map { rows[$0] })
            }
            #expect(abs(middle(.wings(0)) / middle(.none) - 1) < 0.02, "tone \(tone)")
            #expect(abs(middle(.blind(7)) / middle(.cloth) - 1) < 0.02, "tone \(tone)")
        }
    }

    @Test("a window is lit with its own group and no other; group 0 is dark") func groups() {
        for group in 0..<LampSet.windowGroups {
            let code = WindowCode(group: group, leaves: 1), others = (0..<LampSet.windowGroups).filter { $0 != group }
            let (own, rest) = (Self.seen(code, at: 20, lit: [group]).values.max() ?? 0, Self.seen(code, at: 20, lit: others).values.max() ?? 0)
            #expect(group == 0 ? own < 0.05 : own > 5, "group \(group)")
            #expect(rest < 0.05, "group \(group)")
        }
    }

    @Test("a lit room is brighter under its ceiling than at its floor, and no even rectangle") func structure() {
        for tone in 0..<16 {
            let (values, width) = Self.seen(WindowCode(group: 3, leaves: 1, tone: tone), at: 12, lit: [3])
            let rows = stride(from: 0, to: values.count, by: width).map { values[$0..<($0 + width)].filter { $0 > 0.3 } }.filter { !$0.isEmpty }
            let third = rows.count / 3
            let (top, bottom) = (Self.mean(rows.prefix(third).flatMap(\.self)), Self.mean(rows.suffix(third).flatMap(\.self)))
            #expect(rows.count > 20 && top > bottom * 1.25, "tone \(tone): \(top) above, \(bottom) below")
        }
    }
}
