import Foundation

/// A counter-based generator: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
///
/// There is no stream to share. A value is a pure function of its key (seed, path, sample index, attempt, tick) and its
/// number, so draws do not depend on order, threads or edits elsewhere.
public struct CounterRandom: Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let upper: SIMD2<UInt32>
    @usableFromInline var number: UInt32 = 0
    @usableFromInline let tick: UInt32
    @usableFromInline var block: SIMD4<UInt32> = .zero
    @usableFromInline var used = 4

    /// - Parameters:
    ///   - path: what is drawn, for instance `actor.cutter.speed`; stable under edits elsewhere.
    ///   - tick: a time step, pixel row or firing number, for draws that repeat.
    public init(seed: UInt64, sample: UInt32 = 0, attempt: UInt32 = 0, path: String, tick: UInt32 = 0) {
        self.init(seed: seed, sample: sample, attempt: attempt, pathHash: stableHash(path), tick: tick)
    }

    /// The same with a hash computed once outside a loop.
    @inlinable public init(seed: UInt64, sample: UInt32 = 0, attempt: UInt32 = 0, pathHash: UInt64, tick: UInt32 = 0) {
        let mixed = mix64(seed &+ 0x9E37_79B9_7F4A_7C15 &* (pathHash | 1)) ^ pathHash
        key = SIMD2(UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
        upper = SIMD2(sample, attempt)
        self.tick = tick
    }

    @inlinable public mutating func nextUInt32() -> UInt32 {
        if used == 4 {
            block = philox4x32(counter: SIMD4(number, tick, upper.x, upper.y), key: key)
            number &+= 1
            used = 0
        }
        defer { used += 1 }
        return block[used]
    }

    @inlinable public mutating func nextUInt64() -> UInt64 {
        let low = UInt64(nextUInt32())
        return low | UInt64(nextUInt32()) << 32
    }

    /// Uniform in [0, 1), 53 bits.
    @inlinable public mutating func uniform() -> Double { Double(nextUInt64() >> 11) * 0x1p-53 }
    /// Uniform in (0, 1): safe under a logarithm.
    @inlinable public mutating func openUniform() -> Double { (Double(nextUInt64() >> 12) + 0.5) * 0x1p-52 }
    /// Uniform in [0, 1), 24 bits.
    @inlinable public mutating func uniformFloat() -> Float { Float(nextUInt32() >> 8) * 0x1p-24 }

    /// Standard normal by Box-Muller; uses two uniforms and keeps nothing.
    public mutating func normal() -> Double {
        let r = (-2 * log(openUniform())).squareRoot()
        return r * cos(2 * .pi * uniform())
    }
}

/// One Philox4x32-10 block.
@inlinable public func philox4x32(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // In scalars: lanes of a vector would be taken out and put back ten times.
    var (a, b, c, d) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
        let p0 = UInt64(a) &* 0xD251_1F53
        let p1 = UInt64(c) &* 0xCD9E_8D57
        (a, c) = (UInt32(truncatingIfNeeded: p1 >> 32) ^ b ^ k0, UInt32(truncatingIfNeeded: p0 >> 32) ^ d ^ k1)
        (b, d) = (UInt32(truncatingIfNeeded: p1), UInt32(truncatingIfNeeded: p0))
        (k0, k1) = (k0 &+ 0x9E37_79B9, k1 &+ 0xBB67_AE85)
    }
    return SIMD4(a, b, c, d)
}

/// FNV-1a over UTF-8, then mixed: the same on every platform and build, unlike `Hasher`.
public func stableHash(_ text: String) -> UInt64 {
    var h: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { h = (h ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix64(h)
}

/// The finaliser of MurmurHash3: every input bit reaches every output bit.
@inlinable public func mix64(_ value: UInt64) -> UInt64 {
    var h = value
    h = (h ^ (h >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    h = (h ^ (h >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return h ^ (h >> 33)
}
