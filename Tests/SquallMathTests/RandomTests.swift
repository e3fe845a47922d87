import Foundation
import SquallMath
import Testing

@Suite struct RandomTests {
    /// Known answers of Random123 (`kat_vectors`, philox4x32 10).
    @Test("Philox4x32-10 gives the published answers", arguments: [
        ([0, 0, 0, 0], [0, 0], [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
        ([.max, .max, .max, .max], [.max, .max], [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
        ([0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0], [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]),
    ] as [([UInt32], [UInt32], [UInt32])])
    func knownAnswers(counter: [UInt32], key: [UInt32], expected: [UInt32]) {
        let block = philox4x32(counter: SIMD4(counter), key: SIMD2(key))
        #expect((0..<4).map { block[$0] } == expected)
    }

    @Test("uniform numbers fill 64 bins evenly (chi-square) and are not serially correlated") func uniformity() {
        var random = CounterRandom(seed: 11, path: "chi")
        let n = 64_000
        let values = (0..<n).map { _ in random.uniform() }
        var bins = Array(repeating: 0.0, count: 64)
        for v in values { bins[Int(v * 64)] += 1 }
        let expected = Double(n) / 64
        let chi = bins.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        // 63 degrees of freedom: the 0.1 % and 99.9 % points.
        #expect((33.9...103.5).contains(chi))
        let mean = values.reduce(0, +) / Double(n)
        let lag = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / Double(n) * 12
        #expect(abs(mean - 0.5) < 0.005 && abs(lag) < 0.016)
    }

    @Test("normal numbers have the moments of a normal") func moments() {
        var random = CounterRandom(seed: 3, path: "normal")
        let n = 100_000
        let values = (0..<n).map { _ in random.normal() }
        let moment = { (k: Double) in values.reduce(0) { $0 + pow($1, k) } / Double(n) }
        // Four standard errors of each.
        #expect(abs(moment(1)) < 0.0127 && abs(moment(2) - 1) < 0.018 && abs(moment(3)) < 0.05 && abs(moment(4) - 3) < 0.125)
        #expect(abs(Double(values.filter { abs($0) < 1.96 }.count) / Double(n) - 0.95) < 0.003)
    }

    @Test("every part of a key changes the stream; nothing else does") func keys() {
        func first(_ seed: UInt64 = 1, _ sample: UInt32 = 2, _ attempt: UInt32 = 3, _ path: String = "a.b", _ tick: UInt32 = 4) -> UInt64 {
            var random = CounterRandom(seed: seed, sample: sample, attempt: attempt, path: path, tick: tick)
            return random.nextUInt64()
        }
        let all = [first(), first(2), first(1, 3), first(1, 2, 4), first(1, 2, 3, "a.c"), first(1, 2, 3, "a.b", 5), first(1, 3, 2), first(1, 2, 4, "a.b", 3)]
        #expect(Set(all).count == all.count)
        #expect(first() == first())
        var hashed = CounterRandom(seed: 1, sample: 2, attempt: 3, pathHash: stableHash("a.b"), tick: 4)
        #expect(hashed.nextUInt64() == first())
    }

    @Test("ranges are half open, open where a logarithm follows") func ranges() {
        var random = CounterRandom(seed: 5, path: "range")
        for _ in 0..<20_000 {
            #expect((0..<1).contains(random.uniform()))
            let open = random.openUniform()
            #expect(open > 0 && open < 1)
            #expect((0..<1).contains(random.uniformFloat()))
        }
    }

    /// Values of FNV-1a (published test vectors) through the MurmurHash3 finaliser.
    @Test("stable hashes are those of FNV-1a, mixed") func hashes() {
        #expect(stableHash("") == mix64(0xCBF2_9CE4_8422_2325))
        #expect(stableHash("a") == mix64(0xAF63_DC4C_8601_EC8C))
        #expect(stableHash("foobar") == mix64(0x8594_4171_F739_67E8))
        #expect(mix64(0) == 0)
        #expect(mix64(1) == 0xB456_BCFC_34C2_CB2C)
    }
}
