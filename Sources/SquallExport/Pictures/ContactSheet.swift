import CSquallImages
import Foundation
import SquallFrames

/// `contact_sheet.png`: a dataset at a glance. Up to twelve frames spread over episodes and time, each with its boxes and depth.
public enum ContactSheet {
    /// Drawn from committed files alone, so it is the same for every way the run went.
    /// - Returns: nil when there is no picture to show.
    public static func sheet(of episodes: [CommittedEpisode], title: String) throws -> Image<RGB8>? {
        let cells = try pick(episodes)
        guard !cells.isEmpty else { return nil }
        let (w, h, gap, head) = (480, 270, 6, 26)
        let columns = min(2, cells.count)
        let rows = (cells.count + columns - 1) / columns
        var canvas = Canvas(width: columns * (2 * w + gap) + (columns + 1) * gap, height: head + rows * (h + gap + 12) + gap)
        canvas.text(title, x: gap + 2, y: 6, scale: 2)
        for (i, cell) in cells.enumerated() {
            let left = gap + (i % columns) * (2 * w + 2 * gap)
            let top = head + (i / columns) * (h + gap + 12)
            canvas.text(cell.caption, x: left + 2, y: top + 2, color: RGB8(190, 196, 205))
            canvas.place(cell.picture, left: left, top: top + 12, width: w, height: h, smooth: true)
            canvas.place(cell.labels, left: left + w, top: top + 12, width: w, height: h, smooth: false)
            for box in cell.boxes {
                let (sx, sy) = (Double(w) / Double(cell.picture.width), Double(h) / Double(cell.picture.height))
                let at = (Int(box.rect.left * sx), Int(box.rect.top * sy), Int(box.rect.right * sx), Int(box.rect.bottom * sy))
                canvas.frame(left + at.0, top + 12 + at.1, left + at.2 + 1, top + 12 + at.3 + 1, box.color)
            }
        }
        return canvas.image
    }

    private struct Cell {
        var picture: Image<RGB8>
        var labels: Image<RGB8>
        var boxes: [(rect: Box2D, color: RGB8)]
        var caption: String
    }

    private static func pick(_ episodes: [CommittedEpisode]) throws -> [Cell] {
        let wanted = 12
        let perEpisode = max(1, wanted / max(1, episodes.count))
        let stride = max(1, episodes.count / wanted)
        var cells: [Cell] = []
        for (number, episode) in episodes.enumerated() where number % stride == 0 && cells.count < wanted {
            let frames = episode.info.frameCount
            for k in 0..<min(perEpisode, frames) where cells.count < wanted {
                if let cell = try cell(episode, frame: k * frames / min(perEpisode, frames)) { cells.append(cell) }
            }
        }
        return cells
    }

    private static func cell(_ episode: CommittedEpisode, frame: Int) throws -> Cell? {
        guard let sensor = episode.info.sensors.first(where: { if case .camera = $0.kind { true } else { false } }) else { return nil }
        let name = "\(sixDigits(frame)).png"
        let folder = episode.folder.appendingPathComponent(sensor.name)
        let picture = try PNGReader.rgb8(folder.appendingPathComponent("rgb/\(name)"))
        let ids = try? PNGReader.grey16(folder.appendingPathComponent("instance/\(name)"))
        let labels: Image<RGB8>
        var boxes: [(rect: Box2D, color: RGB8)] = []
        if let ids {
            labels = LabelPictures.instance(ids)
            boxes = bounds(of: ids).filter { $0.rect.height >= 6 }
        } else {
            labels = picture
        }
        let caption = "sample \(episode.info.index) frame \(frame)  " + episode.info.draws.prefix(4).map { "\($0.path) = \($0.value)" }.joined(separator: "  ")
        return Cell(picture: picture, labels: labels, boxes: boxes, caption: String(caption.prefix(155)))
    }

    /// Tight boxes of the ids in a picture, in id order.
    private static func bounds(of ids: Image<UInt16>) -> [(rect: Box2D, color: RGB8)] {
        InstanceExtents(of: ids).all.map { ($0.box, LabelPictures.instanceColor($0.id)) }
    }
}
