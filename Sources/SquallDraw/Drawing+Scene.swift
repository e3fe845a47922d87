import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath
import SquallScene
import SquallWeather

/// A drawn scene put together: actors in path order, weather, record.
extension Drawing {
    /// Everything drawn and put together.
    func concreteScene() throws -> ConcreteScene {
        var result = ConcreteScene(title: scene.title, text: scene.text, seed: seed, index: index, attempt: attempt, road: scene.network)
        try readWorld(into: &result)
        result.weather = try weather()
        result.record = try recording()
        let instances = try instances()
        var actors = try instances.map(actor)
        result.ego = try egoPath(instances)
        try refuseUnevenRates(instances, actors, result)
        try refuseOverlaps(instances, actors)
        actors += try traffic(beside: instances, ego: result.ego)
        result.actors = actors.sorted { PathOrder.isBefore($0.path, $1.path) }
        result.labels = try labels()
        result.requirements = try temporalRequirements()
        // Params nobody uses are drawn for the record all the same.
        for global in scene.globals where global.isParam { _ = try evaluate(Expression(.global(global.name), global.value.type), Scope(path: global.name)) }
        result.draws = draws.map { EpisodeInfo.Draw(path: $0.key, value: $0.value) }.sorted { PathOrder.isBefore($0.path, $1.path) }
        result.split = try split()
        result.warnings = warnings
        return result
    }

    /// A property of a block, its draws keyed by `path.name`.
    func value(_ block: SceneBlock?, _ name: String, _ path: String) throws -> Value? {
        guard let expression = block?[name] else { return nil }
        return try usable(evaluate(expression, Scope(path: "\(path).\(name)")), expression.origin)
    }

    func number(_ block: SceneBlock?, _ name: String, _ path: String) throws -> Double? {
        guard case .number(let x)? = try value(block, name, path) else { return nil }
        if let allowed = Schema.block(block?.kind ?? "")?.property(name)?.allowed, !allowed.contains(x) {
            throw failure("out-of-range", block?[name]?.origin, "\(path).\(name) was drawn as \(Units.number(x)) (SI), which is impossible", fix: "confine it with within a ... b")
        }
        return x
    }

    private func timed(_ block: SceneBlock?, _ name: String, _ path: String) throws -> TimeValue? {
        switch try value(block, name, path) {
        case .number?: return try number(block, name, path).map(TimeValue.constant)
        case .timed(let value)?:
            let allowed = Schema.block(block?.kind ?? "")?.property(name)?.allowed
            if let allowed, let extent = value.extent, extent.lowerBound < allowed.lowerBound || extent.upperBound > allowed.upperBound {
                let worst = extent.upperBound > allowed.upperBound ? extent.upperBound : extent.lowerBound
                throw failure("out-of-range", block?[name]?.origin, "\(path).\(name) reaches \(Units.number(worst)) (SI), which is impossible")
            }
            // What noise takes out of range is held at its ends, but it cannot swing further than the whole range.
            if let allowed, value.swing > allowed.upperBound - allowed.lowerBound {
                throw failure("out-of-range", block?[name]?.origin, "\(path).\(name) swings by \(Units.number(value.swing)) (SI), which is impossible")
            }
            return value
        default: return nil
        }
    }

    // MARK: world and weather

    private func readWorld(into result: inout ConcreteScene) throws {
        let world = scene.block("world")
        if case .geo(let place)? = try value(world, "place", "world") { result.place = place }
        if case .symbol(let word)? = try value(world, "surroundings", "world"), let kind = Surroundings(rawValue: word) { result.surroundings = kind }
        let zone = try number(world, "zone", "world")
        var moment = (CivilDate(year: 2026, month: 6, day: 21), TimeOfDay(seconds: 43_200))
        if case .moment(let date, let time)? = try value(world, "start", "world") { moment = (date, time) }
        result.start = CivilTime(moment.0, moment.1, at: result.place, zone: zone)
    }

