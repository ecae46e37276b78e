import Foundation
import Schema
import Timetable

/// The practice as the caller sees it.
struct Practice: Sendable {
    let caller: WhoAmIAnswer
    let zone: Zone

    /// - Throws: `UsageError` for a zone that this machine does not know.
    init(_ caller: WhoAmIAnswer) throws {
        guard let zone = Zone(caller.zone) else {
            throw UsageError("The practice's time zone \(caller.zone) is not known on this machine.")
        }
        self.caller = caller
        self.zone = zone
    }

    /// The date it is at the practice.
    var today: LocalDate { now?.date ?? .min }

    /// An instant on the practice's wall clock, `2026-12-01 14:00`.
    func wallClock(_ instantMs: Int64) -> String {
        zone.local(ofMs: instantMs)?.spoken ?? "—"
    }

    private var now: LocalDateTime? {
        zone.local(ofMs: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}

extension LocalDateTime {
    /// As people read it, `2026-12-01 14:00`.
    var spoken: String { "\(date) \(time)" }
}
