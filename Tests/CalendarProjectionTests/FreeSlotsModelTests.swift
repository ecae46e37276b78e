import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct FreeSlotsModelTests {
    @Test func `free slots are those that a minute by minute model finds, no more and no less`() throws {
        var random = SeededGenerator()
        var offered = 0
        for round in 0..<40 {
            let history = try RandomHistory(&random)
            for _ in 0..<6 {
                let wish = wish(in: history, &random)
                history.harness.nowMs = Int64(wish.now) * 60_000
                let expected = history.model.slots(wish)
                offered += expected.count
                let all = try ask(wish, in: history)
                // 500 are the most that can be asked for.
                #expect(all == Array(expected.prefix(500)), "round \(round), seed \(random.seed)")
                let few = try ask(wish, in: history, limit: 9)
                #expect(few == Array(expected.prefix(9)), "round \(round), seed \(random.seed)")
            }
        }
        #expect(offered > 1_000, "seed \(random.seed)")
    }

    private func wish(in history: RandomHistory, _ random: inout SeededGenerator) -> ModelClinic.Wish {
        let (id, service) = history.services[Int.random(in: 0..<history.services.count, using: &random)]
        let client = random.chance(60) ? history.clients.randomElement(using: &random) : nil
        let first = RandomHistory.firstDay + Int.random(in: 0...3, using: &random)
        return ModelClinic.Wish(
            service: id, minutes: random.chance(30) ? 60 : Int(service.minutes),
            before: Int(service.bufferBeforeMinutes), after: Int(service.bufferAfterMinutes),
            people: Int(service.people), isOnline: random.chance(30), client: client,
            primary: client.flatMap { history.primaries[$0] }, selfBook: random.chance(30),
            days: first..<first + Int.random(in: 1...5, using: &random),
            now: RandomHistory.firstDay * 1_440 + Int.random(in: -500...3_000, using: &random))
    }

    private func ask(
        _ wish: ModelClinic.Wish, in history: RandomHistory, limit: UInt32 = 500
    ) throws -> [ModelClinic.Slot] {
        let query = FreeSlots.with {
            $0.service = wish.service
            $0.minutes = UInt32(wish.minutes)
            $0.modality = wish.isOnline ? .online : .inPerson
            if let client = wish.client { $0.client = client }
            $0.selfBook = wish.selfBook
            $0.from = RandomHistory.date(wish.days.lowerBound)
            $0.to = RandomHistory.date(wish.days.upperBound)
            $0.limit = limit
        }
        return try history.harness.ask(query).rows.map {
            ModelClinic.Slot(
                start: Int($0.startAt / 60_000), staff: $0.staff, location: $0.hasLocation ? $0.location : nil,
                room: $0.hasRoom ? $0.room : nil)
        }
    }
}
