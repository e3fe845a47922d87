import Foundation
import SquallFrames
import SquallMath
import Testing

/// Sensors as `episode.json` has them.
@Suite struct CalibrationTests {
    private let mount = Pose(position: Vec3(1.6, -0.2, 1.5), rotation: Quaternion(w: 0.5, x: -0.5, y: 0.5, z: -0.5))
    private var camera: SensorInfo { SensorInfo(name: "front", kind: .camera(Samples.camera), mount: mount, carrier: 7, rate: 12.5) }
    private var lidar: SensorInfo { SensorInfo(name: "top", kind: .lidar(Samples.lidar), mount: mount, carrier: 0, rate: 10) }

    private func json(_ sensor: SensorInfo) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(sensor)) as? [String: Any])
    }

    @Test("a sensor is read back as it was written") func roundTrip() throws {
        for sensor in [camera, lidar] { #expect(try JSONDecoder().decode(SensorInfo.self, from: JSONEncoder().encode(sensor)) == sensor) }
    }

    @Test("the keys are those of the manual, all in one object") func keys() throws {
        let (camera, lidar) = (try json(camera), try json(lidar))
        let common = ["name", "type", "model", "carrier", "rate", "mount"]
        #expect(Set(camera.keys) == Set(common + ["width", "height", "fx", "fy", "cx", "cy"]))
        #expect(camera["type"] as? String == "camera" && camera["model"] as? String == "pinhole" && camera["fx"] as? Double == 50 && camera["cy"] as? Double == 20)
        let place = try #require(camera["mount"] as? [String: [Double]])
        #expect(place == ["position": [1.6, -0.2, 1.5], "rotation": [0.5, -0.5, 0.5, -0.5]])
        let facts = [
            "elevations", "azimuthSteps", "minimumRange", "maximumRange", "referenceRange", "referenceReflectance", "rangeNoise", "divergence", "aperture", "wavelength", "returns",
        ]
        #expect(Set(lidar.keys) == Set(common + facts))
        #expect(lidar["type"] as? String == "lidar" && lidar["model"] as? String == "rings" && lidar["azimuthSteps"] as? Int == 40)
    }

    @Test("an unknown type, an unknown camera model and a rotation of three numbers are errors", arguments: [
        ("\"type\":\"camera\"", "\"type\":\"radar\""), ("pinhole", "mirror"), ("[0.5,-0.5,0.5,-0.5]", "[0.5,-0.5,0.5]"),
    ]) func refuses(found: String, instead: String) throws {
        let text = String(decoding: try JSONEncoder().encode(camera), as: UTF8.self)
        #expect(text.contains(found))
        let changed = Data(text.replacingOccurrences(of: found, with: instead).utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SensorInfo.self, from: changed) }
    }
}
