import Crypto
import LMDBKit
import Synchronization

/// The data keys of one clinic, and the only place where boxes are sealed and opened.
///
/// Who may have a box opened, and that the look is written down first, is the caller's business. Usable from any
/// thread; every call ends its transaction before it returns.
public final class KeyVault: Sendable {
    /// The 16 bytes of the log that all boxes are bound to.
    public let logID: [UInt8]
    let environment: Environment
    let tables: VaultTables
    let epoch: EpochKey
    let cache = Mutex(KeyCache())
    let spares: Mutex<SparePool>
    /// Held through a refill, so that two do not make a batch each.
    let refilling = Mutex(())

    init(environment: Environment, tables: VaultTables, epoch: EpochKey, spares: SparePool) {
        logID = epoch.logID
        self.environment = environment
        self.tables = tables
        self.epoch = epoch
        self.spares = Mutex(spares)
    }

    /// Frees the slots of readers whose process has died, and answers how many there were.
    @discardableResult
    public func clearStaleReaders() throws(VaultError) -> Int {
        try mappingStorageErrors { try environment.clearStaleReaders() }
    }

    /// The place of the `ordinal`th sealed part of the event at `position` of this vault's log.
    public func place(position: UInt64, ordinal: UInt32) -> BoxPlace {
        BoxPlace(logID: logID, position: position, ordinal: ordinal)
    }

    /// Seals `text`, of at most 48 KiB and without NUL, for one place in this vault's log.
    public func seal(_ text: String, with id: KeyID, at place: BoxPlace) throws(VaultError) -> SealedBox {
        precondition(place.logID == logID, "a vault seals for its own log")
        return try BoxFormat.seal(text, with: dataKey(id), keyID: id, at: place)
    }

    /// The text of `box`, exactly as it was sealed at this place.
    public func open(_ box: SealedBox, at place: BoxPlace) throws(VaultError) -> String {
        try openWithProof(box, at: place).text
    }

    /// The text with the salt that proves it against the box's commitment (`BoxFormat.commits`).
    public func openWithProof(_ box: SealedBox, at place: BoxPlace) throws(VaultError) -> OpenedText {
        try BoxFormat.open(box, with: dataKey(box.keyID), at: place)
    }

    /// Seals byte contents of at most 64 MiB for one owner.
    public func sealContents(
        _ contents: [UInt8], _ kind: ContentsKind, owner: UInt64, with id: KeyID
    ) throws(VaultError) -> [UInt8] {
        try ContentsFormat.seal(
            contents, with: dataKey(id), keyID: id,
            associatedData: AssociatedData.contents(kind, logID: logID, owner: owner, keyID: id))
    }

    /// Contents sealed as this kind, for this owner, under this key.
    public func openContents(
        _ sealed: [UInt8], _ kind: ContentsKind, owner: UInt64, with id: KeyID
    ) throws(VaultError) -> [UInt8] {
        try ContentsFormat.open(
            sealed, with: dataKey(id), keyID: id,
            associatedData: AssociatedData.contents(kind, logID: logID, owner: owner, keyID: id))
    }

    /// The unwrapped key: from memory, or from the vault.
    private func dataKey(_ id: KeyID) throws(VaultError) -> SymmetricKey {
        let (known, forgettings) = cache.withLock { ($0.key(id), $0.forgettings) }
        if let known { return known }
        let entry = try mappingStorageErrors { try environment.read { try tables.entry(id, in: $0) } }
        guard let entry else { throw .unknownKey(id) }
        let key = try epoch.unwrap(entry, id: id)
        cache.withLock { $0.insert(key, for: id, readAfter: forgettings) }
        return key
    }
}
