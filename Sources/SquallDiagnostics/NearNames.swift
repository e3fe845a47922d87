/// Suggestions for misspelt names.
public enum NearNames {
    /// The candidate closest to `name` by Damerau-Levenshtein distance (Damerau 1964; optimal string alignment), nil when none
    /// is near enough to be what the author meant: at most a third of the letters may differ. Ties go to the earlier candidate.
    public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        let limit = max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let d = distance(wanted, Array(candidate.lowercased().utf8.prefix(64)), limit: limit)
            if let d, d < best?.distance ?? Int.max { best = (candidate, d) }
        }
        return best?.name
    }

    /// `did you mean 'x'?` or nil.
    public static func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: name, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// The edit distance with swaps of neighbours, nil when above `limit`.
    package static func distance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
        if abs(a.count - b.count) > limit { return nil }
        var before = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var d = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { d = min(d, before[j - 1] + 1) }
                row.append(d)
            }
            (before, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}
