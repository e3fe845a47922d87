import Foundation
import SquallAssets
import SquallDetail
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallRayFrames
import SquallRoads
import SquallSky
import SquallWeather
import SquallWorld

/// What one picture shows: the world at one instant, in one weather, from one camera.
public struct FrameRequest: Sendable {
    public var instances: [MeshInstance]
    public var camera: RasterCamera
    /// Colour samples per pixel, 1 or 4.
    public var samples = 4
    public var lighting: Lighting
    public var medium: Medium
    public var surface: SurfaceState
    /// How deep the water stands on the ground, where that differs from place to place; nil for `surface` everywhere.
    public var ground: WetGround?
    /// What stands on the ground and darkens it, world frame; trees apart.
    public var boxes: [OrientedBox]
    public var crowns: [OrientedBox] = []
    /// Seconds since the episode began.
    public var time: Double
    /// Side of each shadow map in texels; 0 for no shadows.
    public var shadowSize = 1536
    /// Whether light that bounces between the facets of rough surfaces counts; without it metals darken the rougher they are, as in
    /// renderers that trace single reflections.
    public var energyCompensation = true
    /// Where the clouds' pattern lies over the world's origin, metres east and north; grows as the wind carries them.
    public var cloudDrift = Vec2.zero
    /// Whether near surfaces hide the sky from each other.
    public var ambientOcclusion = true
    /// Which drops `drawRain` will draw; their extinction is left out of the picture. Nil for none.
    public var streaks: StreakLimits?
    /// Lit lamps.
    public var lamps = ArtificialLight()
    /// Tubes over roads.
    public var roofs: [Roof] = []
    /// Which of the cameras that take turns this is: each keeps its own shadow maps from picture to picture.
    public var eye = ""

    public init(
        instances: [MeshInstance], camera: RasterCamera, lighting: Lighting, medium: Medium, surface: SurfaceState = SurfaceState(),
        ground: WetGround? = nil, boxes: [OrientedBox] = [], time: Double = 0
    ) {
        (self.instances, self.camera, self.lighting, self.medium) = (instances, camera, lighting, medium)
        (self.surface, self.ground, self.boxes, self.time) = (surface, ground, boxes, time)
        streaks = StreakLimits(rate: medium.rainRate, focalLength: camera.camera.fx)
    }
}

/// Renders pictures of one world under natural light: shadow maps, visibility, shading, air; then rain.
///
/// Keeps its tables and working memory between frames; use one per thread of frames. The result depends on the request alone.
public final class FrameRenderer {
    private let rasterizer: Rasterizer
    private let rays: RayRenderer
    private let materials: UnsafeMutablePointer<ShadeMaterial>
    private let textures: TextureTable
    private var environment: (sky: SkyModel, table: EnvironmentTable)?
    private let noShadows = ShadowMaps(size: 0)
    /// By eye.
    private var shadowMaps: [String: ShadowMaps] = [:]
    private var mirror: WetMirror?
    private var nooks: AmbientOcclusion?
    private var cloudField: CloudField?
    private var stars: StarField?
    private let lamps = LampField()
    private var (shadowTime, afterTime) = (0.0, 0.0)
    /// Where the time of all pictures so far went; what is filled by rays is not in it.
    public var times: FrameTimes {
        var times = FrameTimes()
        (times.raster, times.shadows, times.afterwards) = (rasterizer.times, shadowTime, afterTime)
        return times
    }

    public init(meshes: PreparedMeshes, materials list: [Material], textures: [Texture]) {
        rasterizer = Rasterizer(meshes)
        rays = RayRenderer(meshes)
        materials = .allocate(capacity: max(1, list.count))
        materials.initialize(from: list.map(ShadeMaterial.init), count: list.count)
        self.textures = TextureTable(textures)
    }

    public convenience init(_ world: World) {
        self.init(
            meshes: PreparedMeshes(meshes: world.meshes, materials: world.materials, textures: world.textures), materials: world.materials,
            textures: world.textures)
    }

    deinit { materials.deallocate() }

    /// Renders visibility and scene-linear colour, the medium included, rain streaks not.
    public func render(_ request: FrameRequest, extras: Rasterizer.Extras = Rasterizer.Extras(), pool: WorkerPool, into frame: inout RasterFrame) {
        let mirror = mirror(request), nooks = nooks(request)
        shaded(request, mirror, nooks, isBent: false, pool) { shader in
            rasterizer.render(request.instances, camera: request.camera, samples: request.samples, extras: extras, shader: shader, pool: pool, into: &frame)
            finish(request, mirror, nooks, CameraModel(request.camera.camera), shader, pool, &frame)
        }
    }

