import Foundation
import TestKit
import Testing

/// What a client's account stands at, in minor units.
struct Stand: Equatable {
    var open = 0
    var credit = 0
    var uninvoiced = 0
    var proposed = 0
}

extension PracticeWeek {
    /// The balance is this, and the explanation, the documents, the ageing and the ledger agree with it.
    func expect(_ stand: Stand, _ place: SourceLocation = #_sourceLocation) throws {
        let about = #"{"client":\#(client)}"#
        let balance = try ask("Balances", about).rows.first ?? [:]
        #expect(Self.stand(balance) == stand, sourceLocation: place)
        let entries = try ask("ExplainBalance", about).rows
        let sums = Stand(
            open: Self.sum(entries, "open"), credit: Self.sum(entries, "credit"),
            uninvoiced: Self.sum(entries, "uninvoiced"), proposed: Self.sum(entries, "proposed"))
        #expect(sums == stand, "each cent has its event", sourceLocation: place)

        #expect(Self.sum(try ask("ListInvoices", about).rows, "open") == stand.open, sourceLocation: place)
        #expect(Self.sum(try ask("ListPayments", about).rows, "credit") == stand.credit, sourceLocation: place)
        let charges = try ask("ListCharges", about).rows
        let proposed = charges.filter { $0["proposed"] as? Bool == true }
        #expect(Self.sum(proposed, "gross") == stand.proposed, sourceLocation: place)
        #expect(
            Self.sum(charges, "gross") - Self.sum(proposed, "gross") == stand.uninvoiced, sourceLocation: place)
        let total = try ask("Ageing").json["total"] as? [String: Any] ?? [:]
        #expect(Self.minor(total["open"]) == stand.open, sourceLocation: place)
        try expectLedger(stand, place)
    }

    /// The trial balance sums to zero, is what the journal sums to, and says of clients what their balances say.
    private func expectLedger(_ stand: Stand, _ place: SourceLocation) throws {
        let answer = try ask("TrialBalance")
        #expect(Self.minor(answer.json["sum"]) == 0, sourceLocation: place)
        var trial: [String: Int] = [:]
        for row in answer.rows { trial[row["account"] as? String ?? ""] = Self.minor(row["balance"]) }
        #expect(trial.values.reduce(0, +) == 0, sourceLocation: place)
        #expect(trial["Assets:Receivable:Clients", default: 0] == stand.open, sourceLocation: place)
        #expect(trial["Liabilities:Client-Credit", default: 0] == -stand.credit, sourceLocation: place)
        var journal: [String: Int] = [:]
        for row in try ask("Journal").rows {
            let postings = row["postings"] as? [[String: Any]] ?? []
            #expect(Self.sum(postings, "amount") == 0, "\(row)", sourceLocation: place)
            for posting in postings {
                journal[posting["account"] as? String ?? "", default: 0] += Self.minor(posting["amount"])
            }
        }
        #expect(journal.filter { $0.value != 0 } == trial.filter { $0.value != 0 }, sourceLocation: place)
    }

    /// Log, state, every read model and the books are sound, and a read model that is built anew is the one there was.
    func expectSound() throws {
        let verified = try daemon.job("verify")
        let result = try #require(verified.json["result"] as? [String: Any], "\(verified.text)")
        #expect(result["isSound"] as? Bool == true, "\(verified.text)")
        let books = result["books"] as? [String: Any]
        #expect(books?["isSound"] as? Bool == true && (books?["faults"] as? [String])?.isEmpty == true)
        let views = result["views"] as? [[String: Any]] ?? []
        #expect(views.count == 5 && views.allSatisfy { $0["digest"] as? String == $0["liveDigest"] as? String })
        for view in views.compactMap({ $0["view"] as? String }) {
            let rebuilt = try daemon.job("rebuild", #"{"view":"\#(view)"}"#)
            #expect(rebuilt.json["state"] as? String == "done", "\(rebuilt.text)")
        }
    }

    private static func stand(_ row: [String: Any]) -> Stand {
        Stand(
            open: minor(row["open"]), credit: minor(row["credit"]), uninvoiced: minor(row["uninvoiced"]),
            proposed: minor(row["proposed"]))
    }

    private static func sum(_ rows: [[String: Any]], _ name: String) -> Int {
        rows.reduce(0) { $0 + minor($1[name]) }
    }

    private static func minor(_ money: Any?) -> Int { (money as? [String: Any])?["minor"] as? Int ?? 0 }
}
