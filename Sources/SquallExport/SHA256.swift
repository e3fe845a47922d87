import Foundation

/// SHA-256 (FIPS 180-4): content hashes for the manifest. Here because the package avoids a cryptography dependency of minutes of compiling.
public enum SHA256 {
    public static func hexDigest(of data: Data) -> String {
        var state: [UInt32] = [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19]
        let whole = data.count / 64
        state.withUnsafeMutableBufferPointer { state in
            data.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                for block in 0..<whole { compress(base + block * 64, state.baseAddress!) }
            }
            var tail = Array(data.suffix(data.count - whole * 64)) + [0x80]
            while tail.count % 64 != 56 { tail.append(0) }
            withUnsafeBytes(of: UInt64(data.count * 8).bigEndian) { tail.append(contentsOf: $0) }
            tail.withUnsafeBytes { bytes in
                for block in 0..<(tail.count / 64) { compress(bytes.baseAddress! + block * 64, state.baseAddress!) }
            }
        }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    @inline(__always) private static func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }

    private static func compress(_ block: UnsafeRawPointer, _ state: UnsafeMutablePointer<UInt32>) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
            for t in 0..<16 { w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 * t, as: UInt32.self)) }
            for t in 16..<64 {
                let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3
                let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10
                w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
            }
            var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7])
            constants.withUnsafeBufferPointer { k in
                for t in 0..<64 {
                    let t1 = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ ((e & f) ^ (~e & g)) &+ k[t] &+ w[t]
                    let t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
                    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
                }
            }
            for (i, value) in [a, b, c, d, e, f, g, h].enumerated() { state[i] = state[i] &+ value }
        }
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = {
        let primes = (2...311).filter { n in !(2..<n).contains { n % $0 == 0 } }
        return primes.map { fractionOfCubeRoot($0) }
    }()

    /// floor(2^32 * frac(cbrt(n))) by integer bisection, exact.
    private static func fractionOfCubeRoot(_ n: Int) -> UInt32 {
        // Finds the largest x with x^3 <= n * 2^96, in 128-bit arithmetic; x's low 32 bits are the fraction.
        var (low, high) = (UInt128(0), UInt128(8) << 32)
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle * middle <= UInt128(n) << 96 { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }
}
