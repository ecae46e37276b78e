import Foundation
import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import Synchronization
import TestKit
import Testing

@Suite struct RebuildTests {
    private typealias Model = View<Tally<First>>
    private let folder: TemporaryFolder
    private let source = MemorySource(someRoles(3_000), pageMax: 500)

    init() throws { folder = try TemporaryFolder() }

    @Test func `a rebuild that is cancelled leaves the live one and no folder`() throws {
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        let digest = try view.settled(at: 3_000)
        #expect(throws: Cancelled.self) {
            try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { true })
        }
        #expect(try generations(in: folder) == ["1"])
        #expect(try view.settled(at: 3_000) == digest)
    }

    @Test func `verifying compares and leaves everything as it is`() throws {
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.settled(at: 3_000)
        let outcome = try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isEqual)
        #expect(!outcome.isSwitched)
        #expect(try generations(in: folder) == ["1"])
    }

    @Test func `verifying finds a row that was changed behind its back, and a rebuild sets it right`() throws {
        let view = try Model(dataDirectory: folder.path, source: source)
        let digest = try view.settled(at: 3_000)
        view.stop()
        try tamper()
        let again = try Model(dataDirectory: folder.path, source: source)
        defer { again.stop() }
        let found = try again.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
        #expect(!found.isEqual)
        #expect(found.newDigest == digest)
        _ = try again.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(try again.settled(at: 3_000) == digest)
        #expect(try generations(in: folder) == ["2"])
    }

    /// Changes one row, checksum and all.
    private func tamper() throws {
        let path = folder.child("views/Tally/1")
        let environment = try Environment(path: path, options: .init(mapSizeBytes: 64 << 30, tablesMax: 32))
        let opener = TableOpener(try environment.beginWrite())
        let tally = try Tally<First>(opener)
        try opener.commit()
        try environment.write { try tally.numbers.put(3, .with { $0.id = 4 }, in: $0) }
    }

    @Test func `a rebuilt one serves after a restart`() throws {
        let view = try Model(dataDirectory: folder.path, source: source)
        _ = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        let digest = try view.settled(at: 3_000)
        view.stop()
        let again = try Model(dataDirectory: folder.path, source: source)
        defer { again.stop() }
        #expect(again.position == 3_000)
        #expect(try again.digest().digest == digest)
        #expect(try generations(in: folder) == ["2"])
    }

    @Test func `readers see whole rows of one position while generations are switched`() throws {
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        let isOver = Mutex(false)
        let reads = Mutex(0)
        let torn = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            if worker == 0 {
                for round in 0..<5 {
                    let next = Int(source.size)
                    source.append(Array(someRoles(next + 10).suffix(10)))
                    _ = try? view.rebuild(verifyOnly: round == 2, progress: { _ in }, isCancelled: { false })
                }
                isOver.withLock { $0 = true }
                return
            }
            var last: UInt64 = 0
            repeat {
                let seen = try? view.read { tally, transaction in
                    let count = try tally.count.get(0, in: transaction)?.id ?? 0
                    var rows = 0
                    try tally.numbers.scanAll(in: transaction) { _, _ in
                        rows += 1
                        return .next
                    }
                    return (count, rows)
                }
                // Never back, never without its rows, and never an error.
                if let seen, seen.0 >= last, seen.0 == 0 || seen.1 > 0 {
                    last = seen.0
                } else {
                    torn.withLock { $0 += 1 }
                }
                reads.withLock { $0 += 1 }
            } while !isOver.withLock { $0 }
        }
        #expect(torn.withLock { $0 } == 0)
        #expect(reads.withLock { $0 } >= 3)
        #expect(try view.settled(at: 3_050) == AsOfTests.digest(of: source, at: 3_050))
        #expect(try generations(in: folder) == ["5"])
    }
}
