import Foundation
import SquallAssets
import SquallFrames
import SquallGeometry
import SquallMath
import SquallRaster
import SquallShading
import Testing

/// Surfaces beside the physics they stand for, written a second time without any of the shader's shortcuts: Fresnel's equations instead of
/// Schlick's, masking from the slopes' own integral (Heitz 2014: the share of facets that neither eye nor light miss, by their height), light that
/// enters the body integrated instead of fitted.
/// `Scripts/path-tracer-referee` does the same with a path tracer.
struct SurfaceOracle {
    /// Reflectance of one interface at the cosine of incidence.
    let fresnel: (Double) -> Double
    let alpha: Double
    /// Of the body; 0 for metals.
    let albedo: Double
    private var passed: [Double] = []
    private var mean = 0.0

    init(roughness: Double, albedo: Double, fresnel: @escaping (Double) -> Double) {
        (self.fresnel, alpha, self.albedo) = (fresnel, roughness * roughness, albedo)
        guard albedo > 0 else { return }
        passed = (0...16).map { 1 - mirrored(max(0.03, Double($0) / 16)) }
        mean = (0...16).reduce(0) { $0 + passed[$1] * Double($1) } / (0...16).reduce(0) { $0 + Double($1) }
    }

    /// Share of an even sky that the lobe mirrors: sampled by visible normals, whose weight is the light's part of the masking.
    private func mirrored(_ c: Double) -> Double {
        let s = (1 - c * c).squareRoot(), view = Vec3(s, 0, c)
        let stretched = Vec3(alpha * s, 0, c).normalized
        var sum = 0.0
        for i in 0..<48 {
            for j in 0..<16 {
                let z = (1 - (Double(i) + 0.5) / 48) * (1 + stretched.z) - stretched.z, azimuth = (Double(j) + 0.5) / 16 * .pi
                let radius = max(0, 1 - z * z).squareRoot()
                let cap = Vec3(radius * cos(azimuth), radius * sin(azimuth), z) + stretched
                let h = Vec3(cap.x * alpha, cap.y * alpha, cap.z).normalized
                let cosine = 2 * dot(h, view) * h.z - c
                if cosine > 0 { sum += fresnel(dot(h, view)) * masking(cosine, c) / masking(c) }
            }
        }
        return sum / (48 * 16)
    }

    /// Facets hidden per facet seen at a cosine: Smith's integral over GGX slopes.
    private func hidden(_ c: Double) -> Double { ((1 + alpha * alpha * (1 / (c * c) - 1)).squareRoot() - 1) / 2 }
    private func masking(_ c: Double) -> Double { 1 / (1 + hidden(c)) }
    private func masking(_ a: Double, _ b: Double) -> Double { 1 / (1 + hidden(a) + hidden(b)) }

    /// Luminance under one lux from `light`, seen from `view`, of a surface with normal `n`.
    func luminance(_ n: Vec3, light: Vec3, view: Vec3) -> Double {
        let (nl, nv, h) = (dot(n, light), dot(n, view), (light + view).normalized)
        guard nl > 0, nv > 0 else { return 0 }
        let nh = dot(n, h), q = nh * nh * (alpha * alpha - 1) + 1
        let gloss = alpha * alpha / (.pi * q * q) * masking(nl, nv) / (4 * nv) * fresnel(dot(view, h))
        guard albedo > 0 else { return gloss }
        let passing = { (c: Double) -> Double in
            let at = min(15.999, c * 16), low = Int(at)
            return lerp(passed[low], passed[low + 1], at - Double(low))
        }
        return gloss + albedo / .pi * nl * passing(nl) * passing(nv) / mean
    }

    /// Fresnel's equations for index `n + ik`, unpolarised.
    static func conductor(_ n: Double, _ k: Double) -> (Double) -> Double {
        { c in
            let s2 = 1 - c * c, t0 = n * n - k * k - s2
            let a2b2 = (t0 * t0 + 4 * n * n * k * k).squareRoot(), a = max(0, (a2b2 + t0) / 2).squareRoot()
            let rs = (a2b2 + c * c - 2 * a * c) / (a2b2 + c * c + 2 * a * c)
            let t = c * c * a2b2 + s2 * s2, u = 2 * a * c * s2
            return (rs + rs * (t - u) / (t + u)) / 2
        }
    }

    static func dielectric(_ n: Double) -> (Double) -> Double {
        { c in
            let inside = (1 - (1 - c * c) / (n * n)).squareRoot()
            let (s, p) = ((c - n * inside) / (c + n * inside), (n * c - inside) / (n * c + inside))
            return (s * s + p * p) / 2
        }
    }
}

