// SquallLabels: boxes, masks, flow, visibility, counts: truth, resolved from one visibility buffer and the world state.
// Must never know: sensors and their noise. It reads finished clouds as SquallFrames types.
import SquallFrames
import SquallGeometry

/// Pixel labels that follow directly from which triangle a pixel centre sees. They agree because they have one source.
public enum VisibleLabels {
    /// z along the optical axis, metres, +infinity for sky.
    public static func depth(_ visibility: VisibilityBuffer) -> Image<Float> {
        Image(width: visibility.width, height: visibility.height, pixels: visibility.depth)
    }

    /// Instance ids; 0 for road, terrain and sky.
    public static func instance(_ visibility: VisibilityBuffer, _ instances: [MeshInstance]) -> Image<UInt16> {
        map(visibility, sky: 0) { instances[$0].object }
    }

    /// Raw values of `Category`.
    public static func semantic(_ visibility: VisibilityBuffer, _ instances: [MeshInstance]) -> Image<UInt8> {
        map(visibility, sky: Category.sky.rawValue) { instances[$0].category }
    }

    private static func map<Value: BitwiseCopyable & Sendable>(_ visibility: VisibilityBuffer, sky: Value, _ value: (Int) -> Value) -> Image<Value> {
        let pixels = [Value](unsafeUninitializedCapacity: visibility.instance.count) { out, count in
            visibility.instance.withUnsafeBufferPointer { seen in
                for i in 0..<seen.count { out.initializeElement(at: i, to: seen[i] == VisibilityBuffer.nothing ? sky : value(Int(seen[i]))) }
            }
            count = visibility.instance.count
        }
        return Image(width: visibility.width, height: visibility.height, pixels: pixels)
    }
}
