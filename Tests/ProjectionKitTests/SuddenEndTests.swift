import Foundation
import LMDBKit
import ProjectionKit
import Schema
import Synchronization
import TestKit
import Testing

/// A record at which the process ends. Ends are told by what they leave on the disk: the files as they were while the
/// record was in hand, and no mark of an orderly end.
@Suite struct SuddenEndTests {
    private typealias Model = View<Tally<Awkward>>
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var tries: String { folder.child("views/Tally/tries.json") }

    private func source(_ awkward: UInt64) -> MemorySource {
        MemorySource(given((0..<60).map { $0 == 40 ? awkward : $0 % 5 }))
    }

    /// Runs until the awkward record, and leaves the files as an end of the process there would.
    private func endSuddenly(_ awkward: UInt64, _ source: MemorySource) throws {
        let path = tries
        let left = Mutex<Data?>(nil)
        Awkward.trap(awkward) { _ in
            left.withLock { $0 = FileManager.default.contents(atPath: path) }
            throw Awkward.Stumbled()
        }
        let view = try Model(dataDirectory: folder.path, source: source)
        _ = try view.whereStopped()
        view.stop()
        Awkward.trap(awkward, nil)
        try left.withLock { try $0?.write(to: URL(fileURLWithPath: path)) }
        try TrustMark(folder: folder.child("views/Tally/1"), version: 1).markInUse()
    }

    @Test func `a record that ended the process twice is not tried a third time`() throws {
        let source = source(2_001)
        try endSuddenly(2_001, source)
        #expect(!FileManager.default.fileExists(atPath: tries))
        try endSuddenly(2_001, source)
        try endSuddenly(2_001, source)
        let met = Mutex(false)
        Awkward.trap(2_001) { _ in met.withLock { $0 = true } }
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        let stopped = try view.whereStopped()
        #expect(stopped.at == 40)
        #expect(view.position == 40)
        #expect(met.withLock { $0 } == false)
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isSwitched)
        #expect(met.withLock { $0 })
        #expect(!FileManager.default.fileExists(atPath: tries))
        _ = try view.settled(at: 60)
    }

    @Test func `one sudden end is forgotten when the record goes well at last`() throws {
        let source = source(2_002)
        try endSuddenly(2_002, source)
        try endSuddenly(2_002, source)
        #expect(FileManager.default.fileExists(atPath: tries))
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.settled(at: 60)
        #expect(!FileManager.default.fileExists(atPath: tries))
    }

    @Test func `what ended another version of the projector is tried again`() throws {
        let source = source(2_003)
        for _ in 0..<3 { try endSuddenly(2_003, source) }
        let view = try View<Tally<Second>>(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.settled(at: 60)
    }

    @Test func `a mark of tries that is no mark is as none`() throws {
        let source = source(2_004)
        try endSuddenly(2_004, source)
        for text in ["", "{}", "[1,2]", "{\"version\":1,\"position\":-4,\"times\":9}"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: tries))
            let view = try Model(dataDirectory: folder.path, source: source)
            _ = try view.settled(at: 60)
            view.stop()
        }
    }
}
