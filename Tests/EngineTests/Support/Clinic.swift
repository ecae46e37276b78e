import Clinic
import Schema
import SwiftProtobuf

@testable import Engine

/// A clinic with one therapist who works every Monday, one room, one service and one client.
struct OpenClinic: Sendable {
    var therapist: UInt64
    var location: UInt64
    var room: UInt64
    var service: UInt64
    var client: UInt64

    /// Founded by its owner.
    static func found(in engine: ClinicEngine) async throws -> OpenClinic {
        _ = try await engine.begin().get()
        let location = try await engine.done(
            AddLocation.with {
                $0.name = "Main Street"
                $0.zone = "Europe/Berlin"
                $0.requiresRoom = true
            })
        let room = try await engine.done(
            AddRoom.with {
                $0.location = location
                $0.name = "Blue"
                $0.capacity = 2
                $0.concurrent = 1
            })
        let service = try await engine.done(
            DefineService.with {
                $0.code = "IND50"
                $0.name = "Individual"
                $0.minutes = 50
                $0.modalities = [.inPerson]
                $0.people = 2
            })
        let therapist = try await therapist(of: service, at: location, in: engine)
        let client = try await engine.done(Self.person("Zoë", "Brandt-Łuczak"))
        return OpenClinic(therapist: therapist, location: location, room: room, service: service, client: client)
    }

    private static func therapist(of service: UInt64, at location: UInt64, in engine: ClinicEngine) async throws
        -> UInt64
    {
        let therapist = try await engine.done(
            AddStaff.with {
                $0.name = "Ana Alder"
                $0.email = "ana@example.org"
                $0.roles = [.therapist]
            })
        try await engine.done(
            SetStaffServices.with {
                $0.staff = therapist
                $0.services = [service]
                $0.locations = [location]
            })
        let day = HoursBlock.with {
            $0.weekday = 1
            $0.from = "08:00"
            $0.to = "18:00"
        }
        try await engine.done(
            SetWeeklyHours.with {
                $0.staff = therapist
                $0.location = location
                $0.effectiveFrom = "2026-03-02"
                $0.blocks = [day]
            })
        return therapist
    }

    static func person(_ given: String, _ family: String, born: String = "1990-02-03") -> RegisterClient {
        .with {
            $0.givenName = given
            $0.familyName = family
            $0.dateOfBirth = born
        }
    }

    /// The client's appointment with the therapist, on Monday, 9 March 2026.
    func booking(at time: String = "10:00") -> BookAppointment {
        .with {
            $0.client = client
            $0.staff = therapist
            $0.service = service
            $0.location = location
            $0.start = "2026-03-09T\(time)"
            $0.modality = .inPerson
        }
    }

    /// The wall-clock starts of that Monday's appointments.
    func agenda(_ engine: ClinicEngine, asOfMs: Int64? = nil) async throws -> [String] {
        let query = Agenda.with {
            $0.staff = therapist
            $0.from = "2026-03-09"
            $0.to = "2026-03-10"
        }
        return try await engine.ask(Asking(query, from: user(), asOfMs: asOfMs)).answer.rows.map(\.start)
    }
}
