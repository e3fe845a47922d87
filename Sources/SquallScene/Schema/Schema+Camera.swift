import SquallFrames
import SquallMath

/// What a camera block says of its lens and of what it does to light.
extension Schema {
    /// Words for `lens`, each with the properties it reads: the others' change nothing.
    static let lensTable: [(word: String, reads: [String])] =
        [("pinhole", []), ("brown_conrady", ["k1", "k2", "k3", "p1", "p2"]), ("kannala_brandt", ["k1", "k2", "k3", "k4", "circle"])]
        + Lens.Fisheye.allCases.map { (Lens.fisheye($0).name, ["circle"]) }
    static let lensWords = lensTable.map(\.word)

    /// A property of a camera that changes nothing beside the others it has.
    public struct IdleProperty: Sendable, Equatable {
        public var name: String
        /// What it stands beside: `with lens = pinhole`.
        public var beside: String
        public var fix: String
    }

    /// What a camera block sets in vain.
    /// - Parameters:
    ///   - given: names of the properties it sets.
    ///   - lens, output: the words they are set to, or their defaults; nil where they are drawn.
    public static func idleProperties(given: [String], lens: String?, output: String?) -> [IdleProperty] {
        let has = Set(given)
        return given.compactMap { name in
            if let lens, let reader = lensTable.first(where: { $0.reads.contains(name) }), lensTable.first(where: { $0.word == lens })?.reads.contains(name) == false {
                return IdleProperty(name: name, beside: "with lens = \(lens)", fix: "\(has.contains("lens") ? "write" : "add") lens = \(reader.word)")
            }
            let isTimed = has.isSuperset(of: ["shutter", "iso"])
            switch name {
            case "quality" where output != nil && output != "jpeg":
                return IdleProperty(name: name, beside: "with output = \(output ?? "")", fix: "\(has.contains("output") ? "write" : "add") output = jpeg")
            case "exposure_delay" where has.contains("exposure") || isTimed:
                let other = has.contains("exposure") ? "exposure" : "shutter and iso"
                return IdleProperty(name: name, beside: "beside \(other): the camera does not meter", fix: "leave out exposure_delay, or \(has.contains("exposure") ? "exposure" : "iso")")
            case "iso" where has.isSuperset(of: ["exposure", "shutter"]):
                return IdleProperty(name: name, beside: "beside exposure and shutter: they fix the gain", fix: "leave out one of the three")
            default: return nil
            }
        }
    }

    static let lensProperties = [
        Property("lens", .words(lensWords), default: "pinhole", "how it bends; all but pinhole are drawn by a ray per pixel, fisheyes up to 190 deg"),
        Property("k1", .number(.none), default: "0", typical: -1...1, allowed: -1000...1000, "radial coefficient of brown_conrady and kannala_brandt, as OpenCV has it"),
        Property("k2", .number(.none), default: "0", typical: -1...1, allowed: -1000...1000, "the second"),
        Property("k3", .number(.none), default: "0", typical: -1...1, allowed: -1000...1000, "the third"),
        Property("k4", .number(.none), default: "0", typical: -1...1, allowed: -1000...1000, "the fourth, of kannala_brandt"),
        Property("p1", .number(.none), default: "0", typical: -0.1...0.1, allowed: -1000...1000, "tangential coefficient of brown_conrady"),
        Property("p2", .number(.none), default: "0", typical: -0.1...0.1, allowed: -1000...1000, "the second"),
        Property("circle", .number(.angle), default: "190 deg", typical: 0.5...3.32, allowed: 0.01...3.32, "full field of view of kannala_brandt and fisheyes: beyond, the picture is black"),
    ]

    static let effectProperties = [
        Property(
            "shutter", .number(.time), typical: 1e-5...0.1, allowed: 1e-7...10,
            "how long it is open, at most from one picture to the next; without, as long as the exposure asks, at most 10 ms, and 33 ms from a gain of 4 on"),
        Property("iso", .number(.none), typical: 100...25_600, allowed: 100...1e6, "amplification, 100 for none; without, as much as the exposure asks"),
        Property("exposure_delay", .number(.time), default: "0 s", typical: 0...5, allowed: 0...600, "time constant with which automatic exposure follows the light"),
        Property("line_time", .number(.time), default: "0 us", typical: 0...5e-5, allowed: 0...1e-3, "rolling shutter: time between neighbouring rows, the middle row at the stamp"),
        Property("motion_blur", .truth, default: "false", "things smear along their motion while the shutter is open"),
        Property("glare", .number(.none), default: "0 %", typical: 0...0.05, allowed: 0...0.5, "share of light that the lens scatters about its source"),
        Property("flare", .number(.none), default: "0", typical: 0...1e-3, allowed: 0...0.1, "brightness of ghosts mirrored through the picture's centre, beside their source"),
        Property("vignetting", .truth, default: "false", "corners stay as dark as the lens makes them"),
        Property("white_balance", .number(.temperature), unit: "K", typical: 2000...15_000, allowed: 1667...25_000, "colour temperature that comes out grey; without, it follows the light"),
        Property("noise", .truth, default: "true", "the sensor adds shot, dark and read noise and its fixed pattern; false: the mean electrons, counted"),
        Property("denoise", .truth, default: "true", "pictures taken with a gain above 2 are smoothed where the noise allows, as a camera's processor does"),
        Property("highlights", .truth, default: "true", "coloured lights brighter than white keep their hue; false: every primary clips by itself"),
        Property("black_level", .number(.none), default: "64", typical: 0...512, allowed: 0...4096, "counts of a black picture; must fit the converter"),
        Property(
            "output", .words(CameraEffects.Output.allCases.map(\.rawValue)), default: "srgb8",
            "what is written: 8-bit sRGB PNG, 12-bit linear in 16-bit PNG, JPEG, or raw RGGB counts in 16-bit PNG"),
        Property("quality", .number(.none), default: "92", allowed: 1...100, "of a JPEG"),
    ]
}
