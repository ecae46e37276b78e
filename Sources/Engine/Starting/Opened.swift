import Clinic
import EventStore
import Foundation
import Schema
import Vault

/// The folders of a clinic, made or found, and locked.
struct Folders {
    let lock: DataLock

    init(_ options: EngineOptions) throws {
        umask(0o077)
        for folder in [options.dataDirectory, options.keysDirectory] {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        lock = try DataLock(dataDirectory: options.dataDirectory)
    }
}

/// Log, vault and the state's files, opened in the order in which each needs the one before.
struct Opened {
    let log: EventLog
    let vault: KeyVault
    let macKeys: RequestMACKeys
    let keeper: StateKeeper
    let publisher: CheckpointPublisher
    let signerKey: VerifierKey
    let lastRecordedMs: Int64

    init(_ options: EngineOptions) throws {
        let data = options.dataDirectory
        let keys = options.keysDirectory
        let isNew = !FileManager.default.fileExists(atPath: data + "/log/data.mdb")
        log = try isNew ? EventLog.create(at: data, origin: options.origin) : EventLog(opening: data)
        let signer = try CheckpointSigner.open(for: log, dataDirectory: data, keysDirectory: keys)
        signerKey = signer.key
        // An older copy of the data is refused before anything is appended or signed.
        try Anchor.check(log, dataDirectory: data, keysDirectory: keys, key: signer.key)
        publisher = try CheckpointPublisher(log: log, dataDirectory: data, keysDirectory: keys, signer: signer)
        keeper = try StateKeeper(dataDirectory: data)
        let hasVault = FileManager.default.fileExists(atPath: data + "/vault/data.mdb")
        if hasVault || log.size > 0 {
            vault = try KeyVault(dataDirectory: data, keysDirectory: keys, logID: log.identity.logID)
        } else {
            vault = try KeyVault.create(dataDirectory: data, keysDirectory: keys, logID: log.identity.logID)
        }
        macKeys = try RequestMACKeys(keysDirectory: keys, nowMs: options.clock.nowMs())
        let reader = LogReader(log)
        lastRecordedMs = log.size == 0 ? 0 : try reader.recorded(at: log.size - 1)?.header.recordedAt ?? 0
    }
}
