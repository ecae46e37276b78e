import EventStore
import LMDBKit
import Vault

/// What may be said of an unexpected error in the daemon's log, and to whoever runs it.
public enum ErrorWords {
    /// Errors of log, vault and environments name the call, the place and the damage, and hold nothing of a text. Of others
    /// only the type is said, which is enough for a search: their values may be somebody's.
    public static func of(_ error: any Error) -> String {
        switch error {
        case let error as LogError: "\(error)"
        case let error as LMDBError: "\(error)"
        case let error as VaultError: "\(error)"
        default: "\(type(of: error))"
        }
    }
}
