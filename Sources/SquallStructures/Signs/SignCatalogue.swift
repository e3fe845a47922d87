import Foundation
import SquallAssets
import SquallMath

/// Every sign by archetype name.
enum SignCatalogue {
    static let designs: [String: SignDesign] = {
        var result = right.merging(warnings) { first, _ in first }
        result.merge(commands) { first, _ in first }
        result.merge(information) { first, _ in first }
        for limit in stride(from: 10, through: 130, by: 10) { result["sign_speed_\(limit)"] = .limit(limit) }
        // A plate says nothing that the road file does not say.
        result["sign"] = SignDesign(.rectangle) { _ in }
        return result
    }()

    private static let (white, black, red, blue, yellow) = (SignFace.white, SignFace.black, SignFace.red, SignFace.blue, SignFace.yellow)

    // MARK: Right of way

    private static let right: [String: SignDesign] = [
        "sign_stop": SignDesign(.octagon) { face in
            let edge = Contour.regular(.zero, 1 / cos(.pi / 8), corners: 8, angle: .pi / 8)
            face.fill(edge.map { $0 * 1.0 }, white)
            face.fill(edge.map { $0 * 0.95 }, red)
            face.text("STOP", at: .zero, height: 0.62, limit: 1.62, white)
        },
        "sign_yield": SignDesign(.inverted) { face in SignDesign(.inverted) { _ in }.bordered(&face, red, within: white, width: 0.165) },
        "sign_priority_road": SignDesign(.diamond) { face in
            let edge = SignDesign(.diamond) { _ in }.outline(corners: 36)
            face.fill(edge, white)
            face.fill(edge.map { $0 * 0.97 }, black)
            face.fill(edge.map { $0 * 0.945 }, white)
            face.fill(edge.map { $0 * 0.66 }, yellow)
        },
        "sign_priority": .warning { face in
            face.arrow([Vec2(0, -0.62), Vec2(0, 0.42)], width: 0.17, head: 0.34, black)
            face.stroke([Vec2(-0.36, -0.20), Vec2(0.36, -0.20)], width: 0.09, black)
        },
    ]

    // MARK: Danger

    private static let warnings: [String: SignDesign] = [
        "sign_danger": .warning { face in
            face.fill([Vec2(-0.095, 0.42), Vec2(0.095, 0.42), Vec2(0.055, -0.26), Vec2(-0.055, -0.26)], black)
            face.fill(Contour.circle(Vec2(0, -0.46), 0.095), black)
        },
        "sign_bend_left": .warning { Pictograms.bend(&$0, side: -1) },
        "sign_bend_right": .warning { Pictograms.bend(&$0, side: 1) },
        "sign_double_bend": .warning { face in
            let path = Contour.smooth([Vec2(0.16, -0.62), Vec2(0.16, -0.38), Vec2(-0.12, -0.18), Vec2(-0.10, 0.02), Vec2(0.10, 0.16)], closed: false, steps: 6)
            face.arrow(path + [Vec2(0.10, 0.44)], width: 0.13, head: 0.22, black)
        },
        "sign_slippery": .warning { Pictograms.skid(&$0) },
        "sign_children": .warning { face in
            Pictograms.runner(&face, at: Vec2(-0.22, -0.60), height: 0.78)
            Pictograms.runner(&face, at: Vec2(0.24, -0.60), height: 0.66)
        },
        "sign_deer": .warning { Pictograms.deer(&$0) },
        "sign_roadworks": .warning { Pictograms.worker(&$0) },
        "sign_pedestrians": .warning { face in Pictograms.walker(&face, at: Vec2(0, -0.62), height: 0.98, black) },
        "sign_crossroads": .warning { face in
            face.stroke([Vec2(-0.30, -0.56), Vec2(0.24, 0.16)], width: 0.17, black)
            face.stroke([Vec2(0.30, -0.56), Vec2(-0.24, 0.16)], width: 0.17, black)
        },
        "sign_traffic_lights": .warning { face in
            for (z, color) in [(0.22, red), (-0.10, yellow), (-0.42, SignFace.green)] { face.fill(Contour.circle(Vec2(0, z), 0.135), color) }
        },
    ]

    // MARK: Orders

