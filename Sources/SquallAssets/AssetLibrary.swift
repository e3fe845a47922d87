import SquallDiagnostics
import SquallMath
import SquallScene
import Synchronization

/// Shapes by name: procedural ones built when first asked for, files read once. Safe to share between workers; what it gives
/// does not depend on who asked first.
public final class AssetLibrary: Sendable {
    private let built = Mutex<[Variant: Slot]>([:])
    private let read = Mutex<[String: Result<Asset, Failure>]>([:])

    private let shapes: ShapeTable

    /// One shape, nil until it is built: others are built meanwhile, whoever asks for this one waits.
    private final class Slot: Sendable { let asset = Mutex<Asset?>(nil) }

    /// - Parameter tables: the built-in shapes it knows; without any it only reads files. Of two shapes of one name the first counts.
    package init(_ tables: ShapeTable...) { shapes = tables.reduce(into: [:]) { all, table in all.merge(table) { first, _ in first } } }

    /// How many shapes a built-in archetype has; 1 for an unknown name.
    public func variants(of name: String) -> Int { shapes[name]?.variants ?? 1 }

    /// A shape of a built-in archetype. - Parameter variant: counted round the archetype's number of shapes; 0 is the typical one.
    /// - Throws: `Failure` for a name that no archetype has.
    public func asset(named name: String, variant: Int = 0) throws -> Asset {
        let variant = Variant(name, variant % max(1, variants(of: name)))
        guard let shape = shapes[name], let archetype = Archetype.named(shape.standIn ?? name) else {
            throw Failure(
                "unknown-asset", file: name, message: "there is no built-in asset '\(name)'",
                fix: "use one of \(Archetype.all.map(\.name).joined(separator: ", ")), or import a .glb file")
        }
        let slot = built.withLock { known in
            if let slot = known[variant] { return slot }
            let slot = Slot()
            known[variant] = slot
            return slot
        }
        return slot.asset.withLock { kept in
            if let asset = kept { return asset }
            let asset = shape.build(archetype, variant)
            kept = asset
            return asset
        }
    }

    /// The shape in a glTF file, turned from y up and +z forward to z up and x forward, with coarser levels
    /// of detail built from it.
    /// - Parameter path: the file; other files it names must lie in its directory or below.
    /// - Throws: `Failure` with file and place; the same one each time for the same file.
    public func asset(contentsOf path: String) throws -> Asset {
        try read.withLock { known in
            if let result = known[path] { return try result.get() }
            let result = Result { () throws(Failure) -> Asset in
                do { return try GLTF.asset(contentsOf: path).withBuiltLevels() } catch let failure as Failure { throw failure } catch {
                    throw Failure("unreadable-file", file: path, message: "the file cannot be read: \(error)")
                }
            }
            known[path] = result
            return try result.get()
        }
    }
}
