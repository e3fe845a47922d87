import SquallFrames
import SquallGeometry
import SquallMath

/// Scene-linear colour in three planes, rows top-down, the unit of the shader (cd/m2 for physical ones).
public struct RadianceImage: Sendable {
    public let width: Int
    public let height: Int
    public var red: [Float]
    public var green: [Float]
    public var blue: [Float]

    public init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        red = Array(repeating: 0, count: width * height)
        green = red
        blue = red
    }
}

/// What one render gives. Reuse it from frame to frame: its arrays are written in place.
public struct RasterFrame: Sendable {
    public var visibility: VisibilityBuffer
    public var color: RadianceImage
    /// Pixels from this frame to the other one, at the visibility sample; NaN where the point ends up behind the camera.
    /// Empty (0 x 0) when not asked for. Sky moves as a point at infinity.
    public var flowForward: Image<SIMD2<Float>>
    public var flowBackward: Image<SIMD2<Float>>
    /// Interpolated unit normals in camera axes, zero for sky. Empty (0 x 0) when not asked for.
    public var normals: Image<SIMD3<Float>>

    public init(width: Int, height: Int) {
        visibility = VisibilityBuffer(width: width, height: height)
        color = RadianceImage(width: width, height: height)
        flowForward = Image(width: 0, height: 0, filledWith: .zero)
        flowBackward = flowForward
        normals = Image(width: 0, height: 0, filledWith: .zero)
    }

    /// Hands its pictures over to who keeps them; writing over them while somebody else has them would copy them first.
    public mutating func giveAway() -> (normals: Image<SIMD3<Float>>, flowForward: Image<SIMD2<Float>>, flowBackward: Image<SIMD2<Float>>) {
        let given = (normals, flowForward, flowBackward)
        (normals, flowForward, flowBackward) = (Image(width: 0, height: 0, filledWith: .zero), Image(width: 0, height: 0, filledWith: .zero), Image(width: 0, height: 0, filledWith: .zero))
        return given
    }
}

/// Where everything stands at the other end of a flow field: instances in the same order, and the camera.
public struct OtherInstant {
    public var instances: [MeshInstance]
    public var pose: Pose

    public init(instances: [MeshInstance], pose: Pose) { (self.instances, self.pose) = (instances, pose) }
}

/// Where a point of one rigid instance goes: with ray d and key 1/z, the other camera sees it along `linear d + offset/z`.
struct Motion: BitwiseCopyable, Equatable {
    var x = SIMD3<Float>.zero, y = SIMD3<Float>.zero, z = SIMD3<Float>.zero
    var offset = SIMD3<Float>.zero

    /// - Parameter world: other world from this world for the instance; nil for directions (sky).
    init(world: Affine?, from here: Pose, to there: Pose) {
        let inverse = there.rotation.conjugate
        let axes = here.rotation.columns
        let move = world ?? .identity
        x = SIMD3<Float>(inverse * move.linear(axes.0))
        y = SIMD3<Float>(inverse * move.linear(axes.1))
        z = SIMD3<Float>(inverse * move.linear(axes.2))
        offset = world == nil ? .zero : SIMD3<Float>(inverse * (move * here.position - there.position))
    }
}

/// The pointers a render writes through; nil for what was not asked for.
package struct FrameTargets {
    package var instance: UnsafeMutablePointer<UInt32>
    package var triangle: UnsafeMutablePointer<UInt32>
    package var depth: UnsafeMutablePointer<Float>
    package var glass: UnsafeMutablePointer<Bool>
    package var red: UnsafeMutablePointer<Float>
    package var green: UnsafeMutablePointer<Float>
    package var blue: UnsafeMutablePointer<Float>
    package var forward: UnsafeMutablePointer<Float>?
    package var backward: UnsafeMutablePointer<Float>?
    package var normals: UnsafeMutablePointer<SIMD3<Float>>?
}
