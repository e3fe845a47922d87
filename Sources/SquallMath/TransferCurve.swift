import Foundation

/// The sRGB encoding of IEC 61966-2-1 and its table for 8-bit pictures.
public enum TransferCurve {
    /// Encoded value in 0...1 of a linear value in 0...1.
    public static func encode(_ linear: Double) -> Double {
        linear <= 0.003_130_8 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
    }
    /// Linear value in 0...1 of an encoded value in 0...1.
    public static func decode(_ encoded: Double) -> Double {
        encoded <= 0.040_45 ? encoded / 12.92 : pow((encoded + 0.055) / 1.055, 2.4)
    }
    /// The byte nearest to the encoded value; linear values beyond 0...1 are clipped, and what is no number is white.
    public static func byte(_ linear: Double) -> UInt8 { UInt8((255 * encode(max(0, min(1, linear)))).rounded()) }

    /// Bytes of `steps + 1` linear values from 0 to 1.
    public static let steps = 8191
    public static let table: [UInt8] = (0...steps).map { byte(Double($0) / Double(steps)) }
}
