import ClientHistoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct StoryTests {
    private typealias At = StoryClinic

    @Test func `what happens to an appointment stands in its client's story and in no other`() throws {
        let clinic = try StoryClinic()
        let id = At.appointment
        let moved = AppointmentRescheduled.with {
            $0.appointment = id
            $0.arrangement = StoryClinic.arrangement("2026-03-02T09:00", startAt: 1_772_463_600_000)
        }
        let events: [SchedulingEvent] = [
            .appointmentRescheduled(moved), .appointmentConfirmed(.with { $0.appointment = id }),
            .clientCheckedIn(.with { $0.appointment = id }), .sessionStarted(.with { $0.appointment = id }),
            .sessionEnded(.with { $0.appointment = id }),
            .sessionRecordedRetrospectively(.with { $0.appointment = id }),
            .appointmentCancelled(.with { $0.appointment = id }),
            .appointmentMarkedNoShow(.with { $0.appointment = id }),
            .appointmentMarkedEnteredInError(.with { $0.appointment = id }),
            .conflictOverridden(.with { $0.appointment = id }),
        ]
        for event in events { try clinic.harness.record(.scheduling(event)) }
        let story = try clinic.story(At.first).dropFirst(2)
        #expect(
            story.map(\.event) == [
                "AppointmentBooked", "AppointmentRescheduled", "AppointmentConfirmed", "ClientCheckedIn",
                "SessionStarted", "SessionEnded", "SessionRecordedRetrospectively", "AppointmentCancelled",
                "AppointmentMarkedNoShow", "AppointmentMarkedEnteredInError", "ConflictOverridden",
            ])
        #expect(story.map(\.position) == Array(4...14))
        #expect(story.allSatisfy { $0.subject == id && $0.actor == 1 && $0.actorName == "Ada" })
        let statuses = story.map { row in row.facts.first { $0.name == "status" }?.value ?? "" }
        #expect(
            statuses == [
                "booked", "booked", "confirmed", "arrived", "in_session", "completed", "completed", "cancelled",
                "no_show", "entered_in_error", "",
            ])
        #expect(try clinic.story(At.second).map(\.event) == ["ClientRegistered"])
    }

    @Test func `a booking tells its facts in the schema's words, times by the clock at the place`() throws {
        let clinic = try StoryClinic()
        #expect(
            try clinic.last()?.told == [
                "status=booked", "service=77", "staff=1", "location=88", "modality=in_person",
                "start=2026-03-01T09:00 America/Chicago", "end=2026-03-01T09:50 America/Chicago",
                "price=120.00 USD", "supportive=false", "retrospective=false",
            ])
    }

    @Test func `instants of an appointment are told in its zone, all others in the practice's`() throws {
        let clinic = try StoryClinic()
        let started = SessionStarted.with {
            $0.appointment = At.appointment
            $0.startedAt = 1_772_377_260_000
            $0.clientJurisdiction = "US-IL"
        }
        try clinic.harness.record(.scheduling(.sessionStarted(started)))
        #expect(
            try clinic.last()?.told == [
                "status=in_session", "started=2026-03-01T09:01 America/Chicago", "clientJurisdiction=US-IL",
            ])
        let member = CareTeamMemberAssigned.with {
            $0.client = At.first
            $0.staff = 1
            $0.role = .primary
            $0.fromAt = 1_772_377_260_000
        }
        try clinic.harness.record(.clients(.careTeamMemberAssigned(member)))
        #expect(
            try clinic.last()?.told == ["staff=1", "role=primary", "from=2026-03-01T10:01 America/New_York"])
    }

    @Test func `an instant outside all calendars is told as a number`() throws {
        let clinic = try StoryClinic()
        for instant in [Int64.min, .max] {
            let ended = SessionEnded.with {
                $0.appointment = At.appointment
                $0.endedAt = instant
            }
            try clinic.harness.record(.scheduling(.sessionEnded(ended)))
            #expect(try clinic.last()?.told.last == "endedAt=\(instant)")
        }
    }

    @Test func `an approved time off tells each client of their own appointments only`() throws {
        let clinic = try StoryClinic()
        let other = try clinic.harness.record(
            .scheduling(.appointmentBooked(.with { $0.client = At.second })))
        let resolutions: [TimeOffResolution] = [
            .with {
                $0.appointment = At.appointment
                $0.action = .reassign
                $0.staff = 9
            },
            .with {
                $0.appointment = other
                $0.action = .keep
            },
        ]
        try clinic.harness.record(
            .availability(
                .timeOffApproved(
                    .with {
                        $0.timeOff = 50
                        $0.resolutions = resolutions
                    })))
        #expect(try clinic.last()?.told == ["appointment=4", "resolution=reassign", "staff=9"])
        #expect(try clinic.last(At.second)?.told == ["appointment=\(other)", "resolution=keep"])
        #expect(try clinic.last()?.subject == 50)
    }

    @Test func `whoever is named as a subject has the event in their story, once`() throws {
        let clinic = try StoryClinic()
        var subject = Subject()
        subject.kind = .client
        subject.id = At.second
        let imported = try clinic.harness.record(
            .interchange(.importApplied(.with { $0.source = "sheets" })), about: [subject, subject])
        #expect(try clinic.last(At.second)?.position == imported)
        #expect(try clinic.last()?.position == At.appointment)
        subject.kind = .appointment
        try clinic.harness.record(.interchange(.importUndone(.with { $0.import = imported })), about: [subject])
        #expect(try clinic.last(At.second)?.position == imported)
    }

    @Test func `looks and denials stand in the audit trail and not in the story`() throws {
        let clinic = try StoryClinic()
        let before = try clinic.story(At.first)
        let subject = Subject.with {
            $0.kind = .client
            $0.id = At.first
        }
        let looked = RecordAccessed.with {
            $0.query = "ShowClient"
            $0.people = [At.first]
        }
        try clinic.harness.record(.access(.recordAccessed(looked)), about: [subject])
        try clinic.harness.record(.access(.accessDenied(.with { $0.status = 403 })), about: [subject])
        #expect(try clinic.story(At.first) == before)
    }

    @Test func `an appointment that was never booked stops the projector`() throws {
        let clinic = try StoryClinic()
        #expect(throws: ProjectionError.self) {
            try clinic.harness.record(.scheduling(.sessionEnded(.with { $0.appointment = 404 })))
        }
    }
}
