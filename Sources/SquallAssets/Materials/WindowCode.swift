import SquallMath

/// What stands behind one window, told to the shader in the texture coordinates of its pane: near, a room and curtains are built behind glass; far off, a
/// flat pane shows the same room and curtains, drawn by `SurfaceDetail.window`. Both carry the same code, so a lit window is lit at any distance.
///
/// Coordinates are `4 code + place`, the place 0...1 over the window from its lower left corner seen from outside: pixels that reach over its edge still read its code.
public struct WindowCode: Sendable, Equatable {
    /// What hangs behind the pane; the number from 0 to 7 says how far it is drawn. `cloth` is a curtain itself.
    public enum Curtain: Sendable, Equatable {
        case none, wings(Int), blind(Int), cloth

        public var number: Int {
            switch self {
            case .none: 0
            case .wings(let drawn): 1 + (drawn & 7)
            case .blind(let drawn): 9 + (drawn & 7)
            case .cloth: 17
            }
        }
        /// Share of the width that each wing covers.
        public static func wing(_ drawn: Int) -> Double { 0.16 + 0.20 * Double(drawn & 7) / 7 }
        /// Share of the height that a blind covers.
        public static func drop(_ drawn: Int) -> Double { 0.15 + 0.75 * Double(drawn & 7) / 7 }
    }
    public enum Room: Int, Sendable, Equatable { case dwelling, shop, office, goods }

    /// Of `LampSet.windows`, 0...15; 0 stays dark.
    public var group: Int
    public var room: Room
    public var curtain: Curtain
    /// Panes side by side, 1...7, with a frame drawn around them; 0 for what has no frame of its own: walls of a room, curtains.
    public var leaves: Int
    /// Furniture, colours and brightness, 0...15.
    public var tone: Int

    public init(group: Int, room: Room = .dwelling, curtain: Curtain = .none, leaves: Int = 0, tone: Int = 0) {
        (self.group, self.room, self.curtain, self.leaves, self.tone) = (group & 15, room, curtain, min(7, max(0, leaves)), tone & 15)
    }

    /// The groups that dwellings and offices spread over: one room each, lit as the scene draws it.
    public static let roomGroups = 2..<LampSet.windowGroups

    /// Texture coordinates of a place in the window.
    public func at(_ x: Double, _ y: Double) -> Vec2 {
        Vec2(Double(4 * (curtain.number + 32 * leaves)) + x, Double(4 * (group + 16 * room.rawValue + 64 * tone)) + y)
    }

    /// Corners of the whole window, counter-clockwise from the lower left.
    public var corners: (Vec2, Vec2, Vec2, Vec2) { (at(0, 0), at(1, 0), at(1, 1), at(0, 1)) }

    /// The kind of room in the number of a second coordinate.
    public static func room(of number: Int) -> Room { Room(rawValue: number >> 4 & 3) ?? .dwelling }

    /// The lamp group of the window that texture coordinates lie in.
    public static func group(at texture: Vec2) -> Int { Int(((texture.y + 1.5) / 4).rounded(.down)) & 15 }
}
