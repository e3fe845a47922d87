import Foundation
import SquallExport
import SquallFrames
import SquallMath
import Testing

@Suite struct PictureTests {
    @Test("a canvas keeps to its borders, whatever is drawn") func canvas() {
        let red = RGB8(255, 0, 0)
        for (w, h) in [(0, 0), (1, 1), (5, 3)] {
            var canvas = Canvas(width: w, height: h)
            canvas.frame(-10, -10, 50, 50, red, thickness: 3)
            canvas.fill(4, 4, -4, -4, red)
            canvas.text("Grüße\u{1F600}\n", x: -7, y: -3, scale: 2, shade: red)
            canvas.place(Image(width: 0, height: 0, filledWith: red), left: 0, top: 0, width: 4, height: 4, smooth: true)
            canvas.place(Image(width: 2, height: 2, filledWith: red), left: 1, top: 1, width: 9, height: 9, smooth: true)
            #expect(canvas.image.pixels.count == w * h)
        }
        var canvas = Canvas(width: 6, height: 6, background: RGB8(0, 0, 0))
        canvas.fill(1, 2, 3, 4, red)
        #expect(canvas.image.pixels.indices.filter { canvas.image.pixels[$0] == red } == [13, 14, 19, 20])
    }

    @Test("shrinking averages colours and never mixes labels") func placing() {
        let picture = Image(width: 4, height: 2, pixels: [0, 100, 10, 10, 200, 100, 30, 30].map { RGB8($0, 0, 0) })
        var smooth = Canvas(width: 2, height: 1)
        smooth.place(picture, left: 0, top: 0, width: 2, height: 1, smooth: true)
        #expect(smooth.image.pixels.map(\.r) == [100, 20])
        var nearest = Canvas(width: 2, height: 1)
        nearest.place(picture, left: 0, top: 0, width: 2, height: 1, smooth: false)
        #expect(nearest.image.pixels.allSatisfy { picture.pixels.contains($0) })
    }

    @Test("preview sheets of empty, tiny and whole frames") func preview() {
        var frame = Samples.frame(0)
        #expect(PreviewSheet.sheet(frame, episode: Samples.episode(0), camera: 0).width > 960)
        #expect(PreviewSheet.sheet(frame, episode: Samples.episode(0), camera: 7).width > 900)
        frame.lidars[0].points[0].position = SIMD3(.nan, .infinity, 0)
        frame.cameras[0].rgb = Image(width: 1, height: 60_000, filledWith: RGB8(1, 2, 3))
        (frame.cameras[0].instance, frame.cameras[0].objects) = (Image(width: 0, height: 0, filledWith: 0), [])
        #expect(PreviewSheet.sheet(frame, episode: Samples.episode(0), camera: 0).height < 20_000)
        frame.lidars = []
        frame.cameras[0].rgb = Image(width: 0, height: 0, filledWith: RGB8(1, 2, 3))
        _ = PreviewSheet.sheet(frame, episode: Samples.episode(0), camera: 0)
        frame.cameras = []
        _ = PreviewSheet.sheet(frame, episode: Samples.episode(0), camera: 0)
    }

    @Test("a contact sheet of committed episodes; none without pictures") func contact() throws {
        let home = try Samples.home()
        defer { try? FileManager.default.removeItem(at: home) }
        let episodes = try [0, 1, 2].map { try Samples.write($0, formats: [NativeExporter()], below: home) }
        let sheet = try ContactSheet.sheet(of: episodes, title: "three")
        let again = try ContactSheet.sheet(of: episodes, title: "three")
        let none = try ContactSheet.sheet(of: [], title: "none")
        #expect((sheet?.width ?? 0) > 900 && sheet?.pixels == again?.pixels && none?.width == nil)
        var blind = try episodes[0].info()
        blind.sensors = []
        try DatasetFile.write(DatasetFile.json(blind, for: home), to: episodes[0].folder.appendingPathComponent(CommittedEpisode.infoName))
        let unseen = try ContactSheet.sheet(of: [episodes[0]], title: "blind")
        #expect(unseen?.width == nil)
    }

    @Test("label colours: distinct neighbours, far dark, unknown classes marked") func colours() {
        #expect(Set((1...40).map { LabelPictures.instanceColor($0) }.map { [$0.r, $0.g, $0.b] }).count == 40)
        let depth = LabelPictures.depth(Image(width: 4, height: 1, pixels: [1, 250, .infinity, .nan])).pixels
        #expect(depth[0].r > 200 && depth[1].r < 30 && depth[2] == RGB8(0, 0, 0) && depth[3] == RGB8(0, 0, 0))
        #expect(LabelPictures.semantic(Image(width: 1, height: 1, filledWith: 250)).pixels == [RGB8(255, 0, 255)])
    }
}
