import Clinic
import EventStore
import Foundation
import LMDBKit
import Schema
import Vault

/// The folders of a clinic, made or found, and locked.
struct Folders {
    let lock: DataLock

    init(_ options: EngineOptions) throws {
        umask(0o077)
        // Durable before anything in one of them refers to the other.
        for folder in [options.dataDirectory, options.keysDirectory] { try DurableFolder.make(folder) }
        lock = try DataLock(dataDirectory: options.dataDirectory)
    }
}

/// Log, vault and the state's files, opened in the order in which each needs the one before.
struct Opened {
    let log: EventLog
    let vault: KeyVault
    let macKeys: RequestMACKeys
    let keeper: StateKeeper
    let scratches: ScratchStore
    let publisher: CheckpointPublisher
    let signerKey: VerifierKey
    let lastRecordedMs: Int64

    private init(_ options: EngineOptions, care: FileCare) throws {
        let data = options.dataDirectory
        let keys = options.keysDirectory
        let isNew = !FileManager.default.fileExists(atPath: data + "/log/data.mdb")
        // A log that is lost is not begun anew beside what was signed for it.
        if isNew, Anchor.isAnythingSigned(dataDirectory: data, keysDirectory: keys) {
            throw LogError.lost(path: data + "/log")
        }
        if let fault = care.damage(inFolder: data + "/log") { throw LogError.malformed("damaged \(fault)") }
        log = try isNew ? EventLog.create(at: data, origin: options.origin) : EventLog(opening: data)
        let signer = try CheckpointSigner.open(for: log, dataDirectory: data, keysDirectory: keys)
        signerKey = signer.key
        // An older copy of the data is refused before anything is appended or signed.
        try Anchor.check(log, dataDirectory: data, keysDirectory: keys, key: signer.key)
        publisher = try CheckpointPublisher(log: log, dataDirectory: data, keysDirectory: keys, signer: signer)
        keeper = try StateKeeper(dataDirectory: data, care: care)
        scratches = try ScratchStore(dataDirectory: data, care: care)
        let logID = log.identity.logID
        // Without events nothing can be sealed: what a first start that was cut short left of a vault is made anew.
        vault =
            log.size == 0
            ? try KeyVault.openOrCreate(dataDirectory: data, keysDirectory: keys, logID: logID)
            : try KeyVault(dataDirectory: data, keysDirectory: keys, logID: logID, care: care)
        let recordedMs = try LogReader(log).lastRecordedMs
        lastRecordedMs = recordedMs ?? 0
        macKeys = try RequestMACKeys(
            keysDirectory: keys,
            nowMs: RotationTime.ms(nowMs: options.clock.nowMs(), lastRecordedMs: recordedMs), isUnused: log.size == 0)
    }

    /// As `init`; what liblmdb says of damage to the log has no place, and is given one.
    static func open(_ options: EngineOptions, care: FileCare) throws -> Opened {
        do {
            return try Opened(options, care: care)
        } catch LogError.storage(let error) {
            // A table whose name was changed is not found.
            guard case .failed = error, error.isDamage || error.isMissingTable else { throw LogError.storage(error) }
            let fault = care.damage(inFolder: options.dataDirectory + "/log", always: true)
            throw LogError.malformed(fault.map { "damaged \($0)" } ?? "\(error)")
        }
    }
}
