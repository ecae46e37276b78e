import API
import Engine
import EventStore
import Foundation
import LMDBKit
import Schema
import Vault

/// Why the daemon did not start, in a sentence for whoever started it.
enum StartProblem {
    static func sentence(_ error: any Error) -> String {
        switch error {
        case let held as DataLock.Held:
            "\(held): one daemon serves one clinic. Use that one, or stop it first."
        case let error as LogError: sentence(error)
        case let refusal as Refusal: refusal.detail
        case is SettingsError, is SocketFolder.Failure, is VaultOpeningError: "\(error)."
        case let error as CocoaError: sentence(error)
        case let error as POSIXError: "the system says: \(error.localizedDescription)."
        default: "could not start: \(error)."
        }
    }

    private static func sentence(_ error: LogError) -> String {
        switch error {
        case .rolledBack, .forked:
            "\(error). Put the newest copy back; a restore from a backup is a step of its own, see the handbook."
        case .damaged, .malformed: unreadable(error)
        case .storage(let cause) where cause.isDamage: unreadable(error)
        case .lost(let path):
            "\(error). Bring it back from its published entries: daybook recover --from \(path.dropLast(4))/tiles"
        case .badCheckpoint(let path, _) where path.hasSuffix("/anchor"):
            "\(error). Where the copy in the other folder is whole, put that in its place: cp it over \(path)"
        case .notFound(let path) where path.hasSuffix(".key"):
            "the key \(path) is missing: mount the folder of the keys, or name it with --keys."
        case .system(_, let path, EACCES), .system(_, let path, EPERM), .system(_, let path, EROFS): unusable(path)
        case .diskFull: "the disk is full. Make room, then start again."
        default: "\(error)."
        }
    }

    private static func unreadable(_ error: LogError) -> String {
        "\(error). See how far the damage goes: daybook verify --offline DIR. Then put a whole copy in its place, or bring "
            + "the log back from its published entries: daybook help operating"
    }

    private static func sentence(_ error: CocoaError) -> String {
        unusable(error.userInfo[NSFilePathErrorKey] as? String ?? "a folder it needs")
    }

    private static func unusable(_ path: String) -> String {
        "cannot use \(path): see that the daemon's user may write there."
    }
}

/// Where a person who starts it looks.
enum StandardError {
    static func say(_ sentence: String) {
        FileHandle.standardError.write(Data("daybookd: \(sentence)\n".utf8))
    }
}
