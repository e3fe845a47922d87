import CSquallKernels

/// What a sensor adds to the light it counts.
///
/// `noise = true`, `dark_noise`, `dark_current`, `non_uniformity`. After EMVA 1288 release 4.0: shot noise of the electrons, dark current and read noise,
/// all of one draw whose mean and variance are those of the sum (`CameraSensor`), and a fixed pattern of responses. Off, a pixel holds its mean number
/// of electrons; the converter still rounds and clips. The signal-to-noise ratio is held to the standard's formula by a test.
extension SignalChain {
    /// Mean electrons to converter counts above black: response pattern, shot, dark and read noise, full well, quantisation.
    @inline(__always) func converted(_ mean: SIMD8<Float>, _ response: SIMD8<Float>, _ normal: SIMD8<Float>) -> SIMD8<Float> {
        let signal = sqv_min(sqv_fma(mean * nonUniformity, response, mean), sqv_splat(4 * fullWell))
        let variance = signal + (darkElectrons + readVariance)
        let spreadSquared = variance * (0.5 * noise) / (sqv_sqrt(sqv_fma(variance, variance, variance * 0.5)) + variance)
        let root = sqv_fma(sqv_sqrt(spreadSquared), normal, sqv_sqrt(variance))
        let electrons = sqv_min(sqv_fma(root, root, -spreadSquared) - (darkElectrons + readVariance), sqv_splat(fullWell))
        // Held to the converter's range before it is rounded: an absurd gain asks for more than integers hold.
        let held = sqv_min(sqv_max(electrons * countsPerElectron + black, sqv_splat(0)), sqv_splat(largestCount))
        return sqv_float(sqv_round_i(held)) - black
    }
}

/// Thirty-two standard normals by Box-Muller from one Philox block of eight lanes.
struct NormalBlock {
    let first, second, third, fourth: SIMD8<Float>

    @inline(__always) init(number: UInt32, row: UInt32, key: (UInt32, UInt32)) {
        let zero = SIMD8<Int32>(repeating: 0)
        var words = (zero, zero, zero, zero)
        withUnsafeMutableBytes(of: &words) { sqv_philox(number, row, 0, 0, key.0, key.1, $0.baseAddress) }
        (first, second) = NormalBlock.pair(sqv_open_uniform(words.0), sqv_open_uniform(words.1))
        (third, fourth) = NormalBlock.pair(sqv_open_uniform(words.2), sqv_open_uniform(words.3))
    }

    @inline(__always) static func pair(_ u: SIMD8<Float>, _ turn: SIMD8<Float>) -> (SIMD8<Float>, SIMD8<Float>) {
        let r = sqv_sqrt(sqv_max(sqv_log2(u) * -1.386_294_4, sqv_splat(0)))
        return (r * sqv_cos_turn(turn), r * sqv_cos_turn(sqv_abs(turn - 0.25)))
    }

    @inline(__always) subscript(part: Int) -> SIMD8<Float> {
        switch part {
        case 0: first
        case 1: second
        case 2: third
        default: fourth
        }
    }
}
