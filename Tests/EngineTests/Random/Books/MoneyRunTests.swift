import Foundation
import TestKit
import Testing

/// Over many commands about money, balances and ledger equal a plain model that was fed with the same commands, and
/// hledger reads the same from the exported journal. `tools/torture random` runs the long form.
@Suite struct MoneyRunTests {
    private static func number(_ name: String, _ standard: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? standard
    }

    @Test func `balances and ledger equal those of a plain model, and hledger agrees account by account`() throws {
        let seed = Self.number("DAYBOOK_MONEY_SEED", .random(in: 0..<1_000_000))
        let commands = Int(Self.number("DAYBOOK_MONEY_COMMANDS", 3_000))
        print("seed \(seed), \(commands) commands about money")
        let run = try MoneyRun(seed: seed)
        do {
            try run.run(commands, comparingEvery: 2_500)
        } catch let difference as MoneyRun.Difference {
            Issue.record("DAYBOOK_MONEY_SEED=\(seed): \(difference)")
            return
        }
        for line in run.tally.lines where !line.hasSuffix("granted=0") { print("money \(line)") }
        print("money \(run.tally.grants) granted, \(run.tally.refusals) refused, \(run.events) events")
        #expect(run.tally.grants > run.tally.refusals, "books in which little happens prove little")
        let folder = try TemporaryFolder()
        let file = folder.child("practice.journal")
        try (run.journal().joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        guard Hledger.isInstalled else { return print("hledger is not installed: apt-get install hledger") }
        #expect(try Hledger.run(["-f", file, "check", "--strict"]) == "")
        let told = try Hledger.balances(of: file)
        print("money hledger reads \(told.count) accounts")
        #expect(told == run.accounts, "seed \(seed)")
        #expect(told.values.reduce(0, +) == 0)
    }

    @Test func `hledger tells a journal that is wrong by one cent`() throws {
        guard Hledger.isInstalled else { return print("hledger is not installed: apt-get install hledger") }
        let run = try MoneyRun(seed: 7)
        try run.run(300, comparingEvery: 300)
        let folder = try TemporaryFolder()
        let file = folder.child("practice.journal")
        // Both sides of the first transaction, so that it still sums to nothing.
        var lines = try run.journal()
        let first = try #require(lines.firstIndex { $0.hasPrefix("    Assets") || $0.hasPrefix("    Liabilities") })
        lines.insert("    Assets:Bank  0.01 USD", at: first)
        lines.insert("    Income:Services  -0.01 USD", at: first)
        try (lines.joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try Hledger.balances(of: file) != run.accounts)
    }
}

/// Debian's hledger, where it is installed.
enum Hledger {
    private static let path = "/usr/bin/hledger"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["LC_ALL": "C.UTF-8"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Each account with something in it, minor units of a currency with two decimals.
    static func balances(of file: String) throws -> [String: Int64] {
        let text = try run(["-f", file, "balance", "--flat", "--no-total", "-O", "csv"])
        var found: [String: Int64] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",").map { $0.filter { $0 != "\"" } }
            guard cells.count == 2, let amount = cells[1].split(separator: " ").first,
                let minor = Int64(amount.filter { $0 != "." })
            else {
                found["unread: \(line)"] = 0
                continue
            }
            found[String(cells[0])] = minor
        }
        return found
    }
}
