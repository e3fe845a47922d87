import Foundation
import SquallExport
import Testing

@Suite struct HashTests {
    /// FIPS 180-4 examples and NIST CAVP byte-oriented vectors.
    static let vectors: [(Data, String)] = [
        (Data(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (Data("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        (
            Data("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu".utf8),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (Data(repeating: 0x61, count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test("published digests, by instructions and in plain code") func published() {
        for (data, digest) in Self.vectors {
            #expect(SHA256.hexDigest(of: data) == digest)
            #expect(SHA256.hexDigest(of: data, withInstructions: false) == digest)
        }
    }

    @Test("both ways agree at every length around the block and padding limits") func lengths() {
        guard SHA256.hasInstructions else { return }
        for n in Array(0...200) + [4095, 4096, 4097] {
            let data = Data((0..<n).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ n) })
            #expect(SHA256.hexDigest(of: data, withInstructions: true) == SHA256.hexDigest(of: data, withInstructions: false))
        }
    }

    @Test("bytes in pieces give the digest of the whole, wherever they are cut") func pieces() {
        let whole = Data((0..<400).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 5) })
        let digest = SHA256.hexDigest(of: whole)
        for size in [1, 7, 63, 64, 65, 128, 399] {
            var hash = SHA256()
            // Slices keep the indices of the whole: their first is not 0.
            for start in stride(from: 0, to: whole.count, by: size) { hash.update(whole[start..<min(whole.count, start + size)]) }
            #expect(hash.hexDigest == digest && hash.count == whole.count, "pieces of \(size)")
        }
        var hash = SHA256()
        hash.update(whole.prefix(100))
        #expect(hash.hexDigest == SHA256.hexDigest(of: whole.prefix(100)))
        hash.update(Data())
        hash.update(whole.dropFirst(100))
        #expect(hash.hexDigest == digest)
    }
}
