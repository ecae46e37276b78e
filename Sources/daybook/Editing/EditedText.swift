import Foundation

/// What an editor has left in its file. Nothing of it is replaced: an editor that writes no UTF-8 is taken to write Latin-1
/// (Windows-1252), as those do that are set up so, and the author is told.
struct EditedText: Equatable, Sendable {
    let text: String
    let isUTF8: Bool

    init(_ bytes: Data) {
        let valid = String(validating: bytes, as: UTF8.self)
        isUTF8 = valid != nil
        text =
            valid ?? String(data: bytes, encoding: .windowsCP1252)
            // A few bytes mean nothing in Windows-1252; in Latin-1 each means something.
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// What to say of it; nothing when it is UTF-8.
    var remarks: [String] {
        isUTF8
            ? [] : ["The editor wrote no UTF-8. It was read as Latin-1: look at letters with accents before you sign."]
    }
}
