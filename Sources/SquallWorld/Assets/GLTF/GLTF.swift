import SquallDiagnostics

package enum GLTF {
    static func asset(contentsOf path: String) throws -> Asset { throw Failure("gltf", file: path, message: "glTF is not read yet") }
}
