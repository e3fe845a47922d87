import SquallMath

/// The lamps every road vehicle must have (UN R48), at the intensities their own regulations ask for.
enum VehicleLamps {
    /// A pair of each, left and right.
    /// - Parameters:
    ///   - head: middle of the left head lamp's lens; `rear`: of the left rear lamp. Body frame, metres.
    ///   - color: of the head lamps.
    static func lamps(head: Vec3, rear: Vec3, color: Vec3f = LampColor.cool) -> [Lamp] {
        let (ahead, back) = (Vec3(1, 0, 0), Vec3(-1, 0, 0))
        // Candela on the axis: R6 indicators 175...500 ahead and 50...500 behind, R7 rear position 4...17 and brake 60...260, R23 reversing
        // 80...300, R38 rear fog 150...300.
        var lamps: [Lamp] = []
        for side in [1.0, -1.0] {
            let (front, end) = (Vec3(head.x + 0.02, side * head.y, head.z), Vec3(rear.x - 0.02, side * rear.y, rear.z))
            let turn: LampFunction = side > 0 ? .indicatorLeft : .indicatorRight
            lamps.append(Lamp(.dippedBeam, .dipped, at: front, towards: ahead, intensity: 0, color: color))
            lamps.append(Lamp(.mainBeam, .main, at: front, towards: ahead, intensity: 0, color: color))
            lamps.append(Lamp(turn, .lambertian, at: front, towards: ahead, intensity: 250, color: LampColor.amber))
            lamps.append(Lamp(turn, .lambertian, at: end, towards: back, intensity: 150, color: LampColor.amber))
            lamps.append(Lamp(.position, .lambertian, at: end, towards: back, intensity: 8, color: LampColor.red))
            lamps.append(Lamp(.brake, .lambertian, at: end, towards: back, intensity: 90, color: LampColor.red))
        }
        lamps.append(Lamp(.reverse, .lambertian, at: Vec3(rear.x - 0.02, -rear.y * 0.7, rear.z), towards: back, intensity: 200, color: LampColor.neutral))
        lamps.append(Lamp(.rearFog, .lambertian, at: Vec3(rear.x - 0.02, rear.y * 0.7, rear.z), towards: back, intensity: 200, color: LampColor.red))
        return lamps
    }

    /// Adds a shape on the left and its mirror image on the right, each in a slot of its own: indicators.
    static func bothSides(_ mesh: inout MeshBuilder, left: Int, right: Int, _ shape: (inout MeshBuilder, Int) -> Void) {
        var half = MeshBuilder()
        shape(&half, left)
        mesh.append(half)
        mesh.append(half, Affine(x: Vec3(1, 0, 0), y: Vec3(0, -1, 0), z: Vec3(0, 0, 1), translation: .zero), slot: right)
    }
}
