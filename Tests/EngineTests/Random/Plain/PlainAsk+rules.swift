import Clinic
import Foundation
import Schema
import SwiftProtobuf

/// Whether a rule that a refusal names is broken indeed.
extension PlainAsk {
    func isBroken(_ rule: String, _ refusal: Refusal) -> Bool {
        switch rule.split(separator: "-").dropLast().last ?? "" {
        case "SCHED", "SESS": isSchedulingBroken(rule, refusal)
        case "AVAIL", "LOC", "SVC", "BILL", "LEDG": isPlaceBroken(rule, refusal)
        default: isPersonBroken(rule, refusal)
        }
    }

    private func isSchedulingBroken(_ rule: String, _ refusal: Refusal) -> Bool {
        // One that is reassigned must fit in all the same.
        if command is ApproveTimeOff { return ["01", "04", "06", "09", "19"].contains(rule.suffix(2)) }
        switch rule {
        case "INV-SCHED-01": return isOffGrid
        case "INV-SCHED-04": return wish.map { clinic.room(for: $0) == nil } ?? false
        case "INV-SCHED-06": return isMisplaced
        case "INV-SCHED-08": return isOutOfTurn
        case "INV-SCHED-09": return isAtAWrongTime
        case "INV-SCHED-14":
            return visit.map { nowMs < $0.visit.startMs - 7_200_000 || nowMs >= $0.visit.endMs } ?? false
        case "INV-SCHED-15": return visit.map { nowMs < $0.visit.startMs + 900_000 } ?? false
        case "INV-SCHED-19": return conflicts.map { !$0.isEmpty } ?? false
        case "INV-SCHED-22":
            let isSaid = text("clientPlace")?.isEmpty == false && text("clientJurisdiction")?.isEmpty == false
            return visit.map { $0.visit.place.modality == .online } ?? false && !isSaid
        case "INV-SCHED-23": return refusal.facts.field.flatMap { text($0) }.map { isJumpedOver($0) } ?? false
        case "INV-SCHED-26": return visit.map { isHeldBack($0.id) } ?? false
        case "INV-SCHED-27": return visit.map { nowMs < $0.visit.startMs } ?? false
        case "INV-SESS-02": return areTimesWrong
        default: return false
        }
    }

    /// Whether a signed note or an invoice rests on an appointment, or something is owed for it.
    private func isHeldBack(_ id: UInt64) -> Bool {
        if let before = clinic.books.feesBefore[id], clinic.books.invoices[before]?.openMinor ?? 0 > 0 { return true }
        let note = clinic.liveNote(of: id).flatMap { clinic.notes[$0] }
        return note?.isSigned ?? false
            || (clinic.books.chargesOfAppointment[id] ?? []).contains { charge in
                let charge = clinic.books.charges[charge]
                return [.drafted, .invoiced].contains(charge?.standing) && charge?.isIssuedAtNothing == false
            }
    }

    private var isOffGrid: Bool {
        guard let wish else {
            // The length is looked at before the place.
            return number("minutes").map { !(1...480).contains($0) || $0 % 5 != 0 } ?? false
        }
        let before = visit?.visit
        let minutes = (wish.endMs - wish.startMs) / 60_000
        let isKept = before.map { $0.endMs - $0.startMs == wish.endMs - wish.startMs } ?? false
        let start = text("start").flatMap { PlainTime.minute($0.suffix(5)) } ?? 0
        return !(1...480).contains(minutes) || !isKept && minutes % 5 != 0 || start % 5 != 0
    }

    private var isMisplaced: Bool {
        let location = number("location")
        let modality =
            (command as? BookAppointment).map { $0.hasModality ? $0.modality : location == nil ? .online : .inPerson }
            ?? wish?.modality ?? .inPerson
        let id = visit?.visit.service ?? number("service") ?? 0
        guard let service = clinic.services[id] else { return false }
        if !service.modalities.isEmpty, !service.modalities.contains(modality) { return true }
        if modality == .inPerson { return wish?.location == nil }
        return number("room") != nil && clinic.roomUse(modality, at: wish?.location, service: id) == .none
    }

    private var isOutOfTurn: Bool {
        guard let visit = visit?.visit else { return false }
        let from: [AppointmentStatus.Value] =
            switch command {
            case is ConfirmAppointment: [.booked]
            case is RescheduleAppointment, is CheckInClient, is MarkNoShow: [.booked, .confirmed]
            case is CancelAppointment, is StartSession, is RecordSession: [.booked, .confirmed, .arrived]
            case is EndSession: [.inSession]
            default: []
            }
        if command is MarkEnteredInError { return visit.status == .enteredInError }
        if !from.contains(visit.status) { return true }
        return command is ConfirmAppointment && nowMs >= visit.startMs
            || command is StartSession && nowMs < visit.startMs - 1_800_000
    }

