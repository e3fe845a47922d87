import Foundation
import SquallAssets
import SquallGeometry
import SquallMath
import SquallScene

/// `building`, `apartment_block`, `terraced_house`, `detached_house`, `shop_house`, `office`: storeys of windows with rooms behind them, a
/// ground floor of its own and a roof. The front looks to -y: right of the heading, so that a house left of a road faces it.
package struct House: ProceduralAsset {
    enum Ground { case dwelling, shops, offices }
    enum Roof { case gable, hip, flat }

    var ground = Ground.dwelling
    var surfaces: [HouseSurfaces.Wall] = [.plaster]
    /// Number of storeys and the roof they go with; variants choose among them.
    var shapes: [(storeys: Int, roof: Roof)]
    /// Share of the height the roof takes on houses with slopes.
    var roofShare = 0.24
    var groundHeight = 3.0
    var bay = 2.8
    /// Width and height of a window.
    var window = Vec2(1.25, 1.5)
    var balconies = false
    /// Neighbours stand against both sides.
    var isTerraced = false
    var plinth = 0.5
    var chimneys = 2
    /// Windows in small houses of their own on the front slope of a gable roof.
    var dormers = 0
    var colors = House.walls
    var roofs = House.tiles

    package var variants: Int { 10 }

    static let kinds: [String: any ProceduralAsset] = [
        "building": House(surfaces: [.plaster, .plaster, .brick], shapes: [(3, .gable), (3, .hip), (3, .gable)]),
        "apartment_block": House(surfaces: [.plaster, .plaster, .brick], shapes: [(6, .flat), (5, .hip), (6, .flat), (5, .gable)], roofShare: 0.16, bay: 3.0, balconies: true, chimneys: 1),
        "terraced_house": House(surfaces: [.brick, .plaster], shapes: [(2, .gable), (3, .flat), (2, .gable)], roofShare: 0.32, groundHeight: 2.9, bay: 2.3, isTerraced: true, chimneys: 1),
        "detached_house": House(surfaces: [.plaster, .brick, .plaster], shapes: [(2, .gable), (2, .hip), (1, .gable)], roofShare: 0.36, groundHeight: 2.8, bay: 3.0, chimneys: 1),
        "shop_house": House(
            ground: .shops, surfaces: [.plaster, .brick, .stone], shapes: [(4, .flat), (4, .gable), (3, .gable)], roofShare: 0.22, groundHeight: 3.9, bay: 2.4, window: Vec2(1.1, 1.75),
            isTerraced: true, plinth: 0, chimneys: 2),
        "office": House(
            ground: .offices, surfaces: [.stone, .metal, .plaster], shapes: [(7, .flat), (6, .flat), (8, .flat)], groundHeight: 4.2, bay: 3.0, window: Vec2(2.45, 1.9), plinth: 0, chimneys: 0,
            colors: House.greys, roofs: [Vec3f(0.16, 0.16, 0.155)]),
    ]

    static let walls: [Vec3f] = [
        Vec3f(0.55, 0.50, 0.40), Vec3f(0.62, 0.60, 0.55), Vec3f(0.42, 0.31, 0.19), Vec3f(0.46, 0.46, 0.45), Vec3f(0.50, 0.38, 0.25), Vec3f(0.48, 0.50, 0.44), Vec3f(0.54, 0.44, 0.26),
        Vec3f(0.47, 0.33, 0.27),
    ]
    static let bricks: [Vec3f] = [Vec3f(0.27, 0.115, 0.075), Vec3f(0.32, 0.16, 0.10), Vec3f(0.36, 0.26, 0.16), Vec3f(0.21, 0.105, 0.085)]
    static let greys: [Vec3f] = [Vec3f(0.40, 0.40, 0.39), Vec3f(0.22, 0.23, 0.24), Vec3f(0.52, 0.50, 0.46), Vec3f(0.30, 0.28, 0.26)]
    static let tiles: [Vec3f] = [Vec3f(0.22, 0.080, 0.048), Vec3f(0.16, 0.064, 0.042), Vec3f(0.075, 0.075, 0.080), Vec3f(0.12, 0.090, 0.075)]
    static let accents: [Vec3f] = [Vec3f(0.07, 0.10, 0.07), Vec3f(0.24, 0.03, 0.03), Vec3f(0.03, 0.07, 0.16), Vec3f(0.09, 0.05, 0.028), Vec3f(0.04, 0.042, 0.045), Vec3f(0.32, 0.20, 0.05)]

    package func build(_ archetype: Archetype, _ variant: Variant) -> Asset {
        let wall = variant.choice("wall", surfaces) ?? .plaster
        let color = variant.choice("color", wall == .brick ? Self.bricks : colors) ?? Self.walls[0]
        let shape = variant.choice("shape", shapes) ?? (2, .gable)
        let roof = shape.roof == .flat ? Vec3f(0.17, 0.17, 0.165) : variant.choice("roof", roofs) ?? Self.tiles[0]
        var materials = HouseSurfaces.materials(
            wall: wall, color: color, accent: variant.choice("accent", Self.accents) ?? Self.accents[0], roof: roof, tiles: shape.roof != .flat)
        if ground == .shops { Self.label(&materials[HouseSlot.sign.rawValue]) }
        let levels = [(2, 0.0), (1, 45.0), (0, 140.0)].map { detail, distance -> Asset.Level in
            var plan = HousePlan(dressed(variant), shape, archetype.size, Facade(detail: detail, variant: variant))
            if ground == .offices { plan.facade.rooms = .office }
            plan.facade.hasShutters = ground == .dwelling && !balconies && (variant.choice("shutters", [false, true, false]) ?? false)
            plan.build()
            return Asset.Level(pieces: [Asset.Piece(mesh: plan.facade.mesh.mesh(crease: 0.35, textured: true))], distance: distance)
        }
        var asset = Asset(archetype, levels: levels, materials: materials, paintSlot: HouseSlot.wall.rawValue)
        if ground == .shops {
            asset.textures = [Texture(name: "shop sign", image: shopSign(variant, materials[HouseSlot.door.rawValue].baseColor).canvas.image, srgb: true, repeats: false)]
            // What falls on the pavement from a lit shop window.
            asset.lamps = [Lamp(.window, .lambertian, at: Vec3(0, -archetype.size.y / 2 + 0.9, 2.2), towards: Vec3(0, -0.9, -0.43), intensity: 450, color: Vec3f(1.12, 0.98, 0.86))]
        }
        return asset
    }
}

