import SquallAssets
import SquallMath

/// A lit lamp where it stands at one instant. World frame.
public struct PlacedLamp: Sendable, Equatable {
    /// Id of the body that carries it; 0 for none.
    public var object: UInt16
    public var lamp: Lamp
    public var position: Vec3
    /// Orthonormal: along the beam, to its left and upwards; a beam that looks down has the body's y axis for up.
    public var forward: Vec3, left: Vec3, up: Vec3

    /// - Parameter body: world from body, without scale.
    public init(_ lamp: Lamp, on body: Pose, scale: Vec3 = Vec3(1, 1, 1), object: UInt16 = 0) {
        (self.object, self.lamp) = (object, lamp)
        position = body * (lamp.position * scale)
        forward = (body.rotation * lamp.direction).normalized
        let upright = abs(lamp.direction.z) > 0.9 ? Vec3(0, 1, 0) : Vec3(0, 0, 1)
        left = cross(body.rotation * upright, forward).normalized
        up = cross(forward, left)
    }
}

extension World {
    /// The lamps that are lit and light something, in object order.
    public func placedLamps(in state: WorldState) -> [PlacedLamp] {
        var result: [PlacedLamp] = []
        for (index, object) in objects.enumerated() where !object.lamps.isEmpty {
            let body = state.bodies[index]
            for lamp in object.lamps where body.lamps.isSuperset(of: lamp.lampSet) {
                result.append(PlacedLamp(lamp, on: body.pose, scale: object.scale, object: UInt16(index + 1)))
            }
        }
        return result
    }

    /// Which lamps shine, by object id; entry 0 is the ground with far buildings on it.
    public func litLamps(in state: WorldState) -> [LampSet] { [state.windows] + state.bodies.map(\.lamps) }
}
