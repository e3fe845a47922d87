import CSquallKernels
import SquallGeometry
import SquallMath
import SquallAssets

/// The shading of the bench referee: base colour times (0.35 + 0.65 max(n.l, 0)), square-root gamma, flat sky. No shadows, no
/// textures, no medium; values are display-referred, 0...1. Glass is drawn as the opaque paint it is given, half let through.
public struct ReferenceShader: SurfaceShader, @unchecked Sendable {   // the block is written once, in init
    public static let inputs: ShadeInputs = []
    /// Square roots of the base colours: a root of a product is the product of the roots, and one root a pixel is enough.
    private let colors: Block<SIMD4<Float>>
    private let table: UnsafePointer<SIMD4<Float>>
    let light: SIMD3<Float>
    let skyColor: SIMD3<Float>
    static let ambient: Float = 0.35, diffuse: Float = 0.65

    /// - Parameters:
    ///   - light: towards the light, world axes.
    ///   - sky: linear.
    public init(materials: [Material], light: Vec3, sky: Vec3f) {
        colors = Block(materials.map { SIMD4($0.baseColor, 1).squareRoot() })
        table = UnsafePointer(colors.base)
        self.light = SIMD3<Float>(light.normalized)
        skyColor = SIMD3(sky.x.squareRoot(), sky.y.squareRoot(), sky.z.squareRoot())
    }

    @inline(__always)
    public func shade(_ point: borrowing ShadePoint8) -> Color8 {
        let n = point.normal
        let cosine = sqv_fma(n.x, sqv_splat(light.x), sqv_fma(n.y, sqv_splat(light.y), n.z * sqv_splat(light.z)))
        let lit = sqv_sqrt(sqv_fma(sqv_max(cosine, sqv_splat(0)), sqv_splat(Self.diffuse), sqv_splat(Self.ambient)))
        let base = table[Int(point.material)]
        return Color8(r: sqv_splat(base.x) * lit, g: sqv_splat(base.y) * lit, b: sqv_splat(base.z) * lit)
    }

    @inline(__always)
    public func glass(_ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8) {
        let color = shade(point)
        let half = sqv_splat(0.5)
        return (Color8(r: color.r * half, g: color.g * half, b: color.b * half), Color8(repeating: 0.5))
    }

    @inline(__always)
    public func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8 {
        Color8(r: sqv_splat(skyColor.x), g: sqv_splat(skyColor.y), b: sqv_splat(skyColor.z))
    }
}

extension Rasterizer {
    /// Renders with the referee's shading.
    /// - Parameter samples: colour samples per pixel, 1 or 4; visibility, flow and normals come from the pixel centre.
    public func render(
        _ instances: [MeshInstance], camera: RasterCamera, samples: Int, extras: Extras = Extras(), shader: ReferenceShader, pool: WorkerPool,
        into frame: inout RasterFrame
    ) {
        draw(instances, camera: camera, samples: samples, extras: extras, shader: shader, pool: pool, into: &frame)
    }
}