    private var isAtAWrongTime: Bool {
        guard let wish else { return false }
        guard value("retrospectiveReason") != nil else {
            return wish.startMs <= nowMs || wish.startMs > nowMs + 3_650 * PlainTime.dayMs
        }
        return !(nowMs - 30 * PlainTime.dayMs...nowMs).contains(wish.startMs)
            || callerRoles.isDisjoint(with: [.therapist, .practiceManager, .owner])
    }

    private func isJumpedOver(_ text: String) -> Bool {
        let zones = Set(clinic.locations.values.map(\.zone)).union([clinic.practice.zone, clinic.practice.onlineZone])
            .union(clinic.staff.values.map(\.offers.homeZone)).filter { !$0.isEmpty }
        return zones.contains { PlainTime.ms(text, PlainClinic.zone($0)) == nil }
    }

    private var areTimesWrong: Bool {
        guard let visit = visit?.visit else { return false }
        let zone = PlainClinic.zone(visit.place.time.zone)
        var (startMs, endMs) = (visit.startMs, visit.endMs)
        if command is EndSession { (startMs, endMs) = (visit.startedAtMs, nowMs) }
        if let started = text("started") { startMs = PlainTime.ms(started, zone) ?? startMs }
        if let ended = text("ended") { endMs = PlainTime.ms(ended, zone) ?? endMs }
        return startMs >= endMs || endMs > nowMs || endMs - startMs > 8 * 3_600_000
    }

    private func isPlaceBroken(_ rule: String, _ refusal: Refusal) -> Bool {
        switch rule {
        case "INV-LOC-01":
            return refusal.facts.field.flatMap { text($0) }.map { TimeZone(identifier: $0) == nil } ?? false
        case "INV-LOC-02":
            return number("room").flatMap { clinic.rooms[$0] }.map { $0.location != wish?.location } ?? false
        case "INV-LOC-03": return refusal.facts.field.map { !(1...1_000).contains(number($0) ?? 0) } ?? false
        case "INV-SVC-02": return refusal.facts.field.map { (number($0) ?? 0) > 1_000_000_000_000 } ?? false
        case "INV-SVC-04": return text("cpt").map { !PlainClinic.isBillingCode($0) } ?? false
        case "INV-LEDG-05": return text("taxCode").map { $0.wholeMatch(of: /[A-Z0-9][A-Z0-9\-]{0,11}/) == nil } ?? false
        case "INV-BILL-01": return refusal.facts.field.map { text($0) != clinic.practice.currency } ?? false
        case "INV-AVAIL-01":
            return (command as? SetWeeklyHours)?.blocks.contains {
                (PlainTime.minute($0.from) ?? 0) >= (PlainTime.minute($0.to) ?? 0)
            } ?? false
        case "INV-SVC-01":
            let code = text("code")?.lowercased()
            let isTaken = clinic.services.values.contains { $0.code.lowercased() == code }
            return isTaken || number("minutes").map { !(5...480).contains($0) || $0 % 5 != 0 } ?? false
        case "INV-AVAIL-02": return isTwiceAtOnce
        case "INV-AVAIL-06":
            guard let absence = number("timeOff").flatMap({ clinic.absences[$0] }) else { return false }
            let affected = clinic.affected(absence.staff, absence.startMs, absence.endMs, nowMs)
            let named = (value("resolutions") as? [Any] ?? []).indices
                .compactMap { number("resolutions[\($0)].appointment") }
            return named.sorted() != affected.sorted() && Set(refusal.facts.affected) == affected
        case "INV-AVAIL-07":
            guard let absence = number("timeOff").flatMap({ clinic.absences[$0] }) else { return false }
            return [absence.staff, absence.requestedBy].contains(caller) && !callerRoles.contains(.owner)
        default: return false
        }
    }

    /// Whether the hours or the opening would put somebody at two places, were they granted.
    private var isTwiceAtOnce: Bool {
        var clinic = self.clinic
        guard let staff = number("staff") else { return false }
        let location = number("location")
        if let command = command as? SetWeeklyHours {
            clinic.add(
                WeeklyHoursSet.with {
                    $0.staff = staff
                    if let location { $0.location = location }
                    $0.effectiveFrom = command.effectiveFrom
                    $0.blocks = command.blocks
                })
            let day = PlainTime.day(command.effectiveFrom) ?? 0
            return clinic.dayOfClash(staff, from: day, before: day + 380) != nil
        }
        guard let command = command as? AddExtraOpening else { return false }
        let home = TimeZone(identifier: clinic.staff[staff]?.offers.homeZone ?? "") ?? clinic.onlineZone
        let zone = location.flatMap { clinic.locations[$0]?.zone }.map(PlainClinic.zone) ?? home
        let opening = ExtraOpeningAdded.with {
            $0.staff = staff
            if let location { $0.location = location }
            $0.time.startAt = PlainTime.ms(command.start, zone) ?? 0
            $0.time.endAt = PlainTime.ms(command.end, zone) ?? 0
        }
        clinic.openings.append(opening)
        let day = Int(opening.time.startAt / PlainTime.dayMs)
        return clinic.dayOfClash(staff, from: day - 1, before: day + 3) != nil
    }
}
