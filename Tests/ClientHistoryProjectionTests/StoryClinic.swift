import ClientHistoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// A practice (0), Ada (1), two clients (2, 3) and an appointment of the first (4).
struct StoryClinic {
    static let start: [(event: AnyEvent, subjects: [Subject])] = [
        (.practice(.practiceInitialised(.with { $0.zone = "America/New_York" })), []),
        (.staff(.staffAdded(.with { $0.name = "Ada" })), []),
        (.clients(.clientRegistered(.with { $0.number = "C-000001" })), []),
        (
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = "C-000002"
                        $0.givenName = sealedField(1)
                        $0.duplicatesAcknowledged = [2]
                    })), []
        ),
        (
            .scheduling(
                .appointmentBooked(
                    .with {
                        $0.client = 2
                        $0.service = 77
                        $0.arrangement = arrangement("2026-03-01T09:00", startAt: 1_772_377_200_000)
                        $0.price.minor = 12_000
                        $0.price.currency = "USD"
                    })), []
        ),
    ]
    static let first: UInt64 = 2
    static let second: UInt64 = 3
    static let appointment: UInt64 = 4

    let harness: ViewHarness<ClientHistoryView>

    init() throws {
        harness = try ViewHarness()
        for (event, subjects) in Self.start { try harness.record(event, about: subjects) }
    }

    func story(_ client: UInt64) throws -> [HistoryRow] {
        try harness.ask(ClientHistory.with { $0.client = client }).rows
    }

    func last(_ client: UInt64 = first) throws -> HistoryRow? { try story(client).last }

    /// In Chicago, in person, 50 minutes.
    static func arrangement(_ startLocal: String, startAt: Int64) -> Arrangement {
        .with {
            $0.staff = 1
            $0.location = 88
            $0.modality = .inPerson
            $0.time.startLocal = startLocal
            $0.time.zone = "America/Chicago"
            $0.time.startAt = startAt
            $0.time.endAt = startAt + 3_000_000
            $0.time.dst = .none
        }
    }
}

extension HistoryRow {
    /// The facts, readable.
    var told: [String] { facts.map { "\($0.name)=\($0.value)" } }

    /// name, position, ordinal, person, category of each text.
    var places: [String] {
        texts.map {
            let place = $0.text.sealed
            return "\($0.name) \(place.position).\(place.ordinal) of \(place.person), \(place.category)"
        }
    }
}
