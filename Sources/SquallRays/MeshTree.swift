import SquallGeometry
import SquallMath

/// The BVH8 of one mesh, its references counted from its own first node and block. A function of the mesh and its parts' traits alone.
final class MeshTree: Sendable {
    // Written by `init` alone, freed by `deinit`.
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<TreeNode>
    nonisolated(unsafe) let blocks: UnsafeMutablePointer<TriangleBlock>
    /// Per triangle: unit normal of the counter-clockwise side in the mesh frame, and the material slot in w.
    nonisolated(unsafe) let faces: UnsafeMutablePointer<SIMD4<Float>>
    let nodeCount: Int
    let blockCount: Int
    /// `Reference.absent` for a mesh without usable triangles.
    let root: UInt32
    /// Of its usable triangles.
    let bounds: BoundingBox
    /// Triangles that can be hit: those with finite corners.
    let triangleCount: Int
    /// What it was made of.
    let mesh: Mesh
    let traits: [SurfaceTraits]

    /// - Parameter traits: by part.
    init(_ mesh: Mesh, _ traits: [SurfaceTraits]) {
        (self.mesh, self.traits) = (mesh, traits)
        var boxes: [BoundingBox] = []
        var numbers: [UInt32] = []
        boxes.reserveCapacity(mesh.triangleCount)
        numbers.reserveCapacity(mesh.triangleCount)
        var bounds = BoundingBox.empty
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
        (self.bounds, triangleCount) = (bounds, boxes.count)
        let builder = boxes.withUnsafeBufferPointer { TreeBuilder($0, leafSize: 8) }
        root = builder.root
        (nodeCount, blockCount) = (builder.nodes.count, builder.leaves.count)
        nodes = allocateAligned(TreeNode.self, builder.nodes.count)
        blocks = allocateAligned(TriangleBlock.self, builder.leaves.count)
        faces = .allocate(capacity: max(1, mesh.triangleCount))
        for (index, node) in builder.nodes.enumerated() { (nodes + index).initialize(to: node) }
        for (index, leaf) in builder.leaves.enumerated() {
            var block = TriangleBlock()
            for (lane, place) in leaf.enumerated() {
                let number = numbers[Int(builder.order[place])]
                block.set(lane, mesh.corners(Int(number & TriangleBlock.numberMask)), number: number)
            }
            (blocks + index).initialize(to: block)
        }
        Self.writeFaces(of: mesh, to: faces)
    }

    deinit {
        UnsafeMutableRawPointer(nodes).deallocate()
        UnsafeMutableRawPointer(blocks).deallocate()
        faces.deallocate()
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

    private static func bits(_ traits: SurfaceTraits) -> UInt32 {
        (traits.contains(.glass) ? TriangleBlock.glassBit : 0) | (traits.contains(.singleSided) ? TriangleBlock.singleSidedBit : 0)
            | (traits.contains(.masked) ? TriangleBlock.maskedBit : 0)
    }
    /// Finite, and small enough that areas stay finite too.
    private static func isUsable(_ p: Vec3f) -> Bool { abs(p.x) < 1e15 && abs(p.y) < 1e15 && abs(p.z) < 1e15 }
}

/// Whole cache lines: a node is four of them, a block five.
func allocateAligned<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * MemoryLayout<T>.stride, alignment: 64).bindMemory(to: T.self, capacity: max(1, count))
}
