import Clinic
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct ImportedNamesTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `services get codes that are short and their own`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let known = DefineService.with {
                $0.code = "Talk"
                $0.name = "Something else"
                $0.minutes = 50
            }
            try await engine.done(known)
            var sheets = OldSheets.one
            let long = String(repeating: "Cognitive behavioural ", count: 4)
            let names = ["CBT/50", "CBT-50", long + "A", long + "B", "Talk!", "???"]
            for (index, name) in names.enumerated() {
                sheets.appointment("A\(index)", at: "1\(index):00", service: name)
            }
            let applied = try await engine.bringIn(sheets)
            #expect(applied.appointments == 6 && applied.servicesAdded.count == 6)
            let codes = try engine.records().compactMap { recorded -> String? in
                guard case .places(.serviceDefined(let event)) = recorded.event else { return nil }
                return event.code.lowercased()
            }
            #expect(Set(codes).count == 7 && codes.allSatisfy { $0.count <= 40 })
            #expect(Set(codes).isSuperset(of: ["talk", "talk-2", "cbt-50", "cbt-50-2", "service"]))
        }
    }

    @Test func `what is on file is found without case and accents, a service by its code too`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            var sheets = OldSheets()
            sheets.client("C1", therapist: "Ána Alder")
            for (index, service) in ["ind 50", "IND50", "Índividual"].enumerated() {
                sheets.appointment(
                    "A\(index)", at: "1\(index):00", with: "ANA ÁLDER", service: service, location: "Máin  street",
                    room: "blüe")
            }
            let applied = try await engine.bringIn(sheets)
            #expect(applied.left.isEmpty && applied.appointments == 3 && applied.staffAdded.isEmpty)
            #expect(applied.locationsAdded.isEmpty && applied.roomsAdded.isEmpty && applied.servicesAdded.isEmpty)
            for (_, booked) in try engine.imported() {
                let place = booked.event.arrangement
                #expect(place.staff == clinic.therapist && booked.event.service == clinic.service)
                #expect(place.location == clinic.location && place.room == clinic.room)
            }
        }
    }

    @Test func `a service whose name was cut is found again`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let long = String(repeating: "Cognitive behavioural ", count: 7)
            var sheets = OldSheets.one
            sheets.appointment("A1", service: long)
            #expect(try await engine.bringIn(sheets).servicesAdded.count == 1)
            sheets.appointment("A2", at: "11:00", service: long)
            let second = try await engine.bringIn(sheets)
            #expect(second.appointments == 1 && second.servicesAdded.isEmpty)
        }
    }

    @Test func `therapists whose names are alike but for an accent are two, and neither can sign in`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets()
            sheets.client("C1", therapist: "Zoë Lund")
            sheets.client("C2", "Bo", therapist: "Zoe Lund")
            sheets.appointment("A1", of: "C1", with: "Zoë Lund")
            sheets.appointment("A2", of: "C2", with: "Zoe Lund")
            let applied = try await engine.bringIn(sheets)
            #expect(applied.appointments == 2 && applied.staffAdded == ["Zoë Lund", "Zoe Lund"])
            let booked = try engine.imported()
            #expect(booked["A1"]?.event.arrangement.staff != booked["A2"]?.event.arrangement.staff)
            let added = try engine.records().compactMap { recorded -> String? in
                guard case .staff(.staffAdded(let event)) = recorded.event else { return nil }
                return event.email
            }
            #expect(added == ["olga@example.org", "", ""])
        }
    }

    @Test func `a room is where the sheet says it is, and rooms of one name in two places are two`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            var sheets = OldSheets()
            sheets.client("C1")
            sheets.client("C2", "Bo")
            sheets.client("C3", "Cy", therapist: "Dr Lee")
            sheets.appointment("A1", of: "C1", location: "East", room: "1")
            sheets.appointment("A2", of: "C3", with: "Dr Lee", location: "West", room: "1")
            sheets.appointment("A3", of: "C2", at: "10:00", location: "main street", room: "BLUE")
            // The only room of that name says where it is.
            sheets.appointment("A4", of: "C2", at: "11:00", room: "blue")
            sheets.appointment("A5", of: "C2", at: "12:00", room: "1")
            let applied = try await engine.bringIn(sheets)
            #expect(applied.left.isEmpty && applied.appointments == 5)
            #expect(applied.locationsAdded == ["East", "West"] && applied.roomsAdded == ["1", "1", "1"])
            let places = try engine.imported().mapValues(\.event.arrangement)
            #expect(places["A1"]?.room != places["A2"]?.room && places["A1"]?.location != places["A2"]?.location)
            #expect(places["A3"]?.room == clinic.room && places["A3"]?.location == clinic.location)
            #expect(places["A4"]?.room == clinic.room)
            #expect(places["A5"]?.location == clinic.location && places["A5"]?.room != clinic.room)
        }
    }

    /// What an import would send for row A1, with one thing changed.
    private func row(
        _ clinic: OpenClinic, in engine: ClinicEngine, _ change: (inout ImportAppointment) -> Void = { _ in }
    ) async throws -> Outcome {
        var command = ImportAppointment.with {
            $0.client = clinic.client
            $0.staff = clinic.therapist
            $0.service = clinic.service
            $0.location = clinic.location
            $0.room = clinic.room
            $0.start = "2026-02-02T09:00"
            $0.zone = "Europe/Berlin"
            $0.minutes = 50
            $0.modality = .inPerson
            $0.status = .completed
        }
        change(&command)
        let source = Source.with {
            $0.name = "sheets"
            $0.reference = "A1"
        }
        let caller = try engine.importer().importing
        return await engine.send(
            Submission(sender: .trusted(caller, .owner), command: command, key: .make(), source: source))
    }

    @Test func `a row that names what is not on file, or does not belong together, is refused`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let other = try await engine.done(AddLocation.with { $0.name = "East" })
            #expect(try await row(clinic, in: engine) { $0.location = other }.refused().rule == "INV-LOC-02")
            #expect(try await row(clinic, in: engine) { $0.clearLocation() }.refused().rule == "INV-SCHED-06")
            #expect(try await row(clinic, in: engine) { $0.minutes = 481 }.refused().rule == "INV-SCHED-01")
            #expect(try await row(clinic, in: engine) { $0.minutes = 0 }.refused().rule == "INV-SCHED-01")
            #expect(try await row(clinic, in: engine) { $0.staff = clinic.room }.refused().facts.field == "staff")
            #expect(try await row(clinic, in: engine) { $0.service = 0 }.refused().facts.field == "service")
            #expect(try await row(clinic, in: engine) { $0.clearStatus() }.refused().facts.field == "status")
        }
    }

    @Test func `a row founds one appointment, however often it is sent`() async throws {
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            _ = try await row(clinic, in: engine).get()
            let again = try await row(clinic, in: engine) { $0.start = "2026-02-03T09:00" }
            #expect(try again.refused().rule == "INV-IMP-02")
        }
    }

    @Test func `every way to meet is kept, and services made are offered in every way`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            let ways = ["in person", "online", "phone", "home visit", "outreach", ""]
            for (index, way) in ways.enumerated() {
                sheets.appointment("A\(index)", at: "1\(index):00", room: index == 1 ? "Blue" : "", how: way)
            }
            let applied = try await engine.bringIn(sheets)
            let arrangements = try engine.imported().sorted { $0.key < $1.key }.map(\.value.event.arrangement)
            #expect(arrangements.map(\.modality) == [.inPerson, .online, .phone, .homeVisit, .outreach, .inPerson])
            #expect(arrangements.map(\.hasLocation) == [true, false, false, false, false, true])
            #expect(applied.notes.map(\.reference) == ["A1"] && applied.roomsAdded.isEmpty)
            let service = try #require(
                try engine.records().lazy.compactMap { recorded -> ServiceDefined? in
                    if case .places(.serviceDefined(let event)) = recorded.event { event } else { nil }
                }.first)
            #expect(Set(service.modalities) == [.inPerson, .online, .phone, .homeVisit, .outreach])
        }
    }
}
