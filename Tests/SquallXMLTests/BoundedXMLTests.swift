import Foundation
import SquallDiagnostics
import SquallXML
import Testing

/// Outside files: what is well-formed and within bounds comes out as it is, everything else ends in one message with a line.
@Suite struct BoundedXMLTests {
    private static let bounds = XMLBounds(
        code: "map", noun: "a map", root: "map", rootFix: "name a map", bytes: 4_000, elements: 40, depth: 6, counted: ("lane", 5), smaller: "cut it", texts: ["note"])

    private func parse(_ text: String) throws -> FileElement { try BoundedXML.parse(Data(text.utf8), file: "a.map", within: Self.bounds) }
    private func code(_ text: String) -> String? {
        do { _ = try parse(text) } catch let failure as Failure { return failure.diagnostics.first?.code } catch {}
        return nil
    }

    @Test func elementsKeepOrderAttributesLinesAndWantedText() throws {
        let root = try parse("<map>\n<road id='1'/>\n<road id='2'><note>a <![CDATA[<b>]]></note><other>dropped</other></road></map>")
        let roads = root.all("road")
        #expect(roads.compactMap { $0.attributes["id"] } == ["1", "2"])
        #expect(roads.map(\.line) == [2, 3])
        #expect(roads.last?.first("note")?.text == "a <b>")
        #expect(roads.last?.first("other")?.text.isEmpty == true)
        #expect(roads.allSatisfy(\.isRead) && !root.isRead)
    }

    @Test func whatNobodyAskedForIsKnown() throws {
        let root = try parse("<map><road/><tree/></map>")
        _ = root.all("road")
        #expect(root.children.filter { !$0.isRead }.map(\.name) == ["tree"])
        root.leaveOut()
        #expect(root.children.filter(\.isRead).count == 2)
    }

    @Test func everyBoundHolds() {
        #expect(code("") == "map-file-empty")
        #expect(code("<plan/>") == "map-root")
        #expect(code("<map><road></map>") == "map-xml")
        #expect(code("<!DOCTYPE x [<!ENTITY a 'b'>]><map>&a;</map>") == "map-doctype")
        #expect(code("<map>" + String(repeating: "<a>", count: 7)) == "map-depth")
        #expect(code("<map>" + String(repeating: "<a/>", count: 41) + "</map>") == "map-element-count")
        #expect(code("<map>" + String(repeating: "<lane/>", count: 6) + "</map>") == "map-lane-count")
        #expect(code("<map>" + String(repeating: " ", count: 4_000) + "</map>") == "map-file-size")
    }

    @Test func otherEncodingsAreReadWhenDeclared() throws {
        let latin = Data("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<map><road id='".utf8) + Data([0xfc]) + Data("'/></map>".utf8)
        let road = try BoundedXML.parse(latin, file: "a.map", within: Self.bounds).first("road")
        #expect(road?.attributes["id"] == "\u{fc}" && road?.line == 2)
        let undeclared = Data("<map><r".utf8) + Data([0xfc]) + Data("/></map>".utf8)
        do {
            _ = try BoundedXML.parse(undeclared, file: "a.map", within: Self.bounds)
            Issue.record("a byte that is no UTF-8 was read")
        } catch let failure as Failure {
            #expect(failure.diagnostics.first?.code == "map-encoding" && failure.diagnostics.first?.place == "byte 8")
        }
    }

    /// Bytes cut off, doubled or changed anywhere end in a message or in elements, never in a trap.
    @Test func brokenFilesEndInMessages() {
        let good = Array("<?xml version='1.0' encoding='UTF-8'?><map><road id='1'><lane/><note>x</note></road><road id='2'/></map>".utf8)
        var state: UInt64 = 9
        for round in 0..<3_000 {
            var bytes = good
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let at = Int(state >> 33) % good.count
            switch round % 3 {
            case 0: bytes.removeLast(good.count - at)
            case 1: bytes[at] = UInt8(truncatingIfNeeded: state >> 20)
            default: bytes.insert(contentsOf: good[..<at], at: at)
            }
            do {
                let root = try BoundedXML.parse(Data(bytes), file: "a.map", within: Self.bounds)
                #expect(root.name == "map")
            } catch {
                #expect((error as? Failure)?.diagnostics.first?.code.hasPrefix("map-") == true)
            }
        }
    }
}
