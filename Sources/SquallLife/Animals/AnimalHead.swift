import Foundation
import SquallMath

/// Heads: skull, jaws, muzzle, brows and ears, each in shares of the head's length.
extension Breed {
    /// - Parameter pricked: ears that stand, where the kind has both.
    func headMasses(pricked: Bool) -> [Blob] {
        // Ears first: what hollows them must not cut the skull.
        Self.sides.flatMap { ear($0, pricked: pricked) } + skullMasses
    }

    private func egg(_ along: Double, _ up: Double, _ left: Double, _ radii: (Double, Double, Double), tilt: Double = 0, blend: Double = 0.03, use: Blob.Use = .add) -> Blob {
        .ellipsoid(onHead(along, up, left), Vec3(radii.0, radii.1, radii.2) * skull, pitch: pitch + tilt, blend: blend, use: use)
    }
    private func rod(_ a: (Double, Double, Double), _ b: (Double, Double, Double), _ ra: Double, _ rb: Double, blend: Double = 0.03, use: Blob.Use = .add) -> Blob {
        .cone(onHead(a.0, a.1, a.2), onHead(b.0, b.1, b.2), ra * skull, rb * skull, blend: blend * skull / 0.38, use: use)
    }
    private func both(_ make: (Double) -> [Blob]) -> [Blob] { Self.sides.flatMap(make) }

    private var skullMasses: [Blob] {
        switch head {
        case .cow:
            [
                egg(0.17, 0.00, 0, (0.22, 0.205, 0.170)), rod((0.20, 0.02, 0), (0.84, -0.01, 0), 0.165, 0.110), rod((0.26, -0.22, 0), (0.84, -0.145, 0), 0.105, 0.075),
                egg(0.91, -0.045, 0, (0.105, 0.165, 0.130)), egg(0.87, -0.165, 0, (0.085, 0.095, 0.050), blend: 0.02), egg(0.0, 0.07, 0, (0.07, 0.12, 0.07)),
            ]
                + both { s in
                    [
                        egg(0.22, -0.15, s * 0.105, (0.170, 0.065, 0.160)), egg(0.27, 0.085, s * 0.165, (0.085, 0.040, 0.045), blend: 0.02),
                        egg(0.995, 0.015, s * 0.095, (0.035, 0.030, 0.028), blend: 0.012, use: .cut), rod((0.70, -0.115, s * 0.135), (0.97, -0.125, s * 0.125), 0.012, 0.014, blend: 0.012, use: .cut),
                    ]
                }
        case .horse:
            [
                egg(0.15, -0.02, 0, (0.20, 0.140, 0.150)), rod((0.18, 0.02, 0), (0.86, -0.01, 0), 0.130, 0.082), rod((0.30, -0.22, 0), (0.85, -0.12, 0), 0.070, 0.058),
                egg(0.92, -0.05, 0, (0.095, 0.105, 0.105)), egg(0.90, -0.145, 0, (0.075, 0.065, 0.045), blend: 0.02),
            ]
                + both { s in
                    [
                        // The round cheek, the long face bone, the brow.
                        egg(0.22, -0.185, s * 0.085, (0.165, 0.050, 0.165)), rod((0.32, -0.02, s * 0.115), (0.62, -0.03, s * 0.075), 0.030, 0.020, blend: 0.02),
                        egg(0.26, 0.070, s * 0.125, (0.075, 0.035, 0.045), blend: 0.02), egg(0.945, 0.005, s * 0.080, (0.040, 0.025, 0.035), blend: 0.012, use: .cut),
                        rod((0.80, -0.105, s * 0.09), (0.97, -0.11, s * 0.085), 0.010, 0.012, blend: 0.010, use: .cut),
                    ]
                }
        case .deer:
            [
                egg(0.17, -0.01, 0, (0.22, 0.165, 0.165)), rod((0.22, 0.0, 0), (0.86, -0.045, 0), 0.145, 0.080), rod((0.28, -0.19, 0), (0.84, -0.125, 0), 0.075, 0.055),
                egg(0.92, -0.07, 0, (0.085, 0.090, 0.090)),
            ]
                + both { s in
                    [
                        egg(0.24, -0.13, s * 0.085, (0.15, 0.055, 0.13)), egg(0.28, 0.065, s * 0.14, (0.075, 0.035, 0.045), blend: 0.02),
                        egg(0.985, -0.03, s * 0.055, (0.028, 0.022, 0.022), blend: 0.010, use: .cut), rod((0.74, -0.105, s * 0.085), (0.97, -0.125, s * 0.06), 0.010, 0.010, blend: 0.010, use: .cut),
                    ]
                }
        case .boar:
            [
                egg(0.06, -0.02, 0, (0.32, 0.270, 0.310), blend: 0.08), rod((0.20, 0.03, 0), (0.94, -0.10, 0), 0.215, 0.100, blend: 0.05),
                    rod((0.22, -0.22, 0), (0.76, -0.205, 0), 0.150, 0.065, blend: 0.04),
                egg(0.955, -0.10, 0, (0.035, 0.118, 0.118), blend: 0.012),
            ]
                + both { s in
                    [
                        egg(0.16, -0.15, s * 0.17, (0.20, 0.11, 0.18), blend: 0.05), egg(0.36, 0.115, s * 0.145, (0.08, 0.035, 0.04), blend: 0.03),
                        egg(1.0, -0.095, s * 0.040, (0.035, 0.024, 0.028), blend: 0.008, use: .cut), rod((0.50, -0.185, s * 0.135), (0.90, -0.185, s * 0.105), 0.010, 0.012, blend: 0.012, use: .cut),
                    ]
                }
        case .dog:
            [
                egg(0.19, 0.00, 0, (0.27, 0.215, 0.195)), rod((0.36, -0.02, 0), (0.89, -0.070, 0), 0.150, 0.112, blend: 0.06), rod((0.30, -0.17, 0), (0.82, -0.180, 0), 0.110, 0.078, blend: 0.05),
                egg(0.86, -0.10, 0, (0.125, 0.125, 0.115), blend: 0.02),
            ]
                + both { s in
                    [
                        egg(0.28, -0.11, s * 0.125, (0.16, 0.085, 0.13)), egg(0.43, 0.125, s * 0.095, (0.075, 0.050, 0.045), blend: 0.03),
                            egg(0.80, -0.115, s * 0.065, (0.13, 0.055, 0.075), blend: 0.02),
                        rod((0.62, -0.185, s * 0.12), (0.93, -0.175, s * 0.085), 0.014, 0.014, blend: 0.012, use: .cut),
                    ]
                }
        case .cat:
            [
                egg(0.36, 0.0, 0, (0.36, 0.375, 0.335)), egg(0.70, -0.13, 0, (0.16, 0.185, 0.130)), egg(0.68, -0.22, 0, (0.13, 0.12, 0.085)), rod((0.55, 0.10, 0), (0.80, -0.06, 0), 0.11, 0.065),
            ]
                + both { s in
                    [
                        egg(0.80, -0.145, s * 0.065, (0.080, 0.080, 0.065), blend: 0.012), egg(0.45, -0.12, s * 0.23, (0.16, 0.13, 0.15)),
                        egg(0.70, 0.055, s * 0.165, (0.035, 0.075, 0.075), blend: 0.012, use: .cut), rod((0.86, -0.115, 0), (0.80, -0.20, s * 0.10), 0.008, 0.010, blend: 0.010, use: .cut),
                    ]
                }
        }
    }

