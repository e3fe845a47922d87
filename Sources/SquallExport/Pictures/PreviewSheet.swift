import Foundation
import SquallFrames
import SquallMath

/// One instant on one sheet: RGB, instances with boxes, semantics, depth, flow, lidar from above.
public enum PreviewSheet {
    static let panelWidth = 960
    /// Height of a panel's title and the line under it.
    static let caption = 36

    private struct Panel {
        var title: String
        /// How to read it.
        var note = ""
        var picture: Image<RGB8>
        var smooth = false
    }

    /// - Parameter camera: index into the frame's cameras.
    public static func sheet(_ frame: Frame, episode: EpisodeInfo, camera index: Int) -> Image<RGB8> {
        guard frame.cameras.indices.contains(index) else { return cloudOnly(frame, episode) }
        let camera = frame.cameras[index]
        let names = Dictionary(uniqueKeysWithValues: episode.objects.map { ($0.id, $0) })
        // A strip of a picture must not make a sheet of gigabytes.
        let height = min(4 * panelWidth, max(1, panelWidth * camera.rgb.height / max(1, camera.rgb.width)))
        let time = String(format: "%.2f s", frame.stamp.seconds)
        var panels = [Panel(title: "\(episode.title) #\(episode.index), \(camera.sensor), \(time)", note: weather(frame.weather), picture: camera.rgb, smooth: true)]
        if camera.instance.width > 0 || !camera.objects.isEmpty {
            let note = "boxes of what moves: visible (solid; red: not to be made out), amodal (dotted); what stands still is dull"
            panels.append(Panel(title: "instances", note: note, picture: instances(camera, names, width: panelWidth, height: height)))
        }
        if camera.semantic.width > 0 { panels.append(Panel(title: "semantics", picture: LabelPictures.semantic(camera.semantic))) }
        if camera.depth.width > 0 { panels.append(Panel(title: "depth", note: "1 m yellow to 250 m violet, logarithmic", picture: LabelPictures.depth(camera.depth))) }
        if camera.flowForward.width > 0 {
            let note = "hue as on the wheel, full colour at 30 px; dim: hidden or outside in the next frame; black: none"
            panels.append(Panel(title: "forward flow", note: note, picture: flow(camera, width: panelWidth, height: height)))
        }
        for lidar in frame.lidars { panels.append(cloud(lidar, title: lidar.sensor, height: height)) }
        return compose(panels, panelHeight: height)
    }

    private static func cloudOnly(_ frame: Frame, _ episode: EpisodeInfo) -> Image<RGB8> {
        compose(frame.lidars.map { cloud($0, title: "\(episode.title) #\(episode.index), \($0.sensor)", height: 720) }, panelHeight: 720)
    }

    private static func cloud(_ lidar: LidarFrame, title: String, height: Int) -> Panel {
        Panel(
            title: "\(title) from above", note: "\(lidar.points.count) points, rings 20 m; objects as above, rain cyan, fog white",
            picture: LabelPictures.cloud(lidar.points, width: panelWidth, height: height))
    }

    private static func weather(_ w: WeatherRecord) -> String {
        let sight = w.visibility > 0 ? String(format: "%.0f m", w.visibility) : "clear"
        return String(format: "rain %.0f mm/h  visibility ", w.rainRate) + sight + String(format: "  film %.2f mm  friction %.2f", w.filmDepth, w.friction)
    }

