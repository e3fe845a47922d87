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
