import Foundation
import SquallAssets
import SquallMath

/// `traffic_cone`, `barricade`, `work_beacon`, `concrete_barrier`, `bollard`, `delineator`: what guides and stops traffic.
extension Furnishing {
    private static let rubber = Material(name: "recycled rubber", baseColor: Vec3f(repeating: 0.035), roughness: 0.9, reflectance905: 0.06)
    private static let white = Material(name: "white sheeting", baseColor: Vec3f(0.68, 0.68, 0.66), roughness: 0.5, reflectance905: 0.7, retroreflection: 250).retroreflecting(250)
    private static let red = Material(name: "red sheeting", baseColor: Vec3f(0.44, 0.012, 0.012), roughness: 0.5, reflectance905: 0.6, retroreflection: 80).retroreflecting(80)

    static let cone = Furnishing(
        [rubber, Material(name: "cone", baseColor: Vec3f(0.55, 0.07, 0.012), roughness: 0.55, reflectance905: 0.6), white], distances: [10, 35]
    ) { mesh, size, detail, _ in
        let n = [8, 14, 32][detail], (r, h) = (size.x / 2, size.z)
        mesh.box(Vec3(-r, -r, 0), Vec3(r, r, 0.028), slot: 0, bevel: detail > 0 ? 0.012 : 0)
        let radius = { (z: Double) -> Double in lerp(0.37 * size.x, 0.085 * size.x, z / h) }
        var profile: [Vec2] = [Vec2(radius(0) + 0.02, 0.024), Vec2(radius(0.03), 0.045)]
        for z in [0.22, 0.36, 0.48, 0.60] { profile.append(Vec2(radius(z * h / 0.75), z * h / 0.75)) }
        let tip = radius(h)
        profile += [Vec2(radius(h - 0.01), h - 0.01), Vec2(tip * 0.8, h), Vec2(tip * 0.55, h), Vec2(tip * 0.5, h - 0.05), Vec2(0, h - 0.05)]
        mesh.lathe(profile, origin: .zero, axis: Vec3(0, 0, 1), segments: n) { $0 == 2 || $0 == 4 ? 2 : 1 }
    }

    static let barricade = Furnishing(
        [red, white, rubber, Surfaces.galvanized, Material(name: "warning lamp", baseColor: Vec3f(0.60, 0.30, 0.01), roughness: 0.2, emission: Vec3f(900, 380, 20),
            retroreflection: 60).retroreflecting(60)]
    ) { mesh, size, detail, _ in
        // A board across the road on two posts with rubber feet, lamps on top. Across is y; it faces both ways along x.
        let half = size.y / 2
        mesh.stripedBoard(Vec3(-0.012, -half, size.z - 0.45), length: size.y, height: 0.25, thickness: 0.024, stripe: 0.25, slots: (0, 1))
        if detail > 0 { mesh.stripedBoard(Vec3(-0.012, -half, 0.30), length: size.y, height: 0.10, thickness: 0.024, stripe: 0.25, slots: (0, 1)) }
        for y in [-0.72 * half, 0.72 * half] {
            mesh.box(Vec3(0.014, y - 0.02, 0.06), Vec3(0.054, y + 0.02, size.z - 0.2), slot: 3)
            mesh.box(Vec3(-size.x / 2, y - 0.11, 0), Vec3(size.x / 2, y + 0.11, 0.11), slot: 2, bevel: detail > 0 ? 0.03 : 0)
            guard detail > 0 else { continue }
            mesh.box(Vec3(-0.03, y - 0.05, size.z - 0.24), Vec3(0.06, y + 0.05, size.z - 0.17), slot: 2, bevel: 0.01)
            mesh.lathe(
                [Vec2(0, -0.045), Vec2(0.085, -0.045), Vec2(0.09, -0.02), Vec2(0.09, 0.02), Vec2(0.085, 0.045), Vec2(0, 0.055)], origin: Vec3(0.015, y, size.z - 0.09), axis: Vec3(1, 0, 0),
                segments: detail == 2 ? 20 : 10) { _ in 4 }
        }
        if detail == 0 { mesh.box(Vec3(-0.02, -0.05, size.z - 0.2), Vec3(0.05, 0.05, size.z), slot: 4) }
    }

    static let workBeacon = Furnishing([red, white, rubber], distances: [18]) { mesh, size, detail, _ in
        mesh.box(Vec3(-size.x / 2, -size.y / 2 + 0.02, 0), Vec3(size.x / 2, size.y / 2 - 0.02, 0.12), slot: 2, bevel: detail == 2 ? 0.03 : 0)
        mesh.stripedBoard(Vec3(-0.02, -size.y / 2, 0.16), length: size.y, height: size.z - 0.16, thickness: 0.04, stripe: size.y / 2, slots: (0, 1))
        mesh.box(Vec3(-0.025, -0.03, 0.1), Vec3(0.025, 0.03, 0.2), slot: 2)
    }

