import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct MoneyTests {
        @Test func `from a charge to the journal, as typed`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            try daemon.done(
                "PublishPriceList",
                #"{"effectiveFrom":"2025-01-01","prices":[{"service":\#(clinic.service),"amount":{"minor":12000,"currency":"USD"}}]}"#
            )
            let client = "\(clinic.client)"
            let charge = try id(try daybook(daemon, "charge", "post", client, "--service", "IND50", "--json"))
            let draft = try id(try daybook(daemon, "invoice", "draft", client, "\(charge)", "--json"))
            let issued = try daybook(daemon, "invoice", "issue", "\(draft)")
            let number = try #require(issued.output.firstMatch(of: /INV-\d{4}-\d{6}/)).output
            let paid = try daybook(daemon, "pay", client, "150.00", "--by", "card")
            #expect(paid.output.contains("On \(number): 120.00 USD"), "\(paid.output)")
            #expect(paid.output.contains("Open now: 0.00 USD, credit 30.00 USD."), "\(paid.output)")

            let balance = try daybook(daemon, "balance", client).output
            #expect(balance.contains("Client (C-000001)") && balance.contains("30.00 USD"), "\(balance)")
            let shown = try daybook(daemon, "invoice", "show", String(number)).output
            #expect(shown.contains("settled"), "\(shown)")
            #expect(try daybook(daemon, "ageing").output.contains("None."))
            let explained = try daybook(daemon, "explain", "balance", client).output
            #expect(explained.split(separator: "\n").count == 5 && explained.contains("→ \(number)"), "\(explained)")
            let left = try daybook(daemon, "payment", "list", "--credit", "--json").output
            #expect(left.contains(#""credit":{"minor":3000,"currency":"USD"}"#), "\(left)")
            #expect(try daybook(daemon, "ledger").output.contains("Liabilities:Client-Credit"))
            let bounced = try daybook(daemon, "payment", "reverse", "pay-000001", "--reason", "bounced").output
            #expect(
                bounced.contains("Open again: \(number).") && bounced.contains("Open now: 120.00 USD."), "\(bounced)")
            let journal = try daybook(daemon, "ledger", "journal").output
            #expect(journal.contains(") Payment allocated \(number)\n    ; event: "), "\(journal)")
            #expect(!journal.contains("Cleo"))
            let verified = try daybook(daemon, "verify", "--json")
            #expect(verified.status == 0 && verified.output.contains(#""books":{"#), "\(verified.output)")
        }

        @Test func `what cannot be is refused, and nothing is half done`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let client = "\(clinic.client)"
            for arguments in [
                ["pay", client, "1.234", "--by", "cash"], ["pay", client, "-5", "--by", "cash"],
                ["pay", client, "5", "--by", "barter"],
                ["pay", client, "5", "--by", "cash", "--for", "INV-2026-000009"],
                ["invoice", "show", "INV-2026-000009"], ["balance", "404"], ["invoice", "draft", client],
            ] {
                let finished = try daybook(clinic.daemon, arguments)
                #expect(finished.status != 0 && !finished.error.isEmpty, "\(arguments): \(finished.output)")
            }
            #expect(try daybook(clinic.daemon, "payment").output.contains("None."))
        }

        @Test func `an invoice and its credit note become pages for one's own eyes, and name whose they are`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            _ = try daemon.command(
                "UpdatePracticeProfile", #"{"legalName":"R & B <Therapy>","address":"12 Mill Lane\nBeacon"}"#)
            try daemon.done("DefinePayer", #"{"name":"County Fund"}"#)
            let folder = daemon.folder.child("pages")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let client = "\(clinic.client)"
            let charge = try daemon.done(
                "PostCharge",
                #"{"client":\#(client),"kind":"product","unit":{"minor":12000,"currency":"USD"},"remark":"Workbook"}"#)
            let draft = try id(try daybook(daemon, "invoice", "draft", client, "\(charge)", "--json"))
            let refused = try daybook(daemon, "invoice", "show", "\(draft)", "--html", folder)
            #expect(refused.status != 0 && refused.error.contains("daybook invoice issue \(draft)"))
            let issued = try daybook(daemon, "invoice", "issue", "\(draft)")
            let number = String(try #require(issued.output.firstMatch(of: /INV-\d{4}-\d{6}/)).output)
            try daemon.done("IssueCreditNote", #"{"invoice":\#(draft),"reason":"Wrong price"}"#)
            let noteNumber = "CN-\(Day.today.prefix(4))-000001"
            for (asked, word) in [(number, "Amount due"), (noteNumber, "Total credited")] {
                let shown = try daybook(daemon, "invoice", "show", asked, "--html", folder)
                #expect(shown.status == 0 && shown.output.contains("\(asked).html"), "\(shown.error)")
                let path = folder + "/\(asked).html"
                let page = try String(contentsOfFile: path, encoding: .utf8)
                #expect(
                    page.contains(word) && page.contains("Cleo Client") && page.contains("R &amp; B &lt;Therapy&gt;"))
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                let again = try daybook(daemon, "invoice", "show", asked, "--html", folder)
                #expect(again.status != 0 && again.error.contains("is there already"))
            }
            let mistaken = try daybook(daemon, "invoice", "write-off", noteNumber, "--reason", "courtesy")
            #expect(
                mistaken.status != 0 && mistaken.error.contains("is a credit note of \(number)"), "\(mistaken.error)")
            #expect(try daybook(daemon, "payer").output.contains("County Fund"))
            let second = try daemon.done(
                "PostCharge",
                #"{"client":\#(client),"kind":"product","unit":{"minor":500,"currency":"USD"},"remark":"Workbook"}"#)
            _ = try daybook(daemon, "invoice", "draft", client, "\(second)", "--payer", "county")
            #expect(try daybook(daemon, "invoice").output.contains("County Fund"))
        }

        private func id(_ finished: Finished) throws -> UInt64 {
            let reply = try JSONSerialization.jsonObject(with: Data(finished.output.utf8)) as? [String: Any]
            return try #require(reply?["id"] as? UInt64, "\(finished.output) \(finished.error)")
        }

        private func daybook(_ daemon: RunningDaemon, _ arguments: String...) throws -> Finished {
            try daybook(daemon, arguments)
        }

        /// As the owner.
        private func daybook(_ daemon: RunningDaemon, _ arguments: [String]) throws -> Finished {
            try Finished(
                running: OrdinaryUser.process(
                    [Binaries.path("daybook"), "--socket", daemon.socket] + arguments, uid: nil))
        }
    }
}
