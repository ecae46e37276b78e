import Schema
import SwiftProtobuf
import TestKit

/// Days of appointments, which meet every fate there is.
extension ClinicHistory {
    static func time(day: Int, hour: Int) -> PlannedTime {
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

    func arrangement(_ house: House, day: Int, hour: Int) -> Arrangement {
        .with {
            $0.staff = house.therapist
            $0.location = house.location
            $0.room = house.room
            $0.modality = .inPerson
            $0.time = Self.time(day: day, hour: hour)
        }
    }

    mutating func book(_ house: House, day: Int, hour: Int) -> UInt64 {
        let arrangement = arrangement(house, day: day, hour: hour)
        return add(
            .scheduling(
                .appointmentBooked(
                    .with {
                        $0.client = house.client
                        $0.service = house.service
                        $0.arrangement = arrangement
                        $0.price.minor = 9_000
                        $0.price.currency = "EUR"
                    })), subject(.client, house.client))
    }

    /// A day with one appointment of every fate.
    mutating func live(through day: Int, in house: House) {
        let booked = (0..<6).map { book(house, day: day, hour: $0) }
        let moved = arrangement(house, day: day + 1, hour: 7)
        move(booked[0], to: moved, besides: booked[1], in: house)
        attend(booked[1], at: moved.time.startAt, in: house)
        miss(booked[2], booked[3], in: house)
        enterAfterwards(booked[4], booked[5], at: moved.time.startAt, in: house)
    }

    mutating func move(_ id: UInt64, to moved: Arrangement, besides other: UInt64, in house: House) {
        let about = subject(.client, house.client)
        add(
            .scheduling(
                .appointmentRescheduled(
                    .with {
                        $0.appointment = id
                        $0.arrangement = moved
                        $0.revision = 1
                        $0.by = .client
                        $0.reason = sealedField(4)
                    })), about)
        add(
            .scheduling(
                .conflictOverridden(
                    .with {
                        $0.appointment = id
                        $0.classes = [.therapistGap]
                        $0.others = [other]
                        $0.reason = sealedField(5)
                    })), about)
    }

    mutating func attend(_ id: UInt64, at: Int64, in house: House) {
        let about = subject(.client, house.client)
        add(
            .scheduling(
                .appointmentConfirmed(
                    .with {
                        $0.appointment = id
                        $0.by = .client
                        $0.channel = .phone
                    })), about)
        add(
            .scheduling(
                .clientCheckedIn(
                    .with {
                        $0.appointment = id
                        $0.arrivedAt = at
                    })), about)
        add(
            .scheduling(
                .sessionStarted(
                    .with {
                        $0.appointment = id
                        $0.startedAt = at
                    })), about)
        add(
            .scheduling(
                .sessionEnded(
                    .with {
                        $0.appointment = id
                        $0.endedAt = at + 3_000_000
                    })), about)
    }

    mutating func miss(_ cancelled: UInt64, _ missed: UInt64, in house: House) {
        let about = subject(.client, house.client)
        add(
            .scheduling(
                .appointmentCancelled(
                    .with {
                        $0.appointment = cancelled
                        $0.by = .client
                        $0.reason = .clientIllness
                        $0.late = true
                        $0.note = sealedField(6)
                    })), about)
        add(
            .scheduling(
                .appointmentMarkedNoShow(
                    .with {
                        $0.appointment = missed
                        $0.minutesWaited = 20
                    })), about)
    }

    mutating func enterAfterwards(_ held: UInt64, _ mistaken: UInt64, at: Int64, in house: House) {
        let about = subject(.client, house.client)
        add(
            .scheduling(
                .sessionRecordedRetrospectively(
                    .with {
                        $0.appointment = held
                        $0.startedAt = at
                        $0.endedAt = at + 60_000
                    })), about)
        add(
            .scheduling(
                .appointmentMarkedEnteredInError(
                    .with {
                        $0.appointment = mistaken
                        $0.reason = sealedField(7)
                    })), about)
        add(
            .charting(
                .contactRecorded(
                    .with {
                        $0.client = house.client
                        $0.staff = house.therapist
                        $0.channel = .phone
                        $0.direction = .inbound
                        $0.contactedAt = at
                        $0.summary = sealedField(8)
                    })), about)
    }
}
