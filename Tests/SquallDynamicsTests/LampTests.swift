import Foundation
import SquallAssets
import SquallDynamics
import SquallFrames
import SquallMath
import SquallRoads
import SquallScene
import SquallWeather
import SquallWorld
import Testing

/// Who lights what, and when.
@Suite struct LampTests {
    /// A built world of cars on an empty motorway, at an hour of a day in March (Berlin: night at 22, day at 12).
    private func play(_ actors: [ConcreteActor], hour: Double, weather: WeatherTimeline = WeatherTimeline(), road: String? = "e6mini.xodr", seed: UInt64 = 0) throws -> Trajectory {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let catalogue = FileCatalogue(directory: root.appendingPathComponent("Scenes/roads").path, library: .builtIn())
        var scene = ConcreteScene(title: "lamps", seed: seed, road: road, weather: weather, actors: actors.sorted { $0.path < $1.path })
        scene.start = CivilTime(year: 2026, month: 3, day: 20, seconds: hour * 3600, offset: 3600)
        return try Simulation.play(World.build(scene: scene, catalogue: catalogue))
    }

    private func sedan(_ path: String = "ego", lane: Int = -3, s: Double = 60, speed: Double = 25, behaviour: Behaviour = .sequence([]), lights: [LightSwitch] = []) -> ConcreteActor {
        var actor = ConcreteActor(
            path: path, asset: "sedan", category: .car, placement: .lane(LanePosition(road: "0", lane: lane, s: s)), speed: speed, behaviour: behaviour)
        actor.lights = lights
        return actor
    }

    private func fixture(_ path: String, _ asset: String, _ x: Double, lights: [LightSwitch] = []) -> ConcreteActor {
        var actor = ConcreteActor(path: path, asset: asset, category: .pole, placement: .ground(Vec2(x, 40), heading: 0), fixed: true)
        actor.lights = lights
        return actor
    }

    private func at(_ seconds: Double, _ trajectory: Trajectory, _ index: Int = 0) -> LampSet { trajectory.state(at: Ticks(seconds: seconds)).bodies[index].lamps }

    @Test func nightAsksForDippedBeamAndDayDoesNot() throws {
        let vehicle: LampSet = [.dippedBeam, .position, .daytime, .mainBeam]
        #expect(at(1, try play([sedan()], hour: 22)).intersection(vehicle) == [.dippedBeam, .position])
        #expect(at(1, try play([sedan()], hour: 12)).isDisjoint(with: [.dippedBeam, .position, .mainBeam]))
        var fog = WeatherTimeline()
        fog.fogVisibility = .constant(40)
        #expect(at(1, try play([sedan()], hour: 12, weather: fog)).isSuperset(of: [.dippedBeam, .position, .rearFog]))
        var rain = WeatherTimeline()
        rain.rainRate = .constant(20)
        #expect(at(1, try play([sedan()], hour: 12, weather: rain)).contains(.dippedBeam))
    }

    @Test func whoBrakesShowsIt() throws {
        let brake = Behaviour.step(
            BehaviourStep(action: "brake", arguments: [.init(name: "at", value: .number(.constant(5)))], when: .binary(.greater, .elapsed, .constant(1))))
        let trajectory = try play([sedan(behaviour: brake)], hour: 12)
        #expect(!at(0.5, trajectory).contains(.brake))
        #expect(at(2, trajectory).contains(.brake))
    }

    /// UN R6: 60 to 120 flashes a minute. Those of a lane change blink to its side for as long as it lasts.
    @Test(arguments: [true, false]) func indicatorsBlinkDuringALaneChange(left: Bool) throws {
        let change = Behaviour.sequence([
            .step(BehaviourStep(action: "change_lane", arguments: [.init(name: "to", value: .lane(left ? .left : .right)), .init(name: "over", value: .number(.constant(3)))]))
        ])
        let trajectory = try play([sedan(lane: -3, behaviour: change)], hour: 22)
        let (own, other): (LampSet, LampSet) = left ? (.indicatorLeft, .indicatorRight) : (.indicatorRight, .indicatorLeft)
        let shown = (0..<300).map { at(0.01 * Double($0) + 0.01, trajectory) }
        let rises = zip(shown, shown.dropFirst()).filter { !$0.contains(own) && $1.contains(own) }.count
        #expect(shown.filter { $0.contains(own) }.count > 100 && shown.filter { $0.contains(own) }.count < 200)
        #expect((4...5).contains(rises))
        #expect(shown.allSatisfy { $0.isDisjoint(with: other) })
        #expect(at(3.6, trajectory).isDisjoint(with: .indicators) && at(3.95, trajectory).isDisjoint(with: .indicators))
    }

