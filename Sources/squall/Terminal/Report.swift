import ArgumentParser
import Foundation
import SquallDiagnostics
import SquallRun

/// How anything is said on the standard error stream. Standard output carries results alone.
enum Report {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// `1 sample`, `2 samples`.
    static func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }

    static func line(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Prints diagnostics with their source lines, or as JSON lines on standard output.
    static func show(_ diagnostics: [Diagnostic], sources: [SourceText] = [], json: Bool = false) {
        guard !diagnostics.isEmpty else { return }
        if json {
            print(DiagnosticJSON(sources: sources).lines(diagnostics))
        } else {
            line(DiagnosticRenderer(sources: sources, colors: isTerminal).render(diagnostics))
        }
    }

    /// Ends the program: diagnostics for a `Failure`, the parser's own words for bad flags, one line for the rest.
    static func exit(with error: any Error) -> Never {
        if let failure = error as? Failure {
            show(failure.diagnostics)
            Foundation.exit(1)
        }
        let wrapped = error as NSError
        if error is CocoaError || wrapped.domain == NSPOSIXErrorDomain {
            let file = (wrapped.userInfo[NSFilePathErrorKey] as? String).map { "\($0): " } ?? ""
            line("\(file)error: the system refused: \(SystemCause.words(error))")
            Foundation.exit(1)
        }
        Squall.exit(withError: error)
    }
}
