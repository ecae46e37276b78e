import ArgumentParser
import DaybookClient
import Schema

extension Desk {
    /// Runs a job to its end, with a bar, and shows its result.
    func runJob(_ kind: String, json: [UInt8], hidden: Set<String> = []) async throws -> Job {
        let meter = ProgressMeter(screen)
        let started = try await client.startJob(kind, json: json)
        do {
            let job = try await client.follow(started, progress: meter.show)
            await meter.end()
            show(job, hidden)
            return job
        } catch {
            await meter.end()
            throw error
        }
    }

    private func show(_ job: Job, _ hidden: Set<String>) {
        if global.json { return screen.write(job.bytes) }
        guard let result = job.result else { return screen.write(["Done."]) }
        screen.write(ReportView.lines(result, width: screen.width, isColoured: screen.isColoured, hidden: hidden))
    }
}

extension Job {
    /// Whether a verification found something wrong.
    var findsDamage: Bool { result?["isSound"]?.flag == false }

    /// Whether a comparison of read models with the log found one that differs.
    var findsDifference: Bool {
        (result?.elements ?? []).contains { $0["isEqual"]?.flag == false }
    }
}

/// JSON of a job's own making.
struct JobRequest {
    private var members: [String] = []

    mutating func add(_ name: String, _ text: String) { members.append("\(Self.quoted(name)):\(Self.quoted(text))") }
    mutating func add(_ name: String, _ flag: Bool) { members.append("\(Self.quoted(name)):\(flag)") }
    mutating func add(_ name: String, _ number: UInt64) { members.append("\(Self.quoted(name)):\(number)") }
    /// JSON as it is.
    mutating func add(_ name: String, json: String) { members.append("\(Self.quoted(name)):\(json)") }

    var bytes: [UInt8] { Array("{\(members.joined(separator: ","))}".utf8) }

    /// RFC 8259, 7.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
