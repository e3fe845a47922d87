import SquallDiagnostics
import SquallMath

/// Bounds-checked reading of accessors: strides, normalised integers, sparse overrides.
struct GLTFAccessors {
    var source: GLTFFile
    /// Elements still allowed, so that small files cannot ask for endless memory by naming one accessor many times.
    private var elementsLeft: Int

    init(_ source: GLTFFile) {
        self.source = source
        elementsLeft = source.limits.elements
    }

    private static let components = ["SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4]

    private static func width(_ componentType: Int) -> Int? {
        switch componentType {
        case 5120, 5121: 1
        case 5122, 5123: 2
        case 5125, 5126: 4
        default: nil
        }
    }

    private struct Layout {
        var count: Int, components: Int, width: Int, componentType: Int
        var normalized: Bool
        var elementBytes: Int { components * width }
    }

    private mutating func layout(_ index: Int, _ place: String, components wanted: ClosedRange<Int>) throws -> (GLTFDocument.Accessor, Layout) {
        guard let accessor = source.document.accessors?[checked: index] else {
            throw source.failure("gltf-index", place, "the file has \(source.document.accessors?.count ?? 0) accessors; number \(index) is asked for")
        }
        guard let components = Self.components[accessor.type], wanted.contains(components) else {
            throw source.failure("gltf-accessor", place, "the type \(accessor.type.prefix(20)) does not fit its use")
        }
        guard let width = Self.width(accessor.componentType) else {
            throw source.failure("gltf-accessor", place, "component type \(accessor.componentType) is unknown to glTF 2.0")
        }
        guard accessor.count >= 0, accessor.count <= elementsLeft else {
            throw source.failure("gltf-size", place, "the file asks for more than \(source.limits.elements) vertices and indices", fix: "simplify or split the model")
        }
        elementsLeft -= accessor.count
        return (accessor, Layout(count: accessor.count, components: components, width: width, componentType: accessor.componentType, normalized: accessor.normalized ?? false))
    }

    /// The buffer, first byte and stride of a run of elements, all of it inside the buffer.
    private mutating func run(view index: Int, offset: Int, count: Int, elementBytes: Int, place: String, tight: Bool = false) throws -> (bytes: [UInt8], first: Int, stride: Int) {
        guard let view = source.document.bufferViews?[checked: index] else { throw source.failure("gltf-index", place, "it names buffer view \(index), which does not exist") }
        let bytes = try source.buffer(view.buffer)
        let start = view.byteOffset ?? 0
        guard start >= 0, view.byteLength >= 0, start <= bytes.count, view.byteLength <= bytes.count - start else {
            throw source.failure("gltf-range", "bufferViews[\(index)]", "bytes \(start) and \(view.byteLength) more lie outside the buffer of \(bytes.count) bytes")
        }
        let stride = tight ? elementBytes : view.byteStride ?? elementBytes
        guard stride >= elementBytes, stride <= 255 || tight || view.byteStride == nil else {
            throw source.failure("gltf-range", "bufferViews[\(index)]", "a stride of \(stride) bytes does not fit elements of \(elementBytes)")
        }
        guard offset >= 0, offset <= view.byteLength, count == 0 || (count - 1).multipliedReportingOverflow(by: stride).overflow == false,
            count == 0 || (count - 1) * stride <= view.byteLength - offset - elementBytes
        else {
            throw source.failure("gltf-range", place, "\(count) elements reach beyond buffer view \(index) of \(view.byteLength) bytes", fix: "export the file again")
        }
        return (bytes, start + offset, stride)
    }

    /// Vectors of up to four floats; missing components are 0.
    mutating func vectors(_ index: Int, components wanted: ClosedRange<Int>) throws -> [Vec4f] {
        let place = "accessors[\(index)]"
        let (accessor, layout) = try layout(index, place, components: wanted)
        var result = [Vec4f](repeating: .zero, count: layout.count)
        if let view = accessor.bufferView {
            let run = try run(view: view, offset: accessor.byteOffset ?? 0, count: layout.count, elementBytes: layout.elementBytes, place: place)
            Self.fill(&result, from: run, layout)
        }
        if let sparse = accessor.sparse {
            let (places, values) = try sparseParts(sparse, layout, place)
            for (k, target) in places.enumerated() { result[target] = values[k] }
        }
        for vector in result where !(vector.x + vector.y + vector.z + vector.w).isFinite {
            throw source.failure("gltf-value", place, "a value is not a finite number", fix: "repair the model before exporting it")
        }
        return result
    }

    private static func fill(_ result: inout [Vec4f], from run: (bytes: [UInt8], first: Int, stride: Int), _ layout: Layout) {
        run.bytes.withUnsafeBytes { raw in
            if layout.componentType == 5126 && layout.components == 3 {
                for k in 0..<layout.count {
                    let at = run.first + k * run.stride
                    result[k] = Vec4f(
                        raw.loadUnaligned(fromByteOffset: at, as: Float.self), raw.loadUnaligned(fromByteOffset: at + 4, as: Float.self),
                        raw.loadUnaligned(fromByteOffset: at + 8, as: Float.self), 0)
                }
                return
            }
            for k in 0..<layout.count {
                for c in 0..<layout.components { result[k][c] = component(raw, run.first + k * run.stride + c * layout.width, layout) }
            }
        }
    }

    /// One component as a float; normalised integers per glTF 2.0 section 3.11.
    private static func component(_ raw: UnsafeRawBufferPointer, _ at: Int, _ layout: Layout) -> Float {
        switch layout.componentType {
        case 5120:
            let v = Float(raw.loadUnaligned(fromByteOffset: at, as: Int8.self))
            return layout.normalized ? max(v / 127, -1) : v
        case 5121:
            let v = Float(raw[at])
            return layout.normalized ? v / 255 : v
        case 5122:
            let v = Float(raw.loadUnaligned(fromByteOffset: at, as: Int16.self))
            return layout.normalized ? max(v / 32767, -1) : v
        case 5123:
            let v = Float(raw.loadUnaligned(fromByteOffset: at, as: UInt16.self))
            return layout.normalized ? v / 65535 : v
        case 5125: return Float(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        default: return raw.loadUnaligned(fromByteOffset: at, as: Float.self)
        }
    }

    /// Unsigned integers below `limit`.
    mutating func indices(_ index: Int, below limit: Int) throws -> [UInt32] {
        let place = "accessors[\(index)]"
        let (accessor, layout) = try layout(index, place, components: 1...1)
        guard [5121, 5123, 5125].contains(layout.componentType) else { throw source.failure("gltf-accessor", place, "indices must be unsigned integers") }
        var result = [UInt32](repeating: 0, count: layout.count)
        if let view = accessor.bufferView {
            let run = try run(view: view, offset: accessor.byteOffset ?? 0, count: layout.count, elementBytes: layout.elementBytes, place: place)
            Self.read(&result, run, layout.componentType)
        }
        if let sparse = accessor.sparse {
            let (places, values) = try sparseParts(sparse, layout, place)
            for (k, target) in places.enumerated() { result[target] = UInt32(max(0, min(values[k].x, 0x1p31))) }
        }
        if let worst = result.max(), Int(worst) >= limit {
            throw source.failure("gltf-range", place, "index \(worst) names a vertex beyond the \(limit) there are", fix: "export the file again")
        }
        return result
    }

    private static func read(_ result: inout [UInt32], _ run: (bytes: [UInt8], first: Int, stride: Int), _ componentType: Int) {
        run.bytes.withUnsafeBytes { raw in
            for k in result.indices {
                let at = run.first + k * run.stride
                switch componentType {
                case 5121: result[k] = UInt32(raw[at])
                case 5123: result[k] = UInt32(raw.loadUnaligned(fromByteOffset: at, as: UInt16.self))
                default: result[k] = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                }
            }
        }
    }

    private mutating func sparseParts(_ sparse: GLTFDocument.Sparse, _ layout: Layout, _ place: String) throws -> ([Int], [Vec4f]) {
        guard sparse.count >= 0, sparse.count <= layout.count else { throw source.failure("gltf-accessor", place, "it overrides more elements than it has") }
        guard let width = Self.width(sparse.indices.componentType), [5121, 5123, 5125].contains(sparse.indices.componentType) else {
            throw source.failure("gltf-accessor", place, "sparse indices must be unsigned integers")
        }
        let placesRun = try run(view: sparse.indices.bufferView, offset: sparse.indices.byteOffset ?? 0, count: sparse.count, elementBytes: width, place: place, tight: true)
        let valuesRun = try run(
            view: sparse.values.bufferView, offset: sparse.values.byteOffset ?? 0, count: sparse.count, elementBytes: layout.elementBytes, place: place, tight: true)
        var places = [UInt32](repeating: 0, count: sparse.count)
        Self.read(&places, placesRun, sparse.indices.componentType)
        var values = [Vec4f](repeating: .zero, count: sparse.count)
        var part = layout
        part.count = sparse.count
        Self.fill(&values, from: valuesRun, part)
        guard places.allSatisfy({ Int($0) < layout.count }) else { throw source.failure("gltf-range", place, "a sparse index lies beyond its \(layout.count) elements") }
        return (places.map(Int.init), values)
    }

    /// The bytes of a whole buffer view, for pictures.
    mutating func bytes(view index: Int, place: String) throws -> [UInt8] {
        guard let view = source.document.bufferViews?[checked: index] else { throw source.failure("gltf-index", place, "it names buffer view \(index), which does not exist") }
        let run = try run(view: index, offset: 0, count: 1, elementBytes: max(0, view.byteLength), place: place, tight: true)
        return Array(run.bytes[run.first..<(run.first + view.byteLength)])
    }
}
