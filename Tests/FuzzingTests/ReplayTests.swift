import Foundation
import Fuzzing
import Testing

/// The seed corpus and what comes of it by mutation, without libFuzzer; `tools/fuzz` goes further.
@Suite struct ReplayTests {
    /// `DAYBOOK_SEED`, or one of its own.
    private static let seed =
        ProcessInfo.processInfo.environment["DAYBOOK_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)

    /// `DAYBOOK_MUTATIONS`, for a longer look.
    private static let mutations =
        ProcessInfo.processInfo.environment["DAYBOOK_MUTATIONS"].flatMap { Int($0) } ?? 1_000

    @Test(arguments: FuzzTarget.allCases)
    func `what is promised holds for every input of the corpus`(_ target: FuzzTarget) throws {
        let corpus = try Corpus(target)
        var read = 0
        for (name, bytes) in corpus.inputs {
            do {
                if try target.holds(for: bytes) { read += 1 }
            } catch {
                Issue.record("\(target.rawValue)/\(name): \(error)")
            }
        }
        // A corpus that is mostly refused would not lead far.
        #expect(
            corpus.inputs.count >= 10 && 2 * read >= corpus.inputs.count, "\(read) of \(corpus.inputs.count) are read")
    }

    @Test(arguments: FuzzTarget.allCases)
    func `what is promised holds for mutations of the corpus`(_ target: FuzzTarget) throws {
        let seed = Self.seed
        print("seed \(seed)")
        let corpus = try Corpus(target)
        var mutator = Mutator(seed: seed, inputs: corpus.inputs.map(\.bytes), words: try corpus.words())
        var (read, refused) = (0, 0)
        for _ in 0..<Self.mutations {
            let bytes = mutator.next()
            do {
                if try target.holds(for: bytes) { read += 1 } else { refused += 1 }
            } catch {
                Issue.record("seed \(seed): \(error): \(Data(bytes).base64EncodedString())")
                return
            }
        }
        #expect(read > 10 && refused > 10, "seed \(seed): \(read) read, \(refused) refused")
    }

    static let faults: [(FuzzTarget, String)] = [
        (.json, "AddLocation\n{\"name\":\"Zo\\u00eb\"}"), (.protobuf, "AddLocation\n\u{78}\u{01}"),
        (.sheets, "Ref,Name,Born\nC1,\"Ann \"\"A\"\" Berg\",1990-01-02\n"),
    ]

    @Test(arguments: faults)
    func `a reader with a fault breaks what is promised`(target: FuzzTarget, input: String) throws {
        let bytes = Array(input.utf8)
        try target.holds(for: bytes)
        #expect(throws: BrokenPromise.self) { try target.holds(for: bytes, reader: .faulty) }
    }

    @Test func `a record with a field that is unknown breaks what is promised, if it is read`() throws {
        let record = try #require(try Corpus(.records).inputs.first { $0.name == "LocationAdded.bin" }).bytes
        // One byte of the header's length and one of the field more; the header begins behind its tag.
        let length = Int(record[1] & 0x7F) | Int(record[2]) << 7
        var unknown = record
        unknown.insert(contentsOf: [0xF8, 0x07, 0x01], at: 3 + length)
        unknown[1] = UInt8((length + 3) & 0x7F | 0x80)
        unknown[2] = UInt8((length + 3) >> 7)
        #expect(try !FuzzTarget.records.holds(for: unknown))
        #expect(throws: BrokenPromise.self) { try FuzzTarget.records.holds(for: unknown, reader: .faulty) }
    }
}
