import Foundation
import Glibc
import LMDBKit
import Schema
import Synchronization
import TestKit
import Testing

@testable import ProjectionKit

/// A read model whose files are not what was written is no obstacle to a new one, and makes room for it by itself.
@Suite struct DamagedViewTests {
    private typealias Model = View<Tally<First>>
    private let folder: TemporaryFolder
    private let source = MemorySource(someRoles(3_000), pageMax: 500)

    init() throws { folder = try TemporaryFolder() }

    private var file: String { folder.child("views/Tally/1/data.mdb") }

    /// A read model that has come to an end in order; answers its digest.
    private func made() throws -> String {
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        return try view.settled(at: 3_000)
    }

    /// Fills every leaf page with what is none, under whoever has the file open.
    private func damagePages() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let descriptor = Glibc.open(file, O_WRONLY)
        defer { close(descriptor) }
        for page in stride(from: 8_192, to: bytes.count, by: 4_096) where bytes[page + 10] == 2 {
            let garbage = [UInt8](repeating: 0xEE, count: 60)
            #expect(pwrite(descriptor, garbage, garbage.count, off_t(page + 12)) == garbage.count)
        }
    }

    /// Waits for it to be made anew, in another folder.
    private func comesBack(_ view: Model, _ digest: String) throws {
        while view.reach(3_000, timeout: .seconds(60)).isBehind { sched_yield() }
        #expect(try view.settled(at: 3_000) == digest)
        // The former files go once the new ones serve.
        while try generations(in: folder).contains("1") { sched_yield() }
    }

    @Test func `a rebuild takes the place of one whose pages are damaged, and nobody reads those`() throws {
        let digest = try made()
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        try damagePages()
        #expect(try !view.generation.environment.damagedPages().isEmpty)
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.newDigest == digest && outcome.liveDigest == nil && outcome.isSwitched)
        #expect(!outcome.pageFaults.isEmpty)
        try comesBack(view, digest)
        // Once is enough: one folder came after the damaged one.
        #expect(try generations(in: folder) == ["2"])
    }

    @Test func `one that is found damaged answers nobody, and is made anew without being asked to`() throws {
        let digest = try made()
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        view.breakDown(view.generation, "page 7")
        try comesBack(view, digest)
        #expect(view.status == .serving)
    }

    @Test func `a row that is not what was written is refused, and the read model made anew`() throws {
        let digest = try made()
        do {
            let environment = try Environment(path: folder.child("views/Tally/1"), options: .init(isUnsynced: true))
            try environment.write { transaction in
                let numbers = try RawTable(existing: "numbers", in: transaction)
                try numbers.put(UInt64(3).keyBytes, [1, 2, 3, 4, 5, 6], in: transaction)
            }
        }
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        #expect(throws: Refusal.self) { try view.read { try $0.numbers.get(3, in: $1) } }
        try comesBack(view, digest)
    }

    @Test func `one whose write fails is made anew, and does not stop at the record`() throws {
        let staff: UInt64 = 1_101
        let failures = Mutex(2)
        Awkward.trap(staff) { _ in
            let isFailing = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            if isFailing { throw LMDBError.failed(call: "commit", code: EIO) }
        }
        let source = MemorySource(given((0..<60).map { $0 == 40 ? staff : $0 % 5 }))
        let view = try View<Tally<Awkward>>(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        while view.reach(60, timeout: .seconds(60)).isBehind { sched_yield() }
        #expect(try view.settled(at: 60) == AsOfTests.digest(of: source, at: 60))
        #expect(failures.withLock { $0 } < 0)
    }

    @Test func `one that cannot be made anew for a record that fails stops there, and says so`() throws {
        let staff: UInt64 = 1_102
        let source = MemorySource(given((0..<60).map { $0 == 40 ? staff : $0 % 5 }))
        let view = try View<Tally<Awkward>>(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        _ = try view.settled(at: 60)
        Awkward.trap(staff) { _ in throw Awkward.Stumbled() }
        defer { Awkward.trap(staff, nil) }
        view.breakDown(view.generation, "page 7")
        while case .behind = view.reach(60, timeout: .seconds(60)) { sched_yield() }
        #expect(try view.whereStopped().at == 40)
        // Once the cause is gone, a rebuild brings it back.
        Awkward.trap(staff, nil)
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isSwitched && outcome.newDigest != nil)
        #expect(try view.settled(at: 60) == outcome.newDigest)
    }

    @Test func `a comparison while it is made anew waits for it, and finds it equal`() throws {
        let digest = try made()
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        view.breakDown(view.generation, "page 7")
        let outcome = try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
        #expect(outcome.isEqual && outcome.newDigest == digest && outcome.pageFaults.isEmpty)
    }

    @Test func `one that waits to be made anew keeps no other reader of the same pass waiting`() throws {
        // More than a reader may be ahead of another.
        let source = MemorySource(someRoles(12_000), pageMax: 500)
        let view = try Model(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        let digest = try view.settled(at: 12_000)
        let readers = SharedReplay(source).readers(2)
        // As it is while others have both turns.
        locked(view) { view.mending = 0 }
        let (rebuilt, read) = (DispatchGroup(), DispatchGroup())
        let outcome = Mutex<RebuildOutcome?>(nil)
        rebuilt.enter()
        Thread {
            let found = try? view.rebuild(
                verifyOnly: true, from: readers[0], progress: { _ in }, isCancelled: { false })
            outcome.withLock { $0 = found }
            rebuilt.leave()
        }.start()
        read.enter()
        Thread {
            var position: UInt64 = 0
            while position < 12_000, let next = try? readers[1].read(from: position, upTo: 12_000, { _ in }) {
                position = next
            }
            readers[1].leave()
            read.leave()
        }.start()
        let isRead = read.wait(timeout: .now() + 40)
        locked(view) { view.mending = nil }
        #expect(isRead == .success)
        rebuilt.wait()
        #expect(outcome.withLock { $0?.isEqual } == true)
        #expect(outcome.withLock { $0?.newDigest } == digest)
    }

    private func locked(_ view: Model, _ body: () -> Void) {
        view.locked {
            body()
            view.condition.broadcast()
        }
    }

    @Test(arguments: [0, 3_000, 8_192, 12_288]) func `one that was cut short is made anew at a start, which says so`(
        _ bytes: Int
    ) throws {
        let digest = try made()
        #expect(truncate(file, off_t(bytes)) == 0)
        let told = Mutex<[String]>([])
        let care = FileCare { text in told.withLock { $0.append(text) } }
        let view = try Model(dataDirectory: folder.path, source: source, care: care)
        defer { view.stop() }
        try comesBack(view, digest)
        #expect(told.withLock { $0.count == 1 && $0[0].contains("Tally is damaged and is made anew: \(file)") })
    }

    @Test(arguments: ["numbers", "kit-marks", "position"])
    func `one that has lost a table or its mark is made anew at a start, which says so`(_ name: String) throws {
        let digest = try made()
        try flip(key: name, inFile: file)
        let told = Mutex<[String]>([])
        let care = FileCare { text in told.withLock { $0.append(text) } }
        let view = try Model(dataDirectory: folder.path, source: source, care: care)
        defer { view.stop() }
        try comesBack(view, digest)
        #expect(told.withLock { $0.count == 1 && $0[0].contains("Tally is damaged and is made anew: ") })
    }

    @Test func `after a crash damaged pages are looked for, and nothing is read through them`() throws {
        let digest = try made()
        try damagePages()
        let told = Mutex<[String]>([])
        let care = FileCare(crashes: FileCare.patienceCrashes) { text in told.withLock { $0.append(text) } }
        let view = try Model(dataDirectory: folder.path, source: source, care: care)
        defer { view.stop() }
        try comesBack(view, digest)
        #expect(told.withLock { $0.count == 1 && $0[0].contains("page ") }, "\(told.withLock { $0 })")
    }
}

extension ReachResult {
    fileprivate var isBehind: Bool { if case .behind = self { true } else { false } }
}
