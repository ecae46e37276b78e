import Clinic
import Schema

/// What the writer does with a command.
extension Story {
    func drafts(of command: any Command, _ asked: Asked) throws -> [Draft] {
        guard let compound = command as? any CompoundCommand else { return try command.decide(state, asked) }
        // As the writer: on a child that is dropped, then recorded with the count that is only known now.
        let child = try state.beginChild()
        var asked = asked
        var drafts: [Draft] = []
        var step = 0
        while let decided = try compound.decide(step: step, child, asked) {
            let seat = Seat(caller: asked.caller, role: asked.role)
            for recorded in try encode(decided, seat, at: asked.next, child) { try child.evolve(recorded) }
            drafts += decided
            asked.next += UInt64(decided.count)
            step += 1
        }
        return drafts
    }

    func record(_ drafts: [Draft], _ seat: Seat) throws -> [Recorded] {
        let recorded = try encode(drafts, seat, at: next, state)
        for one in recorded {
            try state.evolve(one)
            access.apply(one)
            // A text that was saved or thrown away is nowhere else any more.
            if case .charting(.noteDraftSaved(let event)) = one.event { scratches[event.note] = nil }
            if case .charting(.noteDraftDiscarded(let event)) = one.event { scratches[event.note] = nil }
        }
        next += UInt64(recorded.count)
        log += recorded
        return recorded
    }

    func draftFacts(_ asking: any AsksForDraft) throws -> DraftFacts {
        guard let id = asking.draftInQuestion, let note = try state.draft(id) else { return DraftFacts() }
        var facts = DraftFacts(autosave: scratches[id]?.number ?? 0)
        if type(of: asking).needsText, note.revision > 0,
            case .charting(.noteDraftSaved(let saved)) = log[Int(note.saved)].event
        {
            facts.saved = saved.content.text.flatMap { NoteContent(json: $0) }
        }
        return facts
    }

    /// Whoever acts, and in which role.
    struct Seat {
        var caller: Caller
        var role: Role.Value
    }

    private func encode(
        _ drafts: [Draft], _ seat: Seat, at start: UInt64, _ state: borrowing ClinicState
    ) throws -> [Recorded] {
        try drafts.enumerated().map { index, draft in
            var header = Header()
            header.random = Glass.bytes(16)
            header.recordedAt = nowMs
            header.effectiveAt = draft.effectiveAtMs ?? nowMs
            header.index = UInt32(index)
            header.count = UInt32(drafts.count)
            header.actor = seat.caller.actor
            header.role = seat.role
            header.door = seat.caller.door
            header.purpose = .treatment
            header.subjects = draft.subjects
            header.keys = try Glass.newKeys(for: draft.privateTexts, state)
            let bytes = try RecordWriter.encode(
                header: header, event: draft.event(with: draft.privateTexts.map(Sealed.glass)))
            return try RecordView(bytes).recorded(at: start + UInt64(index))
        }
    }
}