@Suite struct SurfaceOracleTests {
    /// A sphere in parallel light, as the eye sees its lit side: sum |a - b| / sum b.
    static func error(_ oracle: SurfaceOracle, _ material: Material) -> Double {
        let probe = SurfaceProbe(material, energyCompensation: false)
        let (light, eye) = (Vec3(0.5, 0.3, 0.6).normalized, Vec3(0, 0, 1))
        var (difference, sum) = (0.0, 0.0)
        for i in -40...40 {
            for j in -40...40 {
                let (x, y) = (Double(i) / 41, Double(j) / 41)
                let n = Vec3(x, y, max(0, 1 - x * x - y * y).squareRoot())
                guard n.z > 0.1, dot(n, light) > 0.1 else { continue }
                // The probe's normal is z: turn both directions about it.
                let across = (n.z < 0.999 ? cross(n, Vec3(0, 0, 1)) : Vec3(1, 0, 0)).normalized, along = cross(n, across)
                let local = { (d: Vec3) in Vec3(dot(d, across), dot(d, along), dot(d, n)) }
                let ours = Double(probe.luminance(view: local(eye), lights: Vector8(repeating: SIMD3<Float>(local(light)))).g[0])
                let theirs = oracle.luminance(n, light: light, view: eye)
                difference += abs(ours - theirs)
                sum += theirs
            }
        }
        return difference / sum
    }

    /// Aluminium at 550 nm, index 0.96 + 6.69 i.
    @Test(arguments: [0.2, 0.4, 0.6, 0.8, 1]) func metal(roughness: Double) {
        let fresnel = SurfaceOracle.conductor(0.96, 6.69)
        let material = Material(name: "aluminium", baseColor: Vec3f(repeating: Float(fresnel(1))), metallic: 1, roughness: Float(roughness))
        let error = Self.error(SurfaceOracle(roughness: roughness, albedo: 0, fresnel: fresnel), material)
        #expect(error < 0.02, "\(error)")
    }

    @Test(arguments: [0.2, 0.4, 0.6, 0.8, 1]) func dielectric(roughness: Double) {
        let oracle = SurfaceOracle(roughness: roughness, albedo: 0.3, fresnel: SurfaceOracle.dielectric(1.5))
        #expect(Self.error(oracle, Material(name: "plastic", baseColor: Vec3f(repeating: 0.3), roughness: Float(roughness))) < 0.02)
    }
}

/// Tells how much normals turn from pixel to pixel.
private final class TurningShader: FrameShader, @unchecked Sendable {
    override func shade(_ point: borrowing ShadePoint8) -> Color8 { Color8(r: point.normalChange, g: point.normalChange, b: point.normalChange) }
}

@Suite struct NormalChangeTests {
    /// The middle of a sphere of radius r, z away: normals turn by z / (f r) a pixel along both axes. A flat square's do not.
    @Test(arguments: [Float(0.5), 2]) func sphere(radius: Float) {
        let rings = 48, sectors = 96
        var (positions, normals, indices) = ([Vec3f](), [Vec3f](), [UInt32]())
        for ring in 0...rings {
            for sector in 0...sectors {
                let (t, p) = (Double(ring) / Double(rings) * .pi, Double(sector) / Double(sectors) * 2 * .pi)
                let n = Vec3f(Float(sin(t) * cos(p)), Float(sin(t) * sin(p)), Float(cos(t)))
                normals.append(n)
                positions.append(n * radius)
                guard ring < rings, sector < sectors else { continue }
                let a = UInt32(ring * (sectors + 1) + sector), b = a + UInt32(sectors + 1)
                indices += [a, b, b + 1, a, b + 1, a + 1]
            }
        }
        let sphere = Mesh(positions: positions, normals: normals, indices: indices)
        let camera = RasterCamera(
            pose: Pose(position: Vec3(-10, 0, 0), rotation: Quaternion(columns: Vec3(0, -1, 0), Vec3(0, 0, -1), Vec3(1, 0, 0))),
            camera: PinholeCamera(width: 64, height: 48, fx: 200, fy: 200, cx: 32, cy: 24))
        let pool = WorkerPool(workers: 1)
        defer { pool.close() }
        let seen = { (mesh: Mesh) -> Float in
            let material = Material(name: "any", baseColor: Vec3f(repeating: 1), doubleSided: true)
            var frame = RasterFrame(width: 64, height: 48)
            Rasterizer(PreparedMeshes(meshes: [mesh], materials: [material], textures: [])).render(
                [MeshInstance(mesh: 0, object: 1, category: 2, materialBase: 0, transform: .identity)], camera: camera, samples: 1, shader: TurningShader(), pool: pool,
                into: &frame)
            return frame.color.red[24 * 64 + 32]
        }
        let turn = (10 - radius) / (200 * radius)
        #expect(abs(seen(sphere) / (2 * turn * turn) - 1) < 0.05)
        let h: Float = 3
        let flat = Mesh(
            positions: [Vec3f(0, -h, -h), Vec3f(0, h, -h), Vec3f(1, h, h), Vec3f(1, -h, h)], normals: Array(repeating: Vec3f(-1, 0, 0), count: 4), indices: [0, 1, 2, 0, 2, 3])
        #expect(seen(flat) < 1e-6 * turn * turn)
    }
}
