import SquallMath
import Synchronization
import Testing

@Suite struct TicksTests {
    @Test("a second is a whole number of cycles at every rate sensors use", arguments: [1, 2, 5, 10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 100, 120, 200, 240, 1000])
    func exactRates(hertz: Int) {
        #expect(Ticks(perCycleAt: hertz) * hertz == Ticks(Ticks.perSecond))
    }

    @Test("time does not drift over hours, and nanoseconds are rounded down") func noDrift() {
        let step = Ticks(perCycleAt: 240)
        #expect((step * (240 * 36_000)).nanoseconds == 36_000_000_000_000)
        #expect((step * 100_000_001).seconds == 100_000_001 / 240.0)
        #expect(Ticks(1).nanoseconds == 1 && Ticks(7056).nanoseconds == 10_000 && Ticks(-1).nanoseconds == -2 && Ticks(-7056).nanoseconds == -10_000)
        #expect((Ticks(perCycleAt: 30) * 10).nanoseconds == 333_333_333)
        #expect(Ticks(seconds: 0.1) == Ticks(perCycleAt: 10) && Ticks(seconds: -0.5) == Ticks(-Ticks.perSecond / 2))
        #expect(Ticks(3) + Ticks(4) - Ticks(2) == Ticks(5) && Ticks(3) < Ticks(4))
    }

    @Test("spans beyond a hundred years end there and still add up", arguments: [1e10, 1e300, Double.infinity]) func endsOfTime(seconds: Double) {
        #expect(Ticks(seconds: seconds) == Ticks(1 << 61) && Ticks(seconds: -seconds) == Ticks(-1 << 61))
        #expect((Ticks(seconds: seconds) + Ticks(seconds: seconds)).seconds > 6e9)
        #expect(Ticks(seconds: .nan) == .zero)
    }
}

@Suite struct WorkerPoolTests {
    @Test("every item is run exactly once, by a worker there is", arguments: 1...4) func everyItemOnce(workers: Int) {
        let pool = WorkerPool(workers: workers)
        defer { pool.close() }
        for round in 0..<300 {
            let count = round * 7 % 61
            let done = (0..<max(1, count)).map { _ in Counter() }
            let strangers = Counter()
            pool.run(count) { item, worker in
                done[item].value.add(1, ordering: .relaxed)
                if worker < 0 || worker >= workers { strangers.value.add(1, ordering: .relaxed) }
            }
            #expect(done.prefix(count).allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
            #expect(strangers.value.load(ordering: .relaxed) == 0)
        }
    }

    @Test("a pool closed once, twice, inside a job or before one still runs everything") func closing() {
        for round in 0..<50 {
            let pool = WorkerPool(workers: 3)
            let sum = Counter()
            pool.run(20) { item, _ in
                if item == round % 20 { pool.close() }
                sum.value.add(item, ordering: .relaxed)
            }
            pool.close()
            pool.run(10) { item, worker in sum.value.add(worker == 0 ? item : 1000, ordering: .relaxed) }
            #expect(sum.value.load(ordering: .relaxed) == 190 + 45)
        }
    }

    @Test("pools may run inside each other's jobs") func pools() {
        let (outer, inner) = (WorkerPool(workers: 2), [WorkerPool(workers: 2), WorkerPool(workers: 2)])
        defer { for pool in [outer] + inner { pool.close() } }
        let sum = Counter()
        outer.run(30) { _, worker in inner[worker].run(10) { item, _ in sum.value.add(item, ordering: .relaxed) } }
        #expect(sum.value.load(ordering: .relaxed) == 30 * 45)
    }

    private final class Counter: Sendable { let value = Atomic<Int>(0) }
}
