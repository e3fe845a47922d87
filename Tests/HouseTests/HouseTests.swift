import Foundation
import Testing

/// The rules of the house, kept by tests: imports go down, modules say what they must never know, files stay small.
struct House {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Lower floors first; a module may import modules of strictly lower floors.
    static let floors: [String: Int] = [
        "SquallMath": 0, "SquallDiagnostics": 0,
        "SquallGeometry": 1, "SquallFrames": 1, "SquallWeather": 1, "SquallXML": 1,
        "SquallScene": 2, "SquallRays": 2,
        "SquallDraw": 3, "SquallRoads": 3, "SquallAssets": 3,
        "SquallLanguage": 4, "SquallSkins": 4, "SquallLife": 4, "SquallStructures": 4,
        "SquallWorld": 4, "SquallExport": 4, "SquallRaster": 4,
        "SquallDynamics": 5, "SquallVehicles": 5, "SquallRayFrames": 5, "SquallDetail": 5, "SquallSky": 5,
        "SquallShading": 6, "SquallSensors": 6, "SquallLabels": 6,
        "SquallRun": 7,
        "squall": 8,
    ]

    struct Source {
        var module: String
        var path: String
        var lines: [Substring]
    }

    static func swiftFiles(below folder: String) throws -> [Source] {
        let base = root.appendingPathComponent(folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path).filter { $0.hasSuffix(".swift") }.sorted()
        return try paths.map { path in
            let text = try String(contentsOf: base.appendingPathComponent(path), encoding: .utf8)
            return Source(module: String(path.prefix { $0 != "/" }), path: "\(folder)/\(path)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}

@Test("modules import only strictly lower floors")
func importsGoDown() throws {
    let files = try House.swiftFiles(below: "Sources")
    #expect(files.count > 50)
    for file in files {
        let floor = try #require(House.floors[file.module], "\(file.path): give its module a floor in HouseTests and ARCHITECTURE.md")
        for line in file.lines {
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at + 1 < words.count, at <= 1, !line.hasPrefix("//") else { continue }
            let imported = String(words[at + 1].prefix { $0 != "." })
            guard let other = House.floors[imported] else { continue }
            #expect(other < floor, "\(file.path) imports \(imported), which is not below it")
        }
    }
}

@Test("every module says what it must never know")
func modulesSayTheirLimits() throws {
    let byModule = Dictionary(grouping: try House.swiftFiles(below: "Sources"), by: \.module)
    for module in House.floors.keys.sorted() {
        let files = try #require(byModule[module], "\(module) has no sources")
        let says = files.contains { file in file.lines.prefix(6).contains { $0.lowercased().contains("must never know") } }
        #expect(says, "\(module): no file begins with what the module must never know")
    }
}

@Test("modules and files are short, and most files are shorter")
func filesAreShort() throws {
    let files = try House.swiftFiles(below: "Sources") + House.swiftFiles(below: "Tests")
    for file in files { #expect(file.lines.count <= 800, "\(file.path) has \(file.lines.count) lines: split it") }
    for (module, parts) in Dictionary(grouping: files, by: \.module).sorted(by: { $0.key < $1.key }) where House.floors[module] != nil {
        let lines = parts.reduce(0) { $0 + $1.lines.count }
        #expect(lines <= 4000, "\(module) has \(lines) lines: split it")
    }
    let counts = files.map(\.lines.count).sorted()
    #expect(counts[counts.count / 2] <= 200, "the median file is longer than 200 lines")
    #expect(counts[counts.count * 9 / 10] <= 500, "a tenth of the files is longer than 500 lines")
}

@Test("no traps on outside data, nothing left undone")
func noTraps() throws {
    let forbidden = ["fatalError(", "try!", " as! ", "TODO", "FIXME"]
    for file in try House.swiftFiles(below: "Sources") {
        for (number, line) in file.lines.enumerated() {
            for word in forbidden { #expect(!line.contains(word), "\(file.path):\(number + 1) holds \(word)") }
        }
        for (number, line) in SourceShape.withoutTexts(file.lines).enumerated() where unwrapsByForce(line) {
            Issue.record("\(file.path):\(number + 1) unwraps by force: say what happens when there is nothing")
        }
    }
}

/// A `!` behind a value. The address of a buffer that is not empty is there.
func unwrapsByForce(_ line: String) -> Bool {
    line.replacing("baseAddress!", with: "baseAddress").contains(/[A-Za-z0-9_)\]]!(?!=)/)
}

@Test(
    "force unwraps are seen, negations and inequalities are not",
    arguments: [
        ("let a = b!", true), ("f(b!.c, d)", true), ("x[0]! + 1", true), ("g()!", true), ("try! f()", true),
        ("if a != b, !c {", false), ("a ? !b : (!c)", false), ("p.baseAddress! + 1", false), ("a!=b", false),
    ])
func unwrapsAreSeen(line: String, isSeen: Bool) { #expect(unwrapsByForce(line) == isSeen) }

@Test("every example scene is named after what it shows and documented")
func scenesAreDocumented() throws {
    let base = House.root.appendingPathComponent("Scenes")
    let scenes = try FileManager.default.subpathsOfDirectory(atPath: base.path).filter { $0.hasSuffix(".squall") }
    #expect(!scenes.isEmpty)
    for scene in scenes {
        let text = try String(contentsOf: base.appendingPathComponent(scene), encoding: .utf8)
        #expect(text.hasPrefix("///"), "Scenes/\(scene) does not begin with a documentation comment")
    }
}
