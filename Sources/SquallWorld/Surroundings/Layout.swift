import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads
import SquallScene

/// How one kind of surroundings is laid out along a road network. One file a kind.
///
/// What stands near the roads (trees, houses, lamps, parked cars, signs) are objects with paths `surroundings.road...`, ids and boxes like
/// any other; far woods, second rows of houses, skylines, rails, posts and rocks are background: a class, object id 0.
protocol Layout: Sendable {
    /// The shape of the country.
    var relief: Relief { get }
    /// What the verge and the country beyond are covered with.
    var verge: Cover { get }
    var country: Cover { get }
    /// The strip between pavement and verge.
    var edge: Cover { get }
    /// How the strips along the pavement fall away.
    var roadside: Roadside { get }
    func lay(_ site: inout Site, _ plan: inout Planting)
}

extension Layout {
    var edge: Cover { .gravel }
    var roadside: Roadside { .level }
}

/// A ground cover: albedo, reflectance at 905 nm, grain.
enum Cover: Sendable {
    case meadow, fields, lawn, forestFloor, sand, scree, paving, yard, gravel

    var material: Material {
        let (color, infrared, detail, wetting): (Vec3f, Float, SurfaceDetail, Material.Wetting) =
            switch self {
            case .meadow: (Vec3f(0.060, 0.088, 0.032), 0.45, .grass, .soft)
            case .fields: (Vec3f(0.060, 0.088, 0.032), 0.45, .farmland, .soft)
            case .lawn: (Vec3f(0.056, 0.094, 0.030), 0.45, .grass, .soft)
            case .forestFloor: (Vec3f(0.062, 0.052, 0.034), 0.30, .soil, .porous)
            case .sand: (Vec3f(0.30, 0.23, 0.15), 0.45, .sand, .porous)
            case .scree: (Vec3f(0.085, 0.092, 0.058), 0.40, .grass, .soft)
            case .paving: (Vec3f(0.185, 0.18, 0.172), 0.28, .paving, .porous)
            case .gravel: (Vec3f(0.15, 0.141, 0.126), 0.24, .gravel, .porous)
            case .yard: (Vec3f(0.17, 0.163, 0.15), 0.28, .gravel, .porous)
            }
        var surface = Material(name: "ground", baseColor: color, roughness: 0.95, reflectance905: infrared, wetting: wetting)
        surface.detail = detail
        return surface
    }

    /// What people walk on is a sidewalk, the rest is open ground.
    var category: SquallFrames.Category { self == .paving ? .sidewalk : .terrain }

    /// The same where pavement runs along stones and stones along grass: grass grows into the gravel's edge, and is worn before it.
    func material(beside other: Cover) -> Material {
        var surface = material
        switch (self, other) {
        case (.gravel, .meadow), (.gravel, .lawn), (.gravel, .scree): surface.detail = .shoulder
        case (.meadow, .gravel), (.lawn, .gravel), (.scree, .gravel): surface.detail = .verge
        default: return surface
        }
        surface.detailColor = other.material.baseColor
        return surface
    }
}

extension Surroundings {
    var layout: any Layout {
        switch self {
        case .bare: BareCountry()
        case .open: OpenCountry()
        case .motorway: MotorwayCountry()
        case .city: City()
        case .suburb: Suburb()
        case .village: Village()
        case .forest: Forest()
        case .mountain: Mountain()
        case .desert: Desert()
        case .coast: Coast()
        case .industrial: Industrial()
        case .tunnel: Tunnel()
        }
    }
}

/// Grass to the horizon.
struct BareCountry: Layout {
    var relief: Relief { .rolling }
    var verge: Cover { .meadow }
    var country: Cover { .meadow }
    func lay(_ site: inout Site, _ plan: inout Planting) {}
}

enum SurroundingsBuilder {
    /// Lays out what a scene asks for.
    /// - Parameter shape: the typical shape of an archetype.
    static func build(
        _ site: Site, _ layout: any Layout, shape: (String) throws -> Asset, into assembler: inout WorldAssembler
    ) throws -> (things: [PlacedObject], background: [MeshInstance], roofs: [Roof]) {
        var site = site
        var plan = Planting()
        layout.lay(&site, &plan)
        var background = try plan.scatter.instances(into: &assembler) + plan.farTrees.instances(shape, into: &assembler)
        if let sea = site.terrain.sea { background.append(Sea.instance(at: sea, site.terrain, into: &assembler)) }
        return (plan.things, background, plan.roofs)
    }
}

/// A level sheet of water under the whole country, in cells small enough to clip.
enum Sea {
    static func instance(at level: Double, _ terrain: Terrain, into assembler: inout WorldAssembler) -> MeshInstance {
        let (lower, upper) = terrain.extent
        let n = 24
        var (positions, indices) = ([Vec3f](), [UInt32]())
        for j in 0...n {
            for i in 0...n {
                let share = Vec2(Double(i), Double(j)) / Double(n)
                let p = lower + (upper - lower) * share
                positions.append(Vec3f(Float(p.x), Float(p.y), Float(level)))
                guard i < n, j < n else { continue }
                let a = UInt32(j * (n + 1) + i), c = a + UInt32(n + 2)
                indices += [a, a + 1, c, a, c, c - 1]
            }
        }
        let mesh = Mesh(positions: positions, normals: Array(repeating: Vec3f(0, 0, 1), count: positions.count), indices: indices)
        let water = assembler.add(Material(name: "sea", baseColor: Vec3f(0.010, 0.030, 0.038), roughness: 0.36, reflectance905: 0.02))
        return MeshInstance(mesh: assembler.add(mesh), object: 0, category: SquallFrames.Category.terrain.rawValue, materialBase: water, transform: .identity)
    }
}
