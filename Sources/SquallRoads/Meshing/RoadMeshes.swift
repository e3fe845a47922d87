import SquallFrames
import SquallGeometry
import SquallMath

/// What a piece of the road mesh is made of; the world gives each a `Material`.
public enum RoadMaterial: UInt8, Sendable, CaseIterable {
    case asphalt
    /// Shoulders and paved medians: older, coarser.
    case asphaltShoulder
    case markingWhite, markingYellow
    case kerb, sidewalk, gravel, grass
    /// Coloured asphalt of cycle lanes.
    case bikePath
    /// Pavement beside a painted line, on lanes and on shoulders: knows of the line, so that far lines fade instead of breaking up.
    case besideWhite, besideYellow, besideWhiteShoulder, besideYellowShoulder
    /// Ground beyond the verges.
    case country

    public var category: Category {
        switch self {
        case .asphalt, .asphaltShoulder, .bikePath, .besideWhite, .besideYellow, .besideWhiteShoulder, .besideYellowShoulder: .road
        case .markingWhite, .markingYellow: .laneMarking
        case .kerb, .sidewalk: .sidewalk
        case .gravel, .grass, .country: .terrain
        }
    }
}

extension RoadMaterial {
    /// Whether its second texture coordinate is a `LaneCode`.
    var isAsphalt: Bool { self == .asphalt || self == .asphaltShoulder || self == .bikePath }
}

/// The ground of a world: roads, markings, kerbs, verges and terrain, cut into pieces small enough to cull.
public struct RoadMeshes: Sendable {
    public struct Piece: Sendable {
        /// Metres, relative to `origin`; texture coordinates in metres (along and across the road; x and y on terrain). On asphalt the second is
        /// a `LaneCode`; on paint, and beside it, 0 on the line's axis and 1 at its left edge.
        public var mesh: Mesh
        public var category: Category
        public var material: RoadMaterial
    }
    /// Whole metres to add to every vertex: keeps 32-bit positions exact on maps with large coordinates. Zero for most maps.
    public var origin: Vec3
    public var pieces: [Piece]
    /// The open country the terrain pieces are made from; answers heights off the road.
    public var terrain: Terrain
    public var triangleCount: Int { pieces.reduce(0) { $0 + $1.mesh.triangleCount } }
}

/// How finely roads are meshed.
public struct RoadMeshOptions: Sendable {
    /// Largest distance between mesh and true surface, metres.
    public var chordError = 0.02
    /// Longest piece along a road, metres.
    public var chunk = 32.0
    /// Markings float this far above the surface, metres.
    public var markingLift = 0.004
    /// Only what lies within `range` of `center` is meshed in detail; all when nil.
    public var center: Vec2?
    public var range = 1500.0
    /// The shape of open country.
    public var relief = Relief.rolling
    public init() {}

    /// Whether a piece of road is meshed that has its middle at a point.
    func reaches(_ point: Vec2) -> Bool { center.map { (point - $0).length <= range } ?? true }
}

/// A mesh under construction.
struct MeshDraft {
    var positions: [Vec3f] = []
    var normals: [Vec3f] = []
    var texture: [Vec2f] = []
    var indices: [UInt32] = []

    @inline(__always) mutating func vertex(_ point: Vec3, _ normal: Vec3, _ u: Double, _ v: Double) -> UInt32 {
        positions.append(Vec3f(point))
        normals.append(Vec3f(normal))
        texture.append(Vec2f(Float(u), Float(v)))
        return UInt32(positions.count - 1)
    }

    /// Two triangles over right near a, right far b, left near c, left far d, counter-clockwise seen from outside, split from a to d. Those without area are left out.
    mutating func quad(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
        triangle(a, b, d)
        triangle(a, d, c)
    }

    /// Takes over another draft's triangles.
    mutating func append(_ other: MeshDraft) {
        let base = UInt32(positions.count)
        positions += other.positions
        normals += other.normals
        texture += other.texture
        indices += other.indices.map { $0 + base }
    }

    private mutating func triangle(_ a: UInt32, _ b: UInt32, _ c: UInt32) {
        let (p, q, r) = (positions[Int(a)], positions[Int(b)], positions[Int(c)])
        guard cross(q - p, r - p).lengthSquared > 1e-14 else { return }
        indices += [a, b, c]
    }

    func mesh() -> Mesh? {
        indices.isEmpty ? nil : Mesh(positions: positions, normals: normals, textureCoordinates: texture, indices: indices)
    }
}
