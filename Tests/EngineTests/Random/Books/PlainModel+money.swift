import Foundation
import Schema
import SwiftProtobuf

/// Money, by the events alone.
extension PlainModel {
    private var books: PlainBooks { clinic.books }

    /// A charge that must follow in the same command.
    mutating func awaitCharge(_ event: ChargePosted?, _ recorded: Recorded) {
        if let event, !isImport(recorded) { awaited.append(event) }
    }

    /// INV-SCHED-26: what rests on an appointment goes with it, or keeps it.
    mutating func check(_ event: AppointmentMarkedEnteredInError, _ recorded: Recorded) {
        if let note = clinic.liveNote(of: event.appointment).flatMap({ clinic.notes[$0] }) {
            require(!note.isSigned, "INV-SCHED-26: there is a signed note")
        }
        require(isImport(recorded) || owedBefore(event.appointment) == 0, "INV-SCHED-26: it was owed before")
        for id in books.chargesOfAppointment[event.appointment] ?? [] {
            guard let charge = books.charges[id], !charge.isIssuedAtNothing else { continue }
            require(![.drafted, .invoiced].contains(charge.standing), "INV-SCHED-26: \(id) is on an invoice")
            guard charge.standing == .pending, !isImport(recorded) else { continue }
            awaited.append(
                ChargeVoided.with {
                    $0.charge = id
                    $0.client = charge.posted.client
                })
        }
    }

    /// What is owed in the books before these for an appointment.
    private func owedBefore(_ appointment: UInt64) -> Int64 {
        books.feesBefore[appointment].flatMap { books.invoices[$0]?.openMinor } ?? 0
    }

    mutating func check(_ event: BillingEvent, _ recorded: Recorded) {
        let postings = PlainLedger.postings(of: event)
        require(postings.reduce(0) { $0 + $1.1 } == 0, "INV-LEDG-01: it does not sum to nothing")
        if !postings.isEmpty { hasMovedMoney = true }
        if let number = event.documentNumber, let series = series(of: event) {
            require(number == books.nextNumber(series), "INV-BILL-04: \(number)")
        }
        if let client = event.client {
            require(clinic.clients[client] != nil, "the money of nobody")
            require(
                recorded.header.subjects.contains { $0.kind == .client && $0.id == client },
                "not filed under client \(client)")
        }
        if let next = awaited.first, recorded.header.index > 0 {
            require(next.isEqualTo(message: event.plain), "INV-BILL-11: \(event.plain) instead of \(next)")
            awaited.removeFirst()
        }
        switch event {
        case .chargePosted, .chargeAdjusted, .chargeVoided, .feeWaived, .taxCodeDefined, .payerDefined:
            checkCharge(event)
        case .invoiceDrafted, .invoiceDraftDiscarded, .invoiceIssued, .invoiceVoided, .creditNoteIssued,
            .writeOffRecorded, .writeOffReversed:
            checkInvoice(event, recorded)
        case .creditApplied, .paymentRecorded, .paymentAllocated, .allocationReversed, .paymentReversed, .refundIssued,
            .openingBalanceImported, .openingBalanceWithdrawn:
            checkPayment(event, recorded)
        }
    }

    private func series(of event: BillingEvent) -> String? {
        switch event {
        case .invoiceIssued(let event): "INV-\(event.issuedOn.prefix(4))"
        case .creditNoteIssued(let event): "CN-\(event.issuedOn.prefix(4))"
        case .paymentRecorded: "PAY"
        case .refundIssued: "RFD"
        case .writeOffRecorded: "WO"
        case .openingBalanceImported: "OB"
        default: nil
        }
    }

