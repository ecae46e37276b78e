import Synchronization

/// Names in clear, kept in memory beside their keys, since lists show the same ones again and again. They go with the key.
extension KeyVault {
    /// The text of a box that was opened as a name; nil when it must be opened.
    public func knownName(
        _ id: KeyID, commitment: UnsafeRawBufferPointer, position: UInt64, ordinal: UInt32
    ) -> String? {
        guard let known = cache.withLock({ $0.name(id, position: position, ordinal: ordinal) }) else { return nil }
        return known.commitment.withUnsafeBytes { $0.elementsEqual(commitment) } ? known.text : nil
    }

    public func openName(_ box: SealedBox, at place: BoxPlace) throws(VaultError) -> String {
        let text = try open(box, at: place)
        let name = KeyCache.Name(
            position: place.position, ordinal: place.ordinal, commitment: box.commitment, text: text)
        cache.withLock { $0.insert(name, for: box.keyID) }
        return text
    }
}
