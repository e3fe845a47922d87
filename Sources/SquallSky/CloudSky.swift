import CSquallKernels
import Foundation
import SquallMath
import SquallRaster
import SquallWeather

/// A layer of clouds over one camera: what it hides of the sky and of the sun, and how bright it is.
///
/// The weather's light (`Lighting`) is a mean over clouds and gaps. Here the mean is parted again: a gap shows the whole clear sky and the
/// whole beam, a cloud the whole cloud light, and both keep their means because the layer's mean opacity is measured and divided
/// by. The layer lies 1,500 m above the eye and bends with the Earth. Its lit sides are those turned to the sun: where the layer
/// thins towards the sun. Far clouds sink into haze.
package struct CloudSky: @unchecked Sendable {   // the frame renderer keeps the field alive
    package static let base = 1500.0
    /// Thickness ranks over which a cloud goes from its edge to its full depth, and what the full depth leaves of the light.
    private static let depth: Float = 0.22, density: Float = 5
    /// Frequency of the finest detail.
    private static let finer: Float = 23.7

    private let ranks: UnsafePointer<Float>?
    /// The eye's place in the pattern, texels.
    private let origin: SIMD2<Float>
    private let threshold: Float
    /// Mean opacity of the layer, and 1 over it and over the rest, neither below 1/50.
    private let mean: Float, perCloud: Float, perGap: Float
    /// Towards the sun per metre of height, texels; for shadows from the ground and for light inside the layer.
    private let shadowStep: SIMD2<Float>, lightStep: SIMD2<Float>
    private let sun: SIMD3<Float>
    /// Overcast and even parts of the mean sky; the colour of the beam on clouds; the share of it; haze on the way, 1/m.
    private let zenith: SIMD3<Float>, even: SIMD3<Float>, beamColour: SIMD3<Float>
    private let beamShare: Float, haze: Float, brightness: Float
    /// How far the light of the layer is evened out: a closed deck is deep, and what rises and sinks in it hardly shows from below.
    private let evenness: Float

    /// Without clouds, or where their pattern does not matter.
    package init(_ lighting: Lighting) { self.init(lighting, ranks: nil, origin: .zero, threshold: 1, mean: 0, haze: 0, brightness: 1) }

    /// - Parameters: `drift` of the pattern over the world, `eye` in the world, `haze` extinction of clean air near the ground, 1/m.
    package init(_ lighting: Lighting, field: CloudField, drift: Vec2, eye: Vec3, haze: Double) {
        let texels = { (metres: Double) -> Float in
            let turns = metres / CloudField.extent
            return Float((turns - turns.rounded(.down)) * Double(CloudField.size))
        }
        let samples = field.samples
        let opacity = { (threshold: Float) -> Float in
            samples.reduce(0) { $1 > threshold ? $0 + Self.opacity(min(1, ($1 - threshold) / Self.depth)) : $0 } / Float(samples.count)
        }
        let cover = Float(lighting.cloudCover)
        var (low, high) = (Float(-0.5), Float(1.2))
        for _ in 0..<20 {
            let middle = (low + high) / 2
            if opacity(middle) > cover { low = middle } else { high = middle }
        }
        let threshold = (low + high) / 2
        // Bright parts and dark bases should have the layer's mean luminance between them.
        var (sum, weight) = (Float(0), Float(0))
        for value in samples {
            let t = max(0, min(1, (value - threshold) / Self.depth)), o = Self.opacity(t)
            sum += o * (0.72 - 0.2 * t + 0.5 * expf(-1.2 * t))
            weight += o
        }
        self.init(
            lighting, ranks: UnsafePointer(field.ranks), origin: SIMD2(texels(eye.x - drift.x), texels(eye.y - drift.y)), threshold: threshold, mean: opacity(threshold),
            haze: Float(haze), brightness: weight / max(sum, 1e-6))
    }

    private init(_ lighting: Lighting, ranks: UnsafePointer<Float>?, origin: SIMD2<Float>, threshold: Float, mean: Float, haze: Float, brightness: Float) {
        (self.ranks, self.origin, self.threshold, self.mean, self.haze, self.brightness) = (ranks, origin, threshold, mean, haze * 0.3, brightness)
        (perCloud, perGap) = (1 / max(mean, 0.02), 1 / max(1 - mean, 0.02))
        let d = SIMD3<Float>(lighting.sunDirection), scale = Float(1 / CloudField.texel)
        sun = d
        shadowStep = SIMD2(d.x, d.y) * (scale / max(d.z, 0.05))
        // Inside the layer light comes from 150 m further up.
        let flat = max((d.x * d.x + d.y * d.y).squareRoot(), 1e-3)
        lightStep = SIMD2(d.x, d.y) / flat * (scale * min(600, 150 * flat / max(d.z, 0.05)))
        zenith = SIMD3<Float>(lighting.sky.overcastZenith)
        even = SIMD3<Float>(lighting.sky.uniform)
        beamColour = SIMD3<Float>(lighting.cloudLight)
        // A closed deck keeps the beam to itself.
        beamShare = Float(lighting.cloudBeamShare) * (1 - mean * mean)
        let closed = ((lighting.cloudCover - 0.85) / 0.15).clamped(to: 0...1)
        evenness = Float(0.65 * closed * closed)
    }

    private static func opacity(_ t: Float) -> Float { 1 - expf(-density * t) }
    @inline(__always) private static func opacity(_ t: Lanes) -> Lanes { 1 - sqv_exp(t * -density) }

    /// What a direction meets: opacity, thickness over what makes a cloud opaque, and the fine detail there, -1/2...1/2.
    package struct Sight {
        package var cover: Lanes, thickness: Lanes, detail: Lanes
    }

    /// The layer along unit directions from the eye.
    package func along(_ d: Vector8) -> Sight {
        guard ranks != nil else { return Sight(cover: splat(0), thickness: splat(0), detail: splat(0)) }
        let (x, y, distance) = place(d)
        // Towards the horizon texels shrink below the pixel: detail fades.
        let near = sqv_exp(distance * -6e-5)
        let coarse = rank(x * CloudField.fine, y * CloudField.fine) - 0.5
        let detail = sqv_fma(rank(x * Self.finer, y * Self.finer) - 0.5, near * 0.45, coarse)
        let value = (sqv_fma(detail * near, splat(CloudField.fray), rank(x, y)) - threshold) * (1 / Self.depth)
        // Haze before a far cloud has the light of the clear sky there; under a closed deck it has the deck's.
        let seen = mix(splat(mean * mean), splat(1), sqv_exp(distance * -haze))
        return Sight(cover: Self.opacity(clamp01(value)) * seen, thickness: sqv_max(value, splat(0)), detail: detail * near)
    }

    /// Where a direction meets the layer, in texels, and how far off, metres.
    @inline(__always) private func place(_ d: Vector8) -> (Lanes, Lanes, Lanes) {
        let radius: Float = 6_371_000, h = Float(Self.base)
        let z = sqv_max(d.z, splat(0))
        let distance = (2 * radius * h + h * h) / (sqv_fma(z, splat(radius), sqv_sqrt(sqv_fma(z * z, splat(radius * radius), splat(2 * radius * h + h * h)))))
        let scale = Float(1 / CloudField.texel)
        return (sqv_fma(d.x * distance, splat(scale), splat(origin.x)), sqv_fma(d.y * distance, splat(scale), splat(origin.y)), distance)
    }

    /// Luminance of sky and clouds, cd/m2, where `clear` is what gaps add to the mean sky.
    package func luminance(_ d: Vector8, clear: Color8, _ sight: Sight) -> Color8 {
        let gradation = sqv_fma(clamp01(d.z), splat(2.0 / 3), splat(1.0 / 3))
        guard ranks != nil else { return clear + Color8(zenith) * gradation + Color8(even) }
        let (x, y, _) = place(d)
        let towards = clamp01((rank(x + lightStep.x, y + lightStep.y) - threshold) * (0.5 / Self.depth))
        // Sunlit sides, grey bases, and thin edges that glow before the sun.
        let angle = clamp01(dot(d, Vector8(repeating: sun)))
        let forward = angle * angle * angle * angle
        let deep = clamp01(sight.thickness * 0.3)
        let glow = forward * forward * sqv_exp(sight.thickness * -3)
        let lit = Self.sunlit(towards: towards, detail: sight.detail)
        let rim = sqv_fma(glow, splat(0.7), lit)
        let fill = sqv_fma(deep, splat(-0.3), sqv_fma(sight.detail, splat(0.2), splat(0.72)))
        let weight = sight.cover * perCloud * gradation
        let channel = { (c: Lanes, o: Float, b: Float, e: Float) -> Lanes in
            let tint = 1 + (b - 1) * beamShare
            let cloud = mix(sqv_fma(rim, splat(tint), fill) * brightness, splat(1), splat(evenness))
            return sqv_fma(c, (1 - sight.cover) * perGap, sqv_fma(weight * cloud, splat(o), splat(e)))
        }
        return Color8(
            r: channel(clear.r, zenith.x, beamColour.x, even.x), g: channel(clear.g, zenith.y, beamColour.y, even.y),
            b: channel(clear.b, zenith.z, beamColour.z, even.z))
    }

    /// Whether clouds are drawn.
    package var isPatterned: Bool { ranks != nil }

    /// What is seen along unit directions beyond the mean over clouds and gaps, cd/m2; `clear` as in `luminance`.
    package func deviation(_ d: Vector8, clear: Color8) -> Color8 {
        let gradation = sqv_fma(clamp01(d.z), splat(2.0 / 3), splat(1.0 / 3))
        let seen = luminance(d, clear: clear, along(d)), mean = clear + Color8(zenith) * gradation + Color8(even)
        return Color8(r: seen.r - mean.r, g: seen.g - mean.g, b: seen.b - mean.b)
    }

    @inline(__always) private static func sunlit(towards: Lanes, detail: Lanes) -> Lanes {
        sqv_exp(towards * -1.6) * sqv_fma(detail, splat(0.5), splat(0.5))
    }

    /// What a beam through an opacity has of the mean beam.
    package func beam(_ cover: Lanes) -> Lanes { ranks == nil ? splat(1) : (1 - cover) * perGap }

    /// The sun's beam at points relative to the eye over its mean: 0 under a cloud, above 1 in a gap.
    package func shade(_ p: Vector8) -> Lanes {
        guard ranks != nil else { return splat(1) }
        let scale = Float(1 / CloudField.texel), climb = Float(Self.base) - p.z
        let x = sqv_fma(climb, splat(shadowStep.x), sqv_fma(p.x, splat(scale), splat(origin.x)))
        let y = sqv_fma(climb, splat(shadowStep.y), sqv_fma(p.y, splat(scale), splat(origin.y)))
        return beam(Self.opacity(clamp01((rank(x, y) - threshold) * (1 / Self.depth))))
    }

    /// Bilinear rank at places in texels; repeats.
    @inline(__always) private func rank(_ x: Lanes, _ y: Lanes) -> Lanes {
        guard let ranks else { return splat(0) }
        let (u, v) = (x - 0.5, y - 0.5)
        let (fu, fv) = (sqv_floor(u), sqv_floor(v))
        let (c, r) = (sqv_int(fu), sqv_int(fv))
        let mask = LaneInts(repeating: Int32(CloudField.size - 1))
        let (c0, c1) = (c & mask, (c &+ 1) & mask)
        let (r0, r1) = ((r & mask) &* Int32(CloudField.size), ((r &+ 1) & mask) &* Int32(CloudField.size))
        let low = mix(sqv_gather(ranks, r0 &+ c0), sqv_gather(ranks, r0 &+ c1), u - fu)
        let high = mix(sqv_gather(ranks, r1 &+ c0), sqv_gather(ranks, r1 &+ c1), u - fu)
        return mix(low, high, v - fv)
    }
}
