import SquallFrames
import SquallGeometry
import SquallMath

/// What lies under everything: the road network's surfaces, or a bare plane where a scene has no road.
enum GroundBuilder {
    /// Side of the bare plane, metres.
    static let planeSide = 400.0

    static func build(roads: RoadNetwork?, into assembler: inout WorldAssembler) -> [MeshInstance] {
        let surfaces = GroundSurfaces(into: &assembler)
        return [instance(plane(), .road, surfaces.asphalt, &assembler)]
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
    var asphalt: Int32, concrete: Int32, grass: Int32, gravel: Int32, whiteMarking: Int32, yellowMarking: Int32, kerb: Int32

    init(into assembler: inout WorldAssembler) {
        let (asphaltPicture, concretePicture) = (assembler.add(GroundTextures.asphalt()), assembler.add(GroundTextures.concrete()))
        let (grassPicture, gravelPicture) = (assembler.add(GroundTextures.grass()), assembler.add(GroundTextures.gravel()))
        // Albedo over the pictures' mean; reflectances at 905 nm: asphalt stays dark, chlorophyll does not absorb there.
        let albedo = { (r: Float, g: Float, b: Float) in Vec3f(r, g, b) / GroundTextures.mean }
        asphalt = assembler.add(
            Material(name: "asphalt", baseColor: albedo(0.100, 0.099, 0.097), roughness: 0.88, baseColorTexture: asphaltPicture, reflectance905: 0.17, wetting: .porous))
        concrete = assembler.add(
            Material(name: "concrete", baseColor: albedo(0.31, 0.305, 0.29), roughness: 0.85, baseColorTexture: concretePicture, reflectance905: 0.38, wetting: .porous))
        grass = assembler.add(
            Material(name: "grass", baseColor: albedo(0.085, 0.135, 0.035), roughness: 0.95, baseColorTexture: grassPicture, reflectance905: 0.50, wetting: .soft))
        gravel = assembler.add(
            Material(name: "gravel", baseColor: albedo(0.22, 0.205, 0.18), roughness: 0.95, baseColorTexture: gravelPicture, reflectance905: 0.30, wetting: .porous))
        // Glass beads send light back: about 30 times a matt surface at headlamp geometry.
        whiteMarking = assembler.add(
            Material(name: "white marking", baseColor: Vec3f(0.56, 0.56, 0.54), roughness: 0.7, reflectance905: 0.6, retroreflection: 30, wetting: .smooth))
        yellowMarking = assembler.add(
            Material(name: "yellow marking", baseColor: Vec3f(0.55, 0.36, 0.03), roughness: 0.7, reflectance905: 0.55, retroreflection: 25, wetting: .smooth))
        kerb = assembler.add(
            Material(name: "kerb stone", baseColor: albedo(0.36, 0.355, 0.34), roughness: 0.8, baseColorTexture: concretePicture, reflectance905: 0.4, wetting: .porous))
    }
}
