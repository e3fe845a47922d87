/// Smaller and smaller copies of a texture, in linear light.
package enum MipMap {
    /// The next mip level, half as large (rounded down): every texel is the mean of what it covers. An odd side of 2n + 1 texels gives n that
    /// cover 2 + 1/n each: three taps, whose weights go from one side to the other (Guthe and Heckbert 2005).
    package static func halve<Texel: SIMD>(_ image: [Texel], _ width: Int, _ height: Int) -> ([Texel], Int, Int) where Texel.Scalar == Float {
        let (w, h) = (max(1, width / 2), max(1, height / 2))
        let (across, down) = ((0..<w).map { taps($0, width) }, (0..<h).map { taps($0, height) })
        var result = [Texel](repeating: .zero, count: w * h)
        for y in 0..<h {
            for x in 0..<w {
                var sum = Texel.zero
                for (row, share) in down[y] { for (column, part) in across[x] { sum += image[row * width + column] * (share * part) } }
                result[y * w + x] = sum
            }
        }
        return (result, w, h)
    }

    /// The colours of a picture with holes, level by level from the full size: every texel is the mean of what is not cut away, and takes the
    /// colour of what lies around it where all is, so that no edge of a far leaf mixes with the black behind its cut.
    /// - Parameter image: colour and opacity, 0...1.
    package static func withoutHoles(_ image: [SIMD4<Float>], _ width: Int, _ height: Int, levels: Int) -> [[SIMD3<Float>]] {
        var pyramid: [(texels: [SIMD4<Float>], width: Int, height: Int)] = []
        var level = (image.map { SIMD4($0.x * $0.w, $0.y * $0.w, $0.z * $0.w, $0.w) }, width, height)
        for _ in 0..<levels {
            pyramid.append(level)
            level = halve(level.0, level.1, level.2)
        }
        var result: [[SIMD3<Float>]] = []
        var wider = (colors: [SIMD3<Float>.zero], width: 1, height: 1)
        for (texels, width, height) in pyramid.reversed() {
            let colors = texels.indices.map { i -> SIMD3<Float> in
                let t = texels[i]
                if t.w > 0.002 { return SIMD3(t.x, t.y, t.z) / t.w }
                return wider.colors[min(wider.height - 1, i / width / 2) * wider.width + min(wider.width - 1, i % width / 2)]
            }
            result.append(colors)
            wider = (colors, width, height)
        }
        return result.reversed()
    }

    /// Which texels of a side of `size` the texel `k` of its half covers, and their shares, which add up to 1.
    private static func taps(_ k: Int, _ size: Int) -> [(index: Int, share: Float)] {
        let n = size / 2
        guard n > 0 else { return [(0, 1)] }
        guard size % 2 == 1 else { return [(2 * k, 0.5), (2 * k + 1, 0.5)] }
        let whole = Float(size)
        return [(2 * k, Float(n - k) / whole), (2 * k + 1, Float(n) / whole), (2 * k + 2, Float(k + 1) / whole)]
    }
}
