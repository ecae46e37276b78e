import Clinic
import Foundation
import Schema
import SwiftProtobuf

/// A command about a note, and what must come of it by the plain rules: its event, or the reasons against it.
struct PlainNoteAsk {
    let clinic: PlainClinic
    let caller: UInt64
    let callerRoles: Set<Role.Value>
    /// In which it is permitted.
    let role: Role.Value
    /// Milliseconds UTC.
    let nowMs: Int64
    /// What commands said of the drafts.
    let drafts: [UInt64: PlainDraft]
    /// Rules that it breaks, and problems, by name.
    private(set) var reasons: Set<String> = []
    /// What is recorded when nothing is against it; nil when it is kept outside the log.
    private(set) var event: (any Event)?

    /// Nil for a command that is about something else.
    init?(
        _ command: any Command, _ clinic: PlainClinic, caller: UInt64, role: Role.Value, nowMs: Int64,
        drafts: [UInt64: PlainDraft]
    ) {
        (self.clinic, self.caller, self.role, self.nowMs, self.drafts) = (clinic, caller, role, nowMs, drafts)
        callerRoles = clinic.roles(of: caller, atMs: nowMs)
        guard decideWriting(command) || decideSigning(command) else { return nil }
    }

    mutating func object(_ reason: String) { reasons.insert(reason) }

    mutating func require(_ holds: Bool, _ reason: String) {
        if !holds { object(reason) }
    }

    mutating func record(_ event: some Event) { self.event = event }

    mutating func requireText(_ text: String) { require(text.contains { !$0.isWhitespace }, "malformed") }

    mutating func note(_ id: UInt64, isNamed: Bool) -> PlainNote? {
        guard isNamed else {
            object("malformed")
            return nil
        }
        guard let note = clinic.notes[id] else {
            object("not-found")
            return nil
        }
        return note
    }

    /// INV-NOTE-01 and -04: a draft is its author's, and what is signed is changed by nobody.
    mutating func ownDraft(_ id: UInt64, isNamed: Bool) -> PlainNote? {
        guard let note = note(id, isNamed: isNamed) else { return nil }
        require(note.author == caller, "INV-NOTE-01")
        switch note.standing {
        case .draft: break
        case .signed, .awaitsCosign: object("INV-NOTE-04")
        case .discarded, .enteredInError: objectToEnded(note)
        }
        return note
    }

    mutating func objectToEnded(_ note: PlainNote) {
        object(note.standing == .discarded ? "INV-NOTE-13" : "INV-NOTE-11")
    }

    private mutating func decideWriting(_ command: any Command) -> Bool {
        switch command {
        case let command as StartNote: decide(command)
        case let command as SaveNoteDraft: decide(command)
        case let command as DiscardNoteDraft:
            guard let note = ownDraft(command.note, isNamed: command.hasNote) else { return true }
            requireText(command.reason)
            record(
                NoteDraftDiscarded.with {
                    $0.note = command.note
                    $0.client = note.started.client
                })
        default: return false
        }
        return true
    }

    private mutating func decide(_ command: StartNote) {
        var event = NoteStarted()
        event.staff = caller
        event.kind = command.hasKind ? command.kind : command.hasAppointment ? .progressSoap : .contact
        let templates: [NoteKind.Value: String] = [
            .progressSoap: "progress.soap/1", .progressFree: "progress.free/1", .contact: "contact/1",
        ]
        event.template = templates[event.kind] ?? ""
        require(templates[event.kind] != nil, "malformed")
        if event.kind == .contact { startContact(command, &event) } else { startSession(command, &event) }
        record(event)
    }

    private mutating func startContact(_ command: StartNote, _ event: inout NoteStarted) {
        require(!command.hasAppointment && command.hasClient, "malformed")
        require(!command.hasClient || clinic.clients[command.client] != nil, "not-found")
        require(clinic.clients[command.client]?.isWithdrawn != true, "INV-CLI-04")
        event.client = command.client
        let today = PlainTime.local(nowMs, clinic.zone).day
        event.serviceDate = command.hasServiceDate ? command.serviceDate : PlainTime.text(day: today)
        let day = PlainTime.day(event.serviceDate)
        require(day != nil, "malformed")
        require(day ?? today <= today, "INV-NOTE-16")
    }

    private mutating func startSession(_ command: StartNote, _ event: inout NoteStarted) {
        require(command.hasAppointment, "malformed")
        guard let visit = clinic.visits[command.appointment] else { return object("not-found") }
        require(!command.hasClient || command.client == visit.client, "malformed")
        require(visit.place.staff == caller, "INV-NOTE-01")
        require([.booked, .confirmed, .arrived, .inSession, .completed].contains(visit.status), "INV-NOTE-16")
        require(clinic.standingNote(of: command.appointment) == nil, "INV-NOTE-09")
        let days = visit.days(untilMs: nil)
        event.client = visit.client
        event.appointment = command.appointment
        event.serviceDate = PlainTime.text(day: days.lowerBound)
        guard command.hasServiceDate else { return }
        event.serviceDate = command.serviceDate
        let day = PlainTime.day(command.serviceDate)
        require(day != nil, "malformed")
        require(day.map { days.contains($0) } ?? true, "INV-NOTE-16")
    }

    private mutating func decide(_ command: SaveNoteDraft) {
        guard let note = ownDraft(command.note, isNamed: command.hasNote) else { return }
        require(command.hasBase, "malformed")
        let autosave = drafts[command.note]?.autosave ?? 0
        require(command.base == note.revision && command.baseAutosave == autosave, "changed")
        require(command.sections.allSatisfy { note.sections.contains($0.name) }, "malformed")
        require(Set(command.sections.map(\.name)).count == command.sections.count, "malformed")
        require(command.sections.reduce(0) { $0 + $1.text.count } <= 12_000, "malformed")
        // Until ten minutes have passed, and once the client has a key.
        let isKept =
            command.autosave && nowMs - note.changedMs < 600_000 && clinic.clinicalKeys.contains(note.started.client)
        guard !isKept else { return }
        record(
            NoteDraftSaved.with {
                $0.note = command.note
                $0.client = note.started.client
                $0.revision = note.revision + 1
            })
    }
}
