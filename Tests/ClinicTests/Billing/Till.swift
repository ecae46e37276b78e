import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// A day at the clinic, with somebody who does the bills. A session costs 120 dollars.
struct Till {
    let day: Day
    let biller: UInt64

    var story: Story { day.story }
    var cast: Cast { day.cast }

    init() throws {
        day = try Day()
        biller = try day.story.staff("Bill Biller", .biller)
    }

    static func dollars(_ minor: Int64, _ currency: String = "USD") -> Money {
        .with {
            $0.minor = minor
            $0.currency = currency
        }
    }

    /// A charge of so much for Cleo, for something that is no session.
    func charge(_ minor: Int64, client: UInt64? = nil, _ change: (inout PostCharge) -> Void = { _ in }) throws -> UInt64
    {
        try story.given(posting(minor, client: client, change), by: biller)
    }

    func posting(
        _ minor: Int64, client: UInt64? = nil, _ change: (inout PostCharge) -> Void = { _ in }
    ) -> PostCharge {
        var command = PostCharge.with {
            $0.client = client ?? cast.cleo
            $0.kind = .report
            $0.unit = Self.dollars(minor)
            $0.remark = "A report for the court"
        }
        change(&command)
        return command
    }

    /// A session of Cleo's that was held, and its charge.
    func session(_ start: String) throws -> (appointment: UInt64, charge: UInt64) {
        let id = try day.book(start)
        story.nowMs = try story.instantMs(start) + 2 * 3_600_000
        let outcome = try story.when(RecordSession.with { $0.appointment = id }, by: cast.ana)
        return (id, try outcome.accepted().reply.charge)
    }

    func draft(_ charges: UInt64..., client: UInt64? = nil, payer: UInt64? = nil) throws -> UInt64 {
        try story.given(
            DraftInvoice.with {
                $0.client = client ?? cast.cleo
                if let payer { $0.payer = payer }
                $0.charges = charges
            }, by: biller)
    }

    func issue(_ invoice: UInt64, _ change: (inout IssueInvoice) -> Void = { _ in }) throws -> StoryOutcome {
        var command = IssueInvoice.with { $0.invoice = invoice }
        change(&command)
        return try story.when(command, by: biller)
    }

    /// An issued invoice over so much.
    func invoice(_ minor: Int64, due: String? = nil, payer: UInt64? = nil) throws -> UInt64 {
        let invoice = try draft(try charge(minor), payer: payer)
        return try issue(invoice) { if let due { $0.due = due } }.accepted().reply.id
    }

    func payment(_ minor: Int64, _ change: (inout RecordPayment) -> Void = { _ in }) -> RecordPayment {
        var command = RecordPayment.with {
            $0.client = cast.cleo
            $0.amount = Self.dollars(minor)
            $0.method = .transfer
        }
        change(&command)
        return command
    }

    func pay(_ minor: Int64, _ change: (inout RecordPayment) -> Void = { _ in }) throws -> UInt64 {
        try story.given(payment(minor, change), by: cast.desk)
    }

    func payer(missedAllowed: Bool = false) throws -> UInt64 {
        try story.given(
            DefinePayer.with {
                $0.name = "County Fund"
                $0.missedAllowed = missedAllowed
            }, by: biller)
    }

    func refused(_ command: any Command, by staff: UInt64? = nil) throws -> Refused? {
        try story.when(command, by: staff ?? biller).refused
    }
}

extension StoryOutcome {
    /// Where the first event of a type is.
    func position(of type: EventType) throws -> UInt64 {
        try #require(try accepted().recorded.first { $0.type == type }).position
    }

    /// Itself; throws the refusal, when there is one.
    func accepted() throws -> StoryOutcome {
        if let refusal { throw refusal }
        return self
    }
}
