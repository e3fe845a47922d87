import SquallFrames
import SquallMath

/// 1 mm/h in SI, for the usual ranges of rain.
private let millimetresPerHour = 1e-3 / 3600

extension Schema {
    /// Every kind of block with its properties.
    public static let blocks: [Block] = [
        Block("world", within: ["scene"], "where and when", [
            Property("road", .network, "the road network to stand on; a bare plane without one"),
            Property(
                "surroundings", .words(Surroundings.allCases.map(\.rawValue)), default: "open",
                "what lies beside the roads, of which there must be some: trees, houses, lamps and parked cars near them are objects; open has fields and far woods only, bare nothing"),
            Property("place", .geo, default: "geo(52.52 deg, 13.405 deg)", "latitude and longitude, for the sun"),
            Property("start", .moment, default: "2026-06-21 at 12:00", "local date and time at the start; local is UTC + longitude / 15 deg in whole hours (rounded) unless zone is set"),
            Property("zone", .number(.time), allowed: -50400...50400, "local time minus UTC"),
        ]),
        Block("weather", within: ["scene"], "the one weather every sensor and tyre sees", [
            Property("temperature", .timed(.temperature), default: "15 degC", typical: 213.15...333.15, allowed: 0...1000, "air temperature"),
        ]),
        Block("rain", within: ["weather"], "falling rain", [
            Property("rate", .timed(.speed), default: "0 mm/h", typical: 0...(200 * millimetresPerHour), allowed: 0...1, "rain rate; heavy rain is 10 to 50 mm/h"),
        ]),
        Block("fog", within: ["weather"], "fog around the whole scene", [
            Property("visibility", .timed(.length), typical: 5...100_000, allowed: 0.1...1e9, required: true, "meteorological optical range (5 % contrast)"),
            Property(
                "height", .number(.length), typical: 0.5...10_000, allowed: 0.01...1e9,
                "scale height: the fog thins by 1/e over it, counted from the ground where the ego starts; uniform without"),
        ]),
        Block("wind", within: ["weather"], "wind at 10 m", [
            Property("speed", .timed(.speed), default: "0 m/s", typical: 0...60, allowed: 0...500, "mean speed"),
            Property("from", .timed(.angle), default: "0 deg", "where it comes from, clockwise from north"),
            Property("gust", .number(.speed), default: "0 m/s", typical: 0...60, allowed: 0...500, "how far gusts swing around the mean"),
        ]),
        Block("sky", within: ["weather"], "clouds and haze", [
            Property("cover", .timed(.none), default: "0 %", allowed: 0...1, "share of the sky that is clouded"),
            Property("turbidity", .number(.none), default: "3", typical: 2...10, allowed: 1...100, "2 very clear, 3 average, 6 hazy"),
        ]),
        Block("road", within: ["weather"], "the road's state apart from the rain that falls on it", [
            Property("drainage", .words(["good", "designed", "poor"]), default: "designed", "how well water runs off"),
            Property("texture", .number(.length), default: "0.5 mm", typical: 1e-4...5e-3, allowed: 0...0.1, "mean texture depth of the surface"),
            Property("water", .number(.length), default: "0 mm", typical: 0...0.05, allowed: 0...1, "standing water on top of the film the rain gives"),
            Property("wetness", .number(.none), default: "0 %", allowed: 0...1, "dampness of the surface before any rain"),
        ]),
        Block("snow", within: ["weather"], future: true, "falling snow"),
        Block("dust", within: ["weather"], future: true, "dust and sand"),
        Block("smoke", within: ["weather"], future: true, "smoke from a place"),
        Block("hail", within: ["weather"], future: true, "hail"),
        Block("traffic", within: ["scene"], "other vehicles around the ego", [
            Property("count", .number(.none), allowed: 0...1000, required: true, "how many"),
            Property("within", .vicinity, default: "250 m of ego", "how far from whom, along the road"),
            Property("kinds", .archetype, default: "pick(sedan: 6, van: 2, semi: 1)", "drawn for each vehicle"),
            Property("speed", .number(.speed), default: "normal(80 km/h, 10 km/h) within 30 km/h ... 130 km/h", typical: 0...70, allowed: 0...150, "drawn for each vehicle"),
            Property("gap", .number(.length), default: "8 m", typical: 1...500, allowed: 0...10_000, "least free length between vehicles at the start"),
            Property("headway", .number(.time), default: "1.5 s", typical: 0.3...10, allowed: 0.05...100, "time gap each vehicle keeps"),
        ]),
        Block("record", within: ["scene"], "what is recorded", [
            Property("duration", .number(.time), default: "4 s", typical: 0...600, allowed: 0...36_000, "length of an episode"),
            Property("rate", .number(.frequency), default: "5 Hz", typical: 0.1...60, allowed: 0.001...240, "frames per second"),
            Property("ego", .actor, "whose rig records, when several carry one"),
        ]),
        Block("dataset", within: ["scene"], "the shape of the dataset", [
            Property("samples", .number(.none), allowed: 1...Double(SceneLimit.samples.value), "how many episodes: a fixed whole number, or a param"),
            Property("split", .shares, default: "[train: 1]", "shares of the splits; every sample falls into one by its index"),
            Property("sampler", .words(["random", "sobol", "halton", "latin_hypercube", "grid"]), default: "random", "only random in this version"),
            Property("cover", .truth, future: true, "covering arrays over named draws"),
        ]),
        Block("labels", within: ["scene"], "which labels are written", [
            Property("use", .wordList(labelWords), "only these, all without it; boxes are all facts about objects, points the lidar clouds, pictures in colour are always written"),
        ]),
        cameraBlock, lidarBlock,
        Block("radar", within: ["rig"], named: true, future: true, "a radar"),
        Block("imu", within: ["rig"], named: true, future: true, "an inertial unit"),
        Block("gnss", within: ["rig"], named: true, future: true, "a satellite receiver"),
        actorBlock,
    ]

