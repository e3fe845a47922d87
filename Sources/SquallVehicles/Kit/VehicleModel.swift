import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene
import SquallSkins

/// Puts bodies, mirrors and wheels of all levels together into an asset.
package struct VehicleModel {
    /// A wheel's place; `turned` faces right.
    struct Placed {
        var pivot: Vec3
        var wheel: RoadWheel
        var steered = false
    }
    /// What moves against the body besides wheels: fork, crank, pedals.
    struct Part {
        var joint: Asset.Joint
        /// At a level, in the body frame at rest.
        var skin: (Int) -> Skin
    }
    let archetype: Archetype
    let finish: VehicleFinish
    let wheels: [Placed]
    /// From this distance on each level is shown, metres.
    var distances: [Double] = [0, 16, 45, 110]
    var lamps: [Lamp] = []
    /// Two-wheelers end where their wheels do: their bodies keep their length.
    var fitsLength = true
    /// Wheels are never finer than at this level: skirts hide a tram's.
    var finestWheels = 0
    /// Parents first; steered wheels hang on the first fork.
    var parts: [Part] = []
    var seat: Seat?

    /// Front pair steered, rear pair not, at wheelbase and track of the archetype.
    static func fourWheels(_ a: Archetype, _ wheel: RoadWheel) -> [Placed] {
        [(a.wheelbase, 1.0), (a.wheelbase, -1.0), (0, 1.0), (0, -1.0)].map { x, side in
            Placed(pivot: Vec3(x, side * a.track / 2, wheel.radius), wheel: wheel, steered: x > 0)
        }
    }

    /// - Parameters:
    ///   - protruding: what stands outside the labelled box: mirrors, nil for none.
    ///   - body: the body of a level; it is stretched by the last millimetres to fill the archetype's box.
    func asset(_ variant: Variant, protruding: ((Int) -> Skin)? = nil, body: (Int) -> Skin) -> Asset {
        let a = archetype
        let rear = -a.originFromRear
        let levels = distances.indices.map { level -> Asset.Level in
            var skin = body(level)
            var ends = [skin.positions.count]
            for part in parts {
                skin.append(part.skin(level))
                ends.append(skin.positions.count)
            }
            skin.fit(x: fitsLength ? rear...(rear + a.size.x) : nil, halfWidth: a.size.y / 2, height: a.size.z)
            var pieces = [Asset.Piece(mesh: skin.part(0..<ends[0], movedBy: .zero).mesh())]
            for k in parts.indices where ends[k] < ends[k + 1] { pieces.append(Asset.Piece(mesh: skin.part(ends[k]..<ends[k + 1], movedBy: -place(k)).mesh(), joint: k)) }
            if level < 3, let mirrors = protruding?(level), mirrors.triangleCount > 0 {
                var piece = Asset.Piece(mesh: mirrors.mesh())
                piece.protrudes = true
                pieces.append(piece)
            }
            return Asset.Level(pieces: pieces + wheelPieces(level), distance: distances[level])
        }
        let fork = parts.firstIndex { if case .fork = $0.joint.kind { true } else { false } }
        let joints = parts.map(\.joint) + wheels.map { placed -> Asset.Joint in
            if placed.steered, let fork { return Asset.Joint(kind: .wheel(radius: placed.wheel.radius, steered: false), pivot: placed.pivot - place(fork), parent: fork) }
            return Asset.Joint(kind: .wheel(radius: placed.wheel.radius, steered: placed.steered), pivot: placed.pivot)
        }
        var asset = Asset(
            a, joints: joints, levels: levels, materials: finish.materials(), paintSlot: VehicleSlot.paint,
            palettes: [Asset.Palette(slot: VehicleSlot.paint, colors: finish.paint.map(finish.dusted)), Asset.Palette(slot: VehicleSlot.box, colors: finish.box.map(finish.dusted))])
        asset.textures = [NumberPlate.texture(variant)]
        (asset.lamps, asset.seat) = (lamps, seat)
        return asset
    }

    /// Body from the joint of a part at rest.
    private func place(_ part: Int) -> Vec3 {
        let joint = parts[part].joint
        return (joint.parent.map { place($0) } ?? .zero) + joint.pivot
    }

    /// Equal wheels on one side share a mesh.
    private func wheelPieces(_ level: Int) -> [Asset.Piece] {
        var known: [(RoadWheel, left: Mesh, right: Mesh)] = []
        return wheels.enumerated().map { index, placed in
            let wheel = placed.wheel
            if !known.contains(where: { $0.0 == wheel }) {
                var skin = wheel.skin(level: max(level, finestWheels))
                if wheel.isOpen { skin.append(RoadWheel.turned(skin)) }
                known.append((wheel, skin.mesh(), RoadWheel.turned(skin).mesh()))
            }
            let meshes = known.first { $0.0 == wheel }
            return Asset.Piece(mesh: (placed.pivot.y >= 0 ? meshes?.left : meshes?.right) ?? Mesh(positions: [], normals: [], indices: []), joint: parts.count + index)
        }
    }

    private static let red = LampColor.red, amber = LampColor.amber, white = Vec3f(1.02, 1, 0.92)

    /// The usual lights of a motor vehicle. Candela on the axis, within UN R6 for indicators (175...500 ahead, 50...500 behind), R7 for position
    /// (4...17) and brake lamps (60...260), R23 for reversing (80...300).
    /// - Parameters: (y, z) of the lamps on the left, x of nose and tail.
    static func lights(nose: Double, back: Double, head: Vec2, tail: Vec2) -> [Lamp] {
        var lamps: [Lamp] = []
        for side in [1.0, -1.0] {
            let (front, rear) = (Vec3(nose - 0.06, side * head.x, head.y), Vec3(back - 0.02, side * tail.x, tail.y))
            lamps += headLights(front) + tailLights(rear)
            lamps.append(Lamp(.reverse, .lambertian, at: rear, towards: Vec3(-1, 0, 0), intensity: 120, color: white))
            lamps += indicators(side, front + Vec3(0, side * 0.08, 0), rear + Vec3(0, side * 0.05, 0))
        }
        return lamps
    }

    /// Lights of a motor two-wheeler (UN R53): one head lamp and one tail lamp in the middle, indicators out on both sides, none for reversing.
    /// - Parameters: where lamps and indicators on the left are.
    static func centreLights(head: Vec3, tail: Vec3, indicators ahead: Vec3, behind: Vec3) -> [Lamp] {
        let mirrored = { (p: Vec3, side: Double) in Vec3(p.x, side * p.y, p.z) }
        return headLights(head) + tailLights(tail) + [1.0, -1.0].flatMap { indicators($0, mirrored(ahead, $0), mirrored(behind, $0)) }
    }

    private static func headLights(_ p: Vec3) -> [Lamp] {
        let ahead = Vec3(1, 0, 0)
        return [
            Lamp(.dippedBeam, .dipped, at: p, towards: ahead, intensity: 0, color: white), Lamp(.mainBeam, .main, at: p, towards: ahead, intensity: 0, color: white),
            Lamp(.daytime, .lambertian, at: p, towards: ahead, intensity: 500, color: white),
        ]
    }

    private static func tailLights(_ p: Vec3) -> [Lamp] {
        let behind = Vec3(-1, 0, 0)
        return [Lamp(.position, .lambertian, at: p, towards: behind, intensity: 8, color: red), Lamp(.brake, .lambertian, at: p, towards: behind, intensity: 80, color: red)]
    }

    /// - Parameter side: left is 1, right -1.
    private static func indicators(_ side: Double, _ front: Vec3, _ rear: Vec3) -> [Lamp] {
        let turn: LampFunction = side > 0 ? .indicatorLeft : .indicatorRight
        return [
            Lamp(turn, .lambertian, at: front, towards: Vec3(1, 0, 0), intensity: 250, color: amber),
            Lamp(turn, .lambertian, at: rear, towards: Vec3(-1, 0, 0), intensity: 150, color: amber),
        ]
    }

    /// A car of the kit.
    static func car(_ archetype: Archetype, _ variant: Variant, _ form: CarForm, _ finish: VehicleFinish, extra: ((inout Skin, Int, CarBody) -> Void)? = nil) -> Asset {
        let wheel = RoadWheel(radius: form.tyre, width: form.tyreWidth, rim: form.rim, style: form.wheel)
        var model = VehicleModel(archetype: archetype, finish: finish, wheels: fourWheels(archetype, wheel))
        let half = form.size.y / 2
        model.lamps = lights(nose: form.nose, back: form.back, head: Vec2(0.72 * half, form.noseZ - 0.065), tail: Vec2(0.78 * half, form.beltRear - 0.1))
        return model.asset(variant, protruding: { CarBody.mirrors(form, level: $0) }) { level in
            var body = CarBody(form, level: level)
            extra?(&body.skin, level, body)
            return body.skin
        }
    }
}
