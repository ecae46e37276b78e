import Clinic
import Schema
import Vault

/// What one commit will carry, and whom it answers.
struct Batch {
    /// Position of the first record.
    let start: UInt64
    var records: [[UInt8]] = []
    /// The same, read back.
    var recorded: [Recorded] = []
    /// Called when the commit has succeeded, or with the refusal it failed with.
    var answers: [@Sendable (Refusal?) -> Void] = []
    /// Of those for whom something is kept outside the log: called when that is durable, or with the refusal it failed with.
    var answersOfKept: [@Sendable (Refusal?) -> Void] = []
    /// What becomes of drafts outside the log: their text from now on, or nil for none any more.
    var scratches: [ScratchPlace: ScratchKept?] = [:]
    /// How many commands left something there.
    var keptCount = 0
    var recorder: Recorder
    var access: AccessTable
    var accessChanged = false
    /// What the index of names held of clients before the batch, to be put back when it is dropped.
    var formerNames: [(client: UInt64, entry: NameIndex.Entry?)] = []
    /// Recorded for the first time in their windows.
    var denials: [Denial] = []
    /// Somebody accepted that the clock has jumped.
    var acceptsClock = false
    /// When its latest event, or the latest before it, was recorded; milliseconds UTC.
    var latestMs: Int64 = 0

    /// Whether a clock has gone back by more than a correction would.
    func isAhead(of nowMs: Int64) -> Bool { nowMs < latestMs - 2_000 }

    /// Of the records as stored.
    var bytes: Int { records.reduce(0) { $0 + $1.count } }

    var next: UInt64 { start + UInt64(records.count) }

    /// Takes in what no command decides: looks, denials, what the daemon itself has done.
    mutating func take(_ drafts: [Draft], _ envelope: Envelope, into state: borrowing ClinicState) throws {
        for draft in drafts { try take(try recorder.encode([draft], at: next, envelope, state), into: state) }
    }

    /// Takes in one command's stored bytes: the state learns of them exactly as a replay will.
    mutating func take(_ bytes: [[UInt8]], into state: borrowing ClinicState) throws {
        for record in bytes {
            let recorded = try RecordView(record).recorded(at: next)
            try state.evolve(recorded)
            if AccessTable.isChanged(by: recorded.type) {
                access.apply(recorded)
                accessChanged = true
            }
            records.append(record)
            latestMs = recorded.header.recordedAt
            self.recorded.append(recorded)
        }
    }
}
