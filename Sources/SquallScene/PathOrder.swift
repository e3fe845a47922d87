/// The order of paths wherever things are listed or numbered.
public enum PathOrder {
    /// Path order: by letters, but numbers by size, so `truck[2]` stands before `truck[10]`.
    public static func isBefore(_ a: String, _ b: String) -> Bool {
        let (x, y) = (Array(a.utf8), Array(b.utf8))
        var (i, j) = (0, 0)
        func isDigit(_ c: UInt8) -> Bool { c >= 0x30 && c <= 0x39 }
        while i < x.count, j < y.count {
            if isDigit(x[i]), isDigit(y[j]) {
                let (m, n) = (x[i...].prefix(while: isDigit), y[j...].prefix(while: isDigit))
                let (p, q) = (m.drop { $0 == 0x30 }, n.drop { $0 == 0x30 })
                if p.count != q.count { return p.count < q.count }
                if !p.elementsEqual(q) { return p.lexicographicallyPrecedes(q) }
                (i, j) = (i + m.count, j + n.count)
            } else if x[i] != y[j] {
                return x[i] < y[j]
            } else {
                (i, j) = (i + 1, j + 1)
            }
        }
        return x.count - i < y.count - j || (x.count - i == y.count - j && a < b)
    }
}
