import Clinic
import Foundation
import Schema
import SwiftProtobuf

@testable import Engine

extension RandomHistory {
    /// A clinic with an owner, a manager, two at the desk, three therapists, who are there on weekdays, a supervisor and a
    /// trainee, and somebody who does the bills.
    mutating func found(_ engine: ClinicEngine) async throws {
        let clinic = try await OpenClinic.found(in: engine)
        people[clinic.client] = ["givenName": "Zoë", "familyName": "Brandt-Łuczak", "dateOfBirth": "1990-02-03"]
        tally.grant("InitialisePractice")
        try await engine.done(
            DefineService.with {
                $0.code = "ANY50"
                $0.name = "Anyhow"
                $0.minutes = 50
                $0.modalities = [.inPerson, .online, .phone]
            })
        try await engine.done(
            AddRoom.with {
                $0.location = clinic.location
                $0.name = "Green"
                $0.capacity = 3
            })
        var staff = [clinic.therapist]
        for (name, role) in [
            ("Mona", Role.Value.practiceManager), ("Dora", .frontDesk), ("Theo", .therapist), ("Thea", .therapist),
            ("Sue", .supervisor), ("Tom", .trainee), ("Bill", .biller),
        ] {
            let id = try await engine.done(
                AddStaff.with {
                    $0.name = name
                    $0.email = "\(name)@example.org"
                    $0.roles = [role]
                })
            staff.append(id)
        }
        for id in staff { try await enrol(id, engine) }
        for id in [clinic.therapist] + staff[3...4] {
            try await engine.done(Self.weekdays(of: id, at: clinic.location))
        }
        try await charge(for: clinic, engine)
        try await care(for: clinic.client, staff, engine)
        try catchUp(engine)
    }

    /// What sessions cost, with tax on some.
    private func charge(for clinic: OpenClinic, _ engine: ClinicEngine) async throws {
        try await engine.done(
            DefineTaxCode.with {
                $0.code = "GST"
                $0.basisPoints = 825
                $0.effectiveFrom = "2026-01-01"
            })
        try await engine.done(
            PublishPriceList.with {
                $0.effectiveFrom = "2026-01-01"
                $0.prices = [
                    .with {
                        $0.service = clinic.service
                        $0.amount.minor = 12_345
                        $0.amount.currency = "EUR"
                    }
                ]
            })
    }

    /// The first client is in the care of a therapist, a supervisor and a trainee.
    private func care(for client: UInt64, _ staff: [UInt64], _ engine: ClinicEngine) async throws {
        let manager = user(99, token: Self.secret(of: staff[1]))
        let seats: [(UInt64, CareTeamRole.Value)] = [
            (staff[0], .primary), (staff[5], .supervisor), (staff[6], .trainee),
        ]
        for (member, role) in seats {
            try await engine.done(
                AssignCareTeamMember.with {
                    $0.client = client
                    $0.staff = member
                    $0.role = role
                }, by: manager)
        }
    }

    /// What they come in with, once they have taken up their token.
    private static func secret(of id: UInt64) -> [UInt8] {
        (0..<32).reversed().map { (byte: UInt64) in UInt8(truncatingIfNeeded: id &+ byte) }
    }

    /// Everybody takes up a token of their own.
    private func enrol(_ id: UInt64, _ engine: ClinicEngine) async throws {
        let first: [UInt8] = (0..<32).map { (byte: UInt64) in UInt8(truncatingIfNeeded: id &+ byte) }
        try await engine.done(
            IssueToken.with {
                $0.staff = id
                $0.sha256 = Data(first)
                $0.days = 700
            })
        try await engine.done(
            CompleteEnrolment.with { $0.sha256 = Data(Self.secret(of: id)) }, by: user(99, token: first))
    }

    private static func weekdays(of staff: UInt64, at location: UInt64) -> SetWeeklyHours {
        .with {
            $0.staff = staff
            $0.location = location
            $0.effectiveFrom = "2026-03-01"
            $0.blocks = (1...5).map { (day: UInt32) in
                HoursBlock.with {
                    $0.weekday = day
                    $0.from = "08:00"
                    $0.to = "18:00"
                }
            }
        }
    }
}
