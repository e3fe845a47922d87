import SquallFrames
import SquallGeometry
import SquallMath

/// Renders meshes into visibility, colour, flow and normals. Keeps its working memory between frames; use one per thread of frames.
///
/// The result does not depend on the number of workers: clusters are cut into a fixed number of chunks, every tile draws them in
/// that order, and tiles own their pixels.
public final class Rasterizer {
    let geometry: FrameGeometry
    private let motions = Block<Motion>(), backMotions = Block<Motion>()
    private let motionOf = Block<Int32>()
    /// One geometry per worker for objects drawn alone.
    var loneGeometry: [FrameGeometry] = []

    public init(_ meshes: PreparedMeshes) { geometry = FrameGeometry(meshes) }

    public var meshes: PreparedMeshes { geometry.meshes }
    /// Where the time of all pictures so far went.
    public private(set) var times = RasterTimes()

    /// What a render computes besides visibility and colour.
    public struct Extras {
        /// Flow to a later and to an earlier instant; nil for none.
        public var forward: OtherInstant?
        public var backward: OtherInstant?
        public var normals: Bool
        public init(forward: OtherInstant? = nil, backward: OtherInstant? = nil, normals: Bool = false) {
            (self.forward, self.backward, self.normals) = (forward, backward, normals)
        }
    }

    /// The specialised body; shaders offer a public entry that calls it with their own type.
    ///
    /// - Parameter samples: colour samples per pixel, 1 or 4; visibility always comes from the pixel centre.
    func draw<Shader: SurfaceShader>(
        _ instances: [MeshInstance], camera: RasterCamera, samples: Int, extras: Extras, shader: Shader, pool: WorkerPool, into frame: inout RasterFrame
    ) {
        precondition(samples == 1 || samples == 4)
        let view = View(camera)
        prepare(&frame, view, extras)
        prepareMotions(instances, camera.pose, extras)
        let start = ContinuousClock.now
        geometry.run(instances, view: view, reach: samples == 4 ? SampleGrid.reach : 0, separatesGlass: true, pool: pool)
        times.geometry += (ContinuousClock.now - start).seconds
        geometry.tileTimes.reserve(pool.workers)
        for worker in 0..<pool.workers { geometry.tileTimes.base[worker] = TileTimes() }
        let stage = TileStage(
            records: geometry.recordBase, tilesAcross: geometry.tilesAcross, width: view.width, height: view.height, multisampled: samples == 4)
        let eye = EyeLanes(view)
        let moves = extras.forward != nil || extras.backward != nil
        let resolver = geometry.resolver(Shader.inputs, motionOf: moves ? UnsafePointer(motionOf.base) : nil)
        let drawing = TileDrawing(geometry: geometry, stage: stage, eye: eye, resolver)
        Self.withTargets(&frame) { targets in
            let resolve = TileResolve(
                stage: stage, shader: shader, eye: eye, targets: targets, forward: UnsafePointer(motions.base),
                backward: UnsafePointer(backMotions.base), skyMotion: Int32(instances.count))
            let geometry = geometry
            // Down the columns: neighbours in a row share cache lines of the targets, and would be drawn at the same time.
            pool.run(geometry.tilesAcross * geometry.tilesDown) { item, worker in
                let tile = item % geometry.tilesDown * geometry.tilesAcross + item / geometry.tilesDown
                let scratch = geometry.tileScratch[worker]
                let begun = ContinuousClock.now
                let glass = drawing.run(tile: tile, scratch)
                drawing.resolve(scratch, glass: glass)
                let drawn = ContinuousClock.now
                resolve.run(tileX: tile % stage.tilesAcross * 64, tileY: tile / stage.tilesAcross * 64, hasGlass: glass, scratch)
                geometry.tileTimes.base[worker].draw += (drawn - begun).seconds
                geometry.tileTimes.base[worker].resolve += (ContinuousClock.now - drawn).seconds
            }
        }
        for worker in 0..<pool.workers {
            times.draw += geometry.tileTimes.base[worker].draw
            times.resolve += geometry.tileTimes.base[worker].resolve
        }
    }

    private func prepare(_ frame: inout RasterFrame, _ view: View, _ extras: Extras) {
        if frame.visibility.width != view.width || frame.visibility.height != view.height {
            frame = RasterFrame(width: view.width, height: view.height)
        }
        // Every tile writes all of its pixels.
        func size<Pixel: BitwiseCopyable>(_ image: inout Image<Pixel>, _ wanted: Bool) {
            let (width, height) = wanted ? (view.width, view.height) : (0, 0)
            if image.width != width || image.height != height { image = Image(unwrittenWidth: width, height: height) }
        }
        size(&frame.flowForward, extras.forward != nil)
        size(&frame.flowBackward, extras.backward != nil)
        size(&frame.normals, extras.normals)
    }

