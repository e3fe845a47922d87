import Foundation
import SquallAssets
import SquallFrames
import SquallMath
import SquallScene
import SquallWorld

/// When the lamps of one object are lit: fixed for an episode, asked at any instant.
///
/// Drivers signal (`DriverSignals`); daylight, the author's word and the rhythm of flashing lamps do the rest. No memory: the same
/// instant always gives the same answer.
struct LampRules: Sendable {
    /// Every lamp the object has; nothing else is ever lit.
    let available: LampSet
    private let switches: [LightSwitch]
    private let isVehicle: Bool
    /// Nobody is in it.
    private let isParked: Bool
    /// Where in its rhythm each object's flasher is, 0..<1.
    private let phase: Double
    /// Which windows are lit in the evening, and late at night.
    private let evening: LampSet, late: LampSet
    /// Of a traffic light.
    private let program: SignalProgram?

    /// UN R6: 60...120 flashes a minute, lit for half of it.
    static let indicatorRate = 1.5
    /// UN R65: 2...4 flashes a second.
    static let beaconRate = 2.0

    init(_ object: World.Object, in scene: ConcreteScene, program: SignalProgram? = nil) {
        self.program = program
        available = object.lampSet
        let actor = object.actor.flatMap { scene.actors.indices.contains($0) ? scene.actors[$0] : nil }
        switches = actor?.lights ?? []
        isVehicle = object.archetype.flatMap(Archetype.named)?.motion == .vehicle || !object.lampSet.isDisjoint(with: [.dippedBeam, .position, .brake])
        isParked = actor?.isParked ?? true
        var random = CounterRandom(seed: scene.seed, sample: UInt32(truncatingIfNeeded: scene.index), path: "\(object.path).lamps")
        phase = random.uniform()
        var (evening, late) = (LampSet(), LampSet())
        // A dwelling shows light in four rooms of ten in the evening, in one of eight late at night; some shops keep their windows lit.
        for group in 0..<LampSet.windowGroups {
            let draw = random.uniform(), isChosen = group == LampSet.shopGroup
            if draw < (isChosen ? 1 : 0.4) { evening.insert(.windows(group: group)) }
            if draw < (isChosen ? 0.3 : 0.125) { late.insert(.windows(group: group)) }
        }
        (self.evening, self.late) = (evening, late)
    }

    /// What is lit.
    /// - Parameters:
    ///   - signals: what the driver shows, flashing lamps steady.
    ///   - time: seconds since the episode's start.
    func lit(_ signals: LampSet, _ daylight: Daylight, at time: Double) -> LampSet {
        guard !available.isEmpty, !switches.contains(.off) else { return [] }
        var set = isParked ? [] : signals
        for word in switches where word != .auto { set.formUnion(ordered(word)) }
        if switches.isEmpty || switches.contains(.auto) { set.formUnion(isVehicle ? automatic(daylight) : fixture(daylight).union(program?.lit(at: time) ?? [])) }
        if !set.isDisjoint(with: [.dippedBeam, .mainBeam]) { set.subtract(.daytime) }
        let isOn = (time * Self.indicatorRate + phase).truncatingRemainder(dividingBy: 1).magnitude < 0.5
        if !isOn { set.subtract(.indicators) }
        // Double flashes: 60 ms each, 120 ms apart.
        let beat = (time * Self.beaconRate + phase).truncatingRemainder(dividingBy: 1).magnitude / Self.beaconRate
        if !(beat < 0.06 || (0.12..<0.18).contains(beat)) { set.subtract(.beacon) }
        return set.intersection(available)
    }

    private func automatic(_ daylight: Daylight) -> LampSet {
        if isParked { return [] }
        var set: LampSet = daylight.asksForDippedBeam ? [.position, .dippedBeam] : [.daytime]
        if daylight.asksForRearFog { set.insert(.rearFog) }
        set.insert(.beacon)
        return set
    }

    private func fixture(_ daylight: Daylight) -> LampSet {
        var set = LampSet()
        if daylight.asksForStreetLight(share: phase) { set.insert(.street) }
        if daylight.asksForSigns { set.insert(.sign) }
        if daylight.isDim { set.formUnion(daylight.isLate ? late : evening) }
        return set
    }

    /// Groups of windows that far buildings show light in: four rooms of ten in the evening, one of eight late at night. Which window is of which group is drawn
    /// where they are laid out.
    static func farWindows(_ daylight: Daylight) -> LampSet {
        guard daylight.isDim else { return [] }
        let rooms = WindowCode.roomGroups, count = daylight.isLate ? rooms.count / 8 + 1 : rooms.count * 4 / 10 + 1
        return rooms.prefix(count).reduce(into: LampSet()) { $0.insert(.windows(group: $1)) }
    }

    private func ordered(_ word: LightSwitch) -> LampSet {
        switch word {
        case .auto, .off: []
        case .on: isVehicle ? [.position, .dippedBeam] : LampSet([.street, .sign]).union(.allWindows)
        case .parking: .position
        case .dipped: [.position, .dippedBeam]
        case .main: [.position, .dippedBeam, .mainBeam]
        case .fog: [.position, .dippedBeam, .rearFog]
        case .hazard: .indicators
        case .left: .indicatorLeft
        case .right: .indicatorRight
        case .beacon: .beacon
        case .red: LampSet(.signalRed)
        case .amber: LampSet(.signalAmber)
        case .green: LampSet(.signalGreen)
        }
    }
}
