import Clinic
import Dispatch
import Foundation
import Schema
import Testing
import Vault

@testable import Engine

@Suite struct SealedUploadTests {
    private let house: House

    init() throws { house = try House() }

    private var uploads: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: house.data + "/files")) ?? [])
            .filter { $0.hasPrefix("upload-") }
    }

    @Test func `sheets that no job takes are not kept`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let gate = DispatchSemaphore(value: 0)
            let spares = engine.vault.sparesAtHand
            for _ in 0..<JobBoard.waitingMax {
                _ = try engine.jobs.start("gate", by: 1) { _ in
                    gate.wait()
                    gate.signal()
                    return "{}"
                }
            }
            let refusal = #expect(throws: Refusal.self) {
                try engine.startJob(.import, OldSheets.one.request(), by: engine.importer())
            }
            #expect(refusal?.status == 503)
            #expect(uploads.isEmpty && engine.vault.sparesAtHand == spares)
            gate.signal()
        }
    }

    @Test func `sheets of a job that is cancelled while it waits are not kept`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let gate = DispatchSemaphore(value: 0)
            let spares = engine.vault.sparesAtHand
            _ = try engine.jobs.start("gate", by: 1) { _ in
                gate.wait()
                return "{}"
            }
            let job = try engine.startJob(.import, OldSheets.one.request(), by: engine.importer())
            #expect(uploads.count == 2)
            engine.jobs.cancel(job.id)
            gate.signal()
            #expect(await engine.ended(job).state == .cancelled)
            #expect(uploads.isEmpty && engine.vault.sparesAtHand == spares)
        }
    }

    @Test func `sheets that a sudden end has left are removed at the next start, and nothing else is`() async throws {
        try await house.run { _ in }
        let folder = house.data + "/files"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["upload-1", "upload-2", "kept"] {
            try Data("sealed".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        }
        let left = try await house.run { _ in try FileManager.default.contentsOfDirectory(atPath: folder) }
        #expect(left == ["kept"])
    }
}
