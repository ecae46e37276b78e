import BalancesProjection
import Clinic
import Foundation
import Ledger
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// Commands about money at random, put to the rules and to a plain model that knows none of the product's code; the
/// balances read what the rules have led to, the plain model is fed with the commands alone.
///
/// No daemon is between: a hundred thousand commands take minutes.
final class MoneyRun {
    private let story: Story
    private let cast: Cast
    private let biller: UInt64
    private let balances: ViewHarness<BalancesView>
    private var clinic = PlainClinic()
    private var maker: MoneyMaker
    private var random: SeededGenerator
    private var taken = 0
    private(set) var tally = RandomTally()
    /// How many events moved money or founded what moves it.
    private(set) var events = 0

    /// Where the two went apart.
    struct Difference: Error, CustomStringConvertible { var description: String }

    init(seed: UInt64) throws {
        let (story, cast) = try Story.clinic()
        (self.story, self.cast) = (story, cast)
        random = SeededGenerator(seed: seed)
        biller = try story.staff("Bill Biller", .biller)
        balances = try ViewHarness(BalancesView.self)
        var clients = [cast.cleo, cast.carl]
        for number in 0..<58 {
            clients.append(try story.client("Given \(number)", "Family", born: "1990-02-03", primary: cast.ana))
        }
        maker = MoneyMaker(clients: clients, services: [cast.therapy, cast.conference])
        try follow()
    }

    /// So many commands, and a comparison of everything every now and then and at the end.
    func run(_ commands: Int, comparingEvery interval: Int) throws {
        for number in 1...commands {
            if random.chance(25) { story.nowMs += Int64.random(in: 1...6 * 3_600_000, using: &random) }
            if random.chance(6) {
                try session()
            } else {
                try send(maker.command(clinic, nowMs: story.nowMs, &random))
            }
            if number.isMultiple(of: interval) { try compare() }
        }
        try compare()
    }

    // MARK: One command

    private func send(_ command: any Command) throws {
        let name = type(of: command).name
        let isForDesk = ["PostCharge", "DraftInvoice", "RecordPayment", "AllocatePayment"].contains(name)
        let isForOwner = ["UpdatePracticeProfile", "PublishCancellationPolicy", "WaiveFee"].contains(name)
        let senders = isForOwner ? [cast.owner] : [cast.owner, biller]
        let sender = random.pick(senders + (isForDesk ? [cast.desk] : [])) ?? cast.owner
        let role: Role.Value = sender == cast.owner ? .owner : sender == biller ? .biller : .frontDesk
        let (reasons, events) = try said(of: command, role)
        let outcome = try story.when(command, by: sender)
        if let refusal = outcome.refusal {
            tally.refuse(name, refusal)
            guard reasons.contains(Refused(refusal).by) else {
                throw Difference(description: "\(name) refused by \(refusal), not by \(reasons): \(command)")
            }
            return
        }
        tally.grant(name)
        guard reasons.isEmpty else {
            throw Difference(description: "\(name) granted in spite of \(reasons): \(command)")
        }
        try follow(expecting: events)
    }

    /// What the plain model says beforehand. It must not be kept while the books change, or all of them would be copied.
    private func said(of command: any Command, _ role: Role.Value) throws -> (Set<String>, [any Event]) {
        guard let ask = PlainMoneyAsk(command, clinic, nowMs: story.nowMs, next: story.next, role: role) else {
            throw Difference(description: "the plain model knows nothing of \(type(of: command).name)")
        }
        return (ask.reasons, ask.events)
    }

    /// The records since go to the balances, and what the plain model has said would be recorded goes to its books.
    private func follow(expecting expected: [any Event]? = nil) throws {
        let records = story.log[taken...]
        taken = story.log.count
        for recorded in records { try balances.take(recorded) }
        guard let expected else {
            for recorded in records { clinic.take(recorded) }
            return
        }
        guard records.count == expected.count else {
            throw Difference(description: "\(records.map(\.type)) instead of \(expected)")
        }
        for (recorded, event) in zip(records, expected) {
            guard recorded.event.plain.isEqualTo(message: event) else {
                throw Difference(description: "at \(recorded.position): \(recorded.event.plain) instead of \(event)")
            }
            let kind = type(of: event).type
            let fed = try AnyEvent(type: kind, bytes: Array(try event.serializedData()))
            clinic.take(Recorded(position: recorded.position, header: recorded.header, type: kind, event: fed))
            maker.learn(event, at: recorded.position)
            events += 1
        }
    }

