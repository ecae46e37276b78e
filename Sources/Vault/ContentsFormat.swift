import Crypto

/// What kind of thing sealed bytes are; one kind never opens as another.
public enum ContentsKind: Sendable, CaseIterable {
    /// A stored document or upload.
    case file
    /// The scratch of a draft that is not yet in the log.
    case scratch

    var label: String {
        switch self {
        case .file: "daybook.file.1"
        case .scratch: "daybook.scratch.1"
        }
    }
}

/// The form of sealed byte contents: nonce 12 ‖ AES-256-GCM ciphertext ‖ tag 16, in one piece, unpadded.
public enum ContentsFormat {
    /// The most bytes that are sealed in one piece.
    public static let limitBytes = 64 << 20

    static func seal(
        _ contents: [UInt8], with key: SymmetricKey, keyID: KeyID, associatedData: [UInt8],
        nonce: [UInt8] = .random(count: BoxFormat.nonceBytes)
    ) throws(VaultError) -> [UInt8] {
        guard contents.count <= limitBytes else { throw .tooLong(bytes: contents.count, limitBytes: limitBytes) }
        return try Sealing.seal(contents, with: key, keyID: keyID, nonce: nonce, associatedData: associatedData)
    }

    static func open(
        _ sealed: [UInt8], with key: SymmetricKey, keyID: KeyID, associatedData: [UInt8]
    ) throws(VaultError) -> [UInt8] {
        guard sealed.count <= limitBytes + BoxFormat.nonceBytes + BoxFormat.tagBytes else {
            throw .tooLong(bytes: sealed.count, limitBytes: limitBytes)
        }
        return try Sealing.open(sealed, with: key, keyID: keyID, associatedData: associatedData)
    }
}
