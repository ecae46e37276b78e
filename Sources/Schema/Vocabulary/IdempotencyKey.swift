import Foundation
import Synchronization

/// The UUID of a command, chosen by its sender: repeated under the same one, the command has effect once.
///
/// Those made here ascend (RFC 9562, version 7): the table of commands seen then grows at one end, whereas each random one
/// writes a page of its own.
public struct IdempotencyKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let high: UInt64
    public let low: UInt64

    private static let last = Mutex<UInt64>(0)

    /// A new one, greater than every earlier one of this process.
    public static func make() -> IdempotencyKey {
        let nowMs = UInt64(max(0, Date().timeIntervalSince1970 * 1_000))
        var random = SystemRandomNumberGenerator()
        return make(nowMs: nowMs, using: &random)
    }

    static func make(nowMs: UInt64, using random: inout some RandomNumberGenerator) -> IdempotencyKey {
        let sequence = last.withLock { last in
            // Milliseconds, then the 12 bits of rand_a as a counter: RFC 9562, 6.2, method 1.
            last = max(last + 1, (nowMs & 0xFFFF_FFFF_FFFF) << 12)
            return last
        }
        let high = (sequence >> 12) << 16 | 0x7000 | sequence & 0xFFF
        let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return IdempotencyKey(high: high, low: low)
    }

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Any UUID as text, as somebody repeats a command under the key it had.
    public init?(_ text: String) {
        guard let bytes = UUID(uuidString: text)?.uuid else { return nil }
        let high = withUnsafeBytes(of: bytes) { $0.loadUnaligned(as: UInt64.self) }
        let low = withUnsafeBytes(of: bytes) { $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self) }
        self.init(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    }

    /// As in the header, `0193a5c2-7d4e-7c1a-9b0e-5a3f60d1c2e4`.
    public var description: String {
        let digits = Self.hex(high) + Self.hex(low)
        let bounds = [0, 8, 12, 16, 20, 32]
        return zip(bounds, bounds.dropFirst()).map { from, to in
            String(digits.dropFirst(from).prefix(to - from))
        }.joined(separator: "-")
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    public static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
