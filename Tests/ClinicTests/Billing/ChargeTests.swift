import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct ChargeTests {
    private let till: Till

    init() throws { till = try Till() }

    @Test func `a charge is quantity times price less discount`() throws {
        let outcome = try till.story.when(
            till.posting(1_250) {
                $0.kind = .product
                $0.quantity = 3
                $0.discount = Till.dollars(50)
                $0.serviceDate = "2026-01-02"
            }, by: till.cast.desk)
        let event = try outcome.event(ChargePosted.self)
        #expect(event.line.net == Till.dollars(3_700) && event.serviceDate == "2026-01-02" && !event.hasPriceList)
        #expect(outcome.reply.id == outcome.recorded[0].position)
        #expect(outcome.reply.charge == outcome.reply.id)
    }

    @Test func `a service's price is that of the list on the day`() throws {
        let event = try till.story.when(
            PostCharge.with {
                $0.client = till.cast.cleo
                $0.kind = .admin
                $0.service = till.cast.therapy
            }, by: till.biller
        ).event(ChargePosted.self)
        #expect(event.line.net == Till.dollars(12_000) && event.hasPriceList && event.remark.text == nil)
        #expect(event.serviceDate == "2026-01-05")
    }

    @Test func `amounts that cannot be are refused by their field`() throws {
        func refused(_ minor: Int64, _ change: (inout PostCharge) -> Void = { _ in }) throws -> Refused? {
            try till.refused(till.posting(minor, change))
        }
        #expect(try refused(-1) == Refused("INV-BILL-22", "unit.minor"))
        #expect(try refused(.min) == .malformed("unit.minor"))
        #expect(try refused(.max) == .malformed("unit.minor"))
        #expect(try refused(1_000_000_000_001) == .malformed("unit.minor"))
        #expect(try refused(1_000_000_000_000) == nil)
        #expect(try refused(1_000_000_000_000) { $0.quantity = 2 } == .malformed("unit"))
        #expect(try refused(1) { $0.quantity = 0 } == Refused("INV-BILL-22", "quantity"))
        #expect(try refused(1) { $0.quantity = .max } == Refused("INV-BILL-22", "quantity"))
        #expect(try refused(1) { $0.unit = Till.dollars(1, "EUR") } == Refused("INV-BILL-01", "unit.currency"))
        #expect(try refused(1) { $0.unit = .with { $0.currency = "USD" } } == .malformed("unit.minor"))
        #expect(try refused(5) { $0.discount = Till.dollars(6) } == Refused("INV-BILL-02", "discount"))
        #expect(try refused(5) { $0.discount = Till.dollars(5) } == nil)
    }

    @Test func `what is charged must be known and have happened`() throws {
        func refused(_ change: (inout PostCharge) -> Void) throws -> Refused? {
            try till.refused(till.posting(100, change))
        }
        #expect(try refused { $0.client = till.cast.ana } == .notFound("client"))
        #expect(try refused { $0.clearClient() } == .malformed("client"))
        #expect(try refused { $0.clearKind() } == .malformed("kind"))
        #expect(try refused { $0.kind = .noShow } == .malformed("kind"))
        #expect(try refused { $0.kind = .session } == .malformed("appointment"))
        #expect(try refused { $0.service = till.cast.cleo } == .notFound("service"))
        #expect(try refused { $0.taxCode = "VAT" } == .notFound("taxCode"))
        #expect(try refused { $0.serviceDate = "2026-01-06" } == Refused("INV-SYS-13", "serviceDate"))
        #expect(try refused { $0.serviceDate = "2015-01-05" } == .malformed("serviceDate"))
        #expect(try refused { $0.clearRemark() } == .malformed("remark"))
        #expect(try refused { $0.remark = "Card 4111 1111 1111 1111" } == Refused("INV-PAY-09", "remark"))
        let booked = try till.day.book("2026-01-06T14:00")
        #expect(
            try refused {
                $0.kind = .session
                $0.appointment = booked
            } == Refused("INV-SCHED-27", "appointment"))
        #expect(
            try refused {
                $0.client = till.cast.carl
                $0.appointment = booked
            } == .malformed("client"))
    }

    @Test func `who may post, change and see charges`() throws {
        let charge = try till.charge(100)
        let adjust = AdjustCharge.with {
            $0.charge = charge
            $0.unit = Till.dollars(90)
            $0.reason = "Agreed"
        }
        for staff in [till.cast.ana, till.cast.supervisor, till.cast.trainee, till.cast.auditor] {
            #expect(try till.refused(till.posting(100), by: staff) == .notPermitted)
        }
        #expect(try till.refused(adjust, by: till.cast.desk) == .notPermitted)
        #expect(try till.refused(till.posting(100), by: till.cast.owner) == nil)
        #expect(try till.refused(adjust, by: till.cast.manager) == nil)
    }

    @Test func `a charge is adjusted with a reason, as long as it is on no invoice`() throws {
        let charge = try till.charge(10_000)
        var adjust = AdjustCharge.with {
            $0.charge = charge
            $0.discount = Till.dollars(2_000)
        }
        #expect(try till.refused(adjust) == .malformed("reason"))
        adjust.reason = "Hardship"
        let event = try till.story.when(adjust, by: till.biller).event(ChargeAdjusted.self)
        #expect(event.line.net == Till.dollars(8_000) && event.line.unit == Till.dollars(10_000))
        #expect(event.client == till.cast.cleo && event.reason.isSealed(for: till.cast.cleo, .billing))
        #expect(try till.refused(adjust) == .unchanged)
        adjust.discount = Till.dollars(1_000)
        adjust.expecting = charge
        #expect(try till.refused(adjust) == Refused("changed"))
        adjust.clearExpecting()
        let invoice = try till.draft(charge)
        #expect(try till.refused(adjust) == Refused("INV-BILL-06", "charge"))
        _ = try till.issue(invoice).accepted()
        #expect(try till.refused(adjust) == Refused("INV-BILL-05", "charge"))
        let void = VoidCharge.with {
            $0.charge = charge
            $0.reason = "Wrong"
        }
        #expect(try till.refused(void) == Refused("INV-BILL-05", "charge"))
    }

    @Test func `a voided charge is gone, and its session can be charged again`() throws {
        let (appointment, charge) = try till.session("2026-01-06T10:00")
        let void = VoidCharge.with {
            $0.charge = charge
            $0.reason = "Wrong"
        }
        try till.story.given(void, by: till.biller)
        #expect(try till.refused(void) == Refused("unchanged", "charge"))
        let event = try till.story.when(PostCharge.with { $0.appointment = appointment }, by: till.biller)
            .event(ChargePosted.self)
        #expect(event.line.net == Till.dollars(12_000) && event.hasPriceList)
        #expect(
            try till.refused(PostCharge.with { $0.appointment = appointment }) == Refused("INV-BILL-06", "appointment"))
    }

    @Test func `nothing is charged for what was entered in error, and for what is to come not before its day`() throws {
        let id = try till.day.book("2026-01-08T14:00")
        let report = till.posting(5_000) { $0.appointment = id }
        let ahead = try till.story.when(report, by: till.biller).event(ChargePosted.self)
        #expect(ahead.serviceDate == "2026-01-05")
        let mistake = MarkEnteredInError.with {
            $0.appointment = id
            $0.reason = "Another client"
        }
        try till.story.given(mistake, by: till.cast.manager)
        #expect(try till.refused(report) == Refused("INV-SCHED-26", "appointment"))
        let other = try till.day.book("2026-01-08T16:00")
        let card = MarkEnteredInError.with {
            $0.appointment = other
            $0.reason = "Paid by card 4111 1111 1111 1111"
        }
        #expect(try till.refused(card, by: till.cast.manager) == Refused("INV-PAY-09", "reason"))
    }
}
