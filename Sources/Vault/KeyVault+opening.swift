import LMDBKit
import Synchronization

extension KeyVault {
    /// Opens the vault of the log `logID`. Before anything is sealed for somebody new, `findSpares` must be called.
    public convenience init(
        dataDirectory: String, keysDirectory: String, logID: [UInt8], care: FileCare = FileCare()
    ) throws {
        precondition(logID.count == 16, "a log id has 16 bytes")
        let path = "\(dataDirectory)/vault"
        guard PrivateFiles.exists("\(path)/data.mdb") else { throw VaultOpeningError.vaultMissing(path: path) }
        guard PrivateFiles.exists(keysDirectory) else { throw VaultOpeningError.keysFolderMissing(path: keysDirectory) }
        try PrivateFiles.checkPrivate(path)
        try PrivateFiles.checkPrivate("\(path)/data.mdb")
        try Self.checkKeysFolder(keysDirectory, dataDirectory: dataDirectory)
        // It is small, and nothing else has what it has: its pages are looked at whenever there is time.
        if let fault = care.damage(inFolder: path, always: true) {
            throw VaultOpeningError.vaultDamaged(path: path, place: "\(fault)")
        }
        let (environment, tables, described) = try Self.openTables(path)
        guard let described else { throw VaultOpeningError.vaultMissing(path: path) }
        guard described.logID == logID else { throw VaultOpeningError.otherLog(path: path) }
        let epoch = try Self.readEpochKey(of: described, keysDirectory: keysDirectory)
        self.init(environment: environment, tables: tables, epoch: epoch, spares: .unknown)
    }

    /// Finds the spare keys that lie in the vault.
    ///
    /// - Parameter isUsed: whether the log names this key in any event. Asked for the candidates of the last batches
    ///   only, never for all keys, so that a start takes as long with a million keys as with none.
    public func findSpares(isUsed: (KeyID) throws -> Bool) throws {
        let pool = try Self.sortSpares(environment, tables, isUsed: isUsed)
        spares.withLock { $0 = pool }
    }

    static func checkKeysFolder(_ keys: String, dataDirectory: String) throws(VaultOpeningError) {
        try PrivateFiles.checkPrivate(keys)
        if try PrivateFiles.isFolder(keys, inside: dataDirectory) { throw .keysInsideData(path: keys) }
    }

    static func openTables(
        _ path: String
    ) throws(VaultOpeningError) -> (Environment, VaultTables, VaultDescription?) {
        // A million keys take about 150 MB.
        let options = Environment.Options(mapSizeBytes: 8 << 30, tablesMax: 8)
        return try mappingOpeningErrors(path) {
            let environment = try Environment(path: path, options: options)
            // A write transaction, because a handle opened in an aborted one is closed with it.
            return try environment.write { transaction in
                let tables = try VaultTables(in: transaction)
                return (environment, tables, try tables.description(in: transaction))
            }
        }
    }

    private static func sortSpares(
        _ environment: Environment, _ tables: VaultTables, isUsed: (KeyID) throws -> Bool
    ) throws -> SparePool {
        var spares: [KeyID] = []
        var used: [KeyID] = []
        let candidates = try mappingStorageErrors {
            try environment.read { transaction in
                // A destroyed, missing or damaged key is not handed out, but is no reason to stop either.
                try tables.spareCandidates(in: transaction).map { ($0, try? tables.entry($0, in: transaction)) }
            }
        }
        for (id, entry) in candidates {
            if case .wrapped = entry, try !isUsed(id) { spares.append(id) } else { used.append(id) }
        }
        return SparePool(spares: spares, used: used)
    }
}
