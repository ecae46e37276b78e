import Testing
import Timetable

/// The rules against models that go minute by minute.
@Suite struct RuleModelTests {
    private func occupancy(_ random: inout SeededGenerator, _ id: UInt64?) throws -> Occupancy {
        let start = Int64.random(in: 0..<120, using: &random) * 60_000
        return Occupancy(
            span: try #require(Span(startMs: start, minutes: .random(in: 1...30, using: &random))), place: .location(1),
            appointment: id, bufferBeforeMinutes: .random(in: 0...10, using: &random),
            bufferAfterMinutes: .random(in: 0...10, using: &random),
            roomSetupMinutes: .random(in: 0...6, using: &random),
            roomTurnaroundMinutes: .random(in: 0...6, using: &random))
    }

    @Test func `a room without setup is full exactly when too many are in it at some minute`() throws {
        var random = SeededGenerator()
        var full = 0
        for _ in 0..<3_000 {
            let concurrent = Int.random(in: 1...3, using: &random)
            let plain = { (occupancy: Occupancy) in
                Occupancy(span: occupancy.span, place: .location(1), appointment: occupancy.appointment)
            }
            var others: [Occupancy] = []
            for id in 1..<UInt64.random(in: 2...9, using: &random) { others.append(plain(try occupancy(&random, id))) }
            let wanted = plain(try occupancy(&random, nil))
            var culprits: Set<UInt64> = []
            for minute in stride(from: wanted.startMs, to: wanted.endMs, by: 60_000) {
                let present = others.filter { $0.span.contains(ms: minute) }
                if present.count >= concurrent { culprits.formUnion(present.compactMap(\.appointment)) }
            }
            let conflicts = RoomRule(concurrent: concurrent, nowMs: 0).conflicts(of: wanted, with: others)
            #expect(conflicts.map(\.appointment) == culprits.sorted(), "seed \(random.seed)")
            full += conflicts.isEmpty ? 0 : 1
        }
        #expect((100..<2_900).contains(full), "seed \(random.seed)")
    }

    @Test func `a room for one and a therapist ask the same of either order of booking`() throws {
        var random = SeededGenerator()
        for _ in 0..<5_000 {
            let one = try occupancy(&random, 1)
            let other = try occupancy(&random, 2)
            let room = RoomRule(nowMs: 0)
            #expect(
                room.conflicts(of: one, with: [other]).isEmpty == room.conflicts(of: other, with: [one]).isEmpty,
                "\(one) \(other) seed \(random.seed)")
            let (first, second) = one.startMs <= other.startMs ? (one, other) : (other, one)
            let freeMinutes = (second.startMs - first.endMs) / 60_000
            let roomNeeds = Int64(max(first.roomTurnaroundMinutes, second.roomSetupMinutes))
            let overlap = one.span.overlaps(other.span)
            #expect(room.conflicts(of: one, with: [other]).isEmpty == (!overlap && freeMinutes >= roomNeeds))
            let therapist = TherapistRule(travel: Travel { _, _ in 5 }, nowMs: 0)
            let needs = Int64(max(first.bufferAfterMinutes, second.bufferBeforeMinutes))
            let expected: [Conflict.Class] = overlap ? [.therapistOverlap] : freeMinutes < needs ? [.therapistGap] : []
            #expect(therapist.conflicts(of: one, with: [other]).map(\.kind) == expected, "seed \(random.seed)")
            #expect(therapist.conflicts(of: other, with: [one]).map(\.kind) == expected, "seed \(random.seed)")
        }
    }

    @Test func `open time follows the precedence at every minute`() throws {
        var random = SeededGenerator()
        var openMinutes = 0
        for _ in 0..<150 {
            let clinic = try RandomClinic(&random)
            let request = clinic.search.request
            for (number, therapist) in clinic.search.therapists.enumerated() {
                for presence in therapist.presences {
                    let openings = clinic.openings[number][presence.siteIndex]
                    let dates = try #require(openings.zone.span(from: request.from, to: request.openUntil))
                    for minute in stride(from: dates.startMs, to: dates.endMs, by: 5 * 60_000) {
                        let expected = isOpen(openings, request.wish, at: minute)
                        let same = presence.open.contains(ms: minute) == expected
                        if !same { Issue.record("\(openings.zone) \(minute), seed \(random.seed)") }
                        openMinutes += expected ? 1 : 0
                    }
                }
            }
        }
        #expect(openMinutes > 1_000, "seed \(random.seed)")
    }

    private func isOpen(_ openings: Openings, _ wish: OpeningWish, at instantMs: Int64) -> Bool {
        let timeOff = openings.timeOff.contains(ms: instantMs)
        let extras = openings.extra.filter { $0.offer.admits(wish) && $0.span.contains(ms: instantMs) }
        let closed = openings.closures.contains { closure in
            if case .span(let span) = closure.extent { span.contains(ms: instantMs) } else { false }
        }
        if timeOff { return false }
        if extras.contains(where: \.overridesClosure) { return true }
        if closed { return false }
        if wish.modality == .inPerson, let hours = openings.locationHours,
            !isWithin(hours, openings.zone, instantMs, where: { _ in true })
        {
            return false
        }
        return !extras.isEmpty || isWithin(openings.weekly, openings.zone, instantMs) { $0.admits(wish) }
    }

    /// Whether a block's edges, resolved on the instant's own date, hold the instant.
    private func isWithin(
        _ hours: HoursHistory, _ zone: Zone, _ instantMs: Int64, where admits: (OpeningOffer) -> Bool
    ) -> Bool {
        guard let today = zone.local(ofMs: instantMs)?.date, let version = hours.version(on: today) else {
            return false
        }
        return version.blocks.contains { block in
            guard block.weekday == today.weekday, admits(block.offer), let from = LocalDateTime(today, block.from),
                let to = LocalDateTime(today, block.to)
            else { return false }
            return zone.resolve(from).plannedMs <= instantMs && instantMs < zone.resolve(to).plannedMs
        }
    }
}
