import Foundation
import TestKit
import Testing

/// A small practice with its four people, each with a token of their own, and one client. Its clock is UTC, so that no
/// hour of it is there twice.
final class PracticeWeek {
    enum Person: String, CaseIterable { case owner, therapist, desk, biller }

    let daemon: RunningDaemon
    private(set) var staff: [Person: UInt64] = [:]
    private var tokens: [Person: String] = [:]
    private(set) var client: UInt64 = 0
    private var location: UInt64 = 0
    private var service: UInt64 = 0
    /// Position of the last event of the last step.
    private var seen: UInt64 = 0

    init() throws {
        daemon = try RunningDaemon()
        try daemon.done(
            "InitialisePractice",
            #"{"name":"Riverside","zone":"Etc/UTC","ownerName":"Ana Owner","ownerEmail":"ana@x.example"}"#)
        staff[.owner] = 1
        location = try daemon.done("AddLocation", #"{"name":"Main Street"}"#)
        try daemon.done("AddRoom", #"{"location":\#(location),"name":"Room 1"}"#)
        service = try daemon.done("DefineService", #"{"code":"IND50","name":"Individual session","minutes":50}"#)
        try add(.therapist, "Theo Therapist", "therapist")
        try add(.desk, "Dora Desk", "front_desk")
        try add(.biller, "Bill Biller", "biller")
        let therapist = id(.therapist)
        try daemon.done("SetStaffServices", #"{"staff":\#(therapist),"services":[\#(service)]}"#)
        let week = (1...7).map { #"{"weekday":\#($0),"from":"00:00","to":"24:00"}"# }.joined(separator: ",")
        try daemon.done(
            "SetWeeklyHours",
            #"{"staff":\#(therapist),"location":\#(location),"effectiveFrom":"\#(time(days: -9).prefix(10))","#
                + #""blocks":[\#(week)]}"#)
        try daemon.done(
            "PublishPriceList",
            #"{"effectiveFrom":"2020-01-01","prices":[{"service":\#(service),"amount":\#(usd(120_00))}]}"#)
        try daemon.done(
            "PublishCancellationPolicy",
            #"{"lateWindowMinutes":1440,"lateCancelFee":{"amount":\#(usd(60_00))},"#
                + #""noShowFee":{"amount":\#(usd(120_00))}}"#)
        client = try daemon.done(
            "RegisterClient",
            #"{"givenName":"Cleo","familyName":"Client","dateOfBirth":"1990-02-03","primaryTherapist":\#(therapist)}"#)
        seen = try position()
    }

    func id(_ person: Person) -> UInt64 { staff[person] ?? 0 }

    private func add(_ person: Person, _ name: String, _ role: String) throws {
        staff[person] = try daemon.done(
            "AddStaff", #"{"name":"\#(name)","email":"\#(role)@x.example","roles":["\#(role)"]}"#)
        // Beside the data, as whoever runs the tests.
        let offer = daemon.folder.child("\(person).offer")
        let token = daemon.folder.child("\(person).token")
        for (arguments, file) in [
            (["token", "issue", "--for", name, "--out", offer], nil), (["enrol", "--out", token], offer),
        ] {
            let finished = try daybook(.owner, arguments, ["DAYBOOK_TOKEN_FILE": file])
            try #require(finished.status == 0, "\(finished.error)")
        }
        tokens[person] = try String(contentsOfFile: token, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The command line, as this person types it.
    func daybook(
        _ person: Person, _ arguments: [String], _ variables: [String: String?] = [:]
    ) throws -> Finished {
        let who = tokens[person] == nil ? [] : ["--tokens", daemon.folder.path, "--as", person.rawValue]
        let process = OrdinaryUser.process([Binaries.path("daybook")] + arguments + who, uid: nil)
        let surroundings = variables.compactMapValues { $0 }.merging(["DAYBOOK_SOCKET": daemon.socket]) { $1 }
        process.environment = ProcessInfo.processInfo.environment.merging(surroundings) { $1 }
        return try Finished(running: process)
    }

    // Asking.

    func request(_ path: String, _ json: String, as person: Person) throws -> SocketReply {
        var headers = ["Idempotency-Key": UUID().uuidString]
        if let token = tokens[person] { headers["Authorization"] = "Bearer \(token)" }
        return try daemon.request("POST", path, headers, body: Array(json.utf8))
    }

    func ask(_ query: String, _ json: String = "{}", as person: Person = .owner) throws -> SocketReply {
        let reply = try request("/v1/queries/\(query)", json, as: person)
        try #require(reply.status == 200, "\(query): \(reply.text)")
        return reply
    }

    private func position() throws -> UInt64 {
        try UInt64(#require(try ask("ListStaff").headers["daybook-position"])) ?? 0
    }

    /// A command with these events of the client's, which the history and the audit trail tell alike.
    @discardableResult
    func step(
        _ person: Person, _ command: String, _ json: String, _ events: [String],
        _ place: SourceLocation = #_sourceLocation
    ) throws -> SocketReply {
        let reply = try request("/v1/commands/\(command)", json, as: person)
        try #require(reply.status == 201, "\(command): \(reply.text)", sourceLocation: place)
        let history = try ask("ClientHistory", #"{"client":\#(client),"after":\#(seen)}"#).rows
        let audit = try ask("AuditTrail", #"{"subject":\#(client),"after":\#(seen)}"#).rows
            .filter { ["create", "update"].contains($0["action"] as? String) }
        for rows in [history, audit] {
            #expect(rows.compactMap { $0["event"] as? String } == events, "\(command)", sourceLocation: place)
            #expect(
                rows.allSatisfy { $0["actor"] as? UInt64 == id(person) }, "\(command)", sourceLocation: place)
            #expect(rows.last?["position"] as? UInt64 == reply.number("position"), "\(command)", sourceLocation: place)
        }
        seen = reply.number("position") ?? seen
        return reply
    }

    /// A command that is done; what it founded or changed.
    func done(_ person: Person, _ command: String, _ json: String) throws -> UInt64 {
        let reply = try request("/v1/commands/\(command)", json, as: person)
        return try #require(reply.number("id"), "\(command): \(reply.text)")
    }

    /// A command that is refused for this rule or kind of problem, and leaves nothing behind.
    func refused(
        _ person: Person, _ command: String, _ json: String, _ problem: String,
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        let reply = try request("/v1/commands/\(command)", json, as: person)
        #expect(reply.text("type") == "urn:daybook:\(problem)", "\(command): \(reply.text)", sourceLocation: place)
        let history = try ask("ClientHistory", #"{"client":\#(client),"after":\#(seen)}"#).rows
        #expect(history.isEmpty, "\(command)", sourceLocation: place)
    }

    // What is sent.

    func usd(_ minor: Int) -> String { #"{"minor":\#(minor),"currency":"USD"}"# }

    /// Wall clock at the practice, so far from now, and then at the next five minutes: appointments start at such.
    func time(days: Int = 0, at clock: String? = nil, minutes: Int = 0) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "Etc/UTC")
        formatter.dateFormat = clock.map { "yyyy-MM-dd'T'" + $0 } ?? "yyyy-MM-dd'T'HH:mm"
        let seconds = Date().timeIntervalSince1970 + Double(days) * 86_400 + Double(minutes) * 60
        return formatter.string(from: Date(timeIntervalSince1970: (seconds / 300).rounded(.up) * 300))
    }

    func booking(_ start: String, afterwards: Bool = false) -> String {
        #"{"client":\#(client),"staff":\#(id(.therapist)),"service":\#(service),"location":\#(location),"#
            + #""start":"\#(start)","modality":"in_person""#
            + (afterwards ? #","retrospectiveReason":"Entered late"}"# : "}")
    }

    static let sections = ["subjective", "objective", "assessment", "plan"]
        .map { #"{"name":"\#($0)","text":"The \#($0) part."}"# }.joined(separator: ",")
}
