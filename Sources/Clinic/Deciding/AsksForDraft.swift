import Schema

/// A command whose decision needs to know what the log does not tell in clear: what an editor has saved by itself, and
/// what the last revision says.
public protocol AsksForDraft: Command {
    /// The note in question; nil when the command names none.
    var draftInQuestion: UInt64? { get }
    /// Whether the last revision has to be opened.
    static var needsText: Bool { get }
}

/// The answer to a command that asks for a draft.
public struct DraftFacts: Hashable, Sendable {
    /// Which saving of an editor's own came after the last revision, from 1; 0 for none.
    public var autosave: UInt32
    /// What the last revision says, after its commitment was checked; nil when nobody asked, or nothing was saved.
    public var saved: NoteContent?

    public init(autosave: UInt32 = 0, saved: NoteContent? = nil) {
        self.autosave = autosave
        self.saved = saved
    }
}

/// A command that may leave something outside the log, and then no event.
public protocol KeepsScratch: AsksForDraft {
    /// What is kept outside the log; nil when an event is to be recorded. Throws a `Refusal`.
    func scratch(_ state: borrowing ClinicState, _ asked: Asked) throws -> ScratchDraft?
}

/// The text of a draft that is to be kept outside the log.
public struct ScratchDraft: Hashable, Sendable {
    public var note: UInt64
    public var author: UInt64
    /// The revision that it rests on.
    public var base: UInt32
    /// Which saving since that revision, from 1.
    public var number: UInt32
    public var content: PrivateText
    /// Position of the note's last event.
    public var changed: UInt64
}
