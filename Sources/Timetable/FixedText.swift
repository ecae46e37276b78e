/// Reads the fixed shapes of ISO 8601 byte by byte, so that nothing but ASCII digits and the named separators passes.
struct FixedText {
    private let bytes: [UInt8]

    /// Nil unless the text has exactly `count` bytes; longer input is never read further than that.
    init?(_ text: some StringProtocol, count: Int) {
        let bytes = Array(text.utf8.prefix(count + 1))
        guard bytes.count == count else { return nil }
        self.bytes = bytes
    }

    /// The number written at `range`, if every byte there is an ASCII digit.
    func number(_ range: Range<Int>) -> Int? {
        var value = 0
        for byte in bytes[range] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    func has(_ separator: Character, at offset: Int) -> Bool {
        separator.asciiValue == bytes[offset]
    }

    /// `value` in decimal, filled with zeros on the left to `width`.
    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
