import Clinic
import Foundation
import Schema
import SwiftProtobuf

/// A command about money, and what must come of it by the plain rules: its events, or the reasons against it.
struct PlainMoneyAsk {
    let clinic: PlainClinic
    /// Milliseconds UTC.
    let nowMs: Int64
    /// The position that the first event gets.
    let next: UInt64
    /// In which it is permitted.
    let role: Role.Value
    /// Rules that it breaks, and problems, by name.
    private(set) var reasons: Set<String> = []
    /// What is recorded when nothing is against it; sealed texts are not looked at.
    private(set) var events: [any Event] = []

    var books: PlainBooks { clinic.books }
    var today: String { PlainTime.text(day: PlainTime.local(nowMs, clinic.zone).day) }

    /// Nil for a command that is about something else.
    init?(_ command: any Command, _ clinic: PlainClinic, nowMs: Int64, next: UInt64, role: Role.Value) {
        (self.clinic, self.nowMs, self.next, self.role) = (clinic, nowMs, next, role)
        guard decideSettings(command) || decideCharges(command) || decideInvoices(command) || decidePayments(command)
        else { return nil }
        if !reasons.isEmpty { events = [] }
    }

    // MARK: What every command needs

    mutating func object(_ reason: String) { reasons.insert(reason) }

    mutating func require(_ holds: Bool, _ reason: String) {
        if !holds { object(reason) }
    }

    /// Something that is recorded, unless there is a reason against it.
    mutating func record(_ event: some Event) { record(any: event) }

    mutating func record(any event: any Event) {
        if reasons.isEmpty { events.append(event) }
    }

    func money(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = clinic.practice.currency
        }
    }

    /// A price or a discount; nil when there is none, or it is none.
    mutating func price(_ money: Money?) -> Int64? {
        guard let minor = minor(money, otherCurrency: "INV-BILL-01") else { return nil }
        require(minor >= 0, "INV-BILL-22")
        return minor
    }

    /// Money that moves: some of what is there, or all of it when nothing is named. Nil when it is too much.
    mutating func part(_ money: Money?, of available: Int64, tooMuch: String) -> Int64? {
        guard let money else { return available }
        guard let minor = minor(money, otherCurrency: "INV-PAY-04") else { return nil }
        require(minor > 0, "INV-PAY-01")
        require(minor <= available, tooMuch)
        return minor
    }

    mutating func minor(_ money: Money?, otherCurrency: String) -> Int64? {
        guard let money else { return nil }
        require(money.currency == clinic.practice.currency, otherCurrency)
        guard money.hasMinor, money.minor.magnitude <= PlainCents.maxMinor.magnitude else {
            object("malformed")
            return nil
        }
        return money.minor
    }

    /// A text that must be there: no number of a card in it.
    mutating func text(_ text: String?, isRequired: Bool) {
        require(!isRequired || text?.contains { !$0.isWhitespace } ?? false, "malformed")
        if let text, Self.holdsCard(text) { object("INV-PAY-09") }
    }

    /// A date as it is written; nil when it is none.
    mutating func date(_ text: String) -> Int? {
        guard let day = PlainTime.day(text), PlainTime.text(day: max(day, 0)) == text else {
            object("malformed")
            return nil
        }
        return day
    }

    /// INV-SYS-13: when something was that is over.
    mutating func pastDate(_ text: String) {
        guard let day = date(text), let today = PlainTime.day(today) else { return }
        require(day <= today, "INV-SYS-13")
        require(today - day <= 3_653, "malformed")
    }

    mutating func client(_ id: UInt64?) -> UInt64? {
        guard let id else {
            object("malformed")
            return nil
        }
        guard let client = clinic.clients[id] else {
            object("not-found")
            return nil
        }
        require(!client.isWithdrawn, "INV-CLI-04")
        return id
    }

    mutating func account(_ client: UInt64?, _ payer: UInt64?) -> Account? {
        if let payer, books.payers[payer] == nil { object("not-found") }
        guard let client = self.client(client) else { return nil }
        return .with {
            $0.client = client
            if let payer { $0.payer = payer }
        }
    }

    mutating func invoice(_ id: UInt64?) -> PlainBooks.Invoice? {
        guard let id else {
            object("malformed")
            return nil
        }
        guard let invoice = books.invoices[id] else {
            object("not-found")
            return nil
        }
        return invoice
    }

    mutating func requireIssued(_ invoice: PlainBooks.Invoice) {
        switch invoice.standing {
        case .issued: break
        case .draft: object("INV-BILL-04")
        case .void, .discarded: object("INV-BILL-05")
        }
    }

    /// INV-PAY-06 and INV-BILL-17: how far a biller goes alone.
    mutating func requireLimit(_ minor: Int64, after done: Int64, _ rule: String) {
        guard role == .biller else { return }
        let policy = clinic.practice.policy
        let limit = policy.billerLimitMinor == 0 ? 10_000 : policy.billerLimitMinor
        require(done + minor <= limit, rule)
    }

    /// Part of a payment, or of other credit, pays an invoice.
    func payment(of invoice: UInt64, from credit: UInt64, _ kind: Subject.Kind, _ account: Account, _ minor: Int64)
        -> any Event
    {
        guard kind == .payment else {
            return CreditApplied.with {
                $0.creditNote = credit
                $0.invoice = invoice
                $0.account = account
                $0.amount = money(minor)
                $0.appliedOn = today
            }
        }
        return PaymentAllocated.with {
            $0.payment = credit
            $0.invoice = invoice
            $0.account = account
            $0.amount = money(minor)
            $0.allocatedOn = today
        }
    }

    /// Thirteen to nineteen digits, with blanks and hyphens between, that pass Luhn's check.
    static func holdsCard(_ text: String) -> Bool {
        let joined = text.replacing(/[ \-.\/]/, with: "")
        return joined.matches(of: /[0-9]+/).contains { match in
            let digits = match.output.compactMap(\.wholeNumberValue)
            return digits.indices.contains { first in
                (13...19).contains { count in
                    first + count <= digits.count && passesLuhn(Array(digits[first..<first + count]))
                }
            }
        }
    }

    private static func passesLuhn(_ digits: [Int]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? 2 * digit : digit
            sum += doubled / 10 + doubled % 10
        }
        return sum > 0 && sum % 10 == 0
    }
}
