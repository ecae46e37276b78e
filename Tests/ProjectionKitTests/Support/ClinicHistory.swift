import Foundation
import Schema
import SwiftProtobuf
import TestKit

/// A clinic's records in which every type of event occurs, each leading to what came before as the log would have it.
struct ClinicHistory {
    fileprivate var events: [(event: AnyEvent, subjects: [Subject])] = []

    /// - Parameter days: how many days of appointments.
    static func records(days: Int) -> [Recorded] {
        var history = ClinicHistory()
        let house = history.begin()
        for day in 0..<days { history.live(through: day, in: house) }
        history.endings(in: house)
        return recorded(history.events)
    }

    /// Ids of what the appointments need.
    struct House {
        var therapist: UInt64
        var location: UInt64
        var room: UInt64
        var service: UInt64
        var client: UInt64
    }

    /// How many records there are.
    var count: Int { events.count }

    @discardableResult
    mutating func add(_ event: AnyEvent, _ subjects: Subject...) -> UInt64 {
        events.append((event, subjects))
        return UInt64(events.count - 1)
    }

    mutating func begin() -> House {
        let therapist = beginPractice()
        var house = House(therapist: therapist, location: 0, room: 0, service: 0, client: 0)
        furnish(&house)
        register(&house)
        open(house)
        return house
    }

    /// Answers the first therapist.
    mutating func beginPractice() -> UInt64 {
        add(
            .practice(
                .practiceInitialised(
                    .with {
                        $0.name = "Riverside"
                        $0.zone = "Europe/Berlin"
                        $0.onlineZone = "Europe/Berlin"
                        $0.currency = "EUR"
                    })))
        let therapist = add(.staff(.staffAdded(.with { $0.name = "Ada" })), subject(.staff, 1))
        for role in [Role.Value.therapist, .owner] {
            add(
                .staff(
                    .roleAssigned(
                        .with {
                            $0.staff = therapist
                            $0.role = role
                        })))
        }
        add(
            .staff(
                .roleRevoked(
                    .with {
                        $0.staff = therapist
                        $0.role = .owner
                    })))
        return therapist
    }

    mutating func furnish(_ house: inout House) {
        let location = add(
            .places(
                .locationAdded(
                    .with {
                        $0.name = "Main"
                        $0.zone = "Europe/Berlin"
                        $0.requiresRoom = true
                    })))
        let room = add(
            .places(
                .roomAdded(
                    .with {
                        $0.location = location
                        $0.name = "1"
                        $0.capacity = 2
                        $0.concurrent = 1
                    })))
        let service = add(
            .places(
                .serviceDefined(
                    .with {
                        $0.code = "IND"
                        $0.minutes = 50
                        $0.people = 2
                        $0.modalities = [.inPerson]
                    })))
        add(
            .places(
                .priceListPublished(
                    .with {
                        $0.effectiveFrom = "2026-01-01"
                        $0.prices = [
                            .with {
                                $0.service = service
                                $0.amount.minor = 9_000
                                $0.amount.currency = "EUR"
                            }
                        ]
                    })))
        house.location = location
        house.room = room
        house.service = service
    }

