import SquallFrames
import SquallGeometry
import SquallMath

/// A shape the world can place: procedural or from a glTF file. Frame: x forward, y left, z up, origin as its archetype says.
///
/// The interface every asset source fills; ids, labels, shading, lidar and shadows need nothing else.
public struct Asset: Sendable {
    /// Something stiff that moves against the body: a wheel.
    public struct Joint: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// Rolls about y with travel (metres of radius); `steered` also turns about z.
            case wheel(radius: Double, steered: Bool)
            /// Front fork with bars and lamp: turns about a unit axis with the steering angle.
            case fork(axis: Vec3)
            /// Turns about y once in so many metres of travel.
            case crank(development: Double)
            /// On a crank of that development; stays level.
            case pedal(development: Double)
        }
        public var kind: Kind
        /// Place in the body, or in the joint it hangs from, at rest.
        public var pivot: Vec3
        /// Index of the joint this one hangs from, nil for the body.
        public var parent: Int?
        public init(kind: Kind, pivot: Vec3, parent: Int? = nil) { (self.kind, self.pivot, self.parent) = (kind, pivot, parent) }
    }

    /// A rigid piece of one level of detail.
    public struct Piece: Sendable {
        /// In the body frame when `joint` is nil, else in the joint's frame (origin at the pivot).
        public var mesh: Mesh
        public var joint: Int?
        /// Stands outside the labelled box: outside mirrors.
        public var protrudes = false
        public init(mesh: Mesh, joint: Int? = nil) { (self.mesh, self.joint) = (mesh, joint) }
    }

    public struct Level: Sendable {
        public var pieces: [Piece]
        /// Used from this distance on, metres; the first level has 0.
        public var distance: Double
        public init(pieces: [Piece], distance: Double) { (self.pieces, self.distance) = (pieces, distance) }
    }

    public var name: String
    public var category: Category
    /// The labelled 3D box in the body frame: centre and size. It encloses all pieces but those that protrude, and touches them on six sides.
    public var boxCenter: Vec3
    public var boxSize: Vec3
    public var joints: [Joint]
    /// Finest first; at least one.
    public var levels: [Level]
    /// Mesh part slots index this list.
    public var materials: [Material]
    /// Slot whose base colour an actor's `color` replaces, nil for none.
    public var paintSlot: Int?
    /// Textures the materials refer to, by index into this list.
    public var textures: [Texture]
    /// Colours among which each actor chooses, keyed by its path.
    public var palettes: [Palette]

    /// Bones and gait of what bends; its meshes then have skins. nil for stiff things.
    public var figure: Figure?
    /// Where a rider sits; nil for what is not ridden.
    public var seat: Seat?
    /// What lights the surroundings.
    public var lamps: [Lamp] = []

    /// The colours one slot may take.
    public struct Palette: Sendable, Equatable {
        public var slot: Int
        /// Linear, sRGB primaries; a colour listed twice is twice as likely.
        public var colors: [Vec3f]
        public init(slot: Int, colors: [Vec3f]) { (self.slot, self.colors) = (slot, colors) }
    }

    public init(
        name: String, category: Category, boxCenter: Vec3, boxSize: Vec3, joints: [Joint] = [], levels: [Level], materials: [Material],
        paintSlot: Int? = nil, textures: [Texture] = [], palettes: [Palette] = []
    ) {
        (self.name, self.category, self.boxCenter, self.boxSize) = (name, category, boxCenter, boxSize)
        (self.joints, self.levels, self.materials, self.paintSlot, self.textures, self.palettes) = (joints, levels, materials, paintSlot, textures, palettes)
    }
}
