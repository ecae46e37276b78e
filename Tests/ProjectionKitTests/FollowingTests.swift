import Foundation
import LMDBKit
import ProjectionKit
import Schema
import TestKit
import Testing

@Suite struct FollowingTests {
    private typealias Model = View<Tally<First>>
    private let folder: TemporaryFolder
    private let source = MemorySource(someRoles(5_003))

    init() throws { folder = try TemporaryFolder() }

    private func open(_ source: MemorySource? = nil, bootID: String? = nil) throws -> Model {
        try Model(dataDirectory: folder.path, source: source ?? self.source, bootID: bootID)
    }

    /// The digest of a read model that had nothing but these records.
    private func digest(of count: Int) throws -> String {
        let other = try TemporaryFolder()
        let view = try Model(dataDirectory: other.path, source: MemorySource(someRoles(count), pageMax: 1_000))
        defer { view.stop() }
        return try view.settled(at: UInt64(count))
    }

    @Test func `what follows the log record by record equals what is built at once`() throws {
        let live = MemorySource()
        let view = try open(live)
        defer { view.stop() }
        let records = someRoles(157)
        for start in stride(from: 0, to: records.count, by: 13) {
            live.append(Array(records[start...].prefix(13)))
            _ = try view.settled(at: live.size)
        }
        let digest = try view.settled(at: 157)
        #expect(try digest == self.digest(of: 157))
        #expect(try digest != self.digest(of: 156))
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isEqual)
        #expect(outcome.newDigest == digest)
        #expect(outcome.position == 157)
        #expect(try view.settled(at: 157) == digest)
    }

    @Test func `opened again it goes on where it was`() throws {
        let view = try open()
        let digest = try view.settled(at: 5_003)
        view.stop()
        #expect(view.position == 5_003)
        source.append(Array(someRoles(5_010).suffix(7)))
        let again = try open()
        defer { again.stop() }
        #expect(again.position >= 5_003)
        #expect(try generations(in: folder) == ["1"])
        #expect(try again.settled(at: 5_010) == self.digest(of: 5_010))
        #expect(try again.digest().digest != digest)
    }

    @Test func `files of another boot that were not closed are not trusted, those of this boot are`() throws {
        let view = try open(bootID: "boot-1")
        let digest = try view.settled(at: 5_003)
        view.stop()
        func leaveOpen(_ number: String) throws {
            let generation = folder.child("views/Tally/\(number)")
            try TrustMark(folder: generation, version: 1, bootID: "boot-1").markInUse()
        }
        try leaveOpen("1")
        let again = try open(bootID: "boot-1")
        #expect(again.position == 5_003)
        again.stop()
        #expect(try generations(in: folder) == ["1"])
        try leaveOpen("1")
        let anew = try open(bootID: "boot-2")
        defer { anew.stop() }
        #expect(try generations(in: folder) == ["2"])
        #expect(try anew.settled(at: 5_003) == digest)
    }

    @Test(arguments: ["views", "views/Tally", "views/Tally/1", "views/Tally/current", "views/Tally/1/data.mdb"])
    func `what is deleted comes back from the log`(_ path: String) throws {
        let view = try open()
        let digest = try view.settled(at: 5_003)
        view.stop()
        try FileManager.default.removeItem(atPath: folder.child(path))
        let again = try open()
        defer { again.stop() }
        #expect(try again.settled(at: 5_003) == digest)
        #expect(try generations(in: folder).count == 1)
    }

    @Test func `what is ahead of the log is built anew`() throws {
        let view = try open()
        _ = try view.settled(at: 5_003)
        view.stop()
        let shorter = try open(MemorySource(someRoles(100)))
        defer { shorter.stop() }
        #expect(try shorter.settled(at: 100) == self.digest(of: 100))
    }

    @Test func `another version is built anew`() throws {
        let view = try open()
        let digest = try view.settled(at: 5_003)
        view.stop()
        let second = try View<Tally<Second>>(dataDirectory: folder.path, source: source)
        // Comparing waits for what is being built.
        #expect(try second.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false }).isEqual)
        #expect(try second.settled(at: 5_003) != digest)
        second.stop()
        #expect(try generations(in: folder) == ["2"])
        let back = try open()
        defer { back.stop() }
        #expect(try back.settled(at: 5_003) == digest)
    }
}
