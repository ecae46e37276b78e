import ProjectionKit
import Schema

extension ClientHistoryView {
    static func paymentEntries(of event: BillingEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .paymentRecorded(let event):
            [
                Entry(event.account, recorded.position).with {
                    $0.facts.add("number", text: event.number)
                    $0.facts.add("amount", money: event.amount)
                    $0.facts.add("method", word: event.method)
                    $0.facts.add("receivedOn", text: event.receivedOn)
                    $0.facts.add(event.source)
                }
            ]
        case .creditApplied(let event):
            [
                Entry(event.account, event.creditNote).with {
                    $0.facts.add("invoice", event.invoice)
                    $0.facts.add("amount", money: event.amount)
                }
            ]
        case .paymentAllocated(let event):
            [
                Entry(event.account, event.payment).with {
                    $0.facts.add("invoice", event.invoice)
                    $0.facts.add("amount", money: event.amount)
                }
            ]
        case .allocationReversed(let event):
            [
                Entry(event.account, event.payment).with {
                    $0.facts.add("allocation", event.allocation)
                    $0.facts.add("invoice", event.invoice)
                    $0.facts.add("amount", money: event.amount)
                }
            ]
        case .paymentReversed(let event):
            [
                Entry(event.account, event.payment).with {
                    $0.facts.add("amount", money: event.amount)
                    $0.facts.add("reason", word: event.reason)
                }
            ]
        case .refundIssued, .writeOffRecorded, .writeOffReversed, .openingBalanceImported, .openingBalanceWithdrawn:
            otherEntries(of: event, recorded)
        default: []
        }
    }

    private static func otherEntries(of event: BillingEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .refundIssued(let event):
            [
                Entry(event.account, recorded.position).with {
                    $0.facts.add("number", text: event.number)
                    if event.hasPayment { $0.facts.add("payment", event.payment) }
                    if event.hasCreditNote { $0.facts.add("creditNote", event.creditNote) }
                    $0.facts.add("amount", money: event.amount)
                    $0.facts.add("method", word: event.method)
                    $0.addBilling("reason", event.reason, recorded)
                }
            ]
        case .writeOffRecorded(let event):
            [
                Entry(event.account, recorded.position).with {
                    $0.facts.add("number", text: event.number)
                    $0.facts.add("invoice", event.invoice)
                    $0.facts.add("amount", money: event.amount)
                    $0.facts.add("reason", word: event.reason)
                    $0.addBilling("note", event.note, recorded)
                }
            ]
        case .writeOffReversed(let event):
            [
                Entry(event.account, event.writeOff).with {
                    $0.facts.add("invoice", event.invoice)
                    $0.facts.add("amount", money: event.amount)
                }
            ]
        case .openingBalanceImported(let event):
            [
                Entry(event.account, recorded.position).with {
                    $0.facts.add("number", text: event.number)
                    $0.facts.add("asOf", text: event.asOf)
                    $0.facts.add("amount", money: event.amount)
                    if event.hasFee { $0.facts.add("fee", money: event.fee) }
                    if event.hasPaid { $0.facts.add("paid", money: event.paid) }
                    if event.hasAppointment { $0.facts.add("appointment", event.appointment) }
                    $0.facts.add(event.source)
                }
            ]
        case .openingBalanceWithdrawn(let event):
            [Entry(event.account, event.openingBalance).with { $0.facts.add("amount", money: event.amount) }]
        default: []
        }
    }
}
