// SquallRaster: tile rasterizer, visibility buffer, flow, depth maps.
// Must never know: light, weather, the world, labels, files, how instances came to stand where they stand.

/// Eight colours, scene-linear, cd/m2 (or whatever the shader's unit is), one lane per pixel.
public struct Color8 {
    public var r: SIMD8<Float>, g: SIMD8<Float>, b: SIMD8<Float>
    @inlinable @inline(__always) public init(r: SIMD8<Float>, g: SIMD8<Float>, b: SIMD8<Float>) { (self.r, self.g, self.b) = (r, g, b) }
    @inlinable @inline(__always) public init(repeating value: Float) {
        self.init(r: SIMD8(repeating: value), g: SIMD8(repeating: value), b: SIMD8(repeating: value))
    }
}

/// Eight 3-vectors.
public struct Vector8 {
    public var x: SIMD8<Float>, y: SIMD8<Float>, z: SIMD8<Float>
    @inlinable @inline(__always) public init(x: SIMD8<Float>, y: SIMD8<Float>, z: SIMD8<Float>) { (self.x, self.y, self.z) = (x, y, z) }
    @inlinable @inline(__always) public init(repeating value: SIMD3<Float>) {
        self.init(x: SIMD8(repeating: value.x), y: SIMD8(repeating: value.y), z: SIMD8(repeating: value.z))
    }
}

/// Up to eight surface points of one instance and one material, at pixel centres (or, for antialiased edges, at the
/// centroid of the covered samples). Lanes outside `active` hold finite rubbish: compute on them freely.
///
/// Directions and positions are in the world's axes; positions are relative to the eye, so float32 is enough anywhere.
public struct ShadePoint8 {
    /// -1 in lanes that carry a point, else 0.
    public var active: SIMD8<Int32>
    /// Image coordinates of the point, pixel centres at .5.
    public var x: SIMD8<Float>, y: SIMD8<Float>
    /// z along the optical axis, or the range where the lens's labels state that, metres.
    public var depth: SIMD8<Float>
    /// Surface point minus eye, world axes, metres. Given with `ShadeInputs.position`.
    public var position: Vector8
    /// Interpolated unit normal, turned to the viewer's side on double-sided materials seen from behind.
    public var normal: Vector8
    /// Unit normal of the triangle, on the viewer's side. Given with `ShadeInputs.geometricNormal`.
    public var geometricNormal: Vector8
    /// How much `normal` turns over a pixel: `|dn/dx|^2 + |dn/dy|^2`, per pixel squared. Given with `ShadeInputs.normalChange`.
    public var normalChange: SIMD8<Float>
    /// Texture coordinates and their change per pixel right (dx) and down (dy). Given with `ShadeInputs.texture`; zero on meshes without.
    public var u: SIMD8<Float>, v: SIMD8<Float>
    public var dudx: SIMD8<Float>, dudy: SIMD8<Float>, dvdx: SIMD8<Float>, dvdy: SIMD8<Float>
    /// Unit direction of growing u in the triangle's plane, for normal maps; `bitangentSign` is +1 where
    /// cross(normal, tangent) points towards growing v, else -1. Given with `ShadeInputs.tangent`.
    public var tangent: Vector8
    public var bitangentSign: SIMD8<Float>
    /// Index into the world's materials.
    public var material: Int32
    /// Index into the frame's instance array.
    public var instance: Int32

    /// Everything zero, no lane active.
    @inlinable public init() {
        let zero = SIMD8<Float>(repeating: 0)
        let vector = Vector8(repeating: .zero)
        (active, x, y, depth) = (SIMD8(repeating: 0), zero, zero, zero)
        (position, normal, geometricNormal) = (vector, vector, vector)
        normalChange = zero
        (u, v, dudx, dudy, dvdx, dvdy) = (zero, zero, zero, zero, zero, zero)
        (tangent, bitangentSign) = (vector, zero)
        (material, instance) = (0, 0)
    }
}

/// What a shader reads of `ShadePoint8` beyond active, x, y, depth, normal, material and instance; the rest is not computed.
public struct ShadeInputs: OptionSet, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let position = ShadeInputs(rawValue: 1)
    public static let geometricNormal = ShadeInputs(rawValue: 2)
    public static let texture = ShadeInputs(rawValue: 4)
    public static let tangent = ShadeInputs(rawValue: 8)
    public static let normalChange = ShadeInputs(rawValue: 16)
}

/// Gives surfaces and sky their colour. A shader is immutable during a frame and called from several threads.
///
/// The resolve is specialised for each shader type: keep `shade` free of allocation and existentials, and mark it
/// `@inline(__always)` when small.
public protocol SurfaceShader: Sendable {
    /// Read once per specialisation; must be a constant.
    static var inputs: ShadeInputs { get }
    /// Whether a call costs so much that points of one instance and material are gathered from all over a tile before one is made; a constant.
    static var gathersEdges: Bool { get }
    /// Radiance towards the eye, the medium between included.
    func shade(_ point: borrowing ShadePoint8) -> Color8
    /// Radiance a glass surface adds (reflection and its own haze) and the share of what is behind that it lets through.
    func glass(_ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8)
    /// Radiance of the sky along unit directions in world axes; `x` and `y` are the image coordinates.
    func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8
}

extension SurfaceShader {
    public static var gathersEdges: Bool { false }
}
