import Foundation
import LMDBKit
import ProjectionKit
import Testing

@testable import Engine

@Suite struct StaleReaderTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `slots of killed readers are freed in log, vault, state and every read model`() async throws {
        let data = house.data
        try await house.run { engine in
            _ = try await OpenClinic.found(in: engine)
            let views = try engine.views.list.map { view in
                let folder = "\(data)/views/\(view.name)"
                let current = try String(contentsOfFile: folder + "/current", encoding: .utf8)
                return "\(folder)/\(current.trimmingCharacters(in: .whitespacesAndNewlines))"
            }
            let folders = ["log", "vault", "state"].map { "\(data)/\($0)" } + views
            // The daemon's own round, once a minute, may come in between once.
            var freed = 0
            for _ in 0..<2 where freed != folders.count {
                for folder in folders { await killReader(of: folder) }
                freed = try engine.background.clearStaleReaders()
            }
            #expect(freed == folders.count)
            #expect(try engine.background.clearStaleReaders() == 0)
        }
    }

    private func killReader(of folder: String) async {
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            let environment = try Environment(path: folder)
            try environment.read { _ in _ = kill(getpid(), SIGKILL) }
        }
    }
}
