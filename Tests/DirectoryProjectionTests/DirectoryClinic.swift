import DirectoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// A small clinic in the directory: an owner, a therapist, a place, a service.
struct DirectoryClinic {
    let harness: ViewHarness<DirectoryView>
    let owner: UInt64
    let therapist: UInt64
    let location: UInt64
    let service: UInt64

    init() throws {
        harness = try ViewHarness()
        try harness.record(
            .practice(
                .practiceInitialised(
                    .with {
                        $0.name = "Riverbank"
                        $0.zone = "America/New_York"
                        $0.onlineZone = "America/Chicago"
                        $0.currency = "USD"
                    })))
        owner = try harness.addStaff("Ada Müller", "ada@example.org", .owner)
        therapist = try harness.addStaff("Zoe\u{301} Brandt", "zoe@example.org", .therapist)
        location = try harness.record(
            .places(
                .locationAdded(
                    .with {
                        $0.name = "Main Street"
                        $0.zone = "America/New_York"
                        $0.requiresRoom = true
                    })))
        service = try harness.record(
            .places(
                .serviceDefined(
                    .with {
                        $0.code = "IND50"
                        $0.name = "Individual"
                        $0.minutes = 50
                        $0.modalities = [.inPerson, .online]
                    })))
    }
}

extension ViewHarness where View == DirectoryView {
    func addStaff(_ name: String, _ email: String, _ role: Role.Value) throws -> UInt64 {
        let id = try record(
            .staff(
                .staffAdded(
                    .with {
                        $0.name = name
                        $0.email = email
                    })))
        try assign(role, to: id)
        return id
    }

    func assign(_ role: Role.Value, to staff: UInt64) throws {
        try record(
            .staff(
                .roleAssigned(
                    .with {
                        $0.staff = staff
                        $0.role = role
                    })))
    }

    func publish(_ minor: Int64, for service: UInt64, from date: String) throws {
        let price = Price.with {
            $0.service = service
            $0.amount.minor = minor
            $0.amount.currency = "USD"
        }
        try record(
            .places(
                .priceListPublished(
                    .with {
                        $0.effectiveFrom = date
                        $0.prices = [price]
                    })))
    }

    func register(_ number: String) throws -> UInt64 {
        try record(
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = number
                        $0.givenName = sealedField(1)
                        $0.familyName = sealedField(2)
                    })))
    }

    func assign(_ role: CareTeamRole.Value, _ staff: UInt64, to client: UInt64, from: Int64) throws {
        try record(
            .clients(
                .careTeamMemberAssigned(
                    .with {
                        $0.client = client
                        $0.staff = staff
                        $0.role = role
                        $0.fromAt = from
                    })))
    }
}
