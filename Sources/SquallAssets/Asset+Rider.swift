import SquallGeometry
import SquallMath

/// Somebody on a two-wheeler.
extension Asset {
    /// The same with a person in its seat: one body with the person's materials after its own, and a box that holds both. Itself where there
    /// is no seat, or nobody to sit. People wear no textures.
    package func ridden(by person: Asset) -> Asset {
        guard let seat, let body = person.figure, case .biped(let gait) = body.gait, let finest = person.levels.first else { return self }
        let riding = Riding(seat, joints: joints, gait, body.skeleton)
        var result = self
        result.materials += person.materials
        result.palettes += person.palettes.map { Palette(slot: $0.slot + materials.count, colors: $0.colors) }
        result.figure = Figure(skeleton: body.skeleton, gait: .riding(riding), keypoints: body.keypoints, soles: [])
        for level in levels.indices {
            result.levels[level].pieces += person.levels[min(level, person.levels.count - 1)].pieces.map { piece in
                var worn = piece
                worn.mesh.parts = piece.mesh.parts.map { Mesh.Part(firstTriangle: $0.firstTriangle, triangleCount: $0.triangleCount, slot: $0.slot + materials.count) }
                return worn
            }
        }
        var (lower, upper) = (boxCenter - boxSize / 2, boxCenter + boxSize / 2)
        // All the way round: knees rise in turn.
        for quarter in 0..<4 {
            let turn = 0.5 * Double.pi * Double(quarter)
            let bones = riding.bones(turned: joints.map { $0.turned(crank: turn) }, steer: 0, body.skeleton)
            for shape in finest.pieces.compactMap({ $0.mesh.deformed(by: bones) }) {
                (lower, upper) = (pointwiseMin(lower, Vec3(shape.bounds.lower)), pointwiseMax(upper, Vec3(shape.bounds.upper)))
            }
        }
        // The middle plane stays where it is.
        let half = max(upper.y, -lower.y)
        (lower.y, upper.y) = (-half, half)
        (result.boxCenter, result.boxSize) = ((lower + upper) / 2, upper - lower)
        return result
    }
}

extension Asset.Joint {
    /// Its own turn when a crank has turned so far, radians.
    fileprivate func turned(crank: Double) -> Double {
        switch kind {
        case .crank: crank
        case .pedal: -crank
        case .wheel, .fork: 0
        }
    }
}
