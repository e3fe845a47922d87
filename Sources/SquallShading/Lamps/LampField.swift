import CSquallKernels
import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallRaster
import SquallWeather
import SquallWorld

/// What artificial light a frame has; part of a `FrameRequest`.
public struct ArtificialLight: Sendable {
    /// Lit lamps, world frame.
    public var lamps: [PlacedLamp] = []
    /// Which lamps shine on each object, by id, entry 0 the ground; what is missing shines not.
    public var lit: [LampSet] = []
    /// Id of the body that carries the camera: its lamps always have shadows. 0 for none.
    public var carrier: UInt16 = 0
    /// How many lamps cast shadows at most, the nearest first.
    public var shadows = 10
    public init() {}
    public init(lamps: [PlacedLamp], lit: [LampSet], carrier: UInt16 = 0) { (self.lamps, self.lit, self.carrier) = (lamps, lit, carrier) }

    /// Lux on a white surface in their light, for white balance: 10 lx, a lit road's, in the mean colour of what lights the road.
    var white: Vec3 {
        let road = lamps.filter { $0.lamp.beam == .dipped || $0.lamp.beam == .lantern }
        guard !road.isEmpty else { return .zero }
        return road.reduce(Vec3.zero) { $0 + Vec3($1.lamp.color) } * (10 / Double(road.count))
    }
}

/// All lamps of one frame in the form the shader reads: sources, clusters, shadow maps, and what is lit on each instance.
final class LampField: @unchecked Sendable {   // filled before a frame is shaded, read by its workers
    let beams = BeamTables()
    let shadows = LampShadows()
    let haze = LampHaze()
    /// Nothing is lit.
    private(set) var isDark = true
    /// Lux that count for nothing.
    private(set) var threshold = 0.02
    /// Taken off what every lamp gives, lux: a quarter of that.
    var negligible: Float { Float(threshold * 0.25) }
    private var sources: UnsafeMutablePointer<LampSource> = .allocate(capacity: 1)
    private var lists: UnsafeMutablePointer<UInt16> = .allocate(capacity: 1)
    private var starts: UnsafeMutablePointer<Int32> = .allocate(capacity: 1)
    private var tilesAcross = 1, tilesDown = 1
    private var instanceLamps: UnsafeMutablePointer<InstanceLamps> = .allocate(capacity: 1)

    /// What shines on one instance.
    struct InstanceLamps {
        var lit: UInt64
        /// First of the head lamp beams of its object, and how many follow it; seen from far a pair is one.
        var firstBeam: Int32
        var beams: Int32
    }

    /// Pairs further away than this are one source, metres: 1.2 m apart they are a pixel or two.
    private static let joinDistance: Float = 90

    /// By day most lamps light nothing that one could see: those that reach less far are left out, metres.
    private static let leastRange: Float = 4

    /// Shadows show from where a lamp adds a fifth to the light ten metres before it: it reaches this far then, metres.
    private static let shadowRange: Float = 80

    /// So many of the nearest have maps of full size.
    private static let sharpShadows = 3

    deinit {
        sources.deallocate()
        lists.deallocate()
        starts.deallocate()
        instanceLamps.deallocate()
    }

    /// - Parameter bent: the lens is no pinhole, so the view's tiles say nothing.
    /// - Parameter ambient: lux from the sky and the sun; what lamps add counts from 1/300 of it on, and from 0.02 lx on in the dark.
    func fill(
        _ light: ArtificialLight, instances: [MeshInstance], view: RasterCamera, bent: Bool = false, ambient: Double, rasterizer: Rasterizer, pool: WorkerPool
    ) {
        let eye = view.pose.position
        let threshold = max(0.02, ambient / 300)
        self.threshold = threshold
        var found: [LampSource] = []
        var placed: [PlacedLamp] = []
        for lamp in light.lamps {
            let source = LampSource(lamp, eye: eye, threshold: threshold)
            guard source.range > Self.leastRange, found.count < Int(UInt16.max) else { continue }
            if let last = found.indices.last, found[last].object == source.object, source.object != 0, let pair = Self.partner(of: source, in: found) {
                found[pair].join(source)
            } else {
                found.append(source)
                placed.append(lamp)
            }
        }
        castShadows(&found, placed, light, instances, view, rasterizer, pool)
        isDark = found.isEmpty
        replace(&sources, found)
        let clusters = bent ? LampClusters(everywhere: found) : LampClusters(found, view: view)
        (tilesAcross, tilesDown) = (clusters.tilesAcross, clusters.tilesDown)
        replace(&lists, clusters.lists)
        replace(&starts, clusters.starts)
        note(found, light, instances)
    }

