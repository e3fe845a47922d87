import Foundation
import SquallDiagnostics
import SquallGeometry
import SquallMath
import SquallScene

/// glTF 2.0 import: `.glb` and `.gltf`, buffers embedded, beside the file or in data URIs, PNG and JPEG pictures.
///
/// Read: node hierarchy with TRS or matrix, triangles, strips and fans, all accessor types, normalised integers, strides,
/// sparse accessors, `KHR_mesh_quantization`, metal-rough materials with their textures, alpha modes,
/// `KHR_materials_emissive_strength`, `_transmission`, `_clearcoat`, `_ior`, `_specular`, `_sheen` and `_diffuse_transmission` (their
/// factors, not their textures). Everything else is either named in `warnings` or, when
/// the file requires it, an error. No index, offset, size or count of a file is trusted.
public enum GLTF {
    /// What a file may ask for.
    public struct Limits: Sendable {
        /// The file and all it names, bytes.
        public var fileBytes = SceneLimit.assetBytes.value
        public var jsonBytes = 64 << 20
        /// Vertices and indices in all.
        public var elements = SceneLimit.assetIndices.value
        public var vertices = SceneLimit.assetVertices.value
        public var nodes = SceneLimit.assetNodes.value
        public var nodeDepth = 256
        public var imageSide = SceneLimit.imageSide.value
        /// Pixels of all pictures.
        public var pixels = SceneLimit.imagePixels.value
        public init() {}
    }

    /// Reads a whole file as it was authored: y up, nodes placed, meshes shared between nodes.
    /// - Parameter root: the directory that other files it names must not leave; its own by default.
    /// - Throws: `Failure` with the file and a place such as `accessors[4]`.
    public static func load(path: String, root: String? = nil, limits: Limits = Limits()) throws -> GLTFScene {
        try scene(GLTFFile(path: path, root: root, limits: limits))
    }

    /// The same from bytes in memory.
    public static func load(bytes: Data, file: String, root: String, limits: Limits = Limits()) throws -> GLTFScene {
        try scene(GLTFFile(bytes: bytes, file: file, root: root, limits: limits))
    }

    /// The other files a glTF file names, buffers first: as written in it, and absolute with links followed. One named twice is given twice.
    /// - Throws: `Failure` when the file is no glTF, or names one outside its directory.
    public static func namedFiles(path: String) throws -> [(name: String, path: String)] { try GLTFFile(path: path, root: nil, limits: Limits()).named() }

    private static let supported = [
        "KHR_mesh_quantization", "KHR_materials_emissive_strength", "KHR_materials_transmission", "KHR_materials_clearcoat", "KHR_materials_ior", "KHR_materials_specular",
        "KHR_materials_sheen", "KHR_materials_diffuse_transmission",
    ]

    private static func scene(_ source: GLTFFile) throws -> GLTFScene {
        let document = source.document
        var ignored = try extensions(source)
        let placed = try GLTFNodes(source).placed()
        var materialReader = GLTFMaterials(GLTFAccessors(source))
        var materials: [Material] = []
        for (index, material) in (document.materials ?? []).enumerated() { materials.append(try materialReader.material(index, material)) }
        var meshReader = GLTFMeshes(materialReader.accessors, materialCount: materials.count)
        materials.append(GLTFMaterials.fallback)

        var (meshes, nodes, vertices) = ([Mesh](), [GLTFScene.Node](), 0)
        // Per (glTF mesh, mirrored): its index, or -1 for one without triangles.
        var known: [SIMD2<Int>: Int] = [:]
        for node in placed {
            let mirrored = node.transform.determinant < 0
            let key = SIMD2(node.mesh, mirrored ? 1 : 0)
            if known[key] == nil {
                if let mesh = try meshReader.mesh(node.mesh) {
                    vertices += mesh.positions.count
                    guard vertices <= source.limits.vertices else {
                        throw source.failure("gltf-size", "meshes[\(node.mesh)]", "the file has more than \(source.limits.vertices) vertices", fix: "simplify or split the model")
                    }
                    known[key] = meshes.count
                    meshes.append(mirrored ? mesh.transformed(by: mirror) : mesh)
                } else {
                    known[key] = -1
                }
            }
            if let mesh = known[key], mesh >= 0 {
                let transform = mirrored ? node.transform * mirror : node.transform
                let corners = meshes[mesh].bounds.corners.map { transform * Vec3($0) }
                guard corners.allSatisfy({ max(abs($0.x), abs($0.y), abs($0.z)) <= Double(SceneLimit.coordinate.value) }) else {
                    throw source.failure(
                        "gltf-reach", "node '\(node.name.prefix(60))'", "its mesh reaches beyond \(SceneLimit.coordinate.value / 1000) km from the origin",
                        fix: "check the scale of the node and those above it: glTF is in metres")
                }
                nodes.append(GLTFScene.Node(name: node.name, mesh: mesh, transform: transform, materialBase: 0))
            }
        }
        ignored += materialReader.ignored + meshReader.ignored
        if document.animations?.isEmpty == false { ignored.append("animations") }
        if document.skins?.isEmpty == false { ignored.append("skins") }
        if document.cameras?.isEmpty == false { ignored.append("cameras") }
        let warnings = ignored.map { Diagnostic(.warning, "gltf-ignored", file: source.file, message: "the file has \($0), which Squall ignores") }
        return GLTFScene(nodes: nodes, meshes: meshes, materials: materials, textures: materialReader.textures, warnings: warnings)
    }

    /// Keeps every instance right-handed: a mirroring node places the mirror image of its mesh instead.
    private static let mirror = Affine(x: Vec3(-1, 0, 0), y: Vec3(0, 1, 0), z: Vec3(0, 0, 1), translation: .zero)

    private static func extensions(_ source: GLTFFile) throws -> [String] {
        for name in source.document.extensionsRequired ?? [] where !supported.contains(name) {
            let compressed = name.contains("draco") || name.contains("meshopt") || name.contains("basisu")
            throw source.failure(
                "gltf-extension", "extensionsRequired", "the file requires '\(name.prefix(60))', which Squall does not read",
                fix: compressed ? "export without compression" : "export without this extension")
        }
        return (source.document.extensionsUsed ?? []).filter { !supported.contains($0) }.map { "the extension \($0.prefix(60))" }
    }
}

/// A glTF file, flattened: what to draw where. y up unless it came through `GLTF.asset`.
public struct GLTFScene: Sendable {
    public struct Node: Sendable {
        public var name: String
        /// Index into `meshes`.
        public var mesh: Int
        /// Scene from mesh; never mirrors.
        public var transform: Affine
        /// Added to part slots to find the material.
        public var materialBase: Int32
    }
    /// Depth first, in file order.
    public var nodes: [Node]
    public var meshes: [Mesh]
    public var materials: [Material]
    public var textures: [Texture]
    /// What the file holds and Squall ignores.
    public var warnings: [Diagnostic]
}
