import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct PaymentTests {
    private let till: Till

    init() throws { till = try Till() }

    @Test func `a payment pays the oldest due first, of two from one day the lower number, and the rest is credit`()
        throws
    {
        let late = try till.invoice(500, due: "2026-03-01")
        let first = try till.invoice(300, due: "2026-02-01")
        let second = try till.invoice(300, due: "2026-02-01")
        let outcome = try till.story.when(till.payment(700), by: till.cast.desk).accepted()
        let parts = outcome.recorded.compactMap { $0.event.message as? PaymentAllocated }
        #expect(parts.map(\.invoice) == [first, second, late])
        #expect(parts.map(\.amount.minor) == [300, 300, 100])
        #expect(outcome.reply.number == "PAY-000001" && outcome.reply.id == outcome.recorded[0].position)
        #expect(outcome.reply.changed == [first, second, late] && outcome.reply.allocated == Till.dollars(700))
        let over = try till.story.when(till.payment(1_000), by: till.cast.desk).accepted()
        #expect(over.reply.allocated == Till.dollars(400) && over.reply.number == "PAY-000002")
        let credit = try till.story.when(till.payment(50), by: till.cast.desk).accepted()
        #expect(credit.types == [.paymentRecorded] && !credit.reply.hasAllocated)
    }

    @Test func `a payment pays what is named, within what is open and what was paid`() throws {
        let (one, two) = (try till.invoice(300), try till.invoice(300))
        func refused(_ minor: Int64, _ parts: (UInt64, Int64?)...) throws -> Refused? {
            try till.refused(
                till.payment(minor) {
                    $0.allocate = parts.map { invoice, part in
                        .with {
                            $0.invoice = invoice
                            if let part { $0.amount = Till.dollars(part) }
                        }
                    }
                }, by: till.cast.desk)
        }
        #expect(try refused(500, (one, 301)) == Refused("INV-PAY-03", "allocate[0].amount"))
        #expect(try refused(500, (one, 300), (two, 201)) == Refused("INV-PAY-02", "allocate[1].amount"))
        #expect(try refused(300, (one, nil), (two, nil)) == Refused("INV-PAY-02", "allocate[1]"))
        #expect(try refused(500, (one, nil), (one, 1)) == .malformed("allocate[1]"))
        #expect(try refused(500, (one, 0)) == Refused("INV-PAY-01", "allocate[0].amount.minor"))
        #expect(try refused(500, (one, -5)) == Refused("INV-PAY-01", "allocate[0].amount.minor"))
        #expect(try refused(500, (till.cast.cleo, nil)) == .notFound("allocate[0].invoice"))
        let draft = try till.draft(try till.charge(100))
        #expect(try refused(500, (draft, nil)) == Refused("INV-BILL-04", "allocate[0].invoice"))
        #expect(try refused(500, (two, 200), (one, nil)) == nil)
        #expect(try refused(500, (one, nil)) == Refused("INV-PAY-03", "allocate[0].invoice"))
        let both = till.payment(5) {
            $0.keepAsCredit = true
            $0.allocate = [.with { $0.invoice = two }]
        }
        #expect(try till.refused(both, by: till.cast.desk) == .malformed("keepAsCredit"))
    }

    @Test func `an amount that came in is more than nothing, and in the practice's currency`() throws {
        func refused(_ money: Money?) throws -> Refused? {
            var command = till.payment(1)
            if let money { command.amount = money } else { command.clearAmount() }
            return try till.refused(command, by: till.cast.desk)
        }
        #expect(try refused(Till.dollars(0)) == Refused("INV-PAY-01", "amount.minor"))
        #expect(try refused(Till.dollars(-100)) == Refused("INV-PAY-01", "amount.minor"))
        #expect(try refused(Till.dollars(.min)) == .malformed("amount.minor"))
        #expect(try refused(Till.dollars(1_000_000_000_001)) == .malformed("amount.minor"))
        #expect(try refused(Till.dollars(100, "EUR")) == Refused("INV-PAY-04", "amount.currency"))
        #expect(try refused(nil) == .malformed("amount"))
        #expect(try refused(Money()) == .malformed("amount.minor"))
    }

    @Test func `a payment has a method, and a day on which it came`() throws {
        func refused(_ change: (inout RecordPayment) -> Void) throws -> Refused? {
            try till.refused(till.payment(100, change), by: till.cast.desk)
        }
        #expect(try refused { $0.clearMethod() } == .malformed("method"))
        #expect(try refused { $0.method = .UNRECOGNIZED(9) } == .malformed("method"))
        #expect(try refused { $0.received = "2026-01-06" } == Refused("INV-SYS-13", "received"))
        #expect(try refused { $0.received = "2015-12-31" } == .malformed("received"))
        #expect(try refused { $0.client = till.cast.desk } == .notFound("client"))
        #expect(try refused { $0.payer = till.cast.cleo } == .notFound("payer"))
        let outcome = try till.story.when(till.payment(100) { $0.received = "2026-01-02" }, by: till.cast.desk)
        #expect(try outcome.event(PaymentRecorded.self).receivedOn == "2026-01-02")
        #expect(outcome.recorded[0].header.effectiveAt == (try till.story.instantMs("2026-01-02T00:00")))
    }

    @Test func `a reference is used once within its method, until the payment turns out never to have been`() throws {
        func pay(_ reference: String, _ method: PaymentMethod.Value = .transfer) throws -> StoryOutcome {
            try till.story.when(
                till.payment(100) {
                    $0.reference = reference
                    $0.method = method
                }, by: till.cast.desk)
        }
        let first = try pay("TX-77").accepted().reply.id
        #expect(try pay("TX-77").refused == Refused("INV-PAY-08", "reference"))
        #expect(try pay("tx-77").refusal?.facts.involved == [first])
        #expect(try pay("TX-77", .cheque).refusal == nil)
        #expect(try pay("").refusal == nil)
        #expect(try pay("").refusal == nil)
        let bounced = ReversePayment.with {
            $0.payment = first
            $0.reason = .bounced
        }
        try till.story.given(bounced, by: till.biller)
        #expect(try pay("TX-77").refused == Refused("INV-PAY-08", "reference"))
        let second = try pay("TX-78").accepted().reply.id
        try till.story.given(
            ReversePayment.with {
                $0.payment = second
                $0.reason = .error
            }, by: till.biller)
        #expect(try pay("TX-78").refusal == nil)
        #expect(try pay(String(repeating: "x", count: 61)).refused == .malformed("reference"))
        #expect(try pay("two\nlines").refused == .malformed("reference"))
    }

    @Test func `a reference that is written out as a long one is kept as well`() throws {
        let text = String(repeating: "\u{FDFA}", count: 60)
        #expect(try till.refused(till.payment(100) { $0.reference = text }) == nil)
        #expect(try till.refused(till.payment(100) { $0.reference = text }) == Refused("INV-PAY-08", "reference"))
    }

    @Test(arguments: ["EFT-77 ", " eft-77", "EFT\u{200B}-77", "ＥＦＴ-77", "EFT -77"])
    func `a reference that looks the same is the same`(text: String) throws {
        try till.story.given(till.payment(100) { $0.reference = "EFT-77" }, by: till.cast.desk)
        #expect(try till.refused(till.payment(100) { $0.reference = text }) == Refused("INV-PAY-08", "reference"))
    }

    @Test(arguments: [
        "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "card 4111 1111 1111 1111 visa",
        "order 12 4111 1111 1111 1111", "5500.0000.0000.0004", "３４００００ ０００００ ０００９", "378282246310005",
        "4111/1111/1111/1111", "4111,1111,1111,1111", "4111|1111|1111|1111", "4111·1111·1111·1111", "3400*000000*00009",
        "4111\u{200B}1111\u{200B}1111\u{200B}1111", "4111–1111–1111–1111", "6759649826438453",
    ])
    func `the number of a card is never kept`(text: String) throws {
        #expect(try till.refused(till.payment(100) { $0.reference = text }) == Refused("INV-PAY-09", "reference"))
    }

    @Test(arguments: [
        "4111111111111112", "TX-77", "123456789012", "41111111111111111111", "0000000000000000", "2026-01-05 12:30", "",
        "4111 1111 1111 x 1111",
    ])
    func `another number is`(text: String) throws {
        #expect(try till.refused(till.payment(100) { $0.reference = text }) == nil)
    }

    @Test func `money of one account does not pay another's invoice`() throws {
        let payer = try till.payer()
        let hers = try till.invoice(300)
        let theirs = try till.invoice(300, payer: payer)
        let byPayer = try till.story.when(till.payment(500) { $0.payer = payer }, by: till.cast.desk).accepted()
        #expect(byPayer.reply.changed == [theirs])
        let allocate = AllocatePayment.with {
            $0.payment = byPayer.reply.id
            $0.invoice = hers
        }
        #expect(try till.refused(allocate) == Refused("INV-PAY-05", "invoice"))
        let his = till.payment(100) {
            $0.client = till.cast.carl
            $0.allocate = [.with { $0.invoice = hers }]
        }
        #expect(try till.refused(his, by: till.cast.desk) == Refused("INV-PAY-05", "allocate[0].invoice"))
    }

    @Test func `an allocation can be undone and made again`() throws {
        let invoice = try till.invoice(300)
        let paid = try till.story.when(till.payment(500), by: till.cast.desk).accepted()
        let allocation = try paid.position(of: .paymentAllocated)
        let reverse = ReverseAllocation.with { $0.allocation = allocation }
        let undone = try till.story.when(reverse, by: till.cast.desk)
        #expect(try undone.event(AllocationReversed.self).amount == Till.dollars(300))
        #expect(undone.reply.changed == [invoice])
        #expect(try till.refused(reverse) == Refused("unchanged", "allocation"))
        var allocate = AllocatePayment.with {
            $0.payment = paid.reply.id
            $0.invoice = invoice
            $0.amount = Till.dollars(301)
        }
        #expect(try till.refused(allocate) == Refused("INV-PAY-03", "amount"))
        allocate.amount = Till.dollars(100)
        let made = try till.story.when(allocate, by: till.cast.desk).accepted()
        #expect(made.reply.id == made.recorded[0].position)
        allocate.clearAmount()
        #expect(try till.story.when(allocate, by: till.cast.desk).event(PaymentAllocated.self).amount.minor == 200)
        #expect(try till.refused(allocate) == Refused("INV-PAY-03", "invoice"))
        allocate.invoice = try till.invoice(5_000)
        allocate.amount = Till.dollars(201)
        let refusal = try till.story.when(allocate, by: till.biller).refusal
        #expect(refusal?.rule == "INV-PAY-02" && refusal?.facts.availableMinor == 200)
        #expect(try till.refused(reverse, by: till.cast.ana) == .notPermitted)
        #expect(try till.refused(ReverseAllocation.with { $0.allocation = invoice }) == .notFound("allocation"))
    }

    @Test func `who may take money`() throws {
        for staff in [till.cast.owner, till.cast.manager, till.cast.desk, till.biller] {
            #expect(try till.refused(till.payment(100), by: staff) == nil)
        }
        for staff in [till.cast.ana, till.cast.supervisor, till.cast.trainee, till.cast.auditor] {
            #expect(try till.refused(till.payment(100), by: staff) == .notPermitted)
        }
    }

    @Test func `the books hold so much and no more, so that no sum overflows`() throws {
        try till.story.given(
            OpeningBalanceImported.with {
                $0.account.client = till.cast.carl
                $0.number = "OB-000001"
                $0.asOf = "2026-01-01"
                $0.amount = Till.dollars(-99_999_999_999_999_900)
            })
        #expect(try till.refused(till.payment(101)) == Refused("INV-LEDG-01", "amount.minor"))
        let draft = try till.draft(try till.charge(101))
        #expect(try till.issue(draft).refused == Refused("INV-LEDG-01", "invoice"))
        #expect(try till.refused(till.payment(100)) == nil)
    }
}
