import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads

/// What lies under everything: the road network's surfaces, or a bare plane where a scene has no road.
enum GroundBuilder {
    /// Side of the bare plane, metres.
    static let planeSide = 400.0

    /// - Parameters:
    ///   - meshes: of the road network, nil without one.
    ///   - layout: says what grows beside the roads.
    static func build(_ meshes: RoadMeshes?, _ layout: any Layout, into assembler: inout WorldAssembler) -> (instances: [MeshInstance], terrain: Terrain?) {
        let surfaces = GroundSurfaces(layout, into: &assembler)
        guard let meshes else { return ([instance(plane(), .road, surfaces[.asphalt], &assembler)], nil) }
        let shift = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: meshes.origin)
        let instances = meshes.pieces.map { piece -> MeshInstance in
            var result = instance(piece.mesh, cover(piece.material, layout)?.category ?? piece.category, surfaces[piece.material], &assembler)
            result.transform = shift
            return result
        }
        return (instances, meshes.terrain)
    }

    /// What lies beside roads is the layout's.
    private static func cover(_ material: RoadMaterial, _ layout: any Layout) -> Cover? {
        switch material {
        case .grass: layout.verge
        case .country: layout.country
        case .gravel: layout.edge
        default: nil
        }
    }

    private static func instance(_ mesh: Mesh, _ category: Category, _ material: Int32, _ assembler: inout WorldAssembler) -> MeshInstance {
        MeshInstance(mesh: assembler.add(mesh), object: 0, category: category.rawValue, materialBase: material, transform: .identity)
    }

    /// A square in cells of 20 m, so that shading and clipping never meet a triangle hundreds of metres long.
    private static func plane() -> Mesh {
        let n = 20
        let cell = planeSide / Double(n)
        var (positions, coordinates, indices) = ([Vec3f](), [Vec2f](), [UInt32]())
        for j in 0...n {
            for i in 0...n {
                let (x, y) = (Double(i) * cell - planeSide / 2, Double(j) * cell - planeSide / 2)
                positions.append(Vec3f(Float(x), Float(y), 0))
                coordinates.append(Vec2f(Float(x), 0))   // no lanes
                guard i < n, j < n else { continue }
                let a = UInt32(j * (n + 1) + i)
                let c = a + UInt32(n + 2)
                indices += [a, a + 1, c, a, c, c - 1]
            }
        }
        let normals = Array(repeating: Vec3f(0, 0, 1), count: positions.count)
        return Mesh(positions: positions, normals: normals, textureCoordinates: coordinates, indices: indices)
    }
}

/// The materials of ground, each at its index in the world's list.
struct GroundSurfaces {
    private var index: [Int32] = []

    subscript(material: RoadMaterial) -> Int32 { index[Int(material.rawValue)] }

    /// Linear albedo: asphalt 0.05 fresh to 0.12 worn (traffic keeps lanes darker than shoulders), meadow 0.05 to 0.1, green above red above blue.
    private static let lane = Vec3f(0.082, 0.081, 0.079), shoulder = Vec3f(0.105, 0.102, 0.098)
    private static let white = Vec3f(0.56, 0.56, 0.54), yellow = Vec3f(0.55, 0.36, 0.03)

    init(_ layout: any Layout, into assembler: inout WorldAssembler) {
        for material in RoadMaterial.allCases {
            let surface =
                switch material {
                case .grass: layout.verge.material(beside: layout.edge)
                case .country: layout.country.material
                case .gravel: layout.edge.material(beside: layout.verge)
                default: Self.surface(material)
                }
            index.append(assembler.add(surface))
        }
    }

    /// Reflectances at 905 nm are of the order of the ECOSTRESS (formerly ASTER) spectral library: paving asphalt 0.1 fresh to 0.2 worn, concrete
    /// 0.25 to 0.4, grass 0.4 to 0.5, for chlorophyll does not absorb there.
    private static func surface(_ material: RoadMaterial) -> Material {
        switch material {
        case .asphalt: ground("asphalt", lane, 0.88, 0.17, .asphalt)
        case .asphaltShoulder: ground("shoulder asphalt", shoulder, 0.92, 0.19, .asphalt)
        case .bikePath: ground("red asphalt", Vec3f(0.17, 0.075, 0.060), 0.9, 0.25, .asphalt)
        case .markingWhite: paint("white marking", white, 0.6, gain: 30)
        case .markingYellow: paint("yellow marking", yellow, 0.55, gain: 25)
        case .besideWhite: beside("asphalt beside a white line", white, lane, 0.17)
        case .besideYellow: beside("asphalt beside a yellow line", yellow, lane, 0.17)
        case .besideWhiteShoulder: beside("shoulder beside a white line", white, shoulder, 0.19)
        case .besideYellowShoulder: beside("shoulder beside a yellow line", yellow, shoulder, 0.19)
        case .kerb: ground("kerb stone", Vec3f(0.36, 0.355, 0.34), 0.8, 0.35, .concrete)
        case .sidewalk: ground("concrete", Vec3f(0.31, 0.305, 0.29), 0.85, 0.30, .paving)
        case .gravel: Cover.gravel.material
        case .grass, .country: Cover.meadow.material
        }
    }

    private static func ground(_ name: String, _ color: Vec3f, _ roughness: Float, _ infrared: Float, _ detail: SurfaceDetail) -> Material {
        var surface = Material(name: name, baseColor: color, roughness: roughness, reflectance905: infrared, wetting: .porous)
        surface.detail = detail
        return surface
    }

    /// Titanium white stays bright in the near infrared. Glass beads send back about 30 times what matt paint does in the light of head
    /// lamps: 120 mcd/(m2 lx), between the classes R2 and R3 of EN 1436.
    private static func paint(_ name: String, _ color: Vec3f, _ infrared: Float, gain: Float) -> Material {
        var surface = Material(name: name, baseColor: color, roughness: 0.7, reflectance905: infrared, retroreflection: gain, retroreflector: .beads)
        (surface.detail, surface.detailColor) = (.roadPaint, lane)
        return surface
    }

    /// Pavement to lidar and rain; the picture mixes in what a pixel holds of the line's paint.
    private static func beside(_ name: String, _ color: Vec3f, _ pavement: Vec3f, _ infrared: Float) -> Material {
        var surface = Material(name: name, baseColor: color, roughness: 0.7, reflectance905: infrared, wetting: .porous)
        (surface.detail, surface.detailColor) = (.roadPaint, pavement)
        return surface
    }
}
