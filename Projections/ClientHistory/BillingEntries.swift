import ProjectionKit
import Schema

/// What a client was charged, invoiced and paid belongs to their story.
extension ClientHistoryView {
    static func entries(of event: BillingEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .chargePosted(let event): [entry(of: event, recorded)]
        case .chargeAdjusted(let event):
            [
                Entry(client: event.client, subject: event.charge).with {
                    $0.facts.add("amount", money: event.line.net)
                    $0.addBilling("reason", event.reason, recorded)
                }
            ]
        case .chargeVoided(let event):
            [
                Entry(client: event.client, subject: event.charge).with {
                    $0.addBilling("reason", event.reason, recorded)
                }
            ]
        case .feeWaived(let event):
            [
                Entry(client: event.client, subject: event.charge).with {
                    $0.addBilling("reason", event.reason, recorded)
                }
            ]
        case .invoiceDrafted, .invoiceDraftDiscarded, .invoiceIssued, .invoiceVoided, .creditNoteIssued:
            invoiceEntries(of: event, recorded)
        case .taxCodeDefined, .payerDefined: []
        case .creditApplied, .paymentRecorded, .paymentAllocated, .allocationReversed, .paymentReversed, .refundIssued,
            .writeOffRecorded, .writeOffReversed, .openingBalanceImported, .openingBalanceWithdrawn:
            paymentEntries(of: event, recorded)
        }
    }

    private static func entry(of event: ChargePosted, _ recorded: Recorded) -> Entry {
        Entry(client: event.client, subject: recorded.position).with {
            $0.facts.add("kind", word: event.kind)
            if event.hasAppointment { $0.facts.add("appointment", event.appointment) }
            if event.hasService { $0.facts.add("service", event.service) }
            if event.hasStaff { $0.facts.add("staff", event.staff) }
            $0.facts.add("serviceDate", text: event.serviceDate)
            $0.facts.add("amount", money: event.line.net)
            if event.line.hasTaxCode { $0.facts.add("taxCode", text: event.line.taxCode) }
            if event.proposed { $0.facts.add("proposed", true) }
            $0.facts.add(event.source)
            $0.addBilling("remark", event.remark, recorded)
        }
    }

    private static func invoiceEntries(of event: BillingEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .invoiceDrafted(let event):
            [Entry(event.account, recorded.position).with { $0.facts.add("charge", event.charges) }]
        case .invoiceDraftDiscarded(let event): [Entry(event.account, event.invoice)]
        case .invoiceIssued(let event):
            [
                Entry(event.account, event.invoice).with {
                    $0.facts.add("number", text: event.number)
                    $0.facts.add("dueOn", text: event.dueOn)
                    $0.facts.add("total", money: event.total)
                    if event.tax.minor != 0 { $0.facts.add("tax", money: event.tax) }
                }
            ]
        case .invoiceVoided(let event):
            [
                Entry(event.account, event.invoice).with {
                    $0.facts.add("total", money: event.total)
                    $0.addBilling("reason", event.reason, recorded)
                }
            ]
        case .creditNoteIssued(let event):
            [
                Entry(event.account, recorded.position).with {
                    $0.facts.add("number", text: event.number)
                    $0.facts.add("invoice", event.invoice)
                    $0.facts.add("total", money: event.total)
                    $0.addBilling("reason", event.reason, recorded)
                }
            ]
        default: []
        }
    }
}

extension Entry {
    /// One about an account, which is its client's story whoever pays.
    init(_ account: Account, _ subject: UInt64) {
        self.init(client: account.client, subject: subject)
        if account.hasPayer { facts.add("payer", account.payer) }
    }

    func with(_ change: (inout Entry) -> Void) -> Entry {
        var copy = self
        change(&copy)
        return copy
    }

    /// The one private text of an event about money.
    mutating func addBilling(_ name: String, _ field: Sealed, _ recorded: Recorded) {
        var ordinal: UInt32 = 0
        texts.append((name, recorded.sealed(field, ordinal: &ordinal, of: client, .billing)))
    }
}
