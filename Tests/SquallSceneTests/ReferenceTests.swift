import Foundation
import SquallScene
import Testing

/// The page of the language: its guide, then the tables that the schema writes. `SQUALL_UPDATE=1 swift test -c release --filter ReferenceTests` puts it together anew.
@Suite struct ReferenceTests {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("LANGUAGE.md is the guide and what the schema says") func referenceIsCurrent() throws {
        let page = root.appendingPathComponent("LANGUAGE.md")
        let guide = try String(contentsOf: root.appendingPathComponent("Sources/SquallLanguage/Guide.md"), encoding: .utf8)
        let wanted = guide + Schema.reference()
        #expect(wanted.contains("follow_lane") && wanted.contains("visibility") && wanted.contains("rain_extinction") && wanted.contains("squall.root"))
        if ProcessInfo.processInfo.environment["SQUALL_UPDATE"] == "1" { try Data(wanted.utf8).write(to: page) }
        let found = try String(contentsOf: page, encoding: .utf8)
        #expect(found == wanted, "run  SQUALL_UPDATE=1 swift test -c release --filter ReferenceTests")
    }

    @Test("what is not in this version is listed from where it is declared") func futureIsListed() {
        let page = Schema.reference()
        let part = page[(page.range(of: "## Not yet")?.lowerBound ?? page.endIndex)...]
        var names: [String] = Schema.blocks.filter(\.isFuture).map(\.kind)
        for block in Schema.blocks { names += block.properties.filter(\.isFuture).map { "\(block.kind).\($0.name)" } }
        names += Schema.actions.filter(\.isFuture).map(\.name)
        names += Schema.specialFunctions.filter(\.isFuture).map(\.name)
        #expect(names.count > 10)
        for name in names { #expect(part.contains("`\(name)`"), "\(name)") }
        for action in Schema.actions where !action.isFuture { #expect(!part.contains("`\(action.name)`")) }
    }

    @Test("the tables list what is possible, from where the checker reads it") func boundsAreListed() {
        let lines = Schema.reference().split(separator: "\n")
        for block in Schema.blocks where !block.isFuture {
            for property in block.properties where property.allowed != nil && !property.isFuture {
                #expect(lines.contains { $0.hasPrefix("| `\(property.name)` |") && $0.contains(" ... ") && !$0.hasSuffix("|  |") }, "\(block.kind).\(property.name)")
            }
        }
        #expect(lines.contains { $0.hasPrefix("| `temperature`") && $0.hasSuffix("| -60 degC ... 60 degC | -273.15 degC ... 726.85 degC |") })
        #expect(lines.contains { $0.hasPrefix("| `white_balance`") && $0.hasSuffix("| 2000 K ... 15000 K | 1667 K ... 25000 K |") })
        #expect(lines.contains { $0.hasPrefix("| `visibility`") && $0.hasSuffix("| 5 m ... 100 km | 100 mm ... 1e+06 km |") })
    }
}
