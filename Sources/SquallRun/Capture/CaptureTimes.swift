import SquallRaster

/// Where an episode's capture spent its time so far, seconds by the clock. For benchmarks on an idle machine.
struct CaptureTimes {
    /// The instant itself; pictures; where flow ends hidden; from light to pictures of a sensor; the rest of the labels; lidars.
    var world = 0.0, picture = 0.0, hidden = 0.0, sensor = 0.0, labels = 0.0, lidar = 0.0

    static func - (a: CaptureTimes, b: CaptureTimes) -> CaptureTimes {
        CaptureTimes(
            world: a.world - b.world, picture: a.picture - b.picture, hidden: a.hidden - b.hidden, sensor: a.sensor - b.sensor, labels: a.labels - b.labels, lidar: a.lidar - b.lidar)
    }
}

extension EpisodeCapture {
    /// Runs one stage and adds what it took.
    func timed<Result>(_ stage: WritableKeyPath<CaptureTimes, Double>, _ body: () -> Result) -> Result {
        let start = ContinuousClock.now
        defer { times[keyPath: stage] += (ContinuousClock.now - start).seconds }
        return body()
    }
}
