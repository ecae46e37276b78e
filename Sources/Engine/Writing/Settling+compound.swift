import Clinic
import Schema
import Vault

extension Settling {
    /// The most that one command may record.
    static let eventsMax = 2_000

    /// Decides a compound command step by step on a child of the state, which is dropped; then records all its steps
    /// with the count that is only known now.
    func record(
        _ command: some CompoundCommand, _ asked: Asked, _ envelope: Envelope, in batch: inout Batch,
        _ state: borrowing ClinicState
    ) throws {
        let drafts = try rehearse(command, asked, envelope, batch, state)
        let bytes = try batch.recorder.encode(drafts, at: batch.next, envelope, state)
        try batch.take(bytes, into: state)
    }

    private func rehearse(
        _ command: some CompoundCommand, _ asked: Asked, _ envelope: Envelope, _ batch: Batch,
        _ state: borrowing ClinicState
    ) throws -> [Draft] {
        let child = try state.beginChild()
        var rehearsal = Batch(start: batch.next, recorder: Recorder(vault), access: batch.access)
        defer { for key in rehearsal.recorder.taken { vault.giveBackSpare(key) } }
        var drafts: [Draft] = []
        var step = 0
        var asked = asked
        while let decided = try command.decide(step: step, child, asked) {
            guard drafts.count + decided.count <= Self.eventsMax else {
                throw Refusal(
                    .problem("too-large"), status: 400, title: "Too much at once",
                    detail: "One command may record at most \(Self.eventsMax) events. Divide it.")
            }
            let bytes = try rehearsal.recorder.encode(
                decided, at: rehearsal.next, envelope, child, count: Self.eventsMax, from: drafts.count)
            try rehearsal.take(bytes, into: child)
            drafts += decided
            step += 1
            asked.next = rehearsal.next
        }
        return drafts
    }
}
