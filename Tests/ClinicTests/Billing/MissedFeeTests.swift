import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct MissedFeeTests {
    private let till: Till

    init() throws { till = try Till() }

    private func publish(_ change: (inout PublishCancellationPolicy) -> Void) throws {
        var command = PublishCancellationPolicy.with {
            $0.lateCancelFee.basisPoints = 5_000
            $0.noShowFee.amount = Till.dollars(9_000)
        }
        change(&command)
        try till.story.given(command, by: till.cast.manager)
    }

    /// Cancels a booking for tomorrow by the client, today at ten.
    private func cancelLate(
        _ start: String, _ change: (inout CancelAppointment) -> Void = { _ in }
    ) throws -> StoryOutcome {
        let id = try till.day.book(start)
        return try till.story.when(till.day.cancellation(id, change), by: till.cast.desk).accepted()
    }

    private func missNoShow(_ start: String) throws -> StoryOutcome {
        let id = try till.day.book(start)
        till.story.nowMs = try till.story.instantMs(start) + 20 * 60_000
        return try till.story.when(MarkNoShow.with { $0.appointment = id }, by: till.cast.desk).accepted()
    }

    @Test func `a late cancellation has a part of the price proposed, a no-show an amount`() throws {
        try publish { _ in }
        let late = try cancelLate("2026-01-06T09:00")
        #expect(late.types == [.appointmentCancelled, .chargePosted])
        let fee = try late.event(ChargePosted.self)
        #expect(fee.line.net == Till.dollars(6_000) && fee.kind == .lateCancel && fee.proposed && fee.minutes == 0)
        #expect(late.reply.charge == (try late.position(of: .chargePosted)))
        let missed = try missNoShow("2026-01-06T11:00").event(ChargePosted.self)
        #expect(missed.line.net == Till.dollars(9_000) && missed.kind == .noShow && missed.proposed)
        #expect(missed.serviceDate == "2026-01-06")
    }

    @Test func `who is in time, and the clinic itself, pays nothing`() throws {
        try publish { _ in }
        #expect(try cancelLate("2026-01-08T09:00").types == [.appointmentCancelled])
        #expect(try cancelLate("2026-01-06T09:00") { $0.by = .clinic }.types == [.appointmentCancelled])
        #expect(try cancelLate("2026-01-06T09:00") { $0.reason = .deceased }.types == [.appointmentCancelled])
    }

    @Test func `a booking keeps the terms under which it was made`() throws {
        let before = try till.day.book("2026-01-06T09:00")
        try publish { $0.lateWindowMinutes = 48 * 60 }
        let old = try till.story.when(till.day.cancellation(before), by: till.cast.desk)
        #expect(old.types == [.appointmentCancelled])
        #expect(try old.event(AppointmentCancelled.self).late)
        let inNewWindow = try cancelLate("2026-01-07T09:00")
        #expect(inNewWindow.types == [.appointmentCancelled, .chargePosted])
        let beyond = try till.day.book("2026-01-07T09:00")
        try publish { $0.lateWindowMinutes = 0 }
        #expect(try till.story.when(till.day.cancellation(beyond), by: till.cast.desk).types.count == 2)
        #expect(try !cancelLate("2026-01-05T11:00").event(AppointmentCancelled.self).late)
    }

    @Test func `so many a year are free, and a mistake is not counted`() throws {
        try publish { $0.freePerYear = 1 }
        let first = try missNoShow("2026-01-05T11:00")
        #expect(first.types == [.appointmentMarkedNoShow])
        #expect(try missNoShow("2026-01-06T11:00").types == [.appointmentMarkedNoShow, .chargePosted])
        for outcome in till.story.log.filter({ $0.type == .appointmentMarkedNoShow }) {
            guard case .scheduling(.appointmentMarkedNoShow(let event)) = outcome.event else { continue }
            try till.story.given(
                MarkEnteredInError.with {
                    $0.appointment = event.appointment
                    $0.reason = "Another client"
                }, by: till.cast.manager)
        }
        #expect(try missNoShow("2026-01-07T11:00").types == [.appointmentMarkedNoShow])
    }

    @Test func `a late move into another week has the fee of a late cancellation`() throws {
        try publish { _ in }
        let id = try till.day.book("2026-01-06T09:00")
        let outcome = try till.story.when(
            till.day.move(id) {
                $0.start = "2026-01-12T09:00"
                $0.by = .client
            }, by: till.cast.desk
        ).accepted()
        #expect(outcome.types == [.appointmentRescheduled, .chargePosted])
        #expect(try outcome.event(ChargePosted.self).serviceDate == "2026-01-06")
        #expect(outcome.reply.id == id)
    }

    @Test func `a fee is on no invoice until somebody names it, and is waived with a reason`() throws {
        try publish { _ in }
        let fee = try cancelLate("2026-01-06T09:00").position(of: .chargePosted)
        let other = try till.charge(5_000)
        let all = try till.story.when(DraftInvoice.with { $0.client = till.cast.cleo }, by: till.biller)
        #expect(try all.event(InvoiceDrafted.self).charges == [other])
        var waive = WaiveFee.with { $0.charge = fee }
        #expect(try till.refused(waive, by: till.cast.ana) == .malformed("reason"))
        waive.reason = "Ill child"
        for staff in [till.cast.desk, till.cast.ben, till.biller] {
            #expect(try till.refused(waive, by: staff) == .notPermitted)
        }
        let event = try till.story.when(waive, by: till.cast.ana).event(FeeWaived.self)
        #expect(event.reason.isSealed(for: till.cast.cleo, .billing))
        #expect(try till.refused(waive, by: till.cast.ana) == Refused("unchanged", "charge"))
        waive.charge = other
        #expect(try till.refused(waive, by: till.cast.manager) == .malformed("charge"))
    }

    @Test func `a payer who is not charged for missed appointments is not`() throws {
        try publish { _ in }
        let fee = try cancelLate("2026-01-06T09:00").position(of: .chargePosted)
        func draft(_ payer: UInt64) -> DraftInvoice {
            .with {
                $0.client = till.cast.cleo
                $0.payer = payer
                $0.charges = [fee]
            }
        }
        #expect(try till.refused(draft(try till.payer())) == Refused("INV-BILL-10", "charges"))
        #expect(try till.refused(draft(try till.payer(missedAllowed: true))) == nil)
    }

    @Test func `time off that cancels charges nobody`() throws {
        try publish { _ in }
        try till.day.openForEveryone()
        let id = try till.day.book("2026-01-06T09:00")
        let off = try till.day.requestTimeOff(till.cast.ana, "2026-01-06")
        let outcome = try till.story.when(
            ApproveTimeOff.with {
                $0.timeOff = off
                $0.resolutions = [
                    .with {
                        $0.appointment = id
                        $0.action = .cancel
                    }
                ]
            }, by: till.cast.manager
        ).accepted()
        #expect(outcome.types == [.timeOffApproved, .appointmentCancelled])
    }

    @Test func `terms that cannot be are refused`() throws {
        func refused(_ change: (inout PublishCancellationPolicy) -> Void) throws -> Refused? {
            var command = PublishCancellationPolicy()
            change(&command)
            return try till.refused(command, by: till.cast.manager)
        }
        #expect(try refused { $0.lateWindowMinutes = 43_201 } == .malformed("lateWindowMinutes"))
        #expect(try refused { $0.noShowFee.basisPoints = 10_001 } == .malformed("noShowFee.basisPoints"))
        #expect(
            try refused {
                $0.noShowFee.amount = Till.dollars(1)
                $0.noShowFee.basisPoints = 1
            } == .malformed("noShowFee"))
        #expect(
            try refused { $0.lateCancelFee.amount = Till.dollars(1, "EUR") }
                == Refused("INV-BILL-01", "lateCancelFee.amount.currency"))
        #expect(
            try refused { $0.lateCancelFee.amount = Till.dollars(-1) }
                == Refused("INV-BILL-22", "lateCancelFee.amount.minor"))
        #expect(try refused { $0.exemptReasons = [.unspecified] } == .malformed("exemptReasons[0]"))
        #expect(try till.refused(PublishCancellationPolicy(), by: till.biller) == .notPermitted)
    }

    @Test func `what is excused uses up none of those that are free`() throws {
        try publish {
            $0.freePerYear = 1
            $0.exemptReasons = [.clientIllness]
        }
        #expect(try cancelLate("2026-01-06T09:00") { $0.reason = .clientIllness }.types == [.appointmentCancelled])
        #expect(try cancelLate("2026-01-06T09:00") { $0.reason = .clientSchedule }.types == [.appointmentCancelled])
        #expect(
            try cancelLate("2026-01-06T09:00") { $0.reason = .clientSchedule }.types == [
                .appointmentCancelled, .chargePosted,
            ])
    }

    @Test func `a fee is as the policy says: it is waived, and nobody voids or raises it`() throws {
        try publish { _ in }
        let fee = try cancelLate("2026-01-06T09:00").position(of: .chargePosted)
        let void = VoidCharge.with {
            $0.charge = fee
            $0.reason = "A favour"
        }
        let raise = AdjustCharge.with {
            $0.charge = fee
            $0.unit = Till.dollars(99_900)
            $0.reason = "Annoyed"
        }
        for staff in [till.biller, till.cast.manager] {
            #expect(try till.refused(void, by: staff) == .malformed("charge"))
            #expect(try till.refused(raise, by: staff) == .malformed("charge"))
        }
    }

    @Test func `terms that are in force already are not published again`() throws {
        try publish { $0.freePerYear = 2 }
        var again = PublishCancellationPolicy.with {
            $0.lateCancelFee.basisPoints = 5_000
            $0.noShowFee.amount = Till.dollars(9_000)
            $0.freePerYear = 2
        }
        #expect(try till.refused(again, by: till.cast.manager) == .unchanged)
        again.freePerYear = 3
        #expect(try till.refused(again, by: till.cast.manager) == nil)
    }
}
