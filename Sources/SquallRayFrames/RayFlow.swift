import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays

/// Where what a ray met is seen at another instant: carried along with its instance, projected through the lens there, and asked for by a ray from
/// there whether anything hides it.
///
/// Under a rolling shutter each end has its own row's place and instant; the row where a point lands is found by asking again with the last answer.
struct RayFlow {
    let view: RayView
    let other: RayInstant
    private let here: [MeshInstance]
    /// Placement there from placement here, by instance; nil for what stands still. Of the stamps: rolling shutters work theirs out.
    private let moves: [Affine?]
    private let rolls: Bool
    private let meshes: PreparedMeshes
    /// What bends between the two instants.
    private let bends: [Bool]

    /// Whether rays ask what hides each end; else nothing is said to be hidden.
    private let judges: Bool

    init(_ view: RayView, _ here: [MeshInstance], to other: RayInstant, _ meshes: PreparedMeshes, judges: Bool) {
        (self.view, self.here, self.other, self.meshes, self.judges) = (view, here, other, meshes, judges)
        bends = here.indices.map { index in
            guard index < other.instances.count, let a = here[index].shape, let b = other.instances[index].shape, a !== b else { return false }
            return meshes.vertexCount(ofMesh: here[index].mesh) == a.positions.count && a.positions.count == b.positions.count && a != b
        }
        rolls = !view.rows.isEmpty || !other.rows.isEmpty
        moves = here.indices.map { index in
            guard index < other.instances.count, other.instances[index].transform != here[index].transform else { return nil }
            return here[index].transform.inverse.map { other.instances[index].transform * $0 }
        }
    }

    private func row(_ number: Int) -> RayScene.Row { other.rows.indices.contains(number) ? other.rows[number] : RayScene.Row(pose: other.pose) }

    /// - Parameters:
    ///   - instance: what the pixel's centre sees, nil for the sky; `triangle` which of its triangles, `range` how far along the ray, metres.
    ///   - caster: into the other instant's scene.
    /// - Returns: pixels from here to there, NaN where the lens does not see it there; and whether it is hidden or outside.
    func callAsFunction(_ x: Int, _ y: Int, instance: Int?, triangle: Int, range: Float, _ caster: RayCaster) -> (flow: SIMD2<Float>, hidden: Bool) {
        let table = view.table
        let from = view.row(y)
        let axes = from.pose.rotation.columns
        let d = Vec3(table.direction(y * table.width + x))
        let direction = axes.0 * d.x + axes.1 * d.y + axes.2 * d.z
        let center = Vec2(Double(x) + 0.5, Double(y) + 0.5)
        var landed = y
        var (end, ray, length): (Vec2?, Vec3, Double) = (nil, direction, .infinity)
        for _ in 0..<(rolls ? 4 : 1) {
            let to = row(landed)
            if let instance {
                let point = moved(from.pose.position + direction * Double(range), instance, triangle, from.fraction, to.fraction)
                ray = point - to.pose.position
                length = ray.length
            }
            end = table.model.project(to.pose.rotation.conjugate * ray)
            guard let end else { break }
            let next = Int(end.y.rounded(.down).clamped(to: 0...Double(table.height - 1)))
            if next == landed { break }
            landed = next
        }
        guard let end else { return (SIMD2(repeating: .nan), true) }
        let flow = SIMD2<Float>(end - center)
        guard end.x >= 0, end.y >= 0, end.x < Double(table.width), end.y < Double(table.height) else { return (flow, true) }
        guard judges else { return (flow, false) }
        if rolls { caster.move(to: row(landed).pose.position, fraction: row(landed).fraction) }
        let reach = instance == nil ? Float.infinity : Float(length) * 0.99 - 0.02
        let hidden = reach > RayView.nearest && caster.occluded(Vec3f(ray.normalized), minimum: RayView.nearest, maximum: reach)
        return (flow, hidden)
    }

    /// A world point of an instance, taken along to the other instant.
    private func moved(_ point: Vec3, _ instance: Int, _ triangle: Int, _ now: Double, _ then: Double) -> Vec3 {
        guard rolls || bends[instance] else { return moves[instance].map { $0 * point } ?? point }
        let before = view.scene.placement(of: instance, at: now), after = other.scene.placement(of: instance, at: then)
        if before == nil, after == nil, moves[instance] == nil, !bends[instance] { return point }
        guard instance < other.instances.count, let undo = (before ?? here[instance].transform).inverse else { return point }
        var local = undo * point
        if bends[instance], let from = corners(here[instance], triangle), let to = corners(other.instances[instance], triangle) { local = Affine(from: from, to: to) * local }
        return (after ?? other.instances[instance].transform) * local
    }

    /// Of a bent triangle, in the mesh frame.
    private func corners(_ instance: MeshInstance, _ triangle: Int) -> (Vec3, Vec3, Vec3)? {
        guard let shape = instance.shape else { return nil }
        let (a, b, c) = meshes.vertices(ofMesh: instance.mesh, triangle: triangle)
        return (Vec3(shape.positions[a]), Vec3(shape.positions[b]), Vec3(shape.positions[c]))
    }
}
