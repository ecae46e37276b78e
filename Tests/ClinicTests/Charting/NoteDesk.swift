import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// Cleo's session with Ana on Tuesday, 6 January 2026, 14:00 to 14:50, and it is 15:00. Her care team has a supervisor and
/// a trainee too.
struct NoteDesk {
    let day: Day
    let session: UInt64

    var story: Story { day.story }
    var cast: Cast { day.cast }

    init(isHeld: Bool = true) throws {
        day = try Day()
        session = try day.book("2026-01-06T14:00")
        for (staff, role) in [
            (day.cast.supervisor, CareTeamRole.Value.supervisor), (day.cast.trainee, .trainee),
            (day.cast.ben, .secondary),
        ] {
            try day.story.assign(staff, to: day.cast.cleo, as: role)
        }
        guard isHeld else { return }
        try day.story.goTo("2026-01-06T15:00")
        try day.story.given(RecordSession.with { [session] in $0.appointment = session }, by: day.cast.ana)
    }

    static let soap = [
        ("subjective", "Slept badly."), ("objective", "Tired."), ("assessment", "Better."), ("plan", "Go on."),
    ]

    static func sections(_ texts: [(String, String)]) -> [NoteSection] {
        texts.map { name, text in
            .with {
                $0.name = name
                $0.text = text
            }
        }
    }

    func start(_ change: (inout StartNote) -> Void = { _ in }, by staff: UInt64? = nil) throws -> StoryOutcome {
        var command = StartNote.with { $0.appointment = session }
        change(&command)
        return try story.when(command, by: staff ?? cast.ana)
    }

    /// A contact note of Cleo's.
    func contact(by staff: UInt64? = nil) throws -> UInt64 {
        try story.given(StartNote.with { $0.client = cast.cleo }, by: staff ?? cast.ana)
    }

    /// The note of the session.
    func note() throws -> UInt64 { try start().reply.id }

    func save(
        _ note: UInt64, base: UInt32, _ texts: [(String, String)] = Self.soap, by staff: UInt64? = nil,
        _ change: (inout SaveNoteDraft) -> Void = { _ in }
    ) throws -> StoryOutcome {
        var command = SaveNoteDraft.with {
            $0.note = note
            $0.base = base
            $0.sections = Self.sections(texts)
        }
        change(&command)
        return try story.when(command, by: staff ?? cast.ana)
    }

    func autosave(
        _ note: UInt64, base: UInt32, after autosave: UInt32 = 0, _ texts: [(String, String)] = Self.soap
    ) throws -> StoryOutcome {
        try save(note, base: base, texts) {
            $0.autosave = true
            if autosave > 0 { $0.baseAutosave = autosave }
        }
    }

    func sign(_ note: UInt64, _ revision: UInt32 = 1, by staff: UInt64? = nil) throws -> StoryOutcome {
        try story.when(
            SignNote.with {
                $0.note = note
                $0.revision = revision
            }, by: staff ?? cast.ana)
    }

    /// The session's note, saved and signed.
    func signed() throws -> UInt64 {
        let note = try note()
        #expect(try save(note, base: 0).refusal == nil)
        #expect(try sign(note).refusal == nil)
        return note
    }

    func addendum(_ note: UInt64, by staff: UInt64? = nil) throws -> StoryOutcome {
        try story.when(
            AddAddendum.with {
                $0.note = note
                $0.text = "He called back."
                $0.reason = "Heard later"
            }, by: staff ?? cast.ana)
    }

    func discard(_ note: UInt64, by staff: UInt64? = nil) throws -> StoryOutcome {
        try story.when(
            DiscardNoteDraft.with {
                $0.note = note
                $0.reason = "Begun twice"
            }, by: staff ?? cast.ana)
    }

    func mistake(_ note: UInt64, by staff: UInt64? = nil) throws -> StoryOutcome {
        try story.when(
            MarkNoteInError.with {
                $0.note = note
                $0.reason = "Of somebody else"
            }, by: staff ?? cast.ana)
    }

    /// A contact note of the trainee's, complete and signed.
    func awaiting() throws -> UInt64 {
        let note = try contact(by: cast.trainee)
        let texts = [("with", "Cleo"), ("channel", "phone"), ("summary", "Called."), ("action", "None.")]
        #expect(try save(note, base: 0, texts, by: cast.trainee).refusal == nil)
        #expect(try sign(note, by: cast.trainee).event(NoteSigned.self).awaitsCosign)
        return note
    }
}
