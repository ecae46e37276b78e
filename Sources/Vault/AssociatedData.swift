/// What a sealed thing is bound to (the additional authenticated data of AES-GCM). Each begins with its own label, so
/// that nothing sealed for one purpose opens for another. Frozen by FORMATS.md.
enum AssociatedData {
    /// label ‖ 0 ‖ log id 16 ‖ position u64 BE ‖ ordinal u32 BE ‖ key id 16.
    static func box(place: BoxPlace, keyID: KeyID) -> [UInt8] {
        var bytes = labelled("daybook.box.1", logID: place.logID)
        bytes.appendBigEndian(place.position)
        bytes.appendBigEndian(place.ordinal)
        bytes += keyID.bytes
        return bytes
    }

    /// label ‖ 0 ‖ log id 16 ‖ owner id u64 BE ‖ key id 16.
    static func contents(_ kind: ContentsKind, logID: [UInt8], owner: UInt64, keyID: KeyID) -> [UInt8] {
        var bytes = labelled(kind.label, logID: logID)
        bytes.appendBigEndian(owner)
        bytes += keyID.bytes
        return bytes
    }

    /// label ‖ 0 ‖ log id 16 ‖ epoch u32 BE ‖ key id 16.
    static func wrappedKey(logID: [UInt8], epoch: UInt32, keyID: KeyID) -> [UInt8] {
        var bytes = labelled("daybook.key.1", logID: logID)
        bytes.appendBigEndian(epoch)
        bytes += keyID.bytes
        return bytes
    }

    private static func labelled(_ label: String, logID: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        bytes += label.utf8
        bytes.append(0)
        bytes += logID
        return bytes
    }
}