    private mutating func checkCharge(_ event: BillingEvent) {
        switch event {
        case .chargePosted(let event):
            checkLine(event.line)
            let rate = event.line.hasTaxCode ? books.rate(of: event.line.taxCode, on: event.serviceDate) : nil
            require(!event.line.hasTaxCode || rate != nil, "INV-BILL-11: a rate of no day")
            require(event.line.taxBasisPoints == rate?.basisPoints ?? 0, "INV-BILL-11: another rate")
        case .chargeAdjusted(let event):
            checkLine(event.line)
            require(books.charges[event.charge]?.standing == .pending, "INV-BILL-05: adjusted on an invoice")
        case .chargeVoided(let event):
            require(books.charges[event.charge]?.standing == .pending, "INV-BILL-05: voided on an invoice")
        case .feeWaived(let event):
            require(books.charges[event.charge]?.standing == .pending, "INV-BILL-05: waived on an invoice")
            require(books.charges[event.charge]?.isFee ?? false, "1.9: no fee to waive")
        default: break
        }
    }

    /// INV-BILL-02 and -22.
    private mutating func checkLine(_ line: ChargeLine) {
        require((1...10_000).contains(line.quantity) && line.unit.minor >= 0 && line.discount.minor >= 0, "INV-BILL-22")
        require(
            line.net.minor == Int64(line.quantity) * line.unit.minor - line.discount.minor && line.net.minor >= 0,
            "INV-BILL-02: \(line)")
        let currencies = Set([line.unit, line.discount, line.net].map(\.currency))
        require(currencies == [clinic.practice.currency], "INV-BILL-01: \(currencies)")
    }

    /// INV-LEDG-04, and that nothing is below zero.
    mutating func checkBooks() {
        require(books.ledger.values.reduce(0, +) == 0, "INV-LEDG-01: the ledger does not sum to nothing")
        var (clients, payers, credit): (Int64, Int64, Int64) = (0, 0, 0)
        for (account, ids) in books.openOf {
            let open = ids.reduce(0) { $0 + (books.invoices[$1]?.openMinor ?? 0) }
            if account.hasPayer { payers += open } else { clients += open }
        }
        for ids in books.freeOf.values { credit += ids.reduce(0) { $0 + (books.credits[$1]?.freeMinor ?? 0) } }
        require(books.ledger["Assets:Receivable:Clients", default: 0] == clients, "INV-LEDG-04: what clients owe")
        require(books.ledger["Assets:Receivable:Payers", default: 0] == payers, "INV-LEDG-04: what payers owe")
        require(books.ledger["Liabilities:Client-Credit", default: 0] == -credit, "INV-LEDG-04: credit")
    }
}

extension BillingEvent {
    /// Whose money it is about; nil for a definition.
    var client: UInt64? {
        switch self {
        case .taxCodeDefined, .payerDefined: nil
        case .chargePosted(let event): event.client
        case .chargeAdjusted(let event): event.client
        case .chargeVoided(let event): event.client
        case .feeWaived(let event): event.client
        case .invoiceDrafted(let event): event.account.client
        case .invoiceDraftDiscarded(let event): event.account.client
        case .invoiceIssued(let event): event.account.client
        case .invoiceVoided(let event): event.account.client
        case .creditNoteIssued(let event): event.account.client
        case .creditApplied(let event): event.account.client
        case .paymentRecorded(let event): event.account.client
        case .paymentAllocated(let event): event.account.client
        case .allocationReversed(let event): event.account.client
        case .paymentReversed(let event): event.account.client
        case .refundIssued(let event): event.account.client
        case .writeOffRecorded(let event): event.account.client
        case .writeOffReversed(let event): event.account.client
        case .openingBalanceImported(let event): event.account.client
        case .openingBalanceWithdrawn(let event): event.account.client
        }
    }

    /// Itself without what is sealed.
    var plain: any Event {
        switch self {
        case .chargePosted(var event):
            event.clearRemark()
            return event
        case .chargeAdjusted(var event):
            event.clearReason()
            return event
        case .chargeVoided(var event):
            event.clearReason()
            return event
        case .feeWaived(var event):
            event.clearReason()
            return event
        case .invoiceVoided(var event):
            event.clearReason()
            return event
        case .creditNoteIssued(var event):
            event.clearReason()
            return event
        case .refundIssued(var event):
            event.clearReason()
            return event
        case .writeOffRecorded(var event):
            event.clearNote()
            return event
        default: return message
        }
    }
}
