import Foundation
import SquallExport
import Testing

@Suite struct NumPyTests {
    /// The form of version 1.0: magic, version, little-endian length, a header that ends a line at a multiple of 64 bytes, the numbers.
    @Test(arguments: [[2, 3], [6], [1, 2, 3]]) func headerAndNumbers(shape: [Int]) {
        let values: [Float] = [0, 1, -2.5, 1e6, 3, 4]
        let bytes = [UInt8](NumPyArray.encode(values, shape: shape))
        #expect(Array(bytes[0..<8]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
        let length = Int(bytes[8]) + 256 * Int(bytes[9])
        #expect((10 + length) % 64 == 0 && bytes[9 + length] == 0x0A && bytes.count == 10 + length + 4 * values.count)
        let header = String(decoding: bytes[10..<(10 + length)], as: UTF8.self)
        let sides = shape.count == 1 ? "(6,)" : "(" + shape.map(String.init).joined(separator: ", ") + ")"
        #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': \(sides), }"))
        #expect(Array(bytes[(10 + length + 8)..<(10 + length + 12)]) == [0, 0, 0x20, 0xC0])   // -2.5
    }
}
