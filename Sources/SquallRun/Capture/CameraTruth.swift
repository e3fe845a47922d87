import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallScene

/// What one camera picture and its labels were resolved from, so that other means (rays, hulls) can judge them.
package struct CameraTruth: Sendable {
    package var labels: CameraFrame
    package var visibility: VisibilityBuffer
    /// Scene-linear light before the sensor: motion blur, rain, glare and flare are in it.
    package var radiance: RadianceImage
    /// The camera and every placed mesh at the frame, at the camera's next and at its last (nil for the first), in the same order.
    package var here: EpisodeCapture.Moment
    package var later: EpisodeCapture.Moment
    package var earlier: EpisodeCapture.Moment?
}

extension EpisodeCapture {
    /// Captures a frame, and what its pictures were made from: they are drawn again for it, because the one after has been drawn meanwhile.
    package func frameWithTruth(_ number: Int) -> (frame: Frame, cameras: [CameraTruth]) {
        let frame = frame(number)
        let instant = instant(number)
        let cameras = frame.cameras.compactMap { labels -> CameraTruth? in
            guard let at = played.info.sensors.firstIndex(where: { $0.name == labels.sensor }), let bench = benches[labels.sensor] else { return nil }
            let info = played.info.sensors[at]
            _ = take(info, labels.camera, rig.sensors[at], bench, instant)
            let step = played.info.step(of: info)
            return CameraTruth(
                labels: labels, visibility: bench.frame.visibility, radiance: bench.frame.color, here: moment(info, at: instant.stamp, levels: instant.levels),
                later: moment(info, at: stamp(number + step), levels: instant.levels),
                earlier: number >= step ? moment(info, at: stamp(number - step), levels: instant.levels) : nil)
        }
        return (frame, cameras)
    }
}
