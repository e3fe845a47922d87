import SquallGeometry
import SquallMath

/// Placed meshes that rays can be cast into, standing still or moving over one interval. Rebuilt per tick; the mesh trees are not.
///
/// Immutable; any number of `RayCaster`s may read it at the same time.
public final class RayScene: Sendable {
    struct Instance {
        /// Local from world: columns for directions, in single precision, and the whole map for origins.
        var columns: (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>)
        var inverse: Affine
        /// The tree of its mesh, or its own when it is bent.
        var nodes: UnsafePointer<TreeNode>
        var blocks: UnsafePointer<TriangleBlock>
        var faces: UnsafePointer<SIMD4<Float>>
        var root: UInt32
        /// Index into `motions`, -1 when it stands still.
        var motion: Int32
        var mesh: Int32
        var object: UInt16
    }

    let trees: MeshTrees
    /// Keeps the trees that instances point into.
    private let rigid: [MeshTree?]
    /// Keeps the trees of bent instances.
    private let bent: [BentTree]
    nonisolated(unsafe) let instances: UnsafeMutablePointer<Instance>   // written by `init` alone
    let motions: [InstanceMotion]
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<TreeNode>
    /// Leaf `i` of the top tree is instance `members[i]`.
    nonisolated(unsafe) let members: UnsafeMutablePointer<UInt32>
    let root: UInt32
    /// What the top tree's coordinates count from.
    let reference: Vec3
    /// Hits index the array the scene was made from; instances left out keep their number.
    public let instanceCount: Int

    /// - Parameters:
    ///   - placed: at the start of the interval; what bends keeps its shape of then. An instance whose placement is singular or not finite is left out.
    ///   - end: the same instances in the same order at the end of the interval; nil when nothing moves.
    ///   - excluded: an object left out: the carrier that a sensor must not see. Ground (0) is never left out.
    public init(_ trees: MeshTrees, _ placed: [MeshInstance], end: [MeshInstance]? = nil, excluding excluded: UInt16? = nil) {
        precondition(end.map { $0.count == placed.count } ?? true, "instances of one interval must share their order")
        self.trees = trees
        trees.prepare(placed, excluding: excluded)
        let known = trees.prepared()
        rigid = known
        instanceCount = placed.count
        instances = .allocate(capacity: max(1, placed.count))
        var (boxes, numbers, motions): ([WorldBox], [UInt32], [InstanceMotion]) = ([], [], [])
        var bent: [BentTree] = []
        for (index, instance) in placed.enumerated() {
            let mesh = Int(instance.mesh)
            let rigid = (known.indices.contains(mesh) ? known[mesh] : nil) ?? trees.none
            var record = Instance(
                columns: (.zero, .zero, .zero), inverse: .identity, nodes: UnsafePointer(rigid.nodes), blocks: UnsafePointer(rigid.blocks),
                faces: UnsafePointer(rigid.faces), root: rigid.root, motion: -1, mesh: instance.mesh, object: instance.object)
            var bounds = rigid.bounds
            if let tree = instance.shape.flatMap({ BentTree(rigid, $0) }) {
                bent.append(tree)
                (record.nodes, record.blocks, record.faces, record.root) = (UnsafePointer(tree.nodes), UnsafePointer(tree.blocks), UnsafePointer(tree.faces), rigid.root)
                bounds = tree.bounds
            }
            if let inverse = instance.transform.inverse, record.root != Reference.absent, excluded != instance.object || instance.object == 0 {
                var box = WorldBox(bounds, instance.transform)
                if let last = end?[index].transform, last != instance.transform {
                    let motion = InstanceMotion(from: instance.transform, to: last)
                    record.motion = Int32(motions.count)
                    motions.append(motion)
                    box = motion.sweptBounds(of: bounds)
                }
                (record.inverse, record.columns) = (inverse, Self.columns(inverse))
                if Self.isUsable(box) {
                    boxes.append(box)
                    numbers.append(UInt32(index))
                }
            }
            (instances + index).initialize(to: record)
        }
        self.motions = motions
        self.bent = bent
        let reference = Self.center(boxes)
        let builder = boxes.map { Self.relative($0, to: reference) }.withUnsafeBufferPointer { TreeBuilder($0, leafSize: 1) }
        (self.reference, root) = (reference, builder.root)
        nodes = allocateAligned(TreeNode.self, builder.nodes.count)
        for (index, node) in builder.nodes.enumerated() { (nodes + index).initialize(to: node) }
        members = .allocate(capacity: max(1, builder.leaves.count))
        for (index, leaf) in builder.leaves.enumerated() { (members + index).initialize(to: numbers[Int(builder.order[leaf.lowerBound])]) }
    }

    deinit {
        instances.deallocate()
        UnsafeMutableRawPointer(nodes).deallocate()
        members.deallocate()
    }

    /// The material slot of a triangle that was hit.
    public func slot(instance: UInt32, triangle: UInt32) -> Int {
        Int(instances[Int(instance)].faces[Int(triangle)].w)
    }

    /// Where an instance stands at a fraction 0...1 of the interval; nil when it stands still.
    public func placement(of instance: Int, at fraction: Double) -> Affine? {
        let motion = instances[instance].motion
        return motion < 0 ? nil : motions[Int(motion)].placement(at: fraction)
    }

    static func columns(_ inverse: Affine) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
        (SIMD4(Vec3f(inverse.x), 0), SIMD4(Vec3f(inverse.y), 0), SIMD4(Vec3f(inverse.z), 0))
    }

    private static func isUsable(_ box: WorldBox) -> Bool {
        let size = box.upper - box.lower
        return max(abs(box.lower.x), abs(box.lower.y), abs(box.lower.z)) < 1e12 && max(size.x, size.y, size.z) < 1e12
    }

    private static func center(_ boxes: [WorldBox]) -> Vec3 {
        guard var all = boxes.first else { return .zero }
        for box in boxes { all.insert(box) }
        return (all.lower + all.upper) * 0.5
    }

    /// In single precision, a little larger than rounding could make it smaller.
    private static func relative(_ box: WorldBox, to reference: Vec3) -> BoundingBox {
        let (lower, upper) = (box.lower - reference, box.upper - reference)
        let extent = max(abs(lower.x), abs(lower.y), abs(lower.z), abs(upper.x), abs(upper.y), abs(upper.z))
        let margin = Vec3(repeating: 1e-4 + 1e-6 * extent)
        return BoundingBox(lower: Vec3f(lower - margin), upper: Vec3f(upper + margin))
    }
}

extension RayScene {
    /// The nearest surface along one ray. For many rays keep a `RayCaster`.
    public func closest(
        origin: Vec3, direction: Vec3, minimum: Float = 0, maximum: Float = .infinity, options: RayOptions = [], skipping object: UInt16? = nil,
        fraction: Double = 0
    ) -> Hit {
        let caster = RayCaster(self)
        caster.move(to: origin, fraction: fraction)
        return caster.closest(Vec3f(direction), minimum: minimum, maximum: maximum, options: options, skipping: object)
    }

    /// Whether anything lies on the ray between `minimum` and `maximum`.
    public func occluded(
        origin: Vec3, direction: Vec3, minimum: Float = 0, maximum: Float, options: RayOptions = [], skipping object: UInt16? = nil, fraction: Double = 0
    ) -> Bool {
        let caster = RayCaster(self)
        caster.move(to: origin, fraction: fraction)
        return caster.occluded(Vec3f(direction), minimum: minimum, maximum: maximum, options: options, skipping: object)
    }
}
