import Foundation
import SquallScene
import Testing

/// The language reference is written by the schema; `SQUALL_UPDATE=1 swift test -c release --filter ReferenceTests` writes it anew.
@Suite struct ReferenceTests {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("LANGUAGE.md")

    @Test("LANGUAGE.md is what the schema says") func referenceIsCurrent() throws {
        let wanted = Schema.reference()
        #expect(wanted.contains("follow_lane") && wanted.contains("visibility") && wanted.contains("rain_extinction"))
        if ProcessInfo.processInfo.environment["SQUALL_UPDATE"] == "1" { try Data(wanted.utf8).write(to: page) }
        let found = try String(contentsOf: page, encoding: .utf8)
        #expect(found == wanted, "run  SQUALL_UPDATE=1 swift test -c release --filter ReferenceTests")
    }
}
