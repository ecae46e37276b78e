import AuditTrailProjection
import BalancesProjection
import CalendarProjection
import ClientHistoryProjection
import Clinic
import DirectoryProjection
import Foundation
import ProjectionKit
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct RebuildingTests {
    private let house: House

    init() throws { house = try House() }

    /// Makes a clinic with some history, and answers the digests of its read models.
    private func live() async throws -> [String: String] {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            for time in ["10:00", "11:00", "12:00"] { try await engine.done(clinic.booking(at: time)) }
            _ = try engine.stateDigest()
            return try engine.viewDigests()
        }
    }

    @Test(arguments: ["state", "state/data.mdb", "state/trust", "views", "views/one", "as-of"])
    func `what is derived comes back from the log when it is deleted`(_ path: String) async throws {
        let before = try await live()
        #expect(before.count == 5)
        let found = path == "views/one" ? try anyView() : path
        try house.remove(found)
        // The index of names makes a look of its own at each start.
        try await house.run { engine in
            await engine.settleWriter()
            #expect(try engine.practice?.name == "Riverside")
            #expect(try engine.stateDigest().count == 64)
            for view in engine.views.list {
                let outcome = try view.rebuild(verifyOnly: true, progress: { _ in }, isCancelled: { false })
                #expect(outcome.isEqual, "\(view.name) differs from a rebuild")
            }
            let reader = LogReader(engine.log)
            let cut = UInt64(try engine.records().firstIndex { $0.type == .recordAccessed } ?? 0)
            #expect(cut > 0)
            let cache = try AsOfCache(directory: house.folder.child("prefix"), source: reader)
            for view in engine.views.list { #expect(try Self.digest(view, cache, cut) == before[view.name]) }
        }
    }

    private static func digest(_ view: any AnyView, _ cache: AsOfCache, _ position: UInt64) throws -> String {
        func digest<P: Projector>(_ view: View<P>) throws -> String { try cache.digest(P.self, at: position) }
        switch view {
        case let view as View<AuditTrailView>: return try digest(view)
        case let view as View<BalancesView>: return try digest(view)
        case let view as View<CalendarView>: return try digest(view)
        case let view as View<ClientHistoryView>: return try digest(view)
        case let view as View<DirectoryView>: return try digest(view)
        default: preconditionFailure("\(view.name) is not listed here")
        }
    }

    private func anyView() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: house.data + "/views").sorted()
        return "views/" + (try #require(names.first))
    }

    @Test func `a saved copy of the state is gone on from when the files cannot be trusted`() async throws {
        let key = IdempotencyKey(high: 5, low: 6)
        let reply = try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let reply = try await engine.send(clinic.booking(), key: key).get()
            await engine.settleWriter()
            try engine.background.keeper.saveCopy()
            try await engine.done(clinic.booking(at: "15:00"))
            return reply
        }
        try house.remove("state/trust")
        try await house.run { engine in
            _ = try engine.stateDigest()
            #expect(try await engine.send(engine.small(), key: key).refused().status == 422)
            #expect(reply.hasID)
        }
    }

    @Test func `a copy of the state is on the disk, name and all, when it is said to be saved`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let trace = DiskTrace(house.data + "/state")
            try engine.background.keeper.saveCopy()
            #expect(trace.isDurablyReplaced("saved.mdb"), "\(trace.calls)")
        }
    }

    @Test func `the mark goes before the files which it was made for`() async throws {
        _ = try await live()
        // Of another version of the state.
        let mark = house.data + "/state/trust"
        try String(contentsOfFile: mark, encoding: .utf8).replacing("version ", with: "version 9")
            .write(toFile: mark, atomically: true, encoding: .utf8)
        let trace = DiskTrace(house.data + "/state")
        try await house.run { _ in }
        #expect(trace.calls.prefix(2) == [.remove("trust"), .sync("")])
    }
}
