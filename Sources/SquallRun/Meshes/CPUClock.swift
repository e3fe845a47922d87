import Foundation

/// Processor time of this process, all threads, user and system; and wall time. For benchmarks only.
struct CPUClock {
    let cpu: Double
    let wall: Double

    #if os(Linux)
    private static let processItself = __rusage_who_t(RUSAGE_SELF.rawValue)
    #else
    private static let processItself = RUSAGE_SELF
    #endif

    static func now() -> CPUClock {
        var usage = rusage()
        getrusage(processItself, &usage)
        let seconds = { (t: timeval) in Double(t.tv_sec) + Double(t.tv_usec) * 1e-6 }
        return CPUClock(cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), wall: ProcessInfo.processInfo.systemUptime)
    }

    /// Largest resident size so far, MiB.
    static var peakMemory: Double {
        var usage = rusage()
        getrusage(processItself, &usage)
        return Double(usage.ru_maxrss) / 1024
    }

    static func - (a: CPUClock, b: CPUClock) -> CPUClock { CPUClock(cpu: a.cpu - b.cpu, wall: a.wall - b.wall) }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted.count % 2 == 1 ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}
