import Foundation
import Testing

/// Package.swift declares what the import lines need; for the product nothing else.
@Suite struct PackageTests {
    /// Dependencies by target, as Package.swift lists them.
    private func declared() throws -> [(target: String, folder: String, dependencies: [String])] {
        let text = try String(contentsOf: House.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        let list = try Regex(#"(floor|tests|executableTarget)\(\s*(?:name: )?"(\w+)"(?:, \[|,\s*dependencies: \[)([^\]]*)\]"#)
        return text.matches(of: list).compactMap { match in
            guard let kind = match.output[1].substring, let name = match.output[2].substring, let body = match.output[3].substring else { return nil }
            // Of `.product(name: "Logging", package: "swift-log")` the product counts.
            let names = body.replacing(/package: "[^"]*"/, with: "").matches(of: /"(\w+)"/).map { String($0.output.1) }
            return (String(name), "\(kind == "tests" ? "Tests" : "Sources")/\(name)", names)
        }
    }

    @Test func dependenciesAreThoseImported() throws {
        let targets = try declared()
        let known = Set(targets.map(\.target) + ["CSquallKernels", "CSquallSystem", "CSquallImages", "CDeflate", "GRDB", "Logging", "ArgumentParser"])
        #expect(targets.count > 25)
        for (target, folder, dependencies) in targets {
            var imported: Set<String> = []
            for file in try House.swiftFiles(below: folder) {
                for line in file.lines {
                    let words = line.split(separator: " ")
                    guard let at = words.firstIndex(of: "import"), at <= 1, at + 1 < words.count, !line.hasPrefix("//") else { continue }
                    imported.insert(String(words[at + 1].prefix { $0 != "." }))
                }
            }
            for dependency in dependencies where folder.hasPrefix("Sources") { #expect(imported.contains(dependency), "\(target) declares \(dependency) and imports it nowhere") }
            for name in imported.intersection(known).sorted() { #expect(dependencies.contains(name), "\(target) imports \(name) without declaring it") }
        }
    }
}
