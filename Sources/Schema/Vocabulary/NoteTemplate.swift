/// What a note of a kind is made of.
public struct NoteTemplate: Hashable, Sendable {
    /// With its version, as progress.soap/1. What a version asks for never changes.
    public let name: String
    /// The sections' names in their order. All must say something before the note is signed (INV-NOTE-02).
    public let sections: [String]

    public static let all = [
        NoteTemplate(name: "progress.soap/1", sections: ["subjective", "objective", "assessment", "plan"]),
        NoteTemplate(name: "progress.free/1", sections: ["text"]),
        NoteTemplate(name: "contact/1", sections: ["with", "channel", "summary", "action"]),
    ]

    /// The template in use for a kind; nil for a kind there is not.
    public static func inUse(for kind: NoteKind.Value) -> NoteTemplate? {
        switch kind {
        case .progressSoap: all[0]
        case .progressFree: all[1]
        case .contact: all[2]
        case .unspecified, .UNRECOGNIZED: nil
        }
    }

    /// The template of this name and version.
    public static func named(_ name: String) -> NoteTemplate? { all.first { $0.name == name } }
}
