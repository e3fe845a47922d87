/// A scene-linear picture as the lens sees it: three planes of Float, cd/m2 per sRGB primary, rows top-down.
///
/// A grey of luminance L has L in all three planes. Resolved from the colour samples; input of the camera sensor.
public struct LuminanceImage: Sendable {
    public let width: Int
    public let height: Int
    public var red: [Float]
    public var green: [Float]
    public var blue: [Float]

    public init(width: Int, height: Int, filledWith value: SIMD3<Float> = .zero) {
        (self.width, self.height) = (width, height)
        red = Array(repeating: value.x, count: width * height)
        green = Array(repeating: value.y, count: width * height)
        blue = Array(repeating: value.z, count: width * height)
    }

    public subscript(x: Int, y: Int) -> SIMD3<Float> {
        get { SIMD3(red[y * width + x], green[y * width + x], blue[y * width + x]) }
        set { (red[y * width + x], green[y * width + x], blue[y * width + x]) = (newValue.x, newValue.y, newValue.z) }
    }
}
