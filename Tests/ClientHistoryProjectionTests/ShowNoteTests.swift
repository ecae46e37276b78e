import ClientHistoryProjection
import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct ShowNoteTests {
    private let clinic: NoteClinic
    private let note: UInt64

    init() throws {
        clinic = try NoteClinic()
        note = try clinic.start()
    }

    private func refusal(_ body: () throws -> Void) -> Refusal? {
        do {
            try body()
        } catch {
            return error as? Refusal
        }
        return nil
    }

    @Test func `a draft is shown to its author, with the last revision or an earlier one`() throws {
        #expect(try !clinic.show(note).hasContent)
        let first = try clinic.save(note, 1)
        let second = try clinic.save(note, 2)
        let shown = try clinic.show(note)
        #expect(shown.content.sealed.position == second && shown.revision == 2 && shown.row.revision == 2)
        #expect(shown.content.sealed.person == StoryClinic.first && shown.content.sealed.category == .clinical)
        #expect(try clinic.show(note, revision: 1).content.sealed.position == first)
        #expect(shown.revisions.map(\.position) == [first, second] && shown.revisions.map(\.signed) == [false, false])
        #expect(shown.row.staffName == "Ada")
        #expect(refusal { _ = try clinic.show(note, revision: 3) }?.status == 404)
        #expect(refusal { _ = try clinic.show(note, as: 9) }?.status == 403)
    }

    @Test func `INV-NOTE-06: what was signed is read by the care team, also when the signature is void`() throws {
        let first = try clinic.save(note, 1)
        try clinic.sign(note, 1, awaits: true)
        #expect(try clinic.show(note, as: 9).content.sealed.position == first)
        try clinic.give(back: note)
        _ = try clinic.save(note, 2)
        let shown = try clinic.show(note, as: 9)
        #expect(shown.revision == 1 && shown.row.standing == .draft)
        #expect(shown.row.signatures.map(\.void) == [true])
        #expect(shown.row.signatures[0].comment.sealed.sealed == sealedField(20))
        #expect(refusal { _ = try clinic.show(note, revision: 2, as: 9) }?.status == 403)
        #expect(try clinic.show(note).revision == 2)
        try clinic.sign(note, 2)
        #expect(try clinic.show(note, as: 9).revision == 2)
    }

    @Test func `INV-NOTE-03: what is shown is what the signature is of, or is not shown`() throws {
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1, commitment: Data(repeating: 99, count: 32))
        let shown = try clinic.show(note)
        #expect(shown.content.unreadable)
        #expect(shown.commitment == sealedField(1).commitment)
    }

    @Test func `addenda stand below, in the order of time`() throws {
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1)
        let ids = try (0..<3).map { _ in
            try clinic.record(
                .noteAddendumSigned(
                    .with {
                        $0.note = note
                        $0.client = StoryClinic.first
                        $0.text = sealedField(30)
                        $0.reason = sealedField(31)
                    }))
        }
        let shown = try clinic.show(note, as: 9)
        #expect(shown.addenda.map(\.id) == ids && shown.row.addenda == 3)
        #expect(shown.addenda.map(\.text.sealed.ordinal) == [0, 0, 0])
        #expect(shown.addenda.map(\.reason.sealed.ordinal) == [1, 1, 1])
    }

    @Test func `INV-NOTE-11: a mistake stays readable, with why`() throws {
        _ = try clinic.save(note, 1)
        try clinic.sign(note, 1)
        try clinic.mistake(note)
        let shown = try clinic.show(note, as: 9)
        #expect(shown.row.standing == .enteredInError && shown.content.hasSealed)
        #expect(shown.row.reason.sealed.sealed == sealedField(21))
    }

    @Test func `who may not see the client's chart sees no note`() throws {
        _ = try clinic.save(note, 1)
        let query = ShowNote.with { $0.note = note }
        let refusal = refusal {
            _ = try clinic.harness.ask(query, permits: { permission, _ in permission != .viewChart })
        }
        #expect(refusal?.status == 403)
        #expect(self.refusal { _ = try clinic.show(9_999) }?.status == 404)
        #expect(self.refusal { _ = try clinic.harness.ask(ShowNote()) }?.facts.field == "note")
    }
}

extension Private {
    fileprivate var hasSealed: Bool { if case .sealed? = value { true } else { false } }
}
