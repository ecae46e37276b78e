import Foundation
import TestKit

/// A clinic with all that a booking needs: one owner, who is also asked for; one therapist; a place with one room.
struct SmallClinic {
    let daemon: RunningDaemon
    let therapist: UInt64
    let location: UInt64
    let room: UInt64
    let service: UInt64
    let client: UInt64

    init(_ daemon: RunningDaemon) throws {
        self.daemon = daemon
        try daemon.done(
            "InitialisePractice",
            #"{"name":"Riverside","zone":"America/New_York","ownerName":"Ana Owner","ownerEmail":"ana@x.example"}"#)
        location = try daemon.done("AddLocation", #"{"name":"Main Street"}"#)
        room = try daemon.done("AddRoom", #"{"location":\#(location),"name":"Room 1"}"#)
        service = try daemon.done("DefineService", #"{"code":"IND50","name":"Individual session","minutes":50}"#)
        therapist = try daemon.done(
            "AddStaff", #"{"name":"Theo Therapist","email":"theo@x.example","roles":["therapist"]}"#)
        try daemon.done("SetStaffServices", #"{"staff":\#(therapist),"services":[\#(service)]}"#)
        let week = (1...7).map { #"{"weekday":\#($0),"from":"00:00","to":"24:00"}"# }.joined(separator: ",")
        try daemon.done(
            "SetWeeklyHours",
            #"{"staff":\#(therapist),"location":\#(location),"effectiveFrom":"\#(Day.today)","blocks":[\#(week)]}"#)
        client = try daemon.done(
            "RegisterClient", #"{"givenName":"Cleo","familyName":"Client","dateOfBirth":"1990-02-03"}"#)
    }

    /// The body of a booking, at a time like `2026-12-01T14:00`.
    func booking(_ start: String) -> String {
        #"{"client":\#(client),"staff":\#(therapist),"service":\#(service),"location":\#(location),"#
            + #""start":"\#(start)","modality":"in_person"}"#
    }
}

/// Days of the real calendar, since the daemon has only the real clock.
enum Day {
    static var today: String { text(0) }

    /// So many days from today in New York, YYYY-MM-DD.
    static func text(_ days: Int) -> String { text(Date(timeIntervalSinceNow: Double(days) * 86_400)) }

    private static func text(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "America/New_York")
        formatter.dateFormat = "yyyy-MM-dd"
        return formatter.string(from: date)
    }

    /// The next instant, from a month on, at which New York's clocks go forward or back: its day.
    static func transition(isForward: Bool) -> String? {
        guard let zone = TimeZone(identifier: "America/New_York") else { return nil }
        var date = Date()
        for _ in 0..<4 {
            guard let next = zone.nextDaylightSavingTimeTransition(after: date) else { return nil }
            date = next.addingTimeInterval(86_400)
            // Counted in days of 24 hours, a day with a change is missed within an hour of midnight.
            if zone.isDaylightSavingTime(for: date) == isForward { return text(next) }
        }
        return nil
    }
}

/// `curl`, as a person types it.
func curl(_ daemon: RunningDaemon, as uid: UInt32? = nil, _ arguments: String...) throws -> (status: Int, body: String)
{
    let command =
        ["/usr/bin/curl", "-s", "-m", "30", "--unix-socket", daemon.socket, "-w", "\n%{http_code}"] + arguments
    let finished = try Finished(running: OrdinaryUser.process(command, uid: uid))
    var lines = finished.output.split(separator: "\n", omittingEmptySubsequences: false)
    let status = lines.popLast().flatMap { Int($0) } ?? 0
    return (status, lines.joined(separator: "\n"))
}
