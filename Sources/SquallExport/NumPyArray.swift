import Foundation

/// Numbers as a NumPy file: format version 1.0, little-endian float32, C order.
public enum NumPyArray {
    /// - Parameter shape: whose product is the number of values.
    public static func encode(_ values: [Float], shape: [Int]) -> Data {
        let sides = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sides)), }"
        // Magic, version and length take ten bytes; the whole is a multiple of 64 and ends the line.
        header += String(repeating: " ", count: (64 - (header.utf8.count + 11) % 64) % 64) + "\n"
        var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8 & 255)]) + Data(header.utf8)
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }
}
