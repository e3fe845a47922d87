import SquallDiagnostics
import SquallMath
import SquallScene

/// The node tree of the default scene, flattened depth first.
struct GLTFNodes {
    struct Placed {
        var name: String
        var mesh: Int
        var transform: Affine
    }

    private let source: GLTFFile
    private let nodes: [GLTFDocument.Node]

    init(_ source: GLTFFile) {
        self.source = source
        nodes = source.document.nodes ?? []
    }

    func placed() throws -> [Placed] {
        guard nodes.count <= source.limits.nodes else {
            throw source.failure("gltf-size", "nodes", "the file has \(nodes.count) nodes; Squall reads \(source.limits.nodes)", fix: "join the meshes")
        }
        var result: [Placed] = []
        var seen = Array(repeating: false, count: nodes.count)
        // A stack of our own: a deep file must not exhaust the thread's.
        var stack = try roots().reversed().map { (node: $0, parent: Affine.identity, depth: 0) }
        while let (index, parent, depth) = stack.popLast() {
            guard let node = nodes[checked: index] else { throw source.failure("gltf-index", "nodes", "node \(index) is named and does not exist") }
            guard !seen[index] else { throw source.failure("gltf-cycle", "nodes[\(index)]", "the node is reached twice; glTF nodes form trees") }
            guard depth <= source.limits.nodeDepth else { throw source.failure("gltf-depth", "nodes[\(index)]", "nodes are nested deeper than \(source.limits.nodeDepth)") }
            seen[index] = true
            let transform = parent * (try local(node, "nodes[\(index)]"))
            if let mesh = node.mesh {
                guard source.document.meshes?.indices.contains(mesh) == true else { throw source.failure("gltf-index", "nodes[\(index)].mesh", "mesh \(mesh) does not exist") }
                try checkReach(transform, node, index)
                result.append(Placed(name: node.name ?? "node \(index)", mesh: mesh, transform: transform))
            }
            for child in (node.children ?? []).reversed() { stack.append((child, transform, depth + 1)) }
        }
        return result
    }

    /// Most metres a node may lie from the origin, and times it may be enlarged.
    private static let reach = Double(SceneLimit.coordinate.value)

    private func checkReach(_ map: Affine, _ node: GLTFDocument.Node, _ index: Int) throws {
        let numbers = [map.x, map.y, map.z, map.translation].flatMap { [$0.x, $0.y, $0.z] }
        // Also false for what is not a number.
        guard numbers.allSatisfy({ abs($0) <= GLTFNodes.reach }) else {
            throw source.failure(
                "gltf-reach", "nodes[\(index)]\(node.name.map { " '\($0.prefix(60))'" } ?? "")",
                "with those above it the node is moved or enlarged more than \(SceneLimit.coordinate.value)-fold", fix: "check scale, matrix and translation of the nodes above it")
        }
    }

    private func roots() throws -> [Int] {
        if let scenes = source.document.scenes, !scenes.isEmpty {
            guard let scene = scenes[checked: source.document.scene ?? 0] else { throw source.failure("gltf-index", "scene", "the default scene does not exist") }
            return scene.nodes ?? []
        }
        var isChild = Array(repeating: false, count: nodes.count)
        for node in nodes { for child in node.children ?? [] where isChild.indices.contains(child) { isChild[child] = true } }
        return nodes.indices.filter { !isChild[$0] }
    }

    private func local(_ node: GLTFDocument.Node, _ place: String) throws -> Affine {
        let numbers = { (given: [Double]?, usual: [Double], name: String) throws -> [Double] in
            guard let given else { return usual }
            guard given.count == usual.count, given.allSatisfy({ $0.isFinite && abs($0) < 1e9 }) else {
                throw source.failure("gltf-value", "\(place).\(name)", "it should be \(usual.count) finite numbers")
            }
            return given
        }
        if node.matrix != nil {
            let m = try numbers(node.matrix, Array(repeating: 0, count: 16), "matrix")
            return Affine(x: Vec3(m[0], m[1], m[2]), y: Vec3(m[4], m[5], m[6]), z: Vec3(m[8], m[9], m[10]), translation: Vec3(m[12], m[13], m[14]))
        }
        let t = try numbers(node.translation, [0, 0, 0], "translation")
        let r = try numbers(node.rotation, [0, 0, 0, 1], "rotation")
        let s = try numbers(node.scale, [1, 1, 1], "scale")
        let c = Quaternion(w: r[3], x: r[0], y: r[1], z: r[2]).normalized.columns
        return Affine(x: c.0 * s[0], y: c.1 * s[1], z: c.2 * s[2], translation: Vec3(t[0], t[1], t[2]))
    }
}
