import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SettingsTests {
    private let till: Till

    init() throws { till = try Till() }

    @Test(arguments: ["", "gst", "GST 9", "-GST", "GST:9", "GSTGSTGSTGSTG", "ÄST", "GST_9"])
    func `a tax code can be part of a ledger account`(code: String) throws {
        let command = DefineTaxCode.with {
            $0.code = code
            $0.basisPoints = 900
        }
        #expect(try till.refused(command) == Refused("INV-LEDG-05", "code"))
    }

    @Test func `a rate of tax is in force from a date, and of two from one date the later one is`() throws {
        var command = DefineTaxCode.with {
            $0.code = "GST"
            $0.basisPoints = 900
        }
        #expect(try till.story.when(command, by: till.biller).event(TaxCodeDefined.self).effectiveFrom == "2026-01-05")
        #expect(try till.refused(command) == .unchanged)
        command.basisPoints = 1_000
        #expect(try till.refused(command) == nil)
        let event = try till.story.when(
            till.posting(100) { $0.taxCode = "GST" }, by: till.biller
        ).event(ChargePosted.self)
        #expect(event.line.taxBasisPoints == 1_000)
        command.basisPoints = 10_001
        #expect(try till.refused(command) == .malformed("basisPoints"))
        command.clearBasisPoints()
        #expect(try till.refused(command) == .malformed("basisPoints"))
        #expect(try till.refused(command, by: till.cast.desk) == .notPermitted)
    }

    @Test func `a service is taxed by a code there is`() throws {
        var command = DefineService.with {
            $0.code = "NEW"
            $0.name = "New"
            $0.minutes = 50
            $0.taxCode = "GST"
        }
        #expect(try till.refused(command, by: till.cast.manager) == .notFound("taxCode"))
        try till.story.given(
            DefineTaxCode.with {
                $0.code = "GST"
                $0.basisPoints = 900
            }, by: till.biller)
        #expect(try till.story.when(command, by: till.cast.manager).event(ServiceDefined.self).taxCode == "GST")
        command.code = "NEWER"
        command.taxCode = ""
        #expect(try till.story.when(command, by: till.cast.manager).event(ServiceDefined.self).taxCode.isEmpty)
    }

    @Test func `a payer has 30 days unless it says otherwise`() throws {
        var command = DefinePayer.with { $0.name = "County Fund" }
        let event = try till.story.when(command, by: till.biller).event(PayerDefined.self)
        #expect(event.dueDays == 30 && !event.missedAllowed)
        command.dueDays = 366
        #expect(try till.refused(command) == .malformed("dueDays"))
        command.name = " "
        #expect(try till.refused(command) == .malformed("name"))
        #expect(try till.refused(command, by: till.cast.desk) == .notPermitted)
    }

    @Test func `what is not named in the profile stays, and an invoice names its profile`() throws {
        func update(_ change: (inout UpdatePracticeProfile) -> Void) throws -> StoryOutcome {
            var command = UpdatePracticeProfile()
            change(&command)
            return try till.story.when(command, by: till.cast.manager)
        }
        #expect(try update { _ in }.refused == .unchanged)
        _ = try update {
            $0.legalName = "Riverbank LLC"
            $0.taxID = "12-3456789"
        }.accepted()
        let second = try update { $0.paymentInstructions = "Bank of Rivers, 12345678" }
        let event = try second.event(PracticeProfileUpdated.self)
        #expect(event.legalName == "Riverbank LLC" && event.taxID == "12-3456789" && !event.paymentInstructions.isEmpty)
        #expect(try update { $0.email = "no address" }.refused == .malformed("email"))
        #expect(try update { $0.taxID = "" }.event(PracticeProfileUpdated.self).taxID.isEmpty)
        let invoice = try till.issue(try till.draft(try till.charge(100))).event(InvoiceIssued.self)
        #expect(invoice.profile == second.recorded[0].position + 1)
        #expect(try till.refused(UpdatePracticeProfile(), by: till.biller) == .notPermitted)
    }

    @Test func `an invoice without a profile names none`() throws {
        #expect(try !till.issue(try till.draft(try till.charge(100))).event(InvoiceIssued.self).hasProfile)
    }
}
