import ProjectionKit
import Schema

/// That something was written belongs to the story; what was written is read from the note, by who may.
extension ClientHistoryView {
    static func noteEntries(of event: ChartingEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .contactRecorded: []
        case .noteStarted(let event):
            [
                Entry(client: event.client, subject: recorded.position).with {
                    $0.facts.add("kind", word: event.kind)
                    if event.hasAppointment { $0.facts.add("appointment", event.appointment) }
                    $0.facts.add("staff", event.staff)
                    $0.facts.add("serviceDate", text: event.serviceDate)
                }
            ]
        case .noteDraftSaved(let event):
            [Entry(client: event.client, subject: event.note).with { $0.facts.add("revision", event.revision) }]
        case .noteDraftDiscarded(let event): [entry(event.client, event.note, [("reason", event.reason)], recorded)]
        case .noteSigned(let event):
            [
                Entry(client: event.client, subject: event.note).with {
                    $0.facts.add("revision", event.revision)
                    if event.lateEntry { $0.facts.add("lateEntry", true) }
                    if event.awaitsCosign { $0.facts.add("awaitsCosign", true) }
                }
            ]
        case .noteCosigned(let event): [entry(event.client, event.note, [("comment", event.comment)], recorded)]
        case .noteReturned(let event): [entry(event.client, event.note, [("reason", event.reason)], recorded)]
        case .noteAddendumSigned(let event):
            [entry(event.client, event.note, [("text", event.text), ("reason", event.reason)], recorded)]
        case .noteMarkedEnteredInError(let event):
            [
                entry(event.client, event.note, [("reason", event.reason)], recorded).with {
                    if event.hasReplacement { $0.facts.add("replacement", event.replacement) }
                }
            ]
        }
    }

    private static func entry(
        _ client: UInt64, _ note: UInt64, _ fields: [(String, Sealed)], _ recorded: Recorded
    ) -> Entry {
        var entry = Entry(client: client, subject: note)
        var ordinal: UInt32 = 0
        for (name, field) in fields {
            entry.texts.append((name, recorded.sealed(field, ordinal: &ordinal, of: client, .clinical)))
        }
        return entry
    }
}
