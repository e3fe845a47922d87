import Foundation
import SquallMath
import SquallWeather

/// Models of wet roads, tyres and stopping as functions of the language.
extension PhysicsFunction {
    /// Water on the road and what it does to light and tyres.
    static let road: [PhysicsFunction] = [
        PhysicsFunction(
            "film_depth",
            [.init("rain", .speed), .init("texture", .length, default: 0.5e-3), .init("path", .length, default: 7.3), .init("slope", .none, default: 0.02)], .length,
            "Water above the texture of a draining road, never below 0.", source: "Gallaway et al. 1979, FHWA-RD-79-31"
        ) { WaterFilm.gallaway(rate: millimetresPerHour($0[0]), texture: $0[1] * 1e3, path: $0[2], slope: $0[3]) * 1e-3 },
        PhysicsFunction(
            "rrl_depth", [.init("rain", .speed), .init("path", .length, default: 7.3), .init("slope", .none, default: 0.02)], .length, "Water depth on a draining road.",
            source: "Russam, Ross 1968"
        ) {
            WaterFilm.rrl(rate: millimetresPerHour($0[0]), path: $0[1], slope: $0[2]) * 1e-3
        },
        PhysicsFunction(
            "wet_albedo", [.init("albedo", .none), .init("index", .none, default: 1.33)], .none, "Albedo of a rough surface once wet.", source: "Angstrom 1925; Lekner, Dorf 1988"
        ) {
            WetReflectance.wetAlbedo($0[0], index: $0[1])
        },
        PhysicsFunction(
            "fresnel_water", [.init("angle", .angle), .init("index", .none, default: 1.33)], .none, "Reflectance of smooth water at an angle of incidence, unpolarised.",
            source: "Fresnel 1823"
        ) {
            WetReflectance.fresnel(angle: $0[0], index: $0[1])
        },
        PhysicsFunction(
            "schlick_water", [.init("angle", .angle), .init("normal_reflectance", .none, default: WetReflectance.waterF0)], .none,
            "Schlick's approximation of the Fresnel reflectance.", source: "Schlick 1994"
        ) {
            WetReflectance.schlick(angle: $0[0], f0: $0[1])
        },
        PhysicsFunction("hydroplaning_speed", [.init("pressure", .pressure)], .speed, "Speed at which a tyre floats on deep water.", source: "Horne, Dreher 1963") {
            Hydroplaning.horneSpeed(pressure: $0[0])
        },
        PhysicsFunction(
            "gallaway_hydroplaning_speed",
            [
                .init("film", .length), .init("texture", .length, default: 0.5e-3), .init("pressure", .pressure, default: 220_000),
                .init("tread", .length, default: Hydroplaning.treadDepth * 1e-3), .init("spin_down", .none, default: 10),
            ], .speed, "Speed at which a tyre floats on a film; spin-down in per cent as a plain number.", source: "Gallaway et al. 1979, FHWA-RD-79-31"
        ) { Hydroplaning.gallawaySpeed(film: $0[0] * 1e3, texture: $0[1] * 1e3, pressure: $0[2], tread: $0[3] * 1e3, spinDown: $0[4]) },
    ]

    private static func curve(_ name: String, _ tyre: TyreCurve, _ surface: String, source: String) -> PhysicsFunction {
        PhysicsFunction(name, [.init("slip", .none)], .none, "Tyre force over load at a slip, \(surface).", source: source) { tyre.value(slip: $0[0]) }
    }
    private static func onRoad(_ a: [Double]) -> TyreCurve {
        var surface = SurfaceState()
        surface.filmDepth = max(0, a[0]) * 1e3
        (surface.wetness, surface.ice, surface.snowDepth, surface.texture) = (a[2], a[3], a[4], a[5] * 1e3)
        return TyreSet.normalised.curve(on: surface, speed: a[1])
    }
    private static let roadParameters: [Parameter] = [
        .init("film", .length), .init("speed", .speed, default: 50 / 3.6), .init("wetness", .none, default: 1), .init("ice", .none, default: 0),
        .init("snow", .length, default: 0), .init("texture", .length, default: 0.5e-3),
    ]

