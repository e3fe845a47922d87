/// Raw memory for plain values that grows and is reused from frame to frame. Contents are undefined until written.
final class Block<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int

    init(capacity: Int = 0) {
        self.capacity = max(capacity, 8)
        base = Self.allocate(self.capacity)
    }

    convenience init(_ values: [Element]) {
        self.init(capacity: values.count)
        for (index, value) in values.enumerated() { base[index] = value }
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// Makes room for `count` elements; what was there is lost when it has to grow.
    func reserve(_ count: Int) {
        guard count > capacity else { return }
        UnsafeMutableRawPointer(base).deallocate()
        capacity = count + count / 4
        base = Self.allocate(capacity)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
        UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Element>.stride, alignment: 64).bindMemory(to: Element.self, capacity: count)
    }
}
