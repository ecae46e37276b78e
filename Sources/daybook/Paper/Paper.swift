import Schema

/// A document as it will lie on a table: what it says, before anybody has thought of its looks.
struct Paper: Sendable {
    /// `Invoice` or `Credit note`.
    var title: String
    var number: String
    /// What a reader must not overlook, as `Void`; with a sentence.
    var mark: (word: String, sentence: String)?
    var issuer: Party
    var addressee: Party
    var facts: [Fact] = []
    var lines: [Line]
    var sums: [Sum] = []
    /// What is left at the end.
    var result: Sum?
    /// How to pay; nil when nothing is to be paid.
    var payment: Payment?
    var remarks: [String] = []
    var locale: PaperLocale

    struct Fact: Sendable, Equatable {
        var label: String
        var value: String
        var isStrong = false

        init(_ label: String, _ value: String, isStrong: Bool = false) {
            self.label = label
            self.value = value
            self.isStrong = isStrong
        }
    }

    struct Party: Sendable, Equatable {
        var name: String
        /// An address, of several lines.
        var address = ""
        /// Beneath it, one a line.
        var details: [String] = []
    }

    struct Line: Sendable, Equatable {
        /// YYYY-MM-DD.
        var date: String
        var what: String
        var quantity: UInt32 = 1
        var unit = Money()
        var discount = Money()
        var tax = ""
        var amount: Money
    }

    struct Sum: Sendable, Equatable {
        var label: String
        var detail = ""
        var amount: Money
        var isTotal = false
    }

    struct Payment: Sendable, Equatable {
        var instructions: String
        var sentence: String
    }
}
