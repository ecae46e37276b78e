import Glibc
import LMDBKit

extension KeyVault {
    /// Makes the vault of a new log: `<keys>/epoch-1.key` first, then `<data>/vault`. The data folder exists.
    ///
    /// The vault is made under another name and renamed when it is on the disk, so that there is none or a whole one
    /// whenever it is cut short. Called again it goes on with the key that is there.
    public static func create(
        dataDirectory: String, keysDirectory: String, logID: [UInt8]
    ) throws(VaultOpeningError) -> KeyVault {
        precondition(logID.count == 16, "a log id has 16 bytes")
        try PrivateFiles.makeFolder(keysDirectory)
        try checkKeysFolder(keysDirectory, dataDirectory: dataDirectory)
        let path = "\(dataDirectory)/vault"
        guard try isUnmade(path) else { throw .vaultExists(path: path) }
        let epoch = try makeEpochKey(number: 1, keysDirectory: keysDirectory, logID: logID)
        let temporary = path + ".new"
        try remove(temporary)
        try build(temporary, for: epoch)
        try remove(path)
        guard rename(temporary, path) == 0 else { throw .file(call: "rename", path: temporary, code: errno) }
        try PrivateFiles.syncFolder(dataDirectory)
        let (environment, tables, _) = try openTables(path)
        return KeyVault(environment: environment, tables: tables, epoch: epoch, spares: SparePool())
    }

    /// Opens the vault of a log that has no events yet, or makes it: what does not open, or does not say whose it is,
    /// was left by a start that was cut short, and nothing is sealed with it.
    public static func openOrCreate(
        dataDirectory: String, keysDirectory: String, logID: [UInt8]
    ) throws -> KeyVault {
        guard try isUnmade("\(dataDirectory)/vault") else {
            return try KeyVault(dataDirectory: dataDirectory, keysDirectory: keysDirectory, logID: logID)
        }
        return try create(dataDirectory: dataDirectory, keysDirectory: keysDirectory, logID: logID)
    }

    /// Whether no vault lies at `path`, or only the beginning of one.
    private static func isUnmade(_ path: String) throws(VaultOpeningError) -> Bool {
        guard PrivateFiles.exists("\(path)/data.mdb") else { return true }
        try PrivateFiles.checkPrivate(path)
        do throws(VaultOpeningError) {
            return try openTables(path).2 == nil
        } catch .vaultDamaged {
            return true
        } catch .vault(.storage(.failed(_, let code))) where code < 0 {
            // LMDB's own codes: the file is none of its. The system's are positive, and say nothing of the file.
            return true
        }
    }

    private static func build(_ path: String, for epoch: EpochKey) throws(VaultOpeningError) {
        try PrivateFiles.makeFolder(path)
        try mappingOpeningErrors(path) {
            let (environment, tables, _) = try openTables(path)
            try environment.write { try tables.put(VaultDescription(epoch), in: $0) }
        }
        // LMDB syncs its file, not the folder's entry of it.
        try PrivateFiles.syncFolder(path)
    }

    /// Removes the files of an environment and their folder, if they are there.
    private static func remove(_ folder: String) throws(VaultOpeningError) {
        for path in ["\(folder)/data.mdb", "\(folder)/lock.mdb"] where unlink(path) != 0 && errno != ENOENT {
            throw .file(call: "remove", path: path, code: errno)
        }
        guard rmdir(folder) == 0 || errno == ENOENT else { throw .file(call: "remove", path: folder, code: errno) }
    }
}
