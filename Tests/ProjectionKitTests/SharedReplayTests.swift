import Foundation
import ProjectionKit
import Schema
import Synchronization
import TestKit
import Testing

/// Several readers of one pass over a log, each on a thread of its own.
@Suite struct SharedReplayTests {
    /// Counts what is read of another.
    private final class Counting: RecordSource {
        let inner: MemorySource
        private let counted = Mutex(0)
        init(_ inner: MemorySource) { self.inner = inner }

        var records: Int { counted.withLock { $0 } }
        var size: UInt64 { inner.size }

        func read(from start: UInt64, upTo end: UInt64, _ body: (Recorded) throws -> Void) throws -> UInt64 {
            try inner.read(from: start, upTo: end) { recorded in
                counted.withLock { $0 += 1 }
                try body(recorded)
            }
        }

        func wait(past size: UInt64, timeout: Duration, unless isCalledOff: () -> Bool) -> UInt64 {
            inner.wait(past: size, timeout: timeout, unless: isCalledOff)
        }

        func nudge() { inner.nudge() }
    }

    /// What each reader has seen, or the error that it met.
    private func run(
        _ readers: [SharedReplay.Reader], upTo end: UInt64,
        _ meet: @escaping @Sendable (Int, UInt64) throws -> Void = { _, _ in }
    ) -> [Result<[UInt64], any Error>] {
        let found = Mutex<[Int: Result<[UInt64], any Error>]>([:])
        let group = DispatchGroup()
        for (number, reader) in readers.enumerated() {
            group.enter()
            Thread {
                let result = Result {
                    var seen: [UInt64] = []
                    var position: UInt64 = 0
                    while position < end {
                        position = try reader.read(from: position, upTo: end) {
                            try meet(number, $0.position)
                            seen.append($0.position)
                        }
                    }
                    return seen
                }
                reader.leave()
                found.withLock { $0[number] = result }
                group.leave()
            }.start()
        }
        group.wait()
        return found.withLock { found in readers.indices.compactMap { found[$0] } }
    }

    @Test func `every reader sees every record once and in order, and the log is read once`() throws {
        let source = Counting(MemorySource(someRoles(20_000), pageMax: 300))
        let found = run(SharedReplay(source).readers(5), upTo: 20_000)
        for seen in found { #expect(try seen.get() == Array(0..<20_000)) }
        // What does not fill a page is read by each alone.
        #expect(source.records == 20_000 / 256 * 256 + 5 * (20_000 % 256))
    }

    @Test func `a reader that ends keeps nobody waiting`() throws {
        struct Enough: Error {}
        let found = run(SharedReplay(MemorySource(someRoles(40_000), pageMax: 300)).readers(3), upTo: 40_000) {
            if $0 == 1, $1 == 100 { throw Enough() }
        }
        #expect(throws: Enough.self) { try found[1].get() }
        #expect(try found[0].get().count == 40_000)
        #expect(try found[2].get().count == 40_000)
    }

    @Test func `a record that cannot be read is met by everybody`() throws {
        let source = MemorySource(someRoles(2_000), pageMax: 300, damaged: 700)
        for result in run(SharedReplay(source).readers(4), upTo: 2_000) {
            #expect(throws: MemorySource.Damaged.self) { try result.get() }
        }
    }

    @Test func `what comes after it has begun is read too, and a reader may begin again`() throws {
        let source = MemorySource(someRoles(1_000), pageMax: 300)
        let replay = SharedReplay(source)
        source.append(Array(someRoles(1_500).suffix(500)))
        let readers = replay.readers(2)
        for _ in 0..<2 {
            for seen in run(readers, upTo: 1_500) { #expect(try seen.get() == Array(0..<1_500)) }
        }
    }

    @Test func `read models that are rebuilt abreast are those that are rebuilt alone`() throws {
        let folders = try (0..<3).map { _ in try TemporaryFolder() }
        let source = MemorySource(someRoles(3_000), pageMax: 500)
        let views = try folders.map { try View<Tally<First>>(dataDirectory: $0.path, source: source) }
        defer { for view in views { view.stop() } }
        let digest = try views[0].settled(at: 3_000)
        let outcomes = Mutex<[RebuildOutcome]>([])
        let readers = SharedReplay(source).readers(3)
        let group = DispatchGroup()
        for (view, reader) in zip(views, readers) {
            group.enter()
            Thread {
                let outcome = try? view.rebuild(
                    verifyOnly: false, from: reader, progress: { _ in }, isCancelled: { false })
                reader.leave()
                if let outcome { outcomes.withLock { $0.append(outcome) } }
                group.leave()
            }.start()
        }
        group.wait()
        let found = outcomes.withLock { $0 }
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.isEqual && $0.isSwitched && $0.newDigest == digest })
    }
}
