import Foundation
import LMDBKit
import ProjectionKit
import Schema
import TestKit
import Testing

@Suite struct StoppingTests {
    private typealias Model = View<Tally<Awkward>>
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// 40 ordinary records, one of `awkward` at position 40, and 19 more.
    private func source(_ awkward: UInt64) -> MemorySource {
        MemorySource(given((0..<60).map { $0 == 40 ? awkward : $0 % 5 }))
    }

    private func digest(_ source: MemorySource, upTo position: UInt64) throws -> String {
        try AsOfTests.digest(of: source, at: position)
    }

    @Test func `a projector that fails stops alone, with everything before in place`() throws {
        let source = source(1_001)
        Awkward.trap(1_001) { _ in throw Awkward.Stumbled() }
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        let other = try TemporaryFolder()
        let sound = try View<Tally<First>>(dataDirectory: other.path, source: source)
        defer { sound.stop() }
        let stopped = try view.whereStopped()
        #expect(stopped.at == 40)
        #expect(stopped.reason == "Stumbled")
        #expect(view.status == .stopped(at: 40, reason: "Stumbled"))
        #expect(view.position == 40)
        #expect(try view.digest().digest == digest(source, upTo: 40))
        guard case .reached = view.reach(40, timeout: .zero) else {
            Issue.record("what came before can be read")
            return
        }
        _ = try sound.settled(at: 60)
    }

    @Test func `a record that cannot be read stops it at that record`() throws {
        let source = MemorySource(someRoles(60), damaged: 33)
        let view = try View<Tally<First>>(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        let stopped = try view.whereStopped()
        #expect(stopped.at == 33)
        #expect(stopped.reason == "Damaged")
        #expect(try view.digest().position == 33)
    }

    @Test func `while it fails a rebuild fails too, and after the cause is gone a rebuild sets it right`() throws {
        let source = source(1_002)
        Awkward.trap(1_002) { _ in throw Awkward.Stumbled() }
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.whereStopped()
        #expect(throws: Awkward.Stumbled.self) {
            try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        }
        #expect(try generations(in: folder) == ["1"])
        #expect(view.status == .stopped(at: 40, reason: "Stumbled"))
        Awkward.trap(1_002, nil)
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isSwitched)
        #expect(outcome.newDigest == (try digest(source, upTo: 60)))
        #expect(view.status == .serving)
        #expect(try view.settled(at: 60) == outcome.newDigest)
        source.append(Array(given(Array(repeating: 3, count: 61)).suffix(1)))
        _ = try view.settled(at: 61)
    }

    @Test func `a restart with the cause gone goes on from where it stopped`() throws {
        let source = source(1_003)
        Awkward.trap(1_003) { _ in throw Awkward.Stumbled() }
        let view = try Model(dataDirectory: folder.path, source: source)
        _ = try view.whereStopped()
        view.stop()
        Awkward.trap(1_003, nil)
        let again = try Model(dataDirectory: folder.path, source: source)
        defer { again.stop() }
        #expect(try again.settled(at: 60) == digest(source, upTo: 60))
    }
}
