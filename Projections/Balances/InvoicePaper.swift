import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension InvoicePaper {
    /// What an invoice says, with the client's name and address for who may know them.
    init(
        _ paper: IssuedPaper, _ view: BalancesView, _ question: Question, in transaction: borrowing ReadTransaction
    ) throws {
        self.init()
        let issued = paper.issued
        lines = issued.lines
        net = issued.net
        tax = issued.tax
        let founded = try view.requirePractice(in: transaction)
        practice = founded.name
        if !founded.jurisdiction.isEmpty { jurisdiction = founded.jurisdiction }
        if issued.hasProfile, let profile = try view.profiles.get(issued.profile, in: transaction) {
            self.profile = profile
        }
        if issued.account.hasPayer, let payer = try view.payers.get(issued.account.payer, in: transaction) {
            self.payer = payer
        }
        if question.sees(client: issued.account.client) { take(paper.client) }
        taxes = paper.taxes
    }

    private mutating func take(_ client: BalanceClient) {
        if client.hasGivenName { clientGivenName = Private(client.givenName) }
        if client.hasFamilyName { clientFamilyName = Private(client.familyName) }
        if client.hasAddress { clientAddress = Private(client.address) }
    }
}

extension BalancesView {
    /// A credit note with what became of it; nil for what is none.
    func creditNoteRow(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> CreditNoteRow? {
        guard let note = try notes.get(id, in: transaction), let sums = try credits.get(id, in: transaction) else {
            return nil
        }
        let currency = note.total.currency
        return .with {
            $0.id = id
            $0.number = note.number
            $0.issuedOn = note.issuedOn
            $0.lines = note.lines
            $0.total = note.total
            $0.used = Money(sums.used, currency)
            $0.refunded = Money(sums.refunded, currency)
            $0.credit = Money(sums.freeMinor, currency)
        }
    }
}
