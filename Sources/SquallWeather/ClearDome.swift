import Foundation
import SquallMath

/// The clear sky around one light, sun or moon, scaled to one lux on a horizontal plane.
///
/// High lights: luminance of the standard clear skies of CIE S 011, colour of Preetham 1999 (whose luminance lacks the bright horizon
/// of measured skies). Below 14 degrees both blend into scattered light computed in a spherical atmosphere (`ScatteringSky`), which
/// alone holds from 7 degrees down and after sunset: Preetham's fit knows no light below the horizon and turns cream before.
struct ClearDome: Sendable, Equatable {
    /// Azimuths from the light's to the opposite and heights of the baked part: columns go with the square of their number, rows (z) too.
    private static let columns = 20, rows = 22
    private let light: Vec3
    private let preetham: PreethamSky
    /// 0 for the CIE's clear sky of type 12 (turbidity up to 3) ... 1 for type 13 (from 6).
    private let haze: Double
    /// Share of the standard sky; the rest is baked.
    private let standardShare: Double
    private let baked: [Vec3]
    private let scale: Double
    /// Direction of the light's azimuth on the ground.
    private let heading: Vec2

    /// - Parameters: true elevation and azimuth of the light, radians; negative when set.
    init(elevation: Double, azimuth: Double, turbidity: Double) {
        let raised = SunPosition(elevation: max(elevation, 0.5 * .pi / 180), azimuth: azimuth).direction
        light = raised
        heading = Vec2(sin(azimuth), cos(azimuth))
        let sky = PreethamSky(sunZenith: acos(raised.z.clamped(to: -1...1)), turbidity: turbidity.clamped(to: 1.9...10))
        let hazy = ((turbidity - 3) / 3).clamped(to: 0...1)
        (preetham, haze) = (sky, hazy)
        let t = ((elevation * 180 / .pi - 7) / 7).clamped(to: 0...1)
        let share = t * t * (3 - 2 * t)
        standardShare = share
        let standard = { (d: Vec3) in Self.standard(sky, hazy, raised, d) }
        var table: [Vec3] = []
        if share < 1 {
            table = Self.bake(elevation: elevation, turbidity: turbidity)
            // Both parts are brought to one lux before they blend.
            let lux = Self.illuminance { Self.look(table, $0, Vec2(sin(azimuth), cos(azimuth))) }
            table = table.map { $0 * (lux > 0 ? 1 / lux : 0) }
        }
        let lux = share > 0 ? Self.illuminance(standard) : 1
        scale = lux > 0 ? 1 / lux : 0
        baked = table
    }

    /// cd/m2 per lux towards a unit vector at or above the horizon, linear sRGB.
    func luminance(towards d: Vec3) -> Vec3 {
        if baked.isEmpty { return Self.standard(preetham, haze, light, d) * scale }
        let low = Self.look(baked, d, heading)
        return standardShare > 0 ? lerp(low, Self.standard(preetham, haze, light, d) * scale, standardShare) : low
    }

    private static func illuminance(_ luminance: (Vec3) -> Vec3) -> Double {
        var sum = 0.0
        SkyQuadrature.upper { d, solidAngle in sum += LightColour.luminance(luminance(d)) * d.z * solidAngle }
        return sum
    }

    private static func standard(_ sky: PreethamSky, _ haze: Double, _ sun: Vec3, _ d: Vec3) -> Vec3 {
        let gamma = acos(dot(sun, d).clamped(to: -1...1))
        let v = sky.value(cosZenith: d.z, gamma: gamma)
        // Preetham's fit strays from the daylight locus, most of all to magenta at the horizon; measured skies lie within 0.01 above it.
        let locus = LightColour.daylightLocus(x: v.x)
        return LightColour.rgb(luminance: CIESky.clear(cosZenith: d.z, gamma: gamma, haze: haze), x: v.x, y: v.y.clamped(to: locus...locus + 0.01))
    }

    private static func bake(elevation: Double, turbidity: Double) -> [Vec3] {
        // Deeper down the Earth's shadow covers all the air there is; what is left of dusk keeps its last shape.
        let elevation = max(elevation, -6.5 * .pi / 180)
        let sky = ScatteringSky(sun: Vec3(0, cos(elevation), sin(elevation)), turbidity: turbidity)
        var table: [Vec3] = []
        table.reserveCapacity(columns * rows)
        for row in 0..<rows {
            let v = Double(row) / Double(rows - 1), z = v * v, radius = (1 - z * z).squareRoot()
            for column in 0..<columns {
                let u = Double(column) / Double(columns - 1), away = .pi * u * u
                table.append(natural(sky.luminance(towards: Vec3(radius * sin(away), radius * cos(away), z))))
            }
        }
        return table
    }

    /// The colour brought to within 0.01 above and 0.02 below the daylight locus, where measured skies and afterglows lie: three wavelengths
    /// instead of a spectrum stray to cyan.
    private static func natural(_ rgb: Vec3) -> Vec3 {
        let xyz = LightColour.xyz(rgb), sum = xyz.x + xyz.y + xyz.z
        guard sum > 0 else { return rgb }
        let x = (xyz.x / sum).clamped(to: 0.22...0.5)
        let locus = LightColour.daylightLocus(x: x)
        return LightColour.rgb(luminance: xyz.y, x: x, y: (xyz.y / sum).clamped(to: locus - 0.02...locus + 0.01))
    }

    private static func look(_ table: [Vec3], _ d: Vec3, _ heading: Vec2) -> Vec3 {
        let flat = (d.x * d.x + d.y * d.y).squareRoot()
        let along = flat > 1e-9 ? ((d.x * heading.x + d.y * heading.y) / flat).clamped(to: -1...1) : 1
        let u = (acos(along) / .pi).squareRoot() * Double(columns - 1), v = max(0, d.z).squareRoot() * Double(rows - 1)
        let column = min(Int(u), columns - 2), row = min(Int(v), rows - 2)
        let (fu, fv) = (u - Double(column), min(1, v - Double(row)))
        let index = row * columns + column
        return lerp(lerp(table[index], table[index + 1], fu), lerp(table[index + columns], table[index + columns + 1], fu), fv)
    }
}
