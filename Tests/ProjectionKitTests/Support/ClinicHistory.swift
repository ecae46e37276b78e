import Foundation
import Schema
import SwiftProtobuf
import TestKit

/// A clinic's records in which every type of event occurs, each leading to what came before as the log would have it.
struct ClinicHistory {
    private var events: [(event: AnyEvent, subjects: [Subject])] = []

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
        var priceList: UInt64
    }

    @discardableResult
    private mutating func add(_ event: AnyEvent, _ subjects: Subject...) -> UInt64 {
        events.append((event, subjects))
        return UInt64(events.count - 1)
    }

    private mutating func begin() -> House {
        add(.practice(.practiceInitialised(.with { $0.name = "Riverside"; $0.zone = "Europe/Berlin"; $0.onlineZone = "Europe/Berlin"; $0.currency = "EUR" })))
        let therapist = add(.staff(.staffAdded(.with { $0.name = "Ada" })), subject(.staff, 1))
        for role in [Role.Value.therapist, .owner] {
            add(.staff(.roleAssigned(.with { $0.staff = therapist; $0.role = role })))
        }
        add(.staff(.roleRevoked(.with { $0.staff = therapist; $0.role = .owner })))
        let location = add(.places(.locationAdded(.with { $0.name = "Main"; $0.zone = "Europe/Berlin"; $0.requiresRoom = true })))
        let room = add(.places(.roomAdded(.with { $0.location = location; $0.name = "1"; $0.capacity = 2; $0.concurrent = 1 })))
        let service = add(.places(.serviceDefined(.with { $0.code = "IND"; $0.minutes = 50; $0.people = 2; $0.modalities = [.inPerson] })))
        let prices = add(.places(.priceListPublished(.with { $0.effectiveFrom = "2026-01-01"; $0.prices = [.with { $0.service = service; $0.amount.minor = 9_000; $0.amount.currency = "EUR" }] })))
        add(.staff(.staffServicesSet(.with { $0.staff = therapist; $0.services = [service]; $0.acceptsNew = true })))
        let client = add(.clients(.clientRegistered(.with { $0.number = "C-1"; $0.givenName = sealedField(1); $0.familyName = sealedField(2) })), subject(.client, UInt64(events.count)))
        add(.clients(.clientDetailsUpdated(.with { $0.client = client; $0.phone = sealedField(3) })), subject(.client, client))
        add(.clients(.careTeamMemberAssigned(.with { $0.client = client; $0.staff = therapist; $0.role = .primary; $0.fromAt = 1_767_225_600_000 })), subject(.client, client))
        add(.availability(.weeklyHoursSet(.with { $0.staff = therapist; $0.location = location; $0.zone = "Europe/Berlin"; $0.effectiveFrom = "2026-01-01"; $0.blocks = [.with { $0.weekday = 1; $0.from = "09:00"; $0.to = "17:00" }] })))
        add(.availability(.extraOpeningAdded(.with { $0.staff = therapist; $0.time = Self.time(day: 2, hour: 8) })))
        return House(therapist: therapist, location: location, room: room, service: service, client: client, priceList: prices)
    }

    private static func time(day: Int, hour: Int) -> PlannedTime {
        .with {
            $0.startLocal = "2026-02-\(day % 18 + 10)T\(hour + 10):00"
            $0.zone = "Europe/Berlin"
            $0.startAt = 1_770_681_600_000 + Int64(day) * 86_400_000 + Int64(hour) * 3_600_000
            $0.endAt = $0.startAt + 50 * 60_000
            $0.offsetSeconds = 3_600
            $0.tzdata = "2026a"
            $0.dst = .none
        }
    }

    private func arrangement(_ house: House, day: Int, hour: Int) -> Arrangement {
        .with {
            $0.staff = house.therapist
            $0.location = house.location
            $0.room = house.room
            $0.modality = .inPerson
            $0.time = Self.time(day: day, hour: hour)
        }
    }

    private mutating func book(_ house: House, day: Int, hour: Int) -> UInt64 {
        let arrangement = arrangement(house, day: day, hour: hour)
        return add(.scheduling(.appointmentBooked(.with { $0.client = house.client; $0.service = house.service; $0.arrangement = arrangement; $0.price.minor = 9_000; $0.price.currency = "EUR" })), subject(.client, house.client))
    }

    /// A day with one appointment of every fate.
    private mutating func live(through day: Int, in house: House) {
        let booked = (0..<6).map { book(house, day: day, hour: $0) }
        let about = subject(.client, house.client)
        let moved = arrangement(house, day: day + 1, hour: 7)
        let at = moved.time.startAt
        add(.scheduling(.appointmentRescheduled(.with { $0.appointment = booked[0]; $0.arrangement = moved; $0.revision = 1; $0.by = .client; $0.reason = sealedField(4) })), about)
        add(.scheduling(.conflictOverridden(.with { $0.appointment = booked[0]; $0.classes = [.therapistGap]; $0.others = [booked[1]]; $0.reason = sealedField(5) })), about)
        add(.scheduling(.appointmentConfirmed(.with { $0.appointment = booked[1]; $0.by = .client; $0.channel = .phone })), about)
        add(.scheduling(.clientCheckedIn(.with { $0.appointment = booked[1]; $0.arrivedAt = at })), about)
        add(.scheduling(.sessionStarted(.with { $0.appointment = booked[1]; $0.startedAt = at })), about)
        add(.scheduling(.sessionEnded(.with { $0.appointment = booked[1]; $0.endedAt = at + 3_000_000 })), about)
        add(.scheduling(.appointmentCancelled(.with { $0.appointment = booked[2]; $0.by = .client; $0.reason = .clientIllness; $0.late = true; $0.note = sealedField(6) })), about)
        add(.scheduling(.appointmentMarkedNoShow(.with { $0.appointment = booked[3]; $0.minutesWaited = 20 })), about)
        add(.scheduling(.sessionRecordedRetrospectively(.with { $0.appointment = booked[4]; $0.startedAt = at; $0.endedAt = at + 60_000 })), about)
        add(.scheduling(.appointmentMarkedEnteredInError(.with { $0.appointment = booked[5]; $0.reason = sealedField(7) })), about)
        add(.charting(.contactRecorded(.with { $0.client = house.client; $0.staff = house.therapist; $0.channel = .phone; $0.direction = .inbound; $0.contactedAt = at; $0.summary = sealedField(8) })), about)
    }

    private mutating func endings(in house: House) {
        let kept = book(house, day: 40, hour: 1)
        let off = add(.availability(.timeOffRequested(.with { $0.staff = house.therapist; $0.time = Self.time(day: 40, hour: 0); $0.kind = .annual; $0.reason = sealedField(9) })))
        add(.availability(.timeOffApproved(.with { $0.timeOff = off; $0.resolutions = [.with { $0.appointment = kept; $0.action = .keep }] })), subject(.client, house.client))
        let link = add(.access(.socketUserLinked(.with { $0.uid = 1_000; $0.staff = house.therapist; $0.awaitsHolder = true })))
        add(.access(.enrolmentCompleted(.with { $0.link = link })))
        let token = add(.access(.tokenIssued(.with { $0.staff = house.therapist; $0.sha256 = Data(repeating: 3, count: 32); $0.label = "phone"; $0.expiresAt = 1_800_000_000_000 })))
        add(.access(.tokenRevoked(.with { $0.token = token })))
        add(.access(.ownerRecovered(.with { $0.uid = 1_001; $0.staff = house.therapist })))
        add(.access(.recordAccessed(.with { $0.query = "ShowClient"; $0.category = .identity; $0.people = [house.client]; $0.windowAt = 1_767_225_600_000 })))
        add(.access(.accessDenied(.with { $0.name = "AuditTrail"; $0.permission = "audit.view"; $0.status = 403; $0.windowAt = 1_767_225_600_000 })))
        add(.practice(.clockAccepted(.with { $0.clockAt = 1_767_225_600_000; $0.jumpMs = 7_200_000 })))
        let imported = add(.interchange(.importApplied(.with { $0.source = "old.csv"; $0.sha256 = Data(repeating: 4, count: 32); $0.clients = 1 })), subject(.import, UInt64(events.count)))
        add(.interchange(.importUndone(.with { $0.import = imported; $0.source = "old.csv"; $0.clients = [house.client] })), subject(.import, imported))
    }
}

private func subject(_ kind: Subject.Kind, _ id: UInt64) -> Subject {
    .with {
        $0.kind = kind
        $0.id = id
    }
}
