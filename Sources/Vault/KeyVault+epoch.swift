import LMDBKit

extension KeyVault {
    /// A key file is five lines, some 150 bytes.
    private static let keyFileLimitBytes = 1024

    /// The key that the vault was closed with.
    static func readEpochKey(
        of described: VaultDescription, keysDirectory: String
    ) throws(VaultOpeningError) -> EpochKey {
        let path = EpochKey.path(number: described.epoch, keysDirectory: keysDirectory)
        guard let epoch = try readEpochKey(path) else { throw .epochKeyMissing(path: path) }
        guard epoch.logID == described.logID else { throw .otherLog(path: path) }
        guard VaultDescription(epoch) == described else { throw .wrongEpochKey(path: path) }
        return epoch
    }

    /// Writes a fresh key durably, or takes the one that an interrupted creation for the same log left.
    static func makeEpochKey(
        number: UInt32, keysDirectory: String, logID: [UInt8]
    ) throws(VaultOpeningError) -> EpochKey {
        let path = EpochKey.path(number: number, keysDirectory: keysDirectory)
        if let found = try readEpochKey(path) {
            guard found.logID == logID else { throw .otherLog(path: path) }
            guard found.number == number else { throw .wrongEpochKey(path: path) }
            return found
        }
        let epoch = EpochKey.fresh(number: number, logID: logID)
        try PrivateFiles.write(epoch.fileBytes, to: path)
        return epoch
    }

    private static func readEpochKey(_ path: String) throws(VaultOpeningError) -> EpochKey? {
        guard let bytes = try PrivateFiles.read(path, limitBytes: keyFileLimitBytes) else { return nil }
        guard let epoch = EpochKey(fileBytes: bytes) else { throw .keyFileDamaged(path: path) }
        return epoch
    }

    /// Runs what speaks to LMDB while opening the vault at `path`.
    static func mappingOpeningErrors<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws(VaultOpeningError) -> Result {
        do throws(VaultError) {
            return try mappingStorageErrors(body)
        } catch .storage(.damaged) {
            throw .vaultDamaged(path: path)
        } catch .storage(let error) where error.isDamage {
            throw .vaultDamaged(path: path, place: "\(error)")
        } catch {
            throw .vault(error)
        }
    }
}