    private func weather() throws -> WeatherTimeline {
        var timeline = WeatherTimeline()
        let block = scene.block("weather")
        if let t = try timed(block, "temperature", "weather") { timeline.temperature = t }
        if let rate = try timed(block?.block("rain"), "rate", "weather.rain") { timeline.rainRate = rate.mapped(factor: 3.6e6, offset: 0) }
        if let visibility = try timed(block?.block("fog"), "visibility", "weather.fog") { timeline.fogVisibility = visibility }
        if let height = try number(block?.block("fog"), "height", "weather.fog") { timeline.fogScaleHeight = height }
        let sky = block?.block("sky")
        if let cover = try timed(sky, "cover", "weather.sky") { timeline.cloudCover = cover }
        if let turbidity = try number(sky, "turbidity", "weather.sky") { timeline.turbidity = turbidity }
        let wind = block?.block("wind")
        if let speed = try timed(wind, "speed", "weather.wind") { timeline.windSpeed = speed }
        if let from = try timed(wind, "from", "weather.wind") { timeline.windFrom = from }
        if let gust = try number(wind, "gust", "weather.wind"), gust > 0 {
            var random = random("weather.wind.gust.noise")
            timeline.windSpeed = .noise(base: timeline.windSpeed, amplitude: gust, period: 3, key: random.nextUInt64())
        }
        let road = block?.block("road")
        if case .symbol(let drainage)? = try value(road, "drainage", "weather.road") {
            timeline.road.drainagePath = ["good": 0.6, "designed": 1, "poor": 2.5][drainage] ?? 1
        }
        if let texture = try number(road, "texture", "weather.road") { timeline.road.texture = texture * 1000 }
        if let water = try number(road, "water", "weather.road") { timeline.road.standingWater = water * 1000 }
        if let wetness = try number(road, "wetness", "weather.road") { timeline.road.initialWetness = wetness }
        return timeline
    }

    func recording() throws -> Recording {
        let block = scene.block("record")
        let standard = Recording()
        return Recording(duration: try number(block, "duration", "record") ?? standard.duration, rate: try number(block, "rate", "record") ?? standard.rate)
    }

    private func labels() throws -> LabelSelection {
        guard let use = try value(scene.block("labels"), "use", "labels") else { return .all }
        var selection: LabelSelection = []
        for word in Self.words(use) {
            if let label = LabelSelection(word: word) { selection.insert(label) }
        }
        return selection
    }

    /// The words of a list, or the one word that stands for it.
    private static func words(_ value: Value) -> [String] {
        let values = if case .list(let list) = value { list } else { [value] }
        return values.compactMap { if case .symbol(let word) = $0 { word } else { nil } }
    }

    /// The split of this sample: keyed by its number alone, so neither attempts nor other draws move it.
    private func split() throws -> String {
        guard case .map(let entries)? = try value(scene.block("dataset"), "split", "dataset") else { return "train" }
        var shares: [(String, Double)] = []
        for entry in entries {
            if case .symbol(let name) = entry.key, case .number(let share) = entry.value { shares.append((name, share)) }
        }
        let total = shares.reduce(0) { $0 + $1.1 }
        guard total > 0, shares.allSatisfy({ $0.1 >= 0 }) else {
            throw failure("bad-split", scene.block("dataset")?["split"]?.origin, "the shares of split must not be negative, nor all zero")
        }
        var random = CounterRandom(seed: seed, sample: UInt32(truncatingIfNeeded: index), path: "dataset.split")
        var rest = random.uniform() * total
        for (name, share) in shares {
            if rest < share { return name }
            rest -= share
        }
        return shares.last { $0.1 > 0 }?.0 ?? "train"
    }

    // MARK: actors

    /// The actor of that name, else the only carrier, else what `record { ego = ... }` says.
    private func egoPath(_ instances: [Instance]) throws -> String? {
        if instances.contains(where: { $0.path == "ego" }) { return "ego" }
        if case .actor(let path?)? = try value(scene.block("record"), "ego", "record") { return path }
        let carriers = instances.filter { $0.template.rig != nil }
        if carriers.count > 1 {
            throw failure("which-ego", carriers[1].template.origin, "several actors carry a rig and none is called ego", fix: "write record { ego = \(carriers[0].path) }")
        }
        return carriers.first?.path
    }

