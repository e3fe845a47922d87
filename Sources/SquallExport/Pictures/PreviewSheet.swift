import Foundation
import SquallFrames
import SquallMath

/// One instant on one sheet: RGB, instances with boxes, semantics, depth, flow, lidar from above.
public enum PreviewSheet {
    static let panelWidth = 960
    static let caption = 22

    /// - Parameter camera: index into the frame's cameras.
    public static func sheet(_ frame: Frame, episode: EpisodeInfo, camera index: Int) -> Image<RGB8> {
        guard frame.cameras.indices.contains(index) else { return cloudOnly(frame, episode) }
        let camera = frame.cameras[index]
        let names = Dictionary(uniqueKeysWithValues: episode.objects.map { ($0.id, $0) })
        var panels: [(title: String, picture: Image<RGB8>, smooth: Bool)] = [(rgbTitle(frame, episode, camera), camera.rgb, true)]
        if camera.instance.width > 0 || !camera.objects.isEmpty { panels.append(("instances, visible boxes (solid) and amodal boxes (dotted)", instances(camera, names), false)) }
        if camera.semantic.width > 0 { panels.append(("semantics", LabelPictures.semantic(camera.semantic), false)) }
        if camera.depth.width > 0 { panels.append(("depth, 1 to 250 m", LabelPictures.depth(camera.depth), false)) }
        if camera.flowForward.width > 0 { panels.append(("forward flow, full colour at 30 px", LabelPictures.flow(camera.flowForward, occluded: camera.occludedForward), false)) }
        // A strip of a picture must not make a sheet of gigabytes.
        let height = min(4 * panelWidth, max(1, panelWidth * camera.rgb.height / max(1, camera.rgb.width)))
        for lidar in frame.lidars {
            panels.append(("\(lidar.sensor) from above, \(lidar.points.count) points, rings 20 m", LabelPictures.cloud(lidar.points, width: panelWidth, height: height), false))
        }
        return compose(panels, panelHeight: height)
    }

    private static func cloudOnly(_ frame: Frame, _ episode: EpisodeInfo) -> Image<RGB8> {
        let panels = frame.lidars.map { ("\(episode.title): \($0.sensor) from above", LabelPictures.cloud($0.points, width: panelWidth, height: 720), false) }
        return compose(panels, panelHeight: 720)
    }

    private static func rgbTitle(_ frame: Frame, _ episode: EpisodeInfo, _ camera: CameraFrame) -> String {
        let w = frame.weather
        let sight = w.visibility > 0 ? String(format: "%.0f m", w.visibility) : "clear"
        let numbers = String(format: "t=%.2f s  rain %.0f mm/h  visibility ", frame.stamp.seconds, w.rainRate)
        return "\(episode.title) #\(episode.index) \(camera.sensor) \(numbers)\(sight)" + String(format: "  film %.2f mm  friction %.2f", w.filmDepth, w.friction)
    }

    /// Boxes over the instance picture, with class and visible share.
    static func instances(_ camera: CameraFrame, _ names: [UInt16: EpisodeInfo.Object]) -> Image<RGB8> {
        var canvas = Canvas(camera.instance.width > 0 ? LabelPictures.instance(camera.instance) : camera.rgb)
        let named = camera.objects.filter { ($0.visibleBox?.height ?? 0) >= 8 }
        for object in named {
            if let box = object.fullBox { dotted(&canvas, box) }
            if let box = object.visibleBox { canvas.frame(Int(box.left), Int(box.top), Int(box.right), Int(box.bottom), object.detectable ? RGB8(255, 255, 255) : RGB8(255, 90, 60)) }
        }
        for object in named where (object.visibleBox?.height ?? 0) >= 24 {
            guard let box = object.visibleBox, let info = names[object.id] else { continue }
            let label = "\(info.path) \(Int((object.visibleShare * 100).rounded()))%"
            canvas.text(label, x: Int(box.left) + 1, y: max(0, Int(box.top) - 9), shade: RGB8(0, 0, 0))
        }
        return canvas.image
    }

    private static func dotted(_ canvas: inout Canvas, _ box: Box2D) {
        let (l, t, r, b) = (Int(box.left), Int(box.top), Int(box.right) - 1, Int(box.bottom) - 1)
        for x in stride(from: l, through: r, by: 3) { for y in [t, b] { canvas.dot(x, y, RGB8(255, 230, 60)) } }
        for y in stride(from: t, through: b, by: 3) { for x in [l, r] { canvas.dot(x, y, RGB8(255, 230, 60)) } }
    }

    private static func compose(_ panels: [(title: String, picture: Image<RGB8>, smooth: Bool)], panelHeight: Int) -> Image<RGB8> {
        let columns = panels.count > 1 ? 2 : 1
        let rows = (panels.count + columns - 1) / columns
        let gap = 6
        var canvas = Canvas(width: columns * panelWidth + (columns + 1) * gap, height: rows * (panelHeight + caption) + gap)
        for (i, panel) in panels.enumerated() {
            let left = gap + (i % columns) * (panelWidth + gap)
            let top = (i / columns) * (panelHeight + caption)
            canvas.text(panel.title, x: left + 2, y: top + 8)
            canvas.place(panel.picture, left: left, top: top + caption, width: panelWidth, height: panelHeight, smooth: panel.smooth)
        }
        return canvas.image
    }
}
