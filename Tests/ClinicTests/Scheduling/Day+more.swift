import SwiftProtobuf
import Clinic
import Schema
import TestKit
import Testing

extension Day {
    /// A practice in which nobody stated a distance, and two places are so far apart.
    init(travelMinutes: UInt32) throws {
        let day = try Day()
        let practice = try #require(try day.story.withState { try $0.practice() }).practice
        // The practice's first record again, with another number in it.
        var changed = practice
        changed.policy.defaultTravelMinutes = travelMinutes
        try day.story.given(changed, about: [Subject(.practice, 0)])
        self = day
    }

    func service(_ code: String, before: UInt32, after: UInt32) throws -> UInt64 {
        try story.given(
            ServiceDefined.with {
                $0.code = code
                $0.name = code
                $0.minutes = 50
                $0.people = 2
                $0.bufferBeforeMinutes = before
                $0.bufferAfterMinutes = after
            }, about: [Subject(.service, story.next)])
    }

    func away(_ staff: UInt64, _ date: String, kind: TimeOffKind.Value = .annual) throws {
        let id = try requestTimeOff(staff, date, kind: kind)
        try story.given(
            TimeOffApproved.with { $0.timeOff = id }, about: [Subject(.timeOff, id), Subject(.staff, staff)])
    }

    /// From midnight to midnight in New York.
    func requestTimeOff(
        _ staff: UInt64, _ date: String, kind: TimeOffKind.Value = .annual, by requester: UInt64? = nil
    ) throws -> UInt64 {
        let startMs = try story.instantMs(date + "T00:00")
        return try story.given(
            TimeOffRequested.with {
                $0.staff = staff
                $0.kind = kind
                $0.time = .with {
                    $0.startLocal = date + "T00:00"
                    $0.zone = "America/New_York"
                    $0.startAt = startMs
                    $0.endAt = startMs + 86_400_000
                }
            }, about: [Subject(.timeOff, story.next), Subject(.staff, staff)], by: requester ?? staff, role: .therapist)
    }

    /// Everybody works at north.
    func openForEveryone() throws {
        for staff in [cast.supervisor, cast.trainee, cast.owner, cast.manager] {
            try story.openWeekdays(staff, at: cast.north)
        }
    }

    private func somebody(_ start: String, _ index: Int) throws -> BookAppointment {
        let staff = [cast.ana, cast.ben, cast.supervisor, cast.trainee][index]
        let client = try story.client("No", "Body \(index)", born: "1990-01-01", primary: staff)
        return booking(start) {
            $0.client = client
            $0.staff = staff
        }
    }

    func bookSomebody(_ start: String, _ index: Int) throws -> UInt64 {
        try story.given(try somebody(start, index), by: cast.desk)
    }

    func refusalOfSomebody(_ start: String, _ index: Int) throws -> Refusal {
        try #require(try story.when(try somebody(start, index), by: cast.desk).refusal)
    }
}
