// SquallLabels: boxes, masks, flow, visibility, counts: truth, resolved from one visibility buffer and the world state.
// Must never know: sensors and their noise. It reads finished clouds as SquallFrames types.
import SquallFrames
import SquallGeometry
import SquallMath

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

    /// Unit normals of the seen triangles in camera axes, towards the viewer; zero for sky.
    ///
    /// These are the geometric normals: exact, not the interpolated ones that shading uses.
    public static func normals(_ visibility: VisibilityBuffer, _ instances: [MeshInstance], meshes: [Mesh], pose: Pose) -> Image<SIMD3<Float>> {
        let cameraFromWorld = Affine(pose.inverse)
        let frames = instances.map { NormalFrame(cameraFromWorld * $0.transform) }
        var image = Image<SIMD3<Float>>(width: visibility.width, height: visibility.height, filledWith: .zero)
        var (lastInstance, lastTriangle, last) = (VisibilityBuffer.nothing, UInt32.max, SIMD3<Float>.zero)
        for i in visibility.instance.indices {
            let (instance, triangle) = (visibility.instance[i], visibility.triangle[i])
            if instance == VisibilityBuffer.nothing { continue }
            if instance != lastInstance || triangle != lastTriangle {
                let (a, b, c) = meshes[Int(instances[Int(instance)].mesh)].corners(Int(triangle))
                last = frames[Int(instance)].normal(a, b, c)
                (lastInstance, lastTriangle) = (instance, triangle)
            }
            image.pixels[i] = last
        }
        return image
    }

    /// Camera-from-mesh, in float: directions only.
    private struct NormalFrame {
        let x: Vec3f, y: Vec3f, z: Vec3f, origin: Vec3f
        init(_ m: Affine) { (x, y, z, origin) = (Vec3f(m.x), Vec3f(m.y), Vec3f(m.z), Vec3f(m.translation)) }

        func normal(_ a: Vec3f, _ b: Vec3f, _ c: Vec3f) -> Vec3f {
            let (e, f) = (b - a, c - a)
            let first = x * e.x + y * e.y + z * e.z
            let second = x * f.x + y * f.y + z * f.z
            let n = cross(first, second).normalized
            let corner = x * a.x + y * a.y + z * a.z + origin
            return dot(n, corner) > 0 ? -n : n
        }
    }
}