    /// The same by rays, for lenses that bend and shutters that roll. Through a lens that bends, wet ground mirrors the sky alone, near surfaces do not
    /// hide the sky from each other, and lamps do not glow in fog.
    /// - Returns: where flow ends hidden or outside, see `RayRenderer`.
    public func render(_ request: FrameRequest, rays view: RayView, extras: RayRenderer.Extras, pool: WorkerPool, into frame: inout RasterFrame) -> (
        forward: Image<UInt8>, backward: Image<UInt8>
    ) {
        let isBent = view.table.model.lens != .pinhole
        let mirror = isBent ? nil : mirror(request), nooks = isBent ? nil : nooks(request)
        return shaded(request, mirror, nooks, isBent: isBent, pool) { shader in
            let hidden = rays.render(request.instances, view: view, samples: request.samples, extras: extras, shader: shader, pool: pool, into: &frame)
            finish(request, mirror, nooks, view.table.model, shader, pool, &frame)
            return hidden
        }
    }

    /// What is worked out on the picture itself.
    private func finish(
        _ request: FrameRequest, _ mirror: WetMirror?, _ nooks: AmbientOcclusion?, _ model: CameraModel, _ shader: PhysicalShader, _ pool: WorkerPool, _ frame: inout RasterFrame
    ) {
        let start = ContinuousClock.now
        nooks?.apply(request.camera.camera, pool: pool, to: &frame)
        mirror?.apply(request.camera, pool: pool, to: &frame)
        afterTime += (ContinuousClock.now - start).seconds
        drawStars(request, model, shader, into: &frame)
    }

    /// Makes the shader of a request for as long as `body` runs.
    /// - Parameter isBent: whether the lens is no pinhole: lamps are then asked everywhere, and their glow in fog is left out.
    private func shaded<Result>(_ request: FrameRequest, _ mirror: WetMirror?, _ nooks: AmbientOcclusion?, isBent: Bool, _ pool: WorkerPool, _ body: (PhysicalShader) -> Result) -> Result {
        let environment = environment(of: request.lighting.sky)
        let start = ContinuousClock.now
        let shadows = shadows(request, pool)
        shadowTime += (ContinuousClock.now - start).seconds
        let occlusion = GroundOcclusion(boxes: request.boxes, crowns: request.crowns, eye: request.camera.pose.position)
        let roofs = RoofCover(request.roofs, outside: request.lighting.horizontalIlluminance, eye: request.camera.pose.position)
        // Where a tube is near, lamps are looked for that light it.
        let ambient = roofs.isEmpty ? request.lighting.horizontalIlluminance : min(request.lighting.horizontalIlluminance, Double(roofs.levels.interior))
        lamps.fill(request.lamps, instances: request.instances, view: request.camera, bent: isBent, ambient: ambient, rasterizer: rasterizer, pool: pool)
        let air = AirColumn(medium: request.medium, sky: request.lighting.sky, eye: request.camera.pose.position, streaks: request.streaks)
        if isBent { lamps.haze.clear() } else { lamps.haze.fill(lamps, air: air, view: request.camera, pool: pool) }
        let shader = PhysicalShader(
            materials: materials, textures: textures, environment: environment, shadows: shadows, occlusion: occlusion, lamps: lamps, roofs: roofs, sun: SunLight(request.lighting),
            clouds: clouds(request), ambient: AmbientHarmonics(request.lighting.ambient), air: air,
            wet: WetSurface(request.surface, on: request.ground, rainRate: request.medium.rainRate, time: request.time, eye: request.camera.pose.position),
            ground: GroundDetail(eye: request.camera.pose.position, pixelAngle: Float(1 / request.camera.camera.fx)), mirror: mirror, nooks: nooks,
            pixelAngle: Float(1 / request.camera.camera.fx), bounces: request.energyCompensation)
        return withExtendedLifetime((environment, shadows, occlusion, roofs, mirror, nooks, request.ground, cloudField)) { body(shader) }
    }

    private func drawStars(_ request: FrameRequest, _ model: CameraModel, _ shader: PhysicalShader, into frame: inout RasterFrame) {
        guard let sphere = request.lighting.stars else { return }
        let field = stars ?? StarField()
        stars = field
        field.draw(sphere, model, request.camera.pose, shader.clouds, air: shader.air, into: &frame)
    }

    /// The clouds of a request; their pattern is made when first needed and the same for all.
    private func clouds(_ request: FrameRequest) -> CloudSky {
        guard request.lighting.cloudCover > 0.01 else { return CloudSky(request.lighting) }
        let field = cloudField ?? CloudField()
        cloudField = field
        return CloudSky(request.lighting, field: field, drift: request.cloudDrift, eye: request.camera.pose.position, haze: request.medium.airExtinction)
    }