extension House {
    /// The same kind of house with windows, bays and dormers of its own. Variant 0 is as the kind says.
    private func dressed(_ variant: Variant) -> House {
        var house = self
        if ground != .offices {
            house.window = variant.choice("window", [window, Vec2(window.x * 0.85, window.y), Vec2(window.x, window.y * 0.85), Vec2(window.x * 1.35, window.y * 0.95)]) ?? window
            house.bay = bay * (variant.choice("bay", [1, 1.15, 1.3]) ?? 1)
        }
        house.dormers = balconies ? 0 : variant.choice("dormers", [0, 2, 0, 3]) ?? 0
        return house
    }

    /// Makes a surface show the first texture, by day and lit.
    private static func label(_ material: inout Material) { (material.baseColor, material.baseColorTexture, material.emissionTexture) = (Vec3f(repeating: 1), 0, 0) }

    private func shopSign(_ variant: Variant, _ ink: Vec3f) -> SignFace {
        var face = SignFace(aspect: 0.052, width: 1024, ground: Vec3f(0.80, 0.79, 0.75))
        let name = variant.choice("name", ["BAKERY", "BOOKS", "CAFE", "FLOWERS", "PHARMACY", "BISTRO", "OPTICIAN", "GROCER"]) ?? "SHOP"
        face.text(name, at: .zero, height: 0.066, ink)
        return face
    }
}

/// One house being built: where its walls stand and what goes into each storey.
struct HousePlan {
    let house: House
    let storeys: Int
    let roof: House.Roof
    let size: Vec3
    var facade: Facade
    /// Corners of the walls on the ground.
    let lower: Vec2, upper: Vec2
    /// Top of the uppermost storey.
    let eaves: Double
    let over: Double
    private var floors: [Double] = []

