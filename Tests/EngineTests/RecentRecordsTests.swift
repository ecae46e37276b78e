import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct RecentRecordsTests {
    private func batch(_ positions: Range<UInt64>, uid: UInt32 = 1) -> [Recorded] {
        positions.map { position in
            Recorded(
                position: position, header: RecordHeader(Header()), type: SocketUserUnlinked.type,
                event: .access(.socketUserUnlinked(.with { $0.uid = uid })))
        }
    }

    private func positions(_ records: ArraySlice<Recorded>?) -> [UInt64]? { records?.map(\.position) }

    @Test func `what was written together is read together, from anywhere in it to the end asked for`() {
        let recent = RecentRecords()
        recent.put(batch(0..<3), bytes: 3)
        recent.put(batch(3..<5), bytes: 2)
        #expect(positions(recent.records(from: 1, upTo: 5)) == [1, 2])
        #expect(positions(recent.records(from: 3, upTo: 4)) == [3])
        #expect(recent.records(from: 5, upTo: 9) == nil)
        #expect(recent.records(from: 4, upTo: 4) == nil)
    }

    @Test func `a batch that was dropped gives way to the next, which begins where it began`() throws {
        let recent = RecentRecords()
        recent.put(batch(0..<3), bytes: 3)
        recent.put(batch(3..<6, uid: 7), bytes: 3)
        recent.put(batch(3..<5, uid: 8), bytes: 2)
        #expect(positions(recent.records(from: 4, upTo: 9)) == [4])
        guard case .access(.socketUserUnlinked(let event))? = recent.records(from: 3, upTo: 9)?.first?.event else {
            return #expect(Bool(false), "another event")
        }
        #expect(event.uid == 8)
        #expect(recent.records(from: 5, upTo: 9) == nil)
        // Read from the log again.
        #expect(recent.records(from: 0, upTo: 9) == nil)
    }

    @Test func `no more is kept than fits, by number and by size`() {
        let recent = RecentRecords()
        for start in stride(from: UInt64(0), to: 6_000, by: 100) { recent.put(batch(start..<start + 100), bytes: 100) }
        #expect(recent.records(from: 1_899, upTo: 6_000) == nil)
        #expect(positions(recent.records(from: 2_000, upTo: 6_000))?.count == 100)
        recent.put(batch(6_000..<6_001), bytes: RecentRecords.bytesMax)
        #expect(recent.records(from: 5_999, upTo: 6_001) == nil)
        #expect(positions(recent.records(from: 6_000, upTo: 6_001)) == [6_000])
    }
}
