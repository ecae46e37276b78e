/// Finds what somebody probably meant.
enum NearestWord {
    /// The closest candidate, when it is close enough to be meant: same but for case and underscores, or a typing slip
    /// in every third letter at most.
    static func find(_ word: String, among candidates: [String]) -> String? {
        guard word.utf8.count <= 64 else { return nil }
        let plain = folded(word)
        if let same = candidates.first(where: { folded($0) == plain }) { return same }
        let allowed = min(3, max(1, plain.count / 3))
        let measured = candidates.map { (word: $0, distance: distance(plain, folded($0))) }
        guard let best = measured.min(by: { $0.distance < $1.distance }), best.distance <= allowed else { return nil }
        return best.word
    }

    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") && $0 != 0x20 }
    }

    /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