    init(_ house: House, _ shape: (storeys: Int, roof: House.Roof), _ size: Vec3, _ facade: Facade) {
        (self.house, storeys, roof, self.size, self.facade) = (house, shape.storeys, shape.roof, size, facade)
        over = shape.roof == .flat ? 0.16 : 0.4
        let side = house.isTerraced ? 0 : over
        // Balconies, awnings and steps stand before the front.
        let front = house.balconies ? 1.3 : house.ground == .shops ? 1.2 : house.ground == .dwelling ? max(over, 0.7) : max(over, 0.5)
        lower = Vec2(-size.x / 2 + side, -size.y / 2 + front)
        upper = Vec2(size.x / 2 - side, size.y / 2 - (house.balconies ? 1.3 : over))
        // Of a house with one storey the roof is the larger half: people live in it.
        let roofShare = shape.storeys == 1 ? max(0.56, house.roofShare) : house.roofShare
        eaves = shape.roof == .flat ? size.z - (house.ground == .offices ? 2.6 : 0.9) : size.z * (1 - roofShare)
        let low = house.plinth + min(house.groundHeight, (eaves - house.plinth) / Double(max(1, shape.storeys)) * 1.25)
        floors = [house.plinth, low] + (1..<max(2, shape.storeys)).map { lerp(low, eaves, Double($0) / Double(max(1, shape.storeys - 1))) }
        if shape.storeys < 2 { floors = [house.plinth, eaves] }
    }

    mutating func build() {
        let walls = Facade.walls(lower, upper)
        for (side, wall) in walls.enumerated() {
            if house.plinth > 0 { facade.face(wall, 0, wall.length, 0, house.plinth, .plinth) }
            for storey in 0..<storeys {
                let openings = house.isTerraced && side % 2 == 1 ? sideOpenings(wall, side, storey) : openings(wall, side, storey)
                let slot: HouseSlot = house.ground == .shops && storey == 0 && side == 0 ? .accent : .wall
                facade.isFlush = house.isTerraced && side % 2 == 1
                facade.storey(wall, floors[storey], floors[storey + 1], openings, slot, key: side * 16 + storey)
                facade.isFlush = false
            }
        }
        facade.mesh.quad(Vec3(lower.x, lower.y, 0), Vec3(lower.x, upper.y, 0), Vec3(upper.x, upper.y, 0), Vec3(upper.x, lower.y, 0), slot: HouseSlot.plinth.rawValue)
        trim(walls)
        front(walls[0])
        if house.balconies { balconies(walls[2]) }
        top()
    }

    private func bays(_ wall: Facade.Wall) -> (count: Int, pitch: Double) {
        let count = max(1, Int((wall.length / house.bay).rounded()))
        return (count, wall.length / Double(count))
    }

    private func isDoor(_ bay: Int, of count: Int) -> Bool { house.isTerraced ? bay == 0 : bay == count / 2 }
    /// Balconies hang in pairs of bays, stairs between them.
    private func hasBalcony(_ bay: Int, of count: Int) -> Bool { house.balconies && bay % 3 == 1 && !isDoor(bay, of: count) }

    private func openings(_ wall: Facade.Wall, _ side: Int, _ storey: Int) -> [Facade.Opening] {
        let (count, pitch) = bays(wall)
        let (z0, z1) = (floors[storey], floors[storey + 1])
        if storey == 0, side == 0, house.ground != .dwelling { return shopFront(wall, z0, z1) }
        return (0..<count).map { bay in
            let middle = pitch * (Double(bay) + 0.5)
            let half = min(house.window.x, pitch - 0.5) / 2
            if storey == 0, side == 0, isDoor(bay, of: count) {
                return Facade.Opening(kind: .door, u0: middle - 0.55, u1: middle + 0.55, z0: z0, z1: z0 + min(2.35, z1 - z0 - 0.25))
            }
            if side % 2 == 0, storey > 0, hasBalcony(bay, of: count) {
                return Facade.Opening(kind: .french, u0: middle - 0.8, u1: middle + 0.8, z0: z0 + 0.06, z1: z0 + min(2.3, z1 - z0 - 0.3))
            }
            let sill = house.ground == .offices ? 0.75 : 0.85
            return Facade.Opening(kind: .window, u0: middle - half, u1: middle + half, z0: z0 + sill, z1: min(z1 - 0.3, z0 + sill + house.window.y))
        }
    }

