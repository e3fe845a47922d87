import Foundation
import SquallAssets
import SquallGeometry
import SquallMath

/// What a tree is from afar: three upright pictures of itself, crossed at 60 degrees, and one from above. Each picture is drawn from
/// the tree's own mesh when it is built, so that near and far have one outline.
struct TreePictures {
    /// Side of one of the four pictures, which lie two by two.
    private static let cell = 128
    /// Stored colour over albedo: eight bits keep their steps in dark greens.
    static let gain: Float = 4

    private(set) var canvas: Canvas

    /// - Parameters:
    ///   - mesh: a level of the tree that fills the box of `size`, slots as `Tree.Slot` has them.
    ///   - greens: albedo of shaded, common and sunlit leaves.
    init(_ mesh: Mesh, size: Vec3, spray: Canvas, bark: Vec3f, greens: [Vec3f]) {
        let mean = (greens.reduce(Vec3f.zero, +) / Float(max(1, greens.count))) * Self.gain
        canvas = Canvas(width: 2 * Self.cell, height: 2 * Self.cell, background: mean)
        for view in 0..<4 {
            var depth = Array(repeating: Float.infinity, count: Self.cell * Self.cell)
            let corners = mesh.positions.map { Self.project($0, view, Vec3f(size)) }
            for part in mesh.parts {
                let tint = part.slot == 0 ? bark * (Self.gain * 0.8) : greens[min(greens.count - 1, max(0, part.slot - 1))] * (Self.gain / Float(Foliage.brightness))
                for t in part.firstTriangle..<part.firstTriangle + part.triangleCount {
                    let index = (0..<3).map { Int(mesh.indices[3 * t + $0]) }
                    draw(index.map { corners[$0] }, index.map { mesh.textureCoordinates[$0] }, view, tint, part.slot == 0 ? nil : spray, &depth)
                }
            }
        }
    }

    /// Angle of an upright picture's plane, and its unit vector.
    private static func plane(_ view: Int) -> Vec2 {
        let angle = Double(view) * .pi / 3
        return Vec2(cos(angle), sin(angle))
    }

    /// Pixel within the cell, and depth growing away from the viewer.
    private static func project(_ p: Vec3f, _ view: Int, _ size: Vec3f) -> Vec3f {
        let n = Float(cell)
        if view == 3 { return Vec3f((p.x / size.x + 0.5) * n, (0.5 - p.y / size.y) * n, -p.z) }
        let e = Vec2f(plane(view)), width = max(size.x, size.y)
        // Seen against the plane's normal (e turned right): x to the right is along e.
        return Vec3f(((p.x * e.x + p.y * e.y) / width + 0.5) * n, (1 - p.z / size.z) * n, -p.x * e.y + p.y * e.x)
    }

    private mutating func draw(_ p: [Vec3f], _ uv: [Vec2f], _ view: Int, _ tint: Vec3f, _ spray: Canvas?, _ depth: inout [Float]) {
        let n = Self.cell
        let (x0, y0) = ((view & 1) * n, (view >> 1) * n)
        let area = (p[1].x - p[0].x) * (p[2].y - p[0].y) - (p[2].x - p[0].x) * (p[1].y - p[0].y)
        guard abs(area) > 1e-6 else { return }
        let left = max(0, Int(min(p[0].x, min(p[1].x, p[2].x)))), right = min(n - 1, Int(max(p[0].x, max(p[1].x, p[2].x))))
        let top = max(0, Int(min(p[0].y, min(p[1].y, p[2].y)))), bottom = min(n - 1, Int(max(p[0].y, max(p[1].y, p[2].y))))
        guard left <= right, top <= bottom else { return }
        for y in top...bottom {
            for x in left...right {
                let (px, py) = (Float(x) + 0.5, Float(y) + 0.5)
                let b = ((px - p[0].x) * (p[2].y - p[0].y) - (p[2].x - p[0].x) * (py - p[0].y)) / area
                let c = ((p[1].x - p[0].x) * (py - p[0].y) - (px - p[0].x) * (p[1].y - p[0].y)) / area
                guard b >= 0, c >= 0, b + c <= 1 else { continue }
                let z = p[0].z + (p[1].z - p[0].z) * b + (p[2].z - p[0].z) * c
                guard z < depth[y * n + x] else { continue }
                var color = tint
                if let spray {
                    let t = uv[0] + (uv[1] - uv[0]) * b + (uv[2] - uv[0]) * c
                    let texel = spray[min(spray.width - 1, max(0, Int(t.x * Float(spray.width)))), min(spray.height - 1, max(0, Int(t.y * Float(spray.height))))]
                    guard texel.w >= 0.5 else { continue }
                    color = tint * Vec3f(texel.x, texel.y, texel.z)
                }
                depth[y * n + x] = z
                canvas[x0 + x, y0 + y] = SIMD4(color, 1)
            }
        }
    }

    /// Three upright cards of two faces each and one from above. Normals bulge like the crown's.
    /// - Parameter steps: quads along an edge of a card: 2 gives 56 triangles, 1 gives 12 and leaves the card from above out.
    func mesh(_ size: Vec3, steps: Int = 2) -> Mesh {
        var mesh = PlantMesh(slots: Tree.Slot.picture.rawValue + 1)
        let slot = Tree.Slot.picture.rawValue
        let width = max(size.x, size.y)
        let shares = (0...steps).map { Double($0) / Double(steps) }
        for view in 0..<3 {
            let e = Self.plane(view)
            let out = Vec3(e.y, -e.x, 0)
            for face in [1.0, -1] {
                let rows = shares.map { up -> [PlantMesh.Corner] in
                    shares.map { share in
                        let across = 2 * share - 1, x = across * face
                        let at = Vec3(e.x, e.y, 0) * (x * width / 2) + Vec3(0, 0, up * size.z)
                        let normal = (Vec3(e.x, e.y, 0) * (0.8 * x) + out * (0.25 * face) + Vec3(0, 0, 0.45 + 0.5 * (up - 0.5))).normalized
                        return PlantMesh.Corner(position: at, normal: normal, texture: Self.texture(view, Vec2((x + 1) / 2, 1 - up)))
                    }
                }
                // i up, j along the face's own right: right x up is towards the viewer, so the net is turned.
                mesh.net(rows.map { $0.reversed() }, slot: slot)
            }
        }
        guard steps > 1 else { return mesh.mesh(filling: nil) }
        let rows = shares.map { y -> [PlantMesh.Corner] in
            shares.map { share in
                let (x, y) = (2 * share - 1, 2 * y - 1)
                let at = Vec3(x * size.x / 2, y * size.y / 2, 0.55 * size.z)
                return PlantMesh.Corner(position: at, normal: Vec3(0.6 * x, 0.6 * y, 1).normalized, texture: Self.texture(3, Vec2((x + 1) / 2, (1 - y) / 2)))
            }
        }
        mesh.net(rows.map { $0.reversed() }, slot: slot)
        return mesh.mesh(filling: nil)
    }

    /// Half a texel within the cell, so that neighbours do not show.
    private static func texture(_ view: Int, _ t: Vec2) -> Vec2 {
        let inset = 0.5 / Double(cell)
        let inside = Vec2(inset + t.x * (1 - 2 * inset), inset + t.y * (1 - 2 * inset))
        return (inside + Vec2(Double(view & 1), Double(view >> 1))) / 2
    }
}
