import SquallGeometry
import SquallMath

/// The tree of one skinned mesh fitted to its shape of an instant: the same nodes and leaves with other boxes and corners. Bent limbs make
/// boxes larger than a tree built anew would have, and cost a tenth of it.
final class BentTree: Sendable {
    // Written by `init` alone, freed by `deinit`.
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<TreeNode>
    nonisolated(unsafe) let blocks: UnsafeMutablePointer<TriangleBlock>
    nonisolated(unsafe) let faces: UnsafeMutablePointer<SIMD4<Float>>
    let bounds: BoundingBox

    /// nil when the shape is not one of the mesh, or nothing of it can be hit.
    init?(_ tree: MeshTree, _ shape: DeformedShape) {
        var mesh = tree.mesh
        guard mesh.skin != nil, shape.positions.count == mesh.positions.count, tree.root != Reference.absent else { return nil }
        mesh.positions = shape.positions
        nodes = allocateAligned(TreeNode.self, tree.nodeCount)
        blocks = allocateAligned(TriangleBlock.self, tree.blockCount)
        faces = .allocate(capacity: max(1, mesh.triangleCount))
        MeshTree.writeFaces(of: mesh, to: faces)
        for index in 0..<tree.blockCount {
            var block = TriangleBlock()
            let old = tree.blocks[index]
            for lane in 0..<8 where !old.x0[lane].isNaN {
                let number = old.numbers[lane]
                block.set(lane, mesh.corners(Int(number & TriangleBlock.numberMask)), number: number)
            }
            (blocks + index).initialize(to: block)
        }
        nodes.initialize(from: tree.nodes, count: tree.nodeCount)
        bounds = Self.fit(tree.root, nodes, blocks)
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