    static let concreteBarrier = Furnishing(
        [
            {
                var concrete = Material(name: "concrete", baseColor: Vec3f(0.33, 0.325, 0.31), roughness: 0.9, reflectance905: 0.34, wetting: .porous)
                concrete.detail = .concrete
                return concrete
            }(), Surfaces.galvanized, white,
        ], distances: [30, 90], crease: 0.4
    ) { mesh, size, detail, _ in
        // New Jersey profile, with feet cut for drainage and a coupling at each end.
        let (w, h) = (size.y / 2, size.z)
        let side: [Vec2] = [Vec2(w, 0), Vec2(w, 0.075), Vec2(0.58 * w, 0.255), Vec2(0.42 * w, 0.30), Vec2(0.27 * w, h - 0.02), Vec2(0.22 * w, h)]
        let section = detail > 0 ? side : [side[0], side[1], side[2], side[5]]
        let ring: [Vec2] = section + section.reversed().map { Vec2(-$0.x, $0.y) }
        mesh.prism(ring, from: -size.x / 2, to: size.x / 2, slot: 0)
        guard detail == 2 else { return }
        for y in [-0.4, 0.4] { mesh.box(Vec3(-0.06, y * w - 0.045, h * 0.72), Vec3(0.06, y * w + 0.045, h * 0.72 + 0.08), slot: 2, bevel: 0.008) }
        for x in [-1.0, 1] { mesh.box(Vec3(x * (size.x / 2 - 0.03) - 0.02, -0.05, 0.2), Vec3(x * (size.x / 2 - 0.03) + 0.02, 0.05, h + 0.0), slot: 1) }
    }

    static let bollard = Furnishing([Material(name: "bollard", baseColor: Vec3f(repeating: 0.03), roughness: 0.45, reflectance905: 0.1), white], variants: 3, distances: [10, 30]) { mesh, size,
        detail, variant in
        let n = [6, 10, 24][detail], (r, h) = (size.x / 2, size.z)
        let head: [Vec2] = switch variant.index % 3 {
        case 1: [Vec2(r * 0.86, h - 0.16), Vec2(r, h - 0.13), Vec2(r, h - 0.04), Vec2(r * 0.8, h - 0.01), Vec2(0, h)]
        case 2: [Vec2(r * 0.86, h - 0.20), Vec2(r * 0.62, h - 0.17), Vec2(r * 0.95, h - 0.10), Vec2(r * 0.80, h - 0.03), Vec2(r * 0.4, h - 0.004), Vec2(0, h)]
        default: [Vec2(r * 0.86, h - 0.05), Vec2(r * 0.78, h - 0.015), Vec2(r * 0.5, h), Vec2(0, h)]
        }
        let foot: [Vec2] = [Vec2(0, 0), Vec2(r, 0), Vec2(r, 0.03), Vec2(r * 0.86, 0.07), Vec2(r * 0.86, h * 0.62), Vec2(r * 0.87, h * 0.62), Vec2(r * 0.87, h * 0.72), Vec2(r * 0.86, h * 0.72)]
        mesh.lathe(foot + head, origin: .zero, axis: Vec3(0, 0, 1), segments: n) { $0 == 5 ? 1 : 0 }
    }

    static let delineator = Furnishing(
        [Material(name: "white post", baseColor: Vec3f(0.66, 0.66, 0.64), roughness: 0.5, reflectance905: 0.7),
            Material(name: "black band", baseColor: Vec3f(repeating: 0.015), roughness: 0.5, reflectance905: 0.06),
         Material(name: "reflector", baseColor: Vec3f(0.62, 0.60, 0.52), roughness: 0.2, retroreflection: 600).retroreflecting(600)], distances: [16]
    ) { mesh, size, detail, _ in
        // A hollow three-sided post with a slanted top; black band with the reflector, towards the traffic (-x) and away.
        let (x, y, h) = (size.x / 2, size.y / 2, size.z)
        let ring = { (z: Double, slant: Double) -> [Vec3] in
            detail == 2
                ? [Vec3(-x, -0.35 * y, z), Vec3(-0.2 * x, -y, z), Vec3(x, -0.75 * y, z), Vec3(x, 0.75 * y, z - slant), Vec3(-0.2 * x, y, z - slant), Vec3(-x, 0.35 * y, z - slant * 0.7)]
                : [Vec3(-x, -y, z), Vec3(x, -y, z), Vec3(x, y, z - slant), Vec3(-x, y, z - slant)]
        }
        let rings = [ring(0, 0), ring(h - 0.34, 0.08), ring(h - 0.09, 0.08), ring(h, 0.10)]
        mesh.grid(rings, closed: true, flipped: true) { i, _ in i == 1 ? 1 : 0 }
        mesh.polygon(rings[3], slot: 0)
        mesh.polygon(rings[0].reversed(), slot: 0)
        for (side, way) in [(-x - 0.002, -1.0), (x + 0.002, 1)] {
            mesh.box(Vec3(min(side, side - way * 0.01), -0.026, h - 0.33), Vec3(max(side, side - way * 0.01), 0.026, h - 0.15), slot: 2)
        }
    }
}
