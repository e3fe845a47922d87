import Foundation
import Synchronization

/// A persistent set of threads that share an atomic counter of work items.
///
/// The caller decides how many workers there are; results must not depend on it. Each item is run exactly once, by any worker.
public final class WorkerPool: Sendable {
    private struct State {
        var generation = 0
        var job: (@Sendable (_ worker: Int) -> Void)?
        var running = 0
        var closed = false
    }
    private let condition = NSCondition()
    private nonisolated(unsafe) var state = State()   // guarded by `condition`
    public let workers: Int

    /// - Parameter workers: how many threads work on a job, the caller's included; at least 1.
    public init(workers: Int) {
        self.workers = max(1, workers)
        for index in stride(from: 1, to: self.workers, by: 1) {
            let thread = Thread { [self] in WorkerPool.loop(pool: self, worker: index) }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Ends the threads, after the job they are at. Called by whoever made the pool; a pool left open keeps its threads asleep.
    /// May be called again; a closed pool runs everything on its caller.
    public func close() {
        condition.withLock { state.closed = true }
        condition.broadcast()
    }

    /// Runs `body(item, worker)` for every item in `0..<count`; returns when all are done. `worker` is in `0..<workers`.
    /// Not reentrant: neither `body` nor a second thread may call `run` on the same pool meanwhile.
    public func run(_ count: Int, _ body: @Sendable (_ item: Int, _ worker: Int) -> Void) {
        guard workers > 1, count > 1, begin() else {
            for item in 0..<count { body(item, 0) }
            return
        }
        let counter = Counter()
        withoutActuallyEscaping(body) { body in
            let work: @Sendable (Int) -> Void = { worker in
                while true {
                    let item = counter.next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard item < count else { return }
                    body(item, worker)
                }
            }
            publish(work)
            work(0)
            drain()
        }
    }

    private final class Counter: Sendable { let next = Atomic<Int>(0) }

    /// Claims the threads for one job; false when they have ended.
    private func begin() -> Bool {
        condition.withLock {
            precondition(state.job == nil, "WorkerPool.run is not reentrant: give each caller its own pool")
            return !state.closed
        }
    }

    private func publish(_ work: @escaping @Sendable (Int) -> Void) {
        condition.withLock {
            state.job = work
            state.generation += 1
            state.running = workers - 1
        }
        condition.broadcast()
    }

    private func drain() {
        condition.lock()
        while state.running > 0 { condition.wait() }
        state.job = nil
        condition.unlock()
    }

    /// Never inlined: on return this thread holds no reference to the caller's closure, which must not outlive `run`.
    @inline(never) private func perform(_ worker: Int) {
        let job = condition.withLock { state.job }
        job?(worker)
    }

    private static func loop(pool: WorkerPool, worker: Int) {
        var seen = 0
        while true {
            pool.condition.lock()
            while !pool.state.closed && pool.state.generation == seen { pool.condition.wait() }
            // A job that is already counted on this thread is done even when the pool has been closed meanwhile.
            if pool.state.generation == seen { pool.condition.unlock(); return }
            seen = pool.state.generation
            pool.condition.unlock()
            pool.perform(worker)
            pool.condition.lock()
            pool.state.running -= 1
            pool.condition.broadcast()
            pool.condition.unlock()
        }
    }
}