    /// A wall that a neighbour may stand against has few windows, narrow ones, and niches where others would be: the end of a row is no blank slab.
    private func sideOpenings(_ wall: Facade.Wall, _ side: Int, _ storey: Int) -> [Facade.Opening] {
        let columns = max(2, Int((wall.length / 3.6).rounded())), pitch = wall.length / Double(columns)
        let (z0, z1) = (floors[storey], floors[storey + 1]), half = min(house.window.x * 0.75, pitch - 0.6) / 2
        return (0..<columns).map { column in
            let middle = pitch * (Double(column) + 0.5), isLit = storey > 0 && (column + side) % 3 != 0
            let sill = storey == 0 ? 0.5 : 0.85, head = min(z1 - 0.3, storey == 0 ? z1 - 0.55 : z0 + sill + house.window.y)
            return Facade.Opening(kind: isLit ? .window : .niche, u0: middle - half, u1: middle + half, z0: z0 + sill, z1: head)
        }
    }

    /// Large panes between piers, a door among them.
    private func shopFront(_ wall: Facade.Wall, _ z0: Double, _ z1: Double) -> [Facade.Opening] {
        let panes = max(2, Int((wall.length / 3.4).rounded()))
        let pitch = wall.length / Double(panes)
        return (0..<panes).flatMap { pane -> [Facade.Opening] in
            let (a, b) = (pitch * Double(pane) + 0.3, pitch * Double(pane + 1) - 0.3)
            let top = z1 - (house.ground == .shops ? 0.95 : 0.5)
            if pane == panes / 2 {
                return [
                    Facade.Opening(kind: .door, u0: a, u1: a + 1.1, z0: z0, z1: top),
                    Facade.Opening(kind: .shop, u0: a + 1.2, u1: b, z0: z0 + 0.45, z1: top),
                ]
            }
            return [Facade.Opening(kind: .shop, u0: a, u1: b, z0: z0 + 0.45, z1: top)]
        }
    }

    /// Bands between storeys and a cornice.
    private mutating func trim(_ walls: [Facade.Wall]) {
        guard facade.detail > 0 else { return }
        for (side, wall) in walls.enumerated() where !(house.isTerraced && side % 2 == 1) {
            let inset = house.isTerraced ? 0 : -0.045
            if storeys > 1 { facade.block(wall, inset, wall.length - inset, floors[1] - 0.10, floors[1] + 0.06, before: 0.045, behind: 0.01, .trim) }
            if roof != .flat { facade.block(wall, inset, wall.length - inset, eaves - 0.32, eaves - 0.16, before: 0.05, behind: 0.01, .trim) }
        }
        let p = 0.09
        for x in house.isTerraced ? [lower.x + 0.12] : [lower.x + 0.12, upper.x - 0.12] {
            facade.downpipe(at: Vec2(x, lower.y - p), top: eaves - 0.1)
            facade.downpipe(at: Vec2(x, upper.y + p), top: eaves - 0.1)
        }
    }

    /// What stands before the front and reaches to the edge of the box.
    private mutating func front(_ wall: Facade.Wall) {
        let reach = size.y / 2 + lower.y
        switch house.ground {
        case .dwelling:
            let (count, pitch) = bays(wall)
            let middle = pitch * ((house.isTerraced ? 0 : Double(count / 2)) + 0.5)
            if house.balconies { balconies(wall) }
            // Steps up to the door.
            let steps = max(1, Int(house.plinth / 0.17)), depth = min(reach, 0.34 * Double(steps))
            for step in 0..<steps {
                let far = step == 0 ? (house.balconies ? depth : reach) : depth * Double(steps - step) / Double(steps)
                let (low, high) = (house.plinth * Double(step) / Double(steps), house.plinth * Double(step + 1) / Double(steps))
                facade.block(wall, middle - 0.9, middle + 0.9, low, high, before: far, behind: 0.02, .plinth, bevel: 0.01)
            }
            if facade.detail > 0, !house.balconies { facade.block(wall, middle - 0.85, middle + 0.85, house.plinth + 2.45, house.plinth + 2.53, before: reach, .trim, bevel: 0.02) }
        case .shops:
            facade.block(wall, 0.2, wall.length - 0.2, floors[1] - 0.85, floors[1] - 0.22, before: 0.12, behind: 0.01, .accent, bevel: 0.02)
            if facade.detail > 0 { facade.block(wall, 0.9, wall.length - 0.9, floors[1] - 0.75, floors[1] - 0.32, before: 0.15, behind: -0.1, .trim, bevel: 0.01) }
            facade.picture(wall, 0.92, wall.length - 0.92, floors[1] - 0.73, floors[1] - 0.34, before: 0.152, .sign)
            let panes = max(2, Int((wall.length / 3.4).rounded()))
            for pane in 0..<panes {
                let pitch = wall.length / Double(panes)
                facade.awning(wall, pitch * Double(pane) + 0.2, pitch * Double(pane + 1) - 0.2, floors[1] - 0.9, depth: reach)
            }
        case .offices:
            let middle = wall.length / 2
            facade.block(wall, middle - 4, middle + 4, floors[1] - 0.35, floors[1] - 0.1, before: reach, behind: 0.02, .metal, bevel: 0.03)
        }
    }

