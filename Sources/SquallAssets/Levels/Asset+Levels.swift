import SquallGeometry
import SquallMath

/// Levels of detail built from the finest one.
extension Asset {
    /// Pixels per radian at which `Level.distance` holds; other lenses stretch it in proportion.
    public static let referenceFocal = 1000.0
    /// How far a coarser level may seem to move the surface, pixels: below, no change of level shows.
    static let pixelError = 0.7

    /// From this distance on, metres, a level stays within `pixelError` at the reference focal length. The simplifier's error is a root mean
    /// square; twice that bounds what one sees.
    package static func distance(forError error: Double) -> Double { 2 * error * referenceFocal / pixelError }

    /// The same shape with coarser levels after its only one. Shapes of few triangles, and those that resist, keep what they have.
    package func withBuiltLevels() -> Asset {
        guard let finest = levels.first, levels.count == 1, finest.pieces.count == 1 else { return self }
        var result = self
        for level in finest.pieces[0].mesh.builtLevels() {
            result.levels.append(Level(pieces: [Piece(mesh: level.mesh, joint: finest.pieces[0].joint)], distance: level.distance))
        }
        return result
    }
}

extension Mesh {
    /// Coarser versions, each at most six tenths of the triangles before it and aimed at three, down to a few dozen; each serves from a
    /// distance in metres at the reference focal length on. None for meshes of less than 400 triangles or such that resist, nor for those
    /// of more than two million, which would take a minute.
    package func builtLevels() -> [(mesh: Mesh, distance: Double)] {
        var result: [(mesh: Mesh, distance: Double)] = []
        guard (400...2_000_000).contains(triangleCount) else { return result }
        var simplifier = MeshSimplifier(self)
        let limit = Double(bounds.size.length) / 20
        var count = simplifier.triangleCount
        while count >= 400, result.count < 5 {
            simplifier.reduce(to: count * 3 / 10, limit: limit)
            guard simplifier.triangleCount < count * 6 / 10 else { break }
            count = simplifier.triangleCount
            result.append((simplifier.simplified(), max(Asset.distance(forError: simplifier.error), 1.2 * (result.last?.distance ?? 0), 2)))
        }
        return result
    }
}
