/// Grain, cracks, wear and dirt that a shader computes from the place on the surface: no texture, no tiling, stable under a moving camera.
public enum SurfaceDetail: UInt8, Sendable, Equatable, CaseIterable {
    case none
    // Ground, in world coordinates.
    case asphalt, concrete, paving, gravel, grass, foliage, farmland, soil, sand, roadPaint
    // Gravel that grass grows into and grass beside it: v is the distance from the pavement over the width of the gravel, `detailColor` the other's albedo.
    case shoulder, verge
    // Upright and sloping faces of what stands still, in world coordinates.
    case plaster, brick, roofTile, bark
    // What one sees in and through a window, by `WindowCode` in its texture coordinates; albedo and glow are the detail's own.
    case window
}
