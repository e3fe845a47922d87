import CSquallKernels
import Foundation
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallWeather

/// Stars in pictures of the night: each a point of light, spread over the four pixels around it.
package final class StarField: Sendable {
    private let stars = Stars().stars
    /// What a clear sky takes of a star's light per air mass: 0.25 magnitudes.
    private static let extinction = 0.23
    /// Opacity of a cloud that hides a star: fog-like clouds are drawn with 1 - exp(-5 depth), which never quite closes.
    private static let opaque: Float = 0.97

    /// Adds the stars above the horizon where the picture shows sky, dimmed by air, haze and clouds. Order is that of their brightness.
    package init() {}

    package func draw(_ sphere: CelestialSphere, _ model: CameraModel, _ pose: Pose, _ clouds: CloudSky, air: AirColumn, into frame: inout RasterFrame) {
        let lens = model.camera, toCamera = pose.rotation.conjugate
        for star in stars {
            let d = sphere.horizontal(star.direction)
            guard d.z > 0.02 else { continue }
            let p = toCamera * d
            guard p.z > 0.05 || model.measuresRange, let place = model.project(p) else { continue }
            let (x, y) = (place.x, place.y)
            guard x > 1, y > 1, x < Double(lens.width - 1), y < Double(lens.height - 1) else { continue }
            let lanes = Vector8(repeating: SIMD3<Float>(d))
            // A cloud drawn opaque to 97 % is deep enough to let no point of light through.
            let gap = sqv_max((Self.opaque - clouds.along(lanes).cover) * (1 / Self.opaque), splat(0))
            let open = Double((gap * air.skyTransmittance(lanes.z))[0])
            // Solid angle of a pixel away from the axis: where the image is flat it shrinks with the cube of the cosine.
            let pixel = (model.measuresRange ? model.illumination(place) : p.z * p.z * p.z) / (lens.fx * lens.fy)
            guard pixel > 0 else { continue }
            let light = SIMD3<Float>(star.illuminance * (open * exp(-Self.extinction / d.z) / pixel))
            let (column, row) = (Int(x - 0.5), Int(y - 0.5))
            let (u, v) = (Float(x - 0.5) - Float(column), Float(y - 0.5) - Float(row))
            for (dx, dy, weight) in [(0, 0, (1 - u) * (1 - v)), (1, 0, u * (1 - v)), (0, 1, (1 - u) * v), (1, 1, u * v)] {
                let index = (row + dy) * lens.width + column + dx
                guard !frame.visibility.depth[index].isFinite else { continue }
                frame.color.red[index] += light.x * weight
                frame.color.green[index] += light.y * weight
                frame.color.blue[index] += light.z * weight
            }
        }
    }
}