    /// Somebody comes, stays away, or calls off too late: what that costs is said by the plain model beforehand.
    private func session() throws {
        let slotMs: Int64 = 300_000
        let startMs = (story.nowMs / slotMs + 4) * slotMs
        let zone = PlainClinic.zone("America/New_York")
        let start = PlainTime.reading(startMs, zone)
        // The hour that the clocks show twice is taken for its first.
        guard PlainTime.ms(start, zone) == startMs else { return }
        let client = random.pick(maker.clients) ?? cast.cleo
        let booked = try story.given(
            BookAppointment.with {
                $0.client = client
                $0.staff = cast.ben
                $0.service = random.chance(80) ? cast.therapy : cast.conference
                $0.modality = .online
                $0.start = start
                $0.override = [.unavailableHours]
                $0.overrideReason = "As agreed"
            }, by: cast.owner)
        try follow()
        let expected: ChargePosted?
        let command: any Command
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            command = CancelAppointment.with {
                $0.appointment = booked
                $0.by = .client
                $0.reason = .clientSchedule
            }
            expected = clinic.fee(.lateCancel, of: booked, reason: .clientSchedule)
            try happen(command, by: cast.owner, expected)
            story.nowMs = startMs + 3_600_000
            return
        case 1:
            story.nowMs = startMs + 1_200_000
            command = MarkNoShow.with { $0.appointment = booked }
            expected = clinic.fee(.noShow, of: booked)
            try happen(command, by: cast.manager, expected)
        default:
            story.nowMs = startMs + 3_600_000
            command = RecordSession.with { $0.appointment = booked }
            expected = clinic.sessionCharge(of: booked, startedAtMs: startMs)
            try happen(command, by: cast.manager, expected)
        }
        story.nowMs = max(story.nowMs, startMs + 3_600_000)
    }

    private func happen(_ command: any Command, by sender: UInt64, _ expected: ChargePosted?) throws {
        try story.given(command, by: sender)
        tally.grant(type(of: command).name)
        let charges = story.log[taken...].filter { $0.type == .chargePosted }
        guard charges.count == (expected == nil ? 0 : 1),
            charges.first.map({ recorded in expected.map { recorded.event.plain.isEqualTo(message: $0) } ?? false })
                ?? true
        else { throw Difference(description: "\(charges.map(\.event)) instead of \(String(describing: expected))") }
        try follow()
        if let charge = charges.first, let expected { maker.learn(expected, at: charge.position) }
    }

    // MARK: Comparing

    /// What everybody owes and has, how old it is, and what is in every account of the ledger.
    func compare() throws {
        let books = clinic.books
        let trial = try balances.ask(TrialBalance())
        try same(
            "the trial balance", trial.rows.map { ($0.account, $0.balance.minor) },
            books.ledger.map { ($0.key, $0.value) })
        guard trial.sum.minor == 0 else { throw Difference(description: "the trial balance sums to \(trial.sum)") }
        let known = Dictionary(grouping: books.balances()) { $0.key.client }
        for client in maker.clients {
            let rows = try balances.ask(Balances.with { $0.client = client }).rows
            let told = rows.map { "\($0.account.words): \(PlainBalance.words($0))" }
                .filter { !$0.hasSuffix(PlainBalance().words) }
            let wanted = (known[client] ?? []).map { "\($0.key.words): \($0.value.words)" }
            guard Set(told) == Set(wanted), told.count == wanted.count else {
                throw Difference(description: "balances of \(client): \(told) instead of \(wanted)")
            }
        }
        balances.nowMs = story.nowMs
        let ageing = try balances.ask(Ageing.with { $0.limit = 1_000 }).rows.map { "\($0.account.words) \($0.buckets)" }
        let today = PlainTime.local(story.nowMs, clinic.zone).day
        let wanted = books.ageing(on: today).map { "\($0.key.words) \($0.value)" }
        guard ageing.sorted() == wanted.sorted() else {
            throw Difference(description: "ageing: \(ageing) instead of \(wanted)")
        }
        let faults = try balances.read { try BalanceIdentity($0, in: $1).faults }
        guard faults.isEmpty else { throw Difference(description: "\(faults.prefix(5))") }
    }

    private func same(_ what: String, _ told: [(String, Int64)], _ known: [(String, Int64)]) throws {
        let (told, known) = (told.filter { $0.1 != 0 }.map { "\($0)" }, known.filter { $0.1 != 0 }.map { "\($0)" })
        guard told.sorted() == known.sorted() else {
            throw Difference(description: "\(what): \(told.sorted()) instead of \(known.sorted())")
        }
    }

    // MARK: hledger

    /// What `daybook ledger journal` writes.
    func journal() throws -> [String] {
        var question = Journal.with { $0.limit = 1_000 }
        var rows: [JournalRow] = []
        while true {
            let answer = try balances.ask(question)
            rows += answer.rows
            guard answer.hasNext else { return JournalText.lines(of: rows, currency: answer.currency) }
            question.after = answer.next
        }
    }

    /// What the plain model has in each account, as amounts are written, without those that are empty.
    var accounts: [String: Int64] { clinic.books.ledger.filter { $0.value != 0 } }
}
