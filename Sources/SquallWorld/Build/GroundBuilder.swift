import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRoads

/// What lies under everything: the road network's surfaces, or a bare plane where a scene has no road.
enum GroundBuilder {
    /// Side of the bare plane, metres.
    static let planeSide = 400.0

    /// - Parameter meshes: of the road network, nil without one.
    static func build(_ meshes: RoadMeshes?, into assembler: inout WorldAssembler) -> (instances: [MeshInstance], terrain: Terrain?) {
        let surfaces = GroundSurfaces(into: &assembler)
        guard let meshes else { return ([instance(plane(), .road, surfaces[.asphalt], &assembler)], nil) }
        let shift = Affine(x: Vec3(1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: meshes.origin)
        let instances = meshes.pieces.map { piece -> MeshInstance in
            // Road meshes measure texture coordinates in metres.
            var mesh = piece.mesh
            let scale = 1 / Float(GroundTextures.tile)
            for k in mesh.textureCoordinates.indices { mesh.textureCoordinates[k] *= scale }
            var result = instance(mesh, piece.category, surfaces[piece.material], &assembler)
            result.transform = shift
            return result
        }
        return (instances, meshes.terrain)
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
                coordinates.append(Vec2f(Float(x / GroundTextures.tile), Float(-y / GroundTextures.tile)))
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

    init(into assembler: inout WorldAssembler) {
        let asphalt = assembler.add(GroundTextures.asphalt), concrete = assembler.add(GroundTextures.concrete)
        let grass = assembler.add(GroundTextures.grass), gravel = assembler.add(GroundTextures.gravel)
        // Albedo over the pictures' mean. Reflectances at 905 nm are of the order of the ECOSTRESS (formerly ASTER) spectral library:
        // paving asphalt 0.1 fresh to 0.2 worn, concrete 0.25 to 0.4, grass 0.4 to 0.5, for chlorophyll does not absorb there.
        // Visible albedo: asphalt 0.05 fresh to 0.12 worn (traffic keeps lanes darker than shoulders), meadow 0.05 to 0.1, green above red above blue.
        let albedo = { (r: Float, g: Float, b: Float) in Vec3f(r, g, b) / GroundTextures.mean }
        for material in RoadMaterial.allCases {
            let surface: Material
            switch material {
            case .asphalt:
                surface = Material(name: "asphalt", baseColor: albedo(0.082, 0.081, 0.079), roughness: 0.88, baseColorTexture: asphalt, reflectance905: 0.17, wetting: .porous)
            case .asphaltShoulder:
                surface = Material(
                    name: "shoulder asphalt", baseColor: albedo(0.105, 0.102, 0.098), roughness: 0.92, baseColorTexture: asphalt, reflectance905: 0.19, wetting: .porous)
            case .bikePath:
                surface = Material(name: "red asphalt", baseColor: albedo(0.17, 0.075, 0.060), roughness: 0.9, baseColorTexture: asphalt, reflectance905: 0.25, wetting: .porous)
            case .markingWhite:
                // Titanium white stays bright in the near infrared. Glass beads send back about 30 times what matt paint does in the
                // light of head lamps: 120 mcd/(m2 lx), between the classes R2 and R3 of EN 1436.
                surface = Material(name: "white marking", baseColor: Vec3f(0.56, 0.56, 0.54), roughness: 0.7, reflectance905: 0.6, retroreflection: 30, retroreflector: .beads)
            case .markingYellow:
                surface = Material(name: "yellow marking", baseColor: Vec3f(0.55, 0.36, 0.03), roughness: 0.7, reflectance905: 0.55, retroreflection: 25, retroreflector: .beads)
            case .kerb:
                surface = Material(name: "kerb stone", baseColor: albedo(0.36, 0.355, 0.34), roughness: 0.8, baseColorTexture: concrete, reflectance905: 0.35, wetting: .porous)
            case .sidewalk:
                surface = Material(name: "concrete", baseColor: albedo(0.31, 0.305, 0.29), roughness: 0.85, baseColorTexture: concrete, reflectance905: 0.30, wetting: .porous)
            case .gravel:
                surface = Material(name: "gravel", baseColor: albedo(0.22, 0.205, 0.18), roughness: 0.95, baseColorTexture: gravel, reflectance905: 0.28, wetting: .porous)
            case .grass:
                surface = Material(name: "grass", baseColor: albedo(0.060, 0.088, 0.032), roughness: 0.95, baseColorTexture: grass, reflectance905: 0.45, wetting: .soft)
            }
            index.append(assembler.add(surface))
        }
    }
}
