import SquallFrames
import SquallMath

/// What drives. Sizes of two-wheelers are without their riders.
extension Archetype {
    static let vehicles: [Archetype] = [
        Archetype("sedan", .car, .vehicle, size: Vec3(4.70, 1.83, 1.45), originFromRear: 1.02, wheelbase: 2.80, track: 1.57, "a four-door saloon car"),
        Archetype("hatchback", .car, .vehicle, size: Vec3(4.28, 1.79, 1.47), originFromRear: 0.79, wheelbase: 2.63, track: 1.54, "a compact car with a tailgate"),
        Archetype("estate", .car, .vehicle, size: Vec3(4.80, 1.84, 1.48), originFromRear: 1.08, wheelbase: 2.84, track: 1.58, "a station wagon"),
        Archetype("suv", .car, .vehicle, size: Vec3(4.65, 1.90, 1.69), originFromRear: 1.00, wheelbase: 2.70, track: 1.60, "a tall five-door car"),
        Archetype("van", .van, .vehicle, size: Vec3(5.93, 2.02, 2.45), originFromRear: 1.28, wheelbase: 3.64, track: 1.72, "a panel van"),
        Archetype("pickup", .truck, .vehicle, size: Vec3(5.30, 1.89, 1.80), originFromRear: 1.22, wheelbase: 3.18, track: 1.60, "a double-cab pick-up"),
        Archetype("box_truck", .truck, .vehicle, size: Vec3(8.40, 2.50, 3.55), originFromRear: 2.55, wheelbase: 4.50, track: 2.02, "a two-axle lorry with a box body"),
        Archetype("semi", .truck, .vehicle, size: Vec3(16.50, 2.55, 3.95), originFromRear: 11.53, wheelbase: 3.60, track: 2.05, "a tractor with a box semi-trailer"),
        Archetype("coach", .bus, .vehicle, size: Vec3(12.20, 2.55, 3.65), originFromRear: 3.30, wheelbase: 6.10, track: 2.10, "a touring coach"),
        Archetype("city_bus", .bus, .vehicle, size: Vec3(12.00, 2.55, 3.02), originFromRear: 3.40, wheelbase: 5.85, track: 2.10, "a low-floor city bus"),
        Archetype("tram", .tram, .vehicle, size: Vec3(30.00, 2.40, 3.95), originFromRear: 3.20, wheelbase: 23.60, track: 1.50, "a three-section tram"),
        Archetype("police", .car, .vehicle, size: Vec3(4.80, 1.84, 1.61), originFromRear: 1.08, wheelbase: 2.84, track: 1.58, "a police car with a light bar"),
        Archetype("ambulance", .van, .vehicle, size: Vec3(5.93, 2.02, 2.70), originFromRear: 1.28, wheelbase: 3.64, track: 1.72, "an ambulance on a van"),
        Archetype("fire_engine", .truck, .vehicle, size: Vec3(8.60, 2.50, 3.30), originFromRear: 2.85, wheelbase: 4.35, track: 2.05, "a fire engine with a crew cab"),
        Archetype("motorcycle", .motorcycle, .vehicle, size: Vec3(2.07, 0.80, 1.18), originFromRear: 0.31, wheelbase: 1.45, track: 0, "a motorcycle; ridden unless parked"),
        Archetype("scooter", .motorcycle, .vehicle, size: Vec3(1.75, 0.70, 1.20), originFromRear: 0.225, wheelbase: 1.30, track: 0, "a motor scooter; ridden unless parked"),
        Archetype("bicycle", .bicycle, .vehicle, size: Vec3(1.74, 0.60, 1.06), originFromRear: 0.345, wheelbase: 1.05, track: 0, "a bicycle; ridden unless parked"),
        Archetype("wheelchair", .wheelchair, .vehicle, size: Vec3(1.05, 0.65, 0.94), originFromRear: 0.305, wheelbase: 0.44, track: 0.46, "a wheelchair, nobody in it"),
        Archetype("pram", .stroller, .vehicle, size: Vec3(1.02, 0.60, 1.06), originFromRear: 0.32, wheelbase: 0.56, track: 0.44, "a pram or pushchair"),
    ]
}
