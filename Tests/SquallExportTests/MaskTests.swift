import SquallExport
import SquallFrames
import SquallMath
import Testing

@Suite struct MaskTests {
    /// Reads COCO's counts string without the writer's code: characters to signed differences to runs to pixels, columns first.
    private func decode(_ counts: String, width: Int, height: Int) -> [Bool] {
        var (runs, value, shift): ([Int], Int, Int) = ([], 0, 0)
        for character in counts.utf8 {
            let c = Int(character) - 48
            value |= (c & 31) << shift
            shift += 5
            guard c & 32 == 0 else { continue }
            if c & 16 != 0 { value |= -1 << shift }
            if runs.count > 2 { value += runs[runs.count - 2] }
            runs.append(value)
            (value, shift) = (0, 0)
        }
        let columnMajor = runs.enumerated().flatMap { Array(repeating: $0.offset % 2 == 1, count: $0.element) }
        guard columnMajor.count == width * height else { return [] }
        return (0..<height).flatMap { y in (0..<width).map { columnMajor[$0 * height + y] } }
    }

    private func picture(_ bits: Int, width: Int, height: Int) -> Image<UInt16> {
        Image(width: width, height: height, pixels: (0..<(width * height)).map { bits >> $0 & 1 == 1 ? 5 : UInt16($0 % 3) })
    }

    /// The tight box of id 5.
    private func tight(_ image: Image<UInt16>) -> Box2D? {
        let set = image.pixels.indices.filter { image.pixels[$0] == 5 }
        guard let top = set.first.map({ $0 / image.width }), let bottom = set.last.map({ $0 / image.width }) else { return nil }
        let columns = set.map { $0 % image.width }
        return Box2D(left: Double(columns.min() ?? 0), top: Double(top), right: Double((columns.max() ?? 0) + 1), bottom: Double(bottom + 1))
    }

    @Test("every 3 x 4 mask survives runs and string, in the whole picture and in its tight window") func exhaustive() {
        var wrong = 0
        for (width, height) in [(3, 4), (4, 3)] {
            for bits in 0..<4096 {
                let image = picture(bits, width: width, height: height)
                let truth = image.pixels.map { $0 == 5 }
                let windows = [Box2D(left: 0, top: 0, right: Double(width), bottom: Double(height)), tight(image)].compactMap { $0 }
                for window in windows {
                    let mask = RunLengthMask(of: 5, in: image, window: window)
                    let sum = mask.runs.reduce(0, +)
                    let zeros = mask.runs.dropFirst().contains(0)
                    if decode(mask.counts, width: width, height: height) != truth || mask.area != bits.nonzeroBitCount || sum != 12 || zeros { wrong += 1 }
                }
            }
        }
        #expect(wrong == 0)
    }

    @Test("random masks in larger pictures, windows touching every border") func randomWindows() {
        var random = CounterRandom(seed: 1, path: "masks")
        for round in 0..<400 {
            let (w, h) = (1 + Int(random.nextUInt32() % 70), 1 + Int(random.nextUInt32() % 50))
            var image = Image<UInt16>(width: w, height: h, filledWith: 2)
            let (x0, y0) = (Int(random.nextUInt32()) % w, Int(random.nextUInt32()) % h)
            let (x1, y1) = (x0 + Int(random.nextUInt32()) % (w - x0), y0 + Int(random.nextUInt32()) % (h - y0))
            for y in y0...y1 { for x in x0...x1 where random.nextUInt32() % 4 != 0 || round % 3 == 0 { image[x, y] = 5 } }
            guard let window = tight(image) else { continue }
            let mask = RunLengthMask(of: 5, in: image, window: window)
            #expect(decode(mask.counts, width: w, height: h) == image.pixels.map { $0 == 5 }, "round \(round)")
            #expect(mask == RunLengthMask(of: 5, in: image, window: Box2D(left: -3, top: -3, right: Double(w + 9), bottom: Double(h + 9))))
        }
    }

