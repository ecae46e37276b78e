import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SessionChargeTests {
    @Test func `a session's end charges the price of its booking, on the day at the place`() throws {
        let till = try Till()
        let id = try till.day.book("2026-01-06T14:00")
        try till.story.given(
            PriceListPublished.with {
                $0.effectiveFrom = "2026-01-01"
                $0.prices = [
                    .with {
                        $0.service = till.cast.therapy
                        $0.amount = Till.dollars(15_000)
                    }
                ]
            }, about: [])
        try till.story.goTo("2026-01-06T14:00")
        try till.story.given(StartSession.with { $0.appointment = id }, by: till.cast.ana)
        try till.story.goTo("2026-01-06T14:47")
        let outcome = try till.story.when(EndSession.with { $0.appointment = id }, by: till.cast.ana)
        #expect(outcome.types == [.sessionEnded, .chargePosted])
        let charge = try outcome.event(ChargePosted.self)
        #expect(charge.line.net == Till.dollars(12_000))
        #expect(charge.hasPriceList && charge.kind == .session && charge.appointment == id && !charge.proposed)
        #expect(charge.client == till.cast.cleo && charge.staff == till.cast.ana)
        #expect(charge.serviceDate == "2026-01-06" && charge.minutes == 50)
        #expect(outcome.reply.id == id)
        #expect(outcome.reply.charge == (try outcome.position(of: .chargePosted)))
    }

    @Test func `a service with a tax code is taxed at the rate of the day`() throws {
        let till = try Till()
        func rate(_ basisPoints: UInt32, _ date: String) throws {
            try till.story.given(
                DefineTaxCode.with {
                    $0.code = "GST"
                    $0.basisPoints = basisPoints
                    $0.effectiveFrom = date
                }, by: till.biller)
        }
        try rate(900, "2026-01-06")
        try rate(1_000, "2026-01-08")
        let service = try till.story.given(
            ServiceDefined.with {
                $0.code = "TAX"
                $0.minutes = 50
                $0.people = 2
                $0.taxCode = "GST"
                $0.modalities = [.inPerson]
            }, about: [Subject(.service, till.story.next)])
        try till.story.given(
            PriceListPublished.with {
                $0.effectiveFrom = "2025-01-01"
                $0.prices = [
                    .with {
                        $0.service = service
                        $0.amount = Till.dollars(10_000)
                    }
                ]
            }, about: [])
        var rates: [UInt32] = []
        for date in ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"] {
            let id = try till.day.book(date + "T14:00") { $0.service = service }
            try till.story.goTo(date + "T16:00")
            let outcome = try till.story.when(RecordSession.with { $0.appointment = id }, by: till.cast.ana)
            rates.append(try outcome.event(ChargePosted.self).line.taxBasisPoints)
        }
        #expect(rates == [0, 900, 900, 1_000])
    }

    @Test func `without a price there is no charge, and one can be posted afterwards`() throws {
        let till = try Till()
        let id = try till.day.book("2026-01-06T14:00") {
            $0.service = till.cast.conference
            $0.minutes = 30
        }
        try till.story.goTo("2026-01-06T16:00")
        let outcome = try till.story.when(RecordSession.with { $0.appointment = id }, by: till.cast.ana)
        #expect(outcome.types == [.sessionRecordedRetrospectively])
        #expect(!outcome.reply.hasCharge)
        var command = PostCharge.with { $0.appointment = id }
        #expect(try till.refused(command) == Refused("INV-BILL-11", "unit"))
        command.unit = Till.dollars(4_000)
        #expect(try till.refused(command) == .malformed("remark"))
        command.remark = "As agreed on the phone"
        let charge = try till.story.when(command, by: till.biller).event(ChargePosted.self)
        #expect(charge.kind == .session && charge.minutes == 30 && charge.serviceDate == "2026-01-06")
        #expect(charge.remark.isSealed(for: till.cast.cleo, .billing))
        #expect(try till.refused(command) == Refused("INV-BILL-06", "appointment"))
    }

    @Test func `a session of an import is not charged`() throws {
        let till = try Till()
        let id = try till.day.book("2026-01-06T14:00")
        try till.story.goTo("2026-01-06T16:00")
        let outcome = try till.story.when(RecordSession.with { $0.appointment = id }, by: till.day.anImport)
        #expect(outcome.types == [.sessionRecordedRetrospectively])
    }

    @Test func `a mistake takes back so many charges and no more`() throws {
        let till = try Till()
        let (id, _) = try till.session("2026-01-06T10:00")
        for _ in 0..<500 {
            _ = try till.charge(1) {
                $0.kind = .product
                $0.appointment = id
            }
        }
        var mistake = MarkEnteredInError.with {
            $0.appointment = id
            $0.reason = "Nobody came"
        }
        #expect(try till.refused(mistake, by: till.cast.manager) == Refused("INV-SCHED-26"))
        let last = try #require(till.story.log.last { $0.type == .chargePosted }).position
        try till.story.given(
            VoidCharge.with {
                $0.charge = last
                $0.reason = "Wrong"
            }, by: till.biller)
        mistake.reason = "Nobody came at all"
        #expect(try till.story.when(mistake, by: till.cast.manager).accepted().types.count == 501)
    }

    @Test func `an appointment that was a mistake takes its charge with it, unless that is invoiced`() throws {
        let till = try Till()
        let (free, charge) = try till.session("2026-01-06T10:00")
        func mistake(_ id: UInt64) -> MarkEnteredInError {
            .with {
                $0.appointment = id
                $0.reason = "Nobody came"
            }
        }
        let outcome = try till.story.when(mistake(free), by: till.cast.manager)
        let voided = try outcome.event(ChargeVoided.self)
        #expect(voided.charge == charge && voided.reason.isSealed(for: till.cast.cleo, .billing))
        let (billed, second) = try till.session("2026-01-07T10:00")
        let invoice = try till.draft(second)
        #expect(try till.refused(mistake(billed), by: till.cast.manager) == Refused("INV-SCHED-26"))
        try till.story.given(IssueInvoice.with { $0.invoice = invoice }, by: till.biller)
        let refusal = try till.story.when(mistake(billed), by: till.cast.manager).refusal
        #expect(refusal?.rule == "INV-SCHED-26" && refusal?.facts.involved == [second, invoice])
        try till.story.given(
            IssueCreditNote.with {
                $0.invoice = invoice
                $0.reason = "Nobody came"
            }, by: till.biller)
        #expect(
            try till.story.when(mistake(billed), by: till.cast.manager).types == [.appointmentMarkedEnteredInError])
    }
}
