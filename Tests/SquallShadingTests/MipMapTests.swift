import SquallMath
import SquallRaster
import SquallShading
import Testing

@Suite struct MipMapTests {
    @Test("every mip level has the mean of the one before, odd sides included", arguments: [(8, 4), (7, 4), (5, 3), (9, 1), (1, 7), (1, 2), (3, 3), (255, 17)])
    func meanStays(width: Int, height: Int) {
        var random = CounterRandom(seed: 5, path: "texture \(width) \(height)")
        let image = (0..<(width * height)).map { _ in SIMD3<Float>(Float(random.uniform()), Float(random.uniform()), Float(random.uniform())) }
        let (half, w, h) = MipMap.halve(image, width, height)
        #expect(w == max(1, width / 2) && h == max(1, height / 2) && half.count == w * h)
        let (before, after) = (mean(image), mean(half))
        #expect((0..<3).allSatisfy { abs(before[$0] - after[$0]) < 1e-5 })
    }

    private func mean(_ image: [SIMD3<Float>]) -> SIMD3<Float> { image.reduce(SIMD3<Float>.zero, +) / Float(image.count) }

    @Test("a texel's light goes where it lies: each of seven counts alike, shared by the two that cover it") func oddRow() {
        for k in 0..<7 {
            var image = [SIMD3<Float>](repeating: .zero, count: 7)
            image[k] = SIMD3(repeating: 1)
            let (half, _, _) = MipMap.halve(image, 7, 1)
            #expect(abs(half.reduce(SIMD3<Float>.zero, +).x - 3 / 7.0) < 1e-6)
            for j in 0..<3 {
                // Texel j of three covers 7/3 texels from 7j/3 on.
                let covered = max(0, min(Float(k + 1), 7 * Float(j + 1) / 3) - max(Float(k), 7 * Float(j) / 3)) / (7 / 3.0)
                #expect(abs(half[j].x - covered) < 1e-6)
            }
        }
    }
}

@Suite struct CutOutTests {
    /// A leaf cut out of black: every level is as green as the leaf, the holes too, so that nothing black bleeds into its edge.
    @Test func farLeavesStayGreen() {
        let size = 32
        let texels = (0..<size * size).map { i -> SIMD4<Float> in
            let (x, y) = (i % size - 13, i / size - 16)
            return x * x + y * y < 60 ? SIMD4(0.1, 0.4, 0.05, 1) : SIMD4(0, 0, 0, 0)
        }
        let levels = MipMap.withoutHoles(texels, size, size, levels: 6)
        #expect(levels.map(\.count) == [1024, 256, 64, 16, 4, 1])
        for level in levels { #expect(level.allSatisfy { abs($0.y - 0.4) < 1e-5 && abs($0.x - 0.1) < 1e-5 }) }
    }

    @Test func wholePicturesAreHalvedAsAnyOther() {
        let texels = (0..<120).map { (i: Int) -> SIMD4<Float> in SIMD4<Float>(Float(i % 7) / 7, Float(i % 5) / 5, 0.5, 1) }
        let (plain, width, height) = MipMap.halve(texels.map { SIMD3<Float>($0.x, $0.y, $0.z) }, 12, 10)
        let level = MipMap.withoutHoles(texels, 12, 10, levels: 2)[1]
        #expect(width == 6 && height == 5 && zip(plain, level).allSatisfy { (a: SIMD3<Float>, b: SIMD3<Float>) in (a - b).max() < 1e-6 && (b - a).max() < 1e-6 })
    }
}