    private mutating func balconies(_ wall: Facade.Wall) {
        let (count, pitch) = bays(wall)
        for storey in 1..<max(1, storeys) {
            for bay in 0..<count where hasBalcony(bay, of: count) {
                let middle = pitch * (Double(bay) + 0.5)
                facade.balcony(wall, middle - 1.45, middle + 1.45, floors[storey] + 0.05, depth: 1.3)
            }
        }
    }

    /// Where the slope leaves room for them.
    private mutating func dormers(ridge: Double) {
        let half = (upper.y - lower.y) / 2, slope = (ridge - 0.18 - eaves) / half, back = 0.9
        let window = Vec2(min(1.1, house.window.x), min(1.05, (ridge - eaves) * 0.5))
        guard house.dormers > 0, (slope * back + window.y + 0.75) < slope * (half - 0.3) else { return }
        let wall = Facade.walls(lower, upper)[0]
        for k in 0..<house.dormers {
            facade.dormer(wall, wall.length * (Double(k) + 0.5) / Double(house.dormers), back: back, eaves: eaves, slope: slope, window: window, key: 14 * 16 + k)
        }
    }

    private mutating func top() {
        let top = size.z
        let stacks = facade.detail > 0 ? house.chimneys : 0
        switch roof {
        case .gable:
            let ridge = house.chimneys > 0 ? top - 0.55 : top
            facade.isFlush = house.isTerraced
            facade.gableRoof(lower, upper, eaves: eaves, ridge: facade.detail > 0 ? ridge : top, over: Vec2(house.isTerraced ? 0 : over, over), attic: ridge)
            facade.isFlush = false
            for k in 0..<stacks { facade.chimney(at: Vec2(lerp(lower.x, upper.x, k == 0 ? 0.22 : 0.76), upper.y * 0.12), from: ridge - 1.1, to: top) }
            dormers(ridge: ridge)
        case .hip:
            let ridge = stacks > 0 ? top - 0.45 : top
            facade.hipRoof(lower, upper, eaves: eaves - 0.1, ridge: facade.detail > 0 ? ridge : top, over: over)
            for k in 0..<stacks { facade.chimney(at: Vec2(lerp(lower.x, upper.x, k == 0 ? 0.42 : 0.58), upper.y * 0.1), from: ridge - 1.3, to: top) }
        case .flat:
            let parapet = house.ground == .offices ? eaves + 0.9 : top
            facade.flatRoof(lower, upper, floor: eaves, top: parapet)
            // The coping's edge reaches the box; a house for the lift or the plant stands behind it.
            for (side, wall) in Facade.walls(lower, upper).enumerated() where !(house.isTerraced && side % 2 == 1) {
                facade.block(wall, house.isTerraced ? 0 : -over, wall.length + (house.isTerraced ? 0 : over), parapet - 0.14, parapet, before: over, .metal)
            }
            if house.ground == .offices {
                let c = (lower + upper) / 2
                facade.mesh.box(Vec3(c.x - 5, c.y - 3, eaves), Vec3(c.x + 4, c.y + 2.5, top), slot: HouseSlot.metal.rawValue, bevel: facade.detail == 2 ? 0.05 : 0)
                for x in facade.detail == 2 ? [-9.0, 7.5] : [] {
                    facade.mesh.box(Vec3(c.x + x, c.y - 1.5, eaves), Vec3(c.x + x + 2.4, c.y + 1.0, eaves + 1.5), slot: HouseSlot.frame.rawValue, bevel: 0.06)
                }
            }
        }
    }
}
