import Foundation
import SquallMath

/// Muscle masses over the bones: barrel, shoulders, hindquarters, neck and legs.
extension Breed {
    var trunk: [Blob] {
        let sections = ribs.map { Blob.Section(hipX + length * $0.along, ($0.top + $0.bottom) / 2, ($0.top - $0.bottom) / 2, $0.half, square: 0.12) }
        let croup = ribs[0].top, breast = (throat + 0.86) / 2
        var blobs: [Blob] = [
            .barrel(sections), .ellipsoid(Vec3(hipX - 0.02, 0, croup - 0.165), Vec3(0.160, hips * 0.84, 0.165), pitch: -0.25, blend: 0.09),
            .ellipsoid(Vec3(foreX + 0.015, 0, breast - 0.02), Vec3(0.125, chest * 0.82, 0.90 - breast + 0.05), blend: 0.10),
            // The ridge of the withers.
            .cone(Vec3(foreX - 0.16, 0, 0.945), Vec3(foreX + 0.0, 0, 0.945), 0.045, 0.055, blend: 0.08),
        ]
        // Tail head.
        blobs.append(.cone(Vec3(hipX - 0.06, 0, croup - 0.06), tailRoot, 0.05, tailRadius * 1.15, blend: 0.06))
        for side in Self.sides { blobs += shoulder(side) + hindquarter(side) }
        blobs += neck
        switch head {
        case .cow:
            blobs += [
                // Dewlap and brisket; udder with its teats.
                .cone(Vec3(foreX + 0.115, 0, 0.52), Vec3(foreX + 0.235, 0, 0.72), 0.030, 0.018, blend: 0.07), .ellipsoid(Vec3(foreX + 0.06, 0, 0.485), Vec3(0.11, 0.055, 0.07), blend: 0.06),
                .ellipsoid(Vec3(hipX + 0.125, 0, 0.465), Vec3(0.115, 0.095, 0.085), blend: 0.035),
            ]
            for side in Self.sides {
                blobs += [
                    .ellipsoid(Vec3(hipX + 0.115, side * hips * 0.74, 0.925), Vec3(0.055, 0.035, 0.045), blend: 0.07),
                        .ellipsoid(Vec3(hipX - 0.155, side * 0.070, 0.865), Vec3(0.030, 0.030, 0.035), blend: 0.045),
                    .cone(Vec3(hipX + 0.165, side * 0.045, 0.405), Vec3(hipX + 0.170, side * 0.048, 0.365), 0.015, 0.011, blend: 0.012),
                    .cone(Vec3(hipX + 0.085, side * 0.045, 0.405), Vec3(hipX + 0.085, side * 0.048, 0.365), 0.015, 0.011, blend: 0.012),
                ]
            }
        case .boar: blobs.append(.cone(Vec3(foreX + 0.12, 0, 0.98), Vec3(foreX - 0.42, 0, 0.955), 0.06, 0.045, blend: 0.10))
        default: break
        }
        return blobs
    }

    /// Blade, shoulder point, triceps: what stands out over the ribs.
    private func shoulder(_ side: Double) -> [Blob] {
        let leg = foreLeg(side)
        let (point, elbow) = (leg[0], leg[1])
        return [
            .ellipsoid(Vec3(foreX - 0.01, side * chest * 0.68, 0.79), Vec3(0.080, 0.050, 0.165), pitch: -0.42, roll: side * 0.16, blend: 0.045),
            .cone(point + Vec3(-0.01, side * 0.004, 0.02), elbow + Vec3(0.02, 0, 0.01), forearm * 1.25, forearm * 1.0, blend: 0.05),
            .cone(Vec3(foreX - 0.115, side * chest * 0.74, 0.74), elbow + Vec3(-0.02, 0, 0.015), forearm * 1.0, forearm * 0.9, blend: 0.05),
            .cone(elbow + Vec3(-0.035, 0, 0.03), elbow + Vec3(-0.02, 0, -0.01), forearm * 0.45, forearm * 0.55, blend: 0.03),
        ]
    }

