import Foundation
import Schema

/// Something that somebody wants on the calendar.
struct PlainWish {
    var client: UInt64
    var staff: UInt64
    var service: UInt64
    var modality: Modality.Value
    var location: UInt64?
    /// Named, so that it is this one or none.
    var room: UInt64?
    /// Taken before others.
    var keptRoom: UInt64?
    var startMs: Int64
    var endMs: Int64
    /// The appointment that is moved.
    var moving: UInt64?
    var bufferBeforeMinutes: UInt32
    var bufferAfterMinutes: UInt32
    var isSupportive: Bool
    var isImport = false
}

/// Something that is in the way, by the word of its class.
struct PlainConflict: Hashable {
    var kind: String
    var other: UInt64?
}

extension PlainClinic {
    /// Everything in the way of a wish but rooms (INV-SCHED-03, -05, -10, -21).
    func conflicts(of wish: PlainWish) -> Set<PlainConflict> {
        var found: Set<PlainConflict> = []
        for (id, other) in visits where id != wish.moving && other.occupies {
            let overlaps = wish.startMs < other.endMs && other.startMs < wish.endMs
            if other.client == wish.client, overlaps { found.insert(PlainConflict(kind: "client_overlap", other: id)) }
            guard other.place.staff == wish.staff else { continue }
            if overlaps {
                found.insert(PlainConflict(kind: "therapist_overlap", other: id))
            } else if !wish.isImport, isTooClose(other, wish) {
                found.insert(PlainConflict(kind: "therapist_gap", other: id))
            }
        }
        guard !wish.isImport else { return found }
        if !isOpen(for: wish) { found.insert(PlainConflict(kind: "unavailable_hours")) }
        let isAway = absences.values.contains {
            $0.isApproved && $0.staff == wish.staff && wish.startMs < $0.endMs && $0.startMs < wish.endMs
        }
        if isAway { found.insert(PlainConflict(kind: "unavailable_time_off")) }
        if isOneTooMany(wish) { found.insert(PlainConflict(kind: "cap")) }
        return found
    }

    private func isTooClose(_ other: Visit, _ wish: PlainWish) -> Bool {
        let isBefore = other.startMs <= wish.startMs
        let freeMs = isBefore ? wish.startMs - other.endMs : other.startMs - wish.endMs
        let minutes =
            isBefore
            ? max(other.place.bufferAfterMinutes, wish.bufferBeforeMinutes)
            : max(wish.bufferAfterMinutes, other.place.bufferBeforeMinutes)
        return freeMs < Int64(minutes) * 60_000
    }

    /// The clock by which a therapist's hours and days are counted for a wish.
    func zone(of wish: PlainWish) -> TimeZone {
        let place = wish.location.flatMap { locations[$0]?.zone }.map(Self.zone) ?? onlineZone
        if wish.modality == .inPerson { return place }
        return TimeZone(identifier: staff[wish.staff]?.offers.homeZone ?? "") ?? place
    }

    private func isOneTooMany(_ wish: PlainWish) -> Bool {
        guard let offers = staff[wish.staff]?.offers else { return false }
        guard offers.sessionsPerDayMax + offers.sessionsPerWeekMax + offers.consecutiveMinutesMax > 0 else {
            return false
        }
        let zone = zone(of: wish)
        let others = visits.filter { $0.key != wish.moving && $0.value.occupies && $0.value.place.staff == wish.staff }
            .map { ($0.value.startMs, $0.value.endMs) }
        let days = others.map { PlainTime.local($0.0, zone).day }
        let today = PlainTime.local(wish.startMs, zone).day
        let monday = PlainTime.monday(today)
        if offers.sessionsPerDayMax > 0, days.count(where: { $0 == today }) >= Int(offers.sessionsPerDayMax) {
            return true
        }
        if offers.sessionsPerWeekMax > 0,
            days.count(where: { PlainTime.monday($0) == monday }) >= Int(offers.sessionsPerWeekMax)
        {
            return true
        }
        guard offers.consecutiveMinutesMax > 0 else { return false }
        let breakMs = Int64(max(1, offers.breakMinutesMin)) * 60_000
        var (fromMs, toMs) = (wish.startMs, wish.endMs)
        var before: Int64
        repeat {
            before = toMs - fromMs
            for (startMs, endMs) in others where startMs - toMs < breakMs && fromMs - endMs < breakMs {
                (fromMs, toMs) = (min(fromMs, startMs), max(toMs, endMs))
            }
        } while toMs - fromMs != before
        return toMs - fromMs > Int64(offers.consecutiveMinutesMax) * 60_000
    }
}
