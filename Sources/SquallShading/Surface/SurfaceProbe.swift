import SquallAssets
import SquallMath
import SquallRaster

/// One untextured surface, dry or under water, asked for its reflectance as the shader asks it: for measuring materials.
package struct SurfaceProbe {
    private let material: ShadeMaterial
    private let bounces: Bool
    /// Perceptual roughness of the water that covers it.
    private let water: Float?

    package init(_ material: Material, energyCompensation: Bool = true, water: Float? = nil) {
        (self.material, bounces, self.water) = (ShadeMaterial(material), energyCompensation, water)
    }

    /// Luminance towards `view`, cd/m2, of the surface with normal z under one lux, on a plane that faces it, from each of eight directions.
    package func luminance(view: Vec3, lights: Vector8) -> Color8 {
        let base = Color8(material.baseColor), up = Vector8(repeating: SIMD3(0, 0, 1))
        let lacquer = ClearLayer8(share: splat(material.clearCoat), f0: 0.04, roughness: splat(material.clearCoatRoughness), normal: up, isWater: false)
        var surface = Surface8(
            albedo: base * (1 - material.metallic), f0: Color8.mix(Color8(repeating: material.f0), base, splat(material.metallic)), roughness: splat(material.roughness),
            normal: up, view: Vector8(repeating: SIMD3<Float>(view)),
            layer: water.map { ClearLayer8(share: splat(1), f0: WetSurface.waterF0, roughness: splat($0), normal: up, isWater: true) } ?? lacquer)
        (surface.translucency, surface.fuzz) = (material.translucency, material.fuzz)
        surface.settle(ReflectanceTable.shared, bounces: bounces)
        return surface.lit(by: lights, Color8(repeating: 1))
    }
}