    mutating func register(_ house: inout House) {
        let therapist = house.therapist
        let client = add(
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = "C-1"
                        $0.givenName = sealedField(1)
                        $0.familyName = sealedField(2)
                    })), subject(.client, UInt64(events.count)))
        add(
            .clients(
                .clientDetailsUpdated(
                    .with {
                        $0.client = client
                        $0.phone = sealedField(3)
                    })), subject(.client, client))
        add(
            .clients(
                .careTeamMemberAssigned(
                    .with {
                        $0.client = client
                        $0.staff = therapist
                        $0.role = .primary
                        $0.fromAt = 1_767_225_600_000
                    })), subject(.client, client))
        house.client = client
    }

    mutating func open(_ house: House) {
        add(
            .staff(
                .staffServicesSet(
                    .with {
                        $0.staff = house.therapist
                        $0.services = [house.service]
                        $0.acceptsNew = true
                    })))
        add(
            .availability(
                .weeklyHoursSet(
                    .with {
                        $0.staff = house.therapist
                        $0.location = house.location
                        $0.zone = "Europe/Berlin"
                        $0.effectiveFrom = "2026-01-01"
                        $0.blocks = [
                            .with {
                                $0.weekday = 1
                                $0.from = "09:00"
                                $0.to = "17:00"
                            }
                        ]
                    })))
        add(
            .availability(
                .extraOpeningAdded(
                    .with {
                        $0.staff = house.therapist
                        $0.time = Self.time(day: 2, hour: 8)
                    })))
    }

    mutating func endings(in house: House) {
        takeTimeOff(in: house)
        giveAccess(in: house)
        watch(house)
        writeNotes(house)
        setTerms(house)
        bill(house)
        importSheet(house)
    }

    mutating func takeTimeOff(in house: House) {
        let kept = book(house, day: 40, hour: 1)
        let off = add(
            .availability(
                .timeOffRequested(
                    .with {
                        $0.staff = house.therapist
                        $0.time = Self.time(day: 40, hour: 0)
                        $0.kind = .annual
                        $0.reason = sealedField(9)
                    })))
        add(
            .availability(
                .timeOffApproved(
                    .with {
                        $0.timeOff = off
                        $0.resolutions = [
                            .with {
                                $0.appointment = kept
                                $0.action = .keep
                            }
                        ]
                    })), subject(.client, house.client))
    }

    mutating func giveAccess(in house: House) {
        let link = add(
            .access(
                .socketUserLinked(
                    .with {
                        $0.uid = 1_000
                        $0.staff = house.therapist
                        $0.awaitsHolder = true
                    })))
        add(.access(.enrolmentCompleted(.with { $0.link = link })))
        add(
            .access(
                .socketUserUnlinked(
                    .with {
                        $0.link = link
                        $0.uid = 1_000
                    })))
        let token = add(
            .access(
                .tokenIssued(
                    .with {
                        $0.staff = house.therapist
                        $0.sha256 = Data(repeating: 3, count: 32)
                        $0.label = "phone"
                        $0.expiresAt = 1_800_000_000_000
                    })))
        add(.access(.tokenRevoked(.with { $0.token = token })))
        add(
            .access(
                .ownerRecovered(
                    .with {
                        $0.uid = 1_001
                        $0.staff = house.therapist
                    })))
    }

    mutating func watch(_ house: House) {
        add(
            .access(
                .recordAccessed(
                    .with {
                        $0.query = "ShowClient"
                        $0.category = .identity
                        $0.people = [house.client]
                        $0.windowAt = 1_767_225_600_000
                    })))
        add(
            .access(
                .accessDenied(
                    .with {
                        $0.name = "AuditTrail"
                        $0.permission = "audit.view"
                        $0.status = 403
                        $0.windowAt = 1_767_225_600_000
                    })))
        add(
            .practice(
                .clockAccepted(
                    .with {
                        $0.clockAt = 1_767_225_600_000
                        $0.jumpMs = 7_200_000
                    })))
    }

    mutating func importSheet(_ house: House) {
        let imported = add(
            .interchange(
                .importApplied(
                    .with {
                        $0.source = "old.csv"
                        $0.sha256 = Data(repeating: 4, count: 32)
                        $0.clients = 1
                    })), subject(.import, UInt64(events.count)))
        add(
            .interchange(
                .importUndone(
                    .with {
                        $0.import = imported
                        $0.source = "old.csv"
                        $0.clients = [house.client]
                    })), subject(.import, imported))
    }
}

func subject(_ kind: Subject.Kind, _ id: UInt64) -> Subject {
    .with {
        $0.kind = kind
        $0.id = id
    }
}
