import Foundation
import SquallFrames

/// How label images become PNG numbers. Stated in the README; `verify` and the tests read them back.
public enum LabelImages {
    /// 16-bit, 256 per metre, 0 for none; surfaces beyond 255.99 m are written as 65535.
    public static func depth(_ image: Image<Float>) -> Image<UInt16> {
        Image(width: image.width, height: image.height, pixels: image.pixels.map { z in
            z.isFinite ? UInt16(max(1, min(65_535, (z * 256).rounded()))) : 0
        })
    }

    /// 8-bit RGB, 127.5 (n + 1) rounded, black for none.
    public static func normals(_ image: Image<SIMD3<Float>>) -> Image<RGB8> {
        Image(width: image.width, height: image.height, pixels: image.pixels.map { n in
            guard n != .zero else { return RGB8(0, 0, 0) }
            let v = ((n + 1) * 127.5).rounded(.toNearestOrAwayFromZero)
            return RGB8(UInt8(max(0, min(255, v.x))), UInt8(max(0, min(255, v.y))), UInt8(max(0, min(255, v.z))))
        })
    }

    /// 16-bit RGB: 64 px + 2^15 for u and v; third channel 0 none, 1 visible in the other frame, 2 hidden there. All zero for none.
    public static func flow(_ flow: Image<SIMD2<Float>>, occluded: Image<UInt8>) -> [UInt16] {
        [UInt16](unsafeUninitializedCapacity: flow.pixels.count * 3) { out, count in
            for (i, f) in flow.pixels.enumerated() {
                let valid = f.x.isFinite && f.y.isFinite && abs(f.x) < 511 && abs(f.y) < 511
                out[3 * i] = valid ? UInt16((f.x * 64 + 32_768).rounded()) : 0
                out[3 * i + 1] = valid ? UInt16((f.y * 64 + 32_768).rounded()) : 0
                out[3 * i + 2] = valid ? (occluded.pixels[i] != 0 ? 2 : 1) : 0
            }
            count = flow.pixels.count * 3
        }
    }
}
