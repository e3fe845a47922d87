import Foundation
import SquallMath

/// A camera with its lens: image size, focal lengths and principal point, and how the lens bends.
///
/// `project` and `direction` are inverses of each other wherever the lens sees. Depth in labels is z along the optical axis for lenses that see
/// less than 90 degrees off it (pinhole, Brown-Conrady), and range along the ray for the others, whose z vanishes at 90 degrees.
public struct CameraModel: Sendable, Equatable {
    public var camera: PinholeCamera
    public var lens: Lens

    public init(_ camera: PinholeCamera, lens: Lens = .pinhole) { (self.camera, self.lens) = (camera, lens) }

    /// Whether depth labels hold range along the ray instead of z.
    public var measuresRange: Bool {
        switch lens {
        case .pinhole, .brownConrady: false
        case .kannalaBrandt, .fisheye: true
        }
    }

    /// Where a point in camera axes is seen, pixels; nil where the lens does not see, behind the image plane for pinholes.
    public func project(_ p: Vec3) -> Vec2? {
        switch lens {
        case .pinhole: return p.z > 0 ? camera.project(p).pixel : nil
        case .brownConrady(let lens):
            guard p.z > 0 else { return nil }
            let flat = Vec2(p.x / p.z, p.y / p.z)
            // Beyond the fold, or beyond where anyone looked for one, the polynomial says nothing; p1 and p2 may fold it sooner.
            let limit = lens.radial.fold ?? OddPolynomial.reach
            guard flat.x * flat.x + flat.y * flat.y < limit * limit, lens.derivative(flat).determinant > 0 else { return nil }
            return pixel(lens.bend(flat))
        case .kannalaBrandt(let lens, let field): return around(p, field) { lens.radial($0) }
        case .fisheye(let lens, let field): return around(p, field) { lens.radius($0) }
        }
    }

    /// The unit direction in camera axes that a pixel position sees; nil where the lens shows nothing.
    public func direction(_ position: Vec2) -> Vec3? {
        let image = Vec2((position.x - camera.cx) / camera.fx, (position.y - camera.cy) / camera.fy)
        switch lens {
        case .pinhole: return Vec3(image.x, image.y, 1).normalized
        case .brownConrady(let lens): return lens.straighten(image).map { Vec3($0.x, $0.y, 1).normalized }
        case .kannalaBrandt(let lens, let field): return around(image, field) { lens.radial.inverse($0) }
        case .fisheye(let lens, let field): return around(image, field) { lens.angle($0) }
        }
    }

    /// The point in camera axes that a pixel position sees at a depth as labels state it.
    public func point(_ position: Vec2, depth: Double) -> Vec3? {
        if lens == .pinhole { return camera.unproject(position, depth: depth) }
        return direction(position).map { $0 * (measuresRange ? depth : depth / $0.z) }
    }

    /// What labels state as the depth of a point in camera axes, metres.
    public func depth(_ p: Vec3) -> Double { measuresRange ? p.length : p.z }

    /// Light that reaches a pixel beside one on the axis, for a source of the same luminance: `cos^4` for lenses that keep a plane flat; for a
    /// fisheye, whose pupil turns towards what it sees, the solid angle of the pixel alone.
    public func illumination(_ position: Vec2) -> Double {
        guard let d = direction(position) else { return 0 }
        switch lens {
        case .pinhole, .brownConrady: return d.z * d.z * d.z * d.z
        case .kannalaBrandt, .fisheye:
            let step = 0.5
            guard let right = direction(position + Vec2(step, 0)), let down = direction(position + Vec2(0, step)) else { return 0 }
            return cross(right - d, down - d).length / (step * step) * camera.fx * camera.fy
        }
    }

    private func pixel(_ image: Vec2) -> Vec2 { Vec2(camera.fx * image.x + camera.cx, camera.fy * image.y + camera.cy) }

    private func around(_ p: Vec3, _ field: Double, _ radius: (Double) -> Double) -> Vec2? {
        let across = (p.x * p.x + p.y * p.y).squareRoot()
        let angle = atan2(across, p.z)
        guard angle <= field / 2 else { return nil }
        return across > 0 ? pixel(Vec2(p.x, p.y) * (radius(angle) / across)) : Vec2(camera.cx, camera.cy)
    }

    private func around(_ image: Vec2, _ field: Double, _ angle: (Double) -> Double?) -> Vec3? {
        let radius = (image.x * image.x + image.y * image.y).squareRoot()
        guard let angle = angle(radius), angle <= field / 2 else { return nil }
        guard radius > 0 else { return Vec3(0, 0, 1) }
        let s = sin(angle) / radius
        return Vec3(image.x * s, image.y * s, cos(angle))
    }
}

extension CameraModel {
    /// Why no lens can be like this, in words that name where it folds; nil when it can.
    ///
    /// A lens folds where its image radius stops growing: beyond, two directions would meet in one pixel. That must lie outside the picture, or
    /// outside the field of view.
    public var fault: String? {
        let c = camera
        let corners = [Vec2(0, 0), Vec2(Double(c.width), 0), Vec2(0, Double(c.height)), Vec2(Double(c.width), Double(c.height))]
        let farthest = corners.map { Vec2(($0.x - c.cx) / c.fx, ($0.y - c.cy) / c.fy).length }.max() ?? 0
        func pixels(_ radius: Double) -> String { "\(Int((radius * c.fx).clamped(to: 0...1e9).rounded())) px from the principal point" }
        switch lens {
        case .pinhole: return nil
        case .brownConrady(let lens):
            guard [lens.k1, lens.k2, lens.p1, lens.p2, lens.k3].allSatisfy({ $0.isFinite && abs($0) <= 1e3 }) else { return "its coefficients are out of reach" }
            if let fold = lens.radial.fold, lens.radial(fold) < farthest {
                let place = "\(Units.number((fold * 1000).rounded() / 1000)) focal lengths off the axis, \(pixels(lens.radial(fold)))"
                return "the lens folds at \(place), inside a picture whose corner lies at \(Int((farthest * c.fx).clamped(to: 0...1e9).rounded()))"
            }
            for (row, column) in (0...16).flatMap({ row in (0...16).map { (row, $0) } }) {
                let place = Vec2(Double(c.width * column) / 16, Double(c.height * row) / 16)
                guard direction(place) == nil else { continue }
                let radius = Vec2((place.x - c.cx) / c.fx, (place.y - c.cy) / c.fy).length
                return "the lens folds near \(pixels(radius)): p1 and p2 bend more than k1, k2 and k3 allow"
            }
            return nil
        case .kannalaBrandt(let lens, let field):
            guard [lens.k1, lens.k2, lens.k3, lens.k4].allSatisfy({ $0.isFinite && abs($0) <= 1e3 }), field > 0, field <= 2 * .pi else { return "its coefficients are out of reach" }
            guard let fold = lens.radial.fold, fold < field / 2, lens.radial(fold) < farthest else { return nil }
            return "the lens folds at \(Units.number((fold * 1800 / .pi).rounded() / 10)) deg off the axis, \(pixels(lens.radial(fold))), inside its picture and its field of view"
        case .fisheye(let lens, let field):
            let most = lens == .stereographic ? 1.9 * Double.pi : 2 * .pi
            return field > 0 && field <= most ? nil : "its field of view is \(Units.number((field * 180 / .pi).rounded())) deg"
        }
    }
}
