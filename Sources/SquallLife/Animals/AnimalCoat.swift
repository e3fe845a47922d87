import Foundation
import SquallAssets
import SquallFrames
import SquallMath

/// The pattern of a coat. Each vertex looks its colour up by two smooth numbers: across, how far it is into a second colour (patches, stripes, saddle: one half
/// is the edge); down, from pale parts (belly, throat) at 0 over the coat at one half to dark points (nose, muzzle, legs) at 1. The edge between two
/// colours is therefore as sharp as the picture, however coarse the mesh.
struct AnimalCoat: Sendable {
    private enum Pattern: Sendable { case patches, plain, points, socks, dapple, grizzle, saddle, tricolour, tabby, tuxedo }
    private let pattern: Pattern
    private let head: Breed.Head
    private let seed: UInt32
    private var (pale, coat, dark, second) = (Vec3f.zero, Vec3f.zero, Vec3f.zero, Vec3f.zero)
    /// Half the width of the edge between the two colours, in units of the number across.
    private var softness = 0.03
    /// Colour of mane and horse's tail.
    private(set) var mane = Vec3f(0.02, 0.016, 0.013)

    init(_ breed: Breed, _ variant: Int) {
        (head, seed) = (breed.head, UInt32(truncatingIfNeeded: variant))
        let k = variant % 4
        let (white, black, pink) = (Vec3f(0.50, 0.48, 0.44), Vec3f(0.012, 0.010, 0.009), Vec3f(0.36, 0.20, 0.165))
        switch breed.head {
        case .cow:
            pattern = k == 2 ? .plain : .patches
            (pale, coat, dark) = k == 2 ? (Vec3f(0.40, 0.33, 0.25), Vec3f(0.135, 0.070, 0.034), black) : (pink, white, k == 1 ? pink * 0.8 : Vec3f(0.05, 0.04, 0.04))
            second = k == 1 ? Vec3f(0.155, 0.048, 0.017) : black
        case .horse:
            pattern = [.points, .socks, .socks, .dapple][k]
            (pale, coat, dark, second) = [
                (Vec3f(0.13, 0.060, 0.028), Vec3f(0.085, 0.032, 0.012), black, black), (Vec3f(0.20, 0.09, 0.04), Vec3f(0.150, 0.050, 0.016), Vec3f(0.06, 0.03, 0.02), white),
                (black * 1.6, black * 1.25, black, white), (white * 0.8, Vec3f(0.22, 0.215, 0.21), Vec3f(0.045, 0.044, 0.044), white * 0.85),
            ][k]
            if k == 1 { mane = Vec3f(0.21, 0.095, 0.038) }
            if k == 3 { (mane, softness) = (Vec3f(0.26, 0.255, 0.25), 0.40) }
        case .deer:
            pattern = .plain
            coat = [Vec3f(0.125, 0.056, 0.023), Vec3f(0.150, 0.066, 0.026), Vec3f(0.095, 0.054, 0.029), Vec3f(0.115, 0.062, 0.033)][k]
            (pale, dark) = (Vec3f(0.36, 0.29, 0.21), Vec3f(0.020, 0.015, 0.012))
        case .boar:
            pattern = .grizzle
            coat = [Vec3f(0.026, 0.020, 0.015), Vec3f(0.042, 0.030, 0.021), Vec3f(0.017, 0.014, 0.012), Vec3f(0.032, 0.027, 0.023)][k]
            (pale, dark, second, softness) = (coat * 2.4, black * 0.8, coat * 1.9, 0.30)
        case .dog:
            pattern = [.plain, .saddle, .plain, .tricolour][k]
            (pale, coat, dark, second) = [
                (Vec3f(0.42, 0.28, 0.15), Vec3f(0.27, 0.145, 0.055), Vec3f(0.19, 0.095, 0.036), black), (Vec3f(0.30, 0.185, 0.09), Vec3f(0.175, 0.086, 0.033), black, black),
                (black * 1.5, black * 1.2, black, black), (white, Vec3f(0.17, 0.072, 0.025), black, black),
            ][k]
            if k == 1 { softness = 0.10 }
        case .cat:
            pattern = [.tabby, .tabby, .tuxedo, .plain][k]
            (pale, coat, dark, second) = [
                (Vec3f(0.30, 0.27, 0.23), Vec3f(0.125, 0.105, 0.083), Vec3f(0.15, 0.06, 0.05), Vec3f(0.026, 0.022, 0.019)), (white, Vec3f(0.31, 0.135, 0.042), pink, Vec3f(0.180, 0.058, 0.016)),
                (black * 1.2, black * 1.2, black, white), (Vec3f(0.12, 0.12, 0.123), Vec3f(0.072, 0.074, 0.080), Vec3f(0.03, 0.03, 0.033), black),
            ][k]
            if k < 2 { softness = 0.22 }
        }
    }

