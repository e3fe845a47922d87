import SquallFrames
import SquallMath

/// The spinning lidars a rig can name, from their data sheets. The sheets' models are as set to 10 turns a second.
///
/// Not modelled: the azimuths at which the lasers of one firing point apart.
extension LidarModel {
    public static let knownNames = ["hdl64e", "vlp32c"]
    /// How fast they can turn, Hz: both 300 to 1200 rpm.
    public static let turnRates = 5.0...20.0
    private static let sheetRate = 10.0

    /// How fast one turns that nobody sets: 10 Hz, as fast as a faster record, or as its half, third... where it cannot follow.
    public static func turnRate(record: Double) -> Double { record > sheetRate ? record / (record / turnRates.upperBound).rounded(.up) : sheetRate }

    /// The sheet's lidar set to `rate` turns a second: it fires as often as before, so a faster turn has fewer firings.
    public func turning(at rate: Double) -> LidarModel {
        var model = self
        model.azimuthSteps = max(1, Int((Double(azimuthSteps) * Self.sheetRate / rate.clamped(to: Self.turnRates)).rounded()))
        return model
    }

    public static func named(_ name: String) -> LidarModel? {
        switch name {
        case "hdl64e": hdl64e
        case "vlp32c": vlp32c
        default: nil
        }
    }

    /// Velodyne HDL-64E S3: an upper block of 32 lasers from +2 to -8.33 deg in steps of 1/3 deg, a lower one from -8.83 deg down in steps of 1/2 deg;
    /// 120 m (50 m at 10 % reflectance), 2 cm, 2 mrad, 905 nm. 20,830 firings a second.
    public static let hdl64e: LidarModel = {
        let upper = (0..<32).map { 2 - Double($0) / 3 }
        let lower = (0..<32).map { -8.83 - Double($0) / 2 }
        return LidarModel(
            name: "hdl64e", elevations: (upper + lower).map { $0 * .pi / 180 }, azimuthSteps: 2083, minimumRange: 0.9, maximumRange: 120, referenceRange: 50,
            referenceReflectance: 0.1, rangeNoise: 0.02, divergence: 2e-3, aperture: 0.0127, wavelength: 905e-9, returns: 2)
    }()

    /// Velodyne VLP-32C: 32 lasers denser around the horizon (-25 to +15 deg); 200 m, 3 cm, 903 nm; 18,000 firings a second.
    public static let vlp32c: LidarModel = {
        let low = [-25, -15.639, -11.31, -8.843, -7.254, -6.148, -5.333, -4.667]
        let middle = (0..<18).map { -4 + Double($0) / 3 }
        let high = [2.333, 3.333, 4.667, 7, 10.333, 15]
        return LidarModel(
            name: "vlp32c", elevations: (low + middle + high).map { $0 * .pi / 180 }, azimuthSteps: 1800, minimumRange: 1, maximumRange: 200, referenceRange: 80,
            referenceReflectance: 0.1, rangeNoise: 0.03, divergence: 3e-3, aperture: 0.0095, wavelength: 903e-9, returns: 2)
    }()
}
