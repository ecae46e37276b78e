import Crypto

/// The form of a sealed text, frozen by FORMATS.md.
///
/// box = nonce 12 ‖ AES-256-GCM ciphertext ‖ tag 16, of salt 32 ‖ text length u32 BE ‖ UTF-8 text ‖ zeros, so that what
/// follows the salt is a multiple of 32 bytes and the least such. commitment = SHA-256(salt ‖ text).
public enum BoxFormat {
    /// Longer texts are sealed as files.
    public static let textLimitBytes = 48 * 1024

    static let saltBytes = 32
    static let nonceBytes = 12
    static let tagBytes = 16
    private static let paddingBytes = 32
    private static let lengthBytes = 4

    /// Whether `text` is the one that was committed to; anyone can ask, no key is needed.
    public static func commits(_ commitment: [UInt8], toText text: String, salt: [UInt8]) -> Bool {
        salt.count == saltBytes && self.commitment(salt: salt, text: [UInt8](text.utf8)) == commitment
    }

    /// Throws unless `text` may be sealed, so that a command can be refused before anything is done for it.
    public static func check(_ text: String) throws(VaultError) {
        let count = text.utf8.count
        guard count <= textLimitBytes else { throw .tooLong(bytes: count, limitBytes: textLimitBytes) }
        guard !text.utf8.contains(0) else { throw .textContainsNUL }
    }

    static func seal(
        _ text: String, with key: SymmetricKey, keyID: KeyID, at place: BoxPlace, randomness: Randomness = .fresh()
    ) throws(VaultError) -> SealedBox {
        try check(text)
        let bytes = [UInt8](text.utf8)
        let sealed = try Sealing.seal(
            padded(bytes, salt: randomness.salt), with: key, keyID: keyID, nonce: randomness.nonce,
            associatedData: AssociatedData.box(place: place, keyID: keyID))
        return SealedBox(keyID: keyID, box: sealed, commitment: commitment(salt: randomness.salt, text: bytes))
    }

    static func open(_ sealed: SealedBox, with key: SymmetricKey, at place: BoxPlace) throws(VaultError) -> OpenedText {
        let plaintext = try Sealing.open(
            sealed.box, with: key, keyID: sealed.keyID,
            associatedData: AssociatedData.box(place: place, keyID: sealed.keyID))
        guard let (salt, bytes) = unpadded(plaintext),
            // GCM does not commit to its key: without this one box could be given two meanings.
            commitment(salt: salt, text: bytes) == sealed.commitment,
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .damaged(sealed.keyID) }
        return OpenedText(text: text, salt: salt)
    }

    private static func padded(_ text: [UInt8], salt: [UInt8]) -> [UInt8] {
        let total = saltBytes + paddedCount(text.count)
        var plaintext: [UInt8] = []
        plaintext.reserveCapacity(total)
        plaintext += salt
        plaintext.appendBigEndian(UInt32(text.count))
        plaintext += text
        plaintext += repeatElement(0, count: total - plaintext.count)
        return plaintext
    }

    /// Refuses what `padded` would not have made, so that every text has one form.
    private static func unpadded(_ plaintext: [UInt8]) -> (salt: [UInt8], text: [UInt8])? {
        let start = saltBytes + lengthBytes
        guard plaintext.count >= start else { return nil }
        let count = Int(plaintext[saltBytes..<start].bigEndian(as: UInt32.self))
        guard count <= textLimitBytes, plaintext.count == saltBytes + paddedCount(count) else { return nil }
        let text = plaintext[start..<(start + count)]
        guard plaintext[(start + count)...].allSatisfy({ $0 == 0 }), !text.contains(0) else { return nil }
        return ([UInt8](plaintext[..<saltBytes]), [UInt8](text))
    }

    private static func paddedCount(_ textCount: Int) -> Int {
        (lengthBytes + textCount + paddingBytes - 1) / paddingBytes * paddingBytes
    }

    private static func commitment(salt: [UInt8], text: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: text)
        return [UInt8](hash.finalize())
    }
}

extension BoxFormat {
    /// What is random in a box. Given by golden tests, fresh for everyone else.
    struct Randomness {
        let salt: [UInt8]
        let nonce: [UInt8]

        static func fresh() -> Randomness {
            // One call to the operating system for both.
            let bytes = [UInt8].random(count: saltBytes + nonceBytes)
            return Randomness(salt: [UInt8](bytes[..<saltBytes]), nonce: [UInt8](bytes[saltBytes...]))
        }
    }
}
