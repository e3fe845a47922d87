import CSquallKernels
import Foundation

/// SHA-256 (FIPS 180-4): content hashes for the manifest. Here because the package avoids a cryptography dependency of minutes of compiling.
public struct SHA256: Sendable {
    private var state: [UInt32] = [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19]
    /// Bytes that do not fill a block yet.
    private var pending: [UInt8] = []
    /// Bytes taken so far.
    public private(set) var count = 0
    private let withInstructions: Bool

    /// For bytes that come in pieces.
    public init() { self.init(withInstructions: Self.hasInstructions) }

    package init(withInstructions: Bool) { self.withInstructions = withInstructions }

    /// 64 lowercase hexadecimal digits.
    public static func hexDigest(of data: Data) -> String { hexDigest(of: data, withInstructions: hasInstructions) }

    /// By the processor's SHA extensions, or in plain code; both give the same digits.
    package static func hexDigest(of data: Data, withInstructions: Bool) -> String {
        var hash = SHA256(withInstructions: withInstructions)
        hash.update(data)
        return hash.hexDigest
    }

    public mutating func update(_ data: Data) {
        count += data.count
        var rest = data
        if !pending.isEmpty {
            let taken = min(64 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(taken))
            rest = rest.dropFirst(taken)
            guard pending.count == 64 else { return }
            pending.withUnsafeBytes { Self.compress($0, blocks: 1, &state, withInstructions) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / 64
        rest.withUnsafeBytes { Self.compress($0, blocks: whole, &state, withInstructions) }
        pending.append(contentsOf: rest.dropFirst(whole * 64))
    }

    /// 64 lowercase hexadecimal digits of all bytes so far.
    public var hexDigest: String {
        var (state, tail) = (state, pending + [0x80])
        while tail.count % 64 != 56 { tail.append(0) }
        withUnsafeBytes(of: UInt64(count * 8).bigEndian) { tail.append(contentsOf: $0) }
        tail.withUnsafeBytes { Self.compress($0, blocks: tail.count / 64, &state, withInstructions) }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    package static let hasInstructions = sq_sha256_has_instructions() != 0

    private static func compress(_ bytes: UnsafeRawBufferPointer, blocks: Int, _ state: inout [UInt32], _ withInstructions: Bool) {
        guard blocks > 0, let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        if withInstructions { sq_sha256_instructions(&state, base, blocks, constants) } else { sq_sha256_plain(&state, base, blocks, constants) }
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