    /// Thigh, haunch and the string to the hock.
    private func hindquarter(_ side: Double) -> [Blob] {
        let leg = hindLeg(side)
        let (hip, knee) = (leg[0], leg[1])
        let y = abs(hip.y)
        return [
            .ellipsoid(Vec3(hipX + 0.00, side * (y + 0.012), 0.74), Vec3(0.145, thigh * 0.86, 0.180), pitch: 0.12, blend: 0.05),
            .cone(hip + Vec3(0.02, 0, -0.04), knee + Vec3(-0.03, 0, 0.015), thigh * 0.95, thigh * 0.66, blend: 0.05),
            .cone(Vec3(hipX - 0.105, side * y * 0.80, 0.80), Vec3(hipX - 0.045, side * y, stifle - 0.02), thigh * 0.72, thigh * 0.58, blend: 0.06),
            // Flank fold from the knee to the belly.
            .cone(knee + Vec3(0.0, -side * 0.01, 0.03), Vec3(hipX + 0.20, side * y * 0.9, 0.66), thigh * 0.35, 0.03, blend: 0.07),
        ]
    }

    private var neck: [Blob] {
        let tip = neckTip, down = (Vec3(noseTip.x - tip.x, 0, noseTip.z - tip.z)).normalized
        let axis = (tip - neckBase).normalized
        let under = Vec3(axis.z, 0, -axis.x)
        let (high, low) = (tip + under * (neckEnd * 0.35) + down * (skull * 0.05), tip + under * (2 * neckDepth - neckEnd) + down * (skull * 0.02))
        let crest = Vec3(foreX - 0.06, 0, 0.93 - neckRoot * 0.7), base = Vec3(foreX + 0.10, 0, throat + neckRoot * 0.9)
        let middle = lerp(crest, base, 0.45)
        return [
            .cone(crest, high, neckRoot * 0.95, neckEnd, blend: 0.10), .cone(middle, lerp(high, low, 0.5), neckRoot * 1.08, neckEnd * 1.02, blend: 0.06),
            .cone(base, low, neckRoot * 0.92, neckEnd * 0.85, blend: 0.08),
        ]
    }

    func legs(_ side: Double) -> [Blob] { paws ? pawedFore(side) + pawedHind(side) : hoofedFore(side) + hoofedHind(side) }

    private func hoofedFore(_ side: Double) -> [Blob] {
        let f = foreLeg(side), c = cannon
        return [
            .cone(f[1] + Vec3(0.012, 0, 0), lerp(f[1], f[2], 0.5), forearm * 0.92, forearm * 0.74, blend: 0.04), .cone(lerp(f[1], f[2], 0.4), f[2], forearm * 0.76, c * 1.20, blend: 0.03),
            .ellipsoid(f[2] + Vec3(0.006, 0, 0), Vec3(c * 1.32, c * 1.28, c * 1.9), blend: 0.018), .cone(f[2], f[3], c * 1.0, c * 0.90, blend: 0.014),
            .cone(f[2] + Vec3(-c * 0.75, 0, -0.03), f[3] + Vec3(-c * 0.6, 0, 0.02), c * 0.55, c * 0.6, blend: 0.012),
                .ellipsoid(f[3] + Vec3(-0.004, 0, 0), Vec3(c * 1.35, c * 1.22, c * 1.3), blend: 0.014),
            .cone(f[3], lerp(f[3], f[4], 0.62), c * 1.02, c * 1.22, blend: 0.012),
        ]
    }

