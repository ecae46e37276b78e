import AuditTrailProjection
import BalancesProjection
import CalendarProjection
import ClientHistoryProjection
import DirectoryProjection
import LMDBKit
import ProjectionKit
import Schema
import TestKit
import Testing

/// What every read model of the product must keep to. A new one is one line in `all`.
@Suite struct ProjectorContractTests {
    static let all: [any Projector.Type] = [
        AuditTrailView.self, BalancesView.self, CalendarView.self, ClientHistoryView.self, DirectoryView.self,
    ]

    @Test func `the history has every type of event`() {
        let types = Set(ClinicHistory.records(days: 1).map(\.type))
        #expect(types == Set(EventType.allCases), "missing: \(Set(EventType.allCases).subtracting(types))")
    }

    @Test(arguments: ProjectorContractTests.all.indices)
    func `live equals rebuilt equals split`(_ index: Int) throws { try check(Self.all[index]) }

    private func check<P: Projector>(_ type: P.Type) throws {
        let records = ClinicHistory.records(days: 12)
        let end = UInt64(records.count)
        let folder = try TemporaryFolder()
        let source = MemorySource()
        let view = try View<P>(dataDirectory: folder.path, source: source)
        defer { view.stop() }
        for start in stride(from: 0, to: records.count, by: 9) {
            source.append(Array(records[start...].prefix(9)))
            _ = try view.settled(at: source.size)
        }
        let live = try view.settled(at: end)
        let outcome = try view.rebuild(verifyOnly: false, progress: { _ in }, isCancelled: { false })
        #expect(outcome.newDigest == live, "\(P.name) rebuilt differs from live")
        for pageMax in [1, 1_000] as [UInt64] {
            let cache = try AsOfCache(
                directory: folder.child("as-of-\(pageMax)"), source: MemorySource(records, pageMax: pageMax))
            #expect(try cache.digest(P.self, at: end) == live, "\(P.name) depends on pages of \(pageMax)")
        }
        let whole = try foldedTables(P.self, records, perTransaction: records.count)
        #expect(try foldedTables(P.self, records, perTransaction: 1) == whole, "\(P.name) depends on transactions")
        #expect(whole.values.contains { !$0.isEmpty }, "\(P.name) keeps nothing")
    }

    @Test(arguments: ProjectorContractTests.all.indices)
    func `every prefix can be built, and reopened halfway gives the same`(_ index: Int) throws {
        try checkReopening(Self.all[index])
    }

    private func checkReopening<P: Projector>(_ type: P.Type) throws {
        let records = ClinicHistory.records(days: 2)
        let whole = try TemporaryFolder()
        let cache = try AsOfCache(directory: whole.path, source: MemorySource(records))
        let folder = try TemporaryFolder()
        for end in stride(from: 0, through: records.count, by: 5) {
            let view = try View<P>(dataDirectory: folder.path, source: MemorySource(Array(records.prefix(end))))
            defer { view.stop() }
            #expect(try view.settled(at: UInt64(end)) == cache.digest(P.self, at: UInt64(end)), "\(P.name) at \(end)")
        }
    }
}