    /// Tyres and stopping.
    static let tyres: [PhysicsFunction] = [
        PhysicsFunction("friction", roadParameters, .none, "Peak friction of a car tyre on a road surface.", source: "Pacejka sets; Gallaway et al. 1979") {
            onRoad($0).peak.value
        },
        PhysicsFunction("sliding_friction", roadParameters, .none, "Friction of a locked wheel on a road surface.", source: "Pacejka sets; Gallaway et al. 1979") {
            onRoad($0).sliding
        },
        PhysicsFunction(
            "magic_formula", [.init("slip", .none), .init("b", .none), .init("c", .none), .init("d", .none), .init("e", .none)], .none, "D sin(C atan(Bx - E(Bx - atan Bx))).",
            source: "Bakker, Nyborg, Pacejka 1987"
        ) {
            TyreCurve(b: $0[1], c: $0[2], d: $0[3], e: $0[4]).value(slip: $0[0])
        },
        curve("tyre_curve_dry", .dry, "dry asphalt", source: "after Pacejka"), curve("tyre_curve_wet", .wet, "wet asphalt", source: "after Pacejka"),
        curve("tyre_curve_snow", .snow, "snow", source: "after Pacejka"), curve("tyre_curve_ice", .ice, "ice", source: "after Pacejka"),
        curve("tyre_curve_measured_dry", .measuredDry, "dry asphalt, measured", source: "Braghin et al. 2006; Berntorp 2014"),
        curve("tyre_curve_measured_wet", .measuredWet, "wet asphalt, measured", source: "Braghin et al. 2006; Berntorp 2014"),
        curve("tyre_curve_measured_snow", .measuredSnow, "snow, measured", source: "Braghin et al. 2006; Berntorp 2014"),
        curve("tyre_curve_measured_ice", .measuredIce, "ice, measured", source: "Braghin et al. 2006; Berntorp 2014"),
        PhysicsFunction(
            "brush_tyre", [.init("slip_angle", .angle), .init("load", .force), .init("friction", .none), .init("stiffness", .corneringStiffness)], .force,
            "Side force of a brush tyre.", source: "Pacejka 2012"
        ) { BrushTyre(friction: $0[2], stiffness: $0[3]).lateralForce(slipAngle: $0[0], load: $0[1]) },
        PhysicsFunction(
            "brush_sliding_angle", [.init("load", .force), .init("friction", .none), .init("stiffness", .corneringStiffness)], .angle,
            "Slip angle from which all of a brush tyre's contact slides.", source: "Pacejka 2012"
        ) { BrushTyre(friction: $0[1], stiffness: $0[2]).slidingAngle(load: $0[0]) },
        PhysicsFunction(
            "magic_formula_1989_side", [.init("slip_angle", .angle), .init("load", .force)], .force, "Side force of a passenger tyre under a load.",
            source: "Pacejka, Bakker, Lidner 1989"
        ) { MagicFormula89.lateralForce(degrees: $0[0] * 180 / .pi, load: $0[1]) },
        PhysicsFunction(
            "magic_formula_1989_drive", [.init("slip", .none), .init("load", .force)], .force, "Driving or braking force of a passenger tyre under a load.",
            source: "Pacejka, Bakker, Lidner 1989"
        ) { MagicFormula89.longitudinalForce(percent: $0[0] * 100, load: $0[1]) },
        PhysicsFunction(
            "pac2002_side", [.init("slip_angle", .angle), .init("load", .force)], .force, "Side force of CommonRoad's passenger tyre, ISO signs.",
            source: "Althoff, Koschi, Manzinger 2017"
        ) { PAC2002.lateralForce(slipAngle: $0[0], load: $0[1]) },
        PhysicsFunction(
            "stopping_distance", [.init("speed", .speed), .init("friction", .none), .init("gravity", .acceleration, default: Braking.gravity)], .length, "v^2 / (2 mu g).",
            source: "energy balance"
        ) {
            Braking.stoppingDistance(speed: $0[0], friction: $0[1], gravity: $0[2])
        },
    ]
}