    private func hoofedHind(_ side: Double) -> [Blob] {
        let h = hindLeg(side), c = cannon
        let point = h[2] + Vec3(-c * 1.25, 0, 0.042)
        return [
            .cone(h[1] + Vec3(-0.035, 0, 0.0), lerp(h[1], h[2], 0.55), thigh * 0.58, thigh * 0.43, blend: 0.06),
                .cone(lerp(h[1], h[2], 0.45), h[2] + Vec3(0.004, 0, 0), thigh * 0.46, c * 1.25, blend: 0.03),
            .cone(Vec3(hipX - 0.065, h[2].y, lerp(stifle, hock, 0.35)), point, c * 0.95, c * 0.62, blend: 0.03), .cone(point, h[2] + Vec3(-c * 0.4, 0, -0.03), c * 0.68, c * 0.9, blend: 0.016),
            .ellipsoid(h[2] + Vec3(0.002, 0, 0), Vec3(c * 1.45, c * 1.25, c * 2.0), pitch: 0.15, blend: 0.02), .cone(h[2], h[3], c * 1.12, c * 0.98, blend: 0.014),
            .cone(h[2] + Vec3(-c * 0.8, 0, -0.04), h[3] + Vec3(-c * 0.6, 0, 0.02), c * 0.55, c * 0.6, blend: 0.012),
                .ellipsoid(h[3] + Vec3(-0.004, 0, 0), Vec3(c * 1.4, c * 1.25, c * 1.3), blend: 0.014),
            .cone(h[3], lerp(h[3], h[4], 0.62), c * 1.05, c * 1.25, blend: 0.012),
        ]
    }

    private func pawedFore(_ side: Double) -> [Blob] {
        let f = foreLeg(side), c = cannon
        return [
            .cone(f[1] + Vec3(0.012, 0, 0), lerp(f[1], f[2], 0.5), forearm * 0.98, forearm * 0.84, blend: 0.04), .cone(lerp(f[1], f[2], 0.4), f[2], forearm * 0.84, c * 0.98, blend: 0.03),
            .cone(f[2], f[3], c * 0.98, c * 0.95, blend: 0.02),
        ] + paw(f[3], f[4])
    }

    private func pawedHind(_ side: Double) -> [Blob] {
        let h = hindLeg(side), c = cannon
        let point = h[2] + Vec3(-c * 0.75, 0, 0.035)
        return [
            .cone(h[1] + Vec3(-0.03, 0, 0.0), lerp(h[1], h[2], 0.55), thigh * 0.62, thigh * 0.46, blend: 0.06), .cone(lerp(h[1], h[2], 0.4), h[2], thigh * 0.52, c * 0.92, blend: 0.03),
            .cone(Vec3(hipX - 0.06, h[2].y, lerp(stifle, hock, 0.4)), point, c * 0.7, c * 0.45, blend: 0.03), .cone(point, h[2] + Vec3(0, 0, -0.02), c * 0.5, c * 0.75, blend: 0.02),
            .cone(h[2], h[3], c * 0.88, c * 0.92, blend: 0.02),
        ] + paw(h[3], h[4])
    }

    /// Ball and four toes.
    private func paw(_ ankle: Vec3, _ tip: Vec3) -> [Blob] {
        let c = cannon
        var blobs: [Blob] = [.cone(ankle + Vec3(0, 0, -0.01), Vec3(tip.x - 0.035, tip.y, c * 0.72), c * 0.92, c * 0.92, blend: 0.02)]
        for k in 0..<4 {
            let y = (Double(k) - 1.5) * c * 0.52, inner = k == 1 || k == 2
            blobs.append(.ellipsoid(Vec3(tip.x + (inner ? 0.010 : -0.008), tip.y + y, c * 0.52), Vec3(c * 0.78, c * 0.32, c * 0.55), blend: 0.008))
        }
        return blobs
    }

    /// One hoof in two claws, or whole for a horse.
    func hoof(_ leg: [Vec3]) -> [Blob] {
        let (ankle, tip, c) = (leg[3], leg[4], cannon)
        let (top, sole) = (lerp(ankle, tip, 0.50), Vec3(tip.x + c * 0.15, tip.y, -0.012))
        var blobs: [Blob] = []
        if head == .horse {
            blobs = [.cone(top, sole, c * 1.22, c * 1.85, blend: 0)]
        } else {
            blobs = Self.sides.map { .cone(top + Vec3(0, $0 * c * 0.48, 0), sole + Vec3(c * 0.25, $0 * c * 0.72, 0.004), c * 0.86, c * 1.02, blend: 0.002) }
        }
        // The wall ends at the crown, which slopes back.
        return blobs + [.keep(Vec3(0, 0, 0.001), Vec3(0, 0, 1), blend: 0.003), .keep(Vec3(tip.x, 0, 0.062), Vec3(-0.35, 0, -1), blend: 0.004)]
    }
}
