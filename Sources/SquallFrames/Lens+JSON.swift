import SquallMath

/// How a lens stands among the facts of a camera: `model` is its name; `distortion` its coefficients in OpenCV's order (Brown-Conrady k1 k2 p1 p2 k3,
/// Kannala-Brandt k1 k2 k3 k4), `field` the full field of view of lenses that see behind the image plane, radians. `depth` says what depth images
/// hold: `z` along the optical axis, or `range` along the ray.
extension Lens {
    enum Key: String, CodingKey { case model, distortion, field, depth }

    /// In files and in scenes; an ideal fisheye has its projection as second word.
    public var name: String {
        switch self {
        case .pinhole: "pinhole"
        case .brownConrady: "brown_conrady"
        case .kannalaBrandt: "kannala_brandt"
        case .fisheye(let kind, _): kind == .equidistant ? "fisheye" : "fisheye_\(kind.rawValue)"
        }
    }

    /// In OpenCV's order; empty for lenses without.
    public var distortion: [Double] {
        switch self {
        case .pinhole, .fisheye: []
        case .brownConrady(let lens): [lens.k1, lens.k2, lens.p1, lens.p2, lens.k3]
        case .kannalaBrandt(let lens, _): [lens.k1, lens.k2, lens.k3, lens.k4]
        }
    }

    /// Full field of view, radians; nil for lenses that end with their picture.
    public var field: Double? {
        switch self {
        case .pinhole, .brownConrady: nil
        case .kannalaBrandt(_, let field), .fisheye(_, let field): field
        }
    }

    func encode(to encoder: any Encoder) throws {
        var facts = encoder.container(keyedBy: Key.self)
        try facts.encode(name, forKey: .model)
        if self == .pinhole { return }
        if !distortion.isEmpty { try facts.encode(distortion, forKey: .distortion) }
        try facts.encodeIfPresent(field, forKey: .field)
        try facts.encode(field == nil ? "z" : "range", forKey: .depth)
    }

    /// - Throws: `DecodingError` for an unknown model or a wrong number of coefficients.
    init(from decoder: any Decoder) throws {
        let facts = try decoder.container(keyedBy: Key.self)
        let model = try facts.decode(String.self, forKey: .model)
        let numbers = try facts.decodeIfPresent([Double].self, forKey: .distortion) ?? []
        let field = try facts.decodeIfPresent(Double.self, forKey: .field) ?? Self.widest
        func expect(_ count: Int) throws {
            guard numbers.count == count else {
                throw DecodingError.dataCorruptedError(forKey: .distortion, in: facts, debugDescription: "\(model) has \(count) coefficients")
            }
        }
        switch model {
        case "pinhole": self = .pinhole
        case "brown_conrady":
            try expect(5)
            self = .brownConrady(BrownConrady(k1: numbers[0], k2: numbers[1], p1: numbers[2], p2: numbers[3], k3: numbers[4]))
        case "kannala_brandt":
            try expect(4)
            self = .kannalaBrandt(KannalaBrandt(k1: numbers[0], k2: numbers[1], k3: numbers[2], k4: numbers[3]), field: field)
        default:
            guard let kind = Fisheye.allCases.first(where: { Lens.fisheye($0).name == model }) else {
                throw DecodingError.dataCorruptedError(forKey: .model, in: facts, debugDescription: "there is no camera model '\(model.prefix(60))'")
            }
            self = .fisheye(kind, field: field)
        }
    }
}
