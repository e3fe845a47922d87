import SquallGeometry
import SquallMath

/// The tree of one skinned mesh fitted to its shape of an instant: the same nodes and leaves with other boxes and corners. Bent limbs make
/// boxes larger than a tree built anew would have, and cost a tenth of it.
final class BentTree: Sendable {
    // Written by `init` alone, freed by `deinit`.
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<TreeNode>
    nonisolated(unsafe) let blocks: UnsafeMutablePointer<TriangleBlock>
    nonisolated(unsafe) let faces: UnsafeMutablePointer<SIMD4<Float>>
    let root: UInt32
    let bounds: BoundingBox

    /// nil when the shape is not one of the mesh, or nothing of it can be hit.
    init?(_ trees: MeshTrees, mesh number: Int, _ shape: DeformedShape) {
        guard trees.skinned.indices.contains(number), var mesh = trees.skinned[number], shape.positions.count == mesh.positions.count,
            trees.roots[number] != Reference.absent
        else { return nil }
        mesh.positions = shape.positions
        let (nodeRange, blockRange) = (trees.nodeRanges[number], trees.blockRanges[number])
        nodes = allocateAligned(TreeNode.self, nodeRange.count)
        blocks = allocateAligned(TriangleBlock.self, blockRange.count)
        faces = .allocate(capacity: max(1, mesh.triangleCount))
        MeshTrees.writeFaces(of: mesh, to: faces)
        for (index, source) in blockRange.enumerated() {
            var block = TriangleBlock()
            let old = trees.blocks[source]
            for lane in 0..<8 where !old.x0[lane].isNaN {
                let number = old.numbers[lane]
                block.set(lane, mesh.corners(Int(number & TriangleBlock.numberMask)), number: number)
            }
            (blocks + index).initialize(to: block)
        }
        let back = (nodes: 0 &- UInt32(nodeRange.lowerBound), leaves: 0 &- UInt32(blockRange.lowerBound))
        let shifted = { (reference: UInt32) -> UInt32 in
            reference == Reference.absent ? reference : Reference.isLeaf(reference) ? reference &+ back.leaves : reference &+ back.nodes
        }
        for (index, source) in nodeRange.enumerated() {
            var node = trees.nodes[source]
            for slot in 0..<8 { node.children[slot] = shifted(node.children[slot]) }
            (nodes + index).initialize(to: node)
        }
        root = shifted(trees.roots[number])
        bounds = Self.fit(root, nodes, blocks)
    }

    deinit {
        UnsafeMutableRawPointer(nodes).deallocate()
        UnsafeMutableRawPointer(blocks).deallocate()
        faces.deallocate()
    }

    /// Sets the boxes of everything below a reference, and gives the box of it all.
    private static func fit(_ reference: UInt32, _ nodes: UnsafeMutablePointer<TreeNode>, _ blocks: UnsafeMutablePointer<TriangleBlock>) -> BoundingBox {
        var box = BoundingBox.empty
        if Reference.isLeaf(reference) {
            let block = blocks[Reference.leafIndex(reference)]
            for lane in 0..<8 where !block.x0[lane].isNaN {
                box.insert(Vec3f(block.x0[lane], block.y0[lane], block.z0[lane]))
                box.insert(Vec3f(block.x1[lane], block.y1[lane], block.z1[lane]))
                box.insert(Vec3f(block.x2[lane], block.y2[lane], block.z2[lane]))
            }
            return box
        }
        for slot in 0..<8 where nodes[Int(reference)].children[slot] != Reference.absent {
            let child = nodes[Int(reference)].children[slot]
            let own = fit(child, nodes, blocks)
            nodes[Int(reference)].set(slot, own, child)
            box.insert(own)
        }
        return box
    }
}
