import ClientHistoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct NoteQueueTests {
    @Test func `a session that was held waits until its note is signed`() throws {
        let clinic = try NoteClinic(isHeld: false)
        #expect(try clinic.waiting() == [])
        try clinic.end(StoryClinic.appointment)
        #expect(try clinic.waiting() == ["unsigned -"])
        let note = try clinic.start()
        #expect(try clinic.waiting() == ["draft \(note)"])
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1, awaits: true)
        #expect(try clinic.waiting() == ["awaits_cosign \(note)"])
        _ = try clinic.record(
            .noteCosigned(
                .with {
                    $0.note = note
                    $0.client = StoryClinic.first
                }))
        #expect(try clinic.waiting() == [])
        try clinic.mistake(note)
        #expect(try clinic.waiting() == ["unsigned -"])
    }

    @Test func `a draft begun beforehand waits too, and is not due before the session has ended`() throws {
        let clinic = try NoteClinic(isHeld: false)
        let note = try clinic.start()
        let row = try #require(try clinic.queue().rows.first)
        #expect(row.note == note && row.appointment == StoryClinic.appointment && !row.hasDueAt && !row.overdue)
        try clinic.end(StoryClinic.appointment)
        #expect(try clinic.queue().rows.map(\.dueAt) == [NoteClinic.endedMs + 48 * NoteClinic.hourMs])
    }

    @Test func `it is overdue 48 hours after the end`() throws {
        let clinic = try NoteClinic()
        clinic.harness.nowMs = NoteClinic.endedMs + 48 * NoteClinic.hourMs
        #expect(try clinic.queue().rows.map(\.overdue) == [false])
        func overdue() throws -> [NoteQueueRow] {
            try clinic.queue {
                $0.staff = 1
                $0.overdue = true
            }.rows
        }
        #expect(try overdue().isEmpty)
        clinic.harness.nowMs += 1
        #expect(try overdue().map(\.overdue) == [true])
    }

    @Test func `a contact note waits until it is signed or thrown away`() throws {
        let clinic = try NoteClinic(isHeld: false)
        let notes = try (0..<2).map { _ in try clinic.start(contact: true) }
        #expect(try clinic.waiting() == notes.map { "draft \($0)" })
        _ = try clinic.save(notes[0], 1)
        try clinic.sign(notes[0], 1)
        _ = try clinic.record(
            .noteDraftDiscarded(
                .with {
                    $0.note = notes[1]
                    $0.client = StoryClinic.first
                }))
        #expect(try clinic.waiting() == [])
    }

    @Test func `it says whose it is, as far as one may see`() throws {
        let clinic = try NoteClinic()
        let row = try #require(try clinic.queue().rows.first)
        #expect(row.client == StoryClinic.first && row.clientNumber == "C-000001")
        #expect(row.staff == 1 && row.staffName == "Ada" && row.serviceDate == "2026-03-01")
        #expect(row.sinceAt == NoteClinic.endedMs)
    }

    @Test func `a supervisor sees first what waits for them, and never their own`() throws {
        let clinic = try NoteClinic()
        let note = try clinic.start()
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1, awaits: true)
        func rows(_ caller: UInt64, isSupervisor: Bool) throws -> [UInt64] {
            try clinic.harness.ask(
                NoteQueue.with { $0.staff = caller }, as: caller,
                permits: { permission, _ in permission != .cosignNotes || isSupervisor }
            ).rows.map(\.note)
        }
        #expect(try rows(9, isSupervisor: true) == [note])
        #expect(try rows(9, isSupervisor: false) == [])
        #expect(try rows(1, isSupervisor: true) == [note])
    }

    @Test func `a session of an import was written about elsewhere`() throws {
        let clinic = try NoteClinic(isHeld: false)
        var header = Header()
        header.recordedAt = clinic.harness.nowMs
        header.actor.kind = .import
        header.actor.id = 1
        let booked = AppointmentBooked.with {
            $0.client = StoryClinic.first
            $0.arrangement = StoryClinic.arrangement("2026-03-01T09:00", startAt: 1_772_377_200_000)
        }
        let id = try clinic.harness.record(.scheduling(.appointmentBooked(booked)), header: header)
        try clinic.end(id)
        #expect(try clinic.waiting() == [])
    }

    @Test func `it comes in pages, everybody's too`() throws {
        let clinic = try NoteClinic(isHeld: false)
        let notes = try (0..<5).map { _ in try clinic.start(contact: true) }
        var found: [UInt64] = []
        var after: String?
        repeat {
            let answer = try clinic.queue {
                $0.limit = 2
                if let after { $0.after = after }
            }
            found += answer.rows.map(\.note)
            after = answer.hasNext ? answer.next : nil
        } while after != nil
        #expect(found == notes)
        for wrong in ["", "1", "1.2", "a.b.c", "1.2.3.4"] {
            #expect(throws: Refusal.self) { try clinic.queue { $0.after = wrong } }
        }
        #expect(throws: Refusal.self) { try clinic.queue { $0.limit = 0 } }
    }

    @Test func `a draft of who was to give the session before waits for its author, and the session for its therapist`()
        throws
    {
        let clinic = try NoteClinic(isHeld: false)
        let draft = try clinic.start()
        try clinic.give(to: 2)
        #expect(try clinic.waiting(1) == ["draft \(draft)"] && clinic.waiting(2) == [])
        try clinic.end(StoryClinic.appointment)
        #expect(try clinic.waiting(1) == ["draft \(draft)"] && clinic.waiting(2) == ["unsigned -"])
        let note = try clinic.start(by: 2)
        _ = try clinic.save(draft, 1)
        #expect(try clinic.waiting(1) == ["draft \(draft)"] && clinic.waiting(2) == ["draft \(note)"])
        try clinic.discard(draft)
        #expect(try clinic.waiting(1) == [] && clinic.waiting(2) == ["draft \(note)"])
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1)
        #expect(try clinic.waiting(2) == [])
    }
}
