import DaybookClient
import Schema
import SwiftProtobuf

/// A draft as this place knows it: which revision, which saving since, and what that says.
struct DraftPlace {
    let note: UInt64
    let names: [String]
    var base: UInt32
    var autosave: UInt32
    /// What the daemon has.
    var saved: NoteText
    /// What an editor saved by itself cannot be read any more, and the draft goes on from its revision.
    let isDamaged: Bool

    init(_ answer: ShowNoteAnswer) throws {
        note = answer.row.id
        guard let template = NoteTemplate.named(answer.row.template) else {
            throw UsageError(
                "This program does not know the template \(answer.row.template); is it older than the daemon?")
        }
        names = template.sections
        base = answer.row.revision
        autosave = answer.autosave
        isDamaged = answer.autosaved.unreadable
        // What an editor has saved by itself, else the last revision.
        saved = try Self.text(answer.hasAutosaved && !isDamaged ? answer.autosaved : answer.content, names)
    }

    private static func text(_ field: Private, _ names: [String]) throws -> NoteText {
        switch field.value {
        case nil: return NoteText(names: names)
        case .text(let json)?:
            guard let content = NoteContent(json: json) else {
                throw UsageError("The note's text is not understood; is this program older than the daemon?")
            }
            return NoteText(names: names, texts: Dictionary(content.sections.map { ($0.name, $0.text) }) { $0 + $1 })
        case .erased?: throw UsageError("What this note said was erased.")
        case .withheld?, .unreadable?, .sealed?, .scratch?:
            throw UsageError("The note's text cannot be shown to you now. Try again; nothing was changed.")
        }
    }

    func command(_ text: NoteText, isAutosave: Bool) -> SaveNoteDraft {
        .with {
            $0.note = note
            $0.base = base
            if autosave > 0 { $0.baseAutosave = autosave }
            if isAutosave { $0.autosave = true }
            $0.sections = text.sections.filter { !$0.text.isEmpty }.map { section in
                .with {
                    $0.name = section.name
                    $0.text = section.text
                }
            }
        }
    }

    /// The daemon has this text from now on.
    mutating func accept(_ text: NoteText, _ reply: Reply) {
        saved = text
        base = reply.revision
        autosave = reply.autosave
    }
}

/// Saves a draft by itself while it is edited, not more often than asked. It belongs to one task.
final class AutomaticSaving {
    private(set) var place: DraftPlace
    /// It is not saved by itself any more: somebody saved it elsewhere, or it is no draft of theirs.
    private(set) var isHalted = false
    private(set) var hasSaved = false
    /// Why the last saving was none.
    private(set) var why: (any Error)?
    private let desk: Desk
    private let interval: Duration
    private var last: ContinuousClock.Instant?

    init(_ place: DraftPlace, _ desk: Desk, interval: Duration) {
        self.place = place
        self.desk = desk
        self.interval = interval
    }

    /// Saves what has changed, when it is time; what could not be saved now is saved with the next.
    func take(_ text: String, isLast: Bool = false) async {
        let text = NoteText(reading: text, names: place.names)
        // A file that is empty for a moment, or for good, does not take the place of what was typed.
        guard text != place.saved, !text.isEmpty, !isHalted else { return }
        do {
            try text.requireFitting()
        } catch {
            return why = error
        }
        let now = ContinuousClock.now
        guard isLast || last.map({ now - $0 >= interval }) ?? true else { return }
        last = now
        do throws(ClientError) {
            let reply = try await desk.client.send(place.command(text, isAutosave: true))
            place.accept(text, reply)
            hasSaved = true
            why = nil
        } catch {
            why = error
            // A daemon that is away comes back, and a text that is wrong is typed on; all else it says no to again.
            if let problem = error.problem, ![400, 503, 507].contains(problem.status) { isHalted = true }
        }
    }
}
