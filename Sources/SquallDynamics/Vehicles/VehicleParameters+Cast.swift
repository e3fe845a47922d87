import SquallScene

/// Parameters of the rest of the cast: axles and box from the archetype, masses and powers of typical vehicles of their kind, half laden.
extension VehicleParameters {
    /// - Parameters:
    ///   - rearShare: share of the weight on the rear axle.
    ///   - height: of the centre of gravity, metres. `drag`: coefficient. `track`: nil for the archetype's.
    private static func named(
        _ name: String, mass: Double, rearShare: Double, height: Double, tyre: Double, drag: Double, power: Double, drive: Double, brakes: Double, steer: Double,
        frontDrive: Double, track: Double? = nil
    ) -> VehicleParameters? {
        guard let a = Archetype.named(name) else { return nil }
        // A uniform slab has L2 + W2 over 12; engines and axles stand nearer to the middle.
        let inertia = 0.85 * mass * (a.size.x * a.size.x + a.size.y * a.size.y) / 12
        return VehicleParameters(
            mass: mass, yawInertia: inertia, frontAxle: a.wheelbase, rearAxle: 0, centre: a.wheelbase * (1 - rearShare), height: height, track: track ?? a.track, tyreRadius: tyre,
            dragArea: drag * 0.85 * a.size.y * a.size.z, sideArea: 0.85 * a.size.x * a.size.z, power: power, drive: drive, brakes: brakes, steerLimit: steer, frontDrive: frontDrive)
    }

    /// Leans into bends until weight and cornering force meet in the tyre: tan(lean) = a / g, for the leans that happen.
    private static func leaning(_ parameters: VehicleParameters?) -> VehicleParameters? {
        guard var leaned = parameters else { return nil }
        (leaned.rollGradient, leaned.pitchGradient) = (-1 / 9.81, 0.002)
        return leaned
    }

    static let cast: [String: VehicleParameters] = {
        // Two-wheelers shift no load sideways: they lean; a wide nominal track keeps the formula's share near zero.
        let sets: [(String, VehicleParameters?)] = [
            ("hatchback", named("hatchback", mass: 1300, rearShare: 0.40, height: 0.53, tyre: 0.315, drag: 0.31, power: 85_000, drive: 4, brakes: 10, steer: 0.62, frontDrive: 1)),
            ("estate", named("estate", mass: 1600, rearShare: 0.46, height: 0.56, tyre: 0.33, drag: 0.30, power: 120_000, drive: 4.2, brakes: 10, steer: 0.61, frontDrive: 1)),
            ("suv", named("suv", mass: 1750, rearShare: 0.45, height: 0.65, tyre: 0.36, drag: 0.34, power: 125_000, drive: 4, brakes: 9.8, steer: 0.60, frontDrive: 0.6)),
            ("pickup", named("pickup", mass: 2200, rearShare: 0.45, height: 0.72, tyre: 0.385, drag: 0.42, power: 130_000, drive: 3.5, brakes: 9.2, steer: 0.60, frontDrive: 0)),
            ("police", named("police", mass: 1750, rearShare: 0.46, height: 0.57, tyre: 0.33, drag: 0.33, power: 160_000, drive: 4.8, brakes: 10.3, steer: 0.61, frontDrive: 0)),
            ("ambulance", named("ambulance", mass: 3300, rearShare: 0.52, height: 0.95, tyre: 0.345, drag: 0.40, power: 120_000, drive: 3, brakes: 8.8, steer: 0.63, frontDrive: 0)),
            ("box_truck", named("box_truck", mass: 9000, rearShare: 0.60, height: 1.35, tyre: 0.44, drag: 0.60, power: 160_000, drive: 1.9, brakes: 7.5, steer: 0.75, frontDrive: 0)),
            ("fire_engine", named("fire_engine", mass: 13_500, rearShare: 0.60, height: 1.35, tyre: 0.48, drag: 0.65, power: 220_000, drive: 1.9, brakes: 7.5, steer: 0.75, frontDrive: 0)),
            ("coach", named("coach", mass: 16_500, rearShare: 0.64, height: 1.35, tyre: 0.48, drag: 0.45, power: 300_000, drive: 1.6, brakes: 7, steer: 0.80, frontDrive: 0)),
            ("city_bus", named("city_bus", mass: 15_000, rearShare: 0.64, height: 1.15, tyre: 0.48, drag: 0.55, power: 210_000, drive: 1.4, brakes: 6.5, steer: 0.80, frontDrive: 0)),
            ("tram", named("tram", mass: 42_000, rearShare: 0.5, height: 1.4, tyre: 0.31, drag: 0.6, power: 480_000, drive: 1.3, brakes: 2.8, steer: 0.70, frontDrive: 0.5)),
            ("motorcycle", leaning(named("motorcycle", mass: 290, rearShare: 0.52, height: 0.60, tyre: 0.31, drag: 0.6, power: 65_000, drive: 6, brakes: 8.5, steer: 0.5, frontDrive: 0, track: 4))),
            ("scooter", leaning(named("scooter", mass: 200, rearShare: 0.56, height: 0.55, tyre: 0.225, drag: 0.65, power: 9_000, drive: 3, brakes: 7, steer: 0.6, frontDrive: 0, track: 4))),
            ("bicycle", leaning(named("bicycle", mass: 92, rearShare: 0.55, height: 0.95, tyre: 0.345, drag: 0.9, power: 350, drive: 1, brakes: 4.5, steer: 0.7, frontDrive: 0, track: 6))),
            ("wheelchair", named("wheelchair", mass: 90, rearShare: 0.7, height: 0.5, tyre: 0.305, drag: 1, power: 120, drive: 0.6, brakes: 2, steer: 1.0, frontDrive: 0)),
            ("pram", named("pram", mass: 40, rearShare: 0.6, height: 0.5, tyre: 0.15, drag: 1, power: 100, drive: 0.8, brakes: 2, steer: 1.0, frontDrive: 0)),
        ]
        var result: [String: VehicleParameters] = [:]
        for (name, set) in sets { result[name] = set }
        return result
    }()
}
