import SquallGeometry
import SquallMath
import SquallRaster

/// What may cast shadows, kept from frame to frame to find out what has changed since.
struct ShadowCasters {
    struct Sphere {
        var center: Vec3, radius: Double
    }
    private struct Caster {
        var instance: MeshInstance
        /// nil for what is nowhere.
        var sphere: Sphere?
    }

    private var casters: [Caster] = []

    /// Takes the casters of a frame.
    /// - Returns: around what is new or gone, both where a thing was and where it is. Instances need not keep their places in the list: it is walked object by
    ///   object, in the order of ids; what is not found again counts as gone and new.
    mutating func replace(_ instances: [MeshInstance], _ meshes: PreparedMeshes) -> [Sphere] {
        var (changed, fresh): ([Sphere], [Caster]) = ([], [])
        fresh.reserveCapacity(instances.count)
        var old = 0
        func leave() {
            if let sphere = casters[old].sphere { changed.append(sphere) }
            old += 1
        }
        for instance in instances {
            while old < casters.count, casters[old].instance.object < instance.object { leave() }
            if old < casters.count, casters[old].instance == instance {
                fresh.append(casters[old])
                old += 1
                continue
            }
            if old < casters.count, casters[old].instance.object == instance.object { leave() }
            let sphere = meshes.sphere(of: instance).map { Sphere(center: $0.center, radius: $0.radius) }
            if let sphere { changed.append(sphere) }
            fresh.append(Caster(instance: instance, sphere: sphere))
        }
        while old < casters.count { leave() }
        casters = fresh
        return changed
    }

    /// All of them in the axes of a map, as the pages ask for them.
    func seen(along axes: ShadowCascades.Axes) -> [Shape] {
        casters.compactMap { caster in caster.sphere.map { Shape($0, axes, caster.instance) } }
    }

    /// A caster over a map: where it lies along columns and rows, metres.
    struct Shape {
        var x: Double, y: Double, radius: Double
        var instance: MeshInstance

        init(_ sphere: Sphere, _ axes: ShadowCascades.Axes, _ instance: MeshInstance) {
            (x, y, radius, self.instance) = (dot(axes.x, sphere.center), dot(axes.y, sphere.center), sphere.radius, instance)
        }
    }
}
