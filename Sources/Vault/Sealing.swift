import Crypto

/// AES-256-GCM (NIST SP 800-38D) with everything in one piece: nonce 12 ‖ ciphertext ‖ tag 16.
///
/// Nonces are random: under one key 2³² boxes are safe, and a key serves one person and category.
enum Sealing {
    static func seal(
        _ plaintext: [UInt8], with key: SymmetricKey, keyID: KeyID, nonce: [UInt8], associatedData: [UInt8]
    ) throws(VaultError) -> [UInt8] {
        do {
            let sealed = try AES.GCM.seal(
                plaintext, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: associatedData)
            var bytes: [UInt8] = []
            bytes.reserveCapacity(plaintext.count + 28)
            bytes += nonce
            bytes += sealed.ciphertext
            bytes += sealed.tag
            return bytes
        } catch {
            // Only a key or nonce of a wrong length gets here.
            throw .damagedKey(keyID)
        }
    }

    static func open(
        _ sealed: [UInt8], with key: SymmetricKey, keyID: KeyID, associatedData: [UInt8]
    ) throws(VaultError) -> [UInt8] {
        do {
            return [UInt8](
                try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: associatedData))
        } catch {
            throw .damaged(keyID)
        }
    }
}
