/// Smaller and smaller copies of a texture, in linear light.
package enum MipMap {
    /// The next mip level, half as large (rounded down): every texel is the mean of what it covers. An odd side of 2n + 1 texels gives n that
    /// cover 2 + 1/n each: three taps, whose weights go from one side to the other (Guthe and Heckbert 2005).
    package static func halve(_ image: [SIMD3<Float>], _ width: Int, _ height: Int) -> ([SIMD3<Float>], Int, Int) {
        let (w, h) = (max(1, width / 2), max(1, height / 2))
        let (across, down) = ((0..<w).map { taps($0, width) }, (0..<h).map { taps($0, height) })
        var result = [SIMD3<Float>](repeating: .zero, count: w * h)
        for y in 0..<h {
            for x in 0..<w {
                var sum = SIMD3<Float>.zero
                for (row, share) in down[y] { for (column, part) in across[x] { sum += image[row * width + column] * (share * part) } }
                result[y * w + x] = sum
            }
        }
        return (result, w, h)
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
