import CSquallImages
import Foundation
import SquallFrames
import SquallMath

/// `contact_sheet.png`: a dataset at a glance. Up to twelve frames spread over episodes and time, each beside its instances; what moves has boxes.
public enum ContactSheet {
    /// Drawn from committed files alone, so it is the same for every way the run went.
    /// - Returns: nil when there is no picture to show.
    public static func sheet(of episodes: [CommittedEpisode], title: String) throws -> Image<RGB8>? {
        let places = try pick(episodes)
        guard !places.isEmpty else { return nil }
        let first = try cell(places[0])
        // The first camera's shape, within limits: a strip of a picture must not make a sheet of gigabytes.
        let (w, gap, head) = (480, 6, 26)
        let h = (w * first.picture.height / max(1, first.picture.width)).clamped(to: w / 8...2 * w)
        let columns = min(2, places.count)
        let rows = (places.count + columns - 1) / columns
        var canvas = Canvas(width: columns * (2 * w + gap) + (columns + 1) * gap, height: head + rows * (h + gap + 12) + gap)
        canvas.text(title, x: gap + 2, y: 6, scale: 2)
        for (i, place) in places.enumerated() {
            let left = gap + (i % columns) * (2 * w + 2 * gap)
            let top = head + (i / columns) * (h + gap + 12)
            canvas.text(place.caption, x: left + 2, y: top + 2, color: RGB8(190, 196, 205))
            // Full-size pictures come and go one by one.
            let shown = i == 0 ? first : try cell(place)
            draw(shown, on: &canvas, left: left, top: top + 12, width: w, height: h)
        }
        return canvas.image
    }

    /// A picture with its boxes, and its instances beside it.
    private static func draw(_ cell: Cell, on canvas: inout Canvas, left: Int, top: Int, width w: Int, height h: Int) {
        canvas.place(cell.picture, left: left, top: top, width: w, height: h, smooth: true)
        canvas.place(cell.labels, left: left + w, top: top, width: w, height: h, smooth: false)
        let (sx, sy) = (Double(w) / Double(cell.picture.width), Double(h) / Double(cell.picture.height))
        for box in cell.boxes {
            let (x0, y0, x1, y1) = (Int(box.rect.left * sx), Int(box.rect.top * sy), Int(box.rect.right * sx), Int(box.rect.bottom * sy))
            canvas.frame(left + x0, top + y0, left + x1 + 1, top + y1 + 1, box.color)
        }
    }

    /// One picture of the dataset.
    private struct Place {
        /// Of the camera's pictures.
        var folder: URL
        var frame: Int
        var caption: String
        /// Ids of what stands still.
        var still: Set<UInt16>
    }

    private struct Cell {
        var picture: Image<RGB8>
        var labels: Image<RGB8>
        var boxes: [(rect: Box2D, color: RGB8)]
    }

    private static func pick(_ episodes: [CommittedEpisode]) throws -> [Place] {
        let wanted = 12
        let perEpisode = max(1, wanted / max(1, episodes.count))
        let stride = max(1, episodes.count / wanted)
        var places: [Place] = []
        for (number, episode) in episodes.enumerated() where number % stride == 0 && places.count < wanted {
            let info = try episode.info()
            guard let sensor = info.sensors.first(where: { if case .camera = $0.kind { true } else { false } }) else { continue }
            let draws = info.draws.prefix(4).map { "\($0.path) = \($0.value)" }.joined(separator: "  ")
            let still = Set(info.objects.lazy.filter(\.isStatic).map(\.id))
            let count = min(perEpisode, info.frameCount)
            for k in 0..<count where places.count < wanted {
                let step = info.step(of: sensor)
                let frame = k * info.frameCount / count / step * step
                let caption = "sample \(info.index) frame \(frame)  " + draws
                places.append(Place(folder: episode.folder.appendingPathComponent(sensor.name), frame: frame, caption: String(caption.prefix(155)), still: still))
            }
        }
        return places
    }

    private static func cell(_ place: Place) throws -> Cell {
        let name = "\(sixDigits(place.frame)).png"
        let compressed = place.folder.appendingPathComponent("rgb/\(sixDigits(place.frame)).jpg")
        let isCompressed = FileManager.default.fileExists(atPath: compressed.path)
        let picture = try isCompressed ? JPEG.read(compressed) : PNGReader.rgb8(place.folder.appendingPathComponent("rgb/\(name)"))
        guard let ids = try? PNGReader.grey16(place.folder.appendingPathComponent("instance/\(name)")) else { return Cell(picture: picture, labels: picture, boxes: []) }
        let boxes = InstanceExtents(of: ids).all.filter { !place.still.contains($0.id) && $0.box.height >= 6 }
        return Cell(picture: picture, labels: LabelPictures.instance(ids, dull: place.still), boxes: boxes.map { ($0.box, LabelPictures.instanceColor($0.id)) })
    }
}