    /// The colours by the two numbers.
    var image: Image<RGBA8> {
        let size = 64
        var image = Image(width: size, height: size, filledWith: RGBA8(0, 0, 0, 255))
        func encoded(_ x: Float) -> UInt8 { UInt8((255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055)).clamped(to: 0...255).rounded()) }
        for y in 0..<size {
            let v = (Float(y) + 0.5) / Float(size)
            let ground = v < 0.5 ? pale + (coat - pale) * (2 * v) : coat + (dark - coat) * (2 * v - 1)
            for x in 0..<size {
                let u = (Double(x) + 0.5) / Double(size)
                // Bare noses and pink skin stay what they are.
                let share = Float(rise(u, 0.5 - softness, 0.5 + softness)) * (v > 0.9 ? max(0, 1 - (v - 0.9) * 20) : 1)
                let c = ground + (second - ground) * share
                image[x, y] = RGBA8(encoded(c.x), encoded(c.y), encoded(c.z), 255)
            }
        }
        return image
    }

    // MARK: Where which colour lies

    /// - Parameter p: in the frame and pose of the breed's skeleton.
    func coordinates(_ p: Vec3, _ b: Breed) -> Vec2f {
        let q = b.inHead(p)
        let onHead = rise(q.x, -0.12, 0.06) * (1 - rise(abs(q.y) + abs(q.z), 0.9, 1.1))
        let (u, v): (Double, Double)
        switch b.head {
        case .cow: (u, v) = (cowPatch(p, q, onHead, b), cowShade(p, q, onHead, b))
        case .horse: (u, v) = horse(p, q, onHead, b)
        case .deer: (u, v) = (0, deer(p, q, onHead, b))
        case .boar: (u, v) = boar(p, q, onHead, b)
        case .dog: (u, v) = dog(p, q, onHead, b)
        case .cat: (u, v) = cat(p, q, onHead, b)
        }
        return Vec2f(Float(u.clamped(to: 0...1)), Float(v.clamped(to: 0...1)))
    }

    /// 0 below the first, 1 above the second.
    private func rise(_ x: Double, _ from: Double, _ to: Double) -> Double {
        let t = ((x - from) / (to - from)).clamped(to: 0...1)
        return t * t * (3 - 2 * t)
    }

    /// 1 on the underside of the trunk and the inner legs.
    private func belly(_ p: Vec3, _ b: Breed, depth: Double = 0.13) -> Double {
        let along = ((p.x - b.hipX) / b.length).clamped(to: -0.05...1.05)
        var bottom = b.ribs.last?.bottom ?? 0.5
        for (r, s) in zip(b.ribs, b.ribs.dropFirst()) where along >= r.along && along <= s.along { bottom = lerp(r.bottom, s.bottom, (along - r.along) / (s.along - r.along)) }
        guard p.x > b.hipX - 0.12, p.x < b.foreX + 0.1, p.z > 0.3 else { return 0 }
        // Between the legs only what faces inwards.
        let legs = max(1 - rise(abs(p.x - b.hipX), 0.13, 0.24), 1 - rise(abs(p.x - b.foreX), 0.10, 0.20))
        let inner = 1 - rise(abs(p.y), b.hips * 0.30, b.hips * 0.60)
        return (1 - rise(p.z, bottom + 0.01, bottom + depth)) * lerp(1, inner, legs)
    }

    private func cowPatch(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> Double {
        guard pattern == .patches else { return 0 }
        var n = 0.56 + 1.9 * noise(p * 3.2 + Vec3(0.5, 0.5, 0.3)) + 0.3 * noise(p * 8)
        n -= 1.2 * (1 - rise(p.z, 0.34, 0.46)) + 0.7 * belly(p, b, depth: 0.10)
        if p.x < b.tailRoot.x { n -= 1.0 * (1 - rise(p.z, 0.45, 0.55)) }
        let face = seed % 4 == 1 ? -0.4 : 1.2 - 1.6 * (1 - rise(abs(q.y), 0.035, 0.085)) * rise(q.z, -0.02, 0.03) * rise(q.x, 0.12, 0.22) - 1.6 * rise(q.x, 0.74, 0.84)
        return lerp(n, face, onHead)
    }

    private func cowShade(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> Double {
        let nose = rise(q.x, 0.905, 0.935) * rise(q.z, -0.14, -0.10) * onHead
        let udder = (1 - rise((p - Vec3(b.hipX + 0.125, 0, 0.44)).length, 0.105, 0.135))
        if pattern == .patches { return 0.5 - 0.5 * udder + 0.5 * nose }
        let ring = rise(q.x, 0.74, 0.86) * onHead
        return lerp(0.5 + 0.16 * (1 - rise(p.z, 0.25, 0.55)) + 0.10 * rise(p.x, b.foreX, b.foreX + 0.25) + 0.08 * noise(p * 5) - 0.3 * belly(p, b) - 0.4 * udder, lerp(0, 1, nose), max(ring, nose))
    }

    private func deer(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> Double {
        var v = 0.5 + 0.10 * noise(p * 7) + 0.10 * rise(p.z, 0.90, 0.98) * (1 - rise(p.x, b.foreX, b.foreX + 0.1))
        v -= 0.42 * belly(p, b)
        v += 0.16 * (1 - rise(p.z, 0.25, 0.5))
        let mirror = (1 - rise(p.x, b.hipX - 0.15, b.hipX - 0.105)) * rise(p.z, 0.58, 0.68) * (1 - rise(abs(p.y), 0.075, 0.115))
        v = lerp(v, 0.05, mirror)
        if p.x < b.tailRoot.x - 0.01 { v = lerp(v, 0.62, 0.7) }
        let throat = rise(q.x, 0.15, 0.35) * (1 - rise(q.z, -0.24, -0.15)) + rise(q.x, 0.80, 0.88) * (1 - rise(q.z, -0.06, 0.0)) * 0.9
        v = lerp(v, 0.12, min(1, throat) * onHead)
        return lerp(v, 1, rise(q.x, 0.925, 0.95) * rise(q.z, -0.12, -0.08) * onHead)
    }

    private func horse(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> (Double, Double) {
        let muzzle = rise(q.x, 0.72, 0.95) * onHead, low = 1 - rise(p.z, 0.27, 0.42)
        let blaze = (1 - rise(abs(q.y), 0.02, 0.055)) * rise(q.z, 0.0, 0.05) * rise(q.x, 0.16, 0.22) * onHead
        switch pattern {
        case .points: return (0, 0.5 + 0.05 * noise(p * 4) + 0.5 * max(low, muzzle * 0.8) - 0.12 * belly(p, b))
        case .socks:
            let hind = p.x < 0, sock = seed % 4 == 2 ? (hind && p.y > 0 ? 0.17 : 0) : (hind ? 0.26 : p.y > 0 ? 0.18 : 0.0)
            let white = max(blaze * (seed % 4 == 2 ? 1 - rise(q.x, 0.30, 0.36) : 1), 1 - rise(p.z + 0.02 * noise(p * 12), sock - 0.015, sock + 0.015))
            return (white, 0.5 + 0.05 * noise(p * 4) + 0.25 * muzzle - 0.15 * belly(p, b))
        default:
            return (0.5 + 0.5 * noise(p * 11) - 0.25, 0.5 + 0.40 * max(low, muzzle) - 0.3 * onHead * (1 - muzzle) + 0.06 * noise(p * 3))
        }
    }

    private func boar(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> (Double, Double) {
        let streak = Vec3(p.x * 9 + p.z * 6, p.y * 17, p.z * 15)
        let cheek = (1 - rise(abs(q.x - 0.42), 0.10, 0.26)) * (1 - rise(q.z, -0.08, 0.04)) * onHead
        let dark = max(1 - rise(p.z, 0.26, 0.44), rise(q.x, 0.90, 0.94) * onHead, rise(q.z, 0.22, 0.34) * onHead)
        return (0.40 + 0.32 * noise(streak) + 0.16 * noise(streak * 2.1) - 0.3 * dark, 0.5 + 0.06 * noise(p * 4) + 0.5 * dark - 0.25 * cheek)
    }

    private func dog(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> (Double, Double) {
        let under = belly(p, b), breast = rise(p.x, b.foreX + 0.05, b.foreX + 0.14) * (1 - rise(p.z, 0.78, 0.95)) * (1 - onHead)
        switch pattern {
        case .saddle:
            let back = rise(p.z + 0.05 * noise(p * 8), 0.70, 0.80) * (1 - rise(p.x, b.foreX + 0.10, b.foreX + 0.22))
            let mask = max(rise(q.x, 0.55, 0.70), rise(q.z, 0.24, 0.36)) * onHead
            return (max(back * (1 - onHead), mask, p.x < b.tailRoot.x - 0.02 ? 0.75 : 0), 0.5 - 0.35 * max(under, breast) + 0.1 * noise(p * 5))
        case .tricolour:
            let back = rise(p.z + 0.06 * noise(p * 6), 0.66, 0.72) * (1 - rise(p.x + 0.04 * noise(p * 5 + Vec3(9, 0, 0)), b.foreX - 0.02, b.foreX + 0.08))
            let white = max(
                1 - rise(p.z + 0.04 * noise(p * 6), 0.36, 0.42), breast, (1 - rise(abs(q.y), 0.035, 0.065)) * rise(q.z, -0.05, 0.02) * onHead, rise(q.x, 0.62, 0.68) * onHead,
                p.x < b.tailTip.x + 0.12 ? 1 : 0, under)
            return (back * (1 - onHead) * (1 - white), 0.5 - 0.5 * white)
        default:
            let feather = max(under, breast * 0.8, (1 - rise(p.x, b.hipX - 0.17, b.hipX - 0.10)) * 0.7)
            return (0, 0.5 - 0.45 * feather + 0.10 * noise(p * 6) + 0.3 * rise(abs(q.y), 0.20, 0.25) * onHead)
        }
    }

    private func cat(_ p: Vec3, _ q: Vec3, _ onHead: Double, _ b: Breed) -> (Double, Double) {
        let under = belly(p, b), breast = rise(p.x, b.foreX + 0.07, b.foreX + 0.14) * (1 - rise(p.z, 0.85, 1.0)) * (1 - onHead)
        let muzzle = rise(q.x, 0.62, 0.72) * (1 - rise(q.z, -0.08, -0.02)) * onHead
        let nose = onHead * (1 - rise((q - Vec3(0.87, 0, -0.075)).length, 0.05, 0.07))
        switch pattern {
        case .tabby:
            let wobble = 1.3 * noise(p * 6)
            let phase = p.x < b.tailRoot.x - 0.01 ? 42 * p.x : p.z < 0.5 ? 42 * p.z : 44 * p.x + 6 * p.z
            let face = onHead * sin(38 * q.y) * rise(q.z, 0.02, 0.2)
            let stripe = lerp(0.46 + 0.34 * sin(phase + 2.2 * wobble) + 0.10 * noise(p * 13), 0.45 + 0.4 * face, onHead) + 0.25 * rise(p.z, 0.90, 0.96) * (1 - onHead)
            let white = seed % 4 == 1 ? max(1 - rise(p.z, 0.10, 0.16), breast) : 0.4 * breast
            let light = max(0.8 * under, muzzle, white)
            return (stripe * (1 - light), 0.5 - 0.5 * light + 0.5 * nose)
        case .tuxedo:
            return (max(1 - rise(p.z, 0.13, 0.17), breast, muzzle, under * 0.8), 0.5)
        default:
            return (0, 0.5 - 0.3 * max(under, muzzle) + 0.06 * noise(p * 6) + 0.5 * nose)
        }
    }

    // MARK: Noise

    /// Value noise on a grid of one, -1...1.
    private func noise(_ p: Vec3) -> Double {
        let (x, y, z) = (p.x.rounded(.down), p.y.rounded(.down), p.z.rounded(.down))
        func ease(_ t: Double) -> Double { t * t * (3 - 2 * t) }
        let (u, v, w) = (ease(p.x - x), ease(p.y - y), ease(p.z - z))
        func at(_ i: Double, _ j: Double, _ k: Double) -> Double {
            var h = UInt32(bitPattern: Int32(x + i)) &* 0x8da6_b343 ^ UInt32(bitPattern: Int32(y + j)) &* 0xd816_3841 ^ UInt32(bitPattern: Int32(z + k)) &* 0xcb1a_b31f ^ (seed &+ 1) &* 0x9e37_79b9
            h = (h ^ (h >> 16)) &* 0x7feb_352d
            h = (h ^ (h >> 15)) &* 0x846c_a68b
            return Double(h ^ (h >> 16)) / Double(UInt32.max) * 2 - 1
        }
        let low = lerp(lerp(at(0, 0, 0), at(1, 0, 0), u), lerp(at(0, 1, 0), at(1, 1, 0), u), v)
        return lerp(low, lerp(lerp(at(0, 0, 1), at(1, 0, 1), u), lerp(at(0, 1, 1), at(1, 1, 1), u), v), w)
    }
}
