import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct PublishPriceListTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func price(_ service: UInt64, _ minor: Int64, _ currency: String = "USD") -> Price {
        .with {
            $0.service = service
            $0.amount.minor = minor
            $0.amount.currency = currency
        }
    }

    private func publish(_ prices: [Price], from date: String = "2026-03-01") throws -> StoryOutcome {
        try story.when(
            PublishPriceList.with {
                $0.effectiveFrom = date
                $0.prices = prices
            }, by: cast.manager)
    }

    @Test func `prices are in force from the local midnight of their date`() throws {
        let outcome = try publish([price(cast.therapy, 13_000), price(cast.conference, 0)])
        #expect(try outcome.event(PriceListPublished.self).prices.count == 2)
        #expect(outcome.recorded[0].header.effectiveAt == (try story.instantMs("2026-03-01T00:00")))
    }

    @Test func `a price is in the practice's currency, not negative and not absurd`() throws {
        let minor = "prices[0].amount.minor"
        #expect(try publish([price(cast.therapy, -1)]).refused == Refused("INV-SVC-02", minor))
        #expect(try publish([price(cast.therapy, 1_000_000_000_001)]).refused == Refused("INV-SVC-02", minor))
        #expect(try publish([price(cast.therapy, .min)]).refused == Refused("INV-SVC-02", minor))
        #expect(
            try publish([price(cast.therapy, 1, "EUR")]).refused == Refused("INV-BILL-01", "prices[0].amount.currency"))
        #expect(try publish([.with { $0.service = cast.therapy }]).refused == .malformed(minor))
    }

    @Test func `each service stands in a list once, and exists`() throws {
        #expect(
            try publish([price(cast.therapy, 1), price(cast.therapy, 2)]).refused == .malformed("prices[1].service"))
        #expect(try publish([price(cast.north, 1)]).refused == .notFound("prices[0].service"))
        let unnamed = try publish([.with { $0.amount = price(cast.therapy, 1).amount }])
        #expect(unnamed.refused == .malformed("prices[0].service"))
        #expect(try publish([]).refused == .malformed("prices"))
        #expect(try publish(Array(repeating: price(1, 1), count: 1_001)).refused == .malformed("prices"))
    }

    @Test func `a list has a date there is`() throws {
        #expect(try publish([price(cast.therapy, 1)], from: "2026-02-29").refused == .malformed("effectiveFrom"))
        #expect(try publish([price(cast.therapy, 1)], from: "0000-01-01").refused == .malformed("effectiveFrom"))
        #expect(try publish([price(cast.therapy, 1)], from: "9999-12-31").refusal == nil)
    }

    @Test func `the desk publishes no prices`() throws {
        #expect(try story.when(PublishPriceList(), by: cast.desk).refused == .notPermitted)
    }
}
