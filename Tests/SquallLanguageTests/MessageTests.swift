import Foundation
import SquallDiagnostics
import SquallDraw
import SquallFrames
import SquallLanguage
import SquallScene
import Testing

/// What an author reads after a slip: one message, whole, with what to write instead.
@Suite struct MessageTests {
    static let rig = "rig mine { camera front { } }\n"

    /// `message | label | fix` of every error and warning, in reading order.
    private func messages(_ text: String, overrides: [String: String] = [:]) -> [String] {
        DiagnosticTests.load(text, overrides: overrides).diagnostics.map { [$0.message, $0.label ?? "", $0.fix ?? ""].joined(separator: " | ") }
    }

    private func ego(_ inside: String) -> String { "actor ego is sedan { place = at((0 m, 0 m, 0 m)), \(inside) }\n" }

    @Test("a step with an if is one error") func noIf() {
        let fix = "write when to wait for a condition, until to end on one; or choose values: brake(at: if ... then ... else ...)"
        for body in ["do brake() if 3 > 2", "do { brake() if 3 > 2 }", "do { follow_lane() until elapsed() > 1 s if true\n brake() }"] {
            #expect(messages(ego(body)) == ["a step has no 'if' |  | \(fix)"], "\(body)")
        }
    }

    @Test("a group has no until, for or when") func modifiersOfGroups() {
        for (word, rest) in [("for", "3 s"), ("until", "elapsed() > 1 s"), ("when", "elapsed() > 1 s")] {
            let text = ego("do {\n together { follow_lane(), keep_gap(ego, time: 2 s) } \(word) \(rest)\n brake()\n}")
            #expect(
                messages(text) == ["'\(word)' belongs to a single step |  | write it behind each step it is for, inside the braces: follow_lane() \(word) ..."], "\(word)")
        }
    }

    @Test("two dots say what to write") func twoDots() {
        let fix = "write 15 m ... 40 m for a range, or uniform(15 m, 40 m) to draw a value from it"
        let error = "a range has three dots |  | \(fix)"
        #expect(messages(Self.rig + "actor ego is sedan { place = at((15 m .. 40 m, 0 m, 0 m)), carries mine }") == [error])
        #expect(messages("param a = normal(20 m, 3 m) within 15 m .. 40 m\nrequire a > 3 m") == [error])
        #expect(messages("let b = 2\nlet a = 15 m .. 40 m * b\nrequire a > 3 m").count == 1)
        #expect(
            messages("weather { fog { visibility = 15 m ... 40 m } }")
                == ["visibility of fog is a length, but this is a range of length | meteorological optical range (5 % contrast) | to draw a value from the range write uniform(a, b)"])
    }

    @Test("an import that fails names every place tried and the root, and nothing follows from it") func failedImports() {
        let text = """
            import "rigs/nowhere.squall" as rigs
            import "nowhere.xodr" as town
            param gap = 3 m
            actor ego is sedan { place = town.lane(-1).at(gap), carries rigs.kitti }
            actor other is sedan { place = town.road("1").lane(1).at(9 m), speed = rigs.speed, carries town }
            world { road = town }
            """
        let folder = repository + "/Scenes/language", assets = repository + "/Assets"
        let advice = "paths are relative to the importing file, or to the shipped Assets folder; nothing outside the root \(repository)/Scenes is read, see --root"
        #expect(
            messages(text, overrides: ["rigs.height": "1 m"]) == [
                "there is no file rigs/nowhere.squall | looked for \(folder)/rigs/nowhere.squall and \(assets)/rigs/nowhere.squall | \(advice)",
                "there is no file nowhere.xodr | looked for \(folder)/nowhere.xodr and \(assets)/nowhere.xodr | \(advice)",
            ])
        let way = "copy it into the root and write its path from this file, or name a larger root with --root FOLDER or an empty squall.root file in it"
        #expect(
            messages("import \"../../x.squall\" as x") == ["../../x.squall lies outside the scene's root \(repository)/Scenes | this would be \(repository)/x.squall | \(way)"])
    }

    @Test("a word of some dataset for what the archetypes are: its archetypes are named") func kinds() {
        #expect(messages("actor lost is pedestrian { place = at((0 m, 0 m, 0 m)) }").contains { $0.hasPrefix("there is no 'pedestrian' here") && $0.hasSuffix("for instance adult, child, elder") })
        #expect(messages("actor lost is gizmo { place = at((0 m, 0 m, 0 m)) }").contains { $0.hasSuffix("LANGUAGE.md lists them under Archetypes") })
    }

    @Test("a rig that does not exist: those that do are listed") func rigs() {
        let text = "import \"rigs/front_and_lidar.squall\" as rigs\n" + Self.rig
        #expect(messages(text + ego("carries yours")) == ["there is no rig 'yours' |  | the rigs here are mine, rigs.kitti"])
        #expect(messages(text + ego("carries mime")) == ["there is no rig 'mime' |  | did you mean 'mine'?"])
        #expect(messages(text + ego("carries rigs.kity")) == ["rigs has no rig 'kity' |  | it has kitti"])
        #expect(messages(text + ego("carries rig.kitti")) == ["there is no 'rig' |  | did you mean 'rigs'?"])
        #expect(
            messages(ego("carries yours")) == [
                "there is no rig 'yours' |  | declare one with rig name { ... }, or import one: import \"rigs/front_and_lidar.squall\" as rigs, then carries rigs.kitti"
            ])
        #expect(messages(DiagnosticTests.road + Self.rig + ego("carries town.kitti")) == ["'town' is no imported scene file, so it has no rigs |  | the rigs here are mine"])
    }

    @Test("what is not supported yet is not offered") func notOffered() {
        #expect(messages(Self.rig + ego("mas = 3 kg")) == ["unknown property 'mas' in actor | actor has place, speed, color, size, category, fixed, lights, holds | "])
        #expect(messages("weather { snw { } }") == ["there is no block 'snw' in weather | weather has rain, fog, wind, sky, road | "])
        #expect(messages(Self.rig + ego("do skd()")) == [
            "there is no action 'skd' |  | there are follow_lane, change_lane, brake, accelerate, keep_gap, follow, walk, cross, run, sit, fall, wave, stop, wait"
        ])
    }

    @Test("a bare number where a unit is wanted: the common one, with the number") func units() {
        #expect(Evaluator.evaluate("5 + 3 s").diagnostics.map(\.fix) == ["does the plain number lack a unit such as s?"])
        #expect(Evaluator.evaluate("5 + 3 km").diagnostics.map(\.fix) == ["does the plain number lack a unit such as m?"])
        #expect(messages("weather { rain { rate = 25 } }") == [
            "rate of rain is a speed, but this is a plain number | rain rate; heavy rain is 10 to 50 mm/h | write it with a unit, for instance 25 mm/h"
        ])
        #expect(Evaluator.evaluate("3 sec").diagnostics.map(\.fix) == ["did you mean 's'?"])
        #expect(Evaluator.evaluate("3 kmh").diagnostics.map(\.fix) == ["did you mean 'km/h'?"])
        let sight = "param sight = uniform(5, 20) km\nweather { fog { visibility = sight } }"
        #expect(messages(sight, overrides: ["sight": "90"]) == ["param sight is a length, but this is a plain number |  | write it with a unit, for instance 90 km"])
        #expect(messages(sight.replacing("uniform(5, 20) km", with: "900 m"), overrides: ["sight": "90"]).first?.hasSuffix("for instance 90 m") == true)
    }

    @Test("an empty expression says so") func empty() {
        for text in ["", "  ", "// nothing"] {
            #expect(Evaluator.evaluate(text).diagnostics.map(\.message) == ["there is nothing to work out"], "'\(text)'")
        }
    }

    @Test("a folder is not a scene") func folder() {
        let loaded = SceneSource.load(path: repository + "/Scenes/basics")
        #expect(loaded.diagnostics.map(\.message) == ["this is a folder, not a scene file"])
        #expect(loaded.diagnostics.map(\.fix) == ["name a file in it, such as \(repository)/Scenes/basics/one_sedan.squall"])
    }

    @Test("what is set from outside stays within the scene's range") func settingBeyondTheRange() throws {
        let text = "param gap = normal(18 m, 4 m) within 8 m ... 40 m\nweather { fog { visibility = gap } }"
        let advice = "choose a value from that range, or change the range in the scene"
        func set(_ value: String) -> [String] { messages(text, overrides: ["gap": value]) }
        #expect(set("1km") == ["param gap lies within 8 m ... 40 m, but this is 1000 m |  | \(advice)"])
        #expect(set("uniform(3, 9) m") == ["param gap lies within 8 m ... 40 m, but this reaches 3 m |  | \(advice)"])
        #expect(set("2 * uniform(30, 39) m").first?.hasPrefix("param gap lies within 8 m ... 40 m, but this gives ") == true)
        for fine in ["8 m", "40m", "4000 cm", "uniform(8, 40) m", "normal(39 m, 20 m)"] { #expect(set(fine) == [], "\(fine)") }
        // A distribution without ends is cut off at the range.
        let loaded = DiagnosticTests.load(text, overrides: ["gap": "normal(39 m, 20 m)"])
        let scene = try #require(loaded.scene)
        for index in 0..<200 {
            let sight = try scene.draw(seed: 1, index: index, catalogue: NoImports()).weather.fogVisibility.value(at: 0)
            #expect(sight >= 8 && sight <= 40)
        }
        #expect(messages("param rain = uniform(20, 60) mm/h\nweather { rain { rate = rain } }", overrides: ["rain": "80 mm/h"]) == [])
    }

    @Test("a place off the road's end names the road's length, and tries once when nothing is random") func offTheRoad() {
        let text = DiagnosticTests.road + Self.rig + "actor ego is sedan { place = town.lane(-1).at(90000 m), carries mine }"
        #expect(messages(text) == ["no sample can be drawn because road 1 is 500 m long and s = 90 km lies beyond its end |  | choose s between 0 m and 500 m"])
        let drawn = messages(text.replacing("90000 m", with: "uniform(90000 m, 90001 m)"))
        #expect(drawn.count == 1 && drawn[0].hasPrefix("none of 1000 draws was accepted; the last because road 1 is 500 m long"))
        #expect(drawn[0].hasSuffix("choose s between 0 m and 500 m"))
        #expect(messages(text.replacing("90000 m", with: "-1 m"))[0].contains("lies before its start"))
    }

    @Test("lists of lists are neither unfolded nor described beyond a bound", .timeLimit(.minutes(1))) func nestedLists() throws {
        let doubling = (1...150).map { "let a\($0) = [a\($0 - 1), a\($0 - 1)]" }.joined(separator: "\n")
        let text = "let a0 = [1, 2]\n\(doubling)\nparam p = pick(a150, a150)\nrequire a149 == a149"
        #expect(messages(text).contains { $0.hasPrefix("this holds too many elements: working with it takes more than 5000000 steps") })
        let long = "let numbers = [\((0..<500).map(String.init).joined(separator: ", "))]\nparam p = pick(numbers)\nrequire p == p"
        let scene = try #require(DiagnosticTests.load(long).scene)
        let drawn = try #require(try scene.draw(seed: 0, index: 0, catalogue: NoImports()).draws.first { $0.path == "p" })
        #expect(drawn.value.hasPrefix("[0, 1, 2, ") && drawn.value.hasSuffix(", 99, ...]"))
    }
}
