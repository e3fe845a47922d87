import SquallFrames
import SquallMath
import SquallRaster

/// The direction that each pixel centre of a camera sees: worked out once per camera, read by every frame.
public final class LensTable: Sendable {
    public let model: CameraModel
    public let width: Int, height: Int
    /// Unit directions in camera axes, by plane; all zero where the lens shows nothing.
    nonisolated(unsafe) let x: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>, z: UnsafeMutablePointer<Float>   // written by `init` alone

    public init(_ model: CameraModel, pool: WorkerPool) {
        self.model = model
        (width, height) = (model.camera.width, model.camera.height)
        x = .allocate(capacity: width * height)
        y = .allocate(capacity: width * height)
        z = .allocate(capacity: width * height)
        nonisolated(unsafe) let (x, y, z) = (x, y, z)   // rows are disjoint
        let width = width
        pool.run(height) { row, _ in
            for column in 0..<width {
                let d = model.direction(Vec2(Double(column) + 0.5, Double(row) + 0.5)) ?? .zero
                let pixel = row * width + column
                (x[pixel], y[pixel], z[pixel]) = (Float(d.x), Float(d.y), Float(d.z))
            }
        }
    }

    deinit {
        x.deallocate()
        y.deallocate()
        z.deallocate()
    }

    @inline(__always) public func direction(_ pixel: Int) -> SIMD3<Float> { SIMD3(x[pixel], y[pixel], z[pixel]) }
    @inline(__always) public func sees(_ pixel: Int) -> Bool { x[pixel] != 0 || y[pixel] != 0 || z[pixel] != 0 }

    /// How the direction changes towards the next column and the next row, from its neighbours on both sides.
    func change(_ column: Int, _ row: Int) -> (right: SIMD3<Float>, down: SIMD3<Float>) {
        let pixel = row * width + column
        let here = direction(pixel)
        func slope(_ before: Int?, _ after: Int?) -> SIMD3<Float> {
            let (a, b) = (before.flatMap { sees($0) ? direction($0) : nil }, after.flatMap { sees($0) ? direction($0) : nil })
            if let a, let b { return (b - a) * 0.5 }
            return b.map { $0 - here } ?? a.map { here - $0 } ?? .zero
        }
        return (
            slope(column > 0 ? pixel - 1 : nil, column + 1 < width ? pixel + 1 : nil), slope(row > 0 ? pixel - width : nil, row + 1 < height ? pixel + width : nil)
        )
    }

    /// Light that reaches each pixel beside one on the axis, for a source of the same luminance: as `CameraModel.illumination` has it, by the
    /// differences between neighbouring pixels.
    public func illumination() -> [Float] {
        let scale = Float(model.camera.fx * model.camera.fy)
        return (0..<width * height).map { pixel in
            guard sees(pixel) else { return 0 }
            if !model.measuresRange { return z[pixel] * z[pixel] * z[pixel] * z[pixel] }
            let (right, down) = change(pixel % width, pixel / width)
            return cross(right, down).length * scale
        }
    }
}
