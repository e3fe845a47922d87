// SquallDetail: grain, wear and growth of surfaces, worked out from their place in the world, one file a kind.
// Must never know: light, cameras beyond what a pixel covers, the world, files.
import CSquallKernels
import SquallAssets
import SquallMath
import SquallRaster

/// Grain, wear and growth worked into surfaces from their place in the world: one function a kind of surface, no textures, no tiles.
///
/// Features are filtered by what a pixel covers, so they neither alias nor swim under a moving camera, and their means keep the albedo of
/// the material. Lidar sees the material's own reflectance: its spot averages over all of this.
package struct GroundDetail: Sendable {
    /// Metres that the fields move along x and y per metre of height.
    static let lean = SIMD2<Float>(0.71, 0.53)
    private let origin: SIMD2<Float>
    private let plain: SIMD3<Float>
    private let pixelAngle: Float

    /// - Parameters:
    ///   - eye: world position of the camera.
    ///   - pixelAngle: metres per pixel at one metre.
    package init(eye: Vec3, pixelAngle: Float) {
        let period = Double(DetailNoise.period)
        let wrap = { (v: Double) in Float(v - (v / period).rounded(.down) * period) }
        origin = SIMD2(wrap(eye.x + eye.z * Double(Self.lean.x)), wrap(eye.y + eye.z * Double(Self.lean.y)))
        plain = SIMD3(wrap(eye.x), wrap(eye.y), wrap(eye.z))
        self.pixelAngle = pixelAngle
    }

    /// Works a material's detail into albedo, roughness and normal; `other` is the linear colour of what lies under it or beside it.
    @inline(never)
    package func apply(
        _ detail: SurfaceDetail, beside other: SIMD3<Float>, _ point: borrowing ShadePoint8, albedo: inout Color8, roughness: inout Lanes, normal: inout Vector8
    ) {
        let place = DetailPoint(point, origin: origin, plain: plain, pixelAngle: pixelAngle)
        var surface = DetailedSurface(albedo: albedo, roughness: roughness, normal: normal)
        switch detail {
        case .asphalt: AsphaltDetail.apply(place, &surface)
        case .roadPaint: RoadPaintDetail.apply(place, under: other, &surface)
        case .concrete: ConcreteDetail.apply(place, &surface)
        case .paving: PavingDetail.apply(place, &surface)
        case .gravel: GravelDetail.apply(place, &surface)
        case .grass: GrassDetail.apply(place, &surface)
        case .shoulder: VergeDetail.apply(place, stones: surface.albedo, grass: Color8(other), &surface)
        case .verge: VergeDetail.apply(place, stones: Color8(other), grass: surface.albedo, &surface)
        case .foliage: GrassDetail.foliage(place, &surface)
        case .farmland: FarmlandDetail.apply(place, &surface)
        case .soil: SoilDetail.apply(place, &surface)
        case .sand: SandDetail.apply(place, &surface)
        case .plaster: PlasterDetail.apply(place, &surface)
        case .brick: BrickDetail.apply(place, &surface)
        case .roofTile: RoofTileDetail.apply(place, &surface)
        case .bark: BarkDetail.apply(place, &surface)
        case .window: WindowDetail.apply(place, &surface)
        case .none: return
        }
        albedo = Color8(r: clamp01(surface.albedo.r), g: clamp01(surface.albedo.g), b: clamp01(surface.albedo.b))
        roughness = sqv_min(sqv_max(surface.roughness, splat(0.05)), splat(1))
        normal = surface.normal
    }
}

extension GroundDetail {
    /// Linear red of what a material's detail makes of a plane at z = 0 seen from straight above, for tests and tables: one pixel of side `footprint`
    /// metres at a world place with the given texture coordinates.
    package static func seen(_ material: Material, at place: Vec2, u: Double = 0, v: Double = 0, footprint: Double, eye: Vec2) -> Float {
        var point = ShadePoint8()
        point.position = Vector8(x: splat(Float(place.x - eye.x)), y: splat(Float(place.y - eye.y)), z: splat(-100))
        point.normal = Vector8(x: splat(0), y: splat(0), z: splat(1))
        point.depth = splat(1)
        (point.u, point.v) = (splat(Float(u)), splat(Float(v)))
        (point.dudx, point.dvdy) = (splat(Float(footprint)), splat(Float(footprint)))
        let detail = GroundDetail(eye: Vec3(eye.x, eye.y, 100), pixelAngle: Float(footprint / 0.6))
        var (albedo, roughness, normal) = (Color8(material.baseColor), splat(material.roughness), point.normal)
        detail.apply(material.detail, beside: material.detailColor, point, albedo: &albedo, roughness: &roughness, normal: &normal)
        return albedo.r[0]
    }

    /// As `seen`, of a face that looks along `normal`, seen from straight before it: one pixel of side `footprint` metres at a world place.
    package static func seen(_ material: Material, at place: Vec3, normal: Vec3, footprint: Double, eye: Vec3) -> Float {
        var point = ShadePoint8()
        let (way, out) = (place - eye, normal.normalized)
        point.position = Vector8(x: splat(Float(way.x)), y: splat(Float(way.y)), z: splat(Float(way.z)))
        point.normal = Vector8(x: splat(Float(out.x)), y: splat(Float(out.y)), z: splat(Float(out.z)))
        point.depth = splat(1)
        let facing = abs(dot(out, way.normalized))
        let detail = GroundDetail(eye: eye, pixelAngle: Float(footprint * facing / 0.6))
        var (albedo, roughness, bent) = (Color8(material.baseColor), splat(material.roughness), point.normal)
        detail.apply(material.detail, beside: material.detailColor, point, albedo: &albedo, roughness: &roughness, normal: &bent)
        return albedo.r[0]
    }
}
