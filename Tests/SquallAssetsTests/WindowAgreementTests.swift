import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene
import SquallStructures
import Testing

/// Windows of a house say the same of themselves however much of the house is built.
@Suite struct WindowAgreementTests {
    private struct Window {
        /// The second coordinate's: group, kind of room and its furniture.
        var code: Int
        var group: Int
        var middle: Vec3
    }

    /// Every window of a level that carries a code: panes as they are, rooms by their rear wall and sides together.
    private func windows(_ level: Asset.Level, _ materials: [Material]) -> [Window] {
        level.pieces.flatMap { piece -> [Window] in
            piece.mesh.parts.filter { materials[$0.slot].detail == .window }.flatMap { part in
                (part.firstTriangle..<part.firstTriangle + part.triangleCount).map { triangle in
                    let corners = piece.mesh.corners(triangle)
                    let texture = piece.mesh.textureCoordinates[Int(piece.mesh.indices[3 * triangle])]
                    return Window(code: Int(((Double(texture.y) + 1.5) / 4).rounded(.down)), group: WindowCode.group(at: Vec2(texture)), middle: Vec3((corners.0 + corners.1 + corners.2) / 3))
                }
            }
        }
    }

    @Test("a window lit near is lit far", arguments: ["building", "apartment_block", "terraced_house", "detached_house", "shop_house", "office", "warehouse"])
    func levelsAgree(name: String) throws {
        let archetype = try #require(Archetype.named(name)), kind = try #require(StructureShapes.all[name])
        var groups = Set<Int>()
        for index in 0..<kind.variants {
            let asset = kind.build(archetype, Variant(name, index))
            let levels = asset.levels.map { windows($0, asset.materials) }
            #expect(levels.count == 3 && levels.allSatisfy { !$0.isEmpty })
            let far = try #require(levels.last)
            for window in far {
                groups.insert(window.group)
                for level in levels.dropLast() {
                    // Its pane in the reveal, or walls of its room at most 2 m behind.
                    #expect(level.contains { $0.code == window.code && ($0.middle - window.middle).length < 2.3 }, "\(name) \(index): \(window) is dark or furnished anew near by")
                }
            }
            for level in levels.dropLast() {
                for window in level where window.group != 0 && WindowCode.room(of: window.code) != .goods {
                    #expect(far.contains { $0.code == window.code && ($0.middle - window.middle).length < 2.3 }, "\(name) \(index): \(window) has no pane far off")
                }
            }
        }
        #expect(groups.count > (name == "warehouse" ? 3 : 8), "\(name) lights its rooms in \(groups.count) groups")
    }
}
