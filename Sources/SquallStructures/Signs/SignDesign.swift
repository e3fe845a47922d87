import SquallAssets
import SquallMath

/// One sign of the Vienna convention (1968) as German, Austrian and most European road law has it: the shape of its plate and what is on it.
struct SignDesign: Sendable {
    enum Plate: Sendable {
        case circle, triangle, inverted, octagon, diamond, rectangle
    }
    var plate: Plate
    /// Height over width of the face.
    var aspect = 1.0
    /// Pixels across.
    var pixels = 192
    var draw: @Sendable (inout SignFace) -> Void

    init(_ plate: Plate, aspect: Double? = nil, pixels: Int = 192, _ draw: @escaping @Sendable (inout SignFace) -> Void) {
        (self.plate, self.pixels, self.draw) = (plate, pixels, draw)
        self.aspect = aspect ?? (plate == .triangle || plate == .inverted ? 0.9 : 1)
    }

    func face() -> SignFace {
        var face = SignFace(aspect: aspect, width: pixels, ground: SignFace.white)
        draw(&face)
        return face
    }

    /// The plate's edge in face coordinates, counter-clockwise seen by the reader, all convex; touches -1...1 and -aspect...aspect.
    func outline(corners: Int) -> [Vec2] {
        switch plate {
        case .circle: Contour.circle(.zero, 1, corners: corners)
        case .octagon: Self.stretched(Contour.regular(.zero, 1, corners: 8, angle: .pi / 8), aspect)
        case .diamond: Self.stretched(Contour.rounded([Vec2(0, -1), Vec2(1, 0), Vec2(0, 1), Vec2(-1, 0)], radius: 0.12, steps: max(1, corners / 12)), aspect)
        case .rectangle: Contour.rounded(Contour.rectangle(Vec2(-1, -aspect), Vec2(1, aspect)), radius: 0.1 * min(1, aspect), steps: max(1, corners / 12))
        case .triangle: Self.stretched(Contour.rounded([Vec2(-1, -0.87), Vec2(1, -0.87), Vec2(0, 0.87)], radius: 0.13, steps: max(1, corners / 12)), aspect)
        case .inverted: Self.stretched(Contour.rounded([Vec2(0, -0.87), Vec2(1, 0.87), Vec2(-1, 0.87)], radius: 0.13, steps: max(1, corners / 12)), aspect)
        }
    }

    /// Rounded corners fall short of the edges: the outline is stretched to them.
    private static func stretched(_ points: [Vec2], _ aspect: Double) -> [Vec2] {
        let (lower, upper) = points.reduce((Vec2(repeating: .infinity), Vec2(repeating: -.infinity))) { (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1)) }
        return points.map { Vec2(2 * ($0.x - lower.x) / (upper.x - lower.x) - 1, (2 * ($0.y - lower.y) / (upper.y - lower.y) - 1) * aspect) }
    }

    /// A border of `width` inside the plate's own outline.
    func bordered(_ face: inout SignFace, _ color: Vec3f, within ground: Vec3f, width: Double) {
        let outer = outline(corners: 48)
        face.fill(outer, color)
        let center = plate == .triangle ? Vec2(0, -aspect / 3) : plate == .inverted ? Vec2(0, aspect / 3) : .zero
        let share = plate == .triangle || plate == .inverted ? 1 - 1.75 * width : 1 - width
        face.fill(outer.map { center + ($0 - center) * share }, ground)
    }

    // MARK: Families

    /// White with a red ring: what is forbidden.
    static func prohibition(_ symbol: @escaping @Sendable (inout SignFace) -> Void) -> SignDesign {
        SignDesign(.circle) { face in
            face.fill(Contour.circle(.zero, 1, corners: 64), SignFace.red)
            face.fill(Contour.circle(.zero, 0.78, corners: 64), SignFace.white)
            symbol(&face)
        }
    }

    static func limit(_ number: Int) -> SignDesign {
        prohibition { face in
            let text = "\(number)"
            face.text(text, at: Vec2(0, 0), height: text.count > 2 ? 0.62 : 0.80, limit: text.count > 2 ? 1.22 : 1.1, SignFace.black)
        }
    }

    /// A triangle on its base: what is dangerous.
    static func warning(_ symbol: @escaping @Sendable (inout SignFace) -> Void) -> SignDesign {
        SignDesign(.triangle) { face in
            SignDesign(.triangle) { _ in }.bordered(&face, SignFace.red, within: SignFace.white, width: 0.145)
            symbol(&face)
        }
    }

    /// White on a blue disc: what one must do.
    static func mandatory(_ symbol: @escaping @Sendable (inout SignFace) -> Void) -> SignDesign {
        SignDesign(.circle) { face in
            face.fill(Contour.circle(.zero, 1, corners: 64), SignFace.white)
            face.fill(Contour.circle(.zero, 0.955, corners: 64), SignFace.blue)
            symbol(&face)
        }
    }

    /// White on a blue panel: what one should know.
    static func panel(aspect: Double = 1, pixels: Int = 192, _ color: Vec3f = SignFace.blue, edge: Vec3f = SignFace.white, _ symbol: @escaping @Sendable (inout SignFace) -> Void) -> SignDesign {
        SignDesign(.rectangle, aspect: aspect, pixels: pixels) { face in
            SignDesign(.rectangle, aspect: aspect) { _ in }.frame(&face, color, edge)
            symbol(&face)
        }
    }

    private func frame(_ face: inout SignFace, _ color: Vec3f, _ edge: Vec3f) {
        let thin = 0.05 * min(1, aspect)
        face.fill(outline(corners: 24), edge)
        face.fill(Contour.rounded(Contour.rectangle(Vec2(-1 + thin, -aspect + thin), Vec2(1 - thin, aspect - thin)), radius: 0.08 * min(1, aspect)), color)
    }
}
