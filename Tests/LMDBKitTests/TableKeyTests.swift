import LMDBKit
import Testing

struct TableKeyTests {
    private func order(_ left: some TableKey, _ right: some TableKey) -> Bool {
        left.keyBytes.lexicographicallyPrecedes(right.keyBytes)
    }

    @Test func `the order of keys is the order of numbers`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let edges: [Int64] = [.min, .min + 1, -256, -1, 0, 1, 255, 256, .max - 1, .max]
        for left in edges { for right in edges { #expect(order(left, right) == (left < right)) } }
        for _ in 0..<10_000 {
            let left = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random)
            let right = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random)
            #expect(order(left, right) == (left < right), "seed \(seed)")
            let (unsignedLeft, unsignedRight) = (UInt64(bitPattern: left), UInt64(bitPattern: right))
            #expect(order(unsignedLeft, unsignedRight) == (unsignedLeft < unsignedRight), "seed \(seed)")
        }
        #expect(order(UInt8(1), UInt8(2)) && !order(UInt8(2), UInt8(1)))
    }

    @Test func `the first of a pair decides before the second, and text comes last`() {
        let keys = [
            Pair(Int64(-1), Pair(UInt64(9), "z")), Pair(Int64(0), Pair(UInt64(1), "")),
            Pair(Int64(0), Pair(UInt64(1), "a")),
            Pair(Int64(0), Pair(UInt64(1), "aa")), Pair(Int64(0), Pair(UInt64(1), "é")),
            Pair(Int64(0), Pair(UInt64(2), "a")),
            Pair(Int64(7), Pair(UInt64(0), "")),
        ]
        for (left, right) in zip(keys, keys.dropFirst()) { #expect(order(left, right)) }
        for key in keys {
            #expect(key.keyBytes.withUnsafeBytes { Pair<Int64, Pair<UInt64, String>>(keyBytes: $0) } == key)
        }
    }

    @Test func `bytes that are no key are refused`() {
        let short: [UInt8] = [1, 2, 3]
        short.withUnsafeBytes {
            #expect(UInt64(keyBytes: $0) == nil)
            #expect(Int64(keyBytes: $0) == nil)
            #expect(UInt8(keyBytes: $0) == nil)
            #expect(Pair<UInt8, UInt64>(keyBytes: $0) == nil)
        }
        [UInt8](repeating: 0, count: 9).withUnsafeBytes { #expect(UInt64(keyBytes: $0) == nil) }
        ([0xC3, 0x28] as [UInt8]).withUnsafeBytes { #expect(String(keyBytes: $0) == nil) }
    }
}

/// SplitMix64, with a seed that a failing test prints.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
