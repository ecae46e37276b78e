import Foundation
import SwiftProtobuf
import Testing

@testable import Schema

/// SplitMix64: small, and the same everywhere for one seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct FuzzTests {
    private static let seeds = [
        #"{"anInt32":-1,"anInt64":-9223372036854775808,"aUint64":18446744073709551615,"flag":false,"start":"a\u00e9\ud83d\ude00"}"#,
        #"{"inner":{"inner":{"words":["a","b"]}},"list":[{"far":1},{"colour":"red"}],"content":"AP8=","neither":{}}"#,
        #"{"numbers":[1,2,3],"colours":["red","dark_blue"],"signedNumbers":[-1],"flags":[true],"contents":["AA=="]}"#,
    ]
    private static let snippets = [
        "{", "}", "[", "]", "\"", ":", ",", "null", "-", "0", "1e9", "\\u0000", "\\ud800", "\"far\":1",
        "99999999999999999999",
        "\u{FEFF}", "\\", "true", "\"flag\":", "[[[[[[[[", "{\"inner\":{\"inner\":", "0.0",
    ].map(\.bytes)

    /// One to four cuts, doublings, insertions and changed bytes.
    private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, at + Int.random(in: 1...9, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(at..<end)
            case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
            case 3: bytes.insert(contentsOf: Self.snippets.randomElement(using: &random) ?? [], at: at)
            default: bytes.removeLast(bytes.count - at)
            }
        }
        return bytes
    }

    @Test func `mutated JSON is read or refused, and what is read comes back the same`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(state: seed)
        var read = 0
        for round in 0..<20_000 {
            let bytes = mutated(Self.seeds[round % Self.seeds.count].bytes, &random)
            guard let message = try? JSONReader.decode(EveryKind.self, from: bytes, descriptors: testSchema) else {
                continue
            }
            read += 1
            let again = try JSONReader.decode(
                EveryKind.self, from: try JSONWriter.encode(message), descriptors: testSchema)
            #expect(again == message, "seed \(seed)")
            #expect(CanonicalWriter.bytes(of: again) == CanonicalWriter.bytes(of: message), "seed \(seed)")
            let wire: [UInt8] = try message.serializedBytes()
            let binary = try ProtobufReader.decode(EveryKind.self, from: wire, descriptors: testSchema)
            #expect(binary == message, "seed \(seed)")
        }
        // Otherwise the mutations would be too wild to reach the second half of the test.
        #expect(read > 100, "seed \(seed)")
    }

    @Test func `mutated Protobuf is read or refused, and holds nothing unknown when read`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(state: seed)
        let originals: [[UInt8]] = try Self.seeds.map { json in
            try JSONReader.decode(EveryKind.self, from: json.bytes, descriptors: testSchema).serializedBytes()
        }
        for round in 0..<20_000 {
            let bytes = mutated(originals[round % originals.count], &random)
            guard let message = try? ProtobufReader.decode(EveryKind.self, from: bytes, descriptors: testSchema) else {
                continue
            }
            // An unknown enum value or field would make the JSON of the message unreadable, or lose it.
            let again = try JSONReader.decode(
                EveryKind.self, from: try JSONWriter.encode(message), descriptors: testSchema)
            #expect(again == message, "seed \(seed)")
        }
    }

    @Test func `mutated records are read or refused`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(state: seed)
        let original = try RecordWriter.encode(header: sampleHeader(), event: sampleBooking())
        for _ in 0..<20_000 {
            guard let view = try? RecordView(mutated(original, &random)) else { continue }
            guard let recorded = try? view.recorded(at: 1) else { continue }
            let header = try view.header()
            #expect(header.unknownFields.data.isEmpty, "seed \(seed)")
            #expect(recorded.header == RecordHeader(header), "seed \(seed)")
        }
    }
}