    func actor(_ instance: Instance) throws -> ConcreteActor {
        let placement = try placement(of: instance)
        _ = try pose(of: placement, instance.template["place"]?.origin)
        var (asset, isFile) = ("box", false)
        switch try what(instance) {
        case .archetype(let name): asset = name
        case .asset(let path): (asset, isFile) = (path, true)
        default: break
        }
        var result = ConcreteActor(path: instance.path, asset: asset, assetIsFile: isFile, category: try category(of: instance), placement: placement)
        if case .number(let speed)? = try property("speed", of: instance) { result.speed = speed }
        if case .color(let c)? = try property("color", of: instance) { result.color = Vec3(TransferCurve.decode(c.x), TransferCurve.decode(c.y), TransferCurve.decode(c.z)) }
        if case .vector(let size)? = try property("size", of: instance) {
            guard size.min() > 0, size.max() < 1e4 else { throw failure("bad-size", instance.template["size"]?.origin, "\(instance.path) has an impossible size") }
            result.size = size
        }
        if case .truth(let fixed)? = try property("fixed", of: instance) { result.fixed = fixed }
        if let lights = try property("lights", of: instance) { result.lights = Self.words(lights).compactMap(LightSwitch.init(rawValue:)) }
        if case .symbol(let word)? = try property("holds", of: instance) { result.holds = Belonging(rawValue: word) }
        result.rig = try instance.template.rig.map { try rig($0, instance) }
        if let template = instance.template.behaviour, let behaviour = try behaviour(template, instance) { result.behaviour = behaviour }
        return result
    }
}

extension CivilTime {
    /// A written moment. Local time is UTC + round(longitude / 15 deg) hours unless `zone` (seconds) says otherwise.
    init(_ date: CivilDate, _ time: TimeOfDay, at place: GeoPlace, zone: Double? = nil) {
        let offset = zone ?? (place.longitude * 180 / .pi / 15).rounded() * 3600
        self.init(year: date.year, month: date.month, day: date.day, seconds: time.isUTC ? time.seconds + offset : time.seconds, offset: offset)
        normalize()
    }

    /// Brings seconds into 0 ..< 86400 by moving the date, on the Gregorian calendar continued both ways. Leaves a date more than 100,000 years
    /// away, or an unknown one, as it is.
    package mutating func normalize() {
        var days = (seconds / 86_400).rounded(.down)
        guard abs(days) < 36_600_000 else { return }
        seconds -= days * 86_400
        // A moment before midnight can round up to midnight.
        if seconds >= 86_400 { (seconds, days) = (0, days + 1) }
        guard days != 0 else { return }
        // Counted in years that begin in March, so that the leap day is a year's last; 400 of them have 146,097 days.
        let shifted = (month + 9) % 12
        let written = year - (month < 3 ? 1 : 0)
        var count = written * 365 + Self.floorDivide(written, 4) - Self.floorDivide(written, 100) + Self.floorDivide(written, 400)
        count += (shifted * 306 + 5) / 10 + day - 1 + Int(days)
        var marchYear = Self.floorDivide(10_000 * count + 14_780, 3_652_425)
        func rest(_ y: Int) -> Int { count - (365 * y + Self.floorDivide(y, 4) - Self.floorDivide(y, 100) + Self.floorDivide(y, 400)) }
        if rest(marchYear) < 0 { marchYear -= 1 }
        let ofYear = rest(marchYear)
        let marchMonth = (100 * ofYear + 52) / 3060
        (month, day) = ((marchMonth + 2) % 12 + 1, ofYear - (marchMonth * 306 + 5) / 10 + 1)
        year = marchYear + (marchMonth + 2) / 12
    }

    private static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((b - 1 - a) / b) }
}
