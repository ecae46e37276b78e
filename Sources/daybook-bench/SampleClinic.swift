import Foundation
import Timetable

/// A clinic of made-up people on an empty daemon: therapists with a room and a week each, and their clients.
struct SampleClinic {
    let scale: Scale
    let service: UInt64
    private(set) var locations: [UInt64] = []
    private(set) var therapists: [UInt64] = []
    private(set) var rooms: [UInt64] = []
    private(set) var clients: [UInt64] = []

    init(on daemon: Daemon, _ scale: Scale) throws {
        self.scale = scale
        let connection = try SocketConnection(path: daemon.socketPath)
        let desk = Desk(connection: connection)
        _ = try desk.found(
            "InitialisePractice",
            #"{"name":"Bench","zone":"\#(BookingPlan.zoneID)","ownerName":"Owner","ownerEmail":"owner@bench.example"}"#)
        service = try desk.found(
            "DefineService", #"{"code":"ind50","name":"Individual 50","minutes":\#(BookingPlan.sessionMinutes)}"#)
        _ = try desk.found(
            "PublishPriceList",
            """
            {"effectiveFrom":"2020-01-01","prices":[{"service":\(service),"amount":{"minor":12000,"currency":"USD"}}]}
            """)
        for index in 0..<scale.therapists { try addTherapist(index, desk) }
        for index in 0..<scale.clients { try addClient(index, desk) }
    }

    private mutating func addTherapist(_ index: Int, _ desk: Desk) throws {
        if index % BookingPlan.locationTherapists == 0 {
            locations.append(try desk.found("AddLocation", #"{"name":"Main Street \#(locations.count)"}"#))
        }
        let location = location(of: index)
        let staff = try desk.found(
            "AddStaff",
            #"{"name":"Therapist \#(Self.name(index))","email":"t\#(index)@bench.example","roles":["therapist"]}"#)
        rooms.append(try desk.found("AddRoom", #"{"location":\#(location),"name":"Room \#(index + 1)"}"#))
        let blocks = (1...5).map { #"{"weekday":\#($0),"from":"09:00","to":"17:00"}"# }.joined(separator: ",")
        _ = try desk.found(
            "SetWeeklyHours",
            #"{"staff":\#(staff),"location":\#(location),"effectiveFrom":"2020-01-01","blocks":[\#(blocks)]}"#)
        therapists.append(staff)
    }

    private mutating func addClient(_ index: Int, _ desk: Desk) throws {
        // Days far apart and names unlike each other, so that nobody looks like a duplicate.
        guard let born = LocalDate(daysSinceEpoch: -7_000 + index * 41) else { return }
        let id = try desk.found(
            "RegisterClient",
            """
            {"givenName":"\(Self.name(index * 7 + 1_000))","familyName":"\(Self.name(index * 31 + 5_000))",\
            "dateOfBirth":"\(born)","email":"c\(index)@bench.example","phone":"+1 555 \(1_000_000 + index * 97)",\
            "primaryTherapist":\(therapists[index % therapists.count])}
            """)
        clients.append(id)
    }

    /// A pronounceable name for each number.
    private static func name(_ number: Int) -> String {
        let onsets = Array("bdfgklmnprstvz")
        let vowels = Array("aeiou")
        var rest = number
        var letters = ""
        for _ in 0..<4 {
            letters.append(onsets[rest % onsets.count])
            rest /= onsets.count
            letters.append(vowels[(rest + number) % vowels.count])
        }
        return letters.capitalized
    }

    private func location(of therapist: Int) -> UInt64 { locations[therapist / BookingPlan.locationTherapists] }

    /// A booking of the plan as a command.
    func command(_ booking: BookingPlan.Booking) -> [UInt8] {
        HTTPRequest.command(
            "BookAppointment",
            """
            {"client":\(clients[booking.client]),"staff":\(therapists[booking.therapist]),"service":\(service),\
            "location":\(location(of: booking.therapist)),"room":\(rooms[booking.therapist]),"start":"\(booking.start)","modality":"in_person"}
            """)
    }
}

/// Whoever enters the clinic, one command after the other.
private struct Desk {
    let connection: SocketConnection

    func found(_ command: String, _ json: String) throws -> UInt64 {
        let answer = try connection.exchange(HTTPRequest.command(command, json))
        try answer.require(201)
        return try answer.decoded(Founded.self).id
    }
}
