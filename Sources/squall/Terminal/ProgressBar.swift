import Foundation
import Synchronization

/// One line that is drawn over: share done, rate, time left. Silent when standard error is no terminal, and in the first two seconds.
final class ProgressBar: Sendable {
    private struct State {
        var lastDrawn = 0.0
        var drawn = false
    }
    private let state = Mutex(State())
    private let started = ProcessInfo.processInfo.systemUptime
    private let isOn: Bool

    init(isOn: Bool = Report.isTerminal) { self.isOn = isOn }

    /// Since the bar was made, for people: `0.4 s`, `3 min 12 s`.
    var spent: String {
        let seconds = ProcessInfo.processInfo.systemUptime - started
        return seconds < 60 ? String(format: "%.1f s", seconds) : Self.clock(seconds)
    }

    /// - Parameter unit: what is counted, in the plural.
    func update(done: Int, total: Int, unit: String) {
        guard isOn else { return }
        let now = ProcessInfo.processInfo.systemUptime
        state.withLock { state in
            guard now - started > 2, now - state.lastDrawn > 0.2 else { return }
            (state.lastDrawn, state.drawn) = (now, true)
            let rate = Double(done) / (now - started)
            let left = rate > 0 ? Double(max(0, total - done)) / rate : 0
            let width = 30
            let filled = total > 0 ? min(width, done * width / total) : 0
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
            let text = "[\(bar)] \(done)/\(total) \(unit)  \(String(format: "%.1f", rate))/s  \(Self.clock(left)) left"
            FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
        }
    }

    /// Clears the line.
    func end() {
        state.withLock { state in
            if state.drawn { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
            state.drawn = false
        }
    }

    private static func clock(_ seconds: Double) -> String {
        let s = Int(seconds.rounded(.up))
        return s >= 3600 ? "\(s / 3600) h \(s % 3600 / 60) min" : s >= 60 ? "\(s / 60) min \(s % 60) s" : "\(s) s"
    }
}
