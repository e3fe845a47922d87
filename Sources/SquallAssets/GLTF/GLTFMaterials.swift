import CSquallImages
import Foundation
import SquallDiagnostics
import SquallFrames
import SquallMath

/// glTF materials as Squall's, and the pictures they use, each decoded once.
struct GLTFMaterials {
    var accessors: GLTFAccessors
    private(set) var textures: [Texture] = []
    private(set) var ignored: [String] = []
    private var known: [SIMD2<Int>: Int32] = [:]
    private var pixelsLeft: Int

    init(_ accessors: GLTFAccessors) {
        self.accessors = accessors
        pixelsLeft = accessors.source.limits.pixels
    }

    private mutating func note(_ what: String) {
        if !ignored.contains(what) { ignored.append(what) }
    }

    /// What glTF prescribes for primitives without a material.
    static let fallback = Material(name: "default", baseColor: Vec3f(repeating: 1), metallic: 1, roughness: 1)

    /// White of a screen: what an emissive factor of 1 means in cd/m2 when the file gives no strength in nits.
    static let emissiveWhite = 300.0
    /// Short arcs glow with a few billion cd/m2.
    private static let brightest = 1e10

    mutating func material(_ index: Int, _ source: GLTFDocument.Material) throws -> Material {
        let place = "materials[\(index)]"
        let surface = source.pbrMetallicRoughness
        let factor = try numbers(surface?.baseColorFactor, [1, 1, 1, 1], "\(place).pbrMetallicRoughness.baseColorFactor")
        let emissive = try numbers(source.emissiveFactor, [0, 0, 0], "\(place).emissiveFactor")
        let strength = source.extensions?.emissiveStrength.map { $0.emissiveStrength ?? 1 } ?? Self.emissiveWhite
        guard strength.isFinite, (0...Self.brightest).contains(strength) else {
            throw accessors.source.failure("gltf-value", "\(place).extensions.KHR_materials_emissive_strength", "it should be 0...\(Int(Self.brightest)) cd/m2")
        }
        let alpha = alpha(source, opacity: factor[3], textured: surface?.baseColorTexture != nil)
        let metallic = Float((surface?.metallicFactor ?? 1).clamped(to: 0...1))
        var material = Material(
            name: source.name ?? "material \(index)", baseColor: Vec3f(Float(factor[0]), Float(factor[1]), Float(factor[2])), metallic: metallic,
            roughness: Float((surface?.roughnessFactor ?? 1).clamped(to: 0...1)),
            emission: Vec3f(Float(emissive[0] * strength), Float(emissive[1] * strength), Float(emissive[2] * strength)),
            alpha: alpha, doubleSided: source.doubleSided ?? false, baseColorTexture: try texture(surface?.baseColorTexture, srgb: true, place),
            normalTexture: try texture(source.normalTexture, srgb: false, place),
            metallicRoughnessTexture: try texture(surface?.metallicRoughnessTexture, srgb: false, place), emissionTexture: try texture(source.emissiveTexture, srgb: true, place))
        if let extensions = source.extensions { extend(&material, extensions) }
        return material
    }

    /// Lacquer, index of refraction, fuzz and thin sheets.
    private func extend(_ material: inout Material, _ extensions: GLTFDocument.MaterialExtensions) {
        let share = { (given: Double?, usual: Double) -> Float in
            guard let given, given.isFinite else { return Float(usual) }
            return Float(given.clamped(to: 0...1))
        }
        if let coat = extensions.clearCoat {
            (material.clearCoat, material.clearCoatRoughness) = (share(coat.clearcoatFactor, 0), share(coat.clearcoatRoughnessFactor, 0))
        }
        if let ior = extensions.index?.ior, ior.isFinite, ior >= 1 { material.f0 = Float(min(1, ((ior - 1) / (ior + 1)) * ((ior - 1) / (ior + 1)))) }
        if let specular = extensions.specular { material.f0 *= share(specular.specularFactor, 1) }
        if let color = extensions.sheen?.sheenColorFactor { material.fuzz = share(color.filter(\.isFinite).max(), 0) }
        if let sheet = extensions.diffuseTransmission { material.translucency = share(sheet.diffuseTransmissionFactor, 0) }
    }

    private func numbers(_ given: [Double]?, _ usual: [Double], _ place: String) throws -> [Double] {
        guard let given else { return usual }
        guard given.count == usual.count, given.allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else {
            throw accessors.source.failure("gltf-value", place, "it should be \(usual.count) finite numbers")
        }
        return given.map { max(0, $0) }
    }