    private static let commands: [String: SignDesign] = [
        "sign_no_overtaking": .prohibition { face in
            Pictograms.car(&face, at: Vec2(-0.34, -0.30), width: 0.56, red)
            Pictograms.car(&face, at: Vec2(0.34, -0.30), width: 0.56, black)
        },
        "sign_no_vehicles": .prohibition { _ in },
        "sign_end_of_limits": SignDesign(.circle) { face in
            face.fill(Contour.circle(.zero, 1, corners: 64), black)
            face.fill(Contour.circle(.zero, 0.965, corners: 64), white)
            for k in -2...2 {
                let d = Double(k) * 0.13
                let half = (0.93 * 0.93 - d * d).squareRoot()
                let (along, side) = (Vec2(0.707, 0.707), Vec2(0.707, -0.707))
                face.stroke([side * d - along * half, side * d + along * half], width: 0.055, black)
            }
        },
        "sign_no_entry": SignDesign(.circle) { face in
            face.fill(Contour.circle(.zero, 1, corners: 64), white)
            face.fill(Contour.circle(.zero, 0.965, corners: 64), red)
            face.fill(Contour.rectangle(Vec2(-0.74, -0.17), Vec2(0.74, 0.17)), white)
        },
        "sign_no_stopping": prohibitedBlue { face in
            face.stroke([Vec2(-0.57, 0.57), Vec2(0.57, -0.57)], width: 0.2, red)
            face.stroke([Vec2(-0.57, -0.57), Vec2(0.57, 0.57)], width: 0.2, red)
        },
        "sign_no_parking": prohibitedBlue { face in face.stroke([Vec2(-0.57, 0.57), Vec2(0.57, -0.57)], width: 0.2, red) },
        "sign_roundabout": .mandatory { face in
            for k in 0..<3 {
                // Counter-clockwise, as one drives on the right.
                let start = Double(k) * 120 + 25
                let path = (0...10).map { step -> Vec2 in
                    let a = (start + 8.5 * Double(step)) * .pi / 180
                    return Vec2(cos(a), sin(a)) * 0.55
                }
                face.arrow(path, width: 0.15, head: 0.30, white)
            }
        },
        "sign_ahead": .mandatory { $0.arrow([Vec2(0, -0.72), Vec2(0, 0.74)], width: 0.20, head: 0.44, white) },
        "sign_right": .mandatory { $0.arrow([Vec2(-0.72, 0), Vec2(0.74, 0)], width: 0.20, head: 0.44, white) },
        "sign_left": .mandatory { $0.arrow([Vec2(0.72, 0), Vec2(-0.74, 0)], width: 0.20, head: 0.44, white) },
        "sign_turn_right": .mandatory { $0.arrow(Pictograms.turn(1), width: 0.19, head: 0.42, white) },
        "sign_turn_left": .mandatory { $0.arrow(Pictograms.turn(-1), width: 0.19, head: 0.42, white) },
        "sign_keep_right": .mandatory { $0.arrow([Vec2(-0.50, 0.50), Vec2(0.54, -0.54)], width: 0.20, head: 0.44, white) },
        "sign_keep_left": .mandatory { $0.arrow([Vec2(0.50, 0.50), Vec2(-0.54, -0.54)], width: 0.20, head: 0.44, white) },
        "sign_cycle_path": .mandatory { Pictograms.bicycle(&$0, at: Vec2(0, -0.12), size: 0.72, white) },
        "sign_foot_path": .mandatory { Pictograms.walker(&$0, at: Vec2(0, -0.72), height: 1.42, white) },
    ]

    private static func prohibitedBlue(_ symbol: @escaping @Sendable (inout SignFace) -> Void) -> SignDesign {
        SignDesign(.circle) { face in
            face.fill(Contour.circle(.zero, 1, corners: 64), red)
            face.fill(Contour.circle(.zero, 0.80, corners: 64), blue)
            symbol(&face)
        }
    }

    // MARK: Information

    private static let information: [String: SignDesign] = [
        "sign_crosswalk": .panel { face in
            face.fill([Vec2(-0.80, -0.70), Vec2(0.80, -0.70), Vec2(0, 0.80)], white)
            for k in -2...2 { face.stroke([Vec2(Double(k) * 0.25, -0.66), Vec2(Double(k) * 0.17, -0.42)], width: 0.10, black) }
            Pictograms.walker(&face, at: Vec2(0, -0.56), height: 0.98, black)
        },
        "sign_one_way": .panel(aspect: 0.36, pixels: 256) { face in
            face.arrow([Vec2(-0.86, 0), Vec2(0.88, 0)], width: 0.36, head: 0.40, white)
            face.text("ONE WAY", at: Vec2(-0.12, 0), height: 0.17, blue)
        },
        "sign_parking": .panel { $0.text("P", at: Vec2(0.02, 0), height: 1.42, white) },
        "sign_motorway": .panel { Pictograms.motorway(&$0) },
        "sign_motorway_end": .panel { face in
            Pictograms.motorway(&face)
            face.stroke([Vec2(-0.88, -0.88), Vec2(0.88, 0.88)], width: 0.16, red)
        },
        "sign_bus_stop": SignDesign(.circle) { face in
            face.fill(Contour.circle(.zero, 1, corners: 64), SignFace.green)
            face.fill(Contour.circle(.zero, 0.82, corners: 64), yellow)
            face.text("H", at: .zero, height: 0.92, SignFace.green)
        },
        "sign_dead_end": .panel { face in
            face.stroke([Vec2(0, -0.75), Vec2(0, 0.36)], width: 0.28, white)
            face.stroke([Vec2(-0.5, 0.46), Vec2(0.5, 0.46)], width: 0.24, red)
        },
        "sign_town": .panel(aspect: 0.62, pixels: 256, yellow, edge: black) { face in
            face.text("Altenau", at: Vec2(0, 0.16), height: 0.34, black)
            face.text("Kreis Nordheim", at: Vec2(0, -0.32), height: 0.15, black)
        },
        "sign_direction": .panel(aspect: 0.46, pixels: 384) { face in
            face.text("Neustadt", from: Vec2(-0.86, 0.10), height: 0.19, white)
            face.text("Lindau", from: Vec2(-0.86, -0.28), height: 0.19, white)
            face.text("12", from: Vec2(0.30, 0.10), height: 0.19, white)
            face.text("38", from: Vec2(0.30, -0.28), height: 0.19, white)
            face.arrow([Vec2(0.76, -0.32), Vec2(0.76, 0.34)], width: 0.09, head: 0.22, white)
        },
        "sign_exit": .panel(aspect: 0.75, pixels: 384) { face in
            face.text("Ausfahrt", at: Vec2(0, 0.42), height: 0.20, white)
            face.text("Westheim", from: Vec2(-0.82, -0.02), height: 0.17, white)
            face.text("Talbach", from: Vec2(-0.82, -0.40), height: 0.17, white)
            face.arrow([Vec2(0.36, -0.48), Vec2(0.76, 0.14)], width: 0.11, head: 0.26, white)
        },
        "sign_chevron_left": .panel(aspect: 0.33, pixels: 256, red, edge: white) { Pictograms.chevrons(&$0, -1) },
        "sign_chevron_right": .panel(aspect: 0.33, pixels: 256, red, edge: white) { Pictograms.chevrons(&$0, 1) },
    ]
}
