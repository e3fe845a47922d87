import SquallMath

/// Which triangle each pixel centre sees: the one source of every visible label.
///
/// Filled by the rasterizer or by a ray per pixel centre; pixel (x, y) has its centre at (x + .5, y + .5). Rows run
/// downwards. `layer 0` is the nearest opaque or alpha-tested surface, or glass if that is nearer, as labels see it.
public struct VisibilityBuffer: Sendable {
    public static let nothing = UInt32.max

    public let width: Int
    public let height: Int
    /// Index into the frame's instance array, `nothing` for sky.
    public var instance: [UInt32]
    /// Triangle index within the instance's mesh, undefined for sky.
    public var triangle: [UInt32]
    /// z along the optical axis in metres; +infinity for sky.
    public var depth: [Float]
    /// True where the seen surface is glass (colour and lidar look through it, labels stop).
    public var glass: [Bool]

    public init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        instance = Array(repeating: Self.nothing, count: width * height)
        triangle = Array(repeating: 0, count: width * height)
        depth = Array(repeating: .infinity, count: width * height)
        glass = Array(repeating: false, count: width * height)
    }
}
