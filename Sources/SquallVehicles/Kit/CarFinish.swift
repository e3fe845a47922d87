import SquallAssets
import SquallMath

/// What varies on any car: rims, dirt, paint.
package enum CarFinish {
    static func wheels(_ f: inout CarForm, _ variant: Variant) {
        f.wheel = variant.choice("rims", [.spokes(5, twin: true), .spokes(10, twin: false), .spokes(7, twin: false), .spokes(5, twin: false), .steel, .spokes(6, twin: true)]) ?? f.wheel
        f.rim += variant.uniform("rim size", -0.012...0.018)
    }

    static func drawn(_ variant: Variant) -> VehicleFinish {
        var finish = VehicleFinish()
        finish.dirt = variant.uniform("dirt", 0...0.6)
        finish.metallic = variant.uniform("metallic", 0...1) > 0.45
        let dark = variant.uniform("dark rims", 0...1) > 0.7
        if dark { finish.rim = Vec3f(0.06, 0.06, 0.065) }
        finish.seat = variant.choice("seat", [Vec3f(0.035, 0.035, 0.038), Vec3f(0.10, 0.09, 0.08), Vec3f(0.16, 0.11, 0.07)]) ?? finish.seat
        return finish
    }
}