    /// Strings that pycocotools 2.0.11 gives for these masks.
    @Test("counts as pycocotools writes them") func knownStrings() {
        var image = Image<UInt16>(width: 6, height: 5, filledWith: 0)
        for y in 1..<4 { for x in 2..<5 { image[x, y] = 5 } }
        #expect(RunLengthMask(of: 5, in: image, window: Box2D(left: 2, top: 1, right: 5, bottom: 4)).counts == ";320004")
        let whole = Image<UInt16>(width: 40, height: 30, filledWith: 5)
        #expect(RunLengthMask(of: 5, in: whole, window: Box2D(left: 0, top: 0, right: 40, bottom: 30)).counts == "0`U1")
    }

    /// Shoelace area of a flat coordinate list; positive clockwise on screen.
    private func area(_ ring: [Double]) -> Double {
        let n = ring.count / 2
        var sum = 0.0
        for k in 0..<n {
            let next = (k + 1) % n
            sum += ring[2 * k] * ring[2 * next + 1] - ring[2 * next] * ring[2 * k + 1]
        }
        return sum / 2
    }

    /// Pixels whose centre lies inside a ring by the even-odd rule.
    private func fill(_ rings: [[Double]], width: Int, height: Int) -> [Bool] {
        (0..<(width * height)).map { i in
            let (px, py) = (Double(i % width) + 0.5, Double(i / width) + 0.5)
            return rings.contains { ring in
                let n = ring.count / 2
                let crossings = (0..<n).filter { k in
                    let (ax, ay, bx, by) = (ring[2 * k], ring[2 * k + 1], ring[2 * ((k + 1) % n)], ring[2 * ((k + 1) % n) + 1])
                    return (ay > py) != (by > py) && ax + (py - ay) / (by - ay) * (bx - ax) > px
                }
                return crossings.count % 2 == 1
            }
        }
    }

    /// Pixels of the mask, and those the background cannot reach from outside by steps to any of eight neighbours (holes).
    private func filledMask(_ image: Image<UInt16>) -> [Bool] {
        let (w, h) = (image.width + 2, image.height + 2)
        var outside = Array(repeating: false, count: w * h)
        var open = [0]
        outside[0] = true
        while let at = open.popLast() {
            for (dx, dy) in [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)] {
                let (x, y) = (at % w + dx, at / w + dy)
                guard x >= 0, y >= 0, x < w, y < h, !outside[y * w + x] else { continue }
                if x > 0, y > 0, x <= image.width, y <= image.height, image[x - 1, y - 1] == 5 { continue }
                outside[y * w + x] = true
                open.append(y * w + x)
            }
        }
        return (0..<image.pixels.count).map { !outside[($0 / image.width + 1) * w + $0 % image.width + 1] }
    }

    @Test("outlines of every 4 x 4 mask fill to the mask with its holes closed") func outlines() {
        var wrong = 0
        for bits in 0..<65_536 {
            let image = picture(bits, width: 4, height: 4)
            guard let window = tight(image) else { continue }
            let rings = MaskOutline.polygons(of: 5, in: image, window: window)
            let truth = filledMask(image)
            let total = rings.reduce(0) { $0 + area($1) }
            // A part inside a hole adds its own ring, so areas may only exceed where a ring lies within another.
            if rings.contains(where: { $0.count < 8 || area($0) <= 0 }) || total < Double(truth.filter { $0 }.count) { wrong += 1 }
            if bits % 7 == 0 && fill(rings, width: 4, height: 4) != truth { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("a simply connected mask's outline has its area, and only corners as points") func corners() {
        var image = Image<UInt16>(width: 8, height: 8, filledWith: 0)
        for y in 1..<7 { for x in 1..<7 where x < 4 || y < 3 { image[x, y] = 5 } }
        let rings = MaskOutline.polygons(of: 5, in: image, window: Box2D(left: 1, top: 1, right: 7, bottom: 7))
        #expect(rings == [[1, 1, 7, 1, 7, 3, 4, 3, 4, 7, 1, 7]])
    }
}
