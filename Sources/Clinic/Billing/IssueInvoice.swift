import Schema
import Timetable

extension IssueInvoice: Command {
    public static let permission = Permission.issueInvoices

    private static let dueDaysMax = 730

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    /// INV-BILL-03 and -04: the lines as they stand, their sum, and the next number of the series.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice()
        let amount = try Amount(state)
        let draft = try state.invoiceInHand(hasInvoice ? invoice : nil)
        try draft.requireDraft()
        let today = try state.today(asked)
        let lines = try draft.state.charges.map { InvoiceLine($0, try state.charge($0).posted, amount) }
        var event = InvoiceIssued()
        event.invoice = draft.id
        event.account = draft.account
        event.number = try state.next(.invoice(year: today.year))
        event.issuedOn = today.description
        event.dueOn = try dueDate(draft.account, practice.practice.policy, today, state).description
        event.lines = lines
        event.net = amount.money(lines.reduce(0) { $0 + $1.net.minor })
        event.tax = amount.money(lines.reduce(0) { $0 + $1.tax.minor })
        event.total = amount.money(event.net.minor + event.tax.minor)
        try BooksLimit.require(event.total.minor, state, field: "invoice")
        if practice.hasProfilePosition { event.profile = practice.profilePosition }
        let issued = Draft(event, about: draft.subjects)
        guard useCredit else { return [issued] }
        let payable = Payable(
            invoice: draft.id, account: draft.account, openMinor: event.total.minor, on: today.description)
        return [issued] + (try state.creditDrafts(for: payable, amount, at: asked.next + 1))
    }

    /// INV-BILL-14: not before the invoice.
    private func dueDate(
        _ account: Account, _ policy: PracticePolicy, _ today: LocalDate, _ state: borrowing ClinicState
    ) throws -> LocalDate {
        guard hasDue else {
            let days = account.hasPayer ? try state.payer(account.payer).dueDays : policy.dueDays
            return today.adding(days: Int(days)) ?? today
        }
        let date = try Fields.date(due, "due")
        guard date >= today else {
            throw Refusal.rule("INV-BILL-14", "Due before it is issued", "`due` is before today, \(today).")
                .with { $0.field = "due" }
        }
        guard today.days(until: date) <= Self.dueDaysMax else {
            throw Refusal.field("due", "`due` is more than two years from now.")
        }
        return date
    }
}
