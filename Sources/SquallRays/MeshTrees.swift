import SquallGeometry
import SquallMath

/// One BVH8 per mesh, built once and shared by every tick, sensor and thread.
public final class MeshTrees: Sendable {
    // Written by `init` alone, freed by `deinit`.
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<TreeNode>
    nonisolated(unsafe) let blocks: UnsafeMutablePointer<TriangleBlock>
    /// Per triangle, by mesh: unit normal of the counter-clockwise side in the mesh frame, and the material slot in w.
    nonisolated(unsafe) let faces: UnsafeMutablePointer<SIMD4<Float>>
    /// Where each mesh's faces begin.
    let firstFaces: [Int]
    /// Reference of each mesh's root; `absent` for a mesh without usable triangles.
    let roots: [UInt32]
    /// Meshes with a skin, whose trees a scene fits to their shapes of an instant; nil for rigid ones.
    let skinned: [Mesh?]
    /// Of each mesh: how many nodes and blocks from where on.
    let nodeRanges: [Range<Int>]
    let blockRanges: [Range<Int>]
    /// Holes of alpha-masked parts.
    let cutOuts: CutOuts
    /// Bounds of each mesh's usable triangles.
    let bounds: [BoundingBox]
    public let nodeCount: Int
    public let blockCount: Int
    /// Triangles that can be hit: those with finite corners.
    public let triangleCount: Int
    public var meshCount: Int { roots.count }

    /// - Parameters:
    ///   - pool: builds meshes in parallel; the trees do not depend on it.
    ///   - surface: of a mesh part, by mesh index and material slot.
    public init(
        _ meshes: [Mesh], pool: WorkerPool? = nil, surface: @Sendable @escaping (_ mesh: Int, _ slot: Int) -> RaySurface = { _, _ in RaySurface() }
    ) {
        let surfaces = meshes.indices.map { index in meshes[index].parts.map { surface(index, $0.slot) } }
        var trees = [MeshTree?](repeating: nil, count: meshes.count)
        trees.withUnsafeMutableBufferPointer { table in
            nonisolated(unsafe) let table = table   // each item writes its own entry
            let build: @Sendable (Int, Int) -> Void = { index, _ in table[index] = MeshTree(meshes[index], surfaces[index].map(\.traits)) }
            if let pool { pool.run(meshes.count, build) } else { for index in meshes.indices { build(index, 0) } }
        }
        let built = trees.compactMap { $0 }
        cutOuts = CutOuts(meshes, surfaces)
        nodeCount = built.reduce(0) { $0 + $1.nodes.count }
        blockCount = built.reduce(0) { $0 + $1.blocks.count }
        triangleCount = built.reduce(0) { $0 + $1.triangleCount }
        bounds = built.map(\.bounds)
        nodes = allocateAligned(TreeNode.self, nodeCount)
        blocks = allocateAligned(TriangleBlock.self, blockCount)
        faces = .allocate(capacity: max(1, meshes.reduce(0) { $0 + $1.triangleCount }))
        var firstFaces: [Int] = []
        var face = 0
        for mesh in meshes {
            firstFaces.append(face)
            Self.writeFaces(of: mesh, to: faces + face)
            face += mesh.triangleCount
        }
        self.firstFaces = firstFaces
        skinned = meshes.map { $0.skin == nil ? nil : $0 }
        nodeRanges = Self.ranges(built.map(\.nodes.count))
        blockRanges = Self.ranges(built.map(\.blocks.count))
        var (node, block) = (0, 0)
        var roots: [UInt32] = []
        for tree in built {
            let (nodeBase, blockBase) = (UInt32(node), UInt32(block))
            roots.append(Reference.shifted(tree.root, nodes: nodeBase, leaves: blockBase))
            for item in tree.nodes {
                (nodes + node).initialize(to: item.shifted(nodes: nodeBase, leaves: blockBase))
                node += 1
            }
            for item in tree.blocks {
                (blocks + block).initialize(to: item)
                block += 1
            }
        }
        self.roots = roots
    }

    deinit {
        UnsafeMutableRawPointer(nodes).deallocate()
        UnsafeMutableRawPointer(blocks).deallocate()
        faces.deallocate()
    }

    private static func ranges(_ counts: [Int]) -> [Range<Int>] {
        var end = 0
        return counts.map { count in
            end += count
            return end - count..<end
        }
    }

    static func writeFaces(of mesh: Mesh, to faces: UnsafeMutablePointer<SIMD4<Float>>) {
        faces.initialize(repeating: .zero, count: mesh.triangleCount)
        for part in mesh.parts {
            for triangle in part.firstTriangle..<part.firstTriangle + part.triangleCount {
                let c = mesh.corners(triangle)
                faces[triangle] = SIMD4(cross(c.1 - c.0, c.2 - c.0).normalized, Float(part.slot))
            }
        }
    }
}

/// Whole cache lines: a node is four of them, a block five.
func allocateAligned<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * MemoryLayout<T>.stride, alignment: 64).bindMemory(to: T.self, capacity: max(1, count))
}

/// The tree of one mesh, its references counted from its own first node and block.
private struct MeshTree {
    var nodes: [TreeNode]
    var blocks: [TriangleBlock]
    var root: UInt32
    var bounds: BoundingBox
    var triangleCount: Int

    /// - Parameter traits: by part.
    init(_ mesh: Mesh, _ traits: [SurfaceTraits]) {
        var boxes: [BoundingBox] = []
        var numbers: [UInt32] = []
        boxes.reserveCapacity(mesh.triangleCount)
        numbers.reserveCapacity(mesh.triangleCount)
        bounds = .empty
        for (part, traits) in zip(mesh.parts, traits) {
            let bits = Self.bits(traits)
            for triangle in part.firstTriangle..<part.firstTriangle + part.triangleCount {
                let c = mesh.corners(triangle)
                guard Self.isUsable(c.0), Self.isUsable(c.1), Self.isUsable(c.2) else { continue }
                let box = BoundingBox(lower: pointwiseMin(c.0, pointwiseMin(c.1, c.2)), upper: pointwiseMax(c.0, pointwiseMax(c.1, c.2)))
                bounds.insert(box)
                boxes.append(box)
                numbers.append(UInt32(triangle) | bits)
            }
        }
        triangleCount = boxes.count
        let builder = boxes.withUnsafeBufferPointer { TreeBuilder($0, leafSize: 8) }
        (nodes, root) = (builder.nodes, builder.root)
        blocks = builder.leaves.map { leaf in
            var block = TriangleBlock()
            for (lane, index) in leaf.enumerated() {
                let number = numbers[Int(builder.order[index])]
                block.set(lane, mesh.corners(Int(number & TriangleBlock.numberMask)), number: number)
            }
            return block
        }
    }

    private static func bits(_ traits: SurfaceTraits) -> UInt32 {
        (traits.contains(.glass) ? TriangleBlock.glassBit : 0) | (traits.contains(.singleSided) ? TriangleBlock.singleSidedBit : 0)
            | (traits.contains(.masked) ? TriangleBlock.maskedBit : 0)
    }
    /// Finite, and small enough that areas stay finite too.
    private static func isUsable(_ p: Vec3f) -> Bool { abs(p.x) < 1e15 && abs(p.y) < 1e15 && abs(p.z) < 1e15 }
}
