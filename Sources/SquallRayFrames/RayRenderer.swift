// SquallRayFrames: pictures, flow and lone coverage by a ray per pixel centre, for lenses that bend and shutters that roll.
// Must never know: light, weather, the world, labels, files.
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRays

/// Fills a frame by a ray per pixel centre: what cameras use whose lens bends, or whose rows look at different instants.
///
/// Visibility, depth, flow and normals have the same meaning as the rasterizer's; occlusion of flow is settled by rays. The result does not
/// depend on the number of workers.
public final class RayRenderer {
    private let meshes: PreparedMeshes

    public init(_ meshes: PreparedMeshes) { self.meshes = meshes }

    /// What a render computes besides visibility and colour.
    public struct Extras {
        public var forward: RayInstant?
        public var backward: RayInstant?
        public var normals: Bool
        public init(forward: RayInstant? = nil, backward: RayInstant? = nil, normals: Bool = false) {
            (self.forward, self.backward, self.normals) = (forward, backward, normals)
        }
    }

    /// - Parameter samples: colour samples per pixel at edges, 1 or 4.
    /// - Returns: where flow ends hidden or outside: 1, else 0; empty pictures for what was not asked for.
    @discardableResult
    public func render(
        _ instances: [MeshInstance], view: RayView, samples: Int, extras: Extras = Extras(), shader: FrameShader, pool: WorkerPool, into frame: inout RasterFrame
    ) -> (forward: Image<UInt8>, backward: Image<UInt8>) {
        precondition(samples == 1 || samples == 4)
        Self.prepare(&frame, view.table, extras)
        let scratch = (0..<pool.workers).map { _ in RayScratch(view, instances, meshes) }
        withExtendedLifetime(shader) {
            Rasterizer.withTargets(&frame) { targets in
                let resolve = RayResolve(view: view, shader: shader, targets: targets, samples: samples)
                nonisolated(unsafe) let scratch = scratch   // one per worker
                pool.run(view.table.height) { row, worker in resolve.cast(row, scratch[worker]) }
                pool.run(view.table.height) { row, worker in resolve.shade(row, scratch[worker]) }
            }
        }
        let none = Image<UInt8>(width: 0, height: 0, filledWith: 0)
        let forward = extras.forward.map { flow(view, instances, $0, frame.visibility, pool, into: &frame.flowForward) } ?? none
        let backward = extras.backward.map { flow(view, instances, $0, frame.visibility, pool, into: &frame.flowBackward) } ?? none
        return (forward, backward)
    }

    /// Flow alone, from what an earlier render saw.
    public func flow(_ view: RayView, _ instances: [MeshInstance], to other: RayInstant, of seen: VisibilityBuffer, pool: WorkerPool) -> Image<SIMD2<Float>> {
        var flow = Image<SIMD2<Float>>(width: view.table.width, height: view.table.height, filledWith: .zero)
        _ = self.flow(view, instances, other, seen, pool, judges: false, into: &flow)
        return flow
    }

    private static func prepare(_ frame: inout RasterFrame, _ table: LensTable, _ extras: Extras) {
        if frame.visibility.width != table.width || frame.visibility.height != table.height { frame = RasterFrame(width: table.width, height: table.height) }
        func size<Pixel>(_ image: inout Image<Pixel>, _ wanted: Bool, _ pixel: Pixel) {
            let (width, height) = wanted ? (table.width, table.height) : (0, 0)
            if image.width != width || image.height != height { image = Image(width: width, height: height, filledWith: pixel) }
        }
        size(&frame.flowForward, extras.forward != nil, .zero)
        size(&frame.flowBackward, extras.backward != nil, .zero)
        size(&frame.normals, extras.normals, .zero)
    }

    /// - Parameter judges: whether rays ask what hides each end.
    private func flow(
        _ view: RayView, _ instances: [MeshInstance], _ other: RayInstant, _ seen: VisibilityBuffer, _ pool: WorkerPool, judges: Bool = true, into flow: inout Image<SIMD2<Float>>
    ) -> Image<UInt8> {
        let table = view.table
        var mask = Image<UInt8>(width: table.width, height: table.height, filledWith: 1)
        let rule = RayFlow(view, instances, to: other, meshes, judges: judges)
        let casters = (0..<pool.workers).map { _ in RayCaster(other.scene) }
        for caster in casters { caster.move(to: other.pose.position) }
        flow.pixels.withUnsafeMutableBufferPointer { flow in
            mask.pixels.withUnsafeMutableBufferPointer { mask in
                nonisolated(unsafe) let (flow, mask, casters) = (flow, mask, casters)   // rows are disjoint
                pool.run(table.height) { y, worker in
                    for x in 0..<table.width {
                        let pixel = y * table.width + x
                        guard table.sees(pixel) else {
                            flow[pixel] = SIMD2(repeating: .nan)
                            continue
                        }
                        let index = seen.instance[pixel]
                        let depth = seen.depth[pixel]
                        let range = table.model.measuresRange ? depth : depth / table.direction(pixel).z
                        let found = rule(x, y, instance: index == VisibilityBuffer.nothing ? nil : Int(index), triangle: Int(seen.triangle[pixel]), range: range, casters[worker])
                        (flow[pixel], mask[pixel]) = (found.flow, found.hidden ? 1 : 0)
                    }
                }
            }
        }
        return mask
    }
}
