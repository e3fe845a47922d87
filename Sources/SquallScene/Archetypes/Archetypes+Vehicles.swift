import SquallFrames
import SquallMath

/// What drives.
extension Archetype {
    static let vehicles: [Archetype] = [
        Archetype("sedan", .car, .vehicle, size: Vec3(4.70, 1.83, 1.45), originFromRear: 1.02, wheelbase: 2.80, track: 1.57, "a four-door saloon car"),
        Archetype("hatchback", .car, .vehicle, size: Vec3(4.28, 1.79, 1.47), originFromRear: 0.79, wheelbase: 2.63, track: 1.54, "a compact car with a tailgate"),
        Archetype("estate", .car, .vehicle, size: Vec3(4.80, 1.84, 1.48), originFromRear: 1.08, wheelbase: 2.84, track: 1.58, "a station wagon"),
        Archetype("suv", .car, .vehicle, size: Vec3(4.65, 1.90, 1.69), originFromRear: 1.00, wheelbase: 2.70, track: 1.60, "a tall five-door car"),
        Archetype("van", .van, .vehicle, size: Vec3(5.93, 2.02, 2.45), originFromRear: 1.28, wheelbase: 3.64, track: 1.72, "a panel van"),
        Archetype("semi", .truck, .vehicle, size: Vec3(16.50, 2.55, 3.95), originFromRear: 11.53, wheelbase: 3.60, track: 2.05, "a tractor with a box semi-trailer"),
    ]
}
