/// A row's own name in its sheet (`Booking ID`, `Chart number`), exactly as written but for white space around it.
///
/// References are compared exactly: letter case and leading zeros count. In order, runs of digits count as numbers, so
/// that `B9` comes before `B10`.
enum Reference {
    static let mostBytes = 64

    static func read(_ text: String) throws(BadReason) -> String {
        if text.isEmpty { throw .noReference }
        guard isUsable(text) else { throw .unusableReference }
        return text
    }

    static func isUsable(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= mostBytes
            && !text.unicodeScalars.contains(where: \.disturbsLines)
    }

    /// A strict total order: by parts, then byte by byte.
    static func precedes(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            if isDigit(left[i]), isDigit(right[j]) {
                let first = digits(left, &i)
                let second = digits(right, &j)
                if first.count != second.count { return first.count < second.count }
                if first != second { return first.lexicographicallyPrecedes(second) }
            } else {
                if left[i] != right[j] { return left[i] < right[j] }
                i += 1
                j += 1
            }
        }
        if i < left.count || j < right.count { return j < right.count }
        return left.lexicographicallyPrecedes(right)
    }

    /// The run of digits from `index` on without its leading zeros; moves `index` past it.
    private static func digits(_ bytes: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
        return bytes[start..<index].drop { $0 == 0x30 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The references that more than one row bears.
    static func usedTwice(_ references: some Sequence<String>) -> Set<String> {
        var seen: Set<String> = []
        var twice: Set<String> = []
        for reference in references where !reference.isEmpty && !seen.insert(reference).inserted {
            twice.insert(reference)
        }
        return twice
    }
}
