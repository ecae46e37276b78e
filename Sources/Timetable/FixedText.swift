/// Reads and writes the fixed shapes of ISO 8601 byte by byte, so that nothing but ASCII digits and the named separators
/// passes.
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

    /// A text of `count` ASCII characters, all of which `write` puts in their places.
    static func text(count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Void) -> String {
        String(unsafeUninitializedCapacity: count) { buffer in
            write(buffer)
            return count
        }
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Puts `value` in decimal, filled with zeros on the left, at `range`, which is wide enough for it.
    func put(_ value: Int, at range: Range<Int>) {
        var rest = value
        for offset in range.reversed() {
            self[offset] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    func put(_ separator: Unicode.Scalar, at offset: Int) { self[offset] = UInt8(ascii: separator) }
}
