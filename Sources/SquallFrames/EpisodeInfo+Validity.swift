import SquallMath

/// A description read from a file may hold any number that its type can: what follows from it is only worked out when it makes sense.
extension EpisodeInfo {
    /// The first fact that no episode can have, in words such as `rate is 1e+300, not within 1e-06 to 1e+06`; nil when all are possible.
    public var fault: String? {
        let facts: [(name: String, value: Double, range: ClosedRange<Double>)] = [
            ("index", Double(index), 0...Double(UInt32.max)), ("attempt", Double(attempt), 0...1e9), ("frameCount", Double(frameCount), 1...1e8), ("rate", rate, Self.rates),
            ("latitude", latitude, -90...90), ("longitude", longitude, -360...360),
        ]
        for fact in facts where !fact.range.contains(fact.value) {
            return "\(fact.name) is \(Units.number(fact.value)), not within \(Units.number(fact.range.lowerBound)) to \(Units.number(fact.range.upperBound))"
        }
        for sensor in sensors { if let fault = sensor.fault { return fault } }
        for object in objects where !(object.size.min() >= 0 && object.size.max() <= 1e6) { return "the size of \(object.path.prefix(60)) is impossible" }
        for lane in lanes {
            for point in lane.centerline where !(max(abs(point.x), abs(point.y), abs(point.z)) <= 1e9) {
                return "the centerline of road \(lane.road.prefix(60)), lane \(lane.lane) is out of reach"
            }
        }
        return nil
    }

    /// Frames a second that anything may have: one in a fortnight, or a million.
    static let rates = 1e-6...1e6
}

extension SensorInfo {
    /// What is impossible about the sensor, in words; nil when nothing is.
    var fault: String? {
        let isPossible =
            switch kind {
            case .camera(let camera): camera.isPossible && CameraModel(camera, lens: lens).fault == nil
            case .lidar(let lidar): lidar.isPossible
            }
        guard isPossible else { return "the facts of the sensor \(name.prefix(60)) are impossible" }
        let (place, turn) = (mount.position, mount.rotation)
        for number in [place.x, place.y, place.z, turn.w, turn.x, turn.y, turn.z] where !(abs(number) <= 1e6) {
            return "the mount of the sensor \(name.prefix(60)) is out of reach"
        }
        // None of its own: it goes with the record.
        return rate == 0 || EpisodeInfo.rates.contains(rate) ? nil : "the rate of the sensor \(name.prefix(60)) is \(Units.number(rate)), not within 1e-06 to 1e+06"
    }
}

extension PinholeCamera {
    fileprivate var isPossible: Bool {
        let sides = 1...65_536, lengths = 1e-3...1e9, places = -1e9...1e9
        return sides.contains(width) && sides.contains(height) && lengths.contains(fx) && lengths.contains(fy) && places.contains(cx) && places.contains(cy)
    }
}

extension LidarModel {
    fileprivate var isPossible: Bool {
        let angles = -Double.pi...Double.pi, ranges = 0...1e6
        return (1...10_000).contains(elevations.count) && elevations.allSatisfy { angles.contains($0) } && (1...10_000_000).contains(azimuthSteps)
            && ranges.contains(minimumRange) && ranges.contains(maximumRange)
    }
}
