import LMDBKit

/// The vault's tables: `keys` (key id → entry), `spares` (key id → nothing: candidates for being spare) and `meta`.
struct VaultTables: Sendable {
    private let keys: RawTable
    private let spares: RawTable
    private let meta: RawTable

    init(in transaction: borrowing WriteTransaction) throws(LMDBError) {
        keys = try RawTable("keys", in: transaction)
        spares = try RawTable("spares", in: transaction)
        meta = try RawTable("meta", in: transaction)
        try RawTable.requireAllOrNone([keys, spares, meta])
    }

    /// Nil when the vault has no such key; throws `damagedKey` when its entry does not check.
    func entry(_ id: KeyID, in transaction: borrowing some Transaction & ~Copyable) throws -> KeyEntry? {
        try keys.get(id.bytes, in: transaction) { value in
            guard let entry = KeyEntry(value, for: id) else { throw VaultError.damagedKey(id) }
            return entry
        }
    }

    func put(_ entry: KeyEntry, for id: KeyID, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try keys.put(id.bytes, entry.encoded(for: id), in: transaction)
    }

    @discardableResult
    func delete(_ id: KeyID, in transaction: borrowing WriteTransaction) throws(LMDBError) -> Bool {
        try keys.delete(id.bytes, in: transaction)
    }

    func addSpare(_ id: KeyID, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try spares.put(id.bytes, [], in: transaction)
    }

    func strikeSpare(_ id: KeyID, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try spares.delete(id.bytes, in: transaction)
    }

    /// Visits every entry of `keys`, decoded if it decodes, and its key as it stands.
    func scanKeys(
        in transaction: borrowing some Transaction & ~Copyable, _ body: ([UInt8], KeyEntry?) throws -> Void
    ) throws {
        try keys.scan(in: transaction) { key, value in
            try body([UInt8](key), KeyID(key).flatMap { KeyEntry(value, for: $0) })
            return .next
        }
    }

    /// All candidates, in order of id.
    func spareCandidates(in transaction: borrowing some Transaction & ~Copyable) throws -> [KeyID] {
        var ids: [KeyID] = []
        try spares.scan(in: transaction) { (key, _) throws(LMDBError) in
            guard let id = KeyID(key) else { throw .damaged(table: "spares", key: [UInt8](key)) }
            ids.append(id)
            return .next
        }
        return ids
    }

    func description(in transaction: borrowing some Transaction & ~Copyable) throws -> VaultDescription? {
        try meta.get(VaultDescription.key, in: transaction) { value in
            guard let description = VaultDescription(value) else {
                throw LMDBError.damaged(table: "meta", key: VaultDescription.key)
            }
            return description
        }
    }

    func put(_ description: VaultDescription, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try meta.put(VaultDescription.key, description.encoded, in: transaction)
    }
}

/// What the vault says of itself in `meta`: its format, its log, and which epoch key it was closed with.
struct VaultDescription: Equatable {
    let logID: [UInt8]
    let epoch: UInt32
    /// 32 bytes.
    let fingerprint: [UInt8]

    static let key = [UInt8]("vault".utf8)
    private static let title = [UInt8]("daybook.vault.1".utf8) + [0]

    init(_ epochKey: EpochKey) {
        logID = epochKey.logID
        epoch = epochKey.number
        fingerprint = epochKey.fingerprint
    }

    /// Nil when the checksum or the form does not hold.
    init?(_ value: UnsafeRawBufferPointer) {
        guard let bytes = Checksummed.decode(value, key: Self.key), bytes.starts(with: Self.title) else { return nil }
        let rest = bytes.dropFirst(Self.title.count)
        guard rest.count == 16 + 4 + 32 else { return nil }
        logID = [UInt8](rest.prefix(16))
        epoch = rest.dropFirst(16).prefix(4).bigEndian(as: UInt32.self)
        fingerprint = [UInt8](rest.suffix(32))
    }

    /// title ‖ 0 ‖ log id 16 ‖ epoch u32 BE ‖ fingerprint 32 ‖ CRC-32C.
    var encoded: [UInt8] {
        var bytes = Self.title + logID
        bytes.appendBigEndian(epoch)
        return Checksummed.encode(bytes + fingerprint, key: Self.key)
    }
}
