import EventStore
import Vault

/// What looking at the files of the keys has found.
struct KeysFinding: Encodable, Sendable {
    var isSound: Bool
    /// Which files, and what is wrong with them.
    var faults: [String]
}

extension ClinicEngine {
    /// Reads the files of all keys again, and holds them against what the daemon works with.
    func verifyKeys() -> KeysFinding {
        var faults = KeyFiles.faults(in: options.keysDirectory, logID: log.identity.logID)
        do throws(LogError) {
            let signer = try CheckpointSigner.load(from: options.keysDirectory, name: log.identity.origin)
            if signer.key != signerKey {
                faults.append("\(options.keysDirectory)/checkpoint.key: is not the key that signs the checkpoints")
            }
        } catch {
            faults.append(ErrorWords.of(error))
        }
        return KeysFinding(isSound: faults.isEmpty, faults: faults)
    }
}