    /// One motion per instance and one for the sky; one per triangle of what bends. Instances that stand still share the first that does.
    private func prepareMotions(_ instances: [MeshInstance], _ pose: Pose, _ extras: Extras) {
        guard extras.forward != nil || extras.backward != nil else { return }
        motionOf.reserve(instances.count)
        var still: Int32 = -1
        var next = instances.count + 1
        for (index, instance) in instances.enumerated() {
            let others = [extras.forward, extras.backward].compactMap { $0.flatMap { index < $0.instances.count ? $0.instances[index] : nil } }
            if instance.mesh >= 0, instance.mesh < meshes.meshCount, geometry.deformed.shape(of: instance) != nil, others.contains(where: { $0.shape != instance.shape }) {
                motionOf.base[index] = ~Int32(next)
                next += meshes.attributes.base[Int(instance.mesh)].triangleCount
                continue
            }
            let moved = others.contains { $0.transform != instance.transform }
            if !moved, still < 0 { still = Int32(index) }
            motionOf.base[index] = moved ? Int32(index) : still
        }
        fill(motions, room: next, instances, pose, extras.forward)
        fill(backMotions, room: next, instances, pose, extras.backward)
    }

    private func fill(_ table: Block<Motion>, room: Int, _ instances: [MeshInstance], _ pose: Pose, _ other: OtherInstant?) {
        guard let other else { return }
        table.reserve(room)
        for (index, instance) in instances.enumerated() {
            let there = index < other.instances.count ? other.instances[index] : instance
            if motionOf.base[index] < 0 {
                bend(table.base + Int(~motionOf.base[index]), instance, there, pose, other.pose)
            } else if motionOf.base[index] == Int32(index) {
                let world = there.transform == instance.transform ? .identity : instance.transform.inverse.map { there.transform * $0 } ?? .identity
                table.base[index] = Motion(world: world, from: pose, to: other.pose)
            }
        }
        table.base[instances.count] = Motion(world: nil, from: pose, to: other.pose)
    }

    /// The motion of every triangle of a bent mesh: exact for all its points, as a triangle stays one.
    private func bend(_ table: UnsafeMutablePointer<Motion>, _ here: MeshInstance, _ there: MeshInstance, _ pose: Pose, _ otherPose: Pose) {
        let mesh = meshes.attributes.base[Int(here.mesh)]
        let corners = { (instance: MeshInstance) -> (Int) -> (Vec3, Vec3, Vec3) in
            let shape = self.geometry.deformed.shape(of: instance)
            let at = { (index: UInt32) -> Vec3 in
                instance.transform * Vec3(shape?.positions[Int(index)] ?? self.meshes.vertices.base[mesh.firstVertex + Int(index)].position)
            }
            return { triangle in
                let index = self.meshes.indices.base + (mesh.firstIndex + 3 * triangle)
                return (at(index[0]), at(index[1]), at(index[2]))
            }
        }
        let (from, to) = (corners(here), corners(there))
        for triangle in 0..<mesh.triangleCount {
            table[triangle] = Motion(world: Affine(from: from(triangle), to: to(triangle)), from: pose, to: otherPose)
        }
    }

    package static func withTargets(_ frame: inout RasterFrame, _ body: (FrameTargets) -> Void) {
        let flows = (frame.flowForward.width > 0, frame.flowBackward.width > 0, frame.normals.width > 0)
        frame.visibility.instance.withUnsafeMutableBufferPointer { instance in
        frame.visibility.triangle.withUnsafeMutableBufferPointer { triangle in
        frame.visibility.depth.withUnsafeMutableBufferPointer { depth in
        frame.visibility.glass.withUnsafeMutableBufferPointer { glass in
        frame.color.red.withUnsafeMutableBufferPointer { red in
        frame.color.green.withUnsafeMutableBufferPointer { green in
        frame.color.blue.withUnsafeMutableBufferPointer { blue in
        frame.flowForward.pixels.withUnsafeMutableBytes { forward in
        frame.flowBackward.pixels.withUnsafeMutableBytes { backward in
        frame.normals.pixels.withUnsafeMutableBufferPointer { normals in
            guard let instance = instance.baseAddress, let triangle = triangle.baseAddress, let depth = depth.baseAddress,
                let glass = glass.baseAddress, let red = red.baseAddress, let green = green.baseAddress, let blue = blue.baseAddress
            else { return }
            body(
                FrameTargets(
                    instance: instance, triangle: triangle, depth: depth, glass: glass, red: red, green: green, blue: blue,
                    forward: flows.0 ? forward.baseAddress?.assumingMemoryBound(to: Float.self) : nil,
                    backward: flows.1 ? backward.baseAddress?.assumingMemoryBound(to: Float.self) : nil,
                    normals: flows.2 ? normals.baseAddress : nil))
        }}}}}}}}}}
    }
}
