import Clinic
import Foundation
import Schema
import TestKit

extension Sensible {
    /// Those who may write about a client now, and can come in.
    private var carers: [(staff: UInt64, client: UInt64)] {
        let clinical = world.staff(with: [.therapist, .supervisor, .trainee]).filter {
            world.credentials(of: $0) != nil
        }
        return world.clients.flatMap { client in
            clinical.filter { clinic.isOnTeam($0, of: client, atMs: nowMs) }.map { ($0, client) }
        }
    }

    private func canWrite(_ staff: UInt64, about client: UInt64) -> Bool {
        clinic.isOnTeam(staff, of: client, atMs: nowMs) && world.credentials(of: staff) != nil
            && !clinic.roles(of: staff, atMs: nowMs).isDisjoint(with: [.therapist, .supervisor, .trainee])
    }

    mutating func writing(_ command: String) -> Fields? {
        switch command {
        case "StartNote": return random.chance(65) ? sessionNote() : contactNote()
        case "SaveNoteDraft": return save()
        case "DiscardNoteDraft":
            guard let (id, _) = ownDraft({ _, _ in true }) else { return nil }
            return ["note": "\(id)", "reason": text()]
        case "SignNote":
            let (isWhole, drafts, clinic) = (random.chance(85), world.drafts, clinic)
            let found = ownDraft { id, note in
                let draft = drafts[id] ?? PlainDraft()
                return note.revision > note.returned && draft.autosave == 0
                    && (!isWhole || draft.said.isSuperset(of: note.sections) && Self.isHeld(note, clinic))
            }
            guard let (id, note) = found else { return nil }
            return ["note": "\(id)", "revision": "\(random.chance(95) ? note.revision : max(1, note.revision) - 1)"]
        default: return afterwards(command)
        }
    }

    private static func isHeld(_ note: PlainNote, _ clinic: PlainClinic) -> Bool {
        guard note.started.hasAppointment, let visit = clinic.visits[note.started.appointment] else {
            return !note.started.hasAppointment
        }
        return [.inSession, .completed].contains(visit.status) && visit.place.staff == note.author
    }

    private mutating func sessionNote() -> Fields? {
        let fit = world.visits { visit in
            [.inSession, .completed].contains(visit.status) && canWrite(visit.place.staff, about: visit.client)
        }
        .filter { clinic.standingNote(of: $0) == nil }
        let early = world.visits { $0.isOpen && canWrite($0.place.staff, about: $0.client) }
        guard let id = pick(fit.isEmpty || random.chance(10) ? early : fit), let visit = clinic.visits[id] else {
            return nil
        }
        credentials = world.credentials(of: visit.place.staff)
        var fields: Fields = ["appointment": "\(id)"]
        if random.chance(40) { fields["kind"] = word(["progress_soap", "progress_free"]) }
        if random.chance(20) { fields["client"] = "\(visit.client)" }
        return fields
    }

    private mutating func contactNote() -> Fields? {
        let trainees = carers.filter { clinic.roles(of: $0.staff, atMs: nowMs) == [.trainee] }
        guard let (staff, client) = pick(trainees.isEmpty || random.chance(50) ? carers : trainees) else { return nil }
        credentials = world.credentials(of: staff)
        var fields: Fields = ["client": "\(client)"]
        if random.chance(50) { fields["kind"] = "\"contact\"" }
        if random.chance(50) { fields["serviceDate"] = Self.date(day(-6...0)) }
        return fields
    }

    /// A draft whose author can go on with it.
    private mutating func ownDraft(_ isFit: (UInt64, PlainNote) -> Bool) -> (UInt64, PlainNote)? {
        let fit = clinic.notes.filter { id, note in
            note.standing == .draft && canWrite(note.author, about: note.started.client) && isFit(id, note)
        }
        // Rarely one that is no draft any more.
        let any =
            random.chance(6) ? clinic.notes.filter { canWrite($0.value.author, about: $0.value.started.client) } : fit
        guard let id = pick(Array(any.keys.sorted().suffix(20))), let note = clinic.notes[id] else { return nil }
        credentials = world.credentials(of: note.author)
        return (id, note)
    }

    private mutating func save() -> Fields? {
        guard let (id, note) = ownDraft({ _, _ in true }) else { return nil }
        let isWhole = random.chance(75)
        let sections = note.sections.filter { _ in isWhole || random.chance(50) }.map { name in
            "{\"name\":\(Self.quoted(name)),\"text\":\(text())}"
        }
        let autosave = world.drafts[id]?.autosave ?? 0
        // Now and then from another window, that has not seen the last.
        let isStale = random.chance(6)
        var fields: Fields = [
            "note": "\(id)", "sections": "[\(sections.joined(separator: ","))]",
            "base": "\(isStale && note.revision > 0 ? note.revision - 1 : note.revision)",
        ]
        if autosave > 0, !isStale { fields["baseAutosave"] = "\(autosave)" }
        if random.chance(35) { fields["autosave"] = "true" }
        return fields
    }

    /// What is done to a note that was signed.
    private mutating func afterwards(_ command: String) -> Fields? {
        let isAwaited = command == "CosignNote" || command == "ReturnNote"
        let fit = clinic.notes.filter { isAwaited ? $0.value.standing == .awaitsCosign : $0.value.standing == .signed }
        let any = random.chance(8) ? clinic.notes : fit
        guard let id = pick(any.keys.sorted()), let note = clinic.notes[id] else { return nil }
        var fields: Fields = ["note": "\(id)"]
        switch command {
        case "CosignNote":
            if random.chance(50) { fields["comment"] = text() }
            avoided = [note.author]
        case "ReturnNote":
            fields["reason"] = text()
            avoided = [note.author]
        case "AddAddendum": (fields["text"], fields["reason"]) = (text(), text())
        default:
            fields["reason"] = text()
            credentials = canWrite(note.author, about: note.started.client) ? world.credentials(of: note.author) : nil
            let others = clinic.notes.filter { $0.key != id && $0.value.started.client == note.started.client }
            let signed = others.filter(\.value.isSigned).keys.sorted()
            if random.chance(40), let other = pick(signed) { fields["replacement"] = "\(other)" }
        }
        return fields
    }
}
