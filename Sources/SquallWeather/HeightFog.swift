import Foundation

/// Fog whose density falls off exponentially with height: b(z) = b0 exp(-(z - base) / H).
public enum HeightFog {
    /// Optical depth of a straight path of `distance` metres that starts at height `startHeight` and climbs `climb` metres.
    ///
    /// Heights are above the fog's base. `extinction` is that at the base (1/m), `scaleHeight` H in metres (infinity: uniform).
    /// Closed form of the line integral; a level path is its limit.
    public static func opticalDepth(extinction: Double, scaleHeight: Double, startHeight: Double, climb: Double, distance: Double) -> Double {
        guard extinction > 0, distance > 0 else { return 0 }
        guard scaleHeight.isFinite, scaleHeight > 0 else { return extinction * distance }
        let local = extinction * exp(-startHeight / scaleHeight)
        let u = climb / scaleHeight
        return local * distance * (abs(u) < 1e-9 ? 1 - u / 2 : -expm1(-u) / u)
    }
}
