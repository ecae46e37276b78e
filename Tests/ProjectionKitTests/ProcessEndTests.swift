import CCrashMark
import Foundation
import ProjectionKit
import TestKit
import Testing

private func records(_ awkward: UInt64) -> MemorySource {
    MemorySource(given((0..<60).map { $0 == 40 ? awkward : $0 % 5 }))
}

/// In a process of its own: follows until `body` ends the process at record 40.
private func endAtRecord40(in folder: String, _ awkward: UInt64, _ body: @escaping @Sendable () -> Void) throws {
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV] { signal(number, SIG_DFL) }
    crash_mark_install()
    Awkward.trap(awkward) { _ in body() }
    let view = try View<Tally<Awkward>>(dataDirectory: folder, source: records(awkward))
    _ = try view.settled(at: 60)
}

private func deeper(_ depth: Int) -> Int { depth < 0 ? 0 : deeper(depth + 1) + deeper(depth + 2) }

/// Processes that really end while a record is in hand.
@Suite struct ProcessEndTests {
    private typealias Model = View<Tally<Awkward>>
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func followed(_ awkward: UInt64) throws -> ReachResult {
        let view = try Model(dataDirectory: folder.path, source: records(awkward))
        defer { view.stop() }
        return view.reach(60, timeout: .seconds(60))
    }

    private func expectRefused(_ awkward: UInt64, reason: String = "the process crashed here twice") throws {
        guard case .stopped(let position, let found) = try followed(awkward) else {
            Issue.record("the record was tried a third time")
            return
        }
        #expect(position == 40)
        #expect(found == reason)
    }

    @Test func `a trap in the projector is told from a kill`() async throws {
        for _ in 0..<2 {
            await #expect(processExitsWith: .failure) { [path = folder.path as String] in
                try endAtRecord40(in: path, 3_001) { preconditionFailure("as a projector's mistake does") }
            }
        }
        try expectRefused(3_001)
    }

    @Test func `abort is`() async throws {
        for _ in 0..<2 {
            await #expect(processExitsWith: .signal(SIGABRT)) { [path = folder.path as String] in
                try endAtRecord40(in: path, 3_002) { abort() }
            }
        }
        try expectRefused(3_002)
    }

    @Test func `a stack that overflows is`() async throws {
        for _ in 0..<2 {
            await #expect(processExitsWith: .signal(SIGSEGV)) { [path = folder.path as String] in
                try endAtRecord40(in: path, 3_003) { withExtendedLifetime(deeper(0)) {} }
            }
        }
        try expectRefused(3_003)
    }

    @Test func `a kill is none, and neither is a crash of another thread`() async throws {
        for _ in 0..<2 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                try endAtRecord40(in: path, 3_004) { kill(getpid(), SIGKILL) }
            }
            await #expect(processExitsWith: .signal(SIGABRT)) { [path = folder.path as String] in
                try endAtRecord40(in: path, 3_004) {
                    Thread.detachNewThread { abort() }
                    while true { pause() }
                }
            }
        }
        guard case .reached = try followed(3_004) else {
            Issue.record("the projector is stopped for what it did not do")
            return
        }
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGKILL])
    func `a crash of any thread adds its line to a file, and a kill does not`(
        _ number: Int32
    ) async throws {
        let file = folder.path + "/ends-\(number)"
        try Data("1 0\n".utf8).write(to: URL(fileURLWithPath: file))
        await #expect(processExitsWith: .signal(number)) { [file = file as String, number = number as Int32] in
            for number in [SIGABRT, SIGSEGV] { signal(number, SIG_DFL) }
            crash_mark_install()
            crash_mark_file(file)
            if number == SIGABRT { abort() }
            raise(number)
        }
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text == (number == SIGKILL ? "1 0\n" : "1 0\ncrash\n"))
    }

    @Test func `what is killed five times at one record is left out too, as whatever eats all memory is`() async throws
    {
        for _ in 0..<5 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                try endAtRecord40(in: path, 3_005) { kill(getpid(), SIGKILL) }
            }
        }
        try expectRefused(3_005, reason: "the process ended here 5 times")
    }
}
