import Dispatch
import Foundation

/// What is said when somebody (Ctrl-C) or something (a scheduler's SIGTERM) ends a run early.
///
/// The program ends at once, as after `kill -9`: what is committed is whole, what is not will be made again.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// From now on these signals end the program with 128 + their number, after one line on standard error. One that was ignored
    /// when the program started, as in a background job, stays so.
    init(_ words: @escaping @Sendable () -> String) {
        sources = [SIGINT, SIGTERM].compactMap { number in
            let before = signal(number, SIG_IGN)
            if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            source.setEventHandler {
                Report.line(words())
                _exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    /// The signals have their usual meaning again.
    func end() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] where !sources.isEmpty { signal(number, SIG_DFL) }
    }

    /// This program's command line, to be typed again, with a flag that it may have already.
    static func command(adding flag: String) -> String {
        let given = CommandLine.arguments.contains(flag) ? CommandLine.arguments : CommandLine.arguments + [flag]
        return given.map(quoted).joined(separator: " ")
    }

    /// As a shell takes it for one word.
    private static func quoted(_ word: String) -> String {
        let plain = !word.isEmpty && word.utf8.allSatisfy { $0 > 0x7F || "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:@%+".utf8.contains($0) }
        return plain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
