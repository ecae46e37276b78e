import ClientHistoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SealedPlaceTests {
    @Test func `ordinals count only the sealed fields that are present`() throws {
        let clinic = try StoryClinic()
        let client = try clinic.harness.record(
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = "C-000003"
                        $0.familyName = sealedField(1)
                        $0.phone = sealedField(2)
                        $0.remark = sealedField(3)
                        $0.minorConsentBasis = sealedField(4)
                    })))
        #expect(
            try clinic.last(client)?.places == [
                "familyName \(client).0 of \(client), identity", "phone \(client).1 of \(client), contact",
                "remark \(client).2 of \(client), identity", "minorConsentBasis \(client).3 of \(client), identity",
            ])
        let contact = try clinic.harness.record(
            .charting(
                .contactRecorded(
                    .with {
                        $0.client = client
                        $0.staff = 1
                        $0.summary = sealedField(5)
                        $0.action = sealedField(6)
                        $0.channel = .inPerson
                        $0.direction = .outbound
                    })))
        let row = try #require(try clinic.last(client))
        #expect(
            row.places == [
                "summary \(contact).0 of \(client), clinical", "action \(contact).1 of \(client), clinical",
            ])
        #expect(row.texts.map(\.text.sealed.sealed) == [sealedField(5), sealedField(6)])
        #expect(row.subject == contact)
        #expect(row.told.contains("channel=in_person"))
    }

    @Test func `the texts of appointments are the client's, each in its category`() throws {
        let clinic = try StoryClinic()
        let id = StoryClinic.appointment
        let events: [SchedulingEvent] = [
            .appointmentBooked(
                .with {
                    $0.client = StoryClinic.first
                    $0.retrospectiveReason = sealedField()
                }),
            .appointmentRescheduled(
                .with {
                    $0.appointment = id
                    $0.reason = sealedField()
                }),
            .appointmentCancelled(
                .with {
                    $0.appointment = id
                    $0.note = sealedField()
                }),
            .sessionStarted(
                .with {
                    $0.appointment = id
                    $0.clientPlace = sealedField()
                }),
            .appointmentMarkedEnteredInError(
                .with {
                    $0.appointment = id
                    $0.reason = sealedField()
                }),
            .conflictOverridden(
                .with {
                    $0.appointment = id
                    $0.classes = [.therapistOverlap, .cap]
                    $0.others = [90, 91]
                    $0.reason = sealedField()
                }),
        ]
        for event in events { try clinic.harness.record(.scheduling(event)) }
        let story = try clinic.story(StoryClinic.first).suffix(events.count)
        #expect(
            story.flatMap(\.places) == [
                "retrospectiveReason 5.0 of 2, identity", "reason 6.0 of 2, identity", "note 7.0 of 2, identity",
                "clientPlace 8.0 of 2, contact", "reason 9.0 of 2, identity", "reason 10.0 of 2, identity",
            ])
        #expect(story.last?.told == ["class=therapist_overlap", "class=cap", "others=90", "others=91"])
    }

    @Test func `the remark on an imported appointment is clinical, with or without another text before it`() throws {
        let clinic = try StoryClinic()
        for hasReason in [false, true] {
            try clinic.harness.record(
                .scheduling(
                    .appointmentBooked(
                        .with {
                            $0.client = StoryClinic.first
                            if hasReason { $0.retrospectiveReason = sealedField(1) }
                            $0.remark = sealedField(2)
                        })))
        }
        #expect(
            try clinic.story(StoryClinic.first).suffix(2).map(\.places) == [
                ["remark 5.0 of 2, clinical"],
                ["retrospectiveReason 6.0 of 2, identity", "remark 6.1 of 2, clinical"],
            ])
    }

    @Test func `a client found to be another is told so without the other's texts`() throws {
        let clinic = try StoryClinic()
        let rows = try clinic.story(StoryClinic.first)
        #expect(rows.map(\.position) == [2, 3, 4])
        #expect(rows[1].event == "ClientRegistered")
        #expect(rows[1].told == ["foundToBeAnother=3"])
        #expect(rows[1].texts.isEmpty)
        #expect(try clinic.story(StoryClinic.second).first?.texts.count == 1)
    }
}
