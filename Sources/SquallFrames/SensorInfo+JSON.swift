import SquallMath

/// How a sensor stands in `episode.json`: one flat object. `type` says which facts follow: `camera` those of `PinholeCamera` and of its `Lens`, which
/// names the `model`, `lidar` those of `LidarModel`, whose name is the `model`. Rotations are w, x, y, z as everywhere in files.
extension SensorInfo: Codable {
    private enum Key: String, CodingKey { case name, type, model, carrier, rate, mount }
    private enum MountKey: String, CodingKey { case position, rotation }
    private enum Kinds: String, Codable { case camera, lidar }

    public func encode(to encoder: any Encoder) throws {
        var sensor = encoder.container(keyedBy: Key.self)
        try sensor.encode(name, forKey: .name)
        try sensor.encode(carrier, forKey: .carrier)
        try sensor.encode(rate, forKey: .rate)
        var place = sensor.nestedContainer(keyedBy: MountKey.self, forKey: .mount)
        try place.encode(mount.position, forKey: .position)
        try place.encode([mount.rotation.w, mount.rotation.x, mount.rotation.y, mount.rotation.z], forKey: .rotation)
        switch kind {
        case .camera(let camera):
            try sensor.encode(Kinds.camera, forKey: .type)
            try lens.encode(to: encoder)
            try camera.encode(to: encoder)
        case .lidar(let lidar):
            try sensor.encode(Kinds.lidar, forKey: .type)
            try lidar.encode(to: encoder)
        }
    }

    /// - Throws: `DecodingError` for a type or camera model that is unknown, and for a rotation that is not four numbers.
    public init(from decoder: any Decoder) throws {
        let sensor = try decoder.container(keyedBy: Key.self)
        let place = try sensor.nestedContainer(keyedBy: MountKey.self, forKey: .mount)
        let turn = try place.decode([Double].self, forKey: .rotation)
        guard turn.count == 4 else { throw DecodingError.dataCorruptedError(forKey: .rotation, in: place, debugDescription: "a rotation is w, x, y, z") }
        let kind: Kind
        var lens = Lens.pinhole
        switch try sensor.decode(Kinds.self, forKey: .type) {
        case .camera:
            lens = try Lens(from: decoder)
            kind = .camera(try PinholeCamera(from: decoder))
        case .lidar: kind = .lidar(try LidarModel(from: decoder))
        }
        self.init(
            name: try sensor.decode(String.self, forKey: .name), kind: kind,
            mount: Pose(position: try place.decode(Vec3.self, forKey: .position), rotation: Quaternion(w: turn[0], x: turn[1], y: turn[2], z: turn[3])),
            carrier: try sensor.decode(UInt16.self, forKey: .carrier), rate: try sensor.decode(Double.self, forKey: .rate), lens: lens)
    }
}
