// SquallShading: how surfaces look: materials, lamps, shadows, water, rain over a rasterized frame.
// Must never know: labels, files, sensors, how instances came to stand where they stand.
import CSquallKernels
import SquallAssets
import SquallDetail
import SquallMath
import SquallRaster
import SquallSky
import SquallWeather

/// Surfaces under natural light, in cd/m2: glTF 2.0 metal-rough with GGX, lacquer, thin sheets and fuzz, lit by the sun through its shadow maps, by the sky (diffuse
/// from harmonics of order 2, mirrored from prefiltered tables) and by their own lamps, wet where the weather says so, seen
/// through the air.
///
/// One concern each: `surface` (Surface/) turns material and place into a `Surface8`, `lit` below adds up the sources, `glass` shades
/// panes. Immutable during a frame; its tables are kept alive by the frame renderer that made it.
final class PhysicalShader: FrameShader, @unchecked Sendable {
    let materials: UnsafePointer<ShadeMaterial>
    let textures: TextureTable
    let environment: EnvironmentTable
    let shadows: ShadowMaps
    let occlusion: GroundOcclusion
    let lamps: LampField
    let roofs: RoofCover
    let sun: SunLight
    let clouds: CloudSky
    let ambient: AmbientHarmonics
    let air: AirColumn
    let wet: WetSurface
    let ground: GroundDetail
    /// Where mirroring water is noted; nil on dry ground.
    let mirror: WetMirror?
    /// Where the sky's share of the light is noted; nil when nothing is dimmed by what stands near.
    let nooks: AmbientOcclusion?
    /// Metres per pixel at one metre.
    let pixelAngle: Float
    /// Whether light that bounces between the facets of a rough surface counts.
    let bounces: Bool
    let reflectance = ReflectanceTable.shared

    init(
        materials: UnsafePointer<ShadeMaterial>, textures: TextureTable, environment: EnvironmentTable, shadows: ShadowMaps, occlusion: GroundOcclusion,
        lamps: LampField, roofs: RoofCover, sun: SunLight, clouds: CloudSky, ambient: AmbientHarmonics, air: AirColumn, wet: WetSurface, ground: GroundDetail, mirror: WetMirror?,
        nooks: AmbientOcclusion?, pixelAngle: Float, bounces: Bool
    ) {
        (self.materials, self.textures, self.environment, self.shadows, self.occlusion, self.lamps) = (materials, textures, environment, shadows, occlusion, lamps)
        (self.sun, self.clouds, self.ambient, self.air, self.wet, self.ground, self.mirror) = (sun, clouds, ambient, air, wet, ground, mirror)
        (self.nooks, self.pixelAngle, self.bounces, self.roofs) = (nooks, pixelAngle, bounces, roofs)
    }

    override func shade(_ point: borrowing ShadePoint8) -> Color8 {
        let material = materials[Int(point.material)]
        let surface = surface(material, point)
        let open = occlusion.visibility(point.position)
        let sky = skyLight(on: surface, material, point, open: open)
        var light = sky + sunLight(on: surface, point) + lampLight(on: surface, material, point, open: open)
        if material.emission != .zero { light = light + emission(material, point) }
        let t = air.transmittance(position: point.position, depth: point.depth)
        let seen = Color8.mix(airlight(point.position), light, t)
        let arriving = hazed(seen, x: point.x, y: point.y, depth: point.depth)
        if let nooks { nooks.note(point, share: sky.g * t / sqv_max(arriving.g, splat(1e-9)), open: open) }
        return arriving
    }

    override func glass(_ point: borrowing ShadePoint8) -> (added: Color8, transmission: Color8) { pane(materials[Int(point.material)], point) }

    override func sky(_ direction: Vector8, x: SIMD8<Float>, y: SIMD8<Float>) -> Color8 {
        let sight = clouds.along(direction)
        var light = clouds.luminance(direction, clear: environment.clearLuminance(direction), sight)
        light = Color8.mix(air.airlight(direction), light, air.skyTransmittance(direction.z))
        // The sun's illuminance has come through the fog already.
        if sun.isUp { light = light + sun.disc(direction, pixelAngle: pixelAngle) * clouds.beam(sight.cover) }
        return hazed(light, x: x, y: y, depth: splat(1_000))
    }
}
