import Foundation
import LMDBKit
import TestKit
import Testing

@Suite struct StaleReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A process that reads and is killed meanwhile.
    private func killReader() async {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let environment = try Environment(path: path)
            try environment.read { _ in _ = kill(getpid(), SIGKILL) }
        }
    }

    @Test func `the slots of readers that were killed are freed`() async throws {
        let environment = try Environment(path: folder.path)
        for _ in 0..<3 { await killReader() }
        // Each opening frees those that were there before.
        #expect(try environment.clearStaleReaders() == 1)
        #expect(try environment.clearStaleReaders() == 0)
    }

    @Test func `a snapshot of a living process stays`() async throws {
        let environment = try Environment(path: folder.path)
        let whileReading = try environment.read { _ in try environment.clearStaleReaders() }
        #expect(whileReading == 0)
        await killReader()
        let afterKill = try environment.read { _ in try environment.clearStaleReaders() }
        #expect(afterKill == 1)
    }
}
