import Clinic
import Schema

/// How often each kind of command was granted, and by which rules it was refused.
struct RandomTally: Sendable {
    private(set) var granted: [String: Int] = [:]
    private(set) var refused: [String: [String: Int]] = [:]

    mutating func grant(_ kind: String) { granted[kind, default: 0] += 1 }

    mutating func refuse(_ kind: String, _ refusal: Refusal) {
        let reason = refusal.rule ?? refusal.type.split(separator: ":").last.map(String.init) ?? ""
        refused[kind, default: [:]][reason, default: 0] += 1
    }

    var grants: Int { granted.values.reduce(0, +) }
    var refusals: Int { refused.values.reduce(0) { $0 + $1.values.reduce(0, +) } }

    /// A line for each kind, which `tools/lib/torture/random` adds up.
    var lines: [String] {
        var kinds = Set(granted.keys).union(refused.keys)
        for command in Commands.all { kinds.insert(command.name) }
        return kinds.sorted().map { kind in
            var line = "tally \(kind) granted=\(granted[kind] ?? 0)"
            let reasons = refused[kind] ?? [:]
            for reason in reasons.keys.sorted() { line += " \(reason)=\(reasons[reason] ?? 0)" }
            return line
        }
    }
}