    /// Cleared notes of the sky's share; nil when a request leaves them out.
    private func nooks(_ request: FrameRequest) -> AmbientOcclusion? {
        guard request.ambientOcclusion else { return nil }
        let lens = request.camera.camera
        if nooks?.width != lens.width || nooks?.height != lens.height { nooks = AmbientOcclusion(width: lens.width, height: lens.height) }
        nooks?.clear()
        return nooks
    }

    /// Cleared notes for a wet road's mirror images; nil when the road is dry.
    private func mirror(_ request: FrameRequest) -> WetMirror? {
        guard request.surface.wetness > 0.3 else { return nil }
        let lens = request.camera.camera
        if mirror?.width != lens.width || mirror?.height != lens.height { mirror = WetMirror(width: lens.width, height: lens.height) }
        mirror?.clear()
        return mirror
    }

    /// Draws the falling drops over a rendered picture.
    /// - Parameters:
    ///   - model: the camera with its lens.
    ///   - exposureTime: seconds, as the camera's metering found it.
    ///   - velocity: of the camera, world frame, m/s; `wind` likewise.
    ///   - aperture: diameter of the entrance pupil, metres.
    ///   - random: keyed by sensor and frame.
    /// - Returns: how much of each pixel drops cover, 0...255.
    public static func drawRain(
        _ request: FrameRequest, model: CameraModel, exposureTime: Double, velocity: Vec3, wind: Vec3, aperture: Double, random: CounterRandom, pool: WorkerPool,
        into frame: inout RasterFrame
    ) -> Image<UInt8> {
        guard let limits = request.streaks else { return Image(width: frame.color.width, height: frame.color.height, filledWith: 0) }
        var rain = RainStreaks(
            limits: limits, rate: request.medium.rainRate, wind: wind, velocity: velocity, exposureTime: exposureTime, aperture: aperture,
            luminance: DropLuminance(request.lighting.sky))
        let glow = RainGlow(request.lamps, eye: request.camera.pose.position, ambient: request.lighting.horizontalIlluminance)
        if !glow.isEmpty { rain.glow = glow }
        let streaks = rain.streaks(model, pose: request.camera.pose, random: random)
        return rain.draw(streaks, into: &frame.color, depth: frame.visibility.depth, pool: pool)
    }

    /// Lux, linear sRGB, on a white, level surface in the open, under street lamps at night, or in a tunnel: the light that a camera's white balance
    /// looks for.
    public static func light(_ request: FrameRequest) -> Vec3 {
        let lighting = request.lighting
        let open = lighting.ambient.illuminance(normal: Vec3(0, 0, 1)) + lighting.sunIlluminance * max(0, lighting.sunDirection.z) + request.lamps.white
        guard !request.roofs.isEmpty else { return open }
        let cover = RoofCover(request.roofs, outside: lighting.horizontalIlluminance, eye: request.camera.pose.position)
        return open * Double(cover.atEye) + Vec3(Roof.color) * Double(cover.luxAtEye)
    }

    /// Tables are baked again only when the sky changes.
    private func environment(of sky: SkyModel) -> EnvironmentTable {
        if let environment, environment.sky == sky { return environment.table }
        let table = EnvironmentTable(sky)
        environment = (sky, table)
        return table
    }

    private func shadows(_ request: FrameRequest, _ pool: WorkerPool) -> ShadowMaps {
        let sun = SunLight(request.lighting)
        guard sun.isUp, request.shadowSize >= 64 else { return noShadows }
        let layout = ShadowCascades(view: request.camera, sun: request.lighting.sunDirection, size: request.shadowSize)
        let maps: ShadowMaps
        if let kept = shadowMaps[request.eye], kept.size == request.shadowSize { maps = kept } else { maps = ShadowMaps(size: request.shadowSize) }
        shadowMaps[request.eye] = maps
        maps.fill(layout, request.instances, rasterizer, pool)
        return maps
    }
}

extension World {
    /// Boxes of everything that stands on the ground, for contact shading: what fills its box, and trees. Masts, signs and what spans roads hide no sky
    /// to speak of.
    public func contactBoxes(in state: WorldState) -> (solid: [OrientedBox], crowns: [OrientedBox]) {
        var (solid, crowns): ([OrientedBox], [OrientedBox]) = ([], [])
        for (object, body) in zip(objects, state.bodies) {
            let shape = self.box(of: object, body)
            let box = OrientedBox(pose: body.pose * Pose(position: shape.center), size: shape.size)
            switch object.category {
            case .pole, .trafficSign, .trafficLight: continue
            case .vegetation: if object.boxSize.z > 3 { crowns.append(box) } else { solid.append(box) }
            default: if object.archetype.map(Self.spanning.contains) != true { solid.append(box) }
            }
        }
        return (solid, crowns)
    }

    private static let spanning = ["bridge", "tunnel_portal"]
}
