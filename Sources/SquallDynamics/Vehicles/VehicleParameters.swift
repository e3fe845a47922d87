import SquallMath
import SquallScene
import SquallWeather

/// What a vehicle weighs, where its axles are, and what its engine, brakes and steering can do. SI; positions from the body origin, forward.
public struct VehicleParameters: Sendable, Equatable {
    /// kg; about the vertical axis through the centre of gravity, kg m².
    public var mass: Double, yawInertia: Double
    /// Axles and centre of gravity, metres forward of the body origin.
    public var frontAxle: Double, rearAxle: Double, centre: Double
    /// Height of the centre of gravity, track, tyre radius, metres.
    public var height: Double, track: Double, tyreRadius: Double
    /// Drag coefficient times frontal area; side area; m².
    public var dragArea: Double, sideArea: Double
    /// Share of weight.
    public var rollingResistance = 0.011
    /// Watts; m/s²: what the drive and the brakes give at most.
    public var power: Double, drive: Double, brakes: Double
    /// Front wheel angle, rad; rate, rad/s.
    public var steerLimit: Double, steerRate = 0.7
    /// Share of drive on the front axle, 0...1.
    public var frontDrive: Double
    /// Share of grip an axle loses when its inner wheel lifts.
    public var loadSensitivity = 0.08
    /// Tyre inflation, Pa; tread depth, mm.
    public var pressure = 220_000.0, tread = 5.5
    /// Lean of the body, rad per m/s²: nose dives under braking, outside goes down in a bend.
    public var pitchGradient = 0.0012, rollGradient = 0.003
    /// Friction sets by surface.
    public var tyres = TyreSet.normalised

    public init(
        mass: Double, yawInertia: Double, frontAxle: Double, rearAxle: Double, centre: Double, height: Double, track: Double, tyreRadius: Double,
        dragArea: Double, sideArea: Double, power: Double, drive: Double, brakes: Double, steerLimit: Double, frontDrive: Double
    ) {
        (self.mass, self.yawInertia, self.frontAxle, self.rearAxle, self.centre) = (mass, yawInertia, frontAxle, rearAxle, centre)
        (self.height, self.track, self.tyreRadius, self.dragArea, self.sideArea) = (height, track, tyreRadius, dragArea, sideArea)
        (self.power, self.drive, self.brakes, self.steerLimit, self.frontDrive) = (power, drive, brakes, steerLimit, frontDrive)
    }

    public var wheelbase: Double { frontAxle - rearAxle }
    /// Centre of gravity to front and rear axle, metres.
    public var frontArm: Double { frontAxle - centre }
    public var rearArm: Double { centre - rearAxle }

    /// The car of CommonRoad's set 2, a BMW 320i, drawn on our sedan's wheelbase: same mass, height and share of load per axle.
    public static let sedan = VehicleParameters(
        mass: 1093.3, yawInertia: 2100, frontAxle: 2.80, rearAxle: 0, centre: 1.545, height: 0.55, track: 1.57, tyreRadius: 0.32, dragArea: 0.62,
        sideArea: 6.0, power: 110_000, drive: 4.5, brakes: 10.5, steerLimit: 0.61, frontDrive: 0)

    /// After CommonRoad's set 3, a VW Vanagon, on a longer wheelbase and with the load of a panel van.
    public static let van = VehicleParameters(
        mass: 2200, yawInertia: 5200, frontAxle: 3.64, rearAxle: 0, centre: 1.90, height: 0.85, track: 1.72, tyreRadius: 0.34, dragArea: 1.6,
        sideArea: 12.5, power: 105_000, drive: 3.2, brakes: 9, steerLimit: 0.63, frontDrive: 1)

    /// A half-laden tractor with its semi-trailer as one body: the rear axle of the track is the trailer's bogie, so the outfit
    /// turns about it and cuts corners as a trailer does; it does not fold. Origin: the tractor's rear axle.
    public static let semi = VehicleParameters(
        mass: 26_000, yawInertia: 520_000, frontAxle: 3.60, rearAxle: -7.6, centre: -2.0, height: 1.6, track: 2.05, tyreRadius: 0.50, dragArea: 5.5,
        sideArea: 52, power: 320_000, drive: 1.5, brakes: 7, steerLimit: 0.70, frontDrive: 0)

    /// Scaled from a box, for imported shapes: origin half-way, axles at 30 % from each end, 120 kg per m³.
    public static func scaled(length: Double, width: Double, height: Double, middle: Double) -> VehicleParameters {
        let mass = max(200, 120 * length * width * height)
        var result = sedan
        result.mass = mass
        result.yawInertia = mass * (length * length + width * width) / 12
        (result.frontAxle, result.rearAxle, result.centre) = (middle + 0.3 * length, middle - 0.3 * length, middle)
        (result.height, result.track) = (0.38 * height, 0.86 * width)
        (result.dragArea, result.sideArea) = (0.24 * width * height, 0.85 * length * height)
        result.power = 70 * mass
        return result
    }
}

/// Parameter sets by archetype.
public struct VehicleLibrary: Sendable {
    private var sets: [String: VehicleParameters]
    public init(_ sets: [String: VehicleParameters]) { self.sets = sets }
    public static let standard = VehicleLibrary(VehicleParameters.cast.merging(["sedan": .sedan, "van": .van, "semi": .semi]) { $1 })
    public subscript(archetype: String) -> VehicleParameters? {
        get { sets[archetype] }
        set { sets[archetype] = newValue }
    }
}
