import Foundation
import TestKit
import Testing

/// A therapist who is the owner too, with a session of yesterday's to write about, and an editor that is a script.
final class NoteClinic {
    /// In no file but sealed.
    static let secret = "zyxomma"

    let daemon: RunningDaemon
    let appointment: UInt64
    let client: UInt64
    /// In memory, for the person alone; what an editing leaves behind would be in it.
    let runtime: String
    /// For the script's own ends.
    let marks: TemporaryFolder

    init() throws {
        daemon = try RunningDaemon()
        marks = try TemporaryFolder()
        runtime = "/dev/shm/daybook-test-\(UUID().uuidString)"
        try daemon.done(
            "InitialisePractice",
            #"{"name":"Riverside","zone":"America/New_York","ownerName":"Ana Owner","ownerEmail":"ana@x.example"}"#)
        let staff: UInt64 = 1
        try daemon.done("AssignRole", #"{"staff":\#(staff),"role":"therapist"}"#)
        let service = try daemon.done(
            "DefineService", #"{"code":"IND50","name":"Session","minutes":50,"modalities":["online"]}"#)
        try daemon.done("SetStaffServices", #"{"staff":\#(staff),"services":[\#(service)]}"#)
        let week = (1...7).map { #"{"weekday":\#($0),"from":"00:00","to":"24:00"}"# }.joined(separator: ",")
        try daemon.done(
            "SetWeeklyHours", #"{"staff":\#(staff),"effectiveFrom":"\#(Day.text(-9))","blocks":[\#(week)]}"#)
        client = try daemon.done(
            "RegisterClient",
            #"{"givenName":"Cleo","familyName":"Client","dateOfBirth":"1990-02-03","primaryTherapist":\#(staff)}"#)
        appointment = try daemon.done(
            "BookAppointment",
            #"{"client":\#(client),"staff":\#(staff),"service":\#(service),"start":"\#(Day.text(-1))T10:00","#
                + #""modality":"online","retrospectiveReason":"Entered late"}"#)
        try daemon.done("RecordSession", #"{"appointment":\#(appointment)}"#)
        try FileManager.default.createDirectory(
            atPath: runtime, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: runtime) }

    /// Makes `body` the editor: a shell script with the file as `$1`.
    func editor(_ body: String) throws {
        let script = "#!/bin/sh\nmarks=\(marks.path)\n\(body)\n"
        try script.write(toFile: marks.child("editor"), atomically: true, encoding: .utf8)
        chmod(marks.child("editor"), 0o755)
    }

    /// Writes something under each heading.
    static let writing =
        #"awk '{print} /^== /{print $2 " was zyxomma."}' "$1" > "$TMPDIR/copy" && cat "$TMPDIR/copy" > "$1""#

    /// `daybook` with these arguments, as whoever runs the tests.
    func daybook(_ arguments: String...) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Binaries.path("daybook"))
        process.arguments = ["--socket", daemon.socket] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["EDITOR": marks.child("editor"), "VISUAL": "", "XDG_RUNTIME_DIR": runtime]) { $1 }
        return process
    }

    /// The same, on a terminal of its own.
    func onTerminal(_ arguments: String...) -> Process {
        let process = daybook()
        let words = [Binaries.path("daybook"), "--socket", daemon.socket] + arguments
        process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
        process.arguments = ["-qec", words.map { "'\($0)'" }.joined(separator: " "), "/dev/null"]
        return process
    }

    func mark(_ name: String) -> Bool { FileManager.default.fileExists(atPath: marks.child(name)) }

    func raise(_ name: String) { _ = FileManager.default.createFile(atPath: marks.child(name), contents: nil) }

    /// Waits for something that comes about; whoever waits in vain is told.
    func wait(for what: String, _ holds: () throws -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while Date() < deadline {
            if try holds() { return }
            usleep(10_000)
        }
        Issue.record("\(what) does not come about")
        throw CancellationError()
    }

    /// The session's note as its author sees it.
    func note() throws -> (id: UInt64, answer: SocketReply)? {
        let chart = try daemon.request(
            "POST", "/v1/queries/Chart", body: Array(#"{"client":\#(client)}"#.utf8))
        guard let rows = chart.json["rows"] as? [[String: Any]], let notes = rows.first?["notes"] as? [[String: Any]],
            let id = (notes.first?["id"] as? NSNumber)?.uint64Value
        else { return nil }
        return (id, try daemon.request("POST", "/v1/queries/ShowNote", body: Array(#"{"note":\#(id)}"#.utf8)))
    }

    func text(_ name: String) throws -> String {
        guard let answer = try note()?.answer, let field = answer.json[name] as? [String: Any] else { return "" }
        return field["text"] as? String ?? ""
    }

    /// Nothing in clear is left, neither where one edits nor where the daemon keeps things.
    func expectNothingLeft(_ location: SourceLocation = #_sourceLocation) throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: runtime) == [], sourceLocation: location)
        let scan = SecretScan(secrets: [Self.secret])
        let found =
            scan.findings(below: daemon.folder.path) + scan.findings(below: "/tmp", newerThan: daemon)
            + scan.findings(below: "/dev/shm", newerThan: daemon)
        #expect(found == [], sourceLocation: location)
    }
}
