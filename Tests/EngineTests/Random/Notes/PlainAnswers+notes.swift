import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf

@testable import Engine

/// What the chart and the queue answer, beside what the notes say.
extension PlainAnswers {
    /// Everything that is left to be written and signed, and nothing else.
    func queueProblems() async throws -> [String] {
        var known = clinic.notes.filter { [.draft, .awaitsCosign].contains($0.value.standing) }
            .map { id, note in
                let what = note.standing == .draft ? "draft" : "awaits_cosign"
                return "\(what) \(id) \(note.started.appointment) \(note.author)"
            }
        known += clinic.visits.filter { id, visit in
            visit.status == .completed && visit.bookedAtMs != nil && clinic.standingNote(of: id) == nil
        }
        .map { "unsigned 0 \($0.key) \($0.value.place.staff)" }
        let rows = try await ask(NoteQueue.with { $0.limit = 1_000 }).rows
        return differences("the queue", rows.map { "\($0.what) \($0.note) \($0.appointment) \($0.staff)" }, known)
    }

    /// INV-NOTE-03: a note is as it was left, for its author, and what was signed for whoever cares for the client.
    func noteProblems(_ world: RandomWorld) async throws -> [String] {
        var found: [String] = []
        for (id, note) in clinic.notes.sorted(by: { $0.key < $1.key }).suffix(12) {
            let client = note.started.client
            let readers = world.callers.filter { reader in
                clinic.isOnTeam(reader, of: client, atMs: nowMs)
                    && !clinic.roles(of: reader, atMs: nowMs).isDisjoint(with: [.therapist, .supervisor, .trainee])
            }
            guard let reader = readers.first(where: { $0 == note.author }) ?? (note.isSigned ? readers.first : nil),
                let credentials = world.credentials(of: reader)
            else { continue }
            awaitViews()
            let shown = try await engine.ask(Asking(ShowNote.with { $0.note = id }, from: credentials)).answer
            let said = Set((NoteContent(json: shown.content.text)?.sections ?? []).map(\.name))
            let isSame =
                shown.revision == note.revision && said == world.drafts[id]?.said ?? []
                && shown.row.signatures.filter { !$0.void }.map(\.staff) == note.signers
                && shown.addenda.count == note.addenda && "\(shown.row.standing)" == "\(note.standing)"
            if !isSame { found.append("INV-NOTE-03: note \(id) is shown as \(shown.row) with \(said)") }
            let chart = try await engine.ask(
                Asking(
                    Chart.with {
                        $0.client = client
                        $0.all = true
                        $0.limit = 1_000
                    }, from: credentials)
            ).answer
            found += differences(
                "the chart of \(client)", chart.rows.flatMap(\.notes).map { "\($0.id) \($0.standing)" },
                clinic.notes.filter { $0.value.started.client == client }.map { "\($0.key) \($0.value.standing)" })
        }
        return found
    }
}