    @Test func authorsHaveTheLastWord() throws {
        #expect(at(1, try play([sedan(lights: [.off])], hour: 22)).isEmpty)
        #expect(at(1, try play([sedan(lights: [.main])], hour: 12)).isSuperset(of: [.mainBeam, .dippedBeam, .position]))
        #expect(at(1, try play([sedan(lights: [.parking])], hour: 22)).intersection([.dippedBeam, .position]) == .position)
        let hazard = try play([sedan(lights: [.auto, .hazard])], hour: 22)
        let shown = (0..<100).map { at(0.01 * Double($0), hazard) }
        #expect(shown.allSatisfy { $0.contains(.dippedBeam) })
        #expect(shown.contains { $0.isSuperset(of: .indicators) } && shown.contains { $0.isDisjoint(with: .indicators) })
    }

    /// A parked car is dark, as are lamps nobody has.
    @Test func parkedCarsAreDark() throws {
        #expect(at(1, try play([sedan(speed: 0)], hour: 22)).isEmpty)
        #expect(at(1, try play([fixture("tree", "tree", 10)], hour: 22)).isEmpty)
    }

    @Test func streetsLightUpAtDusk() throws {
        let things = [fixture("house", "building", 30), fixture("lamp", "lamp_post", 10), fixture("spare", "lamp_post", 60, lights: [.off])]
        let (day, night) = (try play(things, hour: 12, road: nil), try play(things, hour: 20, road: nil))
        #expect(at(0, day).isEmpty && at(0, day, 1).isEmpty && at(0, day, 2).isEmpty)
        #expect(at(0, night, 1) == .street)
        #expect(at(0, night, 2).isEmpty)
        #expect(!at(0, night).isEmpty && at(0, night).isSubset(of: LampSet.allWindows.union(.sign)))
    }

    /// Lit windows follow from seed and path alone; in the evening four rooms of ten are lit, late at night one of eight.
    @Test func windowsAreChosenByPath() throws {
        let houses = (0..<24).map { fixture("house\(String(format: "%02d", $0))", "building", 30 * Double($0)) }
        let lit = { (hour: Double, seed: UInt64) -> [LampSet] in
            try play(houses, hour: hour, road: nil, seed: seed).state(at: .zero).bodies.map(\.lamps)
        }
        let (evening, again, late, other) = (try lit(20, 1), try lit(20, 1), try lit(24.5, 1), try lit(24.5, 2))
        #expect(evening == again && late != other)
        // 24 houses of 14 rooms: 336 draws, three standard deviations.
        func share(_ lit: [LampSet]) -> Double {
            Double(lit.reduce(0) { sum, set in sum + WindowCode.roomGroups.count { set.contains(.windows(group: $0)) } }) / Double(24 * WindowCode.roomGroups.count)
        }
        #expect(abs(share(evening) - 0.4) < 0.08 && abs(share(late) - 0.125) < 0.054, "\(share(evening)), \(share(late))")
        #expect(zip(late, evening).allSatisfy { $0.isSubset(of: $1) })
    }

    /// RiLSA 2015: red and amber for 1 s before green, amber for 3 s after it; never green both ways; red long enough for the other phase.
    @Test func trafficLightsTakeTurns() throws {
        let lights = [
            ("a", Vec2(20, 40), 0.0, "traffic_light"), ("b", Vec2(45, 40), Double.pi, "traffic_light"), ("c", Vec2(32, 52), 0.5 * .pi, "traffic_light"),
            ("d", Vec2(30, 30), 0, "pedestrian_light"),
        ]
        let actors = lights.map { ConcreteActor(path: $0.0, asset: $0.3, category: .trafficLight, placement: .ground($0.1, heading: $0.2), fixed: true) }
        let trajectory = try play(actors, hour: 12)
        let shown = stride(from: 0.25, to: 60, by: 0.5).map { time in (0..<4).map { at(time, trajectory, $0) } }
        let (red, amber, green) = (LampSet(.signalRed), LampSet(.signalAmber), LampSet(.signalGreen))
        for now in shown {
            #expect(now[0] == now[1], "lights that face each other show the same")
            #expect(now[0] != green || now[2] == red)
            #expect(now[2] != green || now[0] == red)
            #expect(now[3] != green || now[0] == green)
            #expect([red, amber, green, red.union(amber)].contains(now[0]) && [red, green].contains(now[3]))
        }
        let seconds = { (light: Int, set: LampSet) in 0.5 * Double(shown.count { $0[light] == set }) }
        #expect(seconds(0, amber) == 3 && seconds(0, red.union(amber)) == 1 && seconds(0, green) == 24 && seconds(2, green) == 24 && seconds(3, green) == 12)
        var told = actors
        told[0].lights = [.red]
        #expect(at(30, try play(told, hour: 12)) == red)
    }
}
