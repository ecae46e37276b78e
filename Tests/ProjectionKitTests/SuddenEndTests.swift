import Foundation
import LMDBKit
import ProjectionKit
import Schema
import Synchronization
import TestKit
import Testing

/// A record that is in hand when the process ends. Ends are told by what they leave on the disk: the file as it was while
/// the record was in hand, and no mark of an orderly end.
@Suite struct SuddenEndTests {
    private typealias Model = View<Tally<Awkward>>
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var inHand: String { folder.child("views/Tally/in-hand") }

    private func source(_ awkward: UInt64) -> MemorySource {
        MemorySource(given((0..<60).map { $0 == 40 ? awkward : $0 % 5 }))
    }

    enum Cause: UInt64, CaseIterable {
        case kill, crash

        /// Cases of one test run beside each other, each with an awkward member of staff of its own.
        func own(_ awkward: UInt64) -> UInt64 { 100 * rawValue + awkward }
    }

    /// Runs until the awkward record, and leaves the files as an end of the process there would.
    private func endSuddenly(_ awkward: UInt64, _ source: MemorySource, by cause: Cause) throws {
        let path = inHand
        let left = Mutex<Data?>(nil)
        Awkward.trap(awkward) { _ in
            left.withLock { $0 = FileManager.default.contents(atPath: path) }
            throw Awkward.Stumbled()
        }
        let view = try Model(dataDirectory: folder.path, source: source)
        let stopped = try view.whereStopped()
        view.stop()
        Awkward.trap(awkward, nil)
        try #require(stopped.reason == "Stumbled", "it was tried")
        var data = try #require(left.withLock { $0 })
        // The number of the signal, as the handler writes it.
        if cause == .crash { data[28] = UInt8(SIGILL) }
        try data.write(to: URL(fileURLWithPath: path))
        try TrustMark(folder: folder.child("views/Tally/1"), version: 1).markInUse()
    }

    /// The view, held to refuse the record without having met it.
    private func refusing(_ awkward: UInt64, _ source: MemorySource, reason: String) throws -> Model {
        Awkward.trap(awkward) { _ in Issue.record("it was tried again") }
        let view = try Model(dataDirectory: folder.path, source: source)
        let stopped = try view.whereStopped()
        #expect(stopped.at == 40)
        #expect(stopped.reason == reason)
        #expect(view.position == 40)
        Awkward.trap(awkward, nil)
        return view
    }

    @Test func `a record at which the projector crashed twice is not tried a third time, until a rebuild`() throws {
        let source = source(2_001)
        for _ in 0..<2 { try endSuddenly(2_001, source, by: .crash) }
        // Nor at any later start.
        for _ in 0..<2 { try refusing(2_001, source, reason: "the process crashed here twice").stop() }
        let view = try refusing(2_001, source, reason: "the process crashed here twice")
        defer { view.stop() }
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isSwitched)
        _ = try view.settled(at: 60)
    }

    @Test(arguments: Cause.allCases)
    func `an end while rows are written counts for the first record of the transaction, and only if it is a crash`(
        _ cause: Cause
    ) throws {
        let awkward = cause.own(2_008)
        let source = source(awkward)
        for _ in 0..<(cause == .crash ? 2 : 5) {
            try endSuddenly(awkward, source, by: cause)
            var data = try #require(FileManager.default.contents(atPath: inHand))
            // The position and the stage, as they are while the rows of the first forty are written.
            data[16] = 0
            data[24] = 1
            try data.write(to: URL(fileURLWithPath: inHand))
            try FileManager.default.removeItem(atPath: folder.child("views/Tally/1"))
        }
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        if cause == .crash {
            let stopped = try view.whereStopped()
            #expect(stopped.at == 0)
            #expect(stopped.reason == "the process crashed here twice")
        } else {
            _ = try view.settled(at: 60)
        }
    }

    @Test func `kills while one harmless record was in hand stop no projector`() throws {
        let source = source(2_002)
        for _ in 0..<4 { try endSuddenly(2_002, source, by: .kill) }
        let view = try Model(dataDirectory: folder.path, source: source)
        _ = try view.settled(at: 60)
        view.stop()
        // Having gone well it begins anew.
        try FileManager.default.removeItem(atPath: folder.child("views/Tally/1"))
        for _ in 0..<4 { try endSuddenly(2_002, source, by: .kill) }
        let again = try Model(dataDirectory: folder.path, source: source)
        defer { again.stop() }
        _ = try again.settled(at: 60)
    }

    @Test func `a record that was in hand at five ends in a row is not tried again, whatever the cause`() throws {
        let source = source(2_003)
        for _ in 0..<5 { try endSuddenly(2_003, source, by: .kill) }
        try refusing(2_003, source, reason: "the process ended here 5 times").stop()
    }

    @Test(arguments: Cause.allCases)
    func `what was in hand at another record before does not count`(_ cause: Cause) throws {
        let awkward = cause.own(2_004)
        let source = source(awkward)
        for _ in 0..<(cause == .crash ? 1 : 4) { try endSuddenly(awkward, source, by: cause) }
        var data = try #require(FileManager.default.contents(atPath: inHand))
        // The position in hand, of the one before.
        data[16] = 39
        try data.write(to: URL(fileURLWithPath: inHand))
        try endSuddenly(awkward, source, by: cause)
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.settled(at: 60)
    }

    @Test func `what ended another version of the projector is tried again`() throws {
        let source = source(2_005)
        for _ in 0..<2 { try endSuddenly(2_005, source, by: .crash) }
        let view = try View<Tally<Second>>(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.settled(at: 60)
    }

    @Test func `a file of other contents is as none`() throws {
        let source = source(2_006)
        try endSuddenly(2_006, source, by: .crash)
        for data in [Data(), Data("{}".utf8), Data(repeating: 7, count: 56), Data(repeating: 40, count: 1_000)] {
            try data.write(to: URL(fileURLWithPath: inHand))
            let view = try Model(dataDirectory: folder.path, source: source)
            _ = try view.settled(at: 60)
            view.stop()
        }
    }

    @Test func `where no file can be made it goes on without`() throws {
        try FileManager.default.createDirectory(atPath: inHand, withIntermediateDirectories: true)
        let view = try Model(dataDirectory: folder.path, source: source(2_007))
        defer { view.stop() }
        _ = try view.settled(at: 60)
    }
}
