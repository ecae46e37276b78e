import Clinic
import Foundation
import Schema
import SwiftProtobuf
import Vault

extension Settling {
    /// What a command asks about a draft.
    func draftFacts(
        _ asking: any AsksForDraft, _ batch: Batch, _ state: borrowing ClinicState
    ) throws -> DraftFacts {
        guard let id = asking.draftInQuestion, let note = try state.draft(id) else { return DraftFacts() }
        return DraftFacts(
            autosave: scratch(of: id, note, batch)?.number ?? 0,
            saved: type(of: asking).needsText && note.revision > 0 ? try savedContent(of: note, batch) : nil)
    }

    /// The draft's text outside the log; one of another revision was overtaken.
    private func scratch(of id: UInt64, _ note: NoteState, _ batch: Batch) -> ScratchKept? {
        let place = ScratchPlace(note: id, author: note.started.staff)
        let kept = batch.scratches[place] ?? scratches.draft(id, of: place.author)
        return kept.flatMap { note.standing == .draft && $0.base == note.revision ? $0 : nil }
    }

    /// What the last revision says, opened where it lies in the log.
    private func savedContent(of note: NoteState, _ batch: Batch) throws -> NoteContent? {
        let position = note.saved
        let recorded =
            position >= batch.start ? batch.recorded[Int(position - batch.start)] : try stored(position)
        guard case .charting(.noteDraftSaved(let event))? = recorded?.event,
            event.content.commitment == note.commitment,
            let box = event.content.sealedBox
        else { throw Refusal.unreadableNote }
        do {
            return NoteContent(json: try vault.open(box, at: vault.place(position: position, ordinal: 0)))
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            throw refusal
        }
    }

    /// Seals what an editor has saved by itself; it is durable with the batch.
    func keep(
        _ draft: ScratchDraft, _ key: IdempotencyKey, _ mac: RequestMAC, in batch: inout Batch,
        _ state: borrowing ClinicState
    ) throws -> Reply {
        let place = ScratchPlace(note: draft.note, author: draft.author)
        let before = batch.scratches[place] ?? scratches.draft(draft.note, of: draft.author)
        guard try before != nil || count(of: draft.author) < ScratchStore.draftsMax else {
            throw Refusal(
                .problem("too-many-drafts"), status: 409, title: "Too many drafts",
                detail: "\(ScratchStore.draftsMax) of your drafts have text that was not saved. Save some of them.")
        }
        batch.scratches[place] = try sealed(draft, key, mac, state)
        batch.keptCount += 1
        return Reply(note: draft.note, base: draft.base, autosave: draft.number, changed: draft.changed)
    }

    /// What fails there is no fault of the state's, which the writer takes errors of liblmdb for.
    private func count(of author: UInt64) throws(Refusal) -> Int {
        do {
            return try scratches.count(of: author)
        } catch {
            throw .busy("What editors save by themselves cannot be kept now. Save the draft instead.")
        }
    }

    private func sealed(
        _ draft: ScratchDraft, _ key: IdempotencyKey, _ mac: RequestMAC, _ state: borrowing ClinicState
    ) throws -> ScratchKept {
        guard let known = try state.key(of: draft.content.person, draft.content.category), let keyID = KeyID(known)
        else {
            preconditionFailure("a draft is kept outside the log when the log names its client's key")
        }
        do {
            let sealed = try vault.sealContents(
                Array(draft.content.text.utf8), .scratch, owner: draft.note, with: keyID)
            return .with {
                $0.client = draft.content.person
                $0.base = draft.base
                $0.number = draft.number
                $0.keyID = Data(keyID.bytes)
                $0.sealed = Data(sealed)
                $0.commandIDHigh = key.high
                $0.commandIDLow = key.low
                $0.requestMac = Data(mac.mac)
                $0.macKey = mac.keyNumber
            }
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            throw refusal
        }
    }

    /// The reply to the saving that is the last, when it is sent again.
    func repeatedScratch(
        _ submission: Submission, _ caller: Caller, _ batch: Batch, _ state: borrowing ClinicState
    ) throws -> Reply? {
        guard let keeping = submission.command as? any KeepsScratch, let id = keeping.draftInQuestion,
            let note = try state.draft(id), caller.kind == .staff, note.started.staff == caller.staff,
            let kept = scratch(of: id, note, batch),
            IdempotencyKey(high: kept.commandIDHigh, low: kept.commandIDLow) == submission.key
        else { return nil }
        let isSame = macKeys.check(
            keyNumber: kept.macKey, commandName: type(of: submission.command).name,
            canonicalBytes: canonicalBytes(submission.command), mac: [UInt8](kept.requestMac))
        guard isSame ?? true else { throw Refusal.keyReused }
        return Reply(
            note: id, base: kept.base, autosave: kept.number, changed: try state.lastChange(of: id) ?? id)
    }

    /// What was saved, signed or thrown away has nothing outside the log any more.
    func dropScratches(
        _ recorded: ArraySlice<Recorded>, _ batch: inout Batch, _ state: borrowing ClinicState
    ) throws {
        for record in recorded {
            guard case .charting(let event) = record.event, let id = event.draftDealtWith,
                let note = try state.draft(id)
            else { continue }
            let place = ScratchPlace(note: id, author: note.started.staff)
            // One that is damaged too.
            if batch.scratches[place] == nil, case .nothing = scratches.find(id, of: place.author) { continue }
            batch.scratches[place] = .some(nil)
        }
    }

    /// Drops, at a start, what was overtaken when the last process ended between two commits.
    func sweepScratches(_ state: borrowing ClinicState) throws {
        try scratches.sweep { place, base in
            guard let note = try state.draft(place.note) else { return true }
            let isOvertaken = base.map { $0 != note.revision } ?? false
            return note.standing != .draft || isOvertaken || note.started.staff != place.author
        }
    }
}

extension ChartingEvent {
    /// The draft whose text outside the log this event overtakes.
    fileprivate var draftDealtWith: UInt64? {
        switch self {
        case .noteDraftSaved(let event): event.note
        case .noteDraftDiscarded(let event): event.note
        case .noteSigned(let event): event.note
        case .contactRecorded, .noteStarted, .noteCosigned, .noteReturned, .noteAddendumSigned,
            .noteMarkedEnteredInError:
            nil
        }
    }
}

extension Reply {
    /// To what is kept outside the log: there is no event of it.
    fileprivate init(note: UInt64, base: UInt32, autosave: UInt32, changed: UInt64) {
        self.init()
        position = changed
        id = note
        revision = base
        self.autosave = autosave
    }
}

extension Refusal {
    static let keyReused = Refusal(
        .problem("key-reused"), status: 422, title: "This key was used before",
        detail: "The idempotency key belongs to another command. Choose a new key.")

    fileprivate static let unreadableNote = Refusal(
        .problem("note-damaged"), status: 503, title: "The note cannot be read",
        detail: "What was saved is not what its commitment says. Have the log verified: daybook verify")
}
