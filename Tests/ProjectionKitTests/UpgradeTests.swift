import Dispatch
import Foundation
import LMDBKit
import Schema
import TestKit
import Testing

@testable import ProjectionKit

/// A projector whose version has risen: the rows of the former one serve until those of the present one are built.
@Suite struct UpgradeTests {
    private typealias Former = View<Tally<Awkward>>
    private typealias Present = View<Tally<AwkwardSecond>>
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// 60 records, the 40th of them of `awkward`, in the read model of the former version.
    private func former(_ awkward: UInt64) throws -> (source: MemorySource, digest: String) {
        let source = MemorySource(given((0..<60).map { $0 == 40 ? awkward : $0 % 5 }))
        let view = try Former(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        return (source, try view.settled(at: 60))
    }

    private func present(_ source: MemorySource) throws -> Present {
        try Present(dataDirectory: folder.path, source: source)
    }

    /// Of the present version, once whatever is being built has been.
    private func digest(of view: Present) throws -> String {
        let outcome = try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isEqual)
        return try #require(outcome.newDigest)
    }

    private func digestOfPresent(_ source: MemorySource) throws -> String {
        let other = try TemporaryFolder()
        return try withExtendedLifetime(other) {
            try AsOfCache(directory: other.path, source: source).digest(Tally<AwkwardSecond>.self, at: source.size)
        }
    }

    @Test func `former rows serve, and follow, while the present ones are built`() throws {
        let (source, digest) = try former(4_001)
        let isMet = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        Awkward.trap(4_001) { _ in
            isMet.signal()
            mayGoOn.wait()
        }
        let view = try present(source)
        defer { view.stop() }
        isMet.wait()
        #expect(try view.settled(at: 60) == digest)
        #expect(view.status == .upgrading(progressPermille: view.status.permille ?? -1))
        source.append(given([7]).map { Recorded(position: 60, header: $0.header, type: $0.type, event: $0.event) })
        let number = try view.settled(at: 61)
        #expect(number != digest)
        Awkward.trap(4_001, nil)
        mayGoOn.signal()
        #expect(try self.digest(of: view) == digestOfPresent(source))
        #expect(view.status == .serving)
        #expect(try view.read { tally, transaction in try tally.count.get(0, in: transaction)?.id } == 61)
        #expect(try generations(in: folder) == ["2"])
    }

    @Test func `an end in the middle leaves the former ones, and the next start builds them`() throws {
        let (source, digest) = try former(4_002)
        let isMet = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        Awkward.trap(4_002) { _ in
            isMet.signal()
            mayGoOn.wait()
        }
        let view = try present(source)
        isMet.wait()
        #expect(try view.settled(at: 60) == digest)
        Awkward.trap(4_002, nil)
        let hasStopped = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            view.stop()
            hasStopped.signal()
        }
        // It is told to end before the record goes on.
        while !view.locked({ view.isEnding }) { sched_yield() }
        mayGoOn.signal()
        hasStopped.wait()
        #expect(try generations(in: folder) == ["1"])
        let again = try present(source)
        defer { again.stop() }
        #expect(try self.digest(of: again) == digestOfPresent(source))
    }

    @Test func `a record that the present version cannot fold in stops it there`() throws {
        let (source, _) = try former(4_003)
        Awkward.trap(4_003) { _ in throw Awkward.Stumbled() }
        let view = try present(source)
        #expect(throws: (any Error).self) {
            try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
        }
        let stopped = try view.whereStopped()
        #expect(stopped.at == 40)
        #expect(view.status == .stopped(at: 40, reason: "Stumbled"))
        Awkward.trap(4_003, nil)
        _ = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(try digest(of: view) == digestOfPresent(source))
        view.stop()
    }

    /// As an end of the process leaves it while the rows of the present version were built, record 40 in hand.
    private func leaveInHand(crashed: Bool) throws {
        let path = folder.child("views/Tally/in-hand-aside")
        RecordInHand(path: path, version: 2).take(40)
        var data = try #require(FileManager.default.contents(atPath: path))
        if crashed { data[28] = UInt8(SIGILL) }
        try data.write(to: URL(fileURLWithPath: path))
    }

    @Test func `a record that crashed the process twice while they were built is where the follower stops`() throws {
        let (source, _) = try former(4_004)
        for _ in 0..<2 { try leaveInHand(crashed: true) }
        Awkward.trap(4_004) { _ in Issue.record("it was tried again") }
        let view = try present(source)
        defer { view.stop() }
        let stopped = try view.whereStopped()
        #expect(stopped.at == 40)
        #expect(stopped.reason == "the process crashed here twice")
        #expect(try view.read { tally, transaction in try tally.count.get(0, in: transaction)?.id } == 40)
        Awkward.trap(4_004, nil)
        _ = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(try digest(of: view) == digestOfPresent(source))
    }

    @Test func `former rows that the present projector takes for damaged are no reason not to build its own`() throws {
        let (source, _) = try former(4_007)
        Awkward.trap(4_007) { _ in
            guard Thread.current.name == "Tally" else { return }
            throw LMDBError.damaged(table: "numbers", key: [1])
        }
        defer { Awkward.trap(4_007, nil) }
        // The follower cannot go on with the former rows.
        source.append(
            given([4_007]).map { Recorded(position: 60, header: $0.header, type: $0.type, event: $0.event) })
        let view = try present(source)
        defer { view.stop() }
        while case .behind = view.reach(61, timeout: .seconds(60)) { sched_yield() }
        #expect(try digest(of: view) == digestOfPresent(source))
    }

    @Test func `kills while they were built are no reason not to build them aside`() throws {
        let (source, digest) = try former(4_006)
        for _ in 0..<4 { try leaveInHand(crashed: false) }
        let isMet = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        Awkward.trap(4_006) { _ in
            isMet.signal()
            mayGoOn.wait()
        }
        let view = try present(source)
        defer { view.stop() }
        isMet.wait()
        #expect(try view.settled(at: 60) == digest)
        Awkward.trap(4_006, nil)
        mayGoOn.signal()
        #expect(try self.digest(of: view) == digestOfPresent(source))
    }

    @Test func `a sudden end while the former ones serve leaves them of the former version`() throws {
        let (source, _) = try former(4_005)
        let isMet = DispatchSemaphore(value: 0)
        let mayGoOn = DispatchSemaphore(value: 0)
        Awkward.trap(4_005) { _ in
            isMet.signal()
            mayGoOn.wait()
        }
        let view = try present(source)
        isMet.wait()
        let mark = TrustMark(folder: folder.child("views/Tally/1"), version: 2)
        #expect(!mark.isTrusted)
        #expect(mark.wholeVersion == 1)
        #expect(!mark.isClean)
        Awkward.trap(4_005, nil)
        mayGoOn.signal()
        view.stop()
    }
}

extension ViewStatus {
    fileprivate var permille: Int? {
        switch self {
        case .upgrading(let permille), .building(let permille): permille
        case .serving, .stopped: nil
        }
    }
}
