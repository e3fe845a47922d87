import CSquallKernels
import Foundation
import SquallFrames

/// How label images become PNG numbers. Stated in DATASETS.md; `verify` and the tests read them back.
public enum LabelImages {
    /// 16-bit, 256 per metre, 0 for none; 65535 for surfaces beyond 255.99 m.
    public static func depth(_ image: Image<Float>) -> Image<UInt16> {
        let values = [UInt16](unsafeUninitializedCapacity: image.pixels.count) { out, count in
            image.pixels.withUnsafeBufferPointer { sq_label_depth($0.baseAddress, out.baseAddress, $0.count) }
            count = image.pixels.count
        }
        return Image(width: image.width, height: image.height, pixels: values)
    }

    /// 8-bit RGB, 127.5 (n + 1) rounded, black for none.
    public static func normals(_ image: Image<SIMD3<Float>>) -> Image<RGB8> {
        let values = [RGB8](unsafeUninitializedCapacity: image.pixels.count) { out, count in
            image.pixels.withUnsafeBytes { normals in
                let bytes = UnsafeMutableRawBufferPointer(out).bindMemory(to: UInt8.self).baseAddress
                sq_label_normals(normals.bindMemory(to: Float.self).baseAddress, bytes, image.pixels.count)
            }
            count = image.pixels.count
        }
        return Image(width: image.width, height: image.height, pixels: values)
    }

    /// 16-bit RGB: 64 px + 2^15 for u and v; third channel 0 none, 1 visible in the other frame, 2 hidden there.
    /// All zero for none, and for motions of 511.99 px or more.
    /// - Precondition: both pictures have the same size.
    public static func flow(_ flow: Image<SIMD2<Float>>, occluded: Image<UInt8>) -> [UInt16] {
        precondition(flow.pixels.count == occluded.pixels.count)
        return [UInt16](unsafeUninitializedCapacity: flow.pixels.count * 3) { out, count in
            flow.pixels.withUnsafeBytes { flow in
                occluded.pixels.withUnsafeBufferPointer { hidden in
                    sq_label_flow(flow.bindMemory(to: Float.self).baseAddress, hidden.baseAddress, out.baseAddress, hidden.count)
                }
            }
            count = flow.pixels.count * 3
        }
    }
}