    /// A leaf from its root to its tip, hollow towards `open`. Shares of the head's length.
    private func leaf(_ root: (Double, Double, Double), _ tip: (Double, Double, Double), width: Double, open: Vec3) -> [Blob] {
        let (a, b) = (onHead(root.0, root.1, root.2), onHead(tip.0, tip.1, tip.2))
        let w = width * skull, middle = lerp(a, b, 0.48), hollow = open.normalized * (w * 0.62)
        return [
            .cone(lerp(a, b, -0.05), middle, w * 0.62, w, blend: 0), .cone(middle, b, w, w * 0.18, blend: 0.004),
            .cone(lerp(a, b, 0.22) + hollow, lerp(a, b, 0.52) + hollow, w * 0.45, w * 0.72, blend: 0.006, use: .cut),
                .cone(lerp(a, b, 0.52) + hollow, lerp(a, b, 0.95) + hollow, w * 0.72, w * 0.3, blend: 0.006, use: .cut),
        ]
    }

    private func ear(_ s: Double, pricked: Bool) -> [Blob] {
        switch head {
        case .cow: leaf((0.06, 0.02, s * 0.17), (-0.02, -0.06, s * 0.56), width: 0.088, open: Vec3(0.8, 0, -0.25))
        case .horse: leaf((0.0, 0.08, s * 0.085), (-0.10, 0.40, s * 0.105), width: 0.062, open: Vec3(1, s * 0.5, 0))
        case .deer: leaf((0.02, 0.09, s * 0.12), (-0.24, 0.36, s * 0.50), width: 0.105, open: Vec3(0.9, -s * 0.1, -0.3))
        case .boar: leaf((0.02, 0.18, s * 0.17), (-0.05, 0.44, s * 0.26), width: 0.085, open: Vec3(1, s * 0.6, 0))
        case .dog where pricked: leaf((0.10, 0.16, s * 0.14), (0.08, 0.58, s * 0.20), width: 0.115, open: Vec3(1, s * 0.35, 0))
        case .dog:
            [
                .cone(onHead(0.13, 0.14, s * 0.17), onHead(0.12, 0.03, s * 0.275), 0.060 * skull, 0.080 * skull, blend: 0.01),
                .cone(onHead(0.12, 0.03, s * 0.275), onHead(0.18, -0.28, s * 0.295), 0.082 * skull, 0.062 * skull, blend: 0.012),
            ]
        case .cat: leaf((0.30, 0.20, s * 0.20), (0.26, 0.60, s * 0.30), width: 0.165, open: Vec3(1, s * 0.35, 0))
        }
    }

    /// Middle and radius of the left eye, shares of the head's length.
    var eye: (at: Vec3, radius: Double) {
        switch head {
        case .cow: (Vec3(0.29, 0.178, 0.050), 0.050)
        case .horse: (Vec3(0.275, 0.130, 0.035), 0.048)
        case .deer: (Vec3(0.29, 0.142, 0.035), 0.056)
        case .boar: (Vec3(0.385, 0.172, 0.085), 0.030)
        case .dog: (Vec3(0.46, 0.110, 0.070), 0.042)
        case .cat: (Vec3(0.655, 0.160, 0.045), 0.078)
        }
    }

    /// Middle and radii of the nose pad where it stands out, shares of the head's length.
    var nose: (at: Vec3, radii: Vec3)? {
        switch head {
        case .dog: (Vec3(0.965, 0, -0.035), Vec3(0.055, 0.072, 0.055))
        case .cat: (Vec3(0.865, 0, -0.075), Vec3(0.030, 0.050, 0.036))
        default: nil
        }
    }
}
