import ClientHistoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct ChartTests {
    @Test func `a session that was held stands in the chart, with its note and no text`() throws {
        let clinic = try NoteClinic(isHeld: false)
        #expect(try clinic.chart().rows.isEmpty)
        try clinic.end(StoryClinic.appointment)
        let bare = try #require(try clinic.chart().rows.first)
        #expect(bare.appointment == StoryClinic.appointment && bare.status == .completed && bare.notes.isEmpty)
        #expect(bare.start == "2026-03-01T09:00" && bare.zone == "America/Chicago" && bare.staffName == "Ada")
        let note = try clinic.start()
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1, awaits: true)
        try clinic.give(back: note)
        let row = try #require(try clinic.chart().rows.first?.notes.first)
        #expect(row.id == note && row.standing == .draft && row.signatures.map(\.void) == [true])
        #expect(!row.signatures[0].hasComment)
    }

    @Test func `INV-NOTE-11: what was entered in error is left out unless it is asked for`() throws {
        let clinic = try NoteClinic()
        let note = try clinic.start()
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1)
        try clinic.mistake(note)
        #expect(try clinic.chart().rows.map(\.notes.count) == [0])
        let all = try #require(try clinic.chart { $0.all = true }.rows.first?.notes.first)
        #expect(all.standing == .enteredInError && !all.hasReason)
        let event = AppointmentMarkedEnteredInError.with { $0.appointment = StoryClinic.appointment }
        try clinic.harness.record(.scheduling(.appointmentMarkedEnteredInError(event)))
        #expect(try clinic.chart().rows.isEmpty)
        #expect(try clinic.chart { $0.all = true }.rows.map(\.status) == [.enteredInError])
    }

    @Test func `the newest comes first, a contact before the sessions of its day, and pages go on where one ended`()
        throws
    {
        let clinic = try NoteClinic()
        let contact = try clinic.start(contact: true)
        let later = try clinic.harness.record(
            .scheduling(
                .appointmentBooked(
                    .with {
                        $0.client = StoryClinic.first
                        $0.arrangement = StoryClinic.arrangement("2026-03-02T09:00", startAt: 1_772_463_600_000)
                    })))
        try clinic.end(later)
        #expect(try clinic.chart().rows.map(\.appointment) == [later, StoryClinic.appointment, 0])
        #expect(try clinic.chart().rows.last?.notes.map(\.id) == [contact])
        var found: [UInt64] = []
        var after: String?
        repeat {
            let answer = try clinic.chart {
                $0.limit = 1
                if let after { $0.after = after }
            }
            found += answer.rows.map(\.appointment)
            after = answer.hasNext ? answer.next : nil
        } while after != nil
        #expect(found == [later, StoryClinic.appointment, 0])
        #expect(throws: Refusal.self) { try clinic.chart { $0.after = "x" } }
    }

    @Test func `a client there is not has no chart`() throws {
        let clinic = try NoteClinic()
        #expect(throws: Refusal.self) { try clinic.chart { $0.client = 99 } }
        #expect(throws: Refusal.self) { try clinic.harness.ask(Chart()) }
        #expect(try clinic.chart { $0.client = StoryClinic.second }.rows.isEmpty)
    }

    @Test func `in the story of a client a note is told of, and what it says is not`() throws {
        let clinic = try NoteClinic()
        let note = try clinic.start()
        _ = try clinic.save(note, 1)
        let row = try #require(try clinic.clinic.last())
        #expect(row.event == "NoteDraftSaved" && row.subject == note && row.texts.isEmpty)
        try clinic.sign(note, 1)
        #expect(try clinic.clinic.last()?.texts.isEmpty == true)
    }
}
