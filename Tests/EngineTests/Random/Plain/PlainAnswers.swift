import Clinic
import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

@testable import Engine

/// What the read models answer, beside what the events say to the plain rules.
struct PlainAnswers {
    let engine: ClinicEngine
    let clinic: PlainClinic
    let asOfMs: Int64?
    /// An owner.
    let asker: Credentials
    /// The instant that the questions are about: now, or the former time.
    let nowMs: Int64

    func ask<Q: Query>(_ query: Q) async throws -> Q.Answer {
        try await engine.ask(Asking(query, from: asker, asOfMs: asOfMs)).answer
    }

    func problems() async throws -> [String] {
        var found = try await agendaProblems() + directoryProblems() + moneyProblems() + queueProblems()
        let times = try await ask(ListTimeOff()).rows.map { line($0.id, $0.staff, $0.startAt, $0.approved) }
        let known = clinic.absences.map { line($0.key, $0.value.staff, $0.value.startMs, $0.value.isApproved) }
        found += differences("times off", times, known)
        for client in clinic.clients.filter({ !$0.value.isWithdrawn }).keys.sorted().suffix(6) {
            found += try await clientProblems(client)
        }
        for subject in clinic.about.keys.sorted().suffix(8) {
            let rows = try await ask(
                AuditTrail.with {
                    $0.subject = subject
                    $0.limit = 1_000
                }
            ).rows
            // These questions are on record themselves.
            found += differences(
                "the trail of \(subject)", rows.filter { $0.position < clinic.size }.map { "\($0.position)" },
                (clinic.about[subject] ?? []).map { "\($0)" })
        }
        return found
    }

    private func line(_ parts: Any...) -> String { parts.map { "\($0)" }.joined(separator: " ") }

    func differences(_ what: String, _ answered: [String], _ known: [String]) -> [String] {
        let more = Set(answered).subtracting(known).sorted()
        let fewer = Set(known).subtracting(answered).sorted()
        guard more.isEmpty, fewer.isEmpty, answered.count == known.count else {
            return [
                "\(what): answered beyond what is known \(more.prefix(3)), known and not answered \(fewer.prefix(3))"
            ]
        }
        return []
    }

    /// Every appointment of some months, by the practice's calendar and by the calendars of some therapists.
    private func agendaProblems() async throws -> [String] {
        let middle = PlainTime.local(clinic.latestMs, clinic.zone).day
        let (from, to) = (middle - 60, middle + 300)
        let fromMs = PlainTime.ms(day: from, minute: 0, clinic.zone)
        let toMs = PlainTime.ms(day: to, minute: 0, clinic.zone)
        var found: [String] = []
        for staff in [nil] + clinic.staff.keys.sorted().prefix(4).map({ $0 as UInt64? }) {
            let rows = try await ask(
                Agenda.with {
                    if let staff { $0.staff = staff }
                    $0.from = PlainTime.text(day: from)
                    $0.to = PlainTime.text(day: to)
                    $0.all = true
                }
            ).rows.map { row in
                let room: UInt64 = row.hasRoom ? row.room : 0
                let place = line(row.id, row.client, row.staff, room, row.startAt, row.endAt)
                return line(place, row.status, row.revision, row.start)
            }
            let known = clinic.visits.filter { _, visit in
                (staff ?? visit.place.staff) == visit.place.staff && visit.startMs < toMs && fromMs < visit.endMs
            }
            .map { id, visit in
                let room: UInt64 = visit.place.hasRoom ? visit.place.room : 0
                let place = line(id, visit.client, visit.place.staff, room, visit.startMs, visit.endMs)
                return line(place, visit.status, visit.revision, visit.place.time.startLocal)
            }
            found += differences("the agenda of \(staff ?? 0)", rows, known)
        }
        return found
    }

    private func directoryProblems() async throws -> [String] {
        var found = try await staffProblems()
        found += differences(
            "the rooms", try await ask(ListRooms()).rows.map { line($0.id, $0.location, $0.capacity) },
            clinic.rooms.map { line($0.key, $0.value.location, $0.value.capacity) })
        found += differences(
            "the locations", try await ask(ListLocations()).rows.map { line($0.id, $0.zone) },
            clinic.locations.map { line($0.key, $0.value.zone) })
        found += differences(
            "the services", try await ask(ListServices()).rows.map { line($0.id, $0.code, $0.minutes) },
            clinic.services.map { line($0.key, $0.value.code, $0.value.minutes) })
        let clients = try await ask(ListClients.with { $0.limit = 1_000 }).rows
        found += differences(
            "the clients", clients.map { line($0.id, $0.number) },
            clinic.clients.filter { !$0.value.isWithdrawn }.map { line($0.key, $0.value.number) })
        let access = try await ask(ListAccess()).rows
        found += differences(
            "the tokens",
            access.filter { $0.kind == "token" }.map { line($0.id, $0.staff, $0.revoked, $0.awaitsHolder) },
            clinic.tokens.map { line($0.key, $0.value.staff, $0.value.isRevoked, $0.value.awaitsHolder) })
        found += differences(
            "the links",
            access.filter { $0.kind == "link" && !$0.revoked }.map { line($0.id, $0.uid, $0.staff, $0.awaitsHolder) },
            clinic.links.map { line($0.key, $0.value.uid, $0.value.staff, $0.value.awaitsHolder) })
        return found
    }

