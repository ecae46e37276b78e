import Clinic
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

/// The client's session with the therapist, held on Monday, 2 March 2026, from 08:00 to 08:50 UTC; the therapist comes in as a user
/// of their own.
struct NoteDesk: Sendable {
    static let therapistUID: UInt32 = 4_001

    let engine: ClinicEngine
    let clinic: OpenClinic
    let note: UInt64
    let time: ManualClock

    static let soap = [
        ("subjective", "Slept badly."), ("objective", "Tired."), ("assessment", "Better."), ("plan", "Go on."),
    ]

    /// A draft in which nothing was saved. Its client is in the therapist's care.
    static func open(in engine: ClinicEngine, _ time: ManualClock) async throws -> NoteDesk {
        var clinic = try await OpenClinic.found(in: engine)
        try await engine.done(
            LinkSocketUser.with {
                $0.uid = therapistUID
                $0.staff = clinic.therapist
            })
        var client = OpenClinic.person("Cleo", "Clark")
        client.primaryTherapist = clinic.therapist
        clinic.client = try await engine.done(client)
        var booking = clinic.booking()
        booking.start = "2026-03-02T09:30"
        let session = try await engine.done(booking)
        try await engine.done(StartSession.with { $0.appointment = session }, by: user(therapistUID))
        time.advance(minutes: 50)
        try await engine.done(EndSession.with { $0.appointment = session }, by: user(therapistUID))
        let note = try await engine.done(StartNote.with { $0.appointment = session }, by: user(therapistUID))
        return NoteDesk(engine: engine, clinic: clinic, note: note, time: time)
    }

    func command(
        base: UInt32, after autosave: UInt32 = 0, isAutosave: Bool, _ texts: [(String, String)] = Self.soap
    ) -> SaveNoteDraft {
        .with {
            $0.note = note
            $0.base = base
            if autosave > 0 { $0.baseAutosave = autosave }
            if isAutosave { $0.autosave = true }
            $0.sections = texts.map { name, text in
                .with {
                    $0.name = name
                    $0.text = text
                }
            }
        }
    }

    func save(
        base: UInt32, after autosave: UInt32 = 0, _ texts: [(String, String)] = Self.soap
    ) async throws -> Reply {
        try await send(command(base: base, after: autosave, isAutosave: false, texts)).get()
    }

    func autosave(
        base: UInt32, after autosave: UInt32 = 0, _ texts: [(String, String)] = Self.soap
    ) async throws -> Reply {
        try await send(command(base: base, after: autosave, isAutosave: true, texts)).get()
    }

    func send(_ command: any Command, key: IdempotencyKey = .make()) async -> Outcome {
        await engine.send(command, by: user(Self.therapistUID), key: key)
    }

    /// The note as the therapist sees it, or somebody else.
    func show(by credentials: Credentials = user(Self.therapistUID)) async throws -> ShowNoteAnswer {
        try await engine.ask(Asking(ShowNote.with { $0.note = note }, from: credentials)).answer
    }

    /// The plan in a field of the answer.
    func plan(_ field: Private) throws -> String? {
        let content = try #require(NoteContent(json: field.text))
        return content.sections.first { $0.name == "plan" }?.text
    }
}
