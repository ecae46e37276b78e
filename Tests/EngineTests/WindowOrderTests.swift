import Clinic
import Schema
import Testing

@testable import Engine

/// What was counted in windows is recorded when they end: the same history makes the same log.
@Suite struct WindowOrderTests {
    private func caller(_ uid: UInt32) -> Caller {
        var door = Door()
        door.uid = uid
        return Caller(kind: .staff, staff: UInt64(uid), roles: [], door: door)
    }

    @Test func `denials of one moment are told by who was turned away`() {
        let windows = DenialWindows()
        for uid in (1...30 as ClosedRange<UInt32>).reversed() {
            let denial = Denial(
                caller: caller(uid), name: "AddStaff", permission: .manageStaff, status: 403, windowAtMs: 5)
            #expect(windows.isFirst(denial))
            #expect(!windows.isFirst(denial))
        }
        #expect(windows.ended(nowMs: 5 + LookWindows.windowMs).map(\.caller.door.uid) == Array(1...30))
    }

    @Test func `looks of one moment at one person are told by who looked`() {
        let windows = LookWindows()
        for uid in (1...30 as ClosedRange<UInt32>).reversed() {
            let look = Look(
                caller: caller(uid), role: .owner, purpose: .treatment, query: "ShowClient", category: .identity,
                people: [7], windowAtMs: 5)
            windows.opened(look)
            #expect(windows.firstLooks(of: look, nowMs: 6).isEmpty)
        }
        #expect(windows.ended(nowMs: 5 + LookWindows.windowMs).map(\.caller.staff) == Array(1...30))
    }

    @Test func `windows that began at different times end at different times`() {
        let windows = LookWindows()
        for startMs: Int64 in [60_000, 0, 30_000] {
            let look = Look(
                caller: caller(UInt32(startMs + 1)), role: .owner, purpose: .treatment, query: "ShowClient",
                category: .identity, people: [7], windowAtMs: startMs)
            windows.opened(look)
            #expect(windows.firstLooks(of: look, nowMs: startMs + 1).isEmpty)
        }
        var ended: [Int64] = []
        for nowMs in stride(from: Int64(0), through: 120_000, by: 1_000) {
            for look in windows.ended(nowMs: LookWindows.windowMs + nowMs) {
                #expect(look.windowAtMs == nowMs)
                ended.append(look.windowAtMs)
            }
        }
        #expect(ended == [0, 30_000, 60_000])
    }
}