    /// Boxes over the instance picture: path and visible share of what moves, nearest the eye first where captions would overprint
    /// each other. Where nothing moves, of everything.
    static func instances(_ camera: CameraFrame, _ names: [UInt16: EpisodeInfo.Object], width: Int, height: Int) -> Image<RGB8> {
        var canvas = Canvas(width: width, height: height)
        let still = Set(names.values.lazy.filter(\.isStatic).map(\.id))
        canvas.place(camera.instance.width > 0 ? LabelPictures.instance(camera.instance, dull: still) : camera.rgb, left: 0, top: 0, width: width, height: height, smooth: false)
        let scale = SIMD2(Double(width) / Double(max(1, camera.rgb.width)), Double(height) / Double(max(1, camera.rgb.height)))
        let boxed = camera.objects.filter { ($0.visibleBox?.height ?? 0) >= 8 }
        let movers = boxed.filter { !still.contains($0.id) }
        var taken: [(x: Range<Int>, y: Int)] = []
        for object in (movers.isEmpty ? boxed : movers).sorted(by: { ($0.visibleBox?.bottom ?? 0, $1.id) > ($1.visibleBox?.bottom ?? 0, $0.id) }) {
            if let box = object.fullBox { dotted(&canvas, box, scale) }
            guard let box = object.visibleBox else { continue }
            let (left, top) = (Int(box.left * scale.x), Int(box.top * scale.y))
            canvas.frame(left, top, Int(box.right * scale.x) + 1, Int(box.bottom * scale.y) + 1, object.detectable ? RGB8(255, 255, 255) : RGB8(255, 90, 60))
            guard box.height >= 20, let info = names[object.id] else { continue }
            let label = "\(info.path) \(Int((object.visibleShare * 100).rounded()))%"
            let x = min(left + 2, max(0, width - label.count * 12)), y = max(2, top - 18), across = x - 2..<x + label.count * 12 + 2
            guard !taken.contains(where: { $0.x.overlaps(across) && abs($0.y - y) < 18 }) else { continue }
            taken.append((across, y))
            canvas.text(label, x: x, y: y, scale: 2, shade: RGB8(0, 0, 0))
        }
        return canvas.image
    }

    private static func dotted(_ canvas: inout Canvas, _ box: Box2D, _ scale: SIMD2<Double>) {
        let limit = { (v: Double) in Int(v.clamped(to: -1e5...1e5)) }
        let (l, t, r, b) = (limit(box.left * scale.x), limit(box.top * scale.y), limit(box.right * scale.x), limit(box.bottom * scale.y))
        for x in stride(from: l, through: r, by: 3) { for y in [t, b] { canvas.dot(x, y, RGB8(255, 230, 60)) } }
        for y in stride(from: t, through: b, by: 3) { for x in [l, r] { canvas.dot(x, y, RGB8(255, 230, 60)) } }
    }

    /// The flow with a wheel of its colours in the upper right corner.
    private static func flow(_ camera: CameraFrame, width: Int, height: Int) -> Image<RGB8> {
        var canvas = Canvas(width: width, height: height)
        canvas.place(LabelPictures.flow(camera.flowForward, occluded: camera.occludedForward), left: 0, top: 0, width: width, height: height, smooth: false)
        let radius = min(28, min(width, height) / 4)
        let (x, y) = (width - radius - 8, radius + 8)
        for dy in -radius...radius {
            for dx in -radius...radius where dx * dx + dy * dy <= radius * radius {
                let pixels = SIMD2(Float(dx), Float(dy)) * (30 / Float(max(1, radius)))
                canvas.dot(x + dx, y + dy, dx * dx + dy * dy > (radius - 1) * (radius - 1) ? RGB8(40, 44, 52) : LabelPictures.flowColor(pixels, hidden: false))
            }
        }
        return canvas.image
    }

    private static func compose(_ panels: [Panel], panelHeight: Int) -> Image<RGB8> {
        let columns = panels.count > 1 ? 2 : 1
        let rows = (panels.count + columns - 1) / columns
        let gap = 6
        var canvas = Canvas(width: columns * panelWidth + (columns + 1) * gap, height: rows * (panelHeight + caption) + gap)
        for (i, panel) in panels.enumerated() {
            let left = gap + (i % columns) * (panelWidth + gap)
            let top = (i / columns) * (panelHeight + caption)
            canvas.text(panel.title, x: left + 2, y: top + 6, scale: panel.title.count * 12 <= panelWidth ? 2 : 1)
            canvas.text(panel.note, x: left + 2, y: top + 25, color: RGB8(170, 176, 186))
            canvas.place(panel.picture, left: left, top: top + caption, width: panelWidth, height: panelHeight, smooth: panel.smooth)
        }
        return canvas.image
    }
}
