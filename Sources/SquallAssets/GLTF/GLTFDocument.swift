import SquallMath
import SquallScene

/// The parts of a glTF 2.0 document that a picture needs, exactly as the JSON has them. Nothing is checked here but types.
struct GLTFDocument: Decodable {
    struct Header: Decodable {
        var version: String
        var minVersion: String?
    }
    struct Scene: Decodable { var nodes: [Int]? }
    struct Node: Decodable {
        var name: String?
        var children: [Int]?
        var mesh: Int?
        var matrix: [Double]?
        var translation: [Double]?
        var rotation: [Double]?
        var scale: [Double]?
        var skin: Int?
    }
    struct Mesh: Decodable {
        var name: String?
        var primitives: [Primitive]
    }
    struct Primitive: Decodable {
        var attributes: [String: Int]
        var indices: Int?
        var material: Int?
        var mode: Int?
        var targets: [[String: Int]]?
        var extensions: PrimitiveExtensions?
    }
    struct PrimitiveExtensions: Decodable {
        struct Draco: Decodable {}
        var draco: Draco?
        enum CodingKeys: String, CodingKey { case draco = "KHR_draco_mesh_compression" }
    }
    struct Accessor: Decodable {
        var bufferView: Int?
        var byteOffset: Int?
        var componentType: Int
        var normalized: Bool?
        var count: Int
        var type: String
        var sparse: Sparse?
    }
    struct Sparse: Decodable {
        struct Indices: Decodable {
            var bufferView: Int
            var byteOffset: Int?
            var componentType: Int
        }
        struct Values: Decodable {
            var bufferView: Int
            var byteOffset: Int?
        }
        var count: Int
        var indices: Indices
        var values: Values
    }
    struct BufferView: Decodable {
        var buffer: Int
        var byteOffset: Int?
        var byteLength: Int
        var byteStride: Int?
    }
    struct Buffer: Decodable {
        var uri: String?
        var byteLength: Int
    }
    struct Image: Decodable {
        var uri: String?
        var bufferView: Int?
        var mimeType: String?
        var name: String?
    }
    struct Sampler: Decodable {
        var wrapS: Int?
        var wrapT: Int?
    }
    struct Texture: Decodable {
        var source: Int?
        var sampler: Int?
    }
    struct TextureInfo: Decodable {
        var index: Int
        var texCoord: Int?
    }
    struct MetalRough: Decodable {
        var baseColorFactor: [Double]?
        var baseColorTexture: TextureInfo?
        var metallicFactor: Double?
        var roughnessFactor: Double?
        var metallicRoughnessTexture: TextureInfo?
    }
    struct Material: Decodable {
        var name: String?
        var pbrMetallicRoughness: MetalRough?
        var normalTexture: TextureInfo?
        var emissiveTexture: TextureInfo?
        var emissiveFactor: [Double]?
        var alphaMode: String?
        var alphaCutoff: Double?
        var doubleSided: Bool?
        var extensions: MaterialExtensions?
    }
    struct MaterialExtensions: Decodable {
        struct EmissiveStrength: Decodable { var emissiveStrength: Double? }
        struct Transmission: Decodable { var transmissionFactor: Double? }
        struct ClearCoat: Decodable { var clearcoatFactor: Double?, clearcoatRoughnessFactor: Double? }
        struct Index: Decodable { var ior: Double? }
        struct Specular: Decodable { var specularFactor: Double? }
        struct Sheen: Decodable { var sheenColorFactor: [Double]? }
        struct DiffuseTransmission: Decodable { var diffuseTransmissionFactor: Double? }
        var emissiveStrength: EmissiveStrength?
        var transmission: Transmission?
        var clearCoat: ClearCoat?
        var index: Index?
        var specular: Specular?
        var sheen: Sheen?
        var diffuseTransmission: DiffuseTransmission?
        enum CodingKeys: String, CodingKey {
            case emissiveStrength = "KHR_materials_emissive_strength"
            case transmission = "KHR_materials_transmission"
            case clearCoat = "KHR_materials_clearcoat"
            case index = "KHR_materials_ior"
            case specular = "KHR_materials_specular"
            case sheen = "KHR_materials_sheen"
            case diffuseTransmission = "KHR_materials_diffuse_transmission"
        }
    }
    /// Present or not is all that matters: such things are only listed as ignored.
    struct Ignored: Decodable {}

    var asset: Header
    var extensionsUsed: [String]?
    var extensionsRequired: [String]?
    var scene: Int?
    var scenes: [Scene]?
    var nodes: [Node]?
    var meshes: [Mesh]?
    var accessors: [Accessor]?
    var bufferViews: [BufferView]?
    var buffers: [Buffer]?
    var images: [Image]?
    var samplers: [Sampler]?
    var textures: [Texture]?
    var materials: [Material]?
    var animations: [Ignored]?
    var skins: [Ignored]?
    var cameras: [Ignored]?

    private enum CodingKeys: String, CodingKey {
        case asset, extensionsUsed, extensionsRequired, scene, scenes, nodes, meshes, accessors, bufferViews, buffers, images, samplers, textures, materials
        case animations, skins, cameras
    }

    /// More of something than Squall reads; found before any of them is decoded.
    struct TooMany: Error {
        var list: String
        var count: Int
        var limit: Int
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func list<Element: Decodable>(_ key: CodingKeys, _ limit: Int) throws -> [Element]? {
            guard values.contains(key), try !values.decodeNil(forKey: key) else { return nil }
            let count = try values.nestedUnkeyedContainer(forKey: key).count ?? 0
            guard count <= limit else { throw TooMany(list: key.stringValue, count: count, limit: limit) }
            return try values.decode([Element].self, forKey: key)
        }
        let (nodes, materials, textures) = (SceneLimit.assetNodes.value, SceneLimit.assetMaterials.value, SceneLimit.assetTextures.value)
        asset = try values.decode(Header.self, forKey: .asset)
        (extensionsUsed, extensionsRequired) = (try list(.extensionsUsed, 1000), try list(.extensionsRequired, 1000))
        scene = try values.decodeIfPresent(Int.self, forKey: .scene)
        (scenes, self.nodes, meshes) = (try list(.scenes, nodes), try list(.nodes, nodes), try list(.meshes, nodes))
        // A mesh has an accessor for its corners and a few for what they carry.
        (accessors, bufferViews, buffers) = (try list(.accessors, 5 * nodes), try list(.bufferViews, 5 * nodes), try list(.buffers, textures))
        (images, samplers, self.textures) = (try list(.images, textures), try list(.samplers, textures), try list(.textures, textures))
        self.materials = try list(.materials, materials)
        (animations, skins, cameras) = (try list(.animations, nodes), try list(.skins, nodes), try list(.cameras, nodes))
    }
}
