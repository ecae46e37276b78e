import ClientHistoryProjection
import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// `StoryClinic`, whose appointment was held for 50 minutes and ended at `endedMs`; with what can happen to notes of it.
struct NoteClinic {
    static let endedMs: Int64 = 1_772_380_200_000
    static let hourMs: Int64 = 3_600_000

    /// After `StoryClinic.start`: its session ends (5), and a contact note (6) has an addendum and waits for a supervisor.
    static let awaited: [(event: AnyEvent, subjects: [Subject])] =
        ([
            .scheduling(
                .sessionEnded(
                    .with {
                        $0.appointment = StoryClinic.appointment
                        $0.endedAt = endedMs
                    })),
            .charting(
                .noteStarted(
                    .with {
                        $0.client = StoryClinic.first
                        $0.staff = 1
                        $0.kind = .contact
                    })),
            .charting(
                .noteDraftSaved(
                    .with {
                        $0.note = 6
                        $0.client = StoryClinic.first
                        $0.revision = 1
                        $0.content = sealedField()
                    })),
            .charting(
                .noteAddendumSigned(
                    .with {
                        $0.note = 6
                        $0.client = StoryClinic.first
                    })),
            .charting(
                .noteSigned(
                    .with {
                        $0.note = 6
                        $0.client = StoryClinic.first
                        $0.revision = 1
                        $0.awaitsCosign = true
                    })),
        ] as [AnyEvent]).map { ($0, []) }

    let clinic: StoryClinic
    var harness: ViewHarness<ClientHistoryView> { clinic.harness }

    init(isHeld: Bool = true) throws {
        clinic = try StoryClinic()
        if isHeld { try end(StoryClinic.appointment) }
    }

    func end(_ appointment: UInt64) throws {
        let event = SessionEnded.with {
            $0.appointment = appointment
            $0.endedAt = Self.endedMs
        }
        try harness.record(.scheduling(.sessionEnded(event)))
    }

    /// Of the session, or of a contact of the first client's; by Ada, who is staff 1.
    func start(contact: Bool = false, by staff: UInt64 = 1) throws -> UInt64 {
        let event = NoteStarted.with {
            $0.client = StoryClinic.first
            $0.staff = staff
            $0.kind = contact ? .contact : .progressSoap
            if !contact { $0.appointment = StoryClinic.appointment }
            $0.template = contact ? "contact/1" : "progress.soap/1"
            $0.serviceDate = "2026-03-01"
        }
        return try harness.record(.charting(.noteStarted(event)))
    }

    /// The session goes to another therapist.
    func give(to staff: UInt64) throws {
        try harness.record(
            .scheduling(
                .appointmentRescheduled(
                    .with {
                        $0.appointment = StoryClinic.appointment
                        $0.arrangement.staff = staff
                        $0.arrangement.time.startLocal = "2026-03-01T10:00"
                        $0.arrangement.time.zone = "America/New_York"
                        $0.arrangement.time.startAt = Self.endedMs - 50 * 60_000
                    })))
    }

    func discard(_ note: UInt64) throws {
        try harness.record(
            .charting(
                .noteDraftDiscarded(
                    .with {
                        $0.note = note
                        $0.client = StoryClinic.first
                        $0.reason = sealedField()
                    })))
    }

    func save(_ note: UInt64, _ revision: UInt32) throws -> UInt64 {
        let event = NoteDraftSaved.with {
            $0.note = note
            $0.client = StoryClinic.first
            $0.revision = revision
            $0.content = sealedField(UInt8(revision))
        }
        return try harness.record(.charting(.noteDraftSaved(event)))
    }

    func sign(
        _ note: UInt64, _ revision: UInt32, awaits: Bool = false, commitment: Data? = nil
    ) throws {
        let event = NoteSigned.with {
            $0.note = note
            $0.client = StoryClinic.first
            $0.revision = revision
            $0.commitment = commitment ?? sealedField(UInt8(revision)).commitment
            $0.awaitsCosign = awaits
        }
        try harness.record(.charting(.noteSigned(event)))
    }

    func record(_ event: ChartingEvent) throws -> UInt64 { try harness.record(.charting(event)) }

    func give(back note: UInt64) throws {
        _ = try record(
            .noteReturned(
                .with {
                    $0.note = note
                    $0.client = StoryClinic.first
                    $0.reason = sealedField(20)
                }))
    }

    func mistake(_ note: UInt64) throws {
        _ = try record(
            .noteMarkedEnteredInError(
                .with {
                    $0.note = note
                    $0.client = StoryClinic.first
                    $0.reason = sealedField(21)
                }))
    }

    func show(_ note: UInt64, revision: UInt32? = nil, as caller: UInt64 = 1) throws -> ShowNoteAnswer {
        try harness.ask(
            ShowNote.with {
                $0.note = note
                if let revision { $0.revision = revision }
            }, as: caller)
    }

    func queue(_ change: (inout NoteQueue) -> Void = { $0.staff = 1 }, as caller: UInt64 = 1) throws -> NoteQueueAnswer
    {
        var query = NoteQueue()
        change(&query)
        return try harness.ask(query, as: caller)
    }

    /// What waits, and of which note.
    func waiting(_ staff: UInt64 = 1) throws -> [String] {
        try queue { $0.staff = staff }.rows.map { "\($0.what) \($0.hasNote ? "\($0.note)" : "-")" }
    }

    func chart(_ change: (inout Chart) -> Void = { _ in }) throws -> ChartAnswer {
        var query = Chart.with { $0.client = StoryClinic.first }
        change(&query)
        return try harness.ask(query)
    }
}
