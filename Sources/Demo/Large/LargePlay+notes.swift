import Clinic
import Schema
import SwiftProtobuf

/// Notes: begun after the session, saved, and signed the same day or late.
extension LargePlay {
    mutating func startNote(_ note: LargeNote) throws {
        var note = note
        let reply = try send(
            member(note.therapist),
            StartNote.with {
                $0.appointment = note.appointment
                $0.kind = note.isFree ? .progressFree : .progressSoap
            })
        guard let reply else { return }
        note.note = reply.id
        let isLast = !random.chance(percent: 20)
        plan(.saveNote(note, isLast: isLast), inMinutes: random.int(2...4))
    }

    mutating func saveNote(_ note: LargeNote, isLast: Bool) throws {
        var note = note
        let sections = note.isFree ? LargeTexts.free(&random) : LargeTexts.soap(&random)
        let reply = try send(
            member(note.therapist),
            SaveNoteDraft.with {
                $0.note = note.note
                $0.base = note.revision
                $0.sections = sections
            })
        guard let reply else { return }
        note.revision = reply.revision
        guard isLast else { return plan(.saveNote(note, isLast: true), inMinutes: random.int(11...200)) }
        let minutes =
            switch random.int(0...99) {
            case 0..<70: random.int(1...3)
            case 70..<90: random.int(120...1_200)
            case 90..<97: random.int(1_440...4_000)
            default: random.int(6_000...14_000)
            }
        plan(.signNote(note), inMinutes: minutes)
    }

    mutating func signNote(_ note: LargeNote) throws {
        let reply = try send(
            member(note.therapist),
            SignNote.with {
                $0.note = note.note
                $0.revision = note.revision
            })
        if reply != nil, random.chance(percent: 1) {
            plan(.addToNote(note), inMinutes: random.int(1_440...20_000))
        }
    }

    mutating func addToNote(_ note: LargeNote) throws {
        _ = try send(
            member(note.therapist),
            AddAddendum.with {
                $0.note = note.note
                $0.text = random.pick(LargeTexts.addendum)
                $0.reason = "Came in later."
            })
    }
}
