import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct StartNoteTests {
    @Test func `a session's note is a SOAP note of its client, of the day on which it was`() throws {
        let desk = try NoteDesk()
        let outcome = try desk.start()
        let event = try outcome.event(NoteStarted.self)
        #expect(event.client == desk.cast.cleo && event.staff == desk.cast.ana && event.appointment == desk.session)
        #expect(event.kind == .progressSoap && event.template == "progress.soap/1")
        #expect(event.serviceDate == "2026-01-06")
        #expect(outcome.reply.id == outcome.recorded[0].position)
        #expect(
            outcome.recorded[0].header.subjects == [
                Subject(.note, outcome.reply.id), Subject(.client, desk.cast.cleo), Subject(.staff, desk.cast.ana),
                Subject(.appointment, desk.session),
            ])
    }

    @Test func `INV-NOTE-09: a session has one note, until that is thrown away or was a mistake`() throws {
        let desk = try NoteDesk()
        let first = try desk.note()
        let refusal = try #require(try desk.start { $0.kind = .progressFree }.refusal)
        #expect(Refused(refusal) == Refused("INV-NOTE-09", "appointment") && refusal.facts.involved == [first])
        try #require(try desk.discard(first).refusal == nil)
        let second = try desk.signed()
        #expect(try desk.start().refused == Refused("INV-NOTE-09", "appointment"))
        try #require(try desk.mistake(second).refusal == nil)
        #expect(try desk.start().refusal == nil)
    }

    @Test func `whoever gives the session writes its note, and nobody else`() throws {
        let desk = try NoteDesk()
        for staff in [desk.cast.ben, desk.cast.supervisor, desk.cast.trainee] {
            #expect(try desk.start(by: staff).refused == Refused("INV-NOTE-01", "appointment"))
        }
        for staff in [desk.cast.owner, desk.cast.manager, desk.cast.desk, desk.cast.auditor] {
            #expect(try desk.start(by: staff).refused == .notPermitted)
        }
        #expect(
            try desk.story.when(StartNote.with { $0.client = desk.cast.carl }, by: desk.cast.ana).refused
                == .notPermitted)
    }

    @Test func `a note may be begun before the session, and not of one that will not be`() throws {
        let desk = try NoteDesk(isHeld: false)
        #expect(try desk.start().refusal == nil)
        let other = try desk.day.book("2026-01-07T14:00")
        try desk.story.given(desk.day.cancellation(other), by: desk.cast.desk)
        #expect(try desk.start { $0.appointment = other }.refused == Refused("INV-NOTE-16", "appointment"))
    }

    @Test func `INV-NOTE-16: the day is the session's own`() throws {
        let desk = try NoteDesk()
        #expect(try desk.start { $0.serviceDate = "2026-01-05" }.refused == Refused("INV-NOTE-16", "serviceDate"))
        #expect(try desk.start { $0.serviceDate = "yesterday" }.refused == .malformed("serviceDate"))
        #expect(try desk.start { $0.serviceDate = "2026-01-06" }.refusal == nil)
    }

    @Test func `a contact note is of a day that has come, today when none is named`() throws {
        let desk = try NoteDesk()
        func start(_ change: (inout StartNote) -> Void) throws -> StoryOutcome {
            var command = StartNote.with { $0.client = desk.cast.cleo }
            change(&command)
            return try desk.story.when(command, by: desk.cast.ana)
        }
        let event = try start { _ in }.event(NoteStarted.self)
        #expect(event.kind == .contact && event.template == "contact/1" && !event.hasAppointment)
        #expect(event.serviceDate == "2026-01-06")
        #expect(try start { $0.serviceDate = "2026-01-07" }.refused == Refused("INV-NOTE-16", "serviceDate"))
        #expect(try start { $0.serviceDate = "2025-12-30" }.refusal == nil)
        #expect(try start { $0.kind = .progressSoap }.refused == .malformed("appointment"))
        #expect(try start { $0.kind = .unspecified }.refused == .malformed("kind"))
        #expect(
            try start {
                $0.kind = .contact
                $0.appointment = desk.session
            }.refused == .malformed("appointment"))
    }

    @Test func `the client that is named is the appointment's`() throws {
        let desk = try NoteDesk()
        #expect(try desk.start { $0.client = desk.cast.cleo }.refusal == nil)
        #expect(try desk.start { $0.client = desk.cast.carl }.refused == .malformed("client"))
        #expect(try desk.start { $0.appointment = 9_999 }.refused == .notFound("appointment"))
    }

    @Test func `a draft of who was to give the session before is in nobody's way`() throws {
        let desk = try NoteDesk(isHeld: false)
        let draft = try desk.note()
        try desk.day.openForEveryone()
        try desk.story.given(desk.day.move(desk.session) { $0.staff = desk.cast.ben }, by: desk.cast.manager)
        let second = try desk.start(by: desk.cast.ben).accepted().reply.id
        #expect(try desk.start(by: desk.cast.ben).refused == Refused("INV-NOTE-09", "appointment"))
        #expect(try desk.discard(draft).refusal == nil)
        // It is the second that stands for the session.
        let refusal = try desk.start(by: desk.cast.ben).refusal
        #expect(refusal?.facts.involved == [second])
    }
}
