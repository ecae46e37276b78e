/// Where in the log a box belongs. A box opens at its own place only.
public struct BoxPlace: Hashable, Sendable {
    /// The log's 16 bytes.
    public let logID: [UInt8]
    /// The position of the event that carries the box.
    public let position: UInt64
    /// Which sealed part of that event it is, from 0.
    public let ordinal: UInt32

    /// `logID` has 16 bytes.
    public init(logID: [UInt8], position: UInt64, ordinal: UInt32) {
        precondition(logID.count == 16, "a log id has 16 bytes")
        self.logID = logID
        self.position = position
        self.ordinal = ordinal
    }
}

/// One sealed text as the log keeps it.
public struct SealedBox: Hashable, Sendable {
    public var keyID: KeyID
    /// nonce 12 ‖ ciphertext ‖ tag 16 (AES-256-GCM).
    public var box: [UInt8]
    /// SHA-256(salt ‖ text), 32 bytes: with the salt, one text can be proven without giving away a key.
    public var commitment: [UInt8]

    public init(keyID: KeyID, box: [UInt8], commitment: [UInt8]) {
        self.keyID = keyID
        self.box = box
        self.commitment = commitment
    }
}

/// A text and the salt of its commitment: what its owner may hand to a stranger as a proof.
public struct OpenedText: Hashable, Sendable {
    public let text: String
    /// 32 bytes.
    public let salt: [UInt8]
}
