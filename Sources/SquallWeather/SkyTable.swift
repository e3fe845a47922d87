import Foundation
import SquallMath

/// The upper hemisphere of a sky, baked for a renderer: columns are azimuth counter-clockwise from east, rows elevation from the horizon up.
public struct SkyTable: Sendable, Equatable {
    public let width: Int, height: Int
    /// Row-major, row 0 at the horizon; cd/m2, linear sRGB. Row r holds elevation (r / (height - 1))^2 * 90 degrees: fine at the horizon.
    public let texels: [Vec3f]

    /// The colour towards unit vector `d`, bilinear, wrapping in azimuth. Below the horizon: the horizon.
    public func sample(towards d: Vec3f) -> Vec3f {
        let elevation = asinf(min(max(d.z, 0), 1))
        let v = (elevation * (2 / .pi)).squareRoot() * Float(height - 1)
        var turn = atan2f(d.y, d.x) / (2 * .pi)
        if turn < 0 { turn += 1 }
        let u = turn * Float(width)
        let column = min(Int(u), width - 1), row = min(Int(v), height - 2)
        let next = column + 1 == width ? 0 : column + 1
        let fu = u - Float(column), fv = v - Float(row)
        let low = texels[row * width + column] * (1 - fu) + texels[row * width + next] * fu
        let high = texels[(row + 1) * width + column] * (1 - fu) + texels[(row + 1) * width + next] * fu
        return low * (1 - fv) + high * fv
    }
}

extension SkyModel {
    /// The sky baked into a table of `width` azimuths and `height` (at least 2) elevations.
    public func table(width: Int = 64, height: Int = 32) -> SkyTable {
        let width = max(4, width), height = max(2, height)
        var texels: [Vec3f] = []
        texels.reserveCapacity(width * height)
        for row in 0..<height {
            let v = Double(row) / Double(height - 1)
            let elevation = v * v * .pi / 2
            for column in 0..<width {
                let a = 2 * .pi * Double(column) / Double(width)
                let l = luminance(towards: Vec3(cos(elevation) * cos(a), cos(elevation) * sin(a), sin(elevation)))
                texels.append(Vec3f(Float(l.x), Float(l.y), Float(l.z)))
            }
        }
        return SkyTable(width: width, height: height, texels: texels)
    }
}
