import LMDBKit

/// Why the vault or its keys cannot be used at all, each with what to do about it.
public enum VaultOpeningError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no vault in the data folder.
    case vaultMissing(path: String)
    /// There is a vault already, and it is not made anew.
    case vaultExists(path: String)
    /// The vault's own description, or a page of its file, is not what was written.
    case vaultDamaged(path: String, place: String? = nil)
    case keysFolderMissing(path: String)
    /// The keys would be copied wherever the data is.
    case keysInsideData(path: String)
    /// The keys folder has no key of the vault's epoch.
    case epochKeyMissing(path: String)
    /// The file is not a key file to the letter.
    case keyFileDamaged(path: String)
    /// The key file is in order, but it is not the key the vault was closed with.
    case wrongEpochKey(path: String)
    /// The vault or the key file belongs to another log.
    case otherLog(path: String)
    /// Others than the owner may read or write there.
    case loosePermissions(path: String, mode: UInt32)
    /// It belongs to another user than the daemon's or root.
    case foreignOwner(path: String)
    /// A system call failed.
    case file(call: String, path: String, code: Int32)
    case vault(VaultError)

    public var description: String {
        switch self {
        case .vaultMissing(let path): "there is no vault at \(path): give the clinic's data folder, or restore it"
        case .vaultExists(let path): "there is a vault at \(path) already: it is not made anew"
        case .vaultDamaged(let path, let place):
            "the vault at \(path) is damaged\(place.map { " (\($0))" } ?? ""): restore it from its backup"
        case .keysFolderMissing(let path): "the keys folder \(path) is missing: mount it, or name it with --keys"
        case .keysInsideData(let path):
            "the keys folder \(path) lies inside the data folder: keep keys apart from the data they open"
        case .epochKeyMissing(let path): "the key \(path) is missing: restore it from the backup of the keys"
        case .keyFileDamaged(let path): "the key file \(path) is damaged: restore it from the backup of the keys"
        case .wrongEpochKey(let path): "the key \(path) does not open this vault: restore vault and keys of one time"
        case .otherLog(let path): "\(path) belongs to another log: give data and keys of the same clinic"
        case .loosePermissions(let path, let mode):
            "\(path) is open to others (mode \(String(mode, radix: 8))): chmod go= \(path)"
        case .foreignOwner(let path): "\(path) belongs to another user: chown it to the daemon's user"
        case .file(let call, let path, let code): "cannot \(call) \(path): \(FileError.text(code))"
        case .vault(let error): "cannot open the vault: \(error)"
        }
    }
}
