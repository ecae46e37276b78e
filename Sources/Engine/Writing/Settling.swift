import Clinic
import LMDBKit
import Schema
import Timetable
import Vault

/// Decides one command after another into a batch.
struct Settling {
    let vault: KeyVault
    let macKeys: RequestMACKeys
    let clock: EngineClock
    let names: NameIndex
    let scratches: ScratchStore
    /// Reads records that are committed already.
    let stored: @Sendable (UInt64) throws -> Recorded?
    /// The user id of the daemon, which may begin the practice.
    let ownUID: UInt32

    /// The events of the command, taken into the batch, and its reply. Throws a `Refusal`, or an error of the state.
    ///
    /// - Parameter mayRecord: refuses when nothing new can be recorded now; a command that was seen before has its reply
    ///   all the same.
    func settle(
        _ submission: Submission, recordedAtMs: Int64, clockSkew: Bool, in batch: inout Batch,
        _ state: borrowing ClinicState, mayRecord: () throws(Refusal) -> Void
    ) throws -> Reply {
        let command = submission.command
        let caller = try caller(of: submission, nowMs: recordedAtMs, next: batch.next, batch.access, state)
        let mac = mac(of: command)
        if let reply = try repeated(submission, caller, mac, batch, state) { return reply }
        if let reply = try repeatedScratch(submission, caller, batch, state) { return reply }
        try mayRecord()
        let role = try role(of: submission, caller, nowMs: recordedAtMs, batch.access, state)
        var asked = Asked(
            caller: caller, role: role, nowMs: recordedAtMs, next: batch.next, tzdata: Zone.dataVersion,
            isSimulated: clock.isSimulated, source: submission.source)
        if caller.kind == .staff {
            let access = batch.access
            asked.knows = { client in
                access.role(
                    permitting: .viewDemographics, to: caller, about: Target(client: client), nowMs: recordedAtMs)
                    != nil
            }
        }
        if let asking = command as? any AsksForDuplicates {
            asked.possibleDuplicates = try names.possibleDuplicates(asking.duplicateProbe)
        }
        if let asking = command as? any AsksForDraft { asked.draft = try draftFacts(asking, batch, state) }
        if let keeping = command as? any KeepsScratch, let draft = try keeping.scratch(state, asked) {
            return try keep(draft, submission.key, mac, in: &batch, state)
        }
        let envelope = Envelope(
            caller: caller, role: role, purpose: submission.purpose, key: submission.key,
            mac: (mac.keyNumber, mac.mac), correlation: submission.correlation, causation: submission.causation,
            recordedAtMs: recordedAtMs, clockSkew: clockSkew)
        let first = batch.records.count
        if let compound = command as? any CompoundCommand {
            try record(compound, asked, envelope, in: &batch, state)
        } else {
            let drafts = try command.decide(state, asked)
            try record(drafts, envelope, in: &batch, state)
        }
        try follow(batch.recorded[first...], &batch)
        try dropScratches(batch.recorded[first...], &batch, state)
        return Reply(to: batch.recorded[first...])
    }

    /// The next command of the same batch finds whom this one has registered.
    private func follow(_ recorded: ArraySlice<Recorded>, _ batch: inout Batch) throws {
        for record in recorded {
            for client in NameIndex.clients(namedBy: record) {
                batch.formerNames.append((client, names.entry(of: client)))
            }
            try names.follow(record, opening: vault)
        }
    }

    private func record(
        _ drafts: [Draft], _ envelope: Envelope, in batch: inout Batch, _ state: borrowing ClinicState
    ) throws {
        let bytes = try batch.recorder.encode(drafts, at: batch.next, envelope, state)
        try batch.take(bytes, into: state)
    }

    private func mac(of command: any Command) -> RequestMAC {
        macKeys.mac(commandName: type(of: command).name, canonicalBytes: canonicalBytes(command))
    }

    func canonicalBytes(_ command: some Command) -> [UInt8] { CanonicalWriter.bytes(of: command) }

    /// The first reply, when the same actor sent the same command before.
    private func repeated(
        _ submission: Submission, _ caller: Caller, _ mac: RequestMAC, _ batch: Batch, _ state: borrowing ClinicState
    ) throws -> Reply? {
        guard caller.kind == .staff,
            let seen = try state.command(of: caller.staff, high: submission.key.high, low: submission.key.low)
        else { return nil }
        // It has had its effect; whether it is the same command cannot be told.
        if let path = macKeys.damagedPath(keyNumber: seen.macKey) { throw Refusal.unknownRepeat(seen, path: path) }
        let name = type(of: submission.command).name
        // A key older than 30 days is gone; from then on the id alone tells.
        let isSame = macKeys.check(
            keyNumber: seen.macKey, commandName: name, canonicalBytes: canonicalBytes(submission.command),
            mac: [UInt8](seen.mac))
        guard isSame ?? true else { throw Refusal.keyReused }
        let events = try (seen.first..<seen.first + UInt64(seen.count)).map { position -> Recorded in
            if position >= batch.start { return batch.recorded[Int(position - batch.start)] }
            guard let recorded = try stored(position) else { throw LMDBError.damaged(table: "commands", key: []) }
            return recorded
        }
        return Reply(to: events[...])
    }
}
