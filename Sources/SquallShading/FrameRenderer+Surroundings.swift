import Foundation
import SquallMath
import SquallRaster
import SquallSky
import SquallWeather

/// The light itself, for other renderers.
extension FrameRenderer {
    /// All that surfaces mirror, as a map: luminance of the sky above and the ground below, cd/m2, the sun's disc left out.
    ///
    /// Rows go from zenith to nadir and columns by azimuth from x towards y, in even steps of angle; pixel centres lie at half steps.
    public static func surroundings(_ lighting: Lighting, width: Int, height: Int) -> RadianceImage {
        var map = RadianceImage(width: width, height: height)
        for row in 0..<height {
            let zenith = .pi * (Double(row) + 0.5) / Double(height)
            for column in 0..<width {
                let azimuth = 2 * .pi * (Double(column) + 0.5) / Double(width)
                let l = EnvironmentTable.luminance(lighting.sky, Vec3(sin(zenith) * cos(azimuth), sin(zenith) * sin(azimuth), cos(zenith)))
                let at = row * width + column
                (map.red[at], map.green[at], map.blue[at]) = (Float(l.x), Float(l.y), Float(l.z))
            }
        }
        return map
    }
}
