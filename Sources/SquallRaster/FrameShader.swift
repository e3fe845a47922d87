import SquallGeometry
import SquallMath

/// A shader that lives in a module above the rasterizer. Immutable during a frame and called from several threads, eight points at
/// a time, so that one indirect call is nothing beside the work behind it; the resolve itself stays specialised.
///
/// Keep the overrides free of allocation and existentials.
open class FrameShader: @unchecked Sendable {   // subclasses are written in their `init` only
    public init() {}
    /// As in `SurfaceShader`.
    open func shade(_ point: borrowing ShadePoint8) -> Color8 { Color8(repeating: 0) }
    /// As in `SurfaceShader`.
    open func glass(_ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8) { (Color8(repeating: 0), Color8(repeating: 1)) }
    /// As in `SurfaceShader`.
    open func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8 { Color8(repeating: 0) }
}

/// The one specialisation of the resolve that all shaders of higher modules share.
struct IndirectShader: SurfaceShader, @unchecked Sendable {   // the frame's caller keeps the target alive
    static let inputs: ShadeInputs = [.position, .geometricNormal, .texture, .tangent, .normalChange]
    static let gathersEdges = true
    let target: FrameShader

    @inline(__always) func shade(_ point: borrowing ShadePoint8) -> Color8 { target.shade(point) }
    @inline(__always) func glass(_ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8) { target.glass(point) }
    @inline(__always) func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8 { target.sky(direction, x: x, y: y) }
}

extension Rasterizer {
    /// Renders with a shader of a higher module; arguments as for the other renders.
    public func render(
        _ instances: [MeshInstance], camera: RasterCamera, samples: Int, extras: Extras = Extras(), shader: FrameShader, pool: WorkerPool,
        into frame: inout RasterFrame
    ) {
        withExtendedLifetime(shader) {
            draw(instances, camera: camera, samples: samples, extras: extras, shader: IndirectShader(target: shader), pool: pool, into: &frame)
        }
    }
}
