/// A row or an answer with private fields, which are opened in one place, for one who may see them.
public protocol CarriesPrivate {
    /// Lends every private field that is set.
    mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows
}

extension Private {
    /// A row's private field at rest.
    public init(_ place: SealedAt) {
        self.init()
        sealed = place
    }
}

extension AppointmentRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasClientGivenName { try body(&clientGivenName) }
        if hasClientFamilyName { try body(&clientFamilyName) }
    }
}

extension HistoryRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        for index in texts.indices where texts[index].hasText { try body(&texts[index].text) }
    }
}

extension ClientRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasGivenName { try body(&givenName) }
        if hasFamilyName { try body(&familyName) }
        if hasPreferredName { try body(&preferredName) }
        if hasDateOfBirth { try body(&dateOfBirth) }
        if hasEmail { try body(&email) }
        if hasPhone { try body(&phone) }
        if hasAddress { try body(&address) }
        if hasPronouns { try body(&pronouns) }
        if hasRemark { try body(&remark) }
    }
}

extension TimeOffRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasReason { try body(&reason) }
    }
}

/// An answer that is a list of rows.
public protocol RowsAnswer {
    associatedtype Row
    var rows: [Row] { get set }
}

extension RowsAnswer where Row: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        for index in rows.indices { try rows[index].forEachPrivate(body) }
    }
}

extension AgendaAnswer: RowsAnswer, CarriesPrivate {}
extension ClientHistoryAnswer: RowsAnswer, CarriesPrivate {}
extension ListClientsAnswer: RowsAnswer, CarriesPrivate {}
extension FindClientsAnswer: RowsAnswer, CarriesPrivate {}
extension ListTimeOffAnswer: RowsAnswer, CarriesPrivate {}

extension ShowAppointmentAnswer: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasRow { try row.forEachPrivate(body) }
    }
}

extension ShowClientAnswer: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasRow { try row.forEachPrivate(body) }
    }
}

extension NoteRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        for index in signatures.indices where signatures[index].hasComment { try body(&signatures[index].comment) }
        if hasReason { try body(&reason) }
    }
}

extension AddendumRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasText { try body(&text) }
        if hasReason { try body(&reason) }
    }
}

extension NoteQueueRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasClientGivenName { try body(&clientGivenName) }
        if hasClientFamilyName { try body(&clientFamilyName) }
    }
}

extension NoteQueueAnswer: RowsAnswer, CarriesPrivate {}

extension ShowNoteAnswer: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasRow { try row.forEachPrivate(body) }
        if hasContent { try body(&content) }
        if hasAutosaved { try body(&autosaved) }
        for index in addenda.indices { try addenda[index].forEachPrivate(body) }
    }
}

extension AccountRow: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasClientGivenName { try body(&clientGivenName) }
        if hasClientFamilyName { try body(&clientFamilyName) }
    }
}

/// A row about somebody's money.
public protocol HasAccountRow: CarriesPrivate {
    var account: AccountRow { get set }
    var hasAccount: Bool { get }
}

extension HasAccountRow {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasAccount { try account.forEachPrivate(body) }
    }
}

extension BalanceRow: HasAccountRow {}
extension AgeingRow: HasAccountRow {}
extension ChargeRow: HasAccountRow {}
extension InvoiceRow: HasAccountRow {}
extension PaymentRow: HasAccountRow {}
extension BalancesAnswer: RowsAnswer, CarriesPrivate {}
extension AgeingAnswer: RowsAnswer, CarriesPrivate {}
extension ListChargesAnswer: RowsAnswer, CarriesPrivate {}
extension ListInvoicesAnswer: RowsAnswer, CarriesPrivate {}
extension ListPaymentsAnswer: RowsAnswer, CarriesPrivate {}

extension InvoicePaper: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasClientGivenName { try body(&clientGivenName) }
        if hasClientFamilyName { try body(&clientFamilyName) }
        if hasClientAddress { try body(&clientAddress) }
    }
}

extension ShowInvoiceAnswer: CarriesPrivate {
    public mutating func forEachPrivate(_ body: (inout Private) throws -> Void) rethrows {
        if hasRow { try row.forEachPrivate(body) }
        if hasPaper { try paper.forEachPrivate(body) }
    }
}
