/// What a texture cuts out of a surface: whole texels, kept or not.
///
/// One rule for all who ask: the texel that holds the point, of the full-sized texture. Rasterizer and rays share it, so that a hole
/// in the picture is a hole for the lidar.
public struct OpacityMask: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// Whether coordinates outside 0...1 wrap; else they clamp.
    public let repeats: Bool
    /// Row by row from the top-left corner.
    private let kept: [Bool]

    /// - Parameters:
    ///   - alpha: 0...255, row by row from the top-left corner.
    ///   - threshold: alpha (0...1) below it is cut away.
    public init(width: Int, height: Int, alpha: some Collection<UInt8>, repeats: Bool, threshold: Float) {
        precondition(width > 0 && height > 0 && alpha.count == width * height)
        (self.width, self.height, self.repeats) = (width, height, repeats)
        kept = alpha.map { Float($0) / 255 >= threshold }
    }

    /// Whether the surface is there. (0, 0) is the texture's top-left corner; what is not finite is kept.
    public func keeps(u: Float, v: Float) -> Bool {
        guard u.isFinite, v.isFinite else { return true }
        return kept[Self.texel(v, of: height, repeats: repeats) * width + Self.texel(u, of: width, repeats: repeats)]
    }

    /// The texel along one axis that holds a finite texture coordinate.
    @inlinable public static func texel(_ t: Float, of size: Int, repeats: Bool) -> Int {
        let unit = repeats ? t - t.rounded(.down) : min(max(t, 0), 1)
        return min(Int(unit * Float(size)), size - 1)
    }
}
