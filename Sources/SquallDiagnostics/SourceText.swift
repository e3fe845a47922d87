/// One source file's bytes with an index of its lines.
///
/// Columns count Unicode scalars, so an underline beside `é` lands where an editor shows it.
public struct SourceText: Sendable {
    public let file: String
    public let bytes: [UInt8]
    /// Byte offset of each line's first byte.
    public let lineStarts: [Int]

    public init(file: String, bytes: [UInt8]) {
        (self.file, self.bytes) = (file, bytes)
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
        lineStarts = starts
    }

    public init(file: String, text: String) { self.init(file: file, bytes: Array(text.utf8)) }

    /// Line and column of a byte offset, both from 1. Offsets outside the file are clamped.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(offset, 0), bytes.count)
        var (low, high) = (0, lineStarts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return (low + 1, scalarCount(lineStarts[low], offset) + 1)
    }

    /// The text of a line (from 1) without its line end.
    public func line(_ number: Int) -> String {
        guard number >= 1, number <= lineStarts.count else { return "" }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    /// Unicode scalars that begin in a byte range: every byte but the continuation bytes.
    func scalarCount(_ start: Int, _ end: Int) -> Int {
        var count = 0
        for i in start..<max(start, end) where bytes[i] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