    private mutating func alpha(_ source: GLTFDocument.Material, opacity: Double, textured: Bool) -> Material.Alpha {
        if let transmission = source.extensions?.transmission?.transmissionFactor, transmission > 0 { return .glass(transmission: Float(min(1, transmission))) }
        switch source.alphaMode {
        case "MASK": return .mask(Float((source.alphaCutoff ?? 0.5).clamped(to: 0...1)))
        case "BLEND" where opacity < 0.99: return .glass(transmission: Float((1 - opacity).clamped(to: 0...1)))
        case "BLEND" where textured:
            note("smooth alpha blending (cut out at one half instead)")
            return .mask(0.5)
        default: return .opaque
        }
    }

    // MARK: Pictures

    private mutating func texture(_ info: GLTFDocument.TextureInfo?, srgb: Bool, _ place: String) throws -> Int32 {
        guard let info else { return -1 }
        let document = accessors.source.document
        guard let texture = document.textures?[checked: info.index] else {
            throw accessors.source.failure("gltf-index", place, "it names texture \(info.index), which does not exist")
        }
        if info.texCoord ?? 0 != 0 {
            note("second texture coordinates (TEXCOORD_1)")
            return -1
        }
        guard let image = texture.source else {
            note("textures without a PNG or JPEG source")
            return -1
        }
        let sampler = texture.sampler.flatMap { document.samplers?[checked: $0] }
        let repeats = (sampler?.wrapS ?? 10497) != 33071 || (sampler?.wrapT ?? 10497) != 33071
        let key = SIMD2(image, (srgb ? 1 : 0) + (repeats ? 2 : 0))
        if let index = known[key] { return index }
        let picture = try decode(image)
        let index = Int32(textures.count)
        textures.append(Texture(name: document.images?[checked: image]?.name ?? "image \(image)", image: picture, srgb: srgb, repeats: repeats))
        known[key] = index
        return index
    }

    private mutating func decode(_ index: Int) throws -> Image<RGBA8> {
        let place = "images[\(index)]"
        guard let image = accessors.source.document.images?[checked: index] else { throw accessors.source.failure("gltf-index", place, "there is no such image") }
        let bytes: [UInt8]
        if let view = image.bufferView {
            bytes = try accessors.bytes(view: view, place: place)
        } else if let uri = image.uri {
            bytes = [UInt8](try accessors.source.resource(uri, place: place))
        } else {
            throw accessors.source.failure("gltf-image", place, "the image has neither bytes nor a URI")
        }
        let png = bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
        guard png || bytes.starts(with: [0xFF, 0xD8]) else { throw accessors.source.failure("gltf-image", place, "the image is neither PNG nor JPEG", fix: "convert it to PNG") }
        var header = sq_image_header()
        var message = [CChar](repeating: 0, count: 160)
        let reason = { (message: [CChar]) in String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) }
        guard (png ? sq_png_header(bytes, bytes.count, &header, &message) : sq_jpeg_header(bytes, bytes.count, &header, &message)) == 0 else {
            throw accessors.source.failure("gltf-image", place, "the image is damaged: \(reason(message))", fix: "export it again")
        }
        let (width, height) = (Int(header.width), Int(header.height))
        let side = accessors.source.limits.imageSide
        guard width > 0, height > 0, width <= side, height <= side, width * height <= pixelsLeft else {
            throw accessors.source.failure(
                "gltf-image-size", place, "the image of \(width) x \(height) is beyond \(side) pixels a side or \(accessors.source.limits.pixels >> 20) megapixels in all",
                fix: "use smaller pictures")
        }
        pixelsLeft -= width * height
        var pixels = [RGBA8](repeating: RGBA8(0, 0, 0, 255), count: width * height)
        let result = pixels.withUnsafeMutableBytes { raw -> Int32 in
            let out = raw.bindMemory(to: UInt8.self)
            return png ? sq_png_rgba8(bytes, bytes.count, out.baseAddress, out.count, &message) : sq_jpeg_rgba8(bytes, bytes.count, out.baseAddress, out.count, &message)
        }
        guard result == 0 else { throw accessors.source.failure("gltf-image", place, "the image is damaged: \(reason(message))", fix: "export it again") }
        return Image(width: width, height: height, pixels: pixels)
    }
}