    /// Who they are, and what each is and until when; not what is over by then.
    private func staffProblems() async throws -> [String] {
        func words(_ id: UInt64, _ email: String, _ roles: [Role.Value: Int64]) -> String {
            let parts = roles.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                "\($0.key.rawValue) until \($0.value)"
            }
            return "\(id) \(email) \(parts.joined(separator: ", "))"
        }
        let rows = try await ask(ListStaff()).rows.map { row in
            let ends = Dictionary(uniqueKeysWithValues: row.roleEnds.map { ($0.role, $0.untilAt) })
            let roles = Dictionary(uniqueKeysWithValues: row.roles.map { ($0, ends[$0] ?? .max) })
            return words(row.id, row.email, roles)
        }
        let known = clinic.staff.map { id, member in
            words(id, member.email, member.given.filter { nowMs < $0.value })
        }
        return differences("the staff", rows, known)
    }

    private func clientProblems(_ id: UInt64) async throws -> [String] {
        let row = try await ask(ShowClient.with { $0.client = id }).row
        let seats = clinic.clients[id]?.seats ?? []
        return differences(
            "the team of \(id)",
            row.careTeam.map { "\($0.staff) \($0.role) \($0.fromAt) \($0.hasUntilAt ? $0.untilAt : .max)" },
            seats.map { "\($0.staff) \(RandomField.word($0.role)) \($0.fromMs) \($0.untilMs)" })
            + (row.changed == clinic.changed[id] ? [] : ["client \(id) changed at \(row.changed)"])
    }

    /// INV-AVAIL-09: exactly the times that could be booked, no more and no less.
    func slotProblems() async throws -> [String] {
        var found: [String] = []
        let day = PlainTime.local(nowMs, clinic.zone).day
        let staff = clinic.staff.filter { $0.value.given[.therapist] != nil }.keys.sorted().prefix(4)
        let services = clinic.services.filter { $0.value.modalities.contains(.inPerson) }.keys.sorted()
        for (index, therapist) in staff.enumerated() where !services.isEmpty {
            let service = services[index % services.count]
            for location in clinic.locations.keys.sorted().prefix(3) {
                let rows = try await ask(
                    FreeSlots.with {
                        $0.service = service
                        $0.staff = [therapist]
                        $0.locations = [location]
                        $0.modality = .inPerson
                        $0.from = PlainTime.text(day: day)
                        $0.to = PlainTime.text(day: day + 4)
                        $0.limit = 500
                    }
                ).rows
                found += differences(
                    "free times of \(therapist) at \(location) for \(service)",
                    rows.map { "\($0.startAt) \($0.hasRoom ? $0.room : 0)" },
                    freeTimes(of: therapist, at: location, for: service, day..<day + 4))
            }
        }
        return found
    }

    private func freeTimes(
        of staff: UInt64, at location: UInt64, for id: UInt64, _ days: Range<Int>
    ) -> [String] {
        guard let service = clinic.services[id], let offers = clinic.staff[staff]?.offers,
            offers.services.isEmpty || offers.services.contains(id),
            offers.locations.isEmpty || offers.locations.contains(location)
        else { return [] }
        let zone = PlainClinic.zone(clinic.locations[location]?.zone ?? "")
        return days.flatMap { day in
            stride(from: 0, to: 1_440, by: 15).compactMap { minute -> String? in
                let startMs = PlainTime.ms(day: day, minute: minute, zone)
                guard startMs > nowMs, PlainTime.local(startMs, zone) == (day, minute) else { return nil }
                let wish = PlainWish(
                    client: 0, staff: staff, service: id, modality: .inPerson, location: location, startMs: startMs,
                    endMs: startMs + Int64(service.minutes) * 60_000,
                    bufferBeforeMinutes: service.bufferBeforeMinutes, bufferAfterMinutes: service.bufferAfterMinutes,
                    isSupportive: service.supportive)
                guard clinic.isOpen(for: wish), let room = clinic.room(for: wish), room.conflicts.isEmpty,
                    clinic.conflicts(of: wish).isEmpty
                else { return nil }
                return "\(startMs) \(room.room ?? 0)"
            }
        }
    }
}
