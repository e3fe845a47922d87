import SquallMath

/// Which archetype stands for a signal of a road file: German numbers (StVO catalogue, as OpenDRIVE files of most countries use them), the
/// numbers of traffic lights, and plain words.
enum SignalKind {
    /// - Returns: `sign`, a blank plate, for what no face is drawn of.
    /// - Parameters:
    ///   - value: the number on a sign, as the file gives it.
    ///   - name: tried word by word when the numbers say nothing.
    static func archetype(type: String, subtype: String, value: Double?, name: String) -> String {
        // "274-50" and "274.1" come in one piece too.
        let parts = type.split { $0 == "-" || $0 == "." }.map(String.init)
        let number = parts.first ?? type
        let sub = subtype.isEmpty || subtype == "-1" ? (parts.count > 1 && type.contains("-") ? parts.last ?? "" : "") : subtype
        if number == "274", let limit = limit(sub, value) { return limit }
        if number == "330" { return sub == "2" || type == "330.2" ? "sign_motorway_end" : "sign_motorway" }
        if let pair = pairs["\(number)-\(sub)"] { return pair }
        if let single = numbers[number] { return single }
        let lower = "\(type) \(name)".lowercased()
        if let hit = words.first(where: { lower.contains($0.word) }) { return hit.archetype }
        return blank
    }

    static let blank = "sign"

    /// A limit from its value, from the catalogue since 2017 (274-50 is 50 km/h) or from the one before (274-56 is 60 km/h); nil for a number that no
    /// sign here has.
    private static func limit(_ subtype: String, _ value: Double?) -> String? {
        var speed = value.map { Int($0.clamped(to: 0...1000)) } ?? 0
        if speed == 0, let number = Int(subtype) {
            speed = number % 10 == 0 ? number : (51...63).contains(number) ? (number - 50) * 10 : 0
        }
        return (10...130).contains(speed) && speed % 10 == 0 ? "sign_speed_\(speed)" : nil
    }

    private static let pairs: [String: String] = [
        "103-10": "sign_bend_left", "103-20": "sign_bend_right", "105-10": "sign_double_bend", "105-20": "sign_double_bend", "209-10": "sign_turn_left",
        "209-20": "sign_turn_right", "209-30": "sign_ahead", "211-10": "sign_left", "211-20": "sign_right", "222-10": "sign_keep_left", "222-20": "sign_keep_right",
        "625-10": "sign_chevron_left", "625-20": "sign_chevron_right", "1000001--1": "traffic_light",
    ]

    private static let numbers: [String: String] = [
        "101": "sign_danger", "102": "sign_crossroads", "103": "sign_bend_right", "105": "sign_double_bend", "114": "sign_slippery", "123": "sign_roadworks",
        "131": "sign_traffic_lights", "133": "sign_pedestrians", "136": "sign_children", "142": "sign_deer", "205": "sign_yield", "206": "sign_stop", "209": "sign_turn_right",
        "211": "sign_right", "215": "sign_roundabout", "220": "sign_one_way", "222": "sign_keep_right", "224": "sign_bus_stop", "237": "sign_cycle_path", "239": "sign_foot_path",
        "250": "sign_no_vehicles", "267": "sign_no_entry", "276": "sign_no_overtaking", "282": "sign_end_of_limits", "283": "sign_no_stopping", "286": "sign_no_parking",
        "301": "sign_priority", "306": "sign_priority_road", "310": "sign_town", "314": "sign_parking", "350": "sign_crosswalk", "357": "sign_dead_end",
        "332": "sign_exit", "333": "sign_exit", "418": "sign_direction", "434": "sign_direction", "438": "sign_direction", "439": "sign_direction", "449": "sign_direction",
        "625": "sign_chevron_right", "1000001": "traffic_light", "1000002": "pedestrian_light", "1000007": "pedestrian_light", "1000009": "traffic_light", "1000011": "traffic_light",
        "1000013": "traffic_light",
    ]

    /// Words of files without numbers, in the order of their precedence.
    private static let words: [(word: String, archetype: String)] = [
        ("pedestrianlight", "pedestrian_light"), ("pedestrian_light", "pedestrian_light"), ("trafficlight", "traffic_light"), ("traffic_light", "traffic_light"),
        ("traffic light", "traffic_light"), ("stop", "sign_stop"), ("yield", "sign_yield"), ("giveway", "sign_yield"), ("roundabout", "sign_roundabout"), ("crosswalk", "sign_crosswalk"),
        ("noentry", "sign_no_entry"), ("priority", "sign_priority_road"), ("parking", "sign_parking"),
    ]
}