    /// Lamps of a body stand together in the list: its last few are looked through.
    private static func partner(of lamp: LampSource, in found: [LampSource]) -> Int? {
        guard dot(lamp.position, lamp.position) > joinDistance * joinDistance else { return nil }
        for index in found.indices.reversed().prefix(16) {
            let other = found[index]
            if other.object != lamp.object { return nil }
            if other.function == lamp.function, other.beam == lamp.beam, dot(other.forward, lamp.forward) > 0.99 { return index }
        }
        return nil
    }

    /// The carrier's lamps first, then the nearest others to what lies ahead; lamps in one place share a map.
    private func castShadows(
        _ found: inout [LampSource], _ placed: [PlacedLamp], _ light: ArtificialLight, _ instances: [MeshInstance], _ view: RasterCamera, _ rasterizer: Rasterizer,
        _ pool: WorkerPool
    ) {
        let eye = view.pose.position
        let focus = eye + view.pose.rotation * Vec3(0, 0, 12)
        var order = placed.indices.filter { light.shadows > 0 && found[$0].range > Self.shadowRange && LampShadows.Wish(placed[$0]) != nil && (placed[$0].position - eye).length < 80 }
        let rank = { (index: Int) -> Double in
            light.carrier != 0 && placed[index].object == light.carrier ? -1 : (placed[index].position - focus).length
        }
        order.sort { (rank($0), $0) < (rank($1), $1) }
        var wishes: [LampShadows.Wish] = []
        for index in order {
            if let shared = wishes.firstIndex(where: { $0.lamp.position == placed[index].position && $0.lamp.forward == placed[index].forward }) {
                found[index].shadow = Int32(shared)
            } else if wishes.count < light.shadows, let wish = LampShadows.Wish(placed[index], isNear: wishes.count < Self.sharpShadows) {
                found[index].shadow = Int32(wishes.count)
                wishes.append(wish)
            }
        }
        shadows.fill(wishes, eye: eye, instances, rasterizer, pool)
    }

    private func note(_ found: [LampSource], _ light: ArtificialLight, _ instances: [MeshInstance]) {
        var beams = [(first: Int32, count: Int32)](repeating: (-1, 0), count: light.lit.count)
        for (index, lamp) in found.enumerated() where Int(lamp.object) < beams.count && lamp.object != 0 {
            guard lamp.beam == .dipped || lamp.beam == .main else { continue }
            let object = Int(lamp.object)
            if beams[object].count == 0 { beams[object].first = Int32(index) }
            beams[object].count = Int32(index) - beams[object].first + 1
        }
        replace(
            &instanceLamps,
            instances.map { instance in
                let object = Int(instance.object)
                guard light.lit.indices.contains(object) else { return InstanceLamps(lit: 0, firstBeam: -1, beams: 0) }
                return InstanceLamps(lit: light.lit[object].rawValue, firstBeam: beams[object].first, beams: beams[object].count)
            })
    }

    private func replace<Element>(_ target: inout UnsafeMutablePointer<Element>, _ values: [Element]) {
        target.deallocate()
        target = .allocate(capacity: max(1, values.count))
        for (index, value) in values.enumerated() { (target + index).initialize(to: value) }
    }

    /// Which lamps shine on an instance.
    @inline(__always) func lamps(on instance: Int32) -> InstanceLamps { instanceLamps[Int(instance)] }
    @inline(__always) func source(_ index: Int) -> UnsafePointer<LampSource> { UnsafePointer(sources + index) }

    /// The lamps that may reach points of a tile, by the image coordinates of one of them, in a slice of depth.
    @inline(__always) func reaching(x: Float, y: Float, slice: Int32) -> UnsafeBufferPointer<UInt16> {
        let column = min(max(Int(x) >> 6, 0), tilesAcross - 1), row = min(max(Int(y) >> 6, 0), tilesDown - 1)
        let cluster = (row * tilesAcross + column) * LampClusters.slices + Int(slice)
        let first = Int(starts[cluster])
        return UnsafeBufferPointer(start: UnsafePointer(lists + first), count: Int(starts[cluster + 1]) - first)
    }
}
