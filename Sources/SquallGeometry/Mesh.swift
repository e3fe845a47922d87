// SquallGeometry: meshes, instances, boxes and the visibility buffer that rasterizer and ray caster both fill.
// Must never know: materials (a part carries an opaque slot number), cameras beyond pixel counts, the world.
import SquallMath

/// An indexed triangle mesh in its own frame, metres. Immutable once built; counter-clockwise seen from outside.
public struct Mesh: Sendable {
    /// A run of triangles with one material slot.
    public struct Part: Sendable, Equatable {
        public var firstTriangle: Int
        public var triangleCount: Int
        /// Added to the instance's `materialBase` to find the material.
        public var slot: Int

        public init(firstTriangle: Int, triangleCount: Int, slot: Int) {
            (self.firstTriangle, self.triangleCount, self.slot) = (firstTriangle, triangleCount, slot)
        }
    }

    public var positions: [Vec3f]
    /// One unit normal per position.
    public var normals: [Vec3f]
    /// One per position, or empty. (0,0) is the top-left of the texture, as in glTF.
    public var textureCoordinates: [Vec2f]
    /// Three per triangle.
    public var indices: [UInt32]
    /// Cover all triangles, in order.
    public var parts: [Part]
    public var bounds: BoundingBox
    /// How it bends; nil for a rigid mesh. Positions and normals are then those at rest.
    public var skin: MeshSkin?

    public var triangleCount: Int { indices.count / 3 }

    public init(positions: [Vec3f], normals: [Vec3f], textureCoordinates: [Vec2f] = [], indices: [UInt32], parts: [Part]? = nil) {
        precondition(normals.count == positions.count && indices.count % 3 == 0)
        precondition(textureCoordinates.isEmpty || textureCoordinates.count == positions.count)
        self.positions = positions
        self.normals = normals
        self.textureCoordinates = textureCoordinates
        self.indices = indices
        self.parts = parts ?? [Part(firstTriangle: 0, triangleCount: indices.count / 3, slot: 0)]
        bounds = BoundingBox(containing: positions)
    }

    /// The three corner positions of a triangle.
    @inlinable public func corners(_ triangle: Int) -> (Vec3f, Vec3f, Vec3f) {
        (positions[Int(indices[3 * triangle])], positions[Int(indices[3 * triangle + 1])], positions[Int(indices[3 * triangle + 2])])
    }
}

/// An axis-aligned box; empty when `lower > upper`.
public struct BoundingBox: Sendable, Equatable {
    public var lower: Vec3f
    public var upper: Vec3f

    @inlinable public init(lower: Vec3f, upper: Vec3f) { (self.lower, self.upper) = (lower, upper) }
    public static let empty = BoundingBox(lower: Vec3f(repeating: .infinity), upper: Vec3f(repeating: -.infinity))

    public init(containing points: [Vec3f]) {
        self = .empty
        for point in points { insert(point) }
    }

    @inlinable public mutating func insert(_ p: Vec3f) { (lower, upper) = (pointwiseMin(lower, p), pointwiseMax(upper, p)) }
    @inlinable public mutating func insert(_ box: BoundingBox) { (lower, upper) = (pointwiseMin(lower, box.lower), pointwiseMax(upper, box.upper)) }
    @inlinable public var isEmpty: Bool { lower.x > upper.x }
    @inlinable public var center: Vec3f { (lower + upper) * 0.5 }
    @inlinable public var size: Vec3f { upper - lower }
    /// The eight corners, x fastest.
    public var corners: [Vec3f] {
        (0..<8).map { Vec3f($0 & 1 == 0 ? lower.x : upper.x, $0 & 2 == 0 ? lower.y : upper.y, $0 & 4 == 0 ? lower.z : upper.z) }
    }
}

/// One placed mesh at one instant. Arrays of instances for different instants of one frame share their order.
public struct MeshInstance: Sendable, Equatable {
    /// Index into the scene's mesh table.
    public var mesh: Int32
    /// Instance id: 1... for objects; 0 for road, terrain and anything that is not an object.
    public var object: UInt16
    /// Raw value of `SquallFrames.Category`.
    public var category: UInt8
    /// The material of a part is `materialBase + part.slot`.
    public var materialBase: Int32
    /// World from mesh, metres.
    public var transform: Affine
    /// Where the vertices of a skinned mesh are at this instant; nil for a mesh as it is.
    public var shape: DeformedShape?

    public init(mesh: Int32, object: UInt16, category: UInt8, materialBase: Int32, transform: Affine, shape: DeformedShape? = nil) {
        (self.mesh, self.object, self.category, self.materialBase, self.transform) = (mesh, object, category, materialBase, transform)
        self.shape = shape
    }

    /// The corners of a triangle of `mesh` in the world, as it is bent at this instant.
    public func corners(_ triangle: Int, of mesh: Mesh) -> (Vec3, Vec3, Vec3) {
        guard let shape, shape.positions.count == mesh.positions.count else {
            let c = mesh.corners(triangle)
            return (transform * Vec3(c.0), transform * Vec3(c.1), transform * Vec3(c.2))
        }
        let at = { (k: Int) in transform * Vec3(shape.positions[Int(mesh.indices[3 * triangle + k])]) }
        return (at(0), at(1), at(2))
    }
}
