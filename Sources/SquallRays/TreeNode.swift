import SquallGeometry
import SquallMath

/// Eight child boxes and what hangs below them. 256 bytes, the layout `sq_ray_boxes` reads.
struct TreeNode {
    var lowerX = SIMD8<Float>(repeating: .infinity), upperX = SIMD8<Float>(repeating: -.infinity)
    var lowerY = SIMD8<Float>(repeating: .infinity), upperY = SIMD8<Float>(repeating: -.infinity)
    var lowerZ = SIMD8<Float>(repeating: .infinity), upperZ = SIMD8<Float>(repeating: -.infinity)
    var children = SIMD8<UInt32>(repeating: Reference.absent)
    var reserved = SIMD8<UInt32>.zero

    mutating func set(_ slot: Int, _ box: BoundingBox, _ reference: UInt32) {
        (lowerX[slot], upperX[slot]) = (box.lower.x, box.upper.x)
        (lowerY[slot], upperY[slot]) = (box.lower.y, box.upper.y)
        (lowerZ[slot], upperZ[slot]) = (box.lower.z, box.upper.z)
        children[slot] = reference
    }
}

/// What a child slot holds: the index of an inner node, or of a leaf with the top bit set.
enum Reference {
    static let leafBit: UInt32 = 1 << 31
    static let absent = UInt32.max

    @inline(__always) static func leaf(_ index: Int) -> UInt32 { UInt32(index) | leafBit }
    @inline(__always) static func isLeaf(_ reference: UInt32) -> Bool { reference >= leafBit }
    @inline(__always) static func leafIndex(_ reference: UInt32) -> Int { Int(reference & ~leafBit) }
}

/// Up to eight triangles, corners per axis, then their numbers with the traits in the top three bits. 320 bytes, the layout
/// `sq_ray_triangles` reads. Unused lanes hold NaN, which no test accepts.
struct TriangleBlock {
    static let glassBit: UInt32 = 1 << 31
    static let singleSidedBit: UInt32 = 1 << 30
    static let maskedBit: UInt32 = 1 << 29
    static let numberMask: UInt32 = maskedBit - 1

    var x0 = SIMD8<Float>(repeating: .nan), x1 = SIMD8<Float>(repeating: .nan), x2 = SIMD8<Float>(repeating: .nan)
    var y0 = SIMD8<Float>(repeating: .nan), y1 = SIMD8<Float>(repeating: .nan), y2 = SIMD8<Float>(repeating: .nan)
    var z0 = SIMD8<Float>(repeating: .nan), z1 = SIMD8<Float>(repeating: .nan), z2 = SIMD8<Float>(repeating: .nan)
    var numbers = SIMD8<UInt32>.zero

    mutating func set(_ lane: Int, _ corners: (Vec3f, Vec3f, Vec3f), number: UInt32) {
        (x0[lane], y0[lane], z0[lane]) = (corners.0.x, corners.0.y, corners.0.z)
        (x1[lane], y1[lane], z1[lane]) = (corners.1.x, corners.1.y, corners.1.z)
        (x2[lane], y2[lane], z2[lane]) = (corners.2.x, corners.2.y, corners.2.z)
        numbers[lane] = number
    }
}