    public static let labelWords = LabelSelection.words

    private static let mountProperties = [
        Property("mount", .vector(.length), default: "(0 m, 0 m, 1.6 m)", "position in the carrier's frame: forward, left, up from the ground below the rear axle"),
        Property("turn", .vector(.angle), default: "(0 deg, 0 deg, 0 deg)", "yaw to the left, pitch down, roll to the right"),
    ]

    private static let cameraBlock = Block("camera", within: ["rig"], named: true, "a camera", mountProperties + [
        Property(
            "rate", .number(.frequency), default: "10 Hz", typical: 1...120, allowed: 0.01...240,
            "captures per second; slower than the record: on every second, third, ... frame; else on every frame. Without, 10 Hz, or the record's rate if that is higher"),
        Property("resolution", .resolution, default: "(1280, 720)", "width and height in pixels"),
        Property("fov", .number(.angle), default: "70 deg", typical: 0.05...3.32, allowed: 0.001...3.32, "horizontal field of view; more than 172 deg through a fisheye alone"),
        Property("focal", .number(.none), typical: 50...20_000, allowed: 1...1e6, "focal length in pixels; instead of fov"),
        Property(
            "exposure", .number(.none), typical: -4...18, allowed: -20...30,
            "exposure value at ISO 100; without it the camera meters, unless shutter and iso are both set: one of them alone leaves the other to the camera"),
        Property("f_number", .number(.none), default: "2", typical: 0.9...22, allowed: 0.1...1000, "aperture"),
        Property("pixel_pitch", .number(.length), default: "3 um", typical: 5e-7...3e-5, allowed: 1e-8...1e-3, "distance of pixels on the sensor"),
        Property("quantum_efficiency", .number(.none), default: "60 %", allowed: 0...1, "electrons per photon"),
        Property("full_well", .number(.none), default: "10000", typical: 500...200_000, allowed: 1...1e8, "electrons a pixel holds"),
        Property("dark_noise", .number(.none), default: "2.5", typical: 0...50, allowed: 0...1e5, "read noise in electrons"),
        Property("non_uniformity", .number(.none), default: "1 %", allowed: 0...1, "photo response non-uniformity"),
        Property("dark_current", .number(.frequency), default: "5 Hz", allowed: 0...1e7, "dark electrons per second"),
        Property("bits", .number(.none), default: "12", allowed: 8...16, "depth of the converter"),
    ] + lensProperties + effectProperties)

    private static let lidarBlock = Block("lidar", within: ["rig"], named: true, "a spinning lidar", mountProperties + [
        Property(
            "rate", .number(.frequency), default: "10 Hz", allowed: LidarModel.turnRates,
            "turns per second; slower than the record: on every second, third, ... frame; else on every frame. Without, 10 Hz, or what goes with a faster record"),
        Property("model", .words(LidarModel.knownNames), default: "hdl64e", "its data sheet"),
        Property("returns", .number(.none), allowed: 1...2, "returns per firing; the model's own without"),
    ])

    private static let actorBlock = Block("actor", within: [], named: true, "someone or something in the scene", [
        Property("place", .place, required: true, "where it starts"),
        Property("speed", .number(.speed), default: "0 m/s", typical: 0...70, allowed: -30...150, "speed along its heading at the start"),
        Property("color", .color, "body colour"),
        Property("size", .vector(.length), "length, width, height; the asset's own without"),
        Property("category", .words(categoryWords), "label class; the archetype's own without"),
        Property("fixed", .truth, default: "false", "never moves"),
        Property(
            "lights", .wordList(LightSwitch.allCases.map(\.rawValue)), default: "auto",
            "its lamps: auto follows daylight and weather, the others stay lit (left, right, hazard and beacon flash); brake, reverse and indicator lamps come on top, "
                + "but not when off; auto runs the program of traffic lights, which drivers do not obey yet"),
        Property("holds", .words(Belonging.words), default: Belonging.auto, "in a person's left hand; auto: umbrellas in the rain, now and then a bag"),
        Property("mass", .number(.mass), future: true, "mass of a rigid body"),
    ])
}
